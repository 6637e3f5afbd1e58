"""Records in words: one line a record, without its date and claimant. What is not done says so first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources

from bilateral.brief.wording import actor, actors, amount, change, day, listed, name, names
from bilateral.model import Actor, Agreement, AnyRecord, Derived, Event, Measure, Role, Statement, Visit

STATUSES = {"happened": "", "ongoing": "under way: ", "planned": "planned: ", "proposed": "proposed: ",
            "denied": "denied: ", "hypothetical": "hypothetical: ", "cancelled": "cancelled: ",
            "postponed": "postponed: ", "mentioned": "mentioned: "}  # fmt: skip
# Which form of a verb tells a status: what happened, what is to happen, what is going on.
_FORMS = {"happened": 0, "mentioned": 0, "denied": 0, "cancelled": 0, "postponed": 0, "ongoing": 2}
_PEOPLE = re.compile(r"(?:people|officials) of \{b\}")
_PLAIN = ("diplomatic", "executive")  # contexts that go without saying between states
_VERB = re.compile(r"<([^|>]+)\|([^|>]+)\|([^|>]+)>")
_QUOTED = re.compile(r"^[\"“„«'‘].*[\"”»'’]$", re.DOTALL)


def worded(record: AnyRecord, dyad: Iterable[str] = ()) -> str:
    """What a record says, in one line; states of `dyad` are left out where they go without saying."""
    match record:
        case Event():
            # A meeting that is called off is told by its code, so that the status before it would deny that.
            return ("" if record.status in ("cancelled", "postponed") else STATUSES[record.status]) + _event(record)
        case Statement():
            return f"{actor(record.speaker)}{_cue(record)}: {said(record)}"
        case Measure():
            return f"{figure_of(record)}: {figure(record)}"
        case Agreement():
            return _agreement(record, frozenset(dyad))
        case Visit():
            return STATUSES[record.status] + _visit(record)
        case Role():
            return _role(record)


@cache
def _phrases() -> dict[str, dict[str, dict[str, str] | str]]:
    text = resources.files("bilateral.brief").joinpath("phrases.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def label(code: str, table: str) -> str:
    """A code of a table of phrases.toml in words; where it is not listed, the code with spaces."""
    found = _phrases()[table].get(code)
    return found if isinstance(found, str) else code.replace("_", " ")


def _event(record: Event) -> str:
    form = _form(record)["to" if record.recipients else "alone"]
    if any(a.name or a.role for a in record.recipients):
        form = _PEOPLE.sub("{b}", form)
    at = _FORMS.get(record.status, 1)
    verb = _VERB.sub(lambda found: found[at + 1], form)
    does = {0: "", 1: "to ", 2: "is " if len(record.actors) == 1 else "are "}[at]
    about = [label(c, "contexts") for c in record.contexts if c not in _PLAIN and c[:5] not in form]
    context = f" ({listed(about)})" if about else ""
    known = {name(a.country) for a in (*record.actors, *record.recipients)}
    place = f" in {record.place}" if record.place and record.place not in known else ""
    return f"{actors(record.actors)} {does}{verb.format(b=actors(record.recipients))}{place}{context}"


def _form(record: Event) -> dict[str, str]:
    """The phrase for an event: by its CAMEO code, also without the last digits, else by mode, else by root."""
    if (own := _by_trigger(record)) is not None:
        return own
    table = _phrases()["events"]
    by_mode = f"{record.code}.{record.mode}"
    cameo = record.cameo or ""
    keys = [by_mode, *(cameo[:n] for n in range(len(cameo), 2, -1)), record.code]
    for key in keys if by_mode in table else keys[1:]:
        found = table.get(key)
        if isinstance(found, dict):
            return found
    return {"to": f"{record.code}: {{b}}", "alone": record.code}


def _by_trigger(record: Event) -> dict[str, str] | None:
    """The phrase that the very word of the report calls for ("thanked", not "thanked, praised or backed")."""
    trigger = record.span("trigger")
    word = trigger.text.lower() if trigger else ""
    table = _phrases()["triggers"]
    for key in (f"{record.code}.{record.mode}", record.cameo or ""):
        forms = table.get(key)
        stems = forms.items() if isinstance(forms, dict) else ()
        form = next((form for stem, form in stems if word.startswith(stem)), None)
        if form is not None:
            return {"to": form, "alone": form.replace(" {b}", "").removesuffix(" with").removesuffix(" to")}
    return None


def type_of(record: AnyRecord) -> str:
    """The code by which records of a kind are told apart: PLOVER code and mode, quantity, type of agreement …"""
    match record:
        case Event():
            return f"{record.code}.{record.mode}" if record.mode else record.code
        case Statement():
            return record.mode
        case Measure():
            return record.quantity
        case Agreement():
            return record.type
        case Visit():
            return record.visit_kind
        case Role():
            return record.level or ""


def said(record: Statement) -> str:
    """The words of a statement: in quotation marks where they are the speaker's own, with … between their pieces."""
    pieces = [" ".join(e.text.split()) for e in record.evidence if e.part == "content"]
    words = " … ".join(pieces) if pieces else " ".join(record.content.split())
    if record.mode != "direct" or _QUOTED.match(words):
        return words
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def position(record: Statement) -> str:
    """The words of a statement with its cue in front where that tells how they are meant: "denied: …"."""
    cue = _cue(record).strip()
    return f"{cue}: {said(record)}" if cue else said(record)


