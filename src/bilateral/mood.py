"""How real a thing is told to be: happened, ongoing, planned, proposed, denied, hypothetical, cancelled, postponed.

Decided by tense, modal, negation, condition and the words that embed a verb or noun. The word lists stand in
moods.toml; docs/rules/status.md says what each is for and shows the sentences that forced it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import NamedTuple

from bilateral.model import Status
from bilateral.syntax import (
    SUBJECTS,
    ancestors,
    is_conditional,
    is_infinitive,
    is_negated,
    is_passive,
    is_verb,
    kids,
    tense,
)  # fmt: skip
from bilateral.text import Parse


class Mood(NamedTuple):
    """How real something is, and the token that decides it (None where plain tense does)."""

    status: Status
    by: int | None


@cache
def _moods() -> dict[str, dict[str, Status]]:
    data = tomllib.loads(resources.files("bilateral").joinpath("moods.toml").read_text(encoding="utf-8"))
    return {kind: {word: status for status, words in table.items() for word in words} for kind, table in data.items()}


def mood(parse: Parse, i: int) -> Mood:
    """The status of what token i (a verb or a noun that carries an event) tells, by tense, mood, negation and what
    embeds it. Verbs of saying are transparent. What is reported as done, or plain, is "happened"; plain progressive
    is "ongoing". See docs/rules/status.md."""
    own = own_mood(parse, i)
    if own is not None:
        return own
    return _mood_from_above(parse, i) or Mood("happened", None)


def own_mood(parse: Parse, i: int) -> Mood | None:
    """The status that a verb's own group, or a noun's own adjectives and "no", give; None where they say nothing."""
    return _verb_mood(parse, i) if is_verb(parse, i) else _noun_mood(parse, i)


def called_off(parse: Parse, i: int) -> Status | None:
    """Whether a verb or noun calls something off, "cancelled", or puts it off, "postponed"; None for others."""
    particle = next((parse.lemma[k].lower() for k in kids(parse, i, "prt")), None)
    key = parse.lemma[i].lower() + (f"_{particle}" if particle else "")
    found = _moods()["verbs" if is_verb(parse, i) else "nouns"].get(key)
    return found if found in ("cancelled", "postponed") else None


def _verb_mood(parse: Parse, i: int) -> Mood | None:
    found = tense(parse, i)
    if is_negated(parse, i):
        return Mood("denied", i)
    if is_conditional(parse, i):
        return Mood("hypothetical", i)
    if found.modal in ("may", "might", "could", "can"):
        return Mood("hypothetical", i)
    if found.modal in ("should", "must"):
        return Mood("proposed", i)
    if found.tense == "future" or (found.modal == "would" and not found.perfect):
        return Mood("planned", i)
    if found.modal == "would":
        return Mood("hypothetical", i)
    if _is_to_be_done(parse, i):
        return Mood("planned", i)
    if found.progressive and not found.perfect and found.tense in ("present", "past"):
        return Mood("ongoing", i)
    return None


def _is_to_be_done(parse: Parse, i: int) -> bool:
    """"The leaders are to sign", "the pact is to be signed", and the headline's bare "EU to place tariffs"."""
    if not is_infinitive(parse, i):
        return False
    head = parse.head[i]
    if head == i or (parse.dep[i] == "acl" and parse.head[head] == head):
        return True
    return parse.dep[i] == "xcomp" and parse.lemma[head] == "be" and not kids(parse, head, "attr", "acomp")


def _noun_mood(parse: Parse, i: int) -> Mood | None:
    if is_negated(parse, i):
        return Mood("denied", i)
    words = _moods()["adjectives"]
    for k in kids(parse, i, "amod", "compound", "nmod"):
        status = words.get(parse.lemma[k].lower()) or words.get(_surface(parse, k))
        if status:
            return Mood(status, k)
    return None


def _surface(parse: Parse, i: int) -> str:
    """A participle's form from its lemma and tag, for words listed as adjectives ("plan", VBN → "planned")."""
    lemma = parse.lemma[i].lower()
    if parse.tag[i] not in ("VBN", "VBD"):
        return lemma
    doubled = lemma + lemma[-1] if lemma in ("plan", "cancel", "scrap", "drop") else lemma
    return doubled + ("d" if lemma.endswith("e") else "ed")


def _mood_from_above(parse: Parse, i: int) -> Mood | None:
    """The status that the governing words give, nearest first."""
    below = i
    if _stands_alone(parse, i):
        return None
    for above in ancestors(parse, i):
        if parse.dep[below] in ("relcl", "advcl", "conj", "parataxis") and is_verb(parse, below):
            if parse.dep[below] == "conj" and tense(parse, below).tense == "none":
                below = above
                found = own_mood(parse, above)
                if found:
                    return found
                continue
            if parse.dep[below] != "relcl" or not is_infinitive(parse, below):
                return None
        found = _mood_of_governor(parse, above, below)
        if found:
            return found if found.by is not None else None
        below = above
    return None


