"""Candidate triggers: the verbs, nouns and adjectives of a sentence that a row of the lexicon fits.

A noun that hangs on a light verb ("hold talks") takes tense and subject from it. Knows grammar and no actors.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bilateral.extract.events.lexicon import Lexicon, Row
from bilateral.extract.events.view import View
from bilateral.syntax import (
    OBJECTS,
    agents,
    first_conjunct,
    is_infinitive,
    is_negated,
    is_passive,
    is_verb,
    kids,
    objects,
    obliques,
    receivers,
    subjects,
    tense,
)  # fmt: skip

ANY = "*"  # rows for any verb, tried last
# Prepositions that a parser hangs on the object instead of on the verb.
_HANGING = frozenset({"to", "with", "against", "from", "behind", "towards", "on", "over", "for", "of", "in"})
# Verbs that only lead to what another one tells.
_PLAIN = frozenset({
    "say", "tell", "add", "be", "have", "do", "make", "agree", "state", "stress", "announce", "discuss", "want", "seek",
    "note", "express", "urge", "see", "call", "welcome", "decide", "plan", "propose", "hope", "become", "remain",
})  # fmt: skip
# Verbs that with "back" answer words or deeds and are no blow of their own ("hit back by closing the border").
_ANSWERING = frozenset({"hit", "strike", "fire", "shoot", "snap", "punch"})
_OBJECT_LIKE = (*OBJECTS, "nsubjpass", "attr", "oprd")


class Hit(NamedTuple):
    """A trigger: the token that carries the meaning, the verb that carries tense and subject, and the row that fits.

    `how` says how a noun hangs on its host: obj, subj, or its preposition; "" for verbs and for nouns without a host.
    """

    token: int
    host: int | None
    row: Row
    tokens: tuple[int, ...]
    how: str = ""

    @property
    def is_verbal(self) -> bool:
        """Whether the trigger is a verb itself."""
        return self.host == self.token


def hits(view: View, words: Lexicon, sentence: Iterable[int]) -> list[Hit]:
    """The triggers of a sentence in text order, one a token; a noun that a verb's row already needs is left out."""
    found = [hit for i in sentence if (hit := _hit(view, words, i)) is not None]
    claimed = {n for h in found if h.is_verbal and h.row.needs for t in _things(view, h.token) for n in view.kernel(t)}
    counts = {top for h in found if (top := view.bundle_above(h.token)) != h.token}
    dropped = counts | {h.token for h in found if h.token in claimed and h.how in ("obj", "")}
    return [h for h in found if (h.is_verbal or h.token not in dropped) and not _is_purpose(view, h)]


def _is_purpose(view: View, hit: Hit) -> bool:
    """Whether a trigger tells no fact: in a clause of purpose ("met to discuss"), or "visiting" before a title."""
    verb = hit.host if hit.host is not None and hit.how in ("", "obj", "adj") else hit.token
    if view.parse.dep[verb] == "csubj" and view.low[verb] == "visiting":
        return True
    return view.parse.dep[verb] == "advcl" and is_infinitive(view.parse, verb) and "PROTEST" not in (
        hit.row.code, *hit.row.civil,
    )  # fmt: skip


def _hit(view: View, words: Lexicon, i: int) -> Hit | None:
    pos = view.parse.pos[i]
    if pos == "VERB" and _is_gerund(view, i) and (found := _noun(view, words, i)) is not None:
        return found
    if pos in ("VERB", "AUX") and is_verb(view.parse, i) and view.parse.dep[i] not in ("amod", "compound"):
        return _verb(view, words, i) or _adjective(view, words, i)
    if pos == "NOUN" and view.parse.dep[i] == "ROOT" and kids(view.parse, i, *OBJECTS):
        return _verb(view, words, i)
    is_date = view.parse.ent[i].endswith("DATE")
    if pos in ("NOUN", "PROPN") and not is_date and view.parse.dep[i] not in ("compound", "nmod", "amod", "poss"):
        return _noun(view, words, i)
    return _adjective(view, words, i) if pos == "ADJ" else None


