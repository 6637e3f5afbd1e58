"""Of when a figure is, and of when the figure that it is compared with.

Owns the choice among the dates that resolve/dates has found in a sentence; dates themselves are not read here. A date
of speaking ("said on Friday") is none of a figure. Nothing is dated by the report's own date alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.syntax import ancestors, governor, is_verb, kids
from bilateral.text import Mention


class Dating(NamedTuple):
    """An EDTF date with the words it rests on (None where it follows from another), a score, and why."""

    value: str
    span: tuple[int, int] | None
    score: float
    reason: str


_BASE = re.compile(
    r"(?:\bcompared?(?: to| with)?|\bcomparing (?:to|with)|\bcomparison (?:to|with)|\bthan|\bagainst|\bversus|\bvs\.?|"
    r"\bfrom|\brelative to|\bas (?:many|much|high|large) as|"
    r"\b(?:rise|increase|fall|decline|drop|gain|decrease|growth|plus|up|down) on|"
    r"\b(?:above|below|beats?|beat|exceed\w*|surpass\w*|match\w*|outstrip\w*)|"
    r"\bas opposed to|\byear[- ]on[- ]year from|%? (?:on|over)|\bup on|\bdown on|\bmore than)\s+"
    r"(?:(?:the|that|those|its|their|a|an|same|pace|mark|tally|total|record|figure|figures|level|levels|number|"
    r"volume|period|result|year|recorded|"
    r"registered|in|of|for|during|total|corresponding|value|data|quarter|half|month)\s+)*$",
    re.I,
)
_EARLIER = re.compile(
    r"(?:the )?(?:previous|preceding|prior) |(?:a|one) (?:year|month) (?:earlier|before|ago)|"
    r"the (?:year|month) (?:before|earlier)|year-earlier|the same (?:period|time|month|quarter|half)",
    re.I,
)
_ON = re.compile(r"(?:%|percent|per cent)\s+(?:(?:more|less|up|down|higher|lower)\s+)?(?:on|over|than)\s+\w*\s*$", re.I)
# Words for the present date nothing: "today's 400,000" are those of now.
_PRESENT = re.compile(r"(?:today|now|currently|at present|these days|nowadays|to date)(?:['’]s)?", re.I)
# A time of the day dates nothing, nor does what only came "before 2025".
_CLOCK = re.compile(
    r"(?:by |until |at )?(?:midnight|noon|dawn|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|GMT|UTC)?|\d\d:\d\d)", re.I
)
_BY_THEN = re.compile(r"\b(?:before|prior to|pre)[\s-]+(?:the )?$", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-\d\d-\d\d")
_OWN = re.compile(
    r"^[\s,(]*(?:people|persons|tourists|dollars)?[\s,(]*"
    r"(?:(?:in|for|of|during|over|at|by|through|as of|until|since|on|throughout)\s+)?"
    r"(?:(?:the|all|whole|entire|full|calendar|financial|fiscal|year)\s+)*$",
    re.I,
)


def is_base_date(view: View, mention: Mention) -> bool:
    """Whether a date is what a figure is compared with ("than in 2017", "a year earlier")."""
    before = view.text[max(view.start, mention.start - 48) : mention.start]
    if _MARK_BEHIND.match(view.text, mention.end) and _SET_BESIDE.search(before):
        return True
    return _is_compared_with(before, mention.text, "/" in (mention.value or ""))


# "ahead of the 2022 result", "above the 2013 mark": a date before what a figure is set beside.
_MARK_BEHIND = re.compile(r"\s+(?:result|level|figure|total|peak|average|mark|volume|record|high|low|tally)s?\b", re.I)
_SET_BESIDE = re.compile(
    r"\b(?:ahead of|above|below|over|off|than|under|beats?|against|behind|exceed\w*|surpass\w*|short of|from|on|to) "
    r"(?:the |its |their )?(?:pre-)?$", re.I,
)  # fmt: skip


@lru_cache(maxsize=1024)
def _is_compared_with(before: str, words: str, is_stretch: bool) -> bool:
    if _EARLIER.search(words):
        return True
    found = _BASE.search(before)
    if found is None or (found[0].lower().startswith("from") and is_stretch):
        return False
    if found[0].lower().lstrip("% ").startswith(("on ", "over ", "more than")):
        return bool(_ON.search(before))
    return True


def period(
    view: View, found: Sequence[Quantity], n: int, dates: Sequence[Mention], *, by_day: bool, borrows: bool = False
) -> Dating | None:  # fmt: skip
    """The period of the n-th figure: its own date beside it, else the date of its verb, else of its sentence's lead.

    `dates` are the sentence's; `by_day` whether a single day can be one's period (events, not flows); `borrows` whether
    the date beside another figure of the sentence may do where there is none of its own.
    """
    q = found[n]
    step = _in_step(view, found, n, dates)
    if step is not None:
        return Dating(
            str(step.value), (step.start, step.end), 0.9, f"the words {step.text!r} in the same place of the list"
        )
    group = [q, *(c for c in found if c.level == n and c.role == "change")]
    usable = [m for m in dates if m.value is not None and _is_usable(view, found, n, m, by_day=by_day)]
    if not usable:
        return _borrowed(view, found, n, dates) if borrows and q.role == "level" else None
    mention, score = max(((m, _score(view, group, m)) for m in usable), key=lambda pair: (pair[1], -pair[0].start))
    if score <= 0:
        return None
    value = _since_clause(view, mention) or _two_months(view, mention, dates) or mention.value
    return Dating(str(value), (mention.start, mention.end), score, f"the words {mention.text!r}: {mention.reason}")


def _is_usable(view: View, found: Sequence[Quantity], n: int, mention: Mention, *, by_day: bool) -> bool:
    q = found[n]
    if q.role != "base" and is_base_date(view, mention):
        return False
    if not by_day and _DAY.fullmatch(mention.value or "") and not _until_day(view, mention):
        return False
    if (_PRESENT.fullmatch(mention.text) and not by_day) or _CLOCK.fullmatch(mention.text):
        return False
    if q.role == "level" and _BY_THEN.search(view.text, max(view.start, mention.start - 12), mention.start):
        return False
    owner = _owner(view, found, mention)
    if owner is not None and owner != n and not (found[owner].level == n and found[owner].role == "change"):
        return False
    return not _is_of_speech(view, mention, q) and not _is_of_other(view, found, n, mention)


def _is_of_other(view: View, found: Sequence[Quantity], n: int, mention: Mention) -> bool:
    """Whether a date goes with the verb of another figure, behind the first of them."""
    verb, mine = _verb(view, mention.start), _verb(view, found[n].number[0])
    if verb is None or verb == mine or mention.end <= min(q.start for q in found):
        return False
    others = [
        q
        for k, q in enumerate(found)
        if k not in (n, found[n].level) and q.level != n and q.cls not in ("duration", "age")
    ]
    apart = mine is not None and verb not in (view.parse.head[mine], *kids(view.parse, mine, "xcomp", "advcl", "conj"))
    if mine is not None and verb in kids(view.parse, mine, "conj"):
        apart = apart or _has_own(view, found, n, mention, verb)
    return apart and any(_verb(view, q.number[0]) == verb for q in others)


def _has_own(view: View, found: Sequence[Quantity], n: int, mention: Mention, verb: int) -> bool:
    """Whether the second of two joined verbs has a subject and a figure of its own before a date behind it."""
    if mention.start < view.parse.start[verb] or not kids(view.parse, verb, "nsubj", "nsubjpass"):
        return False
    first = view.parse.start[verb]
    return any(first < q.start < mention.start and q.level != n and q.unit != found[n].unit for q in found)


def _in_step(view: View, found: Sequence[Quantity], n: int, dates: Sequence[Mention]) -> Mention | None:
    """The n-th date of a list for the n-th figure of a list ("by 12, 15 and 9 percent in 2016, 2017 and 2018")."""
    run = [k for k, q in enumerate(found) if (q.role, q.unit) == (found[n].role, found[n].unit)]
    stated = [m for m in dates if m.value is not None and m.start > found[run[-1]].end and not is_base_date(view, m)]
    spans = [(found[k].start, found[k].end) for k in run]
    if len(run) < 2 or len(run) != len(stated):
        return None
    listed = all(
        re.fullmatch(r"\s*(?:,|and|,\s*and|or)\s*(?:by |to |\w{2} )?", view.text[a[1] : b[0]])
        for row in (spans, [(m.start, m.end) for m in stated]) for a, b in pairwise(row)
    )  # fmt: skip
    return stated[run.index(n)] if listed else None


def _borrowed(view: View, found: Sequence[Quantity], n: int, dates: Sequence[Mention]) -> Dating | None:
    """The date beside the nearest other level of the same unit ("exports were $7bn and imports $5bn in 2019")."""
    q = found[n]
    near = []
    for mention in dates:
        owner = _owner(view, found, mention)
        if mention.value is None or owner in (None, n) or is_base_date(view, mention) or _DAY.fullmatch(mention.value):
            continue
        other = found[owner or 0]
        if (
            other.role == "level"
            and other.unit == q.unit
            and not re.search(r"[;.]", view.text[min(q.end, other.end) : max(q.start, other.start)])
        ):
            near.append((abs(other.start - q.start), mention))
    if not near:
        return None
    mention = min(near, key=lambda pair: (pair[0], pair[1].start))[1]
    return Dating(
        str(mention.value), (mention.start, mention.end), 0.65, f"the words {mention.text!r} beside another figure"
    )


def _until_day(view: View, mention: Mention) -> bool:
    return bool(
        re.search(r"\b(?:as of|as at|until|by)\s+$", view.text[max(view.start, mention.start - 8) : mention.start])
    )


def _owner(view: View, found: Sequence[Quantity], mention: Mention) -> int | None:
    """The figure that a date stands directly behind ("$3 billion in 2014"), or directly before ("2018: 202.1")."""
    for n, q in enumerate(found):
        if q.end <= mention.start and mention.start - q.end < 40 and _OWN.match(view.text[q.end : mention.start]):
            return n
        if mention.end <= q.start <= mention.end + 3 and re.fullmatch(
            r"\s?[:–—=(]?\s?", view.text[mention.end : q.start]
        ):
            return n
    return None


def _is_of_speech(view: View, mention: Mention, q: Quantity) -> bool:
    """Whether a date says when something was said, and not of when a figure is."""
    i = view.at(mention.start)
    last = view.at(mention.end - 1)
    parse = view.parse
    top = next((k for k in range(i, last + 1) if not i <= parse.head[k] <= last), i)
    chain = list(ancestors(parse, top))[:3]
    nouns = [a for a in chain[:2] if parse.pos[a] == "NOUN" and a != q.noun and not _is_counted(view, a)]
    if any(view.lemma(a) in cues("periods", "speeches") for a in nouns):
        return True
    before = view.text[view.start : mention.start]
    if any(view.lemma(a) in cues("periods", "texts") for a in nouns[:1]) and _OF.search(before):
        return True
    if mention.value is not None and not _DAY.fullmatch(mention.value) and _FOR.search(before):
        return False
    verb = next((a for a in chain if is_verb(parse, a)), None)
    mine = governor(parse, min(view.at(q.number[0]), view.tokens.stop - 1))
    return verb is not None and verb != mine and view.lemma(verb) in cues("periods", "saying")


_OF = re.compile(r"\b(?:of|in|from)\s+(?:the\s+)?$", re.I)
_FOR = re.compile(r"\bfor\s+(?:(?:the|all of|whole of|year)\s+)*$", re.I)


def _is_counted(view: View, noun: int) -> bool:
    return any(view.parse.tag[k] == "CD" for k in view.parse.children[noun])


def _score(view: View, group: Sequence[Quantity], mention: Mention) -> float:
    """How surely a date is a figure's: beside it .95, with its verb .9, leading the sentence .85, elsewhere .6."""
    if any(_owner(view, [q], mention) is not None for q in group):
        return 0.95
    parse = view.parse
    verbs = {v for q in group if (v := _verb(view, q.number[0])) is not None}
    related = {r for v in verbs for r in (v, *kids(parse, v, "conj", "xcomp", "advcl"), parse.head[v])}
    verb = _verb(view, mention.start)
    distance = min(abs(mention.start - q.start) for q in group) / 1000
    if verb is not None and verb in verbs:
        return 0.9 - distance
    if mention.start - view.start < 12 or view.word(view.at(mention.end)) == ",":
        return 0.85 - distance
    if verb is not None and verb in related:
        return 0.8 - distance
    return 0.6 - distance


