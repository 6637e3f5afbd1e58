"""The people of a document: names without offices, short forms, and which spellings are one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from bilateral import knowledge
from bilateral.knowledge.given import is_woman_s
from bilateral.resolve.binding import Occurrence
from bilateral.resolve.leaders import name_book
from bilateral.resolve.naming import (
    fullest,
    is_name_word,
    is_part_alike,
    is_same,
    name_end,
    slug,
    sounds_alike,
    tokens_of,
)
from bilateral.resolve.scan import Scan, honorific_book
from bilateral.resolve.titles import Chunk
from bilateral.resolve.view import POSSESSIVES
from bilateral.resolve.words import words
from bilateral.syntax import SUBJECTS

_SAYING = frozenset((
    "say", "tell", "add", "note", "stress", "state", "announce", "emphasise", "emphasize", "explain", "warn", "insist",
    "reiterate", "declare", "point", "underline", "underscore", "highlight", "believe", "recall", "conclude",
    "continue",
))  # fmt: skip
# Words of address that are something else as often, so that they need the model's word for it.
_WEAK = frozenset((
    "u", "ko", "min", "eng", "arch", "ras", "don", "he", "sec", "rep", "hm", "judge", "justice", "attorney", "tun",
    "tui", "sri", "chief", "sister", "father", "pak", "nana", "daw", "hh", "gov", "sen", "pres", "khun", "sultan",
    "prince",
))  # fmt: skip


class Cluster(NamedTuple):
    """All occurrences of one person, in text order, and the fullest spelling of the name."""

    id: str
    name: str
    occurrences: tuple[Occurrence, ...]

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """The offices that stand with the name anywhere, in text order."""
        found = {c.first: c for o in self.occurrences for c in o.chunks}
        return tuple(found[k] for k in sorted(found))

    @property
    def female(self) -> bool | None:
        """Gender as an address or an office tells it ("Mrs", "spokeswoman"), else None."""
        told = (o.female for o in self.occurrences if o.female is not None)
        by_title = (t for c in self.chunks if (t := _gender(c.title.words)) is not None)
        return next(told, None) if self._has_address else next(by_title, None)

    @property
    def _has_address(self) -> bool:
        return any(o.female is not None for o in self.occurrences)


def _gender(title: str) -> bool | None:
    word = title.split()[-1]
    if word.endswith(("woman", "ess")) or word in ("queen", "lady", "mother", "widow", "daughter", "wife", "nun"):
        return True
    male = ("king", "emir", "sultan", "emperor", "pope", "imam", "monk", "father", "son", "husband", "spokesman")
    return False if word in male else None


Stop = Callable[[int], bool]


def unnamed_by_titles(scan: Scan, taken: Iterable[int], titled: Iterable[int]) -> list[Occurrence]:
    """The names without an office: after a word of address, by the model, or as who says something."""
    used, offices = set(taken), frozenset(titled)
    stop: Stop = lambda i: i in used or i in offices  # noqa: E731
    found, edge = [], 0
    for i in _openings(scan):
        occurrence = None if i in used or i < edge else _occurrence(scan, i, stop)
        if occurrence is not None:
            found.append(occurrence)
            used.update(range(occurrence.first, occurrence.last))
            edge = occurrence.last
    return found


def _openings(scan: Scan) -> list[int]:
    """The tokens at which a name may start: capitals, and what the model takes for one ("al-Sisi")."""
    small = [i for i, label in enumerate(scan.view.parse.ent) if label == "B-PERSON" and not scan.view.is_capital(i)]
    return sorted((*scan.view.capitals, *small)) if small else list(scan.view.capitals)


def _occurrence(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    known = _addressed(scan, i, stop) or _listed(scan, i, stop) or _by_model(scan, i, stop)
    return known or _saying(scan, i, stop) or _owned(scan, i, stop)


def _listed(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    """The name of a known leader, written with capitals."""
    match = name_book().at(scan.view, i)
    hit = scan.cover.get(i)
    if match is None or (hit is not None and hit.last > match.last):  # "Ho Chi Minh City"
        return None
    if not scan.view.is_capital(i) or any(stop(k) for k in range(match.first, match.last)):
        return None
    return (
        Occurrence(match.first, match.last, match.first, match.last) if scan.view.is_capital(match.last - 1) else None
    )


def _addressed(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    """A name after "Mr", "Dr", "Samdech"."""
    seen = scan.view
    if not seen.is_capital(i) or (match := honorific_book().at(seen, i)) is None:
        return None
    at = match.last + 1 if seen.low_at(match.last) == "." else match.last
    end = name_end(seen, at, stop)
    is_sure = seen.low[i].rstrip(".") not in _WEAK or seen.parse.ent[at - 1 if end == at else at][2:] == "PERSON"
    if end == at or not is_sure or (at in scan.starts and scan.starts[at].last >= end):
        return None
    return Occurrence(i, end, at, end, (), knowledge.is_female(match.value))


def _by_model(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    """A name that the model calls a person, unless its words are a body's or a state's."""
    seen = scan.view
    if seen.parse.ent[i] != "B-PERSON":
        return None
    end = name_end(seen, i, stop)
    hit = scan.starts.get(i)
    if end == i or (hit is not None and hit.last >= end) or _is_body(scan, i, end) or seen.low[end - 1] == "based":
        return None
    if seen.headline.issuperset(range(i, end)) and end - i == 1 and not _is_repeated(scan, i):
        return None
    return Occurrence(i, end, i, end, by_model=True)


def _is_repeated(scan: Scan, i: int) -> bool:
    """Whether a word of a headline stands capitalised in the text too."""
    seen = scan.view
    return any(w == seen.words[i] and k not in seen.headline for k, w in enumerate(seen.words))


def _is_body(scan: Scan, first: int, last: int) -> bool:
    seen = scan.view
    if any(seen.low[k] in words().fields.words for k in range(first, last)) and last - first > 1:
        return True
    if seen.low[last - 1] in words().names.companies:
        return True
    return knowledge.outlet_of(seen.text(first, last)) is not None


def _saying(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    """A name of two words or more that the model has not seen or has mistaken, as the subject of a verb of saying."""
    seen = scan.view
    parse = seen.parse
    if parse.dep[i] not in ("compound", *SUBJECTS) or not is_name_word(seen, i) or stop(i):
        return None
    end = name_end(seen, i, stop)
    if end - i < 2 or any(k in scan.cover for k in range(i, end)) or _is_body(scan, i, end):
        return None
    head = end - 1
    is_subject = parse.dep[head] == "nsubj" and parse.lemma[parse.head[head]] in _SAYING
    is_subject = is_subject or (seen.low_at(end) == "," and seen.low_at(end + 1) in ("who", "whose"))
    return Occurrence(i, end, i, end, by_model=True) if is_subject and parse.pos[i] == "PROPN" else None


def _owned(scan: Scan, i: int, stop: Stop) -> Occurrence | None:
    """The family name in "NATO's Lund said": a state or body owns it and it says something."""
    seen, parse = scan.view, scan.view.parse
    owner = scan.ends.get(i - 1) if seen.low_at(i - 1) in POSSESSIVES else None
    if owner is None or not is_name_word(seen, i) or parse.pos[i] != "PROPN" or i in scan.cover:
        return None
    end = name_end(seen, i, stop)
    is_subject = end > i and parse.dep[end - 1] == "nsubj" and parse.lemma[parse.head[end - 1]] in _SAYING
    return Occurrence(i, end, i, end, by_model=True) if is_subject and not _is_body(scan, i, end) else None


def clusters(scan: Scan, occurrences: Iterable[Occurrence]) -> list[Cluster]:
    """The people of a document: names of several words first, then each single word with the one whom it fits."""
    whole: dict[str, list[Occurrence]] = {}
    singles: dict[str, list[Occurrence]] = {}
    for occurrence in sorted(occurrences):
        name = _name(scan, occurrence)
        (whole if len(tokens_of(name)) > 1 else singles).setdefault(name, []).append(occurrence)
    groups: list[dict[str, list[Occurrence]]] = []
    for name, found in whole.items():
        home = next((g for g in groups if all(is_same(name, old) or sounds_alike(name, old) for old in g)), None)
        if home is None:
            groups.append({name: found})
        else:
            home[name] = found
    people = [sorted(o for found in g.values() for o in found) for g in groups]
    spelled = list(zip(people, groups, strict=True))
    for name, found in singles.items():
        near = [p for p, g in spelled if any(is_same(name, old) for old in g)]
        near = near or [p for p, g in spelled if any(is_part_alike(name, old) for old in g)]
        _add_singles(scan, people, near, found)
    return _made(scan, people)


def _add_singles(
    scan: Scan, people: list[list[Occurrence]], near: list[list[Occurrence]], found: list[Occurrence]
) -> None:  # fmt: skip
    """Give each use of a single name to the one of those near whom it fits; what fits nobody is a person too."""
    own = [o for o in found if all(_clashes(scan, g, o) for g in near)]
    apart: list[list[Occurrence]] = []
    for occurrence in sorted(own, key=lambda o: (_sex(scan, o) is None, not _codes(scan, o))):
        home = _fitting(scan, apart, occurrence)
        if home is None:
            apart.append([occurrence])
        else:
            home.append(occurrence)
    people += apart
    near = [*near, *apart]
    for occurrence in found:
        fitting = None if occurrence in own else _fitting(scan, near, occurrence)
        if fitting is not None:
            fitting.append(occurrence)


def _name(scan: Scan, occurrence: Occurrence) -> str:
    return scan.view.text(occurrence.name_first, occurrence.name_last)


def _fitting(scan: Scan, near: list[list[Occurrence]], new: Occurrence) -> list[Occurrence] | None:
    """The one person whom a single name fits; of several the one with that office, that family name, or the last."""
    fitting = [g for g in near if not _clashes(scan, g, new)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    for is_better in (_has_office, lambda g, n: _has_family_name(scan, g, n)):
        better = [g for g in fitting if is_better(g, new)]
        if len(better) == 1:
            return better[0]
    before = [g for g in fitting if g[0].first < new.first]
    return max(before or fitting, key=lambda g: max((o.first for o in g if o.first < new.first), default=-1))


def _clashes(scan: Scan, group: list[Occurrence], new: Occurrence) -> bool:
    """Whether the states beside a name are others than those beside a person's, or the sex told is another."""
    sex = _sex(scan, new)
    if sex is not None and any((old := _sex(scan, o)) is not None and old is not sex for o in group):
        return True
    old_codes = {code for o in group for code in _codes(scan, o)}
    new_codes = _codes(scan, new)
    return bool(old_codes and new_codes and not old_codes & new_codes)


