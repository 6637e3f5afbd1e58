"""When and where an event is told to be, and whether it is news of the report or recalled."""

from __future__ import annotations

import re

from bilateral.extract.events.deciding import Coding
from bilateral.extract.events.finding import Hit
from bilateral.extract.events.view import View
from bilateral.scene import date_near
from bilateral.syntax import ancestors, first_conjunct, governor, is_verb, kids, tense
from bilateral.text import Mention, Resolved

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_RECALLING = re.compile(r"\b(since|ago|last (year|month|decade|century)|previous(ly)?|decades|in the past)\b", re.I)
_OLD_DAYS = 45


def when(doc: Resolved, view: View, hit: Hit) -> Mention | None:
    """The date that stands with a trigger: in its own clause, else in that of its host."""
    own = date_near(doc, [k for k in view.reach(hit.token) if not _is_of_a_thing(view, hit, k)])
    if own is not None or hit.host is None:
        return own
    near = date_near(doc, [k for k in view.reach(hit.host) if not _is_of_a_thing(view, hit, k)])
    first = first_conjunct(view.parse, hit.host)
    if near is None and view.parse.dep[first] in ("relcl", "advcl"):
        near = date_near(doc, [view.parse.head[first]])
    if near is None and first != hit.host:
        near = date_near(doc, [k for k in view.reach(first) if k < first])
    return near


def _is_of_a_thing(view: View, hit: Hit, i: int) -> bool:
    """Whether a date belongs to a thing and dates no act ("suspended the 1998 treaty", "the mask stolen in 1911")."""
    if view.low[i][-2:].isdigit() and (below := _participle_above(view, i)) is not None:
        return below not in (hit.token, hit.host)
    is_before = view.parse.dep[i] in ("nummod", "compound", "nmod", "amod") and view.parse.head[i] > i
    return is_before and view.low[i].isdigit() and view.parse.pos[view.parse.head[i]] == "NOUN"


def _participle_above(view: View, i: int) -> int | None:
    """The participle that describes a noun and dates itself by a year."""
    verb = next((k for k in ancestors(view.parse, i) if is_verb(view.parse, k)), None)
    return verb if verb is not None and view.parse.dep[verb] == "acl" and view.parse.tag[verb] == "VBN" else None


def is_ahead(doc: Resolved, view: View, hit: Hit) -> bool:
    """Whether a present tense tells of a day after the report's ("the board meets in Oslo on June 6")."""
    verb = hit.host if hit.host is not None else hit.token
    published = doc.published.value
    if not published or not is_verb(view.parse, verb) or tense(view.parse, verb)[:2] != ("present", False):
        return False
    date = when(doc, view, hit)
    first = (date.value or "").split("/")[0] if date is not None else ""
    return first[:4].isdigit() and first > published[: len(first)]


def where(doc: Resolved, view: View, hit: Hit) -> Mention | None:
    """The place "in" or "at" which something is told to be, in the clause of the trigger."""
    top = hit.host if hit.host is not None else hit.token
    for i in dict.fromkeys((*view.reach(hit.token), *view.reach(top))):
        if view.lemma[i] not in ("in", "at") or view.parse.dep[i] != "prep":
            continue
        for k in kids(view.parse, i, "pobj"):
            mention = doc.mention_at(k)
            if mention is not None and mention.kind in ("place", "country") and mention.codes:
                return mention
    return None


def is_recalled(doc: Resolved, view: View, hit: Hit, date: Mention | None, coding: Coding) -> bool:
    """Whether an event is background: told in the past perfect, dated well before the report, or "since", "ago"."""
    code = coding.code
    if coding.status not in ("happened", "ongoing", "denied", "cancelled", "postponed"):
        return False
    if hit.host is not None:
        found = tense(view.parse, hit.host)
        is_had = any(view.low[k] == "had" for k in kids(view.parse, hit.host, "aux"))
        is_reported = view.parse.dep[hit.host] in ("ccomp", "conj") and governor(view.parse, hit.host) is not None
        if found.perfect and found.tense == "past" and is_had and not is_reported:
            return True
    if code == "COOPERATE" and (hit.row.flow or hit.row.group == "talks"):
        return False
    if date is None:
        return False
    if _RECALLING.search(doc.text[max(0, date.start - 8) : date.end]):
        return True
    return _days_before(date.value, doc.published.value) > _OLD_DAYS


def _days_before(value: str | None, published: str | None) -> int:
    """How many days, about, a date lies before the report at least; 0 where either is unknown."""
    last, first = _DATE.match((value or "").split("/")[-1]), _DATE.match(published or "")
    if last is None or first is None:
        return 0
    return _number(first, 1) - _number(last, 12)


def _number(found: re.Match[str], month: int) -> int:
    year, given, day = found.group(1), found.group(2), found.group(3)
    return int(year) * 365 + int(given or month) * 30 + int(day or (28 if month > 1 else 1))
