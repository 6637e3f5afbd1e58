"""Whether a figure is actual, a baseline, a forecast, a target or a commitment, and how real it is told to be.

Owns the words that decide, by the verbs above a figure and their mood; the figure itself is not looked at.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bilateral.extract.measures.lexicon import cues
from bilateral.extract.measures.quantity import Quantity, View
from bilateral.extract.measures.taxonomy import Entry
from bilateral.model import MeasureKind, Status
from bilateral.mood import mood
from bilateral.syntax import ancestors, governor, is_negated, is_verb, kids, tense


class Kind(NamedTuple):
    """The kind of a figure, its status, the token that decides it (None for plain tense), and why."""

    kind: MeasureKind
    status: Status
    by: int | None
    reason: str


_LEVELS = re.compile(
    r"\b(?:pre-?[a-z]+|previous|former|earlier|past|\w+ ?years? ago|before the \w+)\s+"
    r"(?:level|figure|volume|peak|number|mark|record|indicator|height)s?\b[^.;]{0,24}$",
    re.I,
)  # fmt: skip


def kind(view: View, q: Quantity, entry: Entry, inherited: MeasureKind | None) -> Kind:
    """The kind and status of a figure; `inherited` is that of the figure it is a part of, for words without a verb."""
    i = min(view.at(q.number[0]), view.tokens.stop - 1)
    if q.role == "base":
        return Kind("baseline", "happened", None, "what another figure is compared with")
    verb = i if q.form == "multiple" and is_verb(view.parse, i) else governor(view.parse, i)
    if (by := _promised(view, q)) is not None:
        return Kind("commitment", "planned", by, f"what was {view.word(by)!r}")
    told = _told_beside(view, q, entry)
    if told is not None:
        return told
    aside = _of_aside(view, verb) if verb is not None else None
    if aside is not None:
        return aside
    words = _chain(view, i)
    state = mood(view.parse, verb if verb is not None else i)
    if state.status == "denied":
        return Kind("actual", "denied", state.by, "negated")
    if entry.flow == "give" or entry.family == "aid":
        return _as_agreed(view, q, entry, verb, words, _of_gift(view, verb, words, state.status, inherited))
    investing = entry.flow == "invest" and verb is not None and view.lemma(verb) in cues("kinds", "investing")
    if investing and state.status in ("planned", "proposed"):
        return Kind("commitment", state.status, verb, "money still to be put in")
    return _of_level(view, q, entry, verb, words, state.status, inherited)


# Words near a figure that say of when it is, whatever its verb: of now, of old, or still ahead.
_NOW = re.compile(
    r"\b(?:now|currently|at present|presently|today)\s+(?:(?:at|about|around|some|nearly|over|only|worth|put at|"
    r"stands? at|stood at)\s+)*$",
    re.I,
)
_ONCE = re.compile(
    r"\b(?:used to|once|formerly|previously|originally|back then|at (?:its|their|the) (?:peak|height)|"
    r"peak(?:ed)? (?:of|at)|"
    r"(?:in )?(?:its|their) heyday|down from|up from|instead of|in place of)\b[^.;,]{0,40}$",
    re.I,
)
_TO_COME = re.compile(
    r"[^.;\d]{0,30}?\b(?:(?:is|are|being) (?:still )?on (?:its|the|their) way|(?:is|are) (?:still )?to (?:follow|"
    r"come)|to follow\b|still to come|"
    r"in the pipeline|under contract|on order|yet to (?:be|come|arrive)|still to be|(?:is|are) due to (?:follow|"
    r"arrive|be)|awaits? delivery)\b",
    re.I,
)
_BOUND = re.compile(
    r"\s*(?:of (?:[a-z]+ ){1,3})?(?:more |worth )?(?:of [a-z]+ )?(?:already |still |now |so far )?"
    r"(?:contracted|promised|pledged|earmarked|committed|on offer|set aside|in pledges)\b", re.I,
)  # fmt: skip


def _told_beside(view: View, q: Quantity, entry: Entry) -> Kind | None:
    """The kind that the words right beside a figure give it: "now about $400 million", "used to take 180,000", "another
    120 are to follow"; None where they give none."""
    before, behind = view.text[max(view.start, q.start - 60) : q.start], view.text[q.end : min(view.end, q.end + 70)]
    if _NOW.search(before):
        return Kind("actual", "happened", None, "told of now")
    if _ONCE.search(before) and q.role == "level" and "now" not in before.lower().split()[-3:]:
        return Kind("baseline", "happened", None, "told of a former time")
    goes = (
        entry.flow in ("give", "export", "host", "person", "invest", "import", "expel", "issue")
        or entry.family == "aid"
    )
    if goes and q.role == "level" and (_TO_COME.match(behind) or _BOUND.match(behind)):
        return Kind("commitment", "planned", None, "still to come")
    return None


