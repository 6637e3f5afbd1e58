"""Ontologies of a user's own: a TOML file of codes, each with what it is in PLOVER, and events told in them.

The records stay PLOVER; a scheme says what each of them is called elsewhere. Source: docs/extending.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from bilateral import ontology
from bilateral.errors import DataError


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of a scheme: its name, what it means, the code above it, and the PLOVER root, mode and contexts it is.

    Without `plover` a code only groups others. `value` is the scheme's own score, if it has one.
    """

    code: str
    name: str
    definition: str
    parent: str | None = None
    plover: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    value: float | None = None


class Scheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ontology of a user's: its name, where it comes from, its codes in the order of the file."""

    name: str
    source: str
    codes: tuple[Code, ...]


class _File(Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    source: str
    codes: dict[str, dict[str, object]]


def scheme(path: Path | str) -> Scheme:
    """The scheme in a TOML file; DataError names the file, the code and what is wrong with it.

    Every code needs a name and a definition, a parent that exists (or none), and PLOVER codes that there are.
    """
    path = Path(path)
    try:
        file = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File)
        codes = msgspec.convert([{**row, "code": code} for code, row in file.codes.items()], tuple[Code, ...])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: expected a TOML file in UTF-8: {error}") from error
    except msgspec.ValidationError as error:
        raise DataError(f"{path}: {error}") from error
    known = {c.code for c in codes}
    for c in codes:
        _check(path, c, known)
    return Scheme(name=file.name, source=file.source, codes=codes)


def _check(path: Path, code: Code, known: set[str]) -> None:
    place = f"{path}, codes.{code.code}"
    if not (code.name and code.definition):
        raise DataError(f"{place}: expected a name and a definition")
    if code.parent is not None and (code.parent not in known or code.parent == code.code):
        raise DataError(f"{place}: no parent {code.parent!r}")
    roots = ontology.plover().roots
    if code.plover is None:
        if code.mode or code.contexts:
            raise DataError(f"{place}: a mode or context needs a PLOVER root in `plover`")
        return
    if code.plover not in roots:
        raise DataError(f"{place}: expected a PLOVER root ({', '.join(roots)}), found {code.plover!r}")
    if code.mode is not None and code.mode not in roots[code.plover].modes:
        raise DataError(f"{place}: expected a mode of {code.plover}, found {code.mode!r}")
    wrong = [c for c in code.contexts if c not in ontology.plover().contexts]
    if wrong:
        raise DataError(f"{place}: expected a PLOVER context, found {wrong[0]!r}")


def code_for(of: Scheme, root: str, mode: str | None, contexts: Iterable[str] = ()) -> Code | None:
    """The most specific code of a scheme for a PLOVER event: mode before contexts, then more contexts, then first.

    A code whose mode or contexts the event does not have is none for it; None where the scheme has no code.
    """
    given = frozenset(contexts)
    fitting = [
        c for c in of.codes
        if c.plover == root and c.mode in (None, mode) and given.issuperset(c.contexts)
    ]  # fmt: skip
    return max(fitting, key=lambda c: (c.mode is not None, len(c.contexts)), default=None)
