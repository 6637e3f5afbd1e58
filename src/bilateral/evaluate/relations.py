"""The task `relations`: the PLOVER root of what a given source does to a given target in one sentence, by rules.

Input {"row", "sentence", "source", "target", "marked_sentence"}; prediction {"row", "root", "score", "reason"}. The
pair is marked `<s>…</s>` and `<t>…</t>`; an unnamed party is not marked. Of the sentence's triggers the one
counts whose actor and recipient stand where the pair stands.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from bilateral.errors import CallError
from bilateral.extract.events.arguments import frame
from bilateral.extract.events.deciding import COOPERATIVE, decide
from bilateral.extract.events.finding import Hit, hits
from bilateral.extract.events.lexicon import Lexicon, lexicon
from bilateral.extract.events.speech import Act, acts
from bilateral.extract.events.view import View
from bilateral.parse import parse
from bilateral.syntax import ancestors, subjects
from bilateral.text import Document, Paragraph, Parse, document_id

_MARK = re.compile(r"</?([st])>")
_EMBEDS = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", "SUPPORT", "RETREAT", "SANCTION"})


SAYING = frozenset({"say", "state", "tell", "declare", "stress", "add", "insist", "note", "announce", "argue", "claim"})


class _Reading(NamedTuple):
    """A trigger as a reading of the pair: how well it fits, and the root that it gives."""

    fit: float
    root: str
    word: str


def relations(item: dict[str, Any]) -> dict[str, Any]:
    """The prediction for one sentence; CallError says what is missing in the input. Root NONE where no trigger fits."""
    marked = item.get("marked_sentence") or item.get("sentence")
    if not isinstance(marked, str) or "row" not in item:
        raise CallError(f"relations: expected an object with row and marked_sentence, got keys {sorted(item)}")
    text, spans = _unmarked(marked)
    document = Document(
        id=document_id(text, None), uri=str(item["row"]), text=text, paragraphs=(Paragraph(0, len(text)),)
    )  # fmt: skip
    view = View(parse(document), text)
    best = max(_readings(view, lexicon(), spans), key=lambda r: r.fit, default=None)
    if best is None:
        return {"row": item["row"], "root": "NONE", "score": 0.0, "reason": "no trigger"}
    score = round(min(0.9, max(0.05, 0.15 * best.fit + 0.1)), 3)
    return {"row": item["row"], "root": best.root, "score": score, "reason": best.word}


def _unmarked(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without marks, and the span of source ("s") and target ("t") in it."""
    text, spans, at, start = "", {}, 0, 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark.group(0)[1] != "/":
            start = len(text)
        else:
            spans[mark.group(1)] = (start, len(text))
    return text + marked[at:], spans


def _readings(view: View, words: Lexicon, spans: dict[str, tuple[int, int]]) -> list[_Reading]:
    found = [h for s in view.parse.sentences() for h in hits(view, words, s)]
    pair = {name: _tokens(view.parse, spans.get(name)) for name in ("s", "t")}
    done = [_Reading(_fit(view, h, found, pair), _root(view, words, h, pair), view.low[h.token]) for h in found]
    said = [(_said(view, a, pair), a.hit) for s in view.parse.sentences() for a in acts(view, words, s)]
    return done + [_Reading(fit, hit.row.code, view.low[hit.token]) for fit, hit in said if fit > 0]


def _said(view: View, act: Act, pair: dict[str, frozenset[int]]) -> float:
    """How well "the source says that the target must …" fits the pair; 0 where the source does not say it."""
    parse, source, target = view.parse, pair["s"], pair["t"]
    saying = [a for a in ancestors(parse, act.hit.token) if parse.lemma[a] in SAYING]
    speaks = any(_stands(view, subjects(parse, a), source) for a in saying) if source else bool(saying)
    meant = _stands(view, list(act.targets), target) if target else True
    return 4.5 if speaks and meant else 0.0


def _tokens(parse: Parse, span: tuple[int, int] | None) -> frozenset[int]:
    return frozenset(parse.tokens(*span)) if span else frozenset()


def _fit(view: View, hit: Hit, others: list[Hit], pair: dict[str, frozenset[int]]) -> float:
    """How well a trigger's slots fit the pair: who acts counts most, then to whom, then whether it is the main one."""
    slots = frame(view, hit)
    source, target = pair["s"], pair["t"]
    actors = [t for s in slots.actors for t in s.tokens]
    recipients = [t for s in slots.recipients for t in s.tokens]
    fit = 0.0
    if not source or _stands(view, actors, source):
        fit += 3 if source else 1
    elif _stands(view, recipients, source) and hit.row.mutual:
        fit += 2
    elif _stands(view, recipients, source):
        fit -= 1
    if not target or _stands(view, recipients, target):
        fit += 2 if target else 1
    elif hit.row.mutual and _stands(view, actors, target):
        fit += 2
    elif target & set(view.reach(hit.host if hit.host is not None else hit.token)):
        fit += 1
    for other in others:
        if other.token != hit.token and other.row.code in _EMBEDS and view.is_below(hit.token, other.token):
            fit -= 1.5
    return fit


def _stands(view: View, heads: list[int], phrase: frozenset[int]) -> bool:
    """Whether one of some heads stands in a phrase, or governs the phrase's own head."""
    tops = {i for i in phrase if view.parse.head[i] not in phrase or view.parse.head[i] == i}
    return any(h in phrase or tops & set(view.reach(h)) for h in heads)


def _root(view: View, words: Lexicon, hit: Hit, pair: dict[str, frozenset[int]]) -> str:
    """The root of a trigger; what is denied is REJECT where it is cooperation, as this task counts it."""
    slots = frame(view, hit)
    actors = [t for s in slots.actors for t in s.tokens]
    is_civil = any(view.is_any(k, words.sets["civilians"]) for t in actors for k in view.kernel(t))
    several = _stands(view, actors, pair["s"]) and _stands(view, actors, pair["t"])
    coding = decide(view, words, hit, is_civil=is_civil, several=several)
    if coding.status == "denied" and coding.code in (COOPERATIVE | {"AGREE"}):
        return "REJECT"
    return coding.code
