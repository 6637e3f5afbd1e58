"""Pronouns and nouns that stand for someone named before: "he", "the envoy", "the Russian ambassador", "it", "they".

One pass in text order with the document's memory of who was spoken of; first persons are left to the voices.
"""

from __future__ import annotations

from msgspec import structs

from bilateral.resolve.antecedents import Memory, head_of, quoted_tokens
from bilateral.resolve.context import chosen, located, meant, owners, senders
from bilateral.resolve.epithets import epithet, incoming
from bilateral.resolve.offices import highest, sectors_of
from bilateral.resolve.paired import counterpart, is_counterpart, latter, owner_of, told_of
from bilateral.resolve.pronouns import ALL, pronoun_mention
from bilateral.resolve.roles import MARGIN, fitting, role_of
from bilateral.resolve.setting import Setting, setting
from bilateral.resolve.words import words
from bilateral.syntax import SUBJECTS
from bilateral.text import Candidate, Mention, Person, Resolved

_ENOUGH, _EARLIER = 0.35, 0.7
_SPOKEN = 0.55
_NATIONAL = 4  # sentences back in which "the Pole" finds whom it means
_TWO = ("latter", "former")
_NAMED = "the officers named before"
_SENT = ("AMB", "DIP")
# Words of bodies that are the report's own state's where nothing else is said.
_OWN = frozenset(("ministry", "army", "navy", "government", "presidency", "police", "parliament", "cabinet"))
# Sectors whose people are a state's; rebels and companies may be anyone's.
_PUBLIC = frozenset(("GOV", "MIL", "LEG", "JUD", "COP", "SPY"))


def references(doc: Resolved) -> Resolved:
    """The document with pronouns, offices and nouns given the person or state that they stand for."""
    place = setting(doc)
    scanned = place.scan
    quoted, memory = quoted_tokens(doc), Memory(doc)
    made: list[Mention] = []
    for token, known in _in_order(doc, place):
        if known is None:
            resolved = pronoun_mention(doc, memory, token, scanned.view.low[token], quoted)
        elif known.kind == "role" and known.person is None:
            resolved = _role(doc, place, memory, known, token)
        elif known.kind == "group" and len(known.codes) == 1 and not known.role:
            resolved = _national(doc, place, memory, known, token)
        elif known.kind == "group" and not known.codes and known.role:
            resolved = _group(place, memory, known, token)
        else:
            resolved = known
        if resolved is not None:
            made.append(resolved)
            memory.add(resolved, quoted)
    dates = [m for m in doc.mentions if m.kind == "date"]
    people = tuple(structs.replace(p, female=memory.female.get(p.id)) for p in doc.people)
    mentions = tuple(sorted((*dates, *made), key=lambda m: (m.start, m.end)))
    return structs.replace(doc, mentions=mentions, people=people)


def _in_order(doc: Resolved, place: Setting) -> list[tuple[int, Mention | None]]:
    """The mentions by their head token, with the pronouns and nouns that have no mention yet, in text order."""
    found: list[tuple[int, int, Mention | None]] = []
    covered: set[int] = set()
    for mention in doc.mentions:
        if mention.kind == "date":
            continue
        tokens = doc.parse.tokens(mention.start, mention.end)
        covered.update(tokens)
        head = head_of(doc.parse, mention)
        found.append((mention.start, tokens[0] if head is None else head, mention))
    low, roles = place.scan.view.low, words().references.roles
    for i in [k for k, word in enumerate(low) if word in ALL or word in roles or word in _TWO]:
        if i in covered:
            continue
        if low[i] in ALL and doc.parse.pos[i] == "PRON":
            found.append((doc.parse.start[i], i, None))
        elif _is_nominal(doc, place, i, low[i]):
            found.append((doc.parse.start[i], i, _nominal(doc, i)))
    return [(token, mention) for _, token, mention in sorted(found, key=lambda f: f[0])]


def _is_nominal(doc: Resolved, place: Setting, i: int, word: str) -> bool:
    """Whether a noun behind "the" stands for someone, though no title list has it ("the politician", "the latter")."""
    if place.scan.view.low_at(i - 1) != "the":
        return False
    if word in _TWO:
        return not _is_attribute(doc, place, i)
    return word in words().references.roles and doc.parse.pos[i] == "NOUN"


def _is_attribute(doc: Resolved, place: Setting, i: int) -> bool:
    """Whether "former" or "latter" qualifies the noun behind it."""
    behind = place.scan.view.low_at(i + 1)
    return behind != "" and doc.parse.pos[i + 1] in ("NOUN", "PROPN", "ADJ", "NUM") and not behind.endswith("ing")


def _nominal(doc: Resolved, i: int) -> Mention:
    start, end = doc.parse.start[i], doc.parse.end[i]
    text = doc.text[start:end]
    return Mention(start=start, end=end, text=text, kind="role", role=text, reason="no person of this office named")


