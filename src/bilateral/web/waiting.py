"""What waits for a reviewer: the filters of the queue as they stand in an address, and the record that comes next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import parse_qsl

from litestar.params import QueryParameter
from msgspec import Struct

from bilateral import desk
from bilateral.desk import reviewing
from bilateral.errors import CallError
from bilateral.web.asking import LONGEST, SEVERAL
from bilateral.web.site import Site

WINDOW = 500  # records of the queue that are looked at for what comes next
KINDS = ("events", "agreements", "visits", "measures", "statements", "roles")
_PAIR = 2
_ON = ("1", "true", "on")


class Waiting(Struct, frozen=True, kw_only=True):
    """Which records are to be reviewed: of some kinds, on one state or two, below a score, disputed, for a second."""

    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    below: float | None = None
    disagree: bool = False
    second: bool = False

    def asked(self) -> dict[str, Any]:
        """The filters as they stand in an address."""
        return {
            "kind": self.kinds, "state": self.states, "below": self.below,
            "disagree": "true" if self.disagree else None, "second": "true" if self.second else None,
        }  # fmt: skip

    def told(self) -> str:
        """The filters in words; "" where all that waits is meant."""
        parts = [*(["figures" if k == "measures" else k for k in self.kinds]), *self.states]
        parts += [f"below {self.below:g}"] if self.below is not None else []
        parts += ["where people differ"] if self.disagree else []
        parts += ["for a second reviewer"] if self.second else []
        return ", ".join(parts)


def waiting(
    kind: Annotated[list[str] | None, QueryParameter(max_items=SEVERAL, description=", ".join(KINDS))] = None,
    states: Annotated[
        list[str] | None, QueryParameter(name="state", max_items=SEVERAL, description="By code or name; at most two.")
    ] = None,
    below: Annotated[str | None, QueryParameter(max_length=LONGEST, description="Scores below this, 0 to 1.")] = None,
    disagree: Annotated[bool, QueryParameter(description="Only what people judge differently.")] = False,
    second: Annotated[bool, QueryParameter(description="What you have not judged, without others' decisions.")] = False,
) -> Waiting:
    """The filters of the queue in an address."""
    return _made(kind or (), states or (), below, disagree=disagree, second=second)


def _made(
    kinds: Iterable[str], states: Iterable[str], below: str | None, *, disagree: bool, second: bool
) -> Waiting:
    codes = desk.question(dyad=[w.strip()[:LONGEST] for w in states if w.strip()]).dyad
    chosen = tuple(dict.fromkeys(k.strip() for k in kinds if k.strip()))
    desk.question(kinds=chosen)
    return Waiting(kinds=chosen, states=codes, below=_share(below), disagree=disagree, second=second)


def _share(words: str | None) -> float | None:
    if not (words or "").strip():
        return None
    try:
        share = float(words or "")
    except ValueError as error:
        raise CallError(f"expected a score from 0 to 1, got {words!r}") from error
    if not 0 <= share <= 1:
        raise CallError(f"expected a score from 0 to 1, got {words!r}")
    return share


def read_back(words: str) -> Waiting:
    """The filters that a form carries, as they stood in the address of its page."""
    given = parse_qsl(words[:2_000])
    last = dict(given)
    return _made(
        [v for k, v in given if k == "kind"][:SEVERAL], [v for k, v in given if k == "state"][:SEVERAL],
        last.get("below"), disagree=last.get("disagree") in _ON, second=last.get("second") in _ON,
    )  # fmt: skip


def window(site: Site, chosen: Waiting, who: str | None) -> list[str]:
    """The ids of the records that wait, the least sure first, WINDOW of them and one more where there are more."""
    second = (who or "") if chosen.second else None
    return site.once(
        ("queue", chosen, second),
        lambda: reviewing.queue(
            site.store, kinds=chosen.kinds, dyad=chosen.states, below=chosen.below, disagree=chosen.disagree,
            second=second, limit=WINDOW + 1,
        ),
    )  # fmt: skip


def following(ids: list[str], key: str) -> str | None:
    """The record that comes after one in the queue, the first after the last; None where no other waits."""
    at = ids.index(key) + 1 if key in ids else 0
    rest = [*ids[at:], *ids[:at]]
    return next((other for other in rest if other != key), None)


def before(ids: list[str], key: str) -> str | None:
    """The record that comes before one in the queue; None at its beginning."""
    at = ids.index(key) if key in ids else 0
    return ids[at - 1] if at else None
