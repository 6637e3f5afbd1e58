"""Pronouns of the third person: the person, body or states that they stand for, or why that is not clear."""

from __future__ import annotations

from bilateral.resolve.antecedents import Memory, Trace
from bilateral.resolve.offices import highest, sectors_of
from bilateral.syntax import OBJECTS, governor, is_verb, kids, subjects, subtree
from bilateral.text import Candidate, Mention, Parse, Person, Resolved

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
NEUTER = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
ALL = MALE | FEMALE | NEUTER | PLURAL
_OBJECTIVE = frozenset(("him", "her", "it", "them"))
_NEAR, _FADE, _SUBJECT, _KNOWN, _OFTEN, _QUOTED = 0.55, 0.15, 0.25, 0.08, 0.06, 0.25
_LIKELY = 0.06  # what a given name of the pronoun's sex adds
_NEW = 0.3  # what somebody gains whom the sentence before only brings in ("The delegation was led by …")
_GUESSED = 0.3  # what a given name that the other sex bears takes away
_ENOUGH, _SURE, _CLEARLY, _MARGIN, _WINDOW = 0.35, 0.7, 0.15, 0.05, 6
_TELLING = frozenset(("say", "tell", "add", "note", "claim", "confirm", "deny", "explain", "warn", "suggest", "argue"))
# Verbs that tell of another's words, so that who says them is nobody named in them ("The general, she explained, …").
_REPORTING = _TELLING | frozenset((
    "state", "stress", "insist", "announce", "declare", "assert", "reply", "answer", "respond", "remark", "recall",
    "point", "maintain", "complain", "write", "believe", "think", "reckon", "hope", "fear", "doubt", "concede", "admit",
    "continue", "observe", "reveal", "report", "emphasise", "emphasize", "underline", "clarify", "conclude", "lament",
    "quip",
))  # fmt: skip
# Verbs of sentences that bring somebody in.
_BRINGING = frozenset((
    "stand", "come", "be", "follow", "lead", "head", "sit", "represent", "accompany", "chair", "join",
))  # fmt: skip
_EXPLETIVE = frozenset((
    "be", "seem", "appear", "happen", "remain", "turn", "report", "say", "recall", "note", "expect", "announce",
    "matter", "take", "become", "understand", "hope", "believe", "remind", "add", "emphasize", "stress",
    "agree", "decide",
))  # fmt: skip
_IMPERSONAL = frozenset(("seem", "appear", "happen", "remain", "turn", "matter", "take", "become"))
_JUDGING = frozenset((
    "important", "necessary", "clear", "possible", "likely", "unlikely", "essential", "vital", "good", "bad", "hard",
    "difficult", "easy", "time", "obvious", "true", "crucial", "impossible", "unclear", "worth", "known", "evident",
    "expected", "noteworthy", "significant", "imperative", "high", "late", "early", "shame", "pity", "fact", "honour",
    "honor", "pleasure", "duty", "matter", "right", "wrong", "fair", "natural", "understandable", "critical", "key",
))  # fmt: skip
_CLAUSES = ("ccomp", "xcomp", "csubj", "csubjpass", "advcl", "acomp")


def pronoun_mention(doc: Resolved, memory: Memory, i: int, word: str, quoted: frozenset[int]) -> Mention | None:
    """The mention of a pronoun at token i, resolved or with the reason why not; None where it stands for nothing."""
    if word in MALE or word in FEMALE:
        unnamed = None if i in quoted else _of_unnamed(doc, memory, i)
        made = unnamed or _of_person(doc, i, _people(doc, memory, i, word, quoted))
        if made.person and _is_sure(made.candidates):
            memory.female.setdefault(made.person, word in FEMALE)
        return made
    if word in NEUTER and _is_expletive(doc.parse, i):
        return None
    return _of_body(doc, memory, i, word)


