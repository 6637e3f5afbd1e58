"""Headlines in capitals: their words tagged as those of a text, where the parser takes every one of them for a name.

Owns the guess of number and lemma from a word's ending; the parser's tree is kept as it is.
"""

from __future__ import annotations

from msgspec import structs

from bilateral.text import Parse, Resolved

_LEAST = 12  # letters; a shorter sentence in capitals is an acronym
_NOUNS = frozenset({"NNP", "NNPS", "NN", "NNS"})
_SINGULAR = ("ss", "us", "is", "news", "series")


def lowered(doc: Resolved) -> Resolved:
    """The document with the nouns of its sentences in capitals tagged and lemmatised as common ones; else unchanged."""
    parse, text = doc.parse, doc.text
    inside = [s for s in parse.sentences() if _is_in_capitals(text[parse.start[s.start] : parse.end[s.stop - 1]])]
    return structs.replace(doc, parse=_tagged(doc, inside)) if inside else doc


def _is_in_capitals(words: str) -> bool:
    return words.isupper() and sum(c.isalpha() for c in words) >= _LEAST


def _tagged(doc: Resolved, sentences: list[range]) -> Parse:
    parse, text = doc.parse, doc.text
    lemma, pos, tag = list(parse.lemma), list(parse.pos), list(parse.tag)
    for sentence in sentences:
        for i in sentence:
            word = text[parse.start[i] : parse.end[i]].lower()
            lemma[i] = lemma[i].lower()
            mention = doc.mention_at(i)
            if (
                tag[i] not in _NOUNS
                or not word.isalpha()
                or (mention is not None and mention.codes and _is_name(mention.text, word))
            ):
                continue
            plural = word.endswith("s") and not word.endswith(_SINGULAR)
            pos[i], tag[i], lemma[i] = "NOUN", "NNS" if plural else "NN", _singular(word) if plural else word
    return structs.replace(parse, lemma=tuple(lemma), pos=tuple(pos), tag=tuple(tag))


def _is_name(mention: str, word: str) -> bool:
    """Whether a word is the name of a mention, and not what goes with it ("RUSSIAN DIPLOMATS")."""
    words = mention.lower().split()
    return len(words) == 1 or word != words[-1]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
