"""Which level a change or a base belongs to, by the words between them and the verb that they share.

Owns the ties only; what each figure is was told in changes.py.
"""

from __future__ import annotations

import re

from msgspec import structs

from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.syntax import subjects

# What may stand between a change and its level behind it ("grew 5 % in 2018 to", "rose by 5 %, reaching").
_TO_LEVEL = re.compile(
    r"^[^.;:]{0,90}?(?:\bto\b|\breach\w*|\bhit\w*|\bexceed\w*|\bsurpass\w*|\btopp\w+|\btotall?\w*|\bamount\w*|"
    r"\bstood\b|"
    r"\bstand\w*|\bcame to\b|\bcoming to\b|\bwent beyond\b|\bgoing beyond\b|\bcross\w*|\bat\b|\bor\b|"
    r"\bmak\w+ up\b|\bto be\b|\bpass\w*|\bclimb\w*|\bapproach\w*|\bnear\w*|\bworth\b|"
    r"\bvalued at\b|[(,–—-])\s*(?:\w+\s+){0,4}$",
    re.I,
)
# What may stand between a level and its change behind it ("$5bn, up 5 %", "$5bn, which is 5 % more").
_FROM_LEVEL = re.compile(
    r"^[^;]{0,120}?(?:,|\(|–|—|-|:|\band\b|\bor\b|\bwhich\b|\ban?\b|\bin\b|\bwith\b|"
    r"\brepresenting\b|\bmarking\b|\bthat is\b|\bup\b|\bdown\b|\bfor\b|\bis\b|\bwas\b)[^;]{0,60}$",
    re.I,
)


def linked(view: View, told: list[Quantity]) -> list[Quantity]:
    """The quantities with the index of its level on each change and base; bases without a level are levels."""
    out = list(told)
    for n, q in enumerate(told):
        if q.role == "change":
            at = _level_of_change(view, told, n)
            out[n] = structs.replace(q, level=at) if at is not None else q
    for n, q in enumerate(out):
        if q.role == "base":
            at = _level_of_base(view, out, n)
            out[n] = _based(q, out[at], at) if at is not None else structs.replace(q, role="level", direction=None)
            if at is not None and out[at].cls == "bare" and q.cls in ("percent", "money", "measure", "count"):
                out[at] = structs.replace(out[at], unit=q.unit, cls=q.cls, money=q.money, noun=q.noun)
    return out


def _based(base: Quantity, level: Quantity, at: int) -> Quantity:
    """A base tied to its level, in the level's unit where it names none."""
    if base.cls == "bare":
        base = structs.replace(base, unit=level.unit, cls=level.cls, money=level.money, noun=level.noun)
    return structs.replace(base, level=at)


def _is_level(q: Quantity) -> bool:
    return q.role == "level" and not q.is_vague and q.cls in ("money", "count", "measure", "bare", "percent")


def _fits(change: Quantity, level: Quantity) -> bool:
    """Whether a change can be one of this level: percent and multiples of anything, else the same unit."""
    if change.cls in ("percent", "times") or change.form == "fraction":
        return level.cls != "percent" or change.unit != "percent"
    return change.unit == level.unit or change.cls == "bare" or level.cls == "bare"


def _level_of_change(view: View, told: list[Quantity], n: int) -> int | None:
    change = told[n]
    shared = [k for k, q in enumerate(told) if _is_level(q) and q.verb == change.verb is not None and _fits(change, q)]
    if shared:
        return min(shared, key=lambda k: abs(k - n))
    behind = _next_level(view, told, n)
    return behind if behind is not None else _previous_level(view, told, n)


def _next_level(view: View, told: list[Quantity], n: int) -> int | None:
    """The level directly behind a change, past a base, where the words between lead to it."""
    change = told[n]
    for k in range(n + 1, min(n + 3, len(told))):
        q = told[k]
        if q.role == "base" or q.cls in ("duration", "times"):
            continue
        if not _is_level(q) or not _fits(change, q):
            return None
        gap = view.text[change.end : q.start]
        if re.search(r"\b(?:now|currently|today|at present|after)\b", gap):
            return None
        return k if _TO_LEVEL.match(gap) and _same_subject(view, change.end, q.start) else None
    return None


