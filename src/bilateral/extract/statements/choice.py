"""Which sayings are statements: words that are somebody's, told as said; not wishes of nobody known, not mere deeds."""

from __future__ import annotations

from typing import NamedTuple

from bilateral.extract.statements.cues import lists
from bilateral.extract.statements.page import Page, Saying
from bilateral.extract.statements.source import is_paper
from bilateral.extract.statements.spans import Spans, spans_of
from bilateral.extract.statements.speaker import is_first_person, speakers
from bilateral.syntax import is_infinitive, is_negated, kids, tense

_DIRECT = ("quote", "answer", "release", "fragment", "title")
# Frames whose words are a text of their own, in which others' words are told as an outlet tells them.
_TALKS = ("answer", "release")
# Frames in which words are given, not only a matter named.
_GIVEN = ("clause", "aside", "source", "noun clause", "charge")
# Frames in which what somebody is to do is given.
_WORDED = ("order", "infinitive")
# Verbs whose infinitive is still a saying ("went on to say").
_GO_ON = frozenset({"go", "continue", "proceed", "hasten", "rush", "take", "use", "begin", "hear", "overhear", "dare"})
# Verbs that without a clause behind them tell of a deed ("agreed to meet", "invited him to come").
_DEEDS = frozenset({
    "agree", "invite", "summon", "order", "direct", "commit", "instruct", "declare", "proclaim", "name", "rate", "rank",
    "lobby", "petition", "consent", "undertake", "volunteer", "agreement", "decision", "plan", "bid", "invitation",
})  # fmt: skip
_PRONOUNS = frozenset({
    "it", "them", "him", "her", "this", "that", "these", "those", "what", "which", "us", "me", "you", "himself",
    "herself", "itself", "themselves",
})  # fmt: skip
_HELD = frozenset({
    "believe", "hope", "expect", "think", "fear", "doubt", "regret", "wish", "worry", "consider", "hop",
})  # fmt: skip
# Attitudes that are a position where somebody of a name is said to have them ("doubts the figures", "regards it as").
_POSITIONS = frozenset({
    "regard", "view", "anticipate", "support", "oppose", "favour", "favor", "prefer", "want", "reckon", "hold",
    "suspect", "feel", "assume", "presume", "judge", "foresee", "envisage", "appreciate", "guess", "calculate",
    "figure", "speculate",
})  # fmt: skip
# Frames in which a state's words count though it is no person or body ("Lima urged its neighbours to …").
_OF_STATES = ("order",)
# Attitudes that count as a state's also inside the words of somebody else.
_OF_STATES_INSIDE = frozenset({"want", "regard", "hope", "consider", "appreciate", "doubt", "fear", "view", "insist"})
_WORDLESS = frozenset({
    "comment", "say", "answer", "elaborate", "speculate", "discuss", "specify", "disclose", "reveal", "name", "speak",
    "respond", "reply", "be", "give", "provide", "predict",
})  # fmt: skip
_DENIALS = frozenset({"deny", "rule", "dispute"})


class Around(NamedTuple):
    """What sayings may stand in: direct speech, and the words of any saying but whole talks (answers, releases)."""

    spoken: Spans
    told: Spans


def around(found: list[Saying]) -> Around:
    """What the sayings of a page stand in."""
    spoken = spans_of(p for s in found if s.frame in ("quote", "answer", "release") for p in s.pieces)
    return Around(spoken, spans_of(p for s in found if s.frame not in _TALKS for p in s.pieces))


def is_statement(page: Page, saying: Saying, where: Around) -> bool:
    """Whether a saying is a statement that a record is made of; `where` says what it may stand in."""
    is_own = is_first_person(page, saying)
    if is_own and (_inside(saying, where.spoken) or saying.frame not in ("quote", "answer", "release")):
        return False
    if saying.frame in _DIRECT:
        return True
    if not _is_told(page, saying) or any(is_none(page, saying) for is_none in _NONE):
        return False
    is_given = saying.strength == "said" and saying.frame in _GIVEN
    is_nested = _inside(saying, where.told)
    if is_given and not is_nested and saying.frame != "charge":
        return True
    is_worded = saying.strength == "said" and (is_given or saying.frame in _WORDED)
    is_position = saying.strength == "mind"
    if is_nested and not (is_worded or is_position):
        return False
    counts_states = is_position if not is_nested else _is_held(page, saying)
    counts_states = counts_states or (not is_nested and saying.frame in _OF_STATES)
    return any(s.is_known and (counts_states or not s.is_state) for s in speakers(page, saying))


