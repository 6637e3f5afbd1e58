"""Every figure of a sentence with unit and bound: numbers, less the traps, plus what stands around them.

Owns the assembly of number and unit, ranges, and units given once for several numbers. Changes and bases are told
apart in changes.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from msgspec import structs

from bilateral.extract.measures.bounds import bounded, is_bounded
from bilateral.extract.measures.changes import roles
from bilateral.extract.measures.counted import Counted, counted
from bilateral.extract.measures.gapping import gapped
from bilateral.extract.measures.headers import converted, lent_money, shared_units
from bilateral.extract.measures.lexicon import Found, cues, lexicon, sign_before, unit_after
from bilateral.extract.measures.numberwords import Number, has_number
from bilateral.extract.measures.numerals import numbers, tokens
from bilateral.extract.measures.quantity import Quantity, View, view
from bilateral.extract.measures.ranges import ranges
from bilateral.extract.measures.traps import is_inside, is_listing, is_name, is_year, ruled_out
from bilateral.knowledge import code_of, place_code
from bilateral.text import Parse

Spans = Sequence[tuple[int, int]]
# A "sentence" with more numbers than this is a table that lost its lines: what stands behind them is left out, because
# ties between figures are sought among all pairs.
MOST = 150


def quantities_in(text: str, parse: Parse, sentence: range, *, dates: Spans = ()) -> list[Quantity]:
    """Every quantity of one sentence in text order, with unit, bound, and its role as level, change or base.

    `sentence` are the sentence's tokens; `dates` the character spans of date mentions, whose bare numbers are no
    quantities. Ranges are one quantity here. Raises nothing; a sentence without a number gives an empty list.
    """
    if not sentence:
        return []
    start, end = parse.start[sentence.start], parse.end[sentence.stop - 1]
    if not has_number(text, start, end):
        return []
    seen = view(text, parse, sentence)
    found = [q for n in islice(_numbers(seen), MOST) if (q := _quantity(seen, n, dates)) is not None]
    joined = gapped(seen, ranges(seen, shared_units(seen, found)))
    found = [q for n, q in enumerate(joined) if not _is_empty(seen, q) or _goes_on(seen, joined[:n], q)]
    found = lent_money(seen, found)
    return roles(seen, converted(seen, [bounded(seen, q) for q in found]))


def _numbers(seen: View) -> Iterator[Number]:
    """The numbers of a sentence that no date, time, ordinal or list number covers."""
    out = ruled_out(seen.text, seen.start, seen.end)
    for number in numbers(tokens(seen.text, seen.start, seen.end)):
        if not is_inside(number, out) and not is_listing(seen.text, number, seen.start):
            yield number


def _quantity(seen: View, number: Number, dates: Spans) -> Quantity | None:
    sign = sign_before(seen.text, number.start)
    after = unit_after(seen.text, number.end, seen.end)
    if number.form == "fraction" and after is not None and after.form.cls == "money" and sign is None:
        return _base(seen, number, number.start, after.end, number.value)
    if after is not None and after.form.cls == "money":
        return _money(seen, number, after)
    if sign is not None:
        return _money(seen, number, sign)
    if after is not None and not _is_misread(seen, number, after):
        return _measured(seen, number, after)
    return _counted(seen, number, dates)


def _money(seen: View, number: Number, unit: Found) -> Quantity:
    """An amount of money; a sign and a word for it count once ("$31.20 US", "US$5 million dollars")."""
    value, first = _signed(seen, number)
    start, end = min(first, unit.start), max(number.end, unit.end)
    if unit.form.per > 1:
        value /= unit.form.per
    q = _base(seen, number, start, end, value)
    name = unit.form.unit
    found = structs.replace(q, unit=name, cls="money", money=unit.form, unit_span=(unit.start, unit.end))
    return _with_per(seen, found)


def _base(seen: View, number: Number, start: int, end: int, value: Decimal) -> Quantity:
    high = number.high
    return Quantity(
        start=start, end=end, number=(number.start, number.end), value=value, high=high, form=number.form,
        digits=seen.text[number.start : number.end], scale=number.scale,
    )  # fmt: skip


_MINUS = re.compile(r"(?:\bminus[ -]|(?:^|(?<=[\s(,$€£]))[-−–])$", re.I)


def _signed(seen: View, number: Number) -> tuple[Decimal, int]:
    """The value with its sign, and where number or sign starts."""
    offset = max(seen.start, number.start - 8)
    minus = _MINUS.search(seen.text[offset : number.start])
    if minus is None or (minus[0] in "-–" and re.search(r"[\d%]\s*$", seen.text[seen.start : offset + minus.start()])):
        return number.value, number.start
    return -number.value, offset + minus.start()


def _is_misread(seen: View, number: Number, after: Found) -> bool:
    """Whether a form behind a number is no unit there: "the third time", "5 points" of a plan, "five-year plan"."""
    text, form = seen.text, after.form
    hyphen = text[number.end : after.start] == "-"
    written = text[after.start : after.end]
    if form.cls == "duration" and hyphen and number.form == "words":
        return _AGE.match(text, after.end) is None
    if form.cls == "times":
        return written.lower() == "time" or number.form == "fraction"
    if len(written) == 1 and written.isalpha() and text[number.end : after.start] == " ":
        return written not in ("m", "C", "F", "W", "V", "g", "t", "p", "b", "a")
    if form.unit == "point" and written == "point":
        return not hyphen
    return False


_AGE = re.compile(r"[- ](?:old|olds|of age)\b", re.I)


def _measured(seen: View, number: Number, after: Found) -> Quantity:
    """A percentage, multiple, measure, duration or age."""
    value, start = _signed(seen, number)
    q = _base(seen, number, start, after.end, value)
    form = after.form
    cls = form.cls
    found = structs.replace(q, unit=form.unit, cls=cls, unit_span=(after.start, after.end))
    if cls == "duration" and (old := _AGE.match(seen.text, after.end)):
        return structs.replace(found, cls="age", unit=f"{form.unit} of age", end=old.end())
    return _with_per(seen, found) if cls == "measure" else found


_PER = re.compile(
    r"(?:\s?\b(?:per|an?|each|every)\s|\s?/\s?|-(?:per|an?)-)([a-z]+(?: (?:foot|feet|metre|meter|mile|km|m)\b)?)", re.I
)

_AGO = re.compile(r"\s+(?:ago|earlier|before|later|prior|previously|after)\b")


def _with_per(seen: View, q: Quantity) -> Quantity:
    found = _PER.match(seen.text, q.end)
    if found is None or found[1].lower() not in cues("counted", "per") or _AGO.match(seen.text, found.end()):
        return q
    return structs.replace(q, per=found[1].lower(), end=found.end())


def _counted(seen: View, number: Number, dates: Spans) -> Quantity | None:
    """A count of things, a part of them, an age behind a name, or a bare number that is no name and no year."""
    odd = _ODD.match(seen.text, number.end)
    at = seen.at(odd.end() if odd else number.end)
    noun = counted(seen, at, after_of=number.form in ("fraction", "vague"))
    if _is_ruled_out(seen, number, noun, dates):
        return None
    value, start = _signed(seen, number)
    age = _age_behind_name(seen, number)
    if age is not None:
        return structs.replace(_base(seen, number, start, number.end, value), cls="age", unit="year of age")
    if noun is None or (noun.is_hyphenated and number.form == "words"):
        return _base(seen, number, start, number.end, value)
    q = _base(seen, number, start, noun.end, value)
    unit = lexicon().words.get(seen.word(noun.noun))
    if unit is not None and unit.cls == "measure" and unit.unit != "point":
        return _with_per(seen, structs.replace(q, unit=unit.unit, cls="measure", unit_span=(noun.start, noun.end)))
    q = structs.replace(q, unit=noun.words, cls="count", noun=noun.noun, unit_span=(noun.start, noun.end))
    return _with_per(seen, q)


# A bound that stands between a number and what it counts ("800-odd students", "2,000-plus pickers", “five” accords).
_ODD = re.compile(r"(?:[-‑ ]odd|[-‑]plus|[-‑]some|[-‑]ish|\+|[”\"’'](?=\s))(?=[\s-])")


def _is_empty(seen: View, q: Quantity) -> bool:
    """Whether a small number word without a noun says nothing ("the two", "two-day"); "by five" is a change."""
    if seen.word(seen.at(q.number[0]) - 1) == "by" and seen.word(seen.at(q.end)) != "-":
        return False
    if seen.text[: q.start].endswith("by a factor of "):
        return False
    if q.cls == "bare" and (_TOLL.search(seen.text[seen.start : q.start]) or _is_rated(seen, q)):
        return False
    return q.cls == "bare" and q.form == "words" and q.scale == 1 and q.value <= 12


# "put the dead at five", "the toll rose to twelve", "the number of victims is now nine".
_TOLL = re.compile(
    r"\b(?:dead|toll|deaths?|fatalities|casualties|losses|victims|wounded|injured|killed|detained|missing|hostages|"
    r"captives|number of \w+)\b[^.;:]{0,60}\b(?:at|to|is|was|are|were|now|reached|hit|stood at|stands at)\s+"
    r"(?:(?:about|around|at least|now|some|only|just)\s+)*$", re.I,
)  # fmt: skip
_RATED = re.compile(r"\s*(?:a|per|each|every) (?:day|week|month|year)\b", re.I)


def _is_rated(seen: View, q: Quantity) -> bool:
    """Whether a small number word is a level with its rate ("cut its flights to ten a week")."""
    before = seen.word(seen.at(q.number[0]) - 1)
    return before in ("to", "from", "at", "of", "than") and _RATED.match(seen.text, q.number[1]) is not None


_GOES_ON = re.compile(
    r"\s*(?:(?:have|has|had|are|were|was|is|will|would|remain(?:ed|s)?|died|went|came|went|stay(?:ed)?|did|do|may|"
    r"must)\b|of (?:which|whom)\b|from\b|by\b|in\b|to\b|for\b|on\b|more\b|a (?:week|day|month|year)\b|$|[.,;](?:\s|$))",
    re.I,
)
_LEADS = re.compile(
    r"(?:\b(?:of which|of whom|of them|of these|of those|and|or|only|just|to|from|against|but|another|plus|with|"
    r"further)|[,;])\s+"
    r"(?:(?:only|just|some|about|another|a|further|at least|up to|now|has|as many as|[A-Z]\w+)\s+){0,3}$"
)


def _goes_on(seen: View, before: list[Quantity], q: Quantity) -> bool:
    """Whether a small number word goes on with a count told before ("58 from the capital and two from Tula")."""
    if not any(b.cls == "count" for b in before):
        return False
    opens = _GOES_ON.match(seen.text[q.number[1] : seen.end])
    if opens is None:
        return False
    return opens[0].lower().startswith(" of w") or _LEADS.search(seen.text[seen.start : q.start]) is not None


def _is_ruled_out(seen: View, number: Number, noun: Counted | None, dates: Spans) -> bool:
    text = seen.text
    i = seen.at(number.start)
    if number.form == "digits" and seen.text[number.start - 1 : number.start].isalpha():
        return True
    if _is_told_of_else(seen, i, number):
        return True
    if number.value == 1 and number.form == "words":
        return not _is_one_of_a_kind(seen, i, noun)
    if number.scale > 1 and text[number.end - 1].isupper() and is_name(text, number):
        return True
    if number.scale > 1 or number.form in ("fraction", "vague"):
        return False
    if number.form == "words" and is_name(text, number):
        return True
    is_counting = seen.parse.pos[i - 1] == "VERB" and i > seen.tokens.start and (
        seen.lemma(i - 1) == "number" or (noun is not None and seen.parse.tag[noun.noun] in ("NNS", "NNPS"))
    )  # fmt: skip
    if (is_name(text, number) and not is_counting) or _is_part_of_name(seen, number, i, noun):
        return True
    plural = noun is not None and seen.parse.tag[noun.noun] in ("NNS", "NNPS")
    plural = plural and not (noun is not None and seen.word(noun.noun) in cues("numbers", "of_years"))
    bound = is_bounded(seen, number.start) and (noun is None or plural)
    if is_year(text, number, counts=plural, bounded=bound):
        return True
    in_date = any(a <= number.start and number.end <= b for a, b in dates)
    return (in_date and not plural) or _is_score(seen, number)


_POPULATION = re.compile(
    r"\b(?:(?:population|pop\.)(?: of| is| was|:)?|(?:country|nation|republic|kingdom|island|"
    r"city) of)\s+(?:(?:about|around|some|nearly|over|just|under|more than|less than)\s+)?$",
    re.I,
)
_ONE_IN = re.compile(r"\b(?:one|1)(?: \w+)? (?:in|out of|of every|in every|out of every) $", re.I)
_NUMBERED = re.compile(r"\b[A-Z]{2,5} $")


def _is_told_of_else(seen: View, i: int, number: Number) -> bool:
    """Whether a number is a size or a name: "all but nine", "population 320,000", "45 too many", "IMO 9346562"."""
    if seen.word(i - 1) == "but" and seen.word(i - 2) == "all":
        return True
    before = seen.text[max(seen.start, number.start - 40) : number.start]
    if re.search(r"\b(?:per|for every|for each) $", before) and number.form == "digits":
        return True
    if _POPULATION.search(before) or _ONE_IN.search(before) or seen.text.startswith(" too many", number.end):
        return True
    digits = seen.text[number.start : number.end]
    return len(digits) > 5 and digits.isdigit() and _NUMBERED.search(before) is not None


def _is_one_of_a_kind(seen: View, i: int, noun: Counted | None) -> bool:
    """Whether "one" counts: "one proposal", "one of the ships"; not "no one", "each one", "one another", "one day"."""
    before, after = seen.word(i - 1), seen.word(i + 1)
    if before in ("no", "any", "every", "each", "the", "this", "that", "which", "some", "another", "-", "day"):
        return False
    if (
        noun is None
        or after in ("-", "another", "'s", "’s", "day", "time", "way")
        or (before == "on" and after == "hand")
    ):
        return False
    return after == "of" or seen.parse.dep[i] in ("nummod", "amod", "compound", "det")


def _is_part_of_name(seen: View, number: Number, i: int, noun: Counted | None) -> bool:
    """Whether digits end or stand in a name ("Boeing 737", "Galaxy Note 20 Ultra") and count nothing plural."""
    if number.form != "digits" or "," in seen.text[number.start : number.end] or i <= seen.tokens.start:
        return False
    before = seen.text[seen.parse.start[i - 1] : seen.parse.end[i - 1]]
    if noun is not None and _is_address(seen, noun):
        return True
    plural = noun is not None and seen.parse.tag[noun.noun] in ("NNS", "NNPS")
    if plural and (seen.parse.head[i] != i - 1 or seen.parse.dep[i - 1] in ("dative", "nsubj")):
        return False
    if before[:1].isupper() and _is_state(seen, i - 1):
        return False
    if before.islower() or i - 1 == seen.tokens.start or seen.parse.pos[i - 1] != "PROPN":
        return False
    return (
        seen.parse.head[i] == i - 1
        or seen.parse.head[i - 1] == i
        or seen.parse.dep[i - 1] == "compound"
        or noun is None
    )


def _is_state(seen: View, i: int) -> bool:
    """Whether a token ends the name of a state or its seat ("and Tirana 300"): what it has is counted behind it."""
    if i > seen.tokens.start and seen.word(i - 1) not in (",", "and", "the", ";", "while", "but", "-", "–", ":", "("):
        return False
    word = seen.text[seen.parse.start[i] : seen.parse.end[i]]
    return code_of(word) is not None or place_code(word) is not None or place_code(f"The {word}") is not None


def _is_address(seen: View, noun: Counted) -> bool:
    """Whether what stands behind digits is a name in the singular ("49 Zorro Ranch Road")."""
    words = seen.text[noun.start : noun.end].split()
    return len(words) > 1 and all(w[:1].isupper() for w in words) and seen.parse.tag[noun.noun] == "NNP"


def _is_score(seen: View, number: Number) -> bool:
    """Whether a number is half of a score or a ratio ("2-0", "16:9", "1-1 draw")."""
    text = seen.text
    right = re.match(
        r"\s?[-–:]\s?(\d+)(?![\d,.]*\s?(?:%|per|million|billion|bn|m\b))", text[number.end : number.end + 14]
    )
    left = re.search(r"(\d+)\s?[-–:]\s?$", text[max(0, number.start - 8) : number.start])
    if right and number.form == "digits" and number.value < 200:
        return Decimal(right[1]) <= number.value or text[number.end] == ":"
    if left and number.form == "digits" and not re.fullmatch(r"(?:19|20)\d\d", left[1]):
        return Decimal(left[1]) >= number.value
    return False


# "A certain guest, 41, sleeps", "a captain of 29".
_PERSON = re.compile(
    r"\b(?:guest|man|woman|boy|girl|driver|envoy|soldier|student|captain|citizen|national|resident|ex-\w+), $"
)
_PERSON_OF = re.compile(
    r"\b(?:man|woman|boy|girl|captain|soldier|youth|officer|lieutenant|father|mother|student|veteran) of $"
)
_GROWN = 14


def _age_behind_name(seen: View, number: Number) -> str | None:
    """ "Sen, 66, said": a number between commas behind a name."""
    if number.form != "digits" or not 1 < number.value < 110 or number.value != number.value.to_integral_value():
        return None
    before, after = seen.text[max(0, number.start - 30) : number.start], seen.text[number.end : number.end + 2]
    if re.search(r"\b(?:aged?|ages?|as young as|as old as)(?: of| between)? (?:\d+(?:, \d+)*,? and )?$", before):
        return "aged"
    if _PERSON.search(before) and re.match(r"[,);]", after):
        return "behind a person"
    if _PERSON_OF.search(before) and number.value >= _GROWN and re.match(r"[,.;)]|$", after):
        return "of a person"
    if number.value > _GROWN and re.search(r", at $", before) and re.match(r"[,.;)]", after):
        return "behind a comma"
    if re.search(r"[A-Z][\w’'-]+, $", before) and re.match(r"[,);]|\s?[―—–-]\s?", after):
        return "behind a name"
    return None