def _stands_alone(parse: Parse, i: int) -> bool:
    """Whether a verb tells its own fact whatever governs it: a participle that describes a noun ("crates seized at
    the border"), or one with a subject of its own ("with the minister describing her as a friend")."""
    if parse.dep[i] == "acl":
        return parse.tag[i] == "VBN" and not is_infinitive(parse, i)
    return parse.dep[i] == "pcomp" and bool(kids(parse, i, "nsubj"))


def _mood_of_governor(parse: Parse, above: int, below: int) -> Mood | None:
    """What one governing word says of what stands below it; Mood(…, None) stops the search with nothing found."""
    if _is_state_of_being(parse, above, below):
        return Mood("ongoing", parse.head[above])
    if parse.dep[below] in SUBJECTS and parse.lemma[above] in ("be", "remain", "stay"):
        return _mood_of_state(parse, above) or _mood_of_verb(parse, above, below)
    if parse.dep[below] == "pcomp" and parse.lemma[above].lower() in ("against", "from", "without"):
        return Mood("denied", above)
    if parse.pos[above] == "ADP" or (parse.dep[below] in SUBJECTS and not _acts_on_subject(parse, above)):
        return _verb_mood(parse, above) if is_verb(parse, above) else None
    if is_verb(parse, above):
        return _mood_of_verb(parse, above, below)
    status = _moods()["nouns"].get(parse.lemma[above].lower())
    if status:
        return Mood(status, above)
    if parse.pos[above] == "ADJ":
        return _mood_of_adjective(parse, above)
    return _noun_mood(parse, above)


def _is_state_of_being(parse: Parse, prep: int, noun: int) -> bool:
    """"They are in talks", "he is on a visit": what a present "be" has by "in" or "on" is going on."""
    verb = parse.head[prep]
    inside = parse.lemma[prep].lower() in ("in", "on") and parse.dep[noun] == "pobj" and parse.lemma[verb] == "be"
    return inside and is_verb(parse, verb) and tense(parse, verb)[0] == "present"


def _mood_of_state(parse: Parse, verb: int) -> Mood | None:
    """What its subject is told to be: "is due in May", "was off", "remain on hold"."""
    words = _moods()["states"]
    near = [*kids(parse, verb, "acomp", "attr", "oprd", "advmod", "prt", "prep"), *kids(parse, verb, "advcl")]
    near += [k for p in near if parse.pos[p] == "ADP" for k in kids(parse, p, "pobj")]
    found = next((k for k in near if parse.lemma[k].lower() in words or _surface(parse, k) in words), None)
    if found is None or is_negated(parse, verb):
        return None
    return Mood(words.get(parse.lemma[found].lower()) or words[_surface(parse, found)], found)


def _acts_on_subject(parse: Parse, verb: int) -> bool:
    return is_passive(parse, verb) or parse.lemma[verb] in ("be", "remain", "take")


def _mood_of_verb(parse: Parse, verb: int, below: int) -> Mood | None:
    key = parse.lemma[verb].lower()
    particle = next((parse.lemma[k].lower() for k in kids(parse, verb, "prt")), None)
    words = _moods()["verbs"]
    status = words.get(f"{key}_{particle}") if particle else words.get(key)
    if status is None or parse.dep[below] in ("advcl", "npadvmod", "advmod") or _is_setting(parse, below):
        return _open_verb(parse, verb, below)
    if status == "denied" and is_negated(parse, verb):
        return Mood("happened", verb)
    if status in ("cancelled", "postponed", "denied"):
        return own_mood(parse, verb) if tense(parse, verb).tense == "future" else Mood(status, verb)
    if status == "planned" and parse.dep[below] in SUBJECTS and not is_passive(parse, verb):
        return _verb_mood(parse, verb)
    return Mood(status, verb)


# Prepositions that bring in what a verb is about; others bring in where and when ("agreed at a meeting").
_ABOUT = frozenset({"to", "on", "upon", "for", "about", "of", "over", "into", "from", "against", "with", "as"})


def _is_setting(parse: Parse, below: int) -> bool:
    return parse.dep[below] == "prep" and parse.lemma[below].lower() not in _ABOUT


def _open_verb(parse: Parse, verb: int, below: int) -> Mood | None:
    """A transparent verb: its own mood counts for a noun below it ("will hold talks"), not for a clause it reports."""
    if is_verb(parse, below) and parse.dep[below] == "ccomp":
        return Mood("happened", None)
    return _verb_mood(parse, verb)


def _mood_of_adjective(parse: Parse, i: int) -> Mood | None:
    word = parse.lemma[i].lower()
    status = _moods()["predicatives"].get(word) or _moods()["adjectives"].get(word)
    return Mood(status, i) if status else None