def _of_aside(view: View, verb: int) -> Kind | None:
    """The kind of a figure in a clause that is no part of the hope or promise around it, or None."""
    if _is_recalled_level(view, verb):
        return Kind("baseline", "happened", verb, "a former level that is recalled")
    if view.lemma(verb) in cues("kinds", "valuing") and _is_bare_participle(view, verb):
        return Kind("actual", "happened", verb, "a value put on a thing")
    if _is_plain_aside(view, verb):
        return Kind("actual", "happened", verb, "told as a fact in a clause of its own")
    return None


def _as_agreed(view: View, q: Quantity, entry: Entry, verb: int | None, words: dict[str, int], found: Kind) -> Kind:
    """A gift told as a fact as a promise where it was only signed, agreed or is being given, else as it was found."""
    if found.kind != "actual":
        return found
    if found.status == "happened" and _is_agreed_loan(view, q, entry, verb):
        return Kind("commitment", "planned", verb, "a loan agreed, of which nothing is said to be paid")
    signed = entry.name == "contracts" and q.cls == "money" and _signed(words)
    now = verb is not None and _is_given_now(view, q, verb, entry)
    return Kind("commitment", "planned", verb, "agreed, and still to be done") if signed or now else found


def _signed(words: dict[str, int]) -> bool:
    """Whether money is that of a contract, and not of a sale or purchase that was made."""
    papers, sales = {"contract", "deal", "agreement", "memorandum"}, {"sell", "buy", "purchase"}
    return bool(words.keys() & papers) and not words.keys() & sales


def _promised(view: View, q: Quantity) -> int | None:
    """The participle directly behind a figure that makes it a promise, or None."""
    parse = view.parse
    heads = {view.at(q.number[0]), view.at(q.end - 1)} | ({q.noun} if q.noun is not None else set())
    for head in sorted(h for h in heads if h in view.tokens):
        for k in kids(parse, head, "acl", "relcl"):
            lemma = view.lemma(k)
            if lemma not in cues("kinds", "promised") or (lemma == "set" and view.word(k + 1) != "aside"):
                continue
            if parse.tag[k] in ("VBN", "VBD"):
                return k
    return None


def _is_agreed_loan(view: View, q: Quantity, entry: Entry, verb: int | None) -> bool:
    """Whether money is that of a loan named by its noun, and not by what was lent, paid or drawn."""
    if entry.name != "loan" or q.cls != "money" or entry.of == {"items"}:
        return False
    return verb is None or view.lemma(verb) not in cues("kinds", "paid")


_YEARLY = re.compile(r"\s*(?:a|per|each|every) (?:year|month|week|day|annum)\b|\s*(?:annually|yearly|monthly)\b", re.I)


def _is_given_now(view: View, q: Quantity, verb: int, entry: Entry) -> bool:
    """Whether money or goods are told as given in the present tense, once and not year by year."""
    yearly = q.per in cues("counted", "rates") or _YEARLY.match(view.text, q.end) is not None
    if yearly or q.cls == "percent" or entry.of & {"persons"} or entry.name in ("rent", "projects"):
        return False
    told = tense(view.parse, verb)
    is_now = told.tense == "present" and view.parse.tag[verb] in ("VBZ", "VBP", "VBG") and told.modal is None
    return is_now and view.lemma(verb) in cues("kinds", "giving_now") and bool(kids(view.parse, verb, "nsubj"))


def _is_recalled_level(view: View, verb: int) -> bool:
    """ "the level before the crisis, when there were 90,000": a clause below a former level."""
    parse = view.parse
    if parse.dep[verb] not in ("relcl", "advcl", "acl"):
        return False
    first = min(_own(view, verb), default=verb)
    if view.word(first) not in ("when", "where", "which", "at", "as", "that"):
        return False
    return bool(_LEVELS.search(view.text[view.start : parse.start[first]]))


def _is_plain_aside(view: View, verb: int) -> bool:
    """ "which stands at $16 billion": a relative clause in plain present or past is no part of a hope around it."""
    told = tense(view.parse, verb)
    return (
        view.parse.dep[verb] == "relcl"
        and view.lemma(verb) not in cues("kinds", "vowing")
        and told.tense in ("present", "past")
        and told.modal is None
        and not is_negated(view.parse, verb)
    )


def _is_bare_participle(view: View, verb: int) -> bool:
    """ "put at about $1.5 billion", "totalling $3 million": a participle without an auxiliary."""
    return view.parse.tag[verb] in ("VBN", "VBG") and not kids(view.parse, verb, "aux", "auxpass")


def _own(view: View, verb: int) -> list[int]:
    return [k for k in (*view.parse.children[verb], verb) if k in view.tokens]


def _chain(view: View, i: int) -> dict[str, int]:
    """The lemmas above a figure up to the root, with the nouns and adjectives beside each verb, and their tokens."""
    parse = view.parse
    above = list(ancestors(parse, i))
    found: dict[str, int] = {}
    for a in (i, *above):
        found.setdefault(view.lemma(a), a)
        for k in parse.children[a]:
            beside = parse.dep[k] in (
                "nsubj",
                "nsubjpass",
                "attr",
                "acomp",
                "dobj",
                "aux",
                "prt",
                "amod",
                "compound",
                "xcomp",
                "mark",
            )
            if beside and (is_verb(parse, a) or parse.dep[k] in ("amod", "compound")):
                found.setdefault(view.lemma(k), k)
    return found


