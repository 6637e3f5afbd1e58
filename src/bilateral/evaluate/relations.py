"""The task `relations`: the PLOVER root of what a given source does to a given target in one sentence.

Input {"row", "sentence", "source", "target", "marked_sentence"}; prediction {"row", "root", "score", "reason"}. The
pair is marked `<s>…</s>` and `<t>…</t>`; an unnamed party is not marked. Of the sentence's triggers the one
counts whose actor and recipient stand where the pair stands; the encoder gives every root a probability, and what the
rules say shifts it by how well their trigger fits. Either can be asked alone (`relations_rules`, `relations_model`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from bilateral.encoder import Marked, Opinion, encoder
from bilateral.errors import CallError
from bilateral.extract.events.arguments import frame
from bilateral.extract.events.deciding import COOPERATIVE, decide
from bilateral.extract.events.finding import Hit, hits
from bilateral.extract.events.headlines import mended
from bilateral.extract.events.lexicon import Lexicon, lexicon
from bilateral.extract.events.speech import Act, acts
from bilateral.extract.events.view import View
from bilateral.parse import parse
from bilateral.syntax import ancestors, subjects
from bilateral.text import Document, Paragraph, Parse, document_id

_MARK = re.compile(r"</?([st])>")
_EMBEDS = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "CONCEDE", "SUPPORT", "RETREAT", "SANCTION"})


SAYING = frozenset({"say", "state", "tell", "declare", "stress", "add", "insist", "note", "announce", "argue", "claim"})


# How right the rules are by how well their trigger fits (0 to 5), on sentences of our own that the encoder was not
# trained on. `_WEIGHTS` are the odds by which a rule's root is raised, in round numbers set by hand: our own
# sentences alone would want 5 to 1 at most (they are written to be rare), the news the sets are of is plainer. `_SOFT`
# flattens the encoder's probabilities, which are calibrated on our own sentences, for texts of another hand.
_RULED = (0.16, 0.33, 0.56, 0.54, 0.51, 0.84)
_WEIGHTS = (1.0, 1.0, 3.0, 3.0, 10.0, 40.0)
_SOFT = 2.0
_FLOOR = 1e-4
_MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}


class _Reading(NamedTuple):
    """A trigger as a reading of the pair: how well it fits, and the root, mode and group that it gives."""

    fit: float
    root: str
    mode: str | None
    group: str
    word: str


def relations(item: dict[str, Any], *, by: Literal["rules", "model", "both"] = "both") -> dict[str, Any]:
    """The prediction for one sentence; CallError says what is missing in the input.

    `by` is `rules`, `model` or `both`; without the encoder's files `both` is `rules`. The task has an event for every
    pair, so NONE is given only by rules that fit no trigger.
    """
    marked = item.get("marked_sentence") or item.get("sentence")
    if not isinstance(marked, str) or "row" not in item:
        raise CallError(f"relations: expected an object with row and marked_sentence, got keys {sorted(item)}")
    text, spans = _unmarked(marked)
    ruled = None if by == "model" else _ruled(str(item["row"]), text, spans)
    reader = None if by == "rules" else encoder()
    if reader is None:
        return {"row": item["row"], **_by_rules(ruled)}
    opinion = reader.read([Marked(text, spans.get("s"), spans.get("t"))])[0]
    return {"row": item["row"], **_by_both(ruled, opinion, soft=_SOFT if by == "both" else 1.0)}


def _ruled(uri: str, text: str, spans: dict[str, tuple[int, int]]) -> _Reading | None:
    """The trigger that fits the pair best."""
    document = Document(id=document_id(text, None), uri=uri, text=text, paragraphs=(Paragraph(0, len(text)),))
    words, made = lexicon(), parse(document)
    view = View(mended(made, View(made, text).low, words.rows["verb"]), text)
    return max(_readings(view, words, spans), key=lambda r: r.fit, default=None)


def _by_rules(best: _Reading | None) -> dict[str, Any]:
    if best is None:
        return {"root": "NONE", "score": 0.0, "reason": "no trigger"}
    score = _RULED[min(len(_RULED) - 1, max(0, round(best.fit)))]
    return {"root": _in_the_sets_words(best.root, best.mode, best.group), "score": score, "reason": best.word}


def _by_both(ruled: _Reading | None, opinion: Opinion, *, soft: float) -> dict[str, Any]:
    """The likeliest root after what the rules say is weighed in, with its probability."""
    weights: dict[str, float] = {}
    for root, score in opinion.roots.items():
        if root != "NONE":
            for name, share in _shares(root, max(score, _FLOOR) ** (1 / soft), opinion):
                weights[name] = weights.get(name, 0.0) + share
    if ruled is not None:
        own = _in_the_sets_words(ruled.root, ruled.mode, ruled.group)
        weights[own] = weights.get(own, _FLOOR) * _WEIGHTS[min(len(_WEIGHTS) - 1, max(0, round(ruled.fit)))]
    root = max(weights, key=lambda name: (weights[name], name))
    reason = f"encoder {opinion.model}" + (f", rule {ruled.word!r} as {ruled.root}" if ruled else "")
    return {"root": root, "score": round(weights[root] / sum(weights.values()), 4), "reason": reason}


def _shares(root: str, score: float, opinion: Opinion) -> Iterator[tuple[str, float]]:
    """Yield a root's probability, in this set's words: verdicts of courts are split off SANCTION."""
    mode, sure = opinion.modes.get(root, (None, 0.0))
    convicted = sure if root == "SANCTION" and mode == "convict" else 0.0
    yield _MERGED.get(root, root), score * (1 - convicted)
    if convicted:
        yield "ACCUSE", score * convicted


def _in_the_sets_words(root: str, mode: str | None, group: str) -> str:
    """A root as this set has it, which follows an older manual in two things.

    What a court finds is ACCUSE there and sanctions that are imposed on somebody are COERCE, where our manual
    (ontologies/plover.toml) has SANCTION for both. CONCEDE and RETREAT are its YIELD.
    """
    if root == "SANCTION" and mode == "convict":
        return "ACCUSE"
    if root == "SANCTION" and group == "sanction":
        return "COERCE"
    return _MERGED.get(root, root)


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
    found = [h for s in view.parse.sentences() for h in hits(view, words, s) if not h.row.owned]
    pair = {name: _tokens(view.parse, spans.get(name)) for name in ("s", "t")}
    done = [
        _Reading(_fit(view, h, found, pair), *_root(view, words, h, pair), h.row.group, view.low[h.token])
        for h in found
    ]  # fmt: skip
    said = [(_said(view, a, pair), a.hit) for s in view.parse.sentences() for a in acts(view, words, s)]
    return done + [
        _Reading(fit, hit.row.code, hit.row.mode, hit.row.group, view.low[hit.token]) for fit, hit in said if fit > 0
    ]  # fmt: skip


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


def _root(
    view: View, words: Lexicon, hit: Hit, pair: dict[str, frozenset[int]]
) -> tuple[str, str | None]:  # fmt: skip
    """Root and mode of a trigger; what is denied is REJECT where it is cooperation, as this task counts it."""
    slots = frame(view, hit)
    actors = [t for s in slots.actors for t in s.tokens]
    is_civil = any(view.is_any(k, words.sets["civilians"]) for t in actors for k in view.kernel(t))
    several = _stands(view, actors, pair["s"]) and _stands(view, actors, pair["t"])
    coding = decide(view, words, hit, is_civil=is_civil, several=several)
    if coding.status == "denied" and coding.code in (COOPERATIVE | {"AGREE"}):
        return "REJECT", None
    return coding.code, coding.mode