def _is_sure(candidates: tuple[Candidate, ...]) -> bool:
    """Whether the first of some people is clearly meant, so that the pronoun tells a gender."""
    second = candidates[1].score if len(candidates) > 1 else 0.0
    return candidates[0].score >= _SURE and candidates[0].score - second >= _CLEARLY


def _of_unnamed(doc: Resolved, memory: Memory, i: int) -> Mention | None:
    """ "He" as the last subject where that is somebody without a name ("A UN official said …. He …"), else None."""
    here = memory.sentence(i)
    last = memory.unnamed[-1] if memory.unnamed else None
    if last is None or here - last.sentence != 1 or last.is_quoted or not _is_new(doc, last):
        return None
    named = [t for t in memory.near(here, 1) if t.mention.person and t.is_subject and t.mention.kind != "pronoun"]
    if any(t.token > last.token or t.sentence == here for t in named):
        return None
    source = last.mention
    made = _made(
        doc, i, codes=source.codes, person=None, candidates=(), reason=f'as "{source.text}" before, who has no name'
    )
    return _with(made, source, source.sectors)


def _is_new(doc: Resolved, trace: Trace) -> bool:
    """Whether somebody without a name is brought in as who says something ("a diplomat said")."""
    parse, verb = doc.parse, doc.parse.head[trace.token]
    first = parse.tokens(trace.mention.start, trace.mention.end)[0]
    is_article = first > 0 and parse.lemma[first - 1] == "a" and parse.pos[first - 1] == "DET"
    is_root = parse.dep[trace.token] == "nsubj" and parse.head[verb] == verb
    return is_article and is_root and parse.lemma[verb] in _TELLING


def _of_person(doc: Resolved, i: int, candidates: tuple[Candidate, ...]) -> Mention:
    best = candidates[0] if candidates and candidates[0].score >= _ENOUGH else None
    if best and len(candidates) > 1 and best.score - candidates[1].score < _MARGIN:
        best = None
    person = doc.person(best.id) if best else None
    reason = best.reason if best else "two people fit alike" if len(candidates) > 1 else "no person named before fits"
    codes = (person.country,) if person and person.country else ()
    return _made(doc, i, codes=codes, person=person, candidates=candidates[:4], reason=reason)


def _people(doc: Resolved, memory: Memory, i: int, word: str, quoted: frozenset[int]) -> tuple[Candidate, ...]:
    """The people whom "he" or "she" may mean, best first: last subject of fitting gender before others."""
    here, female = memory.sentence(i), word in FEMALE
    barred = _same_clause(doc.parse, i, word) | _told_by(doc.parse, i)
    best: dict[str, tuple[float, str]] = {}
    near = memory.near(here, _WINDOW)
    for trace in near:
        person = memory.person(trace)
        if person is None or trace.token in barred:
            continue
        if memory.female.get(person.id, female) is not female:
            continue
        score, reason = _score(memory, trace, person, here, i in quoted)
        if here - trace.sentence == 1 and _is_brought_in(doc.parse, near, trace):
            score, reason = score + _NEW, f"{reason}, brought in there"
        if memory.guess.get(person.id, female) is not female and person.id not in memory.female:
            score, reason = score - _GUESSED, f"{reason}, name of the other sex"
        if score >= best.get(person.id, (-1.0, ""))[0]:
            best[person.id] = (score, reason)
    barred_people = {t.mention.person for t in near if t.token in barred}
    made = [Candidate(k, round(min(0.95, max(0.0, s)), 2), r) for k, (s, r) in best.items() if k not in barred_people]
    return tuple(sorted(made, key=lambda c: (-c.score, c.id)))


def _score(memory: Memory, trace: Trace, person: Person, here: int, is_quoted: bool) -> tuple[float, str]:
    distance = here - trace.sentence
    score = _NEAR - _FADE * distance
    reasons = ["in the sentence" if distance == 0 else f"{distance} sentences before"]
    if trace.is_subject:
        score += _SUBJECT
        reasons.append("subject")
    if person.id in memory.female or person.id in memory.guess:
        score += _KNOWN if person.id in memory.female else _LIKELY
        reasons.append("gender fits")
    score += _OFTEN * min(3, memory.counts[person.id]) / 3
    if trace.is_quoted != is_quoted:
        score -= _QUOTED
    return score, ", ".join(reasons)


