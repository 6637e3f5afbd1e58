"""From the triggers of a sentence to drafts of events: parties, code and status put together, and what is dropped.

A trigger below another one that speaks of it ("urged Lima to release …", "welcomed the signing of …") is no event of
its own. A draft is one telling; joining.py makes events of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from bilateral.encoder import encoder
from bilateral.extract.events.arguments import frame
from bilateral.extract.events.deciding import Coding, cameo_of, contexts_of, decide, settled
from bilateral.extract.events.dropping import Draft, outermost
from bilateral.extract.events.filling import is_short, named_in
from bilateral.extract.events.finding import Hit, hits
from bilateral.extract.events.lexicon import Lexicon
from bilateral.extract.events.opined import answers, questions
from bilateral.extract.events.parties import PRIVATE, Asking, Parties, is_bilateral, is_civil, named, parties
from bilateral.extract.events.speech import Act, acts
from bilateral.extract.events.times import is_ahead, is_recalled, when, where
from bilateral.extract.events.view import View
from bilateral.model import Actor
from bilateral.scene import Cast, cast_at, codes_of, speaker_at
from bilateral.syntax import ancestors, conjuncts, is_verb, kids, objects, receivers, subjects, tense
from bilateral.text import Mention, Resolved

SAYING = frozenset({
    "say", "state", "tell", "declare", "stress", "add", "insist", "note", "announce", "argue", "claim", "emphasise",
    "emphasize", "underline", "point", "reply", "remark", "believe", "think", "explain", "reaffirm", "reiterate",
    "highlight", "underscore", "comment", "assert", "maintain", "report", "tweet", "write", "conclude", "continue",
})  # fmt: skip
# What private people do among themselves is no act of their states.
_OF_STATES = frozenset({"AGREE", "REQUEST", "THREATEN", "CONCEDE"})
_OF_WORDS = frozenset({"REQUEST", "REJECT", "ACCUSE", "THREATEN", "CONCEDE"})
_MATERIAL = frozenset({"SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "PROTEST"})
_HARMING = frozenset({"SANCTION", "COERCE", "ASSAULT", "THREATEN"})
_RELATED = frozenset({"relation", "relations", "tie", "ties", "cooperation", "partnership", "friendship"})
# Verbs by which two say that they will do something together.
_MEANING = frozenset({"want", "plan", "intend", "mean", "decide", "agree", "expect", "hope", "wish", "resolve"})
_DEEDS = frozenset({"AID", "SANCTION", "COERCE", "ASSAULT", "MOBILIZE", "RETREAT", "CONCEDE", "AGREE", "THREATEN"})
_PRAISING = frozenset({"praise", "support", "thank", "anniversary"})
# Kinds of act that a relative clause rather describes somebody by than tells ("fields in which the two cooperate").
_LOOSE = frozenset({"cooperate", "support", "trade", "sale", "praise", "promise", "concede", "request", "reject"})
# Sentences before (the one itself included) and after, in which the other state is named where it is left out.
_NEAR, _AFTER = 4, 2
_REACH = 2  # sentences in which a pair named together is the one meant
SPORT = frozenset({
    "match", "goal", "championship", "tournament", "qualifier", "league", "medal", "score", "cup", "wicket", "striker",
    "semifinal", "semi-final", "playoff",
})  # fmt: skip
# Games that nations play, and the acts that their reports borrow words from.
GAMES = frozenset({
    "rugby", "cricket", "wicket", "innings", "semi-final", "semifinal", "quarter-final", "quarterfinal", "qualifier",
    "playoff", "play-off", "striker", "midfielder", "goalkeeper", "hat-trick", "tie-break", "netball", "hockey",
    "batsman", "batsmen", "bowler", "scrum", "halftime", "half-time", "equaliser",
    "futsal", "handball", "volleyball", "basketball", "scorers", "unbeaten", "opener",
})  # fmt: skip
_PLAYED = frozenset({"ASSAULT", "CONSULT", "CONCEDE", "SANCTION", "REJECT", "COERCE", "ACCUSE", "AGREE", "RETREAT"})
_SCORE = re.compile(r"\b\d{1,2} ?[-–] ?\d{1,2}\b(?! (?:vote|majority|ruling|decision|resolution|in favour))")
_LONG_AGO = re.compile(
    r"\b(?:in|of|the|since|by|until|from|after) (?:early |late |[A-Z][a-z]+ )?(?:1[0-8]\d\d|19[0-3]\d)\b(?! \w+s\b)"
)
# "was called home for consultations"
_RECALLING = frozenset({"call", "recall", "order", "summon", "bring", "return"})
_SECTIONS = ("title", "subtitle", "heading")


def drafts(doc: Resolved, view: View, words: Lexicon) -> Iterator[Draft]:
    """All tellings of events in a document, in text order."""
    bilateral = is_bilateral(doc)
    short = bilateral or is_short(doc)
    recent: tuple[int, frozenset[str]] = (-_REACH - 1, frozenset())
    naming, doers = named_in(doc), (-_REACH - 1, frozenset[str]())
    for number, sentence in enumerate(doc.parse.sentences()):
        if not len(sentence):
            continue
        paragraph = doc.document.paragraph_at(doc.parse.start[sentence[0]])
        is_title = paragraph is not None and paragraph.kind in _SECTIONS
        near = frozenset[str]().union(*naming[max(0, number + 1 - _NEAR) : number + 1 + _AFTER])
        known = recent[1] if number - recent[0] <= _REACH else frozenset()
        last = doers[1] if number - doers[0] < _NEAR else frozenset()
        asking = Asking(doc, view, words, known, bilateral, near, naming[number] if short else frozenset(), short, last)
        if not (bilateral or asking.recent or len(naming[number]) > 1 or _names_two(doc, sentence)):
            continue
        found = [] if _is_history(doc, sentence) else hits(view, words, sentence)
        made = [_vowed(view, d, found) for h in found if (d := _draft(asking, h, number, is_title)) is not None]
        said = acts(view, words, sentence) if _may_speak(doc, view, sentence) else []
        made += [d for a in said if (d := _spoken(asking, a, number, is_title)) is not None]
        spoken = {d.hit.token for d in made if d.rule}
        made = [d for d in made if d.rule or d.hit.token not in spoken]
        kept = list(outermost(view, made, found))
        kept += _opined(asking, sentence, found, kept, number, is_title)
        whole = [d.pair for d in kept if not d.parties.filled and len(d.pair) == 2]
        if whole:
            recent = (number, whole[-1])
        done = [d for d in kept if d.coding.code in _DEEDS and d.parties.recipients]
        if done:
            doers = (number, frozenset(codes_of(done[-1].parties.actors)))
        yield from kept


def _names_two(doc: Resolved, sentence: range) -> bool:
    """Whether a sentence names two states or organisations, counting those whose words it is."""
    found = {m for i in sentence if (m := doc.mention_at(i)) is not None}
    start, end = doc.parse.start[sentence[0]], doc.parse.end[sentence[-1]]
    voices = [v for v in doc.voices if v.start < end and start < v.end]
    keys = [*(m.person for m in found), *(v.person for v in voices)]
    people = [p for key in keys if (p := doc.person(key)) is not None]
    codes = {c for m in found for c in m.codes} | {c for v in voices for c in v.codes}
    codes |= {p.country for p in people if p.country}
    codes |= {p.office.accredited for p in people if p.office and p.office.accredited}
    return len(codes) > 1 or any(" to " in m.text or " in " in m.text for m in found)


def _draft(asking: Asking, hit: Hit, sentence: int, is_title: bool) -> Draft | None:
    """The draft of a trigger, or None where no two states take part or its row asks for other actors."""
    doc, view, words = asking.doc, asking.view, asking.words
    slots = frame(view, hit)
    found = parties(asking, hit, slots)
    if found is None or not _allowed(hit, found):
        return None
    civil = is_civil(asking, slots, found)
    several = len(codes_of(found.actors)) > 1 or found.recipient_slot in ("with", "between")
    if several and hit.row.joint:
        found = found._replace(actors=(*found.actors, *found.recipients), recipients=())
    coding = decide(view, words, hit, is_civil=civil, several=several, ahead=is_ahead(doc, view, hit))
    coding = _threatened(asking, hit, coding, found)
    if (civil and not hit.row.civil and hit.row.code in _OF_STATES) or _is_empty(view, hit, coding, found):
        return None
    if (civil or coding.code == "PROTEST") and not any(a.sectors for a in found.actors):
        found = found._replace(actors=tuple(structs.replace(a, sectors=("CVL",)) for a in found.actors))
    return _finished(doc, view, hit, coding, found, sentence, is_title)


def _vowed(view: View, draft: Draft, found: list[Hit]) -> Draft:
    """A promise to do somebody harm is a threat ("vowed to expel", "pledged to seize")."""
    if draft.hit.row.group != "promise" or not draft.hit.is_verbal or draft.coding.status != "happened":
        return draft
    below = {k for v in kids(view.parse, draft.hit.token, "xcomp", "ccomp") for k in conjuncts(view.parse, v)}
    harm = next((h for h in found if h.token in below and h.row.code in _HARMING), None)
    if harm is None:
        return draft
    turned = settled(harm.row.code, harm.row.mode, "planned")
    rules = (("code", f"a promise of {harm.row.code}"),)
    coding = turned._replace(status="happened", rules=rules)
    return structs.replace(draft, coding=coding, cameo=cameo_of(view, draft.hit, coding, draft.contexts))


def _threatened(asking: Asking, hit: Hit, coding: Coding, found: Parties) -> Coding:
    """What a side says itself that it may do to another is a threat, and is done with the words."""
    own = {a.country for a in speaker_at(asking.doc, asking.doc.parse.start[hit.token])}
    if coding.status != "hypothetical" or not own & set(codes_of(found.actors)):
        return coding
    turned = settled(coding.code, coding.mode, "planned")
    return turned._replace(status="happened", rules=coding.rules) if turned.code == "THREATEN" else coding


def _opined(
    asking: Asking, sentence: range, found: list[Hit], kept: list[Draft], number: int, is_title: bool
) -> list[Draft]:
    """The drafts that the encoder makes of the pairs that rules leave open; none where its files are absent."""
    reader = encoder()
    if reader is None:
        return []
    closed = frozenset(i for h in found for i in (*h.tokens, h.token, h.host) if i is not None)
    told = frozenset(d.pair for d in kept if not (d.background and d.hit.row.owned))
    drafts = []
    for f in answers(asking.view, reader, list(questions(asking, sentence, closed, told))):
        sectors = [a.sectors[0] for a in f.parties.actors if a.sectors]
        is_private = bool(sectors) and all(s in PRIVATE for s in sectors)
        if (f.coding.code in _OF_STATES and is_private) or _is_aside(asking.view, f.hit, f.coding):
            continue
        draft = _finished(asking.doc, asking.view, f.hit, f.coding, f.parties, number, is_title)
        drafts.append(structs.replace(draft, score=round(f.score, 2), rule="encoder"))
    return drafts


def _is_empty(view: View, hit: Hit, coding: Coding, found: Parties) -> bool:
    """Whether nothing is told: what is only wished, denied or possible, what only describes, what is sport."""
    if _is_unreal(hit, coding, found) or _is_aside(view, hit, coding):
        return True
    if not hit.is_verbal and view.lemma[hit.token] == "patrol" and hit.how != "obj" and not view.holds(
        hit.token, frozenset({"joint"})
    ):  # fmt: skip
        return True
    if hit.row.code == "ASSAULT" and view.holds(view.parse.head[hit.token], SPORT):
        return True
    return hit.row.code in _PLAYED and _is_told_of_sport(view, hit)


def _is_told_of_sport(view: View, hit: Hit) -> bool:
    """Whether a sentence tells of a game: its words or a score ("beat Chile 3-1")."""
    tokens = view.parse.sentence(hit.token)
    words = " ".join(view.low[i] for i in tokens)
    return any(view.is_any(i, GAMES) for i in tokens) or _SCORE.search(words) is not None


def _is_history(doc: Resolved, sentence: range) -> bool:
    """Whether a sentence describes what was before the time of today's states ("under the treaty of 1904")."""
    start = doc.parse.start[sentence[0]]
    words = doc.text[start : doc.parse.end[sentence[-1]]]
    found = _LONG_AGO.search(words)
    if found is None or re.search(r"\b20\d\d\b", words):
        return False
    (year,) = doc.parse.tokens(start + found.end() - 1, start + found.end())
    verb = next((k for k in ancestors(doc.parse, year) if is_verb(doc.parse, k)), None)
    return verb is None or doc.parse.dep[verb] not in ("acl", "relcl", "amod")


