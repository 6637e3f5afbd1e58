"""Two people spoken of at once: "the two ministers", "both leaders", "the pair", "they"; who they are by name."""

from __future__ import annotations

from bilateral.extract.statements.page import Page
from bilateral.model import Actor, actor_of
from bilateral.syntax import kids
from bilateral.text import Mention, Person

_TWO = 2
_NEAR = 3  # sentences back in which "they" still finds whom it stands for
_FAR = 12  # sentences back in which "the pair" does
_PAIRS = frozenset({"pair", "duo", "two", "both"})
_COUNTS = frozenset({"two", "both"})
_PEOPLE = frozenset({
    "men", "women", "officials", "politicians", "interlocutors", "counterparts", "speakers", "gentlemen", "ladies",
    "colleagues", "partners", "guests", "statesmen", "figures",
})  # fmt: skip
# The levels of the people whom a noun may sum up; nouns of neither list sum up nobody.
_LEVELS = {
    "ministers": ("FM", "MIN", "DPM", "DFM", "OFF"), "leaders": ("HOS", "HOG"), "presidents": ("HOS",),
    "premiers": ("HOG",), "diplomats": ("AMB", "DIP", "DFM", "FM", "SPOX"), "ambassadors": ("AMB",),
    "envoys": ("AMB", "DIP"), "chiefs": ("MIN", "OFF", "MIL", "FM"), "secretaries": ("MIN", "FM", "DFM", "OFF"),
    "spokesmen": ("SPOX",), "spokespersons": ("SPOX",), "spokeswomen": ("SPOX",), "generals": ("MIL",),
    "deputies": ("DFM", "DPM"), "commissioners": ("ORG", "OFF"), "negotiators": ("DIP", "DFM", "OFF"),
    "commanders": ("MIL",), "lawmakers": ("OFF",), "senators": ("OFF",), "mayors": ("OFF",), "governors": ("OFF",),
}  # fmt: skip
_FEWEST = ("FM", "MIN")  # "ministers" are these before deputies


def together(page: Page, head: int) -> tuple[Actor, ...]:
    """The two people whom the phrase headed by a token means, in the order in which they were named; () if unclear."""
    word = page.word(head)
    if word == "they":
        return _they(page, head)
    if word in _COUNTS and page.parse.dep[head] in ("nummod", "det", "predet", "compound", "amod"):
        return ()
    if word in _PAIRS:
        return _actors(page, _named(page, head, ()))
    if not _is_counted(page, head):
        return ()
    if word in _PEOPLE:
        return _actors(page, _named(page, head, ()))
    levels = _LEVELS.get(word, ())
    if not levels:
        return ()
    if (told := _told(page, head)) and (found := _actors(page, _named(page, head, levels, told))):
        return found
    narrow = tuple(level for level in levels if level in _FEWEST)
    return _actors(page, _named(page, head, narrow) if narrow else []) or _actors(page, _named(page, head, levels))


def _is_counted(page: Page, head: int) -> bool:
    """Whether "two" or "both" stands before a noun ("the two defence chiefs")."""
    own = kids(page.parse, head, "nummod", "det", "predet", "amod")
    return bool(_COUNTS & {page.word(k) for k in own}) or page.word(head - 1) in _COUNTS


def _told(page: Page, head: int) -> frozenset[str]:
    """The words in front of a noun that tell which offices it sums up ("finance" of "the two finance chiefs")."""
    own = kids(page.parse, head, "compound", "amod", "nmod")
    return frozenset(page.word(k) for k in own) - _COUNTS


def _named(page: Page, head: int, levels: tuple[str, ...], told: frozenset[str] = frozenset()) -> list[Mention]:
    """The two people named before a token: all of the report so far, else those of the last sentence with two.

    `told` are words of which each office must hold one.
    """
    mentions = [m for m in _people(page, head) if not levels or _level(page, m) in levels]
    mentions = [m for m in mentions if not told or told & _words_of(page, m)]
    everybody = _distinct(mentions)
    if len(everybody) == _TWO and levels:
        return everybody
    for number in range(_FAR):
        here = [m for m in mentions if _sentences_back(page, m, head) == number]
        if len(found := _distinct(here)) == _TWO:
            return found
    return everybody if len(everybody) == _TWO else []


def _they(page: Page, head: int) -> tuple[Actor, ...]:
    """Whom "they" means where the last people spoken of are two: a phrase for both, or two named in one sentence."""
    parse = page.parse
    start = parse.start[head]
    for number in range(_NEAR):
        first = _sentence_at(page, head, number)
        if first is None:
            return ()
        for i in first:
            is_plural = page.word(i) in _PAIRS or page.word(i) in _LEVELS or page.word(i) in _PEOPLE
            if parse.start[i] < start and is_plural and (found := together(page, i)):
                return found
        named = [m for m in _people(page, head) if parse.start[first.start] <= m.start < parse.end[first.stop - 1]]
        found_here = _distinct(named)
        if len(found_here) == _TWO:
            return _actors(page, found_here)
        if found_here:
            return ()
    return ()


def _people(page: Page, head: int) -> list[Mention]:
    """The people named or pointed at before a token, in text order."""
    start = page.parse.start[head]
    return [m for m in page.doc.mentions if m.person and m.kind in ("person", "role") and m.end <= start]


def _distinct(mentions: list[Mention]) -> list[Mention]:
    found: dict[str | None, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.person, mention)
    return list(found.values())


def _level(page: Page, mention: Mention) -> str | None:
    person: Person | None = page.doc.person(mention.person)
    office = person.office if person else None
    return office.level if office else mention.level


def _words_of(page: Page, mention: Mention) -> set[str]:
    """The words of all offices of whom a mention means."""
    person = page.doc.person(mention.person)
    return {w for o in (person.offices if person else ()) for w in o.words.lower().split()}


def _sentences_back(page: Page, mention: Mention, head: int) -> int:
    """How many sentences a mention stands before a token."""
    sents, parse = page.parse.sents, page.parse
    first = parse.tokens(mention.start, mention.end)
    return sum(first[0] < s <= head for s in sents) if first else _FAR


def _sentence_at(page: Page, head: int, back: int) -> range | None:
    """The sentence so many before that of a token, or None before the first."""
    sentence = page.parse.sentence(head)
    for _ in range(back):
        if sentence.start == 0:
            return None
        sentence = page.parse.sentence(sentence.start - 1)
    return sentence


def _actors(page: Page, mentions: list[Mention]) -> tuple[Actor, ...]:
    return tuple(actor for m in mentions for actor in actor_of(m, page.doc)[:1])