def _verb(view: View, position: int) -> int | None:
    i = view.at(position)
    if i not in view.tokens:
        return None
    return i if view.parse.pos[i] == "VERB" else governor(view.parse, i)


_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)")


def _two_months(view: View, mention: Mention, dates: Sequence[Mention]) -> str | None:
    """ "In January and February": two months side by side are one stretch; None where the date is no such pair."""
    for first, second in pairwise(dates):
        gap = view.text[first.end : second.start]
        if mention not in (first, second) or not re.fullmatch(r"\s+and\s+(?:early |mid-)?", gap):
            continue
        found = [_MONTH.fullmatch(m.value or "") for m in (first, second)]
        if found[0] and found[1] and int(found[1]["month"]) == int(found[0]["month"]) + 1:
            return f"{found[1]['year']}-{found[0]['month']}/{second.value}"
    return None


def _since_clause(view: View, mention: Mention) -> str | None:
    """ "Since the programme began in 2003": the date of a clause with "since" opens a period."""
    verb = _verb(view, mention.start)
    if verb is None or mention.value is None or "/" in mention.value:
        return None
    marks = kids(view.parse, verb, "mark", "prep")
    if any(view.word(k) == "since" for k in marks) or (view.word(verb - 1) == "since"):
        return f"{mention.value}/.."
    return None