def _sex(scan: Scan, occurrence: Occurrence) -> bool | None:
    """Whether a name's address, office or given name is a woman's; None where none of them tells."""
    if occurrence.female is not None:
        return occurrence.female
    told = next((t for c in occurrence.chunks if (t := _gender(c.title.words)) is not None), None)
    return told if told is not None else is_woman_s(_name(scan, occurrence))


def _codes(scan: Scan, occurrence: Occurrence) -> set[str]:
    state = occurrence.state(scan)
    return {c.codes[0] for c in occurrence.chunks if c.codes} | ({state} if state else set())


def _has_office(group: list[Occurrence], new: Occurrence) -> bool:
    titles = {c.title.title for o in group for c in o.chunks}
    return any(c.title.title in titles for c in new.chunks)


def _has_family_name(scan: Scan, group: list[Occurrence], new: Occurrence) -> bool:
    name = tokens_of(_name(scan, new))
    return any(tokens_of(_name(scan, old))[-1:] == name for old in group if len(tokens_of(_name(scan, old))) > 1)


def _made(scan: Scan, groups: list[list[Occurrence]]) -> list[Cluster]:
    made: list[Cluster] = []
    used: Counter[str] = Counter()
    for group in sorted(groups, key=min):
        name = fullest(_name(scan, o) for o in sorted(group))
        key = slug(name)
        used[key] += 1
        made.append(Cluster(key if used[key] == 1 else f"{key}-{used[key]}", name, tuple(sorted(group))))
    return made


