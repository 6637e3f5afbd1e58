"""From the figures of a document to drafts of claims: what each is of, whose, of when, and what hangs on it.

Owns the order of the steps; each step stands in its own module. records.py turns drafts into records.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from msgspec import structs

from bilateral.extract.measures.acts import acted
from bilateral.extract.measures.capitals import lowered
from bilateral.extract.measures.claims import is_abroad, is_claim, is_of_states, is_price
from bilateral.extract.measures.derive import tidy
from bilateral.extract.measures.finding import quantities_in
from bilateral.extract.measures.general import STANDING, stands_for
from bilateral.extract.measures.kinds import Kind, kind
from bilateral.extract.measures.lexicon import called, cues, currency, magnitudes, plural
from bilateral.extract.measures.memory import Last, Memory
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.parties import Parties, main_pair, parties
from bilateral.extract.measures.periods import Dating, base, of_year_end, period, year_before
from bilateral.extract.measures.quantity import Quantity, view
from bilateral.extract.measures.referring import name_of
from bilateral.extract.measures.sentence import Draft, Sentence
from bilateral.extract.measures.splitting import sentences
from bilateral.extract.measures.taxonomy import Entry
from bilateral.model import MeasureKind
from bilateral.text import Resolved


def drafts(doc: Resolved) -> Iterator[Draft]:
    """The figures of a document that are claims about states, in text order."""
    doc = lowered(doc)
    starts = [m.start for m in doc.mentions]
    memory, pair = Memory(), main_pair(doc)
    for n, tokens in enumerate(sentences(doc)):
        start, end = doc.parse.start[tokens.start], doc.parse.end[tokens.stop - 1]
        inside = doc.mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        dates = [(m.start, m.end) for m in inside if m.kind == "date"]
        found = quantities_in(doc.text, doc.parse, tokens, dates=dates)
        memory.spans.append((start, end))
        if found:
            seen = view(doc.text, doc.parse, tokens)
            yield from _read(
                Sentence(doc, seen, [acted(seen, _plain(_as_percent(q))) for q in found], inside, memory, pair, n)
            )


def _as_percent(q: Quantity) -> Quantity:
    """A part of a whole ("a third") as a percentage."""
    if q.form != "fraction":
        return q
    value = tidy((q.value * 100).quantize(Decimal("0.1")))
    return structs.replace(q, value=value, cls="percent", unit="percent", noun=None, end=q.number[1], unit_span=None)


def _plain(q: Quantity) -> Quantity:
    """An amount in a unit that holds a magnitude ("4.5 bcm") in the plain unit."""
    if q.unit not in magnitudes():
        return q
    scale, unit = magnitudes()[q.unit]
    high = q.high * scale if q.high is not None else None
    return structs.replace(q, value=q.value * scale, high=high, unit=unit, scale=q.scale * scale)


def _read(here: Sentence) -> Iterator[Draft]:
    """The drafts of a sentence in text order."""
    for n, q in enumerate(here.found):
        level = here.found[q.level] if q.level is not None and q.role == "base" else None
        if not is_claim(here.view, q) or (level is not None and is_price(here.view, level)):
            continue
        name = name_of(here, n)
        if name is None or not is_of_states(here, q, name):
            continue
        here.names[n] = name
        draft = _draft(here, n, q, name)
        if draft is not None:
            here.drafts[n] = draft
            yield draft


def _draft(here: Sentence, n: int, q: Quantity, name: Name) -> Draft | None:
    """A figure with everything that is told of it; None where no second state is known."""
    segment = (here.found[n - 1].end, q.end) if n else None
    whose = parties(
        here.doc, here.view, q, name, here.pair or _with_home(here), _known(here, n), masked=here.masked,
        segment=segment,
    )  # fmt: skip
    whole = _whole_of(here, n) if q.cls == "percent" or stands_for(here, q) else None
    whose = whole.parties if whole is not None else whose
    if len(whose.codes) < 2 and not (whose.codes and len(here.pair) < 2 and is_abroad(here, name.entry)):
        return None
    whose = _as_known(here, n, whose, name)
    here.parties[n] = whose
    what = kind(here.view, q, name.entry, _inherited(here, name))
    when = _dating(here, n, q, name.entry, what)
    if what.kind == "actual" and when is not None and _is_of_before(here, q, name.entry, whose, when):
        what = Kind("baseline", "happened", None, "of a time before that of the figure that it is set beside")
    change, old = _change_of(here, n), _base_of(here, n)
    money = currency(q.money, _in_order(here, whose.codes)) if q.money is not None else None
    written = _written(here, q, name)
    here.memory.keep(
        Last(name.entry, q.cls, money[0] if money else q.unit, whose, what.kind, when, here.n, written)
    )  # fmt: skip
    return Draft(
        here.view, None if q.role == "change" else q, change, old, name, whose, when,
        _compared(here, change, old, when), what, money, written, _notes(here, n), _noun(here, q, written),
    )  # fmt: skip


def _is_of_before(here: Sentence, q: Quantity, entry: Entry, whose: Parties, when: Dating) -> bool:
    """Whether a figure is of an earlier time than the one told just before it of the same quantity and states."""
    for last in reversed(here.memory.seen):
        if here.n - last.sentence > 1:
            return False
        if last.entry.name != entry.name or set(last.parties.codes) != set(whose.codes):
            continue
        if last.dating is None or last.kind != "actual" or (last.cls != q.cls and "bare" not in (last.cls, q.cls)):
            return False
        first, second = (value.split("/")[0].strip(".") for value in (when.value, last.dating.value))
        return bool(first) and first[:4].isdigit() and first[: len(second)] < second[: len(first)]
    return False


def _with_home(here: Sentence) -> tuple[str, ...]:
    """The one state that a short item names and that of its dateline, where they differ."""
    if len(here.states) != 1 or here.home is None or here.home in here.states:
        return ()
    return (*here.states, here.home)


_TRADE = ("export", "import")


def _as_known(here: Sentence, n: int, whose: Parties, name: Name) -> Parties:
    """The parties with the direction of the figure before between the same two states: the same way for a flow of the
    same kind, turned round from exports to imports."""
    last = here.memory.latest(here.n, here.found[n].cls)
    if last is None or last.parties.direction is None or name.entry.flow == "none":
        return whose
    if (shared := _same_target(here, last, whose, name)) is not None:
        return shared
    copied = whose.reason == "as the figure before it" and _is_turned(last.entry, name.entry)
    if (
        whose.direction is not None
        and not copied
        and not (n and last.sentence == here.n and _only_refers(here, n, name))
    ):
        return whose
    if set(last.parties.codes) != set(whose.codes):
        return whose
    source, target = last.parties.direction.split(">")
    flow, before = name.entry.flow, last.entry.flow
    if flow == before:
        return whose._replace(direction=f"{source}>{target}", way="as the figure before it")
    if flow in _TRADE and before in _TRADE and name.entry.name != last.entry.name:
        return whose._replace(direction=f"{target}>{source}", way="the other way than the figure before it")
    return whose


def _is_turned(one: Entry, other: Entry) -> bool:
    """Whether of two kinds of trade one goes out and the other comes in, so that the way of one is not the other's."""
    return {one.flow, other.flow} == set(_TRADE)


