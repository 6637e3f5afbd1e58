"""Who spoke before: whom "it", "he" and new words for somebody ("the railwaywoman", "the old soldier") go on with.

Asked only where the document's mentions leave open who is meant. Gives heads of noun phrases as tokens, nearest first.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilateral.extract.statements.page import Page
from bilateral.extract.statements.source import is_paper, source_of
from bilateral.knowledge.given import is_woman_s
from bilateral.text import Mention

_REACH = 3  # sentences back in which somebody who spoke goes on
_PERSON = (
    "man", "woman", "er", "or", "ist", "ian", "ant", "eer", "ess", "crat", "rebel", "veteran", "graduate", "native",
    "vet", "chief", "boss", "head", "guest", "host", "lawyer", "doctor", "scholar", "dean", "heir", "colonel",
    "guard", "aide",
)  # fmt: skip
# Words with such endings, and others, that are papers, things or bodies.
_THINGS = frozenset({
    "letter", "paper", "order", "matter", "number", "chamber", "border", "offer", "power", "river", "answer",
    "newspaper", "minister", "leader", "factor", "motor", "corridor", "tower", "water", "centre", "center", "cover",
    "harbor", "error", "commander", "spokesman", "spokeswoman", "chairman", "ambassador", "senator", "governor",
    "warrant", "grant", "plant", "restaurant", "covenant", "theater", "weather", "sector", "tremor", "other",
    "latter", "former", "register", "charter", "poster", "banner", "folder", "cluster", "quarter", "semester",
    "chapter", "elder", "reporter", "interviewer",
})  # fmt: skip
BODIES = frozenset({
    "agency", "lender", "carrier", "airline", "firm", "maker", "operator", "watchdog", "regulator", "broadcaster",
    "fund", "institute", "charity", "bank", "union", "association", "federation", "consortium", "carmaker", "insurer",
    "publisher", "supplier", "producer", "manufacturer", "retailer", "developer", "refiner", "utility", "body",
    "company", "group", "party", "organisation", "organization", "institution", "exporter", "importer", "shipper",
    "ferry operator", "miner",
})  # fmt: skip
_OFFICES = frozenset(("HOS", "HOG", "DPM", "FM", "MIN", "DFM", "NSA", "AMB", "SPOX"))
_STATED = 0.7  # from which a person's state is told rather than weighed
_BODY_KINDS = ("organisation", "country")


def earlier(page: Page, head: int) -> Iterator[int]:
    """The heads of those who spoke before a token, the last one first."""
    sentence = page.parse.sentence(head)
    for back in range(_REACH + 1):
        cues = [v for v in sentence if v in page.cues and v < head and not page.in_double(v)]
        for verb in reversed(cues):
            yield from (h for h in source_of(page, verb) if h != head and h < head)
        if sentence.start == 0 or back == _REACH:
            return
        sentence = page.parse.sentence(sentence.start - 1)


def goes_on(page: Page, head: int) -> str:
    """Which kind of speaker the words headed by a token go on with: "body", "person", or "" where they are new.

    A definite noun whose word was not used before stands for somebody known; "the official" is told of by his word.
    """
    word, parse = page.word(head), page.parse
    mention = page.doc.mention_at(head)
    if mention is not None and (mention.person or mention.name):
        return ""
    if word in ("it", "he", "she"):
        return "" if mention is not None and mention.codes else "body" if word == "it" else "person"
    if mention is not None and mention.kind == "group" and not mention.role and len(mention.codes) == 1:
        return "person" if parse.tag[head] in ("NN", "NNP", "JJ") and page.word(head - 1) == "the" else ""
    if any(page.word(k) in ("with", "in", "behind", "from") for k in parse.children[head] if k > head):
        return ""  # "the woman with the boxes": described, not said who
    if parse.tag[head] not in ("NN", "NNP") or not _is_definite(page, head) or _is_old(page, head):
        return ""
    if mention is not None and (mention.kind != "role" or (mention.level in _OFFICES and not _is_former(mention))):
        return ""
    is_human = word.endswith(_PERSON) and word not in _THINGS and word not in BODIES and not is_paper(page, head)
    return "person" if is_human or mention is not None else ""


def _is_former(mention: Mention) -> bool:
    return "ELI" in mention.sectors[:1]


def _is_definite(page: Page, head: int) -> bool:
    first = head
    while first > 0 and head - first < 4 and page.parse.tag[first - 1] in ("JJ", "NN", "NNP", "VBN", "HYPH", "VBG"):
        first -= 1
    return page.word(first - 1) == "the"


def _is_old(page: Page, head: int) -> bool:
    """Whether the noun itself stood in the report before, so that it may mean whoever was told of by it."""
    return page.word(head) in page.words[:head]


def fits(page: Page, head: int, mention: Mention) -> bool:
    """Whether somebody who spoke may be whom the words of a token mean: by sex and by state."""
    person = page.doc.person(mention.person)
    if person is None:
        return False
    told = person.female if person.female is not None else is_woman_s(person.name)
    word = page.word(head)
    if told is not None and (
        ((word == "he" or (word.endswith("man") and not word.endswith("woman"))) and told)
        or ((word == "she" or word.endswith("woman")) and not told)
    ):
        return False
    own = page.doc.mention_at(head)
    codes = own.codes if own is not None else _codes_before(page, head)
    if own is not None and own.level == "OFF" and (person.office is None or person.office.level == "CIV"):
        return False
    is_weighed = bool(mention.candidates) and mention.candidates[0].score < _STATED
    return not codes or person.country is None or person.country in codes or person.country[:4] == "IGO:" or is_weighed


def is_abroad(page: Page, head: int, other: int) -> bool:
    """Whether somebody who spoke serves another state than the one that the words of a token name."""
    own, found = page.doc.mention_at(head), page.doc.mention_at(other)
    codes = own.codes if own is not None else _codes_before(page, head)
    return bool(codes) and found is not None and bool(found.codes) and not set(codes) & set(found.codes)


def _codes_before(page: Page, head: int) -> tuple[str, ...]:
    before = page.doc.mention_at(head - 1)
    return before.codes if before is not None and before.kind == "country" else ()


def is_body(mention: Mention | None) -> bool:
    """Whether a mention is of a body or a state."""
    return mention is not None and mention.kind in _BODY_KINDS