def _role(doc: Resolved, place: Setting, memory: Memory, mention: Mention, token: int) -> Mention:
    """An office without a name, with its person where one fits, else its state where that is clear."""
    if mention.text in _TWO:
        return latter(memory, mention, token)
    article = _article(place, doc, mention)
    if is_counterpart(mention.text):
        return counterpart(doc, memory, mention, place.dateline or place.outlet)
    role = role_of(mention.role or mention.text, mention.level, mention.codes, is_former="ELI" in mention.sectors[:1])
    candidates = (
        fitting(doc, memory, role, token, is_title=_is_title(place, token)) if article not in ("a", "an") else ()
    )
    owner = owner_of(doc, memory, mention)
    barred = {owner.id} if owner is not None else told_of(doc, memory, token)
    candidates = tuple(c for c in candidates if c.id not in barred)
    if candidates and candidates[0].score >= _ENOUGH and _is_ahead(candidates):
        return _as_person(mention, doc.person(candidates[0].id), candidates)
    if article == "the" and (only := _only_one(doc, memory, mention, token)) is not None:
        return _as_person(mention, only, (Candidate(only.id, _SPOKEN, "the one whom the report is about"),))
    meant_so = _by_place(doc, memory, mention, token, is_elect=role.is_elect) if article == "the" else None
    if meant_so is not None:
        return _as_person(mention, meant_so, (Candidate(meant_so.id, _SPOKEN, "the one just spoken of"),))
    if mention.codes or (article in ("a", "an") and not _has_ministry(place, mention)):
        return mention
    return _weighed(place, memory, mention, token, article)


def _only_one(doc: Resolved, memory: Memory, mention: Mention, token: int) -> Person | None:
    """Who "the Omani customs chief" is under a title that names the one person of the report, who has no office yet."""
    named = doc.people[0] if len(doc.people) == 1 else None
    trace = memory.last.get(named.id) if named is not None else None
    if named is None or trace is None or named.offices or memory.sentence(token) - trace.sentence > 1:
        return None
    title = doc.document.paragraph_at(trace.mention.start)
    is_subject = doc.parse.dep[token] in SUBJECTS and mention.level not in (None, "CIV")
    return named if is_subject and title is not None and title.kind == "title" else None


def _by_place(doc: Resolved, memory: Memory, mention: Mention, token: int, *, is_elect: bool) -> Person | None:
    return incoming(memory, token) if is_elect else epithet(doc, memory, mention, token)


def _national(doc: Resolved, place: Setting, memory: Memory, mention: Mention, token: int) -> Mention:
    """ "The Pole", "the Swiss" as a subject: the one officer of that state spoken of just before, else the people."""
    is_one = doc.parse.tag[token] in ("NN", "NNP", "JJ") and _article(place, doc, mention) == "the"
    is_subject = doc.parse.dep[token] in SUBJECTS or doc.parse.tag[min(token + 1, len(doc.parse) - 1)] in ("VBZ", "VBD")
    if not is_one or not is_subject or " " in mention.text:
        return mention
    near = {t.mention.person for t in memory.near(memory.sentence(token), _NATIONAL) if t.mention.person}
    found = [p for p in doc.people if p.id in near and p.country in mention.codes]
    if not found and (one := epithet(doc, memory, mention, token)) is not None:
        return _as_person(mention, one, (Candidate(one.id, _SPOKEN, "the one just spoken of"),))
    if not found and len(open_ := [p for p in doc.people if p.country is None and p.id in memory.last]) == 1:
        found = open_  # everybody else named is of another state
    if len(found) != 1:
        return mention
    return _as_person(mention, found[0], (Candidate(found[0].id, _EARLIER, "the one of that state spoken of"),))


def _is_title(place: Setting, token: int) -> bool:
    return token in place.scan.view.headline


def _is_ahead(candidates: tuple[Candidate, ...]) -> bool:
    return len(candidates) == 1 or candidates[0].score - candidates[1].score >= MARGIN


def _article(place: Setting, doc: Resolved, mention: Mention) -> str:
    tokens = doc.parse.tokens(mention.start, mention.end)
    return place.scan.view.low_at(tokens[0] - 1) if tokens else ""


def _as_person(mention: Mention, person: Person | None, candidates: tuple[Candidate, ...]) -> Mention:
    if person is None:
        return mention
    top = highest(person.offices)
    codes = mention.codes or ((person.country,) if person.country else ())
    return structs.replace(
        mention, person=person.id, name=person.name, codes=codes, level=top.level if top else mention.level,
        sectors=sectors_of(top) or mention.sectors, candidates=candidates[:4], reason=candidates[0].reason,
    )  # fmt: skip