def _is_unreal(hit: Hit, coding: Coding, found: Parties) -> bool:
    """Whether status and kind together tell no event: a demand that is denied, a forecast of a flow, a duty."""
    code, status = coding.code, coding.status
    if status == "proposed" and not (code == "THREATEN" and hit.row.code in _MATERIAL):
        is_vague = code == "AGREE" and (bool(found.filled) or not hit.is_verbal)
        return coding.by == hit.host or is_vague or code == "REQUEST"
    if status in ("denied", "hypothetical") and (code in _OF_WORDS or hit.row.group in _PRAISING):
        return True
    if status == "denied" and code == "AGREE" and found.filled:
        return True
    is_bare_noun = not hit.is_verbal and hit.how not in ("obj", "adj")
    if is_bare_noun and status == "denied" and hit.row.code in _MATERIAL and found.filled:
        return True
    if is_bare_noun and hit.row.code in _MATERIAL and status not in ("happened", "ongoing", "denied"):
        return True
    if code == "REQUEST" and status == "planned":
        return True
    return status not in ("happened", "ongoing") and (hit.row.flow or hit.row.group == "anniversary")


def _is_aside(view: View, hit: Hit, coding: Coding) -> bool:
    """Whether a clause only asks or describes: "whether it will sign", "fields in which the two work together"."""
    verb = hit.host if hit.host is not None else hit.token
    dep = view.parse.dep[verb]
    if any(view.low[k] == "whether" for k in kids(view.parse, verb, "mark")):
        return True
    if hit.how == "for" and hit.row.group == "talks" and hit.host is not None and view.lemma[hit.host] in _RECALLING:
        return True
    if coding.status == "hypothetical" and dep not in ("ROOT", "ccomp", "conj"):
        return True
    is_bare = dep != "relcl" and tense(view.parse, verb).tense == "none"
    if hit.is_verbal and is_bare and hit.row.group in ("together", "negotiate"):
        return view.lemma[view.parse.head[verb]] not in _MEANING
    if hit.row.group == "sale" and dep in ("pcomp", "csubj"):
        return True
    return dep == "relcl" and hit.row.group in _LOOSE and tense(view.parse, verb).tense != "past"