def _same_clause(parse: Parse, i: int, word: str) -> set[int]:
    """The tokens that a pronoun cannot mean, because they stand in its own clause ("A told him")."""
    verb = governor(parse, i)
    if verb is None:
        return set()
    if word in _OBJECTIVE and parse.tag[i] != "PRP$":
        return set(subjects(parse, verb))
    if word in ("he", "she", "they"):
        return set(kids(parse, verb, *OBJECTS, "dative"))
    return set()


def _told_by(parse: Parse, i: int) -> set[int]:
    """The tokens of what the subject at token i is told to say, in which a name means somebody else."""
    verb = parse.head[i]
    if parse.dep[i] != "nsubj" or parse.lemma[verb].lower() not in _REPORTING:
        return set()
    told = {t for k in kids(parse, verb, "ccomp") if k > i or parse.lemma[i - 1] == "," for t in subtree(parse, k)}
    stop = max((k for k in range(parse.sentence(i).start, i) if parse.lemma[k] in (":", ";")), default=-1)
    told = {t for t in told if t > stop}
    if i > 0 and parse.lemma[i - 1] == "," and verb + 1 < len(parse) and parse.lemma[verb + 1] == ",":
        told |= {s for s in subjects(parse, parse.head[verb]) if s < i}
    return told


def _is_brought_in(parse: Parse, near: list[Trace], trace: Trace) -> bool:
    """Whether a trace is that of the one person whom its sentence brings in, behind its verb, with no other subject."""
    here = [t for t in near if t.sentence == trace.sentence and t.mention.person]
    root = next((k for k in parse.sentence(trace.token) if parse.head[k] == k), trace.token)
    is_alone = len({t.mention.person for t in here}) == 1 and trace.mention.kind == "person"
    return is_alone and not trace.is_subject and root < trace.token and parse.lemma[root].lower() in _BRINGING


def _is_expletive(parse: Parse, i: int) -> bool:
    """Whether "it" stands for nothing: "it was reported that", "it is important to"."""
    if parse.dep[i] == "expl":
        return True
    head = parse.head[i]
    if parse.dep[i] in OBJECTS:
        return parse.lemma[head] in ("make", "find", "consider", "deem", "think")
    if parse.dep[i] not in ("nsubj", "nsubjpass") or parse.lemma[head] not in _EXPLETIVE:
        return False
    if parse.lemma[head] == "be":
        said = {parse.lemma[k].lower() for k in kids(parse, head, "acomp", "attr")}
        return bool(said & _JUDGING) or (bool(kids(parse, head, "ccomp", "csubj", "advcl")) and not said)
    if parse.dep[i] == "nsubjpass":
        return bool(kids(parse, head, *_CLAUSES))
    return bool(kids(parse, head, "xcomp", "ccomp")) and parse.lemma[head] in _IMPERSONAL


def _of_body(doc: Resolved, memory: Memory, i: int, word: str) -> Mention:
    """ "It" or "they" as the last subject where that is a body, a state or several of them."""
    is_plural, is_object = word in PLURAL, word in _OBJECTIVE and doc.parse.dep[i] in (*OBJECTS, "dative", "pobj")
    own = _same_clause(doc.parse, i, word) if is_object else set()
    for tokens, where in _last_subjects(doc, i, own):
        found = [t for t in memory.near(memory.sentence(i), _WINDOW) if t.token in tokens]
        if not found:
            continue
        fit = _plural(memory, found) if is_plural else _single(found)
        if fit:
            names = ", ".join(dict.fromkeys(t.mention.text for t in fit))
            codes = tuple(dict.fromkeys(c for t in fit for c in t.mention.codes))
            reason = f"subject {where}: {names}"
            candidates = tuple(Candidate(c, 0.7, reason) for c in codes)
            sectors = fit[0].mention.sectors if len(fit) == 1 else ()
            made = _made(doc, i, codes=codes, person=None, candidates=candidates, reason=reason)
            return _with(made, fit[0].mention, sectors) if len(fit) == 1 else made
        break
    return _made(doc, i, codes=(), person=None, candidates=(), reason="last subject is no state or body")