def _first(words: dict[str, int], wanted: str) -> int | None:
    """The nearest token whose lemma stands in one list of kinds, or None."""
    listed = cues("kinds", wanted)
    return next((words[w] for w in words if w in listed), None)


def _of_gift(
    view: View, verb: int | None, words: dict[str, int], status: Status, inherited: MeasureKind | None
) -> Kind:  # fmt: skip
    """Aid, loans, places at universities: promised or handed over."""
    if status in ("planned", "proposed", "hypothetical"):
        return Kind("commitment", "proposed" if status == "proposed" else "planned", verb, "still to be given")
    lemma = view.lemma(verb) if verb is not None else ""
    past = verb is not None and (tense(view.parse, verb).tense == "past" or view.parse.tag[verb] in ("VBN", "VBD"))
    if verb is not None and past and lemma in cues("kinds", "done") and _first(words, "vowing") is None:
        return Kind("actual", "happened", verb, f"{lemma!r} in the past")
    wanted = _first(words, "wanting")
    if wanted is not None and _first(words, "vowing") is None:
        return Kind("target", "proposed", wanted, f"asked for: {view.lemma(wanted)!r}")
    by = _first(words, "committing")
    if by is not None:
        return Kind("commitment", "planned", by, f"the word {view.lemma(by)!r}")
    if inherited is not None and (lemma in cues("kinds", "summing") or verb is None):
        return Kind(
            inherited, "planned" if inherited == "commitment" else "happened", None, "as the figure it is part of"
        )
    return Kind("actual", "happened", None, "told as a fact")


def _of_level(
    view: View, q: Quantity, entry: Entry, verb: int | None, words: dict[str, int], status: Status,
    inherited: MeasureKind | None,
) -> Kind:  # fmt: skip
    target = _first(words, "target")
    if target is not None:
        return Kind("target", "planned", target, f"the word {view.lemma(target)!r}")
    may_reach = status == "hypothetical" and verb is not None and view.lemma(verb) in cues("kinds", "reaching")
    if (
        status in ("planned", "proposed")
        or may_reach
        or (status == "hypothetical" and not entry.of & {"persons", "items"})
    ):
        counted = (
            bool(entry.of & {"persons", "items"}) or q.cls == "measure" or entry.flow in ("relieve", "expel", "issue")
        )
        return _ahead(view, verb, words, status, is_counted=counted)
    by = _first(words, "vowing")
    if by is not None:
        return Kind("commitment", "planned", by, f"the word {view.lemma(by)!r}")
    if (
        verb is not None
        and tense(view.parse, verb).tense not in ("past",)
        and (by := _first(words, "forecast")) is not None
    ):
        return Kind("forecast", "planned", by, f"the word {view.lemma(by)!r}")
    return Kind(inherited or "actual", "happened", None, "told as a fact")


def _ahead(view: View, verb: int | None, words: dict[str, int], status: Status, *, is_counted: bool) -> Kind:
    """A level that lies ahead: a target where somebody means to bring it about, else a forecast."""
    forecast, meant = _first(words, "forecast"), _first(words, "meaning")
    lemma = view.lemma(verb) if verb is not None else ""
    raising = lemma in cues("kinds", "raising")
    told: Status = "proposed" if status == "proposed" else "planned"
    doing = is_counted and forecast is None and lemma in cues("kinds", "doing")
    if doing and verb is not None and _has_doer(view, verb):
        return Kind("commitment", told, verb, f"still to be done: {lemma!r}")
    if meant is not None and raising and (forecast is None or view.lemma(meant) in ("agree", "aim", "plan")):
        return Kind("target", told, meant, f"meant: {view.lemma(meant)!r}")
    above = view.parse.head[verb] if verb is not None else -1
    if raising and above >= 0 and view.parse.dep[verb or 0] == "xcomp" and view.lemma(above) in cues("kinds", "hoping"):
        return Kind("target", told, above, f"hoped to bring about: {lemma!r}")
    if forecast is None and raising and verb is not None and tense(view.parse, verb).tense == "none":
        return Kind("target", told, verb, "an aim in the infinitive")
    if meant is not None and view.lemma(meant) in cues("kinds", "vowing"):
        return Kind("commitment", told, meant, "promised")
    return Kind("forecast", told, forecast if forecast is not None else verb, "ahead")


def _has_doer(view: View, verb: int) -> bool:
    """Whether somebody is said to do what a verb says, here or by the verb above it ("agreed to free")."""
    parse = view.parse
    chain = [verb, *(a for a in ancestors(parse, verb) if is_verb(parse, a))]
    return any(kids(parse, v, "nsubj") for v in chain[:2])
