"""Whose office or body it is where the words do not say: the document's own country, weighed with reasons.

"Prime Minister Name" in a report datelined in a capital, beside "the Russian ambassador": the Prime Minister is not
Russian. Gives candidates; who asks decides what score is enough.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from bilateral.resolve.gazetteer import Hit
from bilateral.resolve.scan import Scan
from bilateral.resolve.setting import Setting
from bilateral.resolve.usage import may_have, wording
from bilateral.syntax import SUBJECTS, ancestors
from bilateral.text import Candidate

# What each sign adds to a state's score; set by hand, so that no single sign but a place of dispatch decides alone.
_SHARE, _ALONE, _DATELINE, _OUTLET, _HOST, _NEAR, _AFTER, _FIRST = 0.5, 0.3, 0.45, 0.25, 0.35, 0.2, 0.05, 0.1
_USAGE, _HERE, _WORDED, _LEFT, _SET, _OTHER = 0.45, 0.2, 0.45, 0.15, 0.35, 0.3
_PAIR = 2
_ONLY, _FOREIGN, _MISSION, _BESIDE = 0.3, -0.05, -0.35, -0.3
# A host of a mission that is hardly spoken of ("the ambassador to Washington") is no home of the report.
_SPOKEN = 3
# A state named so often, and so many times as often as any other, is the report's own whoever has a mission where.
_OFTEN, _TIMES = 6, 2
ENOUGH, MARGIN = 0.2, 0.1
_LOCATED = 0.75


_DASHES = frozenset(("-", "–", "—", "--"))


class _Here(NamedTuple):
    """The sentence of a token: the state named last before it, those named behind, those whose cities it is set in."""

    before: str | None
    behind: frozenset[str]
    places: frozenset[str]
    opening: str | None


def _here(known: Setting, at: int) -> _Here:
    scan = known.scan
    sentence = scan.view.parse.sentence(at)
    near = _mentions_in(known, sentence)
    places = {
        code
        for i, code in near
        if (hit := scan.starts.get(i)) is not None
        and hit.surface.kind in ("capital", "city")
        and scan.view.low_at(i - 1) in ("in", "at", "near")
    }
    before = next((code for i, code in reversed(near) if i < at), None)
    first = _opening(scan, sentence.start)
    is_set = first is not None and first.first < at and first.surface.kind in ("capital", "city")
    opening = next((code for i, code in near if is_set and first is not None and i == first.first), None)
    return _Here(before, frozenset(code for i, code in near if i > at), frozenset(places), opening)


def _opening(scan: Scan, start: int) -> Hit | None:
    """The place that a sentence opens with ("In Lima, …") or that stands over its paragraph ("LIMA — …")."""
    if scan.view.low_at(start) == "in":
        return scan.starts.get(start + 1)
    paragraph = scan.view.document.paragraph_at(scan.view.parse.start[start])
    first = scan.view.parse.tokens(paragraph.start, paragraph.end).start if paragraph is not None else start
    hit = scan.starts.get(first)
    if hit is None or scan.view.low_at(hit.last) not in _DASHES:
        return None
    return hit if scan.view.text(hit.first, hit.last).isupper() else None


def _mentions_in(known: Setting, tokens: range) -> tuple[tuple[int, str], ...]:
    first = bisect_left(known.mentions, (tokens.start, ""))
    return known.mentions[first : bisect_left(known.mentions, (tokens.stop, ""))]


def owners(
    known: Setting, at: int, *, beside: Iterable[str] = (), phrase: str = "", barred: Iterable[str] = ()
) -> tuple[Candidate, ...]:  # fmt: skip
    """The states whose office or body may stand at token `at` without saying so, best first.

    `beside` are states whose officers stand next to it, which it is then unlikely to be; `phrase` is the office or body
    as worded, which leaves out the states that have none; `barred` are states whose holder is
    somebody else.
    """
    beside, here = frozenset(beside), _here(known, at)
    total = sum(known.counts.values())
    worded = wording(phrase)
    pool = dict.fromkeys([*known.states, *(c for c in (known.dateline, known.outlet, known.usage) if c)])
    everyone, barred = pool, frozenset(barred)
    pool = dict.fromkeys(c for c in pool if c not in barred and may_have(phrase, c))
    if worded is not None and (not known.counts or worded.may_be_absent(known.counts)):
        pool[worded.first] = None
    found = [_weighed(known, code, here, beside, total) for code in pool]
    if len(pool) == 1 < len(everyone):
        why, more = "only state named that has such an office", _LEFT
        if barred and len(everyone) == _PAIR:
            why, more = "the other state of the report has another holder", _OTHER
        found = [(c, s + more, [*w, why]) for c, s, w in found]
    if worded is not None:
        why = f'"{phrase}" without a state is usage of this one'
        found = [(c, s + _WORDED, [*w, why]) if c == worded.first else (c, s, w) for c, s, w in found]
    return _ranked(found)


def senders(known: Setting, at: int) -> tuple[Candidate, ...]:
    """The states whose envoy may stand at token `at` without saying so, best first."""
    home = owners(known, at)
    found = []
    for candidate in home:
        reasons = [f"{candidate.id} sends a mission here"] if candidate.id in known.senders else []
        score = 0.5 if reasons else 0.1
        if candidate.id in known.hosts or (candidate is home[0] and not reasons and candidate.score > ENOUGH):
            score, reasons = score - 0.3, [*reasons, "host"]
        found.append((candidate.id, score + 0.1 * candidate.score, reasons or ["named in the document"]))
    return _ranked(found)


def _weighed(
    known: Setting, code: str, here: _Here, beside: frozenset[str], total: int
) -> tuple[str, float, list[str]]:  # fmt: skip
    share = known.counts.get(code, 0) / total if total else 0.0
    if share == 1 and code in known.senders:  # the one state that is named has an envoy here: it is not at home
        share = 0.0
    main = _main(known)
    is_host = code in known.hosts and main in (None, code)
    is_home = share > 0 and code == known.dateline
    is_sole = main is None and _is_only_host(known, code) and known.dateline not in known.senders
    signs = (
        (_SHARE * share, "named in the document"),
        (_ALONE if share == 1 else 0.0, "only state of the document"),
        (_FIRST if share and code == known.mentions[0][1] else 0.0, "first state named"),
        (_dateline(known, code, share), "place of the dateline"),
        (_OUTLET if code == known.outlet else 0.0, "country of the outlet"),
        (_USAGE if code == known.usage else 0.0, "usage of the document"),
        (_HOST / len(known.hosts) * min(1, _SPOKEN * share) if is_host else 0.0, "host of a mission"),
        (_ONLY if known.senders and is_sole else 0.0, "only state without a mission here"),
        (_NEAR if code == here.before else 0.0, "nearest state before"),
        (_HERE if code in here.places else 0.0, "place in the sentence"),
        (_SET if code == here.opening else 0.0, "the sentence is set there"),
        (_AFTER if code in here.behind else 0.0, "named behind in the sentence"),
        (_FOREIGN if code in known.officers else 0.0, "has officers worded as foreign"),
        (_MISSION if code in known.senders and code != main and not is_home else 0.0, "has a mission here"),
        (_BESIDE if code in beside else 0.0, "stands beside as another party"),
    )
    reasons = [why for score, why in signs if score > 0] or ["named in the document"]
    return code, sum(score for score, _ in signs), reasons


def _main(known: Setting) -> str | None:
    """The state that a report is at home in, by how often it is named; None where others come near."""
    ranked = sorted(known.counts.values(), reverse=True)
    is_clear = bool(ranked) and ranked[0] >= _OFTEN and (len(ranked) == 1 or ranked[0] >= _TIMES * ranked[1])
    if is_clear and known.states[0] in known.senders and not known.hosts:  # an embassy that is told to be here
        return None
    return known.states[0] if is_clear else None


def _dateline(known: Setting, code: str, share: float) -> float:
    """What a dateline counts: little where another state's agency reports from a third one."""
    if code != known.dateline:
        return 0.0
    return _DATELINE if share or known.outlet in (None, code) else _DATELINE / 3