def _cue(record: Statement) -> str:
    cue = " ".join((record.cue or "").split())
    return "" if not cue or set(cue.lower().split()) <= _neutral() else f" {cue}"


@cache
def _neutral() -> frozenset[str]:
    words = _phrases()["cues"]["neutral"]
    return frozenset(words.split() if isinstance(words, str) else ())


# What is told in percent and is no part of a whole.
_OF_HUNDRED = frozenset({"tariff_rate", "interest_rate", "gdp_share", "share", "stake", "tourist_share"})


def figure_of(record: Measure) -> str:
    """What a figure is of: "trade turnover, Russia and Cambodia", "exports, Russia → Cambodia"."""
    sides = names(sorted(record.parties, key=name))
    if record.direction:
        source, _, target = record.direction.partition(">")
        sides = f"{name(source)} → {name(target)}"
    what = record.quantity.replace("_", " ")
    if record.value is not None and record.unit == "percent" and record.quantity not in _OF_HUNDRED:
        what = f"share of {what}"
    return what + (f", {sides}" if sides else "")


def figure(record: Measure) -> str:
    """A figure with its change and, where it is no figure of what was, its kind."""
    kind = "" if record.measure_kind in ("actual", "baseline") else f" ({record.measure_kind})"
    parts = [amount(record.value, record.unit, record.bound)] if record.value is not None else []
    if record.change:
        parts.append(change(record.change))
    return ", ".join(parts) + kind


def derived(found: Derived) -> str:
    """What follows from a figure: "derived: at least 166.3 million USD in 2017 (202000000 / 1.215)"."""
    when = f" in {day(found.period)}" if found.period else ""
    working = found.formula.partition(" = ")[0]
    return f"derived: {amount(found.value, found.unit, found.bound)}{when} ({working})"


def _agreement(record: Agreement, dyad: frozenset[str]) -> str:
    kind = label(record.type, "agreements")
    what = record.title or kind
    if record.count and record.count > 1:
        what = f"{record.count:,} {what if record.title else _plural(kind)}"
    elif record.aggregate:
        what = record.title or f"several {_plural(kind)}"
    topics = [label(s, "subjects") for s in record.subjects if s != "general"]
    about = f" on {listed(topics)}" if topics and not record.title else ""
    between = "" if set(record.parties) == dyad else _between(record.parties)
    level = "" if record.agreement_level == "state" else f", {record.agreement_level} level"
    return f"{what}{about}{between}{level}: {step(record)}"


def _plural(words: str) -> str:
    head, sep, rest = words.partition(" of ")
    many = "memorandums" if head == "memorandum" else head if head.endswith("s") else f"{head}s"
    return f"{many[:-2]}ies{sep}{rest}" if many.endswith("tys") else f"{many}{sep}{rest}"


def _between(parties: tuple[str, ...]) -> str:
    if not parties:
        return ""
    return f" between {names(parties)}" if len(parties) > 1 else f" of {names(parties)}"


