"""How a speaker is named in its record: its words as role, the level of bodies, fuller names told before.

Changes no country or person that the document's mentions give; fills in what they leave open.
"""

from __future__ import annotations

from typing import Any

from msgspec import structs

from bilateral.extract.statements.page import Page, Span
from bilateral.knowledge import name_of
from bilateral.model import Actor, actor_of
from bilateral.scene import cast_at
from bilateral.syntax import kids, obliques, phrase, span
from bilateral.text import Mention

# How many tokens back an earlier naming is looked for.
REACH = 3000
_PEOPLE = frozenset({
    "leader", "minister", "president", "official", "diplomat", "two", "chair", "co-chair", "chairman", "ambassador",
    "envoy", "counterpart", "premier", "interlocutor", "men", "women", "politician", "chief", "secretarie",
})  # fmt: skip
INSTITUTIONS = frozenset({
    "mission", "embassy", "consulate", "ministry", "council", "agency", "office", "government", "commission",
    "committee", "bureau", "parliament", "army", "navy", "police", "newspaper", "delegation", "department", "service",
    "side", "authority", "authorities",
})  # fmt: skip
# Nouns for a body of any kind, which say nothing of which.
_GENERIC = frozenset({
    "group", "organisation", "organization", "movement", "front", "bloc", "alliance", "militia", "company", "agency",
    "body", "lender", "carrier", "airline", "firm", "operator", "watchdog", "regulator", "broadcaster", "fund",
    "charity", "bank", "union", "association", "federation", "consortium", "institution", "party", "maker", "court",
    "tribunal", "commission",
})  # fmt: skip
_BEHIND = ("at", "in", "of", "with", "from")


def phrase_span(page: Page, head: int) -> Span:
    """The words of a noun phrase without its article, relative clauses and appositions, with "of …" and "in …"."""
    first, last = with_article(page, head)
    last -= 2 if page.text[first:last].endswith(("’s", "'s")) else 0
    words = page.text[first:last].lower()
    article = next((a for a in ("the ", "a ", "an ") if words.startswith(a)), "")
    return first + len(article), last


def with_article(page: Page, head: int) -> Span:
    """The words of a noun phrase with its article."""
    return span(page.parse, phrase(page.parse, head))


def named(page: Page, actor: Actor, mention: Mention, head: int, words: Span) -> Actor:
    """The actor of a mention with its words as role, its level, and what the report told of it before."""
    if mention.kind == "country" and actor.country and not actor.name:
        actor = structs.replace(actor, name=name_of(actor.country), role=None)
    if mention.person and mention.level:  # that of the highest office
        level: Any = mention.level
        actor = structs.replace(actor, level=level)
    if mention.kind != "pronoun":
        actor = worded(actor, page.text[words[0] : words[1]])
    is_body = mention.kind in ("organisation", "country") or (mention.kind == "pronoun" and len(mention.codes) == 1)
    is_body = (is_body and mention.person is None) or bool(INSTITUTIONS & set((actor.role or "").lower().split()))
    if actor.level is None and is_body:
        actor = structs.replace(actor, level="ORG")
    return as_before(page, _of_body(page, _in_full(page, actor, mention), head, words), head)


def worded(actor: Actor, role: str | None) -> Actor:
    """The actor with its words as role where it has neither name nor role."""
    return actor if actor.name or actor.role else structs.replace(actor, role=role)


def _in_full(page: Page, actor: Actor, mention: Mention) -> Actor:
    """The actor with the full name of its body where its words are one of that name's ("the embassy")."""
    name = (actor.name or actor.role or "").lower()
    if mention.kind not in ("organisation", "pronoun") or not name or " " in name or not (actor.name or "a").islower():
        return actor
    for known in page.doc.mentions:
        full = known.name or known.text
        is_earlier = known.start < mention.start and known.kind == "organisation" and known.codes == mention.codes
        if is_earlier and " " in full and name in full.lower().split():
            return structs.replace(actor, name=full, role=known.role if actor.role else None)
    return actor


def _of_body(page: Page, actor: Actor, head: int, words: Span) -> Actor:
    """An unnamed officer of no known state with whose officer it is ("the king's spokesman", "an official at …")."""
    if actor.name or actor.country or not actor.role or " " in actor.role:
        return actor
    role = page.text[words[0] : words[1]]
    owners = [m for k in kids(page.parse, head, "poss") if (m := page.doc.mention_at(k)) is not None]
    if not owners:
        behind = (page.doc.mention_at(k) for _, k in obliques(page.parse, head, *_BEHIND))
        owners = [m for m in behind if m is not None][:1]
        owners = [m for m in owners if m.kind in ("organisation", "country")]
    if not owners:
        return actor
    codes = owners[0].codes
    return structs.replace(actor, role=role, country=codes[0] if len(codes) == 1 else None)


def as_before(page: Page, actor: Actor, head: int) -> Actor:
    """An unnamed actor as it was first told of: "the official" as "official at the ministry" before."""
    parse = page.parse
    if actor.name or not actor.role or " " in actor.role or page.word(head - 1) != "the":
        return actor
    for i in range(head - 2, max(-1, head - REACH), -1):
        if parse.lemma[i] != parse.lemma[head] or parse.pos[i] != "NOUN" or parse.dep[i] == "compound":
            continue
        first, last = phrase_span(page, i)
        earlier = cast_at(page.doc, i)
        code = earlier.codes[0] if earlier is not None and len(earlier.codes) == 1 else None
        if " " in page.text[first:last] and (code is None or actor.country in (None, code)):
            return structs.replace(actor, role=page.text[first:last], country=actor.country or code)
    return actor


def organisation_meant(page: Page, head: int) -> Mention | None:
    """The body that "the group", "the organisation" stands for: the one last named, by a name of two words or more."""
    is_generic = page.word(head) in _GENERIC and page.word(head - 1) == "the"
    if not is_generic or page.parse.tag[head] != "NN":
        return None
    start = page.parse.start[head]
    named_so = [m for m in page.doc.mentions if m.end <= start and m.kind == "organisation" and _is_name(m.text)]
    return named_so[-1] if named_so else None


def _is_name(text: str) -> bool:
    words = [w for w in text.split() if w[:1].isupper()]
    return len(words) > 1 and not INSTITUTIONS & set(text.lower().split()[-1:])


def people_meant(page: Page, mention: Mention) -> tuple[Actor, ...]:
    """The people behind "the two leaders": the one person that the report names of each of their states."""
    nouns = {w.rstrip("s") for w in mention.text.lower().split()}
    nouns -= {"two"} if len(nouns - {"the"}) > 1 else set()
    if mention.kind not in ("collective", "group", "role") or len(mention.codes) < 2 or not nouns & _PEOPLE:
        return ()
    found: list[Actor] = []
    for code in mention.codes:
        own = [p.id for p in page.doc.people if p.country == code and p.office is not None]
        named_so = [m for m in page.doc.mentions if m.person in own and m.kind == "person"]
        if len(own) != 1 or not named_so:
            return ()
        found += actor_of(named_so[0], page.doc)
    return tuple(found)
