"""What a reader asks in an address: filters, pages of a list. Names become codes and dates EDTF as in commands."""

from __future__ import annotations

from typing import Annotated, Any

from litestar.params import QueryParameter
from msgspec import Struct

from bilateral import desk
from bilateral.model import Question

ROWS, MOST_ROWS, PAGES = 50, 500, 400
LONGEST = 200  # characters of one thing asked
SEVERAL = 40  # values of one filter

Words = Annotated[str | None, QueryParameter(max_length=LONGEST, required=False)]


class Filters(Struct, frozen=True, kw_only=True):
    """What narrows a view; an empty field of a form narrows nothing."""

    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    claimed_by: str | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.since or self.until or self.types or self.statuses or self.claimed_by)

    def asked(self) -> dict[str, Any]:
        """The filters as they stand in an address."""
        return {
            "since": self.since, "until": self.until, "type": self.types, "status": self.statuses,
            "claimed_by": self.claimed_by,
        }  # fmt: skip

    def question(self, **more: Any) -> Question:
        """The question of these filters; CallError where a date or name cannot be read."""
        return desk.question(
            since=self.since, until=self.until, types=self.types, statuses=self.statuses, claimed_by=self.claimed_by,
            **more,
        )  # fmt: skip


def filters(
    since: Annotated[str | None, QueryParameter(max_length=LONGEST, description="2019, 2019-07, 2019-07-03")] = None,
    until: Annotated[str | None, QueryParameter(max_length=LONGEST, description="As since.")] = None,
    kind_types: Annotated[
        list[str] | None, QueryParameter(name="type", max_items=SEVERAL, description="Event code, quantity, kind …")
    ] = None,
    statuses: Annotated[
        list[str] | None, QueryParameter(name="status", max_items=SEVERAL, description="happened, planned …")
    ] = None,
    claimed_by: Annotated[
        str | None, QueryParameter(max_length=LONGEST, description="An outlet, a speaker, or a speaker's state.")
    ] = None,
) -> Filters:
    """The filters in an address."""
    return Filters(
        since=_said(since), until=_said(until), types=_all(kind_types), statuses=_all(statuses),
        claimed_by=_said(claimed_by),
    )  # fmt: skip


def _said(words: str | None) -> str | None:
    return (words or "").strip()[:LONGEST] or None


def _all(words: list[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said for word in words or () if (said := _said(word))))


class Leaf(Struct, frozen=True, kw_only=True):
    """Which page of a list is asked for."""

    page: int = 1
    rows: int = ROWS

    @property
    def offset(self) -> int:
        """How many rows lie before it."""
        return (self.page - 1) * self.rows

    def asked(self) -> dict[str, Any]:
        """The page as it stands in an address, where it is not the first."""
        return {"rows": self.rows if self.rows != ROWS else None}

    def of(self, total: int) -> dict[str, Any]:
        """Where this page stands among all: for the template."""
        last = min(PAGES, max(1, -(-total // self.rows)))
        return {
            "page": self.page, "last": last, "total": total, "first_row": min(self.offset + 1, total),
            "last_row": min(self.offset + self.rows, total),
        }  # fmt: skip


def leaf(
    page: Annotated[int, QueryParameter(ge=1, le=PAGES, description="The page of the list.")] = 1,
    rows: Annotated[int, QueryParameter(ge=1, le=MOST_ROWS, description="Rows of a page.")] = ROWS,
) -> Leaf:
    """The page of a list in an address."""
    return Leaf(page=page, rows=rows)
