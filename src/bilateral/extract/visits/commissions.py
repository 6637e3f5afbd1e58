"""Sessions of joint commissions, committees and working groups: the mechanisms between two states."""

from __future__ import annotations

from bilateral.extract.visits.casting import codes, distinct, doers, next_actor
from bilateral.extract.visits.lexicon import sorts, word_set
from bilateral.extract.visits.phrase import FAR, carrier, chain, is_known, is_other, two_sides
from bilateral.extract.visits.places import place_in_clause, place_near
from bilateral.extract.visits.reading import Draft, Reading, told_of_noun
from bilateral.scene import Cast, cast_at
from bilateral.syntax import kids, subtree

_BACK = 60
_LONG = 150
_NEAR = 8


def is_session(read: Reading, i: int, names: tuple[str, ...]) -> bool:
    """Whether a noun is a session of a joint commission, or such a commission that itself meets."""
    if "commission" in names and _is_commission(read, i):
        is_known_one = any(read.low[k] in word_set("known") for k in kids(read.parse, i, "det"))
        is_joint = _is_joint(read, i) or (is_known_one and _was_joint(read, range(max(0, i - _LONG), i)))
        return is_joint and _meets_itself(read, i)
    if "session" not in names:
        return False
    inner = [k for k in subtree(read.parse, i, without=("relcl", "acl")) if k != i and _is_commission(read, k)]
    if inner:
        return any(_is_joint(read, k) for k in inner) or _was_joint(read, range(i))
    if not _is_bare_session(read, i):
        return False
    sentence = read.parse.sentence(i)
    marks = {read.low[k] for k in kids(read.parse, i, "det", "poss", "amod")}
    told = any(m in word_set("known") or is_other(m) for m in marks)
    is_edition = read.lemma[i] in ("term", "edition", "plenary") and any(is_other(m) for m in marks)
    back = sentence.start if is_edition else _LONG if any(is_other(m) for m in marks) else _BACK
    return told and _was_joint(read, range(max(0, sentence.start - back), sentence.stop))


def _is_bare_session(read: Reading, i: int) -> bool:
    """Whether a noun is a session though it names no commission: "the session"; "its 14th term", "the sixth one"."""
    if read.lemma[i] == "session":
        return True
    marks = [read.low[k] for k in kids(read.parse, i, "det", "poss", "amod")]
    is_own = "its" in marks or "their" in marks or read.lemma[i] in ("term", "edition", "one", "plenary", "sitting")
    return is_own and any(is_other(m) for m in marks) and read.lemma[i] != "round"


def _is_commission(read: Reading, i: int) -> bool:
    return "commission" in sorts(read.lemma[i])


def _was_joint(read: Reading, tokens: range) -> bool:
    """Whether a joint commission is named among some tokens."""
    return any(_is_commission(read, k) and _is_joint(read, k) for k in tokens)


def _is_joint(read: Reading, i: int) -> bool:
    """Whether a commission is one of two states: by a word like "joint", two states in its name, or a proper name."""
    mention = read.doc.mention_at(i)
    if mention is not None and any(code.startswith("IGO:") for code in mention.codes):
        return False
    phrase = subtree(read.parse, i, without=("relcl", "acl"))
    words = read.words(phrase)
    if read.lemma[i] == "group" and not word_set("working") & words:
        return False
    named = {c for k in phrase if (m := read.doc.mention_at(k)) is not None for c in m.codes}
    if named and any(read.low[p] == "with" for p in kids(read.parse, i, "prep")):
        return True
    return bool(word_set("joint") & words) or len(named) > 1 or (read.parse.tag[i] == "NNP" and not named)


def _meets_itself(read: Reading, i: int) -> bool:
    if read.parse.dep[i] not in ("nsubj", "nsubjpass"):
        return False
    verbs = chain(read, read.parse.head[i])
    if any(read.in_set(v, "meeting_itself") or _comes_together(read, v) for v in verbs):
        return True
    once = [v for v in verbs if read.in_set(v, "meeting_once")]
    return any("session" in sorts(read.lemma[k]) for v in once for k in kids(read.parse, v, "dobj"))


def _comes_together(read: Reading, verb: int) -> bool:
    return read.lemma[verb] in ("come", "get") and "together" in read.low[verb + 1 : verb + 3]


def _is_numbered(read: Reading, i: int) -> bool:
    """"The commission is to gather for the tenth time": another meeting of the commission told of before."""
    near = range(i + 1, min(read.parse.sentence(i).stop, i + FAR))
    return any(read.low[k] == "time" and is_other(read.low[k - 1]) for k in near)


def session(read: Reading, i: int) -> Draft:
    """A session of a joint commission: who heads it, whose it is, where it meets."""
    parse, verb = read.parse, carrier(read, i)
    is_subject = parse.dep[i] in ("nsubj", "nsubjpass")
    verb = chain(read, parse.head[i])[-1] if verb is None and is_subject else verb
    own, other, both = two_sides(read, i, verb)
    if not both and verb is not None and not is_subject:
        own = [*own, *doers(read, verb)]
    found = distinct([*_chairs(read, i), *own, *other])
    if len(codes(found)) < 2:
        found = distinct([*found, *_named_inside(read, i)])
    place = place_near(read, i, verb) or place_in_clause(read, i if verb is None else verb)
    is_itself = is_subject and _is_commission(read, i)
    is_bare = (verb is None and len(codes(found)) < 2) or (is_known(read, i) and not found)
    near = subtree(parse, verb, without=("ccomp", "conj", "advcl")) if verb is not None else []
    is_dated = any(read.doc.date_at(k) is not None for k in near)
    known = is_bare and not (is_itself and (_is_numbered(read, i) or is_dated))
    status = told_of_noun(read, i, verb)
    return Draft(i, "joint_commission", status, tuple(found), (), False, place, verb, f'"{read.low[i]}"', known)


def _named_inside(read: Reading, i: int) -> list[Cast]:
    """The states in the name of a commission ("the Chad-Mali joint committee")."""
    phrase = subtree(read.parse, i, without=("relcl", "acl"))
    kinds = ("country", "group", "organisation")
    named = [k for k in phrase if (m := read.doc.mention_at(k)) is not None and m.kind in kinds]
    return [c for k in named if (c := cast_at(read.doc, k)) is not None]


def _chairs(read: Reading, i: int) -> list[Cast]:
    """Who heads or co-chairs a session, each named behind "by" ("headed by A for Chad and by B for Mali")."""
    sentence = read.parse.sentence(i)
    first = next((k for k in sentence if read.lemma[k] in word_set("heading") and k > i), None)
    if first is None:
        return []
    behind = [k for k in range(first, min(sentence.stop, first + FAR)) if read.low[k] == "by"]
    return distinct(c for k in behind if (c := next_actor(read, k + 1, k + _NEAR)) is not None)
