"""The lexicon of cues: which words tell of somebody's words, how strongly, and what may follow each (cues.toml).

Owns the lists and the look-up of a token in them; what stands around the token is the business of the other modules.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from bilateral.errors import DataError
from bilateral.syntax import kids
from bilateral.text import Parse

FRAMES = ("quote", "clause", "infinitive", "order", "object", "named", "charge")
STRENGTHS = ("said", "act", "mind", "shown")
# Parts of speech that the small model gives to a verb of saying after a quotation or in a headline.
_VERBS = frozenset({"VERB", "AUX"})
_PLAIN = frozenset({"said", "says", "told", "tells", "tweeted", "added", "noted", "stressed", "warned"})


class Cue(NamedTuple):
    """A verb that tells of words: its key, its second word's token if it has one, its frames with their strengths."""

    key: str
    second: int | None
    frames: dict[str, str]

    @property
    def strength(self) -> str:
        """The strongest of its frames."""
        return min(self.frames.values(), key=STRENGTHS.index)


class Lists(NamedTuple):
    """The lexicon as loaded: verbs by lemma, and the other lists by name."""

    verbs: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]]
    passive: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[str]]
    misread: dict[str, str]


@cache
def lists() -> Lists:
    """The lexicon; DataError for an unknown frame or strength."""
    data = tomllib.loads(resources.files(__package__).joinpath("cues.toml").read_text(encoding="utf-8"))
    verbs: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
    for group in data["verbs"]:
        strength, frames = group["strength"], group["frames"]
        if strength not in STRENGTHS or not set(frames) <= set(FRAMES):
            raise DataError(f"cues.toml: expected a known strength and frames, got {strength!r} {frames!r}")
        for word in group["words"]:
            first, *more = word.split()
            entry = verbs.setdefault(first, {}).setdefault(tuple(more), {})
            for frame in frames:
                entry.setdefault(frame, strength)
    ranked = {first: sorted(entries.items(), key=lambda e: -len(e[0])) for first, entries in verbs.items()}
    return Lists(
        verbs=ranked,
        misread=data["misread"],
        **{name: {k: frozenset(v) for k, v in data[name].items()} for name in ("passive", "nouns", "phrases")},
    )


def cue_at(parse: Parse, text: str, i: int) -> Cue | None:
    """The cue that token i is the verb of, or None."""
    lemma = parse.lemma[i].lower()
    known = lists()
    entries = known.verbs.get(known.misread.get(lemma, lemma))
    if entries is None or not _is_verb_here(parse, text, i):
        return None
    frames: dict[str, str] = {}
    for more, entry in entries:
        second = _second(parse, text, i, more) if more else None
        if more and second is None:
            continue
        if more:
            own = entries[-1][1] if not entries[-1][0] else {}
            return Cue(" ".join((lemma, *more)), second, {**own, **entry} if _is_open(more) else entry)
        frames = entry
    return Cue(lemma, None, frames) if frames else None


def _is_open(more: tuple[str, ...]) -> bool:
    """Whether a second word leaves the verb's own frames open ("warned of war that …" does, "called on" does not)."""
    return more[-1] in ("with", "about")


def _is_verb_here(parse: Parse, text: str, i: int) -> bool:
    if parse.pos[i] in _VERBS:
        return parse.dep[i] not in ("amod", "aux", "auxpass", "compound", "det", "case")
    if parse.dep[i] == "ROOT" and kids(parse, i, "nsubj") and kids(parse, i, "ccomp"):
        return True  # "the press service informs that …" is often read as a noun
    if parse.tag[i] == "NNS" and parse.dep[i] in ("advcl", "conj", "ROOT", "relcl") and kids(parse, i, "ccomp"):
        return True  # "while the latter doubts that …"
    return text[parse.start[i] : parse.end[i]].lower() in _PLAIN


def _second(parse: Parse, text: str, i: int, more: tuple[str, ...]) -> int | None:
    """The token of a cue's last word where its words stand behind the verb, at most two tokens of an adverb between."""
    at = i + 1
    last = None
    for word in more:
        while at < len(parse) and at <= i + 4 and parse.pos[at] in ("ADV", "PRON") and _low(parse, text, at) != word:
            at += 1
        if at >= len(parse) or _low(parse, text, at) != word or parse.tag[at] == "TO":
            return None
        last, at = at, at + 1
    if last is not None and parse.pos[last] == "ADP" and parse.ent[min(last + 1, len(parse) - 1)].endswith("DATE"):
        return None  # "insisted on Wednesday that": the day of saying, no second word
    return last


def _low(parse: Parse, text: str, i: int) -> str:
    return text[parse.start[i] : parse.end[i]].lower()
