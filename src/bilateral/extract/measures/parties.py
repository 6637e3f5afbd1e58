"""Whose figure it is: the states concerned, and which way it flows ("A>B").

Owns the search from the figure outwards: its phrase, its clause, its sentence, the document's pair. Who a word means
was resolved before; nothing is resolved anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from bilateral.extract.measures.flows import flow
from bilateral.extract.measures.leanings import leaning
from bilateral.extract.measures.naming import Name
from bilateral.extract.measures.quantity import Quantity, Span, View
from bilateral.knowledge import code_of, place_code
from bilateral.scene import cast_at
from bilateral.syntax import governor, is_verb, objects, subjects, subtree
from bilateral.text import Mention, Resolved

ACTORS = ("country", "organisation", "group", "collective", "person", "role", "pronoun")


class Parties(NamedTuple):
    """The states of a figure, the direction of its flow, the spans they rest on, a score, and why."""

    codes: tuple[str, ...]
    direction: str | None
    spans: tuple[tuple[int, int], ...]
    score: float
    reason: str
    way: str


# The less named of a pair must be named twice, and a fifth as often as the other: in the news of one state others only
# come by. Measured on 84 articles of US politics (no pair wanted but in a few) and on bilateral reports (all wanted).
_TWICE, _FIFTH = 2, 0.2
_SHORT = 3
# Fewer tokens than this are a line or two whatever their full stops ("Partner: Kuwait. Turnover: 186 mln USD.").
BRIEF = 60


def main_pair(doc: Resolved) -> tuple[str, ...]:
    """The pair of states that a document is about, or () where it is about none: what the resolver says, else the two
    named most, where both are named often enough; in a document of a few sentences once is enough."""
    counted: Counter[str] = Counter()
    for mention in doc.mentions:
        if (sent := sent_to(mention)) is not None:
            counted[sent] += 1
        if mention.kind in ACTORS or mention.kind == "place":
            for code in codes_of(mention):
                counted[code] += 1
    if len(doc.dyad) == 2:
        pair: tuple[str, ...] = doc.dyad
    else:
        states = [code for code, _ in counted.most_common() if not code.startswith("IGO:")]
        pair = tuple(states[:2]) if len(states) >= 2 else tuple(counted)[:2]
    is_long = len(doc.parse.sents) > _SHORT and len(doc.parse.start) > BRIEF
    if len(pair) < 2 or (is_long and not _is_often(counted[pair[0]], counted[pair[1]])):
        return ()
    return pair


def _is_often(first: int, second: int) -> bool:
    low, high = sorted((first, second))
    return low >= _TWICE and low >= _FIFTH * high


def codes_of(mention: Mention) -> tuple[str, ...]:
    """The codes of a mention; of one that was taken for a person and bears a state's name, that state's."""
    if mention.codes or mention.kind != "person":
        return mention.codes
    code = code_of(mention.text)
    return (code,) if code else ()


def sent_to(mention: Mention) -> str | None:
    """The state that an envoy or a mission is sent to ("the Thai envoy to Laos", "its embassy in Vientiane")."""
    if mention.kind not in ("role", "person", "organisation"):
        return None
    found = _SENT.search(mention.text)
    words = found[1].split() if found else []
    known = (code_of(part) or place_code(part) for n in range(len(words), 0, -1) if (part := " ".join(words[:n])))
    return next((code for code in known if code), None)


_SENT = re.compile(
    r"(?:\bto|\b(?:embassy|consulate|consulate general|mission|consul|consul general|envoy|attaché|ambassador) in) "
    r"(?:the )?([A-Z][\w.’' -]*[\w.])", re.I,
)  # fmt: skip


def parties(
    doc: Resolved, view: View, q: Quantity, name: Name, pair: Sequence[str], known: Parties | None, *,
    masked: Sequence[tuple[int, int]] = (), segment: tuple[int, int] | None = None,
) -> Parties:  # fmt: skip
    """The parties of a figure and its direction; `known` are those of the figure that it continues, if any.

    `masked` spans name no state ("U.S." of a currency); `segment` is what lies between the figure before and this one.
    """
    codes: dict[str, tuple[int, int]] = {}
    where = ""
    if name.end <= view.start:
        _named_before(doc, name, codes)
    zones = _zones(view, q, name)
    if segment is not None and view.start < name.end <= segment[0]:
        part = list(range(view.at(segment[0]), min(view.at(segment[1]), view.tokens.stop)))
        zones = chain([("part of the sentence", part)], zones)
    for zone, tokens in zones:
        _add(doc, view, masked, tokens, codes)
        where = zone
        if len(codes) >= 2:
            break
    if len(codes) == 1:
        _places(doc, view, masked, codes)
    swapped = _gapped(doc, view, q, name, known, segment) if known is not None and segment is not None else None
    if swapped is not None:
        return swapped
    source, target, way = flow(doc, view, q, name)
    codes = {_now(code, pair): span for code, span in codes.items()}
    source, target = (_now(source[0], pair), source[1]), (_now(target[0], pair), target[1])
    for code, span in (source, target):
        if code:
            codes.setdefault(code, span)
    found = _settled(codes, source[0], target[0], way, where, pair, known, flows=name.entry.flow != "none")
    if found.direction is not None or q.cls == "percent":
        return found
    near = doc.mentions_in(view.start, view.end)
    return found._replace(
        direction=leaning(view, name.entry.flow, found.codes, near), way="the words beside the states"
    )


_ITEM = re.compile(r"(?:,|;|\band|\bwhile|\bbut)\s+(?:and\s+|then\s+|the\s+)*$", re.I)


def _gapped(
    doc: Resolved, view: View, q: Quantity, name: Name, known: Parties, segment: tuple[int, int]
) -> Parties | None:  # fmt: skip
    """ "Qatar promised Libya 400 million and Kuwait 180": the state before the number takes the place of the one that
    stood before the last number; None where the figure is no such item of a list."""
    goes_on = name.reason.startswith(("goes on", "counts")) or name.end <= segment[0]
    if known.direction is None or not goes_on:
        return None
    behind = _item_behind(doc, view, q, known)
    if behind is not None:
        return behind
    inside = [m for m in doc.mentions_in(segment[0], q.start) if m.codes and m.kind != "date"]
    inside = [m for m in inside if m is inside[-1] or not set(m.codes) <= set(known.codes)]
    if len(inside) != 1 or len(inside[0].codes) != 1 or inside[0].codes[0] in known.codes:
        return None
    new = inside[0]
    gap = view.text[new.end : q.start]
    if not _ITEM.search(view.text[segment[0] : new.start]) or len(gap.split()) > 5 or re.search(r"[.;:]", gap):
        return None
    source, target = known.direction.split(">")
    before = [s for s in known.spans if s[1] <= segment[0]]
    first = _code_at(doc, min(before)) if before else None
    direction = f"{new.codes[0]}>{target}" if first == source else f"{source}>{new.codes[0]}"
    if first not in (source, target):
        return None
    codes = tuple(direction.split(">"))
    return Parties(codes, direction, ((new.start, new.end),), 0.8, "in the place of another in a list", "as the list")


_LEADING = re.compile(r"\W{0,2}(?:a year |annually |more )?(to|for|into|in|from|by)\s+(?:the\s+)?$", re.I)


def _item_behind(doc: Resolved, view: View, q: Quantity, known: Parties) -> Parties | None:
    """ "30 percent to Russia and a further 25 percent to Chile": the state behind a number in the place of
    one before it; None where no new state stands there."""
    following = [m for m in doc.mentions_in(q.end, min(q.end + 40, view.end)) if m.kind != "date" and len(m.codes) == 1]
    if not following or known.direction is None or following[0].codes[0] in known.codes:
        return None
    new = following[0]
    found = _LEADING.fullmatch(view.text[q.end : new.start])
    if found is None:
        return None
    source, target = known.direction.split(">")
    is_source = found[1].lower() in ("from", "by")
    codes = (new.codes[0], target) if is_source else (source, new.codes[0])
    reason = "in the place of another in a list"
    return Parties(codes, ">".join(codes), ((new.start, new.end),), 0.8, reason, "as the list")


def _code_at(doc: Resolved, span: Span) -> str | None:
    found = [m for m in doc.mentions_in(*span) if len(m.codes) == 1]
    return found[0].codes[0] if found else None


def _named_before(doc: Resolved, name: Name, codes: dict[str, tuple[int, int]]) -> None:
    """The states of the phrase in an earlier sentence that a figure refers back to."""
    parse = doc.parse
    at = parse.tokens(name.start, name.end)
    if not at:
        return
    head = at[-1]
    for i in subtree(parse, head, without=("relcl", "advcl")):
        mention = doc.mention_at(i)
        for code in mention.codes if mention is not None and mention.kind != "place" else ():
            codes.setdefault(code, (mention.start, mention.end) if mention else (0, 0))


def _settled(
    codes: dict[str, tuple[int, int]], source: str | None, target: str | None, way: str, where: str,
    pair: Sequence[str], known: Parties | None, *, flows: bool,
) -> Parties:  # fmt: skip
    found = list(codes)
    score, reason = 0.9, f"named in its {where}"
    if source and target and source != target:
        found = [source, target]
    if len(found) > 2:
        found = [c for c in found if c in (source, target)] + [c for c in found if c not in (source, target)]
        states = [c for c in found if not c.startswith("IGO:")]
        found = (states if len(states) >= 2 else found)[:2]
    if len(found) < 2:
        found, score, reason = _completed(found, pair, known, reason)
    direction = _direction(found, source, target)
    if (
        direction is None
        and flows
        and known is not None
        and known.direction
        and set(known.codes) == set(found)
        and score == 0.8
    ):
        direction = known.direction
    spans = tuple(dict.fromkeys(codes[c] for c in found if c in codes and codes[c] != (0, 0)))
    return Parties(tuple(found), direction, spans, score, reason, way)


def _completed(
    found: list[str], pair: Sequence[str], known: Parties | None, reason: str
) -> tuple[list[str], float, str]:  # fmt: skip
    """One state made two by the figure that this one continues, or by the pair that the document is about."""
    if known is not None and len(known.codes) == 2 and (not found or found[0] in known.codes):
        return list(known.codes), 0.8, "as the figure before it"
    if len(pair) == 2 and (not found or found[0] in pair):
        return list(pair), 0.6, "the pair that the document is about"
    if found and pair:
        other = next((c for c in pair if c != found[0]), None)
        if other:
            return [found[0], other], 0.4, f"{reason}; the other by the document"
    return found, 0.3, f"{reason or 'unknown'}; no other state is known"


def _direction(found: Sequence[str], source: str | None, target: str | None) -> str | None:
    if len(found) != 2 or not (source or target) or source == target:
        return None
    if source in found:
        return f"{source}>{next(c for c in found if c != source)}"
    if target in found:
        return f"{next(c for c in found if c != target)}>{target}"
    return None


def _zones(view: View, q: Quantity, name: Name) -> Iterable[tuple[str, list[int]]]:
    """The stretches of a sentence in which the states of a figure may be named, nearest first."""
    parse = view.parse
    i = min(view.at(q.number[0]), view.tokens.stop - 1)
    cue = min(view.at(name.start), view.tokens.stop - 1)
    near = set(subtree(parse, cue, without=("relcl", "advcl"))) | set(
        subtree(parse, parse.head[cue], without=("relcl", "advcl", "conj"))
        if not is_verb(parse, parse.head[cue])
        else ()
    )
    if q.noun is not None:
        near |= set(subtree(parse, q.noun, without=("advcl",)))
    yield "phrase", sorted(near)
    yield "clause", sorted({*view.clause(i), *view.clause(cue), *_subject_tokens(view, i)})
    yield "sentence", list(view.tokens)


def _places(
    doc: Resolved, view: View, masked: Sequence[Span], codes: dict[str, Span]
) -> None:  # fmt: skip
    """The states of the places of a sentence, where only one state is named otherwise ("protests in Manila")."""
    for i in view.tokens:
        mention = doc.mention_at(i)
        if mention is None or mention.kind != "place" or any(a < mention.end and mention.start < b for a, b in masked):
            continue
        for code in mention.codes:
            codes.setdefault(code, (mention.start, mention.end))


def _subject_tokens(view: View, i: int) -> list[int]:
    verb = governor(view.parse, i)
    if verb is None:
        return []
    heads = [s for s in (*subjects(view.parse, verb), *objects(view.parse, verb)) if s in view.tokens]
    return [k for s in heads for k in subtree(view.parse, s, without=("relcl",))]


# States that are no more; in a document about a successor they stand for it ("Soviet-era debt").
_SUCCESSORS = {"SUN": "RUS", "CSK": "CZE", "YUG": "SRB", "DDR": "DEU"}


def _now(code: Any, pair: Sequence[str]) -> Any:
    successor = _SUCCESSORS.get(code)
    return successor if successor in pair else code


def _add(
    doc: Resolved, view: View, masked: Sequence[Span], tokens: Iterable[int], codes: dict[str, Span]
) -> None:  # fmt: skip
    for i in tokens:
        if i not in view.tokens:
            continue
        mention = doc.mention_at(i)
        if mention is not None and any(a < mention.end and mention.start < b for a, b in masked):
            continue
        own = codes_of(mention) if mention is not None and mention.kind != "place" else ()
        sent = sent_to(mention) if mention is not None and len(own) == 1 else None
        own = (*own, sent) if sent is not None else own
        if mention is None and view.word(i) in ("we", "our", "us", "i", "my"):
            cast = cast_at(doc, i)
            own = cast.codes if cast is not None else ()
        for code in own:
            codes.setdefault(
                code, (mention.start, mention.end) if mention else (view.parse.start[i], view.parse.end[i])
            )