_MODAL = re.compile(
    r"\b(?:ought to|should|will|would|could|may|might|must|to) (?:\w+ )?$|\b(?:ought|should|will|would)\b", re.I
)


def _previous_level(view: View, told: list[Quantity], n: int) -> int | None:
    """The level directly before a change, where the change is an afterthought to it."""
    change = told[n]
    for k in range(n - 1, max(-1, n - 4), -1):
        q = told[k]
        if q.role in ("change", "base") or q.cls == "duration":
            continue
        if not _is_level(q) or not _fits(change, q):
            return None
        cue = min(change.cue[0], change.start) if change.cue else change.start
        gap = view.text[q.end : max(cue, q.end)]
        near = view.text[q.end : change.start]
        if _MODAL.search(near) or _is_aside(view, q, change):
            return None
        if view.text[view.start : q.start].strip().lower() in ("at", "with", "worth") and len(near) < 150:
            return k
        if (
            _FROM_LEVEL.match(near)
            and len(near) < 150
            and _same_subject(view, q.end, max(cue, q.end))
            and ";" not in gap
        ):
            return k
        return None
    return None


def _is_aside(view: View, level: Quantity, change: Quantity) -> bool:
    """Whether a level stands in an aside to the subject of the verb of change ("trade, worth $86 million in 2018,
    nearly doubled last year"): it is of another time."""
    verb = change.verb
    if verb is None or not view.parse.tag[verb].startswith("VB") or view.parse.tag[verb] in ("VBG", "VB"):
        return False
    heads = [s for s in subjects(view.parse, verb) if s in view.tokens]
    first = min(heads, default=None)
    if first is None or view.parse.start[first] > level.start:
        return False
    before, behind = view.text[view.parse.start[first] : level.start], view.text[level.end : view.parse.start[verb]]
    return "," in before and "," in behind and _WORTH.search(before) is not None


_WORTH = re.compile(
    r",\s*(?:worth|valued at|put at|estimated at|which (?:was|stood at|came to|were|had been)|at|then)\b[^,]*$", re.I
)
_SUBJECT = ("nsubj", "nsubjpass")
_NO_SUBJECTS = frozenset({"which", "that", "it", "this", "they", "who", "figure", "number", "volume", "total", "value"})


def _same_subject(view: View, start: int, end: int) -> bool:
    """Whether no new subject begins between two positions."""
    first, stop = view.at(start), view.at(end)
    return not any(
        view.parse.dep[i] in _SUBJECT and not _tells(view, view.parse.head[i]) and view.word(i) not in _NO_SUBJECTS
        and view.parse.pos[i] not in ("NUM", "SYM")
        and view.word(i) not in ("%", "percent", "cent")
        for i in range(first, stop)
    )  # fmt: skip


def _tells(view: View, verb: int) -> bool:
    """Whether a verb only tells who says it ("…, the ministry said, …")."""
    return view.lemma(verb) in cues("flows", "reporting") or view.lemma(verb) in cues("changes", "guessing")


def _level_of_base(view: View, told: list[Quantity], n: int) -> int | None:
    """The nearest level of the same unit: before the base ("$7bn from $6bn"), or behind it ("from $6bn to $7bn")."""
    base = told[n]
    around = [k for k in (n + 1, n - 1, n - 2, n + 2) if 0 <= k < len(told)]
    ahead = view.text[base.end : base.end + 40]
    if not re.match(r"[^.;]{0,36}\bto\b", ahead):
        around.sort(key=lambda k: (k > n, abs(k - n)))
    for k in around:
        q = told[k]
        if q.role != "level" or (q.unit != base.unit and "bare" not in (q.cls, base.cls)):
            continue
        gap = view.text[min(q.end, base.end) : max(q.start, base.start)]
        if ";" in gap or len(gap) > 140 or (k > n and not re.search(r"\bto\b", gap)):
            continue
        if k < n and base.cue and view.text[base.cue[0] : base.cue[1]].lower() == "from" and not _led(told, k, gap):
            continue
        return k
    return None


def _led(told: list[Quantity], k: int, gap: str) -> bool:
    """Whether "from" behind a level is a comparison: a change leads to the level, or its words say so."""
    near = told[k]
    return near.verb is not None or any(q.level == k for q in told) or len(gap.split()) <= 8