def short_forms(scan: Scan, known: Iterable[Cluster], taken: Iterable[int]) -> list[Occurrence]:
    """Later bare uses of names that a document has told, which the model did not see."""
    names = {c.id: {_name(scan, o) for o in c.occurrences} for c in known}
    spelled = {w for own in names.values() for name in own for w in name.replace("-", " ").split() if len(w) > 1}
    spelled -= {w for w in spelled if w.lower() in words().names.particles}
    used = set(taken)
    stop: Stop = lambda i: i in used  # noqa: E731
    seen, found = scan.view, []
    for i in [k for k, word in enumerate(seen.words) if word in spelled]:
        if i in used or (i in scan.cover and not _speaks(scan, i)):
            continue
        end = name_end(seen, i, stop)
        is_known = end > i and any(is_same(name, seen.text(i, end)) for own in names.values() for name in own)
        if not is_known or _goes_on(scan, end):
            continue
        found.append(Occurrence(i, end, i, end))
        used.update(range(i, end))
    return found


def _speaks(scan: Scan, i: int) -> bool:
    """Whether a name that is a place's too says something ("Lagos said", of somebody called so)."""
    parse = scan.view.parse
    return parse.dep[i] == "nsubj" and parse.lemma[parse.head[i]] in _SAYING and scan.cover[i].last == i + 1


def _goes_on(scan: Scan, end: int) -> bool:
    """Whether a body's name goes on behind a name ("Pasteur Institute")."""
    seen = scan.view
    return end < len(seen.words) and seen.is_capital(end) and seen.low[end] in words().fields.words