def _is_gerund(view: View, i: int) -> bool:
    """Whether a participle stands as a noun: "fighting between the two armies flared"."""
    if view.parse.tag[i] != "VBG" or view.parse.dep[i] not in ("ROOT", "csubj"):
        return False
    return not kids(view.parse, i, "aux", "nsubj", *OBJECTS) and bool(obliques(view.parse, i, "between", "of"))


# Verbs ------------------------------------------------------------------------------------------------------------


def _verb(view: View, words: Lexicon, i: int) -> Hit | None:
    rows = (*words.rows["verb"].get(view.lemma[i], ()), *words.rows["verb"].get(ANY, ()))
    particles = {view.lemma[k]: k for k in kids(view.parse, i, "prt")}
    near = kids(view.parse, i, "advmod", "prep", "acomp", "oprd")
    loose = {view.lemma[k]: k for k in near if k > i and not _is_dated(view, k)}
    for word, row in rows:
        if row.charge or (word == ANY and view.lemma[i] in _PLAIN):
            continue
        _, _, particle = word.partition("+")
        is_bare = not particle and particles and word != ANY
        if (particle and particle not in particles and particle not in loose) or is_bare:
            continue
        if not particle and "back" in loose and view.lemma[i] in _ANSWERING:
            continue
        extra = [particles.get(particle, loose.get(particle, i))] if particle else []
        if _fits_verb(view, words, i, row, view.behind(extra)):
            return Hit(i, i, row, tuple(sorted({i, *extra})))
    return None


def _things(view: View, verb: int) -> list[int]:
    """What a verb acts on: its objects, its passive subject, or the noun that its participle describes."""
    own = [view.low[k] for k in kids(view.parse, verb, *OBJECTS)]
    if view.parse.dep[verb] == "relcl" and {"that", "which"} & set(own):
        noun = view.parse.head[verb]
        found = [noun, *view.governed_by(noun)]
    elif not is_passive(view.parse, verb):
        found = objects(view.parse, verb)
    elif view.parse.dep[verb] == "acl":
        found = [view.parse.head[verb], *objects(view.parse, verb)]
    else:
        found = [*subjects(view.parse, verb), *objects(view.parse, verb)]
    beside = kids(view.parse, verb, "dative", "oprd", "npadvmod")
    beside = [k for k in beside if not view.parse.ent[k].endswith(("DATE", "TIME"))]
    return found + [k for k in beside if view.parse.pos[k] in ("NOUN", "PROPN", "NUM")]


def _fits_verb(view: View, words: Lexicon, i: int, row: Row, behind: list[int]) -> bool:
    """Whether a row fits a verb; `behind` are nouns behind a particle that is parsed as a preposition."""
    if not _fits_words(view, i, row) or not _fits_objects(view, words, i, row, behind):
        return False
    if (row.subject and not _has_subject(view, words, i, row)) or (row.negative and not _is_denied(view, i)):
        return False
    if row.flow and not any(view.parse.pos[k] == "NUM" for k in (*view.reach(i), *_sums(view, i))):
        return False
    if row.code == "REQUEST" and view.lemma[i] == "insist" and _is_claim(view, i):
        return False
    return not row.frame or any(_has_frame(view, i, f) or (f == "obj" and behind) for f in row.frame)


def _sums(view: View, i: int) -> list[int]:
    """What a thing is told to be worth, where the parser makes a clause of it ("shipped goods worth 40 million")."""
    return [k for c in kids(view.parse, i, "advcl") if view.low[c] == "worth" for k in view.reach(c)]


def _is_denied(view: View, i: int) -> bool:
    return is_negated(view.parse, i) or any(view.low[k - 1 : k + 1] == ("no", "longer") for k in view.parse.children[i])


def _is_claim(view: View, i: int) -> bool:
    """Whether a clause only tells a fact ("insisted that the shots were fired in the air")."""
    told = kids(view.parse, i, "ccomp")
    tenses = [tense(view.parse, k) for k in told]
    return bool(told) and all(t.tense in ("past", "present") and t.modal not in ("must", "should") for t in tenses)