def _same_target(here: Sentence, last: Last, whose: Parties, name: Name) -> Parties | None:
    """What a second giver gives goes where the first's went ("Washington forgave Niamey 4 billion; Paris, 9")."""
    if (
        last.sentence != here.n
        or last.entry.flow != name.entry.flow
        or whose.direction is None
        or last.parties.direction is None
    ):
        return None
    (source, target), (first, second) = whose.direction.split(">"), last.parties.direction.split(">")
    if target != first or source in (first, second):
        return None
    return whose._replace(codes=(source, second), direction=f"{source}>{second}", way="where the figure before it goes")


def _only_refers(here: Sentence, n: int, name: Name) -> bool:
    """Whether exports or imports behind another figure name their other side by a pronoun ("and imports from it")."""
    first, last = here.found[n - 1].end, here.found[n].end
    if name.entry.flow not in _TRADE or name.start < first:
        return False
    inside = [m for m in here.mentions if first <= m.start < last and m.kind != "date"]
    return bool(inside) and all(m.kind == "pronoun" for m in inside)


def _known(here: Sentence, n: int) -> Parties | None:
    """The parties of the figure that this one continues: its level's, else those of the last figure close by."""
    q = here.found[n]
    if q.level is not None and q.level in here.parties:
        return here.parties[q.level]
    last = here.memory.latest(here.n, q.cls)
    return last.parties if last is not None else None