def _allowed(hit: Hit, found: Parties) -> bool:
    """Whether the actors are of the kind that the row asks for; a bare state may be any."""
    if not hit.row.who:
        return True
    kinds = {a.sectors[0] for a in found.actors if a.sectors}
    return not kinds or bool(kinds & {*hit.row.who, *(PRIVATE if hit.row.civil else ())})


def _finished(
    doc: Resolved, view: View, hit: Hit, coding: Coding, found: Parties, sentence: int, is_title: bool
) -> Draft:  # fmt: skip
    contexts = contexts_of(view, hit)
    date, place = when(doc, view, hit), where(doc, view, hit)
    placed = _hosted(coding, found, place)
    draft = Draft(
        hit=hit, coding=placed[0], parties=placed[1], contexts=contexts, cameo=None, sentence=sentence,
        is_title=is_title, score=_score(hit, found), date=date, place=place,
        background=is_recalled(doc, view, hit, date, coding),
    )  # fmt: skip
    return structs.replace(draft, cameo=cameo_of(view, hit, draft.coding, contexts))


def _hosted(coding: Coding, found: Parties, place: Mention | None) -> tuple[Coding, Parties]:
    """A meeting of two at the home of one of them is a visit of the other there."""
    codes = codes_of(found.actors)
    if coding.code != "CONSULT" or coding.mode is not None or place is None or len(codes) != 2:
        return coding, found
    home = next((c for c in place.codes if c in codes), None)
    if home is None or found.recipients:
        return coding, found
    guests = tuple(a for a in found.actors if a.country != home)
    hosts = tuple(a for a in found.actors if a.country == home)
    rules = (*coding.rules, ("mode", f"met at the home of {home}"))
    return coding._replace(mode="visit", rules=rules), found._replace(actors=guests, recipients=hosts)