def _fits_objects(view: View, words: Lexicon, i: int, row: Row, behind: list[int]) -> bool:
    """Whether what a verb acts on is what a row asks for."""
    is_bare = not row.needs and not row.mutual and not {"obj", "iobj", "subject", "clause"} & set(row.to)
    if is_bare and is_passive(view.parse, i):
        return False
    if row.needs or row.unless or row.people:
        things = [*_things(view, i), *behind]
        are_people = "migrants" in row.needs and any(view.parse.tag[t] == "NNPS" for t in things)
        if row.needs and not are_people and not view.is_about(things, row.needs):
            return False
        if row.unless and view.is_about(things, row.unless):
            return False
        if row.people and not any(_is_person(view, words, t) for t in things):
            return False
    if row.state and not any(_is_state(view, t) for t in _things(view, i)):
        return False
    if row.plain and kids(view.parse, i, "oprd", "ccomp", "prt"):
        return False
    return not (row.bare and _things(view, i))


def _fits_words(view: View, i: int, row: Row) -> bool:
    if row.has and not any(view.holds(k, row.has) for k in (i, *_purposes(view, i))):
        return False
    if row.also and not view.holds(i, row.also):
        return False
    return not (row.lacks and view.holds(i, row.lacks))


def _purposes(view: View, i: int) -> list[int]:
    return [k for k in kids(view.parse, i, "advcl") if is_infinitive(view.parse, k)]


def _is_state(view: View, i: int) -> bool:
    return view.parse.tag[i] == "NNP" and view.parse.ent[i][2:] in ("GPE", "NORP", "LOC", "ORG", "")


def _is_person(view: View, words: Lexicon, i: int) -> bool:
    return view.is_any(i, words.sets["persons"]) or view.is_named(i)


def _has_subject(view: View, words: Lexicon, verb: int, row: Row) -> bool:
    """Whether the subject is one of the row's nouns; names stand for persons, plural demonyms for civilians."""
    named = words.sets["persons"] <= row.subject
    people = words.sets["civilians"] <= row.subject
    by = agents(view.parse, verb) if is_passive(view.parse, verb) else []
    for s in by or subjects(view.parse, verb):
        if any(view.is_any(k, row.subject) for k in view.kernel(s)) or (named and view.is_named(s)):
            return True
        if people and (view.parse.tag[s] == "NNPS" or view.parse.ent[s][2:] == "NORP"):
            return True
    return False


def _has_frame(view: View, verb: int, frame: str) -> bool:
    parse = view.parse
    if frame == "obj":
        return bool(_things(view, verb)) or (is_passive(parse, verb) and bool(subjects(parse, verb)))
    if frame == "clause":
        return bool(kids(parse, verb, "ccomp", "xcomp"))
    if frame == "to-inf":
        return any(is_infinitive(parse, k) for k in kids(parse, verb, "xcomp", "ccomp", "advcl"))
    if frame == "iobj":
        return bool(receivers(parse, verb))
    if frame == "that":
        return any(view.low[m] == "that" for k in kids(parse, verb, "ccomp") for m in kids(parse, k, "mark"))
    if frame == "by" and agents(parse, verb):
        return True
    if any(word.split()[-1] == frame and not parse.ent[i].endswith("DATE") for word, i in obliques(parse, verb, frame)):
        return True
    marks = kids(parse, verb, "prep", "agent", "dative", "advmod", "prt", "mark")
    if any(view.lemma[k] == frame and not _is_dated(view, k) for k in marks):
        return True
    return frame in _HANGING and any(obliques(parse, o, frame) for o in objects(parse, verb))


def _is_dated(view: View, prep: int) -> bool:
    """Whether a preposition only brings in a date ("on Friday")."""
    below = kids(view.parse, prep, "pobj")
    return bool(below) and all(view.parse.ent[k].endswith(("DATE", "TIME")) for k in below)


# Nouns ------------------------------------------------------------------------------------------------------------


def _noun(view: View, words: Lexicon, i: int) -> Hit | None:
    rows = words.rows["noun"]
    table = rows.get(view.lemma[i]) or rows.get(view.low[i])
    if not table:
        return None
    before = {view.lemma[k] for k in kids(view.parse, i, "compound", "amod", "nmod")}
    before |= {view.lemma[k] for _, k in obliques(view.parse, i, "of")}
    host, how = _host(view, i)
    for word, row in table:
        first = word.split()[:-1]
        if first and not before.issuperset(first):
            continue
        if _fits_noun(view, words, i, row, host, how):
            is_light = host is not None and how == "obj" and view.lemma[host] in {*words.light, *row.host}
            kept = host if is_light or row.owned or how not in ("obj", "") else None
            tokens = {i, host} if is_light and host is not None else {i}
            return Hit(i, kept, row, tuple(sorted(tokens)), how if kept is not None else "")
    return None


