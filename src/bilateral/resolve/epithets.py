"""Nouns that tell something new of somebody just spoken of: "the former judge", "the economist", "the Belgian".

They hold no office that the document names for anybody, so that only the place of the words says who is meant.
"""

from __future__ import annotations

from bilateral.resolve.antecedents import Memory, Trace
from bilateral.syntax import SUBJECTS
from bilateral.text import Mention, Person, Resolved

_NEAR = 1  # sentences back in which the one last spoken of is still meant
_ELECT = 3  # the same for somebody without an office who is "the president-elect"
# Levels of offices that a report names with their holder, so that a bare one is somebody else's.
_OFFICES = frozenset(("HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "SPOX"))
# Levels of officers whom a report may name first and call by their office next.
_NAMED_FIRST = frozenset(("MIN", "DFM", "AMB", "SPOX", "NSA", "FM"))
_TELLING = frozenset((
    "say", "tell", "add", "confirm", "announce", "state", "declare", "explain", "insist", "warn", "reveal", "stress",
    "note", "claim", "write", "argue", "disclose", "believe", "promise", "maintain",
))  # fmt: skip
_FILLING = ("acting ", "interim ", "caretaker ")  # who fills an office is not who held it before
_COMING = ("visitor", "guest")
_STAYING = ("host", "speaker", "source", "observer", "witness", "reporter", "journalist", "interviewer", "presenter")
_OPEN = ("representative", "member", "delegate", "resident", "citizen")


def epithet(doc: Resolved, memory: Memory, mention: Mention, token: int) -> Person | None:
    """Whom "the" with a noun means that is nobody's office here: the one subject of the sentence before.

    None where the noun is an office that somebody else may hold, where several people were subjects, where somebody
    without a name was told of by the same noun, or where the state said is another.
    """
    noun = mention.text.lower().split()[-1]
    if doc.parse.dep[token] not in SUBJECTS or noun in (*_STAYING, *_OPEN):
        return None
    if any(k > token and doc.parse.dep[k] in ("prep", "relcl", "acl", "advmod") for k in doc.parse.children[token]):
        return None
    if noun in _COMING:
        return _visiting(doc)
    if mention.text.lower().startswith(_FILLING):
        return None
    is_former = "ELI" in mention.sectors[:1] or mention.text.lower().startswith(("former ", "ex-", "retired "))
    if mention.level in _OFFICES and not is_former:
        return _named_bare(doc, memory, mention, token)
    if any(t.mention.text.lower().split()[-1:] == [noun] for t in memory.unnamed):
        return None
    person = _subject_before(memory, token)
    return person if person is not None and _is_of_state(person, mention.codes) else None


def _named_bare(doc: Resolved, memory: Memory, mention: Mention, token: int) -> Person | None:
    """Whom "the Omani health minister" means where nobody is called so: the speaker just named without an office."""
    if mention.level not in _NAMED_FIRST or any(o.level == mention.level for p in doc.people for o in p.offices):
        return None
    person = _subject_before(memory, token)
    trace = memory.last.get(person.id) if person is not None else None
    if person is None or person.offices or trace is None or trace.mention.kind != "person":
        return None
    is_speaking = doc.parse.lemma[doc.parse.head[trace.token]].lower() in _TELLING
    return person if is_speaking and _is_of_state(person, mention.codes) else None


def _subject_before(memory: Memory, token: int) -> Person | None:
    """The one person who was a subject in the last sentence that had one, no further off than one sentence."""
    here = memory.sentence(token)
    near = [t for t in memory.near(here, _NEAR) if t.mention.person and t.is_subject and not t.is_quoted]
    near = [t for t in near if t.sentence < here]
    people = {t.mention.person for t in near}
    return memory.person(near[-1]) if len(people) == 1 else None


def _is_of_state(person: Person, codes: tuple[str, ...]) -> bool:
    """Whether somebody may be of the states said: an officer of an organisation may be a national of any."""
    return not codes or person.country is None or person.country in codes or person.country.startswith("IGO:")


def _visiting(doc: Resolved) -> Person | None:
    found = [p for p in doc.people if any("visiting" in o.words.lower().split() for o in p.offices)]
    return found[0] if len(found) == 1 else None


def incoming(memory: Memory, token: int) -> Person | None:
    """Who "the president-elect" is where nobody is called so by name: the one without an office just named."""
    here = memory.sentence(token)
    near: list[Trace] = [t for t in memory.near(here, _ELECT) if t.mention.kind == "person"]
    found = {p.id: p for t in near if (p := memory.person(t)) is not None and not p.offices}
    return next(iter(found.values())) if len(found) == 1 else None
