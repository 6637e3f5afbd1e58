"""What looks like a number and is no quantity: years, dates, times, ordinals, scores, names, numbers of articles.

Owns the patterns that rule a number out, on the text around it. A unit, a scale or a counted noun may overrule the
weaker of them. Source: docs/rules/measures.md.
"""

from __future__ import annotations

import re

from bilateral.extract.measures.numberwords import Number

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DAYS = rf"{_DAY}(?:\s*(?:-|–|—|to|and|&)\s*{_DAY})?"
_YEAR = r"(?:,?\s+(?:19|20)\d\d\b)"
_NO_AMOUNT = r"(?!\s*(?:percent|per cent|million|billion|%))"
# What holds no quantity whatever stands in it.
_DATES = (
    rf"\b{_MONTH}\s+{_DAYS}(?![\d%]){_YEAR}?{_NO_AMOUNT}",
    rf"\b{_DAYS}\s+(?:of\s+)?{_MONTH}(?![a-z]){_YEAR}?",
    rf"\b{_MONTH},?\s+(?:of\s+)?(?:1[5-9]|20)\d\d\b",
    r"\b\d{4}-\d\d-\d\d\b",
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b",
    rf"\b(?:19|20)\d\d\s*[-–—/]\s*(?:19|20)?\d\d\b{_NO_AMOUNT}",
    r"\b['’]?\d{2,4}[-–]?s\b",
    r"\b[Dd]ay\s+\d+\b",
)
_CLOCK = r"(?:[01]?\d|2[0-4])"
_NO_UNIT = r"(?!\s*(?:%|per|[mb]|tr|[$€£]|[a-z]+ (?:tons|tonnes)))"
_TIMES = (
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?|hrs?\b|GMT|UTC|local|[A-Z]{2,4}T\b)",
    r"\b\d{1,2}:\d\d(?::\d\d)?\b",
    r"\b\d{1,2}\s*(?:[ap]m\b|[ap]\.m\.|o['’]clock)",
    r"\b\d{3,4}\s*(?:GMT|UTC|hours local)\b",
    rf"\b{_CLOCK}\.[0-5]\d\s*(?:to|until|till|and|-|–)\s*{_CLOCK}\.[0-5]\d\b{_NO_UNIT}",
    rf"\b(?:at|from|until|till|by) {_CLOCK}\.[0-5]0\b{_NO_UNIT}",
    rf"\b(?:at|until|till) {_CLOCK}\.[0-5]\d\b(?=\s+(?:on|local|time|today|yesterday|tomorrow|sharp)\b|[,;]|[.;]?$)",
    r"\bvot\w+\s+(?:by\s+)?\d+\s*(?:to|against|[-–])\s*(?:\d+|nil|none|zero)\b",
)
_NAMES = (
    r"\b\d{1,2}/7\b|\b9/11\b|\b50[-/]50\b",
    r"\b[A-Z]?\d{1,3}\+\d{1,3}\w*\b",
    r"\b(?:\d+[A-Za-z]{1,2}-\d+|[A-Z]{1,3}\d+-\d+)\b",
    r"(?<![\d,.])\d+(?:st|nd|rd|th)\b(?:-\w+)?",
    r"[#№]\s?\d+|§+\s*\d+",
)
_WEB = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,64}@\S{1,64}|\b[\w-]{1,40}\.(?:com|org|net)\S*")
_WEB_SIGNS = ("@", "www.", "http", ".com", ".org", ".net")
_PHONES = (
    r"(?:\+\d{1,3}[\s-]?)?\(?\d{2,4}\)?[\s-]\d{3}[\s-]\d{3,4}\b(?!\s*[A-Za-z])(?=.{0,3}$|[;)])",
    r"\+\d[\d\s()-]{7,}\d",
    r"(?:\b[Tt]el|\b[Pp]hone|\b[Ff]ax|\b[Hh]otline|\b[Cc]all)[.:]?\s*(?:\+|no\.?|number)?\s*\(?\d[\d\s()-]{4,}\d",
)
# No pattern begins inside a word: the guard in front spares most positions.
_SPANS = re.compile(f"(?<![a-z])(?:{'|'.join((*_DATES, *_TIMES, *_NAMES, *_PHONES))})")
# A list of labels ("Chapters 23 and 24") and the last digits of a telephone or passport number.
_LISTED = re.compile(r"(?:\d+\s*(?:,|and|or|to|&|through|[-–])\s*){1,6}$")
_ENDING = re.compile(r"\b(?:ending(?: in| with)?|extension|ext\.?|dial|dialling)\s+$", re.I)
_COUNTED_NAME = re.compile(r"\b(?:number|no\.|phase|chapter|article|part|day|round|group|level|stage)\s+$", re.I)
# Words whose number names one of a kind.
_LABELS = re.compile(
    r"\b(?:articles?|art\.|resolutions?|chapters?|sections?|paragraphs?|para\.?|pages?|pp?\.|nos?\.|no|"
    r"(?<!now )(?<!already )(?<!they )(?<!would )(?<!will )(?<!could )(?<!should )(?<!might )(?<!may )(?<!to )"
    r"(?<!not )number|numbers|"
    r"flight|hall|court|terminal|platform|runway|exit|entrance|booth|pavilion|deck|bay|checkpoint|seat|row|"
    r"kilometre|kilometer|"
    r"milestone|window|desk|route|highway|level|phase|stage|room|unit|volume|vol\.?|version|type|model|class|"
    r"category|channel|game|"
    r"part|protocol|annex|appendix|clause|rule|decree|law|bill|regulation|directive|order|agenda|vision|act|"
    r"order|lot|block|line|pier|berth|gate|track|episode|season|week|match|tier|group|figure|table|item|goal|sdg|"
    r"grade|zone|district|ward|step|point|option|question|list|form|code|case|"
    r"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )building|battalion|brigade|squadron|"
    r"division|regiment|camp|village|school|wave|day|round|target|pillar|track|basket|size|top|big|file|"
    r"docket|motion|petition|document|paper|annexe|edition|serial|dossier|index|column|reactor|block|hull|pennant|"
    r"box|postbox|plot|house|apt\.?|suite|floor|fiscal|fy|year|summer|"
    r"spring|winter|autumn|olympics|games|cup|expo|euro|plan|strategy|forum|summit|apec|un|group\s+of|cop)[\s-]+$",
    re.I,
)
_PLURAL_LABELS = re.compile(
    r"\b(?:articles|arts\.|resolutions|chapters|sections|paragraphs|paras\.?|pages|pp\.|nos\.|numbers|flights|halls|"
    r"rooms|clauses|annexes|rules|decrees|points|questions|routes|highways|lots|blocks|gates|zones|phases|"
    r"stages)\s+$", re.I,
)  # fmt: skip
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|to|for|during|through|throughout|early|late|mid|end|between|and|or|the|"
    r"before|after|year|years|fiscal|fy|spring|summer|autumn|fall|winter|than|versus|vs|on|within|with|this|that|"
    r"q[1-4]|h[12]|quarter|half|circa|as|at|his|her|its|their|our|my|no|next|last|beyond|around|compared\s+to|"
    r"when|pre|post)|['’]s|[-–—/(,;:'’&])[\s-]*$",
    re.I,
)
_INSIDE_NAME = re.compile(r"(?<!\bminus)(?<!\bsub)(?<!\bnow)(?<!\bto)(?<!\bplus)(?<!\bover)[A-Za-z]-$")
_SCORE = re.compile(r"\d+\s?[-–—:]\s?\d+")


