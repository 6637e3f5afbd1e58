"""The dateline of an agency report: place, day and agency in front of the first sentence.

    PLACE[, REGION] [DAY] [AGENCY] END      the parts in any agency's order and punctuation

An agency stands between brackets or slashes, or is a known outlet between commas. Strong forms have an agency or a day;
weak ones have a place alone ("NEW DELHI: …", "MANILA — …") and count only before a sentence, so that a headline
with a colon is none. Case table: tests/cases/datelines.toml.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bilateral.knowledge import outlet_of, place_code
from bilateral.read.dates import DAY, WEEKDAY, day_of
from bilateral.text import Dateline

_REACH = 150
_BRACKET = re.compile(r"\((?P<a>[^()\n]{2,48})\)|(?:(?<=^)|(?<=[\s.,]))/(?P<b>[^\W\d_][^/\n()]{1,30})/")
_END = re.compile(r"\s*(?:[.,:;]?\s*(?:-{1,3}|[–—―_‐‒])\s*|[:;]\s*|\.\s*|,\s*(?=$))")
_DASH = re.compile(r"\s*[.,:;]?\s*(?:-{1,3}|[–—―_‐‒]|:)(?=\s|[\"'“‘A-Z]|$)\s*")
# A bare place ends with a colon, a long dash or a hyphen among spaces: "Port-au-Prince" does not end at its hyphens.
_WEAK_END = re.compile(r"\s*(?:(?P<colon>:)\s+|(?P<dash>\s-{1,2}\s+|\s*(?:--+|[–—―])\s*|-\s+))(?=[\"'“‘(]?[^\W\d_])")
_DAY = re.compile(rf"(?<![\w/]){DAY}", re.IGNORECASE)
_WEEKDAY = re.compile(rf"[,\s]+{WEEKDAY}\s*$", re.IGNORECASE)
_GAP = r"[\s,.:;–—―/-]*"
_SMALL_WORDS = (
    "de do da del des di du la le les las los el al an ar as ash at en e i y of the and on upon sur am ob der den "
    "von near off aboard in over"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_OPENERS = frozenset(("on", "in", "by", "since", "from", "after", "until", "for", "at", "during", "before", "as"))
# Words in capitals before a colon or a dash that are no places.
_LABEL_WORDS = (
    "breaking update updated urgent exclusive opinion analysis explainer explained factbox corrected correction wrapup "
    "watch video live note headline title subject re question answer q a interview comment commentary column editorial "
    "feature focus insight profile timeline background summary press release statement remarks readout transcript "
    "photo photos source advisory alert flash bulletin brief briefs news newsline scoop special report review preview "
    "moderator host anchor reporter president minister"
)
_LABELS = frozenset(_LABEL_WORDS.split())
_CAPITALS = 0.8
# "HEMPSTEAD, N.Y.", "FLINT, Mich.", "WASHINGTON D.C." end with a stop of their own, "MOSCOW." does not.
_SHORTENED = re.compile(r"(?:\b[A-Z]\.){2,}$|,\s+[A-Z][a-z]{0,4}\.$")
_SENTENCE_WORDS = 25
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]/]*$")


class _Found(NamedTuple):
    """The parts of a dateline and where it ends, relative to the head of its paragraph."""

    end: int
    place: str | None
    day: str | None
    agency: str | None
    is_weak: bool = False


def dateline(text: str, start: int, end: int) -> Dateline | None:
    """The dateline with which the paragraph start..end of a text begins, or None."""
    line_end = text.find("\n", start, end)
    head = text[start : min(end, start + _REACH, line_end if line_end > 0 else end)]
    if not head or not (head[0].isupper() or head[0].isdigit() or head[0] in "(/"):
        return None
    found = _agency_first(head) or _bracketed(head) or _dated(head) or _named(head) or _bare(head)
    if found is None or (found.is_weak and not _is_sentence(text[start + found.end : end])):
        return None
    stop = start + len(head[: found.end].rstrip())
    return Dateline(start=start, end=stop, place=found.place, day=found.day, agency=found.agency)


def is_place_alone(line: str) -> bool:
    """Whether a line in capitals is nothing but a known place, as some agencies head a report."""
    return line.isupper() and place_code(line.strip(" .:,")) is not None


def _is_sentence(rest: str) -> bool:
    rest = rest.strip()
    return rest.count(" ") + 1 >= _SENTENCE_WORDS or (rest.count(" ") >= 3 and _SENTENCE.search(rest) is not None)


# --- the forms, the strongest first ----------------------------------------------------------------------------------


def _agency_first(head: str) -> _Found | None:
    """"(RTTNews) - …", "(ANSA) - ROME, JUL 3 - …", "July 3 (Reuters) - …", "3 July 2019, Geneva – …"."""
    match = _BRACKET.match(head)
    if match is None:
        return None
    agency, known = _agency(match["a"] or match["b"])
    ending = _DASH.match(head, match.end())
    if agency is None or not (known or " " not in agency):
        return None
    if ending is None:
        is_plain = known and re.match(r"\s*[\"“]?[A-Z]", head[match.end() :]) is not None
        return _Found(match.end(), None, None, agency, is_weak=True) if is_plain else None
    rest = head[ending.end() :]
    inner = _dated(rest) or (_bare(rest) if known else None)
    if inner:
        agency, _ = _agency(match["a"] or match["b"], inner.place)
        return _Found(ending.end() + inner.end, inner.place, inner.day, agency)
    return _Found(ending.end(), None, None, agency)


def _bracketed(head: str) -> _Found | None:
    """"HANOI, July 3. /TASS/.", "LONDON (Reuters) -", "Phnom Penh (AKP), July 03, 2019 --"."""
    match = _BRACKET.search(head)
    if match is None or match.start() == 0:
        return None
    place, day, is_clean = _place_and_day(head[: match.start()])
    agency, known = _agency(match["a"] or match["b"], place)
    if not is_clean or agency is None:
        return None
    at = match.end()
    later = re.compile(rf"{_GAP}(?P<day>{DAY})", re.IGNORECASE).match(head, at) if day is None else None
    if later:
        day, at = later["day"], later.end()
    ending = _DASH.match(head, at)
    if day is None and not _is_credible(place, known, ending is not None):
        return None
    stop = _END.match(head, at)
    return _Found(stop.end() if stop else at, place, day_of(day) if day else None, agency)


def _dated(head: str) -> _Found | None:
    """"CAIRO - 3 July 2019:", "YEREVAN, JULY 3, ARMENPRESS.", "Geneva, 3 July 2019 –", "3 July 2019, Geneva –"."""
    match = _DAY.search(head, 0, 90)
    if match is None:
        return None
    place, _, is_clean = _place_and_day(head[: match.start()])
    if not is_clean:
        return None
    at, agency = _agency_after(head, match.end(), place, is_dated=True)
    if place is None and agency is None and (city := _place_after(head, match.end())):
        place, at = city
    ending = _DASH.match(head, at)
    is_whole = not head[at:].strip(" .")
    if place is None and agency is None and not (ending and re.search(r"\d{4}", match[0])):
        return None
    if not (agency or ending or is_whole or (_is_known(place) and head[at : at + 1] == ".")):
        return None
    stop = ending or _END.match(head, at)
    if place and not agency:
        agency, place = _agency_before(place)
    if place and not agency and not (_is_known(place) or _is_capitals(place) or re.search(r"\d{4}", match[0])):
        return None
    return _Found(stop.end() if stop else at, place, day_of(match[0]), agency)


def _named(head: str) -> _Found | None:
    """"Khartoum - SUNA", "TOKYO, Kyodo", "NUR-SULTAN. KAZINFORM –", "London CNN —": a known outlet after a place."""
    for match in re.finditer(r"\s*[,.]\s+|\s+[–—-]+\s+|\s+", head[:60]):
        place = head[: match.start()]
        if not (_is_known(place) or (_is_capitals(place) and _is_place_shaped(place))):
            continue
        at, agency = _agency_after(head, match.end(), place)
        if agency:
            ending = _END.match(head, at)
            if ending or not head[at:].strip():
                return _Found(ending.end() if ending else at, place, None, agency)
    return None


def _bare(head: str) -> _Found | None:
    """"NEW DELHI: …", "Jakarta: …", "MANILA — …": a place alone."""
    match = _WEAK_END.search(head, 0, 80)
    if match is None:
        return None
    place = _trimmed(head[: match.start()])
    words = re.findall(r"[^\W\d_]+", place.lower())
    if (outlet := outlet_of(place)) and not _is_known(place):
        return _Found(match.end(), None, None, outlet.name, is_weak=True)
    if not words or len(words) > 5 or words[0] in _LABELS or words[-1] in _LABELS or not _is_place_shaped(place):
        return None
    # An unknown word in capitals may be a body ("NATO:", "ASEAN –"); a place among them is longer than an acronym.
    is_long = _is_capitals(place) and len(place) > 6 and match["dash"] is not None
    return _Found(match.end(), place, None, None, is_weak=True) if _is_known(place) or is_long else None


# --- the parts -------------------------------------------------------------------------------------------------------


def _place_and_day(prefix: str) -> tuple[str | None, str | None, bool]:
    """Place and day in the words before an agency, and whether the words are nothing else."""
    day = _DAY.search(prefix)
    if day and prefix[day.end() :].strip(" ,.:;–—-/"):
        return None, None, False
    place = _WEEKDAY.sub("", prefix[: day.start()] if day else prefix)
    place = _trimmed(re.sub(r"\s*\[[^\]]*\]", "", place))
    if not place:
        return None, day[0] if day else None, day is not None or not prefix.strip(" ,.:;–—-/")
    return place, day[0] if day else None, _is_place_shaped(place)


def _trimmed(place: str) -> str:
    """A place without punctuation around it, but with the stop of a shortened region."""
    place = place.strip(" \xa0,:;–—―-/").lstrip(".")
    return place if _SHORTENED.search(place) else place.rstrip(".")


def _agency(words: str, place: str | None = None) -> tuple[str | None, bool]:
    """The agency that bracketed words name, by its canonical name where known, and whether it is known.

    Of several agencies of one name it is the one of the state where the place lies ("TEHRAN (MNA)").
    """
    words = " ".join(words.split()).strip(" .")
    for name in (words, *re.split(r"\s*[/;,|&]\s*", words), words.split()[0] if words else ""):
        if outlet := outlet_of(name, near=_state_of(place)):
            return outlet.name, True
    tokens = words.split()
    if not 1 <= len(tokens) <= 4 or _DAY.search(words) or re.fullmatch(WEEKDAY, words, re.IGNORECASE):
        return None, False
    is_shaped = tokens[0][0].isupper() and all(t[0].isupper() or t[0].isdigit() or t in _SMALL for t in tokens)
    return (words, False) if is_shaped else (None, False)


def _agency_before(place: str) -> tuple[str | None, str]:
    """A known outlet in front of a place ("AKP Phnom Penh"), and the place."""
    first, _, rest = place.partition(" ")
    outlet = outlet_of(first, near=_state_of(rest)) if rest else None
    return (outlet.name, rest) if outlet else (None, place)


def _agency_after(head: str, at: int, place: str | None, *, is_dated: bool = False) -> tuple[int, str | None]:
    """An outlet that follows without brackets, longest name first, and where it ends; after a day any in capitals."""
    match = re.compile(rf"{_GAP}([^\W\d_][\w.'-]*(?: [A-Z][\w.'-]*){{0,2}})").match(head, at)
    words = match[1].split(" ") if match else []
    while match and words:
        name = " ".join(words)
        bare = name.rstrip(".-")
        stop = match.start(1) + len(bare)
        outlet = outlet_of(bare, near=_state_of(place))
        if outlet and _END.match(head[stop:] or ".") and bare[0].isupper():
            return stop, outlet.name
        if is_dated and bare.isupper() and len(bare) >= 2 and len(words) == 1 and _DASH.match(head, stop):
            return stop, bare
        words.pop()
    return at, None


def _place_after(head: str, at: int) -> tuple[str, int] | None:
    """A known place between a day and a dash: "3 July 2019, Geneva – …"."""
    match = re.compile(r"[\s,.]+([^\W\d_][^\W\d_]*(?:[ -][^\W\d_]+){0,3})(?=\s*(?:[–—―:]|\s-))").match(head, at)
    return (match[1], match.end()) if match and _is_known(match[1]) else None


def _is_credible(place: str | None, is_known_agency: bool, has_dash: bool) -> bool:
    """Whether a place and a bracket without a day are a dateline and not a name with its acronym."""
    is_place = _is_known(place) or (place is not None and _is_capitals(place))
    return (is_known_agency and (is_place or has_dash)) or (is_place and has_dash)


def _state_of(place: str | None) -> str | None:
    """The state in which a place or a part of its name lies, None where none is known."""
    parts = (place, *re.split(r"\s*[,/]\s*", place)) if place else ()
    return next((code for part in parts if (code := place_code(part)) is not None), None)


def _is_known(place: str | None) -> bool:
    return _state_of(place) is not None


def _is_capitals(place: str) -> bool:
    """Whether a place (its first part, before a region) is written in capitals."""
    letters = [c for c in re.split(r"[,/(]", place)[0] if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= _CAPITALS * len(letters)


def _is_place_shaped(place: str) -> bool:
    """Whether words can be the name of a place: few, without figures, each with a capital but for the small ones."""
    words = [word for word in re.split(r"[\s,/-]+", place) if word.strip(".'’")]
    if not 1 <= len(words) <= 8 or len(place) > 60 or any(c.isdigit() for c in place) or words[0].lower() in _OPENERS:
        return False
    return all(w.lstrip("('‘’")[:1].isupper() or w.lower() in _SMALL or w[:2] in {"d'", "l'"} for w in words)