def _fits_noun(view: View, words: Lexicon, i: int, row: Row, host: int | None, how: str) -> bool:
    if row.host and not row.free and not (host is not None and how == "obj" and view.is_any(host, frozenset(row.host))):
        return False
    if row.flow and not _flows(view, words, i):
        return False
    if row.owned and not view.has_owner(i, *row.by, *(() if "of" in row.to else ("of",))):
        return False
    if row.needs and not any(view.is_any(k, row.needs) for k in view.kernel(i) if k != i):
        return False
    if row.frame and not any(obliques(view.parse, k, f) for k in (i, view.bundle_above(i)) for f in row.frame):
        return False
    above = host if host is not None and how == "obj" else i
    return _fits_words(view, above, row)


def _host(view: View, noun: int) -> tuple[int | None, str]:
    """The verb that a noun hangs on, and how: as object (obj), subject (subj) or by its preposition."""
    parse = view.parse
    for k in kids(parse, noun, "acl"):
        if parse.tag[k] == "VBN" and not kids(parse, k, "nsubj", "mark"):
            return k, "obj"
    n = view.bundle_above(noun)
    head, dep = parse.head[n], parse.dep[n]
    if dep in _OBJECT_LIKE and is_verb(parse, head):
        return head, "obj"
    if dep == "nsubj" and is_verb(parse, head):
        return head, "subj"
    if dep == "pobj" and is_verb(parse, parse.head[head]):
        return parse.head[head], view.lemma[head]
    return None, ""


def _flows(view: View, words: Lexicon, i: int) -> bool:
    """Whether a noun of trade or travel is told of as a flow: it grows, stands at a figure, or has one with it."""
    n = view.bundle_above(i)
    verb = view.parse.head[n]
    if view.parse.dep[n] in ("nsubj", "nsubjpass", *OBJECTS) and view.lemma[verb] in words.flow:
        return True
    if view.parse.dep[n] == "nsubj" and view.lemma[verb] == "be":
        below = [k for k in view.reach(verb) if k > verb]
        return any(view.lemma[k] in ("worth", "up", "down") or view.parse.pos[k] == "NUM" for k in below)
    for k in (i, n):
        below = view.reach(k)
        if any(view.lemma[t] in words.flow for t in below if view.parse.dep[t] in ("acl", "amod", "relcl")):
            return True
        relative = kids(view.parse, k, "relcl", "acl")
        if any(view.lemma[t] in words.flow for t in relative):
            return True
    return view.parse.dep[n] == "pobj" and view.lemma[view.parse.head[view.parse.head[n]]] in (
        "growth", "increase", "rise", "volume", "flow", "decline", "number", "drop", "surge", "jump",
    )  # fmt: skip


# Adjectives -------------------------------------------------------------------------------------------------------


def _adjective(view: View, words: Lexicon, i: int) -> Hit | None:
    """A predicate ("is ready to sign", "are grateful to"); its host is the verb to be over it."""
    table = words.rows["adj"].get(view.low[i])
    if not table:
        return None
    if view.parse.pos[i] == "VERB":
        host = i
    else:
        first = first_conjunct(view.parse, i)
        host = view.parse.head[first] if view.parse.dep[first] in ("acomp", "oprd", "attr") else -1
        if host < 0 or not is_verb(view.parse, host):
            return None
    for _, row in table:
        framed = not row.frame or any(_frames_adjective(view, i, host, f) for f in row.frame)
        if framed and _fits_words(view, host, row):
            return Hit(i, host, row, (i,), "adj")
    return None


def _frames_adjective(view: View, i: int, host: int, frame: str) -> bool:
    return _has_frame(view, i, frame) or (host != i and frame in ("clause", "to-inf") and _has_frame(view, host, frame))