def ruled_out(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of a sentence that hold dates, times, ordinals, phone numbers and the like, in order."""
    found = [m.span() for m in _SPANS.finditer(text, start, end)]
    if any(sign in text for sign in _WEB_SIGNS):
        found = sorted([*found, *(m.span() for m in _WEB.finditer(text, start, end))])
    return found


def is_inside(number: Number, spans: list[tuple[int, int]]) -> bool:
    """Whether a number lies in one of some spans."""
    return any(a < number.end and number.start < b for a, b in spans)


def is_name(text: str, number: Number) -> bool:
    """Whether digits belong to a name by the letters that touch them or the label before them."""
    before = text[max(0, number.start - 30) : number.start]
    after = text[number.end : number.end + 3]
    if number.form != "digits":
        return bool(_COUNTED_NAME.search(before))
    if "," in text[number.start : number.end]:
        return bool(re.search(r"[A-Za-z]$", before))
    listed = _LISTED.search(before)
    if (listed is not None and _PLURAL_LABELS.search(before[: listed.start()])) or _ENDING.search(before):
        return True
    if _LABELS.search(before) or re.search(r"[A-Za-z]$", before) or _INSIDE_NAME.search(before):
        return True
    if before[-1:] in "/_" and before[-2:-1].isalnum():
        return True
    return bool(re.match(r"[A-Za-z]", after)) or bool(re.match(r"[/_]\w", after))


def is_year(text: str, number: Number, *, counts: bool, bounded: bool) -> bool:
    """Whether four plain digits are a year: by what stands before, and no plural counted or bound in sight."""
    digits = text[number.start : number.end]
    if number.form != "digits" or not re.fullmatch(r"(?:1[4-9]|20|21)\d\d", digits) or bounded:
        return False
    if not counts:
        return True
    before = text[max(0, number.start - 16) : number.start]
    return bool(_YEAR_BEFORE.search(before))


def is_listing(text: str, number: Number, start: int) -> bool:
    """Whether a number only counts the items of a list: "(1)", "2." or "3)" at the start of a sentence."""
    before, after = text[max(start, number.start - 1) : number.start], text[number.end : number.end + 2]
    if before == "(" and after[:1] == ")" and number.value < 20:
        return True
    return number.start == start and bool(re.match(r"[.)]\s", after)) and number.value < 100