def _is_only_host(known: Setting, code: str) -> bool:
    return code not in known.senders and all(c == code or c in known.senders for c in known.counts)


def meant(known: Setting, at: int, *, beside: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """The states that "the country" at token `at` may mean, best first: the last one named, the report's own."""
    beside = frozenset(beside)
    before = known.mentions[: bisect_left(known.mentions, (at, ""))]
    ranked = list(dict.fromkeys(code for _, code in reversed(before)))
    found = []
    for code in dict.fromkeys([*ranked, *known.states]):
        signs = [(0.45, "last state named")] if ranked and code == ranked[0] else []
        signs += [(0.2, "place of the dateline")] if code == known.dateline else []
        signs += [(0.25, "host of a mission")] if code in known.hosts else []
        signs += [(0.25, "only state without a mission here")] if known.senders and _is_only_host(known, code) else []
        signs += [(0.2, "named before")] if code in ranked else []
        score = sum(s for s, _ in signs) - (0.5 if code in beside else 0.0)
        found.append((code, score, [why for _, why in signs] or ["named in the document"]))
    return _ranked(found)


def nearest(known: Setting, at: int, *, own: bool = False) -> Candidate | None:
    """The state named last before token `at` in its sentence, which "its" or "his" most often means.

    With `own` the state of the sentence's subject, where one is named in it.
    """
    before = (_of_subject(known, at) if own else None) or _here(known, at).before
    if before is None and (start := known.scan.view.parse.sentence(at).start) > 0:
        last = _mentions_in(known, known.scan.view.parse.sentence(start - 1))
        before = last[0][1] if last else None
    return Candidate(before, 0.6, "nearest state before the possessive") if before else None


def _of_subject(known: Setting, at: int) -> str | None:
    """The state that the subject of a sentence names, where the subject stands before token `at`."""
    parse = known.scan.view.parse
    sentence = parse.sentence(at)
    heads = [i for i in sentence if i < at and parse.dep[i] in SUBJECTS]
    named = [(i, code) for i, code in _mentions_in(known, sentence) if i < at]
    return next((code for h in heads for i, code in named if i == h or h in ancestors(parse, i)), None)


def located(known: Setting, last: int) -> Candidate | None:
    """The state of the city right behind an office or body ("a deputy in La Paz", "the foreign ministry in Quito")."""
    if known.scan.view.low_at(last) not in ("in", "at"):
        return None
    hit = known.scan.starts.get(last + 1)
    if hit is None or hit.surface.kind not in ("capital", "city") or not hit.surface.codes:
        return None
    return Candidate(known.scan.codes(hit)[0], _LOCATED, f"in {known.scan.view.text(hit.first, hit.last)}")


def _ranked(found: Iterable[tuple[str, float, list[str]]]) -> tuple[Candidate, ...]:
    made = [Candidate(code, round(min(0.9, max(0.0, score)), 2), ", ".join(why)) for code, score, why in found]
    return tuple(sorted(made, key=lambda c: (-c.score, c.id)))


def chosen(candidates: tuple[Candidate, ...]) -> Candidate | None:
    """The best of some candidates where it is good enough and clearly ahead, else None."""
    if not candidates or candidates[0].score < ENOUGH:
        return None
    if len(candidates) > 1 and candidates[0].score - candidates[1].score < MARGIN:
        return None
    return candidates[0]