def base(view: View, dates: Sequence[Mention], change: Quantity, level: Dating | None) -> Dating | None:
    """Against when a change is told: the date it is compared with, else the same stretch of the year before."""
    compared = [m for m in dates if m.value is not None and is_base_date(view, m)]
    if compared:
        near = min(compared, key=lambda m: (m.start < change.start, abs(m.start - change.end)))
        return Dating(str(near.value), (near.start, near.end), 0.9, f"compared with {near.text!r}")
    if level is None or not _ON_YEAR.search(
        view.text, max(view.start, change.start - 50), min(view.end, change.end + 60)
    ):
        return None
    earlier = year_before(level.value)
    if earlier is None:
        return None
    return Dating(earlier, None, 0.7, "a change on the year is against the year before")


_ON_YEAR = re.compile(
    r"\byear[- ](?:on|over)[- ]year|\bon[- ]year\b|\by[/-]?o?[/-]?y\b|\bon the year\b|\ba year (?:earlier|ago|"
    r"before)\b|\bannual|"
    r"\byear-earlier|\bthe year before\b|\b(?:previous|preceding|prior) year\b|\blast year(?:['’]s)? (?:level|"
    r"figure|total|result)", re.I,
)  # fmt: skip


_YEARS = re.compile(r"(?P<year>\d{4})(?P<rest>(?:-\d\d)?)")


def year_before(value: str) -> str | None:
    """The same stretch a year earlier: 2017 of 2018, 2021-01/2021-09 of 2022-01/2022-09; None for longer stretches."""
    ends = value.split("/")
    found = [_YEARS.fullmatch(end) for end in ends]
    if not all(found) or len(ends) > 2:
        return None
    years = [int(m["year"]) for m in found if m]
    if years[-1] - years[0] > 1 or (years[0] != years[-1] and not all(m and m["rest"] for m in found)):
        return None
    return "/".join(f"{int(m['year']) - 1:04}{m['rest']}" for m in found if m)


def of_year_end(value: str) -> str:
    """The year of a December that ends a year's figure ("by the end of December" is of the year)."""
    return value[:4] if re.fullmatch(r"\d{4}-12(?:-31)?", value) else value