def _score(hit: Hit, found: Parties) -> float:
    score = 0.9 - 0.2 * len(found.filled)
    if found.actor_slot in ("context", "of") or found.recipient_slot in ("place", "in", "at", "of", "from"):
        score -= 0.1
    return round(max(0.1, score - (0.1 if hit.row.flow or hit.how not in ("", "obj", "adj") else 0.0)), 2)


# Speech -----------------------------------------------------------------------------------------------------------


def _spoken(asking: Asking, act: Act, sentence: int, is_title: bool) -> Draft | None:
    """What a speaker of one state does to another with words; None where the outlet speaks or nobody else is meant."""
    doc, view, words = asking.doc, asking.view, asking.words
    at = act.hit.token
    speakers = tuple(a for a in speaker_at(doc, doc.parse.start[at]) if a.country) or _sayer(doc, view, at)
    if not speakers or any(a.sectors and a.sectors[0] in PRIVATE for a in speakers):
        return None
    own = set(codes_of(speakers))
    casts = [c for t in act.targets for c in named(doc, view, t, places=False)]
    if not casts and act.hit.row.code == "REQUEST":
        casts = _told(doc, view, at)
    targets = tuple(dict.fromkeys(a for c in casts for a in c.actors if a.country and a.country not in own))
    if not casts and act.hit.row.code == "SUPPORT" and any(view.lemma[t] in _RELATED for t in act.targets):
        is_of_pair = asking.bilateral and len(own & set(doc.dyad)) == 1
        targets = tuple(Actor(country=c) for c in doc.dyad if c not in own) if is_of_pair else ()
    if not targets or not own:
        return None
    is_joint = any(own & set(c.codes) for c in casts)
    if is_joint and act.hit.row.code != "SUPPORT":
        return None
    found = Parties(speakers, targets, None, next(iter(casts), None), "speaker", "subject")
    coding = decide(view, words, act.hit)
    coding = coding._replace(status="happened", code=act.hit.row.code, rules=(("code", "words of a speaker"),))
    draft = _finished(doc, view, act.hit, coding, found, sentence, is_title)
    return structs.replace(draft, score=min(draft.score, 0.7), background=False, rule="speech")


def _may_speak(doc: Resolved, view: View, sentence: range) -> bool:
    """Whether a sentence holds a speaker's words or a verb of saying."""
    start, end = doc.parse.start[sentence[0]], doc.parse.end[sentence[-1]]
    return any(v.start < end and start < v.end for v in doc.voices) or any(view.lemma[i] in SAYING for i in sentence)


def _sayer(doc: Resolved, view: View, i: int) -> tuple[Actor, ...]:
    """Who says a clause, by the verb of saying over it ("Oslo said that …")."""
    for above in ancestors(view.parse, i):
        if view.lemma[above] in SAYING:
            casts = [c for s in subjects(view.parse, above) if (c := cast_at(doc, s)) is not None]
            return tuple(a for c in casts for a in c.actors if a.country)
    return ()


def _told(doc: Resolved, view: View, i: int) -> list[Cast]:
    """Whom a clause is told to ("told the ambassador that this must stop")."""
    above = next((a for a in ancestors(view.parse, i) if view.lemma[a] in ("tell", "inform", "remind", "warn")), None)
    if above is None:
        return []
    told = (*receivers(view.parse, above), *objects(view.parse, above))
    return [c for t in told if (c := cast_at(doc, t)) is not None and c.codes]
