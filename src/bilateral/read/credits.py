"""The small lines around a report that say who wrote it, when it came out and whose it is: bylines, stamps, credits."""

from __future__ import annotations

import re

from bilateral.knowledge import outlet_of
from bilateral.read.dates import DAY, WEEKDAY, day_of

_NAME = r"[^\W\d_a-z][\w.'’-]*"
_PARTICLE = r"(?:and|&|de|da|del|van|von|der|den|bin|ibn|al|el|la|le|dos|y|e)"
_NAMES = rf"{_NAME}(?:,?\s+(?:{_PARTICLE}\s+)*{_NAME}){{0,9}}"
_BY = re.compile(
    rf"(?:(?i:by|written by|reported by|story by|text by|report by|author|authors|words by)\s*:?)\s+"
    rf"(?:(?:{_NAME}\s+)?(?i:staff writers?|writers?|correspondents?|reporters?)\s+)?(?P<who>{_NAMES})"
    r"(?P<rest>(?:\s*[|/,–—·•-].*|\s+(?:in|at|for|from)\s.*)?)"
)
_DESK = re.compile(
    r"[(\[]?(?:additional\s+|with\s+)?(?:reporting|editing|writing|compiled|edited|reported|written|translated"
    r"|translation|contributed|production|graphics)(?:\s+and\s+\w+ing)?\s+(?:to this (?:report|story)\s+)?by:?\s+"
    r"(?-i:[^\W\d_a-z].*)",
    re.IGNORECASE,
)
_POST = re.compile(rf"{_NAMES},?\s+(?i:staff writer|staff reporter|correspondent|reporter|special correspondent)")
_SIGNATURE = re.compile(r"[(\[–—-]*\s*[A-Z]{1,4}(?:[/.,&-][A-Z]{1,4}){0,4}\s*[)\]–—/.-]*")
_CREDIT = re.compile(
    r"[(\[]?(?:source|sources|origin|agency)\s*[:：–—]\s*(?P<who>[^\n|]{2,90}?)\s*(?:\|.*)?[)\].]?", re.IGNORECASE
)
_TIME = (
    r"\d{1,2}(?:[:.h]\d{2}){1,2}\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{4}\s*(?:hrs|hours)"
    r"|[+-]\d{1,2}:?\d{0,2}"
)
_STAMP_WORDS = re.compile(
    rf"{DAY}|{_TIME}|{WEEKDAY}|\b(?:published|publication|updated|posted|modified|released?|issued|created|dated?|added|uploaded"
    r"|last|first|on|at|time|local|am|pm|gmt|utc|ict|ist|msk|jst|kst|cet|cest|est|edt|pst|pkt|wib|bst|eat|wat"
    r"|moscow|beijing|indochina|standard|update|press release|no)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:updated|modified|last update)\b", re.IGNORECASE)
_PUBLISHED = re.compile(r"\b(?:published|publication|posted|issued|released|created)\b", re.IGNORECASE)


def author_of(line: str) -> str | None:
    """The author that a byline names ("By Jane Doe | Reuters": Jane Doe), or None."""
    if match := _byline(line):
        who = re.sub(r",\s*(?:(?i:staff|correspondent|reporter).*)$", "", match["who"]).strip(" ,")
        return who.title() if who.isupper() else who
    return None


def is_byline(line: str) -> bool:
    """Whether a line says who wrote, edited or translated the report."""
    words = line.count(" ") + 1
    if words > 45:
        return False
    return bool(_byline(line) or _DESK.fullmatch(line) or (words < 9 and _POST.fullmatch(line)))


def is_signature(line: str) -> bool:
    """Whether a last line is only initials, as editors sign ("ND/AK", "(SK)")."""
    return len(line) <= 20 and _SIGNATURE.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line names the report's source ("Source: Agency Kampuchea Press") or is an outlet's name alone."""
    return line.count(" ") < 16 and (_CREDIT.fullmatch(line) is not None or _alone(line) is not None)


def credited(line: str) -> str | None:
    """The outlet that a credit line names: canonical where known, else as written; None for an unknown address."""
    match = _CREDIT.fullmatch(line)
    if match is None:
        return _alone(line)
    who = match["who"].strip()
    outlet = outlet_of(who)
    return outlet.name if outlet else None if "/" in who or "@" in who else who


def is_stamp(line: str) -> bool:
    """Whether a line is nothing but a date, perhaps with a time and a word such as "Published"."""
    if len(line) > 90 or not re.search(DAY, line, re.IGNORECASE):
        return False
    return not re.sub(r"[\W\d_]+", "", _STAMP_WORDS.sub(" ", line))


def _alone(line: str) -> str | None:
    """The outlet of a line that is nothing but its name."""
    outlet = outlet_of(line.strip("()[]–—-./ ")) if line.count(" ") < 5 else None
    return outlet.name if outlet else None


def is_labelled(line: str) -> bool:
    """Whether a stamp says of itself that it is one: it is no heading of a chronology then."""
    return _PUBLISHED.search(line) is not None or _UPDATED.search(line) is not None


def stamped(line: str) -> str | None:
    """The day of publication that a stamp gives in full; None without a year, or where it is a day of change."""
    line = next((part for part in line.split("|") if is_stamp(part.strip())), line)
    if _UPDATED.search(line) and not _PUBLISHED.search(line):
        return None
    match = re.search(DAY, line, re.IGNORECASE)
    day = day_of(match[0]) if match else None
    return None if day is None or day.startswith("X") else day


def _byline(line: str) -> re.Match[str] | None:
    """A line "By NAME", which is no sentence: few words, no stop at its end."""
    if line.count(" ") > 15 or (line.endswith((".", "!", "?")) and not line.endswith(("Jr.", "Sr."))):
        return None
    return _BY.fullmatch(line)
