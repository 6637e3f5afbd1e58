"""Who is meant by the words that name a speaker: the person, body or state, with the office as worded.

Resolves nothing anew: asks the document's mentions, follows relative pronouns, and lets a paper ("the statement said")
speak for whoever made it. What stays unknown keeps its words as role.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec import structs

from bilateral.extract.statements.continuing import BODIES, earlier, fits, goes_on, is_abroad, is_body
from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.naming import (
    INSTITUTIONS,
    REACH,
    as_before,
    named,
    organisation_meant,
    people_meant,
    phrase_span,
    with_article,
    worded,
)
from bilateral.extract.statements.page import Page, Saying, Span
from bilateral.extract.statements.source import is_paper, source_of
from bilateral.extract.statements.together import together
from bilateral.model import Actor, actor_of
from bilateral.scene import FIRST_PERSON, cast_at
from bilateral.syntax import agents, ancestors, kids, nominals, phrase, subtree
from bilateral.text import Mention

_OF = ("of", "by", "from", "in", "at")
_PLACES = ("on", "in", "at", "via", "through")
_ISSUED = frozenset({"issue", "release", "publish", "make", "write", "send", "post", "sign", "circulate", "read"})
_STAFF = frozenset({"office", "staff", "team", "cabinet", "administration", "secretariat"})
# Words for two people that, beside an act ("the two welcomed the plan"), tell of no words of theirs.
_BARE = frozenset({"they", "two", "both"})
_SIDES = frozenset({"side", "sides", "countries", "parties", "states", "nations"})
# Words that stand for one of several named before, without being pronouns by their form.
_OTHERS = frozenset({"other", "another", "others", "latter", "former"})
_INDEFINITE = frozenset({"a", "an", "another"})
# Of a mention that means more states than this, no list of speakers is made.
_MOST = 5
# A paper may be spoken of in a paper ("the post on the statement"); further than this nobody is looked for.
_DEEPEST = 3
# How sure a resolved mention is, by its kind: names most, pronouns and offices stand for the wrong one more often.
_SURE = {
    "person": 0.95, "organisation": 0.9, "country": 0.85, "role": 0.75, "pronoun": 0.7, "group": 0.6,
    "collective": 0.55,
}  # fmt: skip
_GONE_ON = 0.65
_SMALL = frozenset({"of", "and", "&", "de", "for", "the", "-"})
_PRESS = frozenset({"service", "office", "centre", "center", "department", "team"})
_SHORT_NAME, _OF_PAPER, _UNKNOWN, _NOBODY = 0.1, 0.75, 0.4, 0.3


class Speaker(NamedTuple):
    """A speaker: the actor, the words that name it, how it was resolved and how sure that is.

    `kind` is that of the mention that names it, "words" where there is none.
    """

    actor: Actor
    span: Span | None
    how: str
    score: float
    kind: str = "words"

    @property
    def is_known(self) -> bool:
        """Whether it is a person, a body or somebody of a known state or office."""
        return bool(self.actor.name or self.actor.country or self.actor.level)

    @property
    def is_state(self) -> bool:
        """Whether it is a state as such ("Moscow", "both sides"), not a person or body of it."""
        if self.actor.name:
            return self.kind == "country"
        last = (self.actor.role or "").lower().split()[-1:]
        is_it = self.kind == "pronoun" and self.actor.level is None
        return self.kind in ("country", "collective") or is_it or bool(_SIDES & set(last))


def speakers(page: Page, saying: Saying) -> list[Speaker]:
    """The speakers of a saying, one an actor; one with nothing but its words where it is not resolved."""
    is_said = saying.strength == "said" and (saying.verb is None or page.parse.lemma[saying.verb] != "agree")
    key = (saying.source, is_said)
    if key not in page.asked:
        page.asked[key] = _speakers(page, saying, is_said=is_said)
    return page.asked[key]


def _speakers(page: Page, saying: Saying, *, is_said: bool) -> list[Speaker]:
    found: dict[Actor, Speaker] = {}
    for head in (_antecedent(page, h) for h in saying.source):
        two = together(page, head) if is_said or page.word(head) not in _BARE else ()
        for speaker in (*_beside(page, head), *(_pair(page, head, two) or speaker_at(page, head))):
            found.setdefault(speaker.actor, speaker)
    if len(found) > 1:
        found.pop(Actor(), None)
    return list(found.values()) or [Speaker(Actor(), None, "the words name nobody", _NOBODY)]


def is_first_person(page: Page, saying: Saying) -> bool:
    """Whether a saying is told by its own speaker ("I said", "we hope")."""
    return bool(saying.source) and all(page.word(h) in FIRST_PERSON for h in saying.source)


def addressee(page: Page, token: int | None) -> Actor | None:
    """The actor whom words are told to; None where nobody is named."""
    return None if token is None else speaker_at(page, token)[0].actor


def speaker_at(page: Page, head: int, depth: int = 0) -> list[Speaker]:
    """The speakers that the noun phrase headed by a token means, at least one."""
    head = _antecedent(page, head)
    owner = _owner_of_paper(page, head, depth) if depth < _DEEPEST and is_paper(page, head) else []
    if owner:
        return owner
    office = _office_of(page, head)
    if office is not None:
        return [office]
    press = _of_press(page, head, depth) if depth < _DEEPEST else []
    if press:
        return press
    mention = page.doc.mention_at(head)
    if mention is None or (mention.kind == "role" and mention.person is None):
        beside = [k for k in kids(page.parse, head, "appos") if _is_person(page, k)] or _behind_comma(page, head)
        beside = beside or [k for k in kids(page.parse, head, "appos") if k == head + 1 and _is_outlet(page, k)]
        if beside:
            return speaker_at(page, beside[0], depth)
    words = phrase_span(page, head)
    named_so = _named_beside(page, head)
    if named_so is not None:
        return [named_so]
    before = _gone_on(page, head, depth) if depth < _DEEPEST else []
    if before:
        return before
    body = organisation_meant(page, head) if mention is None or not (mention.codes or mention.person) else None
    if body is not None:
        return _of_mention(page, body, page.parse.tokens(body.start, body.end)[-1], (body.start, body.end))
    if mention is not None and mention.kind not in ("place", "date"):
        return _of_mention(page, mention, head, words)
    return _of_words(page, head, words)


def _of_press(page: Page, head: int, depth: int) -> list[Speaker]:
    """The body whose press service speaks ("its press service said"), where that is a body and not a person."""
    if page.word(head) not in _PRESS or page.word(head - 1) not in ("press", "information", "media", "communications"):
        return []
    owners = [k for k in kids(page.parse, head, "poss") if page.word(k) in ("its", "their")]
    if not owners:
        return []
    start = page.parse.start[owners[0]]
    own = page.doc.mention_at(owners[0])
    bodies = [m for m in page.doc.mentions if m.kind == "organisation" and m.end <= start and m.name and m.codes]
    bodies = [m for m in bodies if own is None or not own.codes or m.codes == own.codes]
    near = [m for m in bodies if page.parse.sentence(owners[0]).start <= page.first_token(m.start)] or bodies[-1:]
    return speaker_at(page, page.parse.tokens(near[-1].start, near[-1].end)[-1], depth + 1) if near else []


def _pair(page: Page, head: int, two: tuple[Actor, ...]) -> list[Speaker]:
    return [Speaker(a, with_article(page, head), "two named before", _SURE["collective"], "group") for a in two]


def _office_of(page: Page, head: int) -> Speaker | None:
    """The staff of a person as a body of its own ("the president's office said")."""
    if page.word(head) not in _STAFF or page.word(head - 1) == "press":
        return None
    owners = [m for k in kids(page.parse, head, "poss") if (m := page.doc.mention_at(k)) is not None and m.person]
    if not owners:
        return None
    first, last = phrase_span(page, head)
    country = owners[0].codes[0] if owners[0].codes else None
    actor = Actor(country=country, sectors=owners[0].sectors, role=page.text[first:last], level="ORG")
    return Speaker(actor, with_article(page, head), f"staff of {owners[0].text}", _SURE["organisation"], "organisation")


def _named_beside(page: Page, head: int) -> Speaker | None:
    """A body by the name between commas behind its noun, if nothing else tells it ("the lender, Halden Trust,")."""
    mention = page.doc.mention_at(head)
    if page.word(head) not in BODIES or page.word(head + 1) != "," or (mention is not None and mention.name):
        return None
    last = next((k for k in kids(page.parse, head, "appos") if page.parse.pos[k] == "PROPN"), None)
    if last is None or page.word(last + 1) not in (",", ".") or page.doc.mention_at(last) is not None:
        return None
    first = head + 2
    if any(not page.text[page.parse.start[k]].isupper() for k in range(first, last + 1) if page.word(k) not in _SMALL):
        return None
    where = page.parse.start[first], page.parse.end[last]
    actor = Actor(name=page.text[where[0] : where[1]], level="ORG", sectors=("BUS",))
    return Speaker(actor, where, "named between commas", _SURE["organisation"], "organisation")


def _gone_on(page: Page, head: int, depth: int) -> list[Speaker]:
    """Whoever spoke before, where the words of a token mean somebody known and nothing else says whom."""
    kind = goes_on(page, head)
    for h in earlier(page, head) if kind else ():
        found = speaker_at(page, h, depth + 1)
        first = found[0]
        mention = page.doc.mention_at(h)
        is_right = len(found) == 1 and first.is_known
        if kind == "body":
            is_right = is_right and (is_body(mention) or first.actor.level == "ORG")
        elif mention is not None and mention.kind in ("organisation", "country", "place"):
            if not mention.codes:
                return []  # a name of which nothing is known may be a person's
            continue
        else:
            is_right = is_right and mention is not None and fits(page, head, mention)
        if is_right:
            return [first._replace(how="who spoke before", score=_GONE_ON, span=with_article(page, head))]
        is_other = mention is not None and mention.kind in ("person", "role")
        if kind == "person" and is_other and not is_abroad(page, head, h):
            return []
    return []


def _behind_comma(page: Page, head: int) -> list[int]:
    """The name between commas behind a noun and what belongs to it ("his predecessor in the post, Ana Paz, said")."""
    last = phrase(page.parse, head)[-1] + 1
    if page.word(last) != "," or page.parse.pos[head] != "NOUN" or not page.parse.dep[head].startswith("nsubj"):
        return []
    mention = page.doc.mention_at(last + 1)
    if mention is None or mention.kind != "person" or mention.start != page.parse.start[last + 1]:
        return []
    tokens = page.parse.tokens(mention.start, mention.end)
    return [tokens[-1]] if page.word(tokens.stop) == "," else []


def _is_outlet(page: Page, i: int) -> bool:
    """Whether a token names an outlet or organisation ("the news agency TASS")."""
    mention = page.doc.mention_at(i)
    return mention is not None and mention.kind == "organisation" and mention.name is not None


def _is_person(page: Page, i: int) -> bool:
    mention = page.doc.mention_at(i)
    return mention is not None and mention.kind == "person"


def _of_words(page: Page, head: int, words: Span) -> list[Speaker]:
    """The speakers of a noun phrase without a mention: what it holds of states, else its words alone."""
    cast = cast_at(page.doc, head)
    role = page.text[words[0] : words[1]]
    level: Any = "ORG" if page.word(head) in INSTITUTIONS and page.parse.tag[head] in ("NN", "NNP") else None
    if cast is not None and cast.actors:
        actors = [structs.replace(a, level=a.level or level) for a in cast.actors[:_MOST]]
        return [
            Speaker(worded(a, role), with_article(page, head), cast.how, _SURE["pronoun"]) for a in actors
        ]
    is_pronoun = page.parse.pos[head] in ("PRON", "DET", "NUM") and page.parse.tag[head] not in ("NN", "NNS")
    is_pronoun = is_pronoun or page.word(head) in _OTHERS
    actor = as_before(page, Actor(role=None if is_pronoun else role, level=level), head)
    return [Speaker(actor, with_article(page, head), "the words say no more", _NOBODY)]


def _of_mention(page: Page, mention: Mention, head: int, words: Span) -> list[Speaker]:
    actors = people_meant(page, mention) or actor_of(mention, page.doc)
    if len(actors) > _MOST:
        actors = (Actor(role=mention.role or mention.text, sectors=mention.sectors),)
    is_short = mention.kind in ("person", "pronoun")
    where = (mention.start, mention.end) if is_short else with_article(page, head)
    score = _SURE.get(mention.kind, _SURE["role"])
    if not (mention.codes or mention.person or mention.name):
        score = _UNKNOWN
    elif len(actors) > 1:
        score = min(score, _SURE["collective"])
    elif mention.kind == "person" and (mention.name or "") not in mention.text:
        score -= _SHORT_NAME
    made = [named(page, a, mention, head, words) for a in actors]
    return [Speaker(a, where, mention.reason or mention.kind, score, mention.kind) for a in made]


def _beside(page: Page, head: int) -> list[Speaker]:
    """The person before "and" whom the parser took into the name of the next ("President A and President B")."""
    mention = page.doc.mention_at(head)
    if mention is None or mention.kind != "person":
        return []
    before = page.parse.tokens(mention.start, mention.end).start - 1
    if before < 1 or page.word(before) != "and" or before not in set(subtree(page.parse, head)):
        return []
    other = page.doc.mention_at(before - 1)
    if other is None or other.kind != "person":
        return []
    return _of_mention(page, other, before - 1, (other.start, other.end))


def _antecedent(page: Page, head: int) -> int:
    """What a relative pronoun stands for, the token itself for any other."""
    parse = page.parse
    if parse.tag[head] not in ("WDT", "WP", "WP$") and page.word(head) not in ("who", "which"):
        return head
    return next((parse.head[a] for a in ancestors(parse, head) if parse.dep[a] == "relcl"), head)


# --- papers -----------------------------------------------------------------------------------------------------------


def _owner_of_paper(page: Page, head: int, depth: int) -> list[Speaker]:
    """Whose a paper is: named beside it, else whose the last paper before it was; [] for "a report"."""
    is_new = any(page.word(k) in _INDEFINITE for k in kids(page.parse, head, "det"))
    own = [] if is_new and page.word(head) == "source" else _owner(page, head, depth)  # "a source in the ministry"
    if own or is_new:
        return own
    for i in range(head - 1, max(-1, head - REACH), -1):
        own = _owner(page, i, depth) if is_paper(page, i) else []
        if own:
            return [s._replace(how=f"whose {page.word(i)} it is", score=min(s.score, _OF_PAPER)) for s in own]
    return []


def _owner(page: Page, paper: int, depth: int) -> list[Speaker]:
    """Whose a paper is by its own sentence: "X's statement", "said in a statement", "a ministry statement"."""
    heads = _owners_beside(page, paper) or _authors(page, paper) or _owners_inside(page, paper)
    return [s for h in heads for s in speaker_at(page, h, depth + 1)]


def _owners_beside(page: Page, paper: int) -> list[int]:
    parse = page.parse
    heads = [n for k in kids(parse, paper, "poss") for n in nominals(parse, k)]
    if not heads:
        preps = [p for p in kids(parse, paper, "prep") if page.word(p) in _OF]
        below = [n for p in preps for k in kids(parse, p, "pobj") for n in nominals(parse, k)]
        heads = [n for n in below if page.doc.mention_at(n) or _is_named_by(page, n)]
    if not heads:
        issued = [v for v in kids(parse, paper, "acl", "relcl") if parse.lemma[v].lower() in _ISSUED]
        heads = [n for v in issued for n in agents(parse, v)]
    return [h for h in heads if h != paper and page.word(h) not in FIRST_PERSON]


def _is_named_by(page: Page, n: int) -> bool:
    """Whether a noun behind "by" is a name or has one beside it ("by the consultancy Porphyra")."""
    parse = page.parse
    if page.word(parse.head[n]) != "by":
        return False
    return parse.pos[n] == "PROPN" or any(parse.pos[k] == "PROPN" for k in kids(parse, n, "appos"))


def _owners_inside(page: Page, paper: int) -> list[int]:
    """The body or state in front of a paper ("a foreign ministry statement"); a site that carries posts is none."""
    found = []
    for k in kids(page.parse, paper, "compound", "amod", "nmod"):
        mention = page.doc.mention_at(k)
        is_owner = mention is not None and mention.kind in ("organisation", "country", "person")
        if is_owner and page.word(k) not in lists().nouns["platforms"]:
            found.append(k)
    return found


def _authors(page: Page, paper: int) -> list[int]:
    """Who said something in a paper, or issued it."""
    parse, above = page.parse, page.parse.head[paper]
    verb: int | None = None
    if parse.dep[paper] == "pobj" and page.word(above) in _PLACES:
        verb = next((a for a in ancestors(parse, above) if a in page.cues), None)
    elif parse.dep[paper] == "dobj" and parse.lemma[above].lower() in _ISSUED:
        verb = above
    return [] if verb is None else [h for h in source_of(page, verb) if h != paper]
