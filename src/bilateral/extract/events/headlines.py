"""Headlines read again: a present-tense verb that the parser took for a plural noun ("Doha voices support for Lima").

Gives a parse in which such a word is the verb of its line, what stands before it its subject and what follows its
object. Only lines without a finite verb are touched, and only words that the lexicon knows as verbs.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from msgspec import structs

from bilateral.text import Parse

_LONGEST = 24
_FINITE = ("VBZ", "VBD", "VBP", "MD")
# Words that are nouns far more often than verbs where a noun stands before them ("Oslo talks", "US sanctions").
_NOUNS = frozenset({
    "sanction", "talk", "force", "trade", "export", "import", "strike", "exercise", "drill", "supply", "ship", "arm",
    "fund", "protest", "march", "charge", "claim", "troop", "raid", "attack", "visit", "report", "people", "right",
    "condition", "demand", "tour", "team", "group", "fight", "work", "debate", "ban", "need", "patrol", "hand", "line",
    "finance", "question", "book", "head", "point", "house", "party", "project", "measure", "link", "request", "shell",
    "note", "issue", "mission", "airline", "station", "soldier", "plan", "process", "place", "vote", "balance", "side",
    "position", "store", "level", "value", "interest", "limit", "ring", "host", "mass", "contact", "guard", "land",
    "market", "base", "service", "credit", "transfer", "delay", "share", "concern", "offer", "bus", "return", "move",
    "mine", "rocket", "order", "lack", "appeal", "grant", "loan", "train", "school", "riot", "release", "gift",
})  # fmt: skip
# Nouns among them that are verbs where a name, an article or a number follows at once ("Fiji bans Chinese ships").
_OPENING = ("PROPN", "DET", "NUM", "ADJ")
# Verbs of headlines that the parser takes for nouns after a list of names.
_PLAIN = frozenset({
    "ink", "seal", "sign", "talk", "eye", "mull", "vow", "agree", "discuss", "hold", "resume", "launch", "boost",
    "swap", "trade", "exchange", "mark", "pledge", "set", "plan", "seek", "slam", "condemn", "clash", "spar", "restore",
    "renew", "end", "lift", "ease", "open", "deepen", "expand", "upgrade", "mend", "sever", "cut", "bury",
    "reopen", "meet", "conclude", "finalise", "finalize", "initial", "ratify", "approve", "join", "start", "begin",
    "stage", "conduct",
})  # fmt: skip
_BEFORE = ("PROPN", "NOUN", "ADJ")


class _Columns(NamedTuple):
    """The columns of a parse that are put right."""

    head: list[int]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]


def mended(parse: Parse, low: tuple[str, ...], verbs: Container[str]) -> Parse:
    """The parse with headline verbs put right, the parse itself where there are none."""
    parse = _parted(parse, low)
    found = [(line, verb) for line in parse.sentences() if (verb := _verb_of(parse, low, line, verbs)) is not None]
    if not found:
        return parse
    at = _Columns(list(parse.head), list(parse.lemma), list(parse.pos), list(parse.tag), list(parse.dep))
    for line, verb in found:
        _put_right(at, line, verb, low)
    return structs.replace(
        parse, head=tuple(at.head), lemma=tuple(at.lemma), pos=tuple(at.pos), tag=tuple(at.tag), dep=tuple(at.dep)
    )  # fmt: skip


def _parted(parse: Parse, low: tuple[str, ...]) -> Parse:
    """The parse in which a clause before a colon or semicolon is no complement of the one behind it."""
    marks = [i for i, word in enumerate(low) if word in (":", ";")]
    if not marks:
        return parse
    dep = list(parse.dep)
    for mark in marks:
        after = parse.head[mark]
        for k in parse.children[after]:
            if dep[k] == "ccomp" and k < mark < after and not any(low[n] in ('"', "“", "''") for n in range(k, mark)):
                dep[k] = "parataxis"
    return parse if tuple(dep) == parse.dep else structs.replace(parse, dep=tuple(dep))


def _verb_of(parse: Parse, low: tuple[str, ...], line: range, verbs: Container[str]) -> int | None:
    """The word of a line that must be its verb, or None where it has one or none can be."""
    if not 3 <= len(line) <= _LONGEST:
        return None
    if any(parse.tag[i] in _FINITE and parse.pos[i] in ("VERB", "AUX") and not _is_inside(parse, low, i) for i in line):
        return None
    return next((i for i in line[1:-1] if _may_be_verb(parse, low, i, verbs)), None)


def _is_inside(parse: Parse, low: tuple[str, ...], i: int) -> bool:
    """Whether a finite verb stands inside a noun phrase, or may be a participle after the verb ("frees held men")."""
    if parse.dep[i] in ("compound", "amod", "nmod"):
        return True
    if low[parse.sentence(i)[-1]] == ".":
        return False
    subject = [k for k in parse.children[i] if parse.dep[k] == "nsubj" and k == i - 1]
    is_past = parse.tag[i] == "VBD" and any(parse.dep[k] == "dobj" and k > i for k in parse.children[i])
    return is_past and parse.head[i] == i and any(parse.tag[k] == "NNS" and low[k].endswith("s") for k in subject)


def _may_be_verb(parse: Parse, low: tuple[str, ...], i: int, verbs: Container[str]) -> bool:
    if low[i] in _PLAIN and _follows_list(parse, low, i):
        return True
    if parse.tag[i] == "VBZ" and parse.dep[i] in ("compound", "amod", "nmod"):
        return True
    if parse.tag[i] not in ("NNS", "NN", "NNPS") or not low[i].endswith("s") or low[i].endswith("ss"):
        return False
    stem = _stem(parse, low, i, verbs)
    before, after = parse.pos[i - 1], parse.pos[i + 1]
    if stem is None or before not in _BEFORE or parse.tag[i - 1] == "JJ":
        return False
    if after == "ADP":
        return (stem, low[i + 1]) in (("call", "on"), ("call", "for"), ("appeal", "to"), ("agree", "to"))
    if after in ("PUNCT", "PART", "CCONJ", "SCONJ"):
        return False
    return stem not in _NOUNS or (after in _OPENING and before == "PROPN" and parse.tag[i] != "NNPS")


def _follows_list(parse: Parse, low: tuple[str, ...], i: int) -> bool:
    """Whether a word follows two names ("Fiji, Oman ink pact"), whose verb has no ending."""
    is_list = i - 3 >= parse.sentence(i)[0] and low[i - 2] in (",", "and", "&")
    return is_list and parse.pos[i - 1] == parse.pos[i - 3] == "PROPN" and parse.tag[i] in ("NN", "NNP", "VB", "JJ")


def _stem(parse: Parse, low: tuple[str, ...], i: int, verbs: Container[str]) -> str | None:
    word = low[i]
    forms = (parse.lemma[i].lower(), word[:-1], word[:-2], word[:-3] + "y")
    return next((f for f in forms if f != word and f in verbs), None)


def _put_right(at: _Columns, line: range, verb: int, low: tuple[str, ...]) -> None:
    """Make one word the root of its line: the last phrase before it its subject, the noun after it its object."""
    root = next(i for i in line if at.head[i] == i)
    tops = [i for i in line if i < verb and (at.head[i] >= verb or at.head[i] == i)]
    subject = tops[-1]
    for i in tops:
        was_root = at.head[i] == i
        at.head[i] = verb if i == subject else subject
        at.dep[i] = "nsubj" if i == subject else "compound" if was_root else at.dep[i]
    for i in line:
        if i > verb and at.head[i] < verb:
            at.head[i] = verb
    if root > verb and at.tag[root] == "VBD":
        _make_adjective(at, line, root, verb)
    elif root > verb:
        at.head[root], at.dep[root] = verb, "xcomp" if at.pos[root] == "VERB" else "dobj"
    else:
        below = [i for i in line if i > verb and at.head[i] == verb and at.pos[i] in ("NOUN", "PROPN", "NUM", "PRON")]
        for i in below[:1]:
            at.dep[i] = "dobj"
    at.head[verb], at.dep[verb], at.pos[verb], at.tag[verb] = verb, "ROOT", "VERB", "VBZ"
    if low[verb] in _PLAIN:
        at.lemma[verb], at.tag[verb] = low[verb], "VBP"
        return
    at.lemma[verb] = low[verb][:-3] + "y" if low[verb].endswith("ies") else _bare(low[verb])


def _make_adjective(at: _Columns, line: range, root: int, verb: int) -> None:
    """Make the past tense after a headline's verb a participle of its object ("evacuates wounded Syrians")."""
    below = next(i for i in line if at.head[i] == root and at.dep[i] == "dobj")
    for i in line:
        if at.head[i] == root and i not in (root, below):
            at.head[i] = verb
    at.head[below], at.head[root], at.dep[root], at.tag[root] = verb, below, "amod", "VBN"


def _bare(word: str) -> str:
    """The bare form of a third person ("voices", "launches")."""
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zzes")) else word[:-1]
