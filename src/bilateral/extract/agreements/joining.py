"""Which places of a text speak of one agreement, and its steps in the order of its life.

Joins by type, parties, number, subject and definiteness ("the treaty" is one named before), never across
contradictions.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import structs

from bilateral.extract.agreements.acts import Step
from bilateral.extract.agreements.drafts import Draft
from bilateral.extract.agreements.lexicon import lexicon
from bilateral.extract.agreements.parties import Sides
from bilateral.interval import interval
from bilateral.text import Mention

# From first to last in an agreement's life.
LIFE = (
    "mentioned", "proposed", "negotiating", "agreed", "initialled", "signed", "ratified", "provisionally_applied",
    "in_force", "amended", "extended", "suspended", "ended",
)  # fmt: skip
# A step only wished for is no newer than one that goes on ("we hope to sign it" while talks are held).
_WISHED = ("proposed", "hypothetical", "denied")
# "The agreement" speaks of no statement, programme or plan named before; "the document" may.
_APART = frozenset(("joint_declaration", "programme", "action_plan", "agreed_minutes"))


# Steps that an agreement may have ahead whatever it has reached: a suspended one may be extended.
_CHANGES = ("amended", "extended")


_DAY, _STEM = len("2020-01-01"), 6
_LOOSE = frozenset({"field", "cooperation", "mutual", "between", "international"})


class Entity(NamedTuple):
    """One agreement with all places that speak of it, in text order."""

    drafts: tuple[Draft, ...]

    @property
    def sides(self) -> Sides:
        """The parties as the place that states them best has them."""
        return max((d.sides for d in self.drafts), key=lambda s: (s.is_stated, len(s.codes), s.may_be_pair))

    @property
    def best(self) -> Draft:
        """The place that tells most of what the agreement is: specific type, subject, title, outside the headline."""
        named = (d for d in self.drafts if not d.is_pronoun)
        return max(named, key=_tells)


class Told(NamedTuple):
    """A step of an agreement with its date and the place that tells it best."""

    step: Step
    date: Mention | None
    draft: Draft


def joined(drafts: list[Draft]) -> list[Entity]:
    """The agreements of a document, each with the drafts that speak of it, in the order of first mention."""
    found: list[list[Draft]] = []
    for draft in drafts:
        near = sorted(found, key=lambda e: -e[-1].one.head) if draft.is_pronoun else reversed(found)
        home = next((e for e in near if _is_same(e, draft)), None)
        if home is not None:
            home.append(draft)
        elif not draft.is_pronoun:
            found.append([draft])
    return [Entity(tuple(e)) for e in found]


def _is_same(known: list[Draft], new: Draft) -> bool:
    """Whether a draft speaks of an agreement told before."""
    if new.is_pronoun:
        return 0 <= new.sentence - known[-1].sentence <= new.reach and not known[0].is_aggregate
    if not (_types_fit(known, new) and _numbers_fit(known, new) and _parties_fit(known, new)):
        return False
    if not (_times_fit(known, new) and _titles_fit(known, new)):
        return False
    if not new.one.is_definite and any(d.sentence == new.sentence for d in known):
        return False
    if new.title and any(d.title and d.title.casefold() == new.title.casefold() for d in known):
        return True
    return _is_spoken_of(known, new)


def _is_spoken_of(known: list[Draft], new: Draft) -> bool:
    """Whether words without the same title mean one agreement: by definiteness, the headline, or subject and step."""
    subjects = _subjects_fit(known, new)
    if new.is_bare and subjects is None and known[0].sides.codes and new.sides.codes:
        return True
    if new.one.is_definite and not new.one.is_plural:
        return subjects is not False
    if new.one.is_definite:
        return not new.has_own_subject and known[0].one.is_plural
    in_headline = all(d.in_title for d in known)
    return (in_headline and subjects is not False) or (bool(subjects) and _steps_fit(known, new))


def _tells(draft: Draft) -> tuple[bool, bool, bool, bool, int]:
    is_specific = draft.one.type not in lexicon().generic and not draft.one.kind.is_weak
    return is_specific, draft.has_own_subject, bool(draft.title), not draft.in_title, -draft.one.head


def _types_fit(known: list[Draft], new: Draft) -> bool:
    """The same type, or a generic word on one side ("the deal"); "the document" is said of any."""
    generic = lexicon().generic
    types = {d.one.type for d in known if not d.is_pronoun}
    in_headline = all(d.in_title for d in known)
    if new.one.type in types:
        return True
    is_vague = new.one.type == "documents" or (new.one.type == "agreement" and new.one.kind.is_weak)
    if (types | {new.one.type}) & _APART and not is_vague:
        return False
    if new.one.type not in generic:
        is_loose = any(d.one.kind.is_weak and not d.is_pronoun for d in known) or _subjects_fit(known, new) is True
        return types <= generic and (in_headline or (new.one.is_definite and is_loose))
    is_own = new.title and new.one.is_definite and _subjects_fit(known, new) is not True
    if is_own and not any(d.in_title for d in known):
        return False
    return new.one.is_definite or in_headline


def _numbers_fit(known: list[Draft], new: Draft) -> bool:
    numbers = {d.one.number for d in known if not d.is_pronoun}
    if new.one.is_plural != known[0].one.is_plural and not known[0].in_title:
        return False
    return new.one.number in numbers or None in numbers or (new.one.number is None and new.one.is_plural)


def _parties_fit(known: list[Draft], new: Draft) -> bool:
    """No party on one side that is missing where the other side states all of its parties."""
    for d in (d for d in known if d.sides.is_stated):
        if new.sides.is_stated and set(d.sides.codes) != set(new.sides.codes):
            return False
        if new.sides.spans and not set(new.sides.codes) <= set(d.sides.codes):
            return False
    return True


def _times_fit(known: list[Draft], new: Draft) -> bool:
    """Whether nothing is in force before it is signed: "signed on Friday" is not what "took effect last year"."""
    signed = [span for d in known for s, span in _dated(d) if s in ("signed", "initialled")]
    ahead = [span for s, span in _dated(new) if s in ("ratified", "in_force")]
    later = [span for d in known for s, span in _dated(d) if s in ("ratified", "in_force")]
    first = [span for s, span in _dated(new) if s in ("signed", "initialled")]
    return not any(a[1] < b[0] for a in ahead for b in signed) and not any(a[1] < b[0] for a in later for b in first)


def _dated(draft: Draft) -> list[tuple[str, tuple[str, str]]]:
    told = [(s, m) for s, m in zip(draft.steps, draft.dates, strict=True) if s.status == "happened" and m is not None]
    years = [(s.stage, m, interval(m.value)) for s, m in told]
    sure = ((stage, m, span) for stage, m, span in years if span is not None)
    return [(s, span) for s, m, span in sure if len(m.value or "") == _DAY or any(c.isdigit() for c in m.text)]


def _titles_fit(known: list[Draft], new: Draft) -> bool:
    """Whether what two titles say behind "on" or "for" has a word in common; one that says nothing fits any."""
    own = _about(new)
    others = [words for d in known if not d.in_title and (words := _about(d))]
    return new.in_title or not own or not others or any(own & words for words in others)


def _about(draft: Draft) -> frozenset[str]:
    parts = (draft.title or "").lower().split()
    at = next((n for n, word in enumerate(parts) if word in ("on", "for", "in", "concerning", "against")), None)
    behind = parts[at + 1 :] if at is not None else []
    return frozenset(word[:_STEM] for word in behind if len(word) > len("into") and word not in _LOOSE)


def _subjects_fit(known: list[Draft], new: Draft) -> bool | None:
    """Whether the subjects overlap; None where one of the two names none."""
    have = {s for d in known if d.has_own_subject for s in d.subjects}
    if not have or not new.has_own_subject:
        return None
    return bool(have & set(new.subjects))


def _steps_fit(known: list[Draft], new: Draft) -> bool:
    stages = {s.stage for d in known for s in d.steps}
    return not new.steps or not stages or any(s.stage in stages for s in new.steps)


# The life of an agreement -----------------------------------------------------------------------------------------


def life(entity: Entity) -> list[Told]:
    """The steps of an agreement, the newest first, each stage once; () where none is told.

    Of two places that tell a stage, what happened counts before what is planned, then the one in the body. A step that
    lies ahead of one already reached is none.
    """
    found = [Told(s, date, d) for d in entity.drafts for s, date in zip(d.steps, d.dates, strict=True)]
    best: dict[tuple[str, str], Told] = {}
    for told in [t for t in found if not t.step.is_weak] or found:
        key = told.step.stage, _party_day(told)
        known = best.get(key)
        if known is None or _rank(told) > _rank(known):
            best[key] = _of_year(told, known)
        elif known is not None:
            best[key] = _of_year(known, told)
    dated = {stage for stage, day in best if day}
    best = {key: t for key, t in best.items() if key[1] or key[0] not in dated}
    done = [stage for (stage, _), t in best.items() if t.step.status == "happened"]
    last = max((LIFE.index(stage) for stage in done if stage != "provisionally_applied"), default=-1)
    kept = [t for (stage, _), t in best.items() if t.step.status == "happened" or LIFE.index(stage) > last]
    kept += [t for t in best.values() if t not in kept and t.step.stage in _CHANGES and t.step.stage not in done]
    if "in_force" not in done and "ratified" in done:  # the other party's ratification may lie ahead
        kept += [t for t in best.values() if t not in kept and t.step.stage == "ratified"]
    kept += [t for t in best.values() if t not in kept and t.step.stage == "proposed" and _was_made(t)]
    kept += [_opened(t) for t in best.values() if t not in kept and _is_opened_since(t)]
    told_of = {(t.step.stage, t.step.status) for t in kept}
    kept += [t for t in _terms(found) if (t.step.stage, "planned") not in told_of and t.step.stage == LIFE[last]]
    is_to_go_on = any((t.step.stage, t.step.status) == ("extended", "planned") for t in kept)
    return sorted(kept, key=lambda t: (_is_later(t, len(kept)) or (is_to_go_on and _runs_out(t)), _order(t)))


def _order(told: Told) -> int:
    return -LIFE.index(told.step.stage)


def _runs_out(told: Told) -> bool:
    """Whether a step ahead is the end of a term, which an extension does away with."""
    return told.step.stage == "ended" and told.step.status in ("planned", "happened")


def _is_opened_since(told: Told) -> bool:
    """Whether talks are told as going on since a time, which is that of their opening once a later step is reached."""
    value = told.date.value if told.date is not None else None
    return (told.step.stage, told.step.status) == ("negotiating", "ongoing") and (value or "").endswith("/..")


def _opened(told: Told) -> Told:
    return told._replace(step=told.step._replace(status="happened"))


def _of_year(told: Told, other: Told | None) -> Told:
    """A day that leaves out its year, in the year that another telling gives ("this summer … dated 8 July")."""
    mine, span = told.date, interval(other.date.value) if other is not None and other.date is not None else None
    value = mine.value or "" if mine is not None else ""
    if mine is None or span is None or len(value) != _DAY or value[:4] in mine.text or span[0][:4] == value[:4]:
        return told
    moved = f"{span[0][:4]}{value[4:]}"
    return told._replace(date=structs.replace(mine, value=moved)) if span[0] <= moved <= span[1] else told


def _was_made(told: Told) -> bool:
    """Whether a proposal has a day of its own, so that it is the first step of an agreement that came of it."""
    is_told = told.step.verb is not None or told.draft.is_pronoun
    return told.step.status == "proposed" and told.date is not None and is_told


def _terms(found: list[Told]) -> list[Told]:
    """The day ahead on which an agreement ends that is already denounced ("will cease to apply on 1 January")."""
    ahead = [t for t in found if t.step.stage in ("ended", "suspended") and t.step.status == "planned"]
    return [max(dated, key=_rank)] if (dated := [t for t in ahead if t.date is not None]) else []


def _party_day(told: Told) -> str:
    """What tells one ratification, done or to come, from another: its date, for every party has its own; else ""."""
    if told.step.stage != "ratified" or told.date is None or told.step.status not in ("happened", "planned"):
        return ""
    return f"{told.date.value or ''}{' ahead' if told.step.status == 'planned' else ''}"


def _is_later(told: Told, size: int) -> bool:
    """Whether a step does not head an agreement's life beside others: only wished for, or ahead but for a signing."""
    is_ahead = told.step.status == "planned" and told.step.stage not in ("signed", "ended", "extended")
    return size > 1 and (told.step.status in _WISHED or is_ahead)


def _rank(told: Told) -> tuple[bool, bool, bool, int, bool, bool, int]:
    draft = told.draft
    is_own = not draft.one.is_definite or draft.has_own_subject
    done, dated = told.step.status == "happened", told.date is not None
    exact = len(told.date.value or "") == _DAY if told.date is not None else False
    return done, not draft.in_title, dated, exact, not draft.is_pronoun, is_own, -draft.one.head