def _with(made: Mention, source: Mention, sectors: tuple[str, ...]) -> Mention:
    return Mention(
        start=made.start, end=made.end, text=made.text, kind="pronoun", codes=made.codes, sectors=sectors,
        name=source.name, role=source.role, level=source.level, candidates=made.candidates, reason=made.reason,
    )  # fmt: skip


def _last_subjects(doc: Resolved, i: int, own: set[int]) -> list[tuple[list[int], str]]:
    """The subjects that stand before a pronoun but its `own`: of the clauses above it, then of the sentence before."""
    parse, found = doc.parse, []
    verb = governor(parse, i)
    while verb is not None:
        above = [s for s in subjects(parse, verb) if s < i and s not in own]
        if above and i not in above:
            found.append((above, "of the clause"))
        verb = governor(parse, verb)
    said = [s for c in kids(parse, parse.head[i], "ccomp") for s in subjects(parse, c) if s < i]
    sentence = parse.sentence(i)
    if said and parse.dep[i] == "nsubj":
        before = parse.sentence(sentence.start - 1) if sentence.start > 0 else ()
        root = next((k for k in before if parse.head[k] == k), None)
        if root is not None and any(_is_body(doc, s) for s in subjects(parse, root)):  # who spoke goes on
            found.append((subjects(parse, root), "of the sentence before"))
        found.append((said, "of what is said"))
    if sentence.start > 0 and (not found or said):
        before = parse.sentence(sentence.start - 1)
        root = next((k for k in before if parse.head[k] == k), None)
        if root is not None and is_verb(parse, root):
            found.append((subjects(parse, root), "of the sentence before"))
            found += [(subjects(parse, c), "of what was said before") for c in kids(parse, root, "ccomp")]
    return found


def _is_body(doc: Resolved, i: int) -> bool:
    mention = doc.mention_at(i)
    return mention is not None and mention.kind == "organisation"


def _single(found: list[Trace]) -> list[Trace]:
    fit = [t for t in found if t.mention.kind in ("country", "organisation", "pronoun") and t.mention.person is None]
    return fit[:1] if len(fit) == 1 and len(found) == 1 and len(fit[0].mention.codes) == 1 else []


def _plural(memory: Memory, found: list[Trace]) -> list[Trace]:
    if len(found) > 1:
        return found
    only = found[0]
    if only.mention.kind in ("group", "collective", "organisation") or len(only.mention.codes) > 1:
        return [only]
    partners = [
        t for t in memory.near(only.sentence, 0)
        if t.sentence == only.sentence and t.token > only.token and not t.is_quoted
        and t.mention.kind in ("person", "role")
    ]  # fmt: skip
    if only.mention.kind in ("person", "role", "pronoun") and len({t.mention.person for t in partners}) == 1:
        return [only, partners[0]]
    return []


def _made(
    doc: Resolved, i: int, *, codes: tuple[str, ...], person: Person | None, candidates: tuple[Candidate, ...],
    reason: str,
) -> Mention:  # fmt: skip
    start, end = doc.parse.start[i], doc.parse.end[i]
    top = highest(person.offices) if person else None
    return Mention(
        start=start, end=end, text=doc.text[start:end], kind="pronoun", codes=codes,
        person=person.id if person else None, name=person.name if person else None, sectors=sectors_of(top),
        level=top.level if top else None, candidates=candidates, reason=reason,
    )  # fmt: skip