def _inherited(here: Sentence, name: Name) -> MeasureKind | None:
    """The kind of what a figure is part of, or of the sentence that it refers back to: a promise, or None."""
    last = here.memory.family(name.entry)
    if last is not None and last.kind == "commitment":
        return last.kind
    if name.end > here.view.start:
        return None
    parse = here.doc.parse
    at = parse.tokens(name.start, name.end)
    lemmas = {parse.lemma[i].lower() for i in parse.sentence(at[0])} if at else set()
    return "commitment" if lemmas & cues("kinds", "promises") else None


def _change_of(here: Sentence, n: int) -> Quantity | None:
    if here.found[n].role == "change":
        return here.found[n]
    return next((c for c in here.found if c.role == "change" and c.level == n), None)


def _base_of(here: Sentence, n: int) -> Quantity | None:
    return next((b for b in here.found if b.role == "base" and b.level == n), None)


def _in_order(here: Sentence, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Some states in the order in which the sentence names them."""
    said = [c for m in here.mentions for c in m.codes if c in codes]
    return tuple(dict.fromkeys((*said, *codes)))


def _noun(here: Sentence, q: Quantity, written: str | None) -> str | None:
    """The lemma of what is counted, or for a bare number the word that it goes on with."""
    if q.noun is not None and here.view.word(q.noun) not in STANDING:
        return here.view.lemma(q.noun)
    return written.removesuffix("s").replace("ie", "y") if written else None


def _written(here: Sentence, q: Quantity, name: Name) -> str | None:
    """The counted noun in the plural as the text has it: beside the figure, in the words that named it, or before."""
    if q.noun is not None and here.view.word(q.noun) not in STANDING:
        if (same := called().get(here.view.lemma(q.noun))) is not None:
            return same
        is_plural = here.view.parse.tag[q.noun] in ("NNS", "NNPS")
        return here.view.word(q.noun) if is_plural else plural(here.view.lemma(q.noun))
    if q.noun is None and q.cls == "count":
        return q.unit
    last = here.memory.latest(here.n, q.cls)
    if last is not None and last.cls == "measure" and q.cls == "bare":
        return plural(last.unit)
    if last is not None and last.cls == q.cls == "bare" and last.written and last.entry.name == name.entry.name:
        return last.written
    counts = last is not None and q.cls == "bare" and last.cls == "count" and last.entry.name == name.entry.name
    if counts and last is not None and last.written:
        return last.written
    if "items" not in name.entry.of and q.noun is None:
        return None
    last = here.memory.latest(here.n, "count")
    if last is not None and last.entry.name == name.entry.name and last.written:
        return last.written
    last_word = here.doc.text[name.start : name.end].lower().split()[-1]
    return called().get(last_word.removesuffix("s")) or plural(last_word)


# Acts have a day; flows that run on have none.
_ACTS = frozenset({"give", "expel", "relieve"})
_RUNNING = frozenset({"trade", "investment"})
_RATE = re.compile(
    r"[\w ]{0,24}\b(?:each|every|a|per) (?:day|week|month|year)\b|\W*(?:so far|to date|in all|now)\b", re.I
)


def _is_act(q: Quantity, entry: Entry) -> bool:
    """Whether a figure is what one act came to, so that its day is its period ("bought 60,000 tonnes on Tuesday")."""
    if entry.family in _RUNNING:
        return q.cls in ("measure", "count")
    return entry.flow in _ACTS


def _whole_of(here: Sentence, n: int) -> Draft | None:
    """The figure of the sentence that this one is a part of or goes on with, by the way it was named."""
    reason = here.names[n].reason
    if not reason.startswith(("goes on", "a part", "a share")):
        return None
    return next((here.drafts[k] for k in range(n - 1, -1, -1) if k in here.drafts), None)


# A figure a day is of no one day.
_DAILY = re.compile(r"(?: \w+)? (?:a|per|each|every) day\b|(?: \w+)? daily\b", re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EARLIER = (
    r"(?:(?:the )?same (?:period|time|months?|quarter|half|stretch)(?: of)? )?"
    r"(?:(?:a|one) year (?:before|earlier|ago|previously)|the (?:year|season) (?:before|earlier)|"
    r"(?:in )?the (?:previous|preceding|prior) year)\b"
)
_EARLIER_BEHIND = re.compile(
    rf"\s*(?:(?!and\b)\w+ ){{0,2}}(?:in |of |for |recorded |registered )?(?:the )?{_EARLIER}", re.I
)
_EARLIER_BEFORE = re.compile(
    rf"{_EARLIER}(?:,|:| it (?:had been|was)| the (?:\w+ )?figure (?:was|had been)| there (?:were|had been))? ?$",
    re.I,
)


def _year_earlier(here: Sentence, n: int, q: Quantity) -> Dating | None:
    """The same stretch a year before that of the figure it is set beside ("against 36.8 million the year before")."""
    text, view = here.view.text, here.view
    behind = _EARLIER_BEHIND.match(text, q.end)
    near = behind or _EARLIER_BEFORE.search(text, max(view.start, q.start - 70), q.start)
    if near is None or (q.role == "level" and behind is not None and re.match(r"\s*,", text[q.end :])):
        return None
    level = here.drafts.get(q.level) if q.level is not None else None
    level = level or next((here.drafts[k] for k in range(n - 1, -1, -1) if k in here.drafts), None)
    last = here.memory.latest(here.n, q.cls)
    dated = level.dating if level is not None else last.dating if last is not None else None
    before = year_before(dated.value) if dated is not None else None
    if before is None:
        return None
    return Dating(before, near.span(), 0.85, "a year before the figure beside it")


_BY_THE_END = re.compile(r"\bby (?:the )?end\b")


def _dating(here: Sentence, n: int, q: Quantity, entry: Entry, what: Kind) -> Dating | None:
    """The period of a figure; one carried from a figure before only for what is told as a fact."""
    earlier = _year_earlier(here, n, q)
    if earlier is not None:
        return earlier
    by_day = bool(entry.of & {"persons", "items"}) or _is_act(q, entry)
    found = period(here.view, here.found, n, here.dates, by_day=by_day, borrows=what.kind == "actual")
    if found is not None and _DAILY.match(here.view.text, q.number[1]) and _DAY.fullmatch(found.value):
        return None
    if found is not None:
        ahead = what.kind in ("forecast", "target") or _BY_THE_END.search(here.view.text, q.end, q.end + 30)
        return found._replace(value=of_year_end(found.value)) if ahead and not by_day else found
    if what.kind == "baseline" and q.role == "base":
        level = here.drafts.get(q.level) if q.level is not None else None
        return base(here.view, here.dates, q, None) or (level.base_dating if level is not None else None)
    whole = _whole_of(here, n)
    if whole is not None and whole.dating is not None and not _RATE.match(here.view.text, q.end):
        return whole.dating._replace(score=0.65, reason=f"as the figure that it goes on with: {whole.dating.reason}")
    if what.kind != "actual" or any(m.value for m in here.dates):
        return None
    return here.memory.period(entry, here.n) or _of_topic(here)


_YEARLY = re.compile(r"(?:\d{4}(?:-\d\d)?|\d{4}(?:-\d\d)?/\d{4}(?:-\d\d)?)")


_OPENING = 12  # how far into a sentence its topic begins at most


def _of_topic(here: Sentence) -> Dating | None:
    """The year or months that the sentence before is about, without a figure ("The year 2022 was a record.")."""
    if here.n == 0 or any(last.sentence == here.n - 1 for last in here.memory.seen):
        return None
    start, end = here.memory.spans[here.n - 1]
    told = [m for m in here.doc.mentions_in(start, end) if m.kind == "date" and m.value]
    if len(told) != 1 or told[0].start - start > _OPENING or not _YEARLY.fullmatch(told[0].value or ""):
        return None
    return Dating(str(told[0].value), (told[0].start, told[0].end), 0.6, f"spoken of before: {told[0].text!r}")


def _compared(here: Sentence, change: Quantity | None, old: Quantity | None, when: Dating | None) -> Dating | None:
    """Against when a figure is told, where it is: the date of its base, else of the words of comparison."""
    if old is not None:
        own = period(here.view, here.found, here.found.index(old), here.dates, by_day=False)
        if own is not None:
            return own
    found = (base(here.view, here.dates, told, when) for told in (change, old) if told is not None)
    return next((dating for dating in found if dating is not None), None)


_PART = re.compile(r"\b(of which|including|of this amount|of the total|of them|among them|of these|of this)\b")


def _notes(here: Sentence, n: int) -> tuple[tuple[str, str, float], ...]:
    """Ties to other figures of the sentence: part of the one before it."""
    q = here.found[n]
    part = _PART.search(here.view.text[max(here.view.start, q.start - 40) : q.start].lower())
    whole = next((k for k in range(n - 1, -1, -1) if k in here.names), None)
    if part is None or whole is None:
        return ()
    return (("part_of", f"{part[1]}: part of {here.found[whole].digits!r}", 0.8),)