_STEPS = {"proposed": "proposed", "negotiating": "negotiated", "agreed": "agreed", "initialled": "initialled",
          "signed": "signed", "ratified": "ratified", "provisionally_applied": "provisionally applied",
          "in_force": "in force", "amended": "amended", "extended": "extended", "suspended": "suspended",
          "ended": "ended", "mentioned": "mentioned"}  # fmt: skip
_AHEAD = {"planned": "to be {s}", "proposed": "proposed to be {s}", "hypothetical": "perhaps to be {s}",
          "denied": "not {s}", "cancelled": "not to be {s} after all", "postponed": "to be {s} later",
          "mentioned": "{s}, mentioned only"}  # fmt: skip


def step(record: Agreement) -> str:
    """The step of an agreement's life, and whether it is reached: "signed", "to be signed", "under negotiation"."""
    done = _STEPS[record.stage]
    if record.stage == "negotiating" and record.status in ("happened", "ongoing"):
        return "under negotiation"
    if record.status in ("happened", record.stage) or (record.status, record.stage) == ("proposed", "proposed"):
        return done
    if record.status == "ongoing":
        return done if record.stage in ("in_force", "provisionally_applied") else f"being {done}"
    return _AHEAD[record.status].format(s=done)


_LIFE = {"announced": "announced", "held": "held", "ongoing": "under way", "cancelled": "cancelled",
         "postponed": "postponed", "denied": "denied", "hypothetical": "spoken of", "mentioned": "mentioned",
         "negotiating": "under negotiation"}  # fmt: skip


def stage(name_: str, status: str) -> str:
    """A step in the life of a visit or agreement, in words: "announced", "signed", "to be signed"."""
    if name_ in _LIFE and (name_ != "negotiating" or status in ("happened", "ongoing")):
        return "proposed" if (name_, status) == ("announced", "proposed") else _LIFE[name_]
    done = _STEPS.get(name_, name_.replace("_", " "))
    if status in ("happened", "ongoing", name_):
        return done
    return _AHEAD.get(status, "{s}").format(s=done)


_JOURNEYS = ("state_visit", "official_visit", "working_visit", "visit")


def _visit(record: Visit) -> str:
    kind = label(record.visit_kind, "visits")
    hosts, place = actors(record.hosts), record.place
    topics = [label(t, "subjects") for t in record.topics if t != "general"]
    about = f"; on {listed(topics)}" if topics else ""
    if record.visit_kind in _JOURNEYS:
        return f"{kind} of {actors(record.visitors)}{_journey(record)}{about}"
    where = f", {place}" if place and place != hosts else ""
    if record.visit_kind == "multilateral":
        return f"{kind} with {actors((*record.visitors, *record.hosts))}{where}{about}"
    if record.visit_kind == "joint_commission":  # the commission itself is no side of its session
        sides = [Actor(country=a.country) if a.level == "ORG" else a for a in (*record.visitors, *record.hosts)]
        return f"{kind} of {actors(sides)}{where}{about}"
    join = {"summons": "by", "courtesy_call": "on"}.get(record.visit_kind, "with")
    return f"{kind} of {actors(record.visitors)}{f' {join} {hosts}' if hosts else ''}{where}{about}"


def _journey(record: Visit) -> str:
    """Where a journey went and who received it: " to Russia", " to Moscow (Russia)", ", received by …"."""
    states = {a.country for a in record.hosts}
    named = [a for a in record.hosts if a.name or a.role]
    goal = listed([name(a.country) for a in dict.fromkeys(Actor(country=h.country) for h in record.hosts)])
    received = f", received by {actors(named)}" if named else ""
    if not record.place or record.place == goal:
        return (f" to {goal}" if states and not named else "") + received
    return f" to {record.place}" + (f" ({goal})" if goal and not named else "") + received


def _role(record: Role) -> str:
    standing = "" if record.standing == "current" else f" ({record.standing})"
    own = Actor(country=record.country, role=record.office)
    to = name(record.accredited) if record.accredited else ""
    sent = f", accredited to {to}" if to and to.lower() not in record.office.lower() else ""
    return f"{record.person}, {actor(own)}{standing}{sent}"