def _lemma(page: Page, saying: Saying) -> str:
    return "" if saying.verb is None else page.parse.lemma[saying.verb].lower()


def _is_asked(page: Page, saying: Saying) -> bool:
    """Whether a participle only tells that somebody was asked ("Asked whether he would come, the envoy …")."""
    if saying.verb is None or _lemma(page, saying) not in ("ask", "question", "press"):
        return False
    return page.parse.tag[saying.verb] == "VBN" and not kids(page.parse, saying.verb, "auxpass", "nsubjpass", "aux")


def _is_deed(page: Page, saying: Saying) -> bool:
    return saying.frame not in _GIVEN and _lemma(page, saying) in _DEEDS


def _is_told(page: Page, saying: Saying) -> bool:
    """Whether a saying of another strength than said is told as one: a position held, what a paper shows."""
    if saying.strength == "mind":
        if saying.frame == "aside":
            return any(s.is_known and not s.is_state for s in speakers(page, saying))
        if saying.frame == "clause" and _lemma(page, saying) in _HELD:
            return True
        if saying.frame == "clause" and page.word(saying.verb or 0) in lists().nouns["convinced"]:
            return any(s.is_known and not s.is_state for s in speakers(page, saying))
        if saying.frame == "clause" and _is_wanting_to_know(page, saying):
            return any(s.is_known for s in speakers(page, saying))
        is_position = _lemma(page, saying) in (_HELD | _POSITIONS) and saying.frame != "infinitive"
        return is_position and any(s.is_known for s in speakers(page, saying))
    if saying.strength == "shown" or _lemma(page, saying) == "read":
        return any(is_paper(page, h) for h in saying.source)
    return True


def _is_held(page: Page, saying: Saying) -> bool:
    """Whether a state is told to hold something in somebody's words ("Peru regards it as closed, he said")."""
    verb = saying.verb
    if verb is None or _lemma(page, saying) not in _OF_STATES_INSIDE:
        return False
    return page.parse.tag[verb] in ("VBZ", "VBD", "VBP") and bool(kids(page.parse, verb, "nsubj"))


def _is_wanting_to_know(page: Page, saying: Saying) -> bool:
    """Whether somebody "wanted to know why …", which is to ask."""
    verb = saying.verb
    if verb is None or page.parse.lemma[verb] != "know" or not is_infinitive(page.parse, verb):
        return False
    return page.parse.lemma[page.parse.head[verb]] in ("want", "demand", "wish")


def _inside(saying: Saying, spans: Spans) -> bool:
    """Whether a saying is told inside words that are not its own."""
    at = saying.cue[0] if saying.cue else saying.start
    return any(span not in saying.pieces for span in spans.holding(at))


def _is_unsaid(page: Page, saying: Saying) -> bool:
    """Whether the cue tells that words were not given, or are still to be ("did not say", "to say that")."""
    verb = saying.verb
    if verb is None or verb not in page.cues:
        return False
    parse = page.parse
    if is_negated(parse, verb) and _lemma(page, saying) not in _DENIALS:
        return True
    if saying.frame != "clause" and tense(parse, verb).tense == "future":
        return True
    is_open = is_infinitive(parse, verb) and parse.lemma[parse.head[verb]].lower() not in _GO_ON
    return is_open and not _is_wanting_to_know(page, saying)


def _is_withheld(page: Page, saying: Saying) -> bool:
    """Whether the words were kept back ("declined to comment", "asked not to be named")."""
    if _lemma(page, saying) == "ask" and page.text[slice(*saying.pieces[0])].startswith("not to be "):
        return True
    if _lemma(page, saying) not in ("decline", "refuse") or saying.frame != "infinitive":
        return False
    first = page.first_token(saying.bare)
    verb = first + 1 if page.word(first) == "to" else first
    return page.word(verb) in _WORDLESS


def _is_empty(page: Page, saying: Saying) -> bool:
    """Whether the content is a pronoun alone."""
    words = page.text[saying.pieces[0][0] : saying.pieces[-1][1]].lower().split()
    return len(words) == 1 and words[0].strip(".,") in _PRONOUNS


# What tells that a saying is no statement.
_NONE = (_is_asked, _is_deed, _is_unsaid, _is_empty, _is_withheld)
