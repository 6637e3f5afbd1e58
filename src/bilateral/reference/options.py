"""What a user may say of a reference file beside the file itself."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

_VINTAGE = re.compile(r"(?:^|[_\-. ])V(\d{6}[a-z]?|\d{4}-\d{2}(?:-\d{2})?)(?=$|[_\-. ])", re.IGNORECASE)


class Options(Struct, frozen=True, kw_only=True):
    """How a file is to be read: its vintage, BACI's file of country codes, what its values are to be multiplied by.

    Without `vintage` the one in the file's name counts ("BACI_HS92_Y2018_V202401.csv": 202401). `multiplier` is only
    for files that do not say in what unit their values are.
    """

    vintage: str = ""
    countries: str | Path | None = None
    multiplier: int | None = None


def vintage_of(path: str | Path) -> str:
    """The vintage that a file's name tells, "" where it tells none."""
    found = _VINTAGE.search(Path(path).name.removesuffix(".gz").removesuffix(".csv"))
    return found[1] if found else ""