def _weighed(place: Setting, memory: Memory, mention: Mention, token: int, article: str) -> Mention:
    """An office of nobody named: the state of the last body or, failing that, the document's own."""
    inside = _body_inside(place, memory, mention)
    if inside is not None:
        return inside
    is_definite = article in ("the", "a", "an") or mention.start < len(mention.text)
    is_definite = is_definite or place.scan.view.is_capital(token)
    if not is_definite or mention.level in (None, "CIV") or not _PUBLIC & set(mention.sectors):
        return mention
    first = place.scan.view.parse.tokens(mention.start, mention.end)[0]
    if place.scan.view.low_at(first) in words().collective.state:
        candidates = meant(place, token)
    elif mention.level not in _SENT and (here := located(place, _behind(place, mention))) is not None:
        candidates = (here,)
    else:
        is_sent = mention.level in _SENT and bool(place.senders)
        candidates = senders(place, token) if is_sent else owners(place, token, phrase=_phrase(place, mention))
        candidates = tuple(c for c in candidates if c.id != _accredited(place, mention))
    best = chosen(candidates)
    if best is None:
        return structs.replace(mention, candidates=candidates[:3])
    return structs.replace(mention, codes=(best.id,), candidates=candidates[:3], reason=best.reason)


def _has_ministry(place: Setting, mention: Mention) -> bool:
    """Whether an office is one of a body that a report names without its state ("a foreign ministry spokesman")."""
    tokens = place.scan.view.parse.tokens(mention.start, mention.end)
    words_ = {w for k in tokens if k in place.scan.bodies for w in place.scan.bodies[k].value.words.split()}
    return bool(words_ & _OWN)


def _phrase(place: Setting, mention: Mention) -> str:
    """The words of the office in a mention without what belongs to it, or "" where it is no title of the list."""
    start = mention.start
    return next((c.title.words for c in place.chunks if place.scan.view.parse.start[c.first] == start), "")


def _behind(place: Setting, mention: Mention) -> int:
    return place.scan.view.parse.tokens(mention.start, mention.end).stop


def _accredited(place: Setting, mention: Mention) -> str | None:
    """The state that an envoy is sent to, which is not the envoy's own."""
    start = place.scan.view.parse.start
    return next((c.accredited for c in place.chunks if start[c.first] == mention.start), None)


def _body_inside(place: Setting, memory: Memory, mention: Mention) -> Mention | None:
    """An office of a body ("representatives of the ministry") with the state of that body as told before."""
    tokens = place.scan.view.parse.tokens(mention.start, mention.end)
    keys = {place.scan.bodies[i].value.words for i in tokens if i in place.scan.bodies}
    if mention.kind == "group":
        keys.discard(mention.text.lower())
    for trace in memory.back("organisation"):
        earlier = trace.mention
        if len(earlier.codes) == 1 and any(_is_named(key, earlier.text.lower()) for key in keys):
            reason = f'of "{earlier.text}"'
            known = (Candidate(earlier.codes[0], _EARLIER, reason),)
            return structs.replace(mention, codes=earlier.codes, candidates=known, reason=reason)
    return None


def _is_named(key: str, text: str) -> bool:
    """Whether a body's words are those of an earlier mention, or its last word is ("the ministry")."""
    return key in text and (" " in key or key in text.split())


def _group(place: Setting, memory: Memory, mention: Mention, token: int) -> Mention:
    """A plural of people without a state: as an earlier mention of the same noun, or as the document's own."""
    noun = mention.text.lower().split(" of ")[0].split(" in ")[0].split()[-1]
    for trace in memory.back("group"):
        earlier = trace.mention.text.lower().replace(" from ", " of ").split(" of ")[0].split()
        if earlier and earlier[-1] == noun and trace.mention.codes:
            reason = f'as "{trace.mention.text}" before'
            known = tuple(Candidate(c, _EARLIER, reason) for c in trace.mention.codes)
            return structs.replace(mention, codes=trace.mention.codes, candidates=known, reason=reason)
    if _article_before(place, mention) == "the" and (codes := _holders(memory, mention, noun, token)):
        known = tuple(Candidate(c, _EARLIER, _NAMED) for c in codes)
        return structs.replace(mention, codes=codes, candidates=known, reason=_NAMED)
    return _weighed(place, memory, mention, token, _article_before(place, mention))


def _holders(memory: Memory, mention: Mention, noun: str, token: int) -> tuple[str, ...]:
    """The states of the people of several states whom "the ministers", "the diplomats" sums up."""
    role = role_of(noun.removesuffix("s"), mention.level, ())
    near = [t for t in memory.near(memory.sentence(token), 2) if t.mention.kind == "person" and t.token < token]
    codes = dict.fromkeys(c for t in near if t.mention.level in role.levels for c in t.mention.codes)
    return tuple(codes) if role.is_listed and len(codes) > 1 else ()


def _article_before(place: Setting, mention: Mention) -> str:
    tokens = place.scan.view.parse.tokens(mention.start, mention.end)
    return place.scan.view.low_at(tokens[0] - 1) if tokens else ""
