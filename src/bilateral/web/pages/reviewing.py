"""Review: the queue, a record with all that a reviewer can decide about it, and how far reviewers agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.params import FromPath, QueryParameter
from litestar.response import Redirect
from msgspec import Struct

from bilateral import accounts, browsing, desk
from bilateral.brief import date_of, nested
from bilateral.concord import VERDICT
from bilateral.corrections import in_order, judged
from bilateral.desk import Shown, reviewing
from bilateral.entries import Entry
from bilateral.errors import CallError
from bilateral.model import AnyRecord, Question, kind_of
from bilateral.store import Filed
from bilateral.web.asking import LONGEST
from bilateral.web.door import Door
from bilateral.web.lines import HEADER, Row, row
from bilateral.web.marking import WHOLE, Piece, pieces, spans
from bilateral.web.pages.records import fields as shown_fields
from bilateral.web.placing import Segment, around, places, segments
from bilateral.web.site import Site, found, site_of
from bilateral.web.views import Asked, Table, View, reply
from bilateral.web.waiting import WINDOW, Waiting, before, following, window
from bilateral.web.words import address

SHOWN = 25  # records of the queue on its page
NEAR = 12  # records that might tell of the same thing
_JOINED = ("event", "agreement", "visit", "measure")  # kinds that the ledger joins


def door_of(request: Asked) -> Door:
    """The door of a page on which people decide; "not allowed" for a browser that did not come in by it."""
    door = site_of(request).door
    if door is None or not door.is_open_to(request.scope):  # type: ignore[arg-type]
        raise PermissionDeniedException(
            detail="Reviewing needs the address with its token that bilateral serve --review printed."
        )
    return door


def private(response: Response[Any]) -> Response[Any]:
    """An answer that no browser keeps: it holds what belongs to one reviewer and one run of the page."""
    response.headers["Cache-Control"] = "no-store"
    response.headers.pop("ETag", None)
    return response


def asked_of(chosen: Waiting) -> str:
    """The filters of the queue as the part of an address behind its question mark."""
    return address("", **chosen.asked()).removeprefix("/").removeprefix("?")


def shared(request: Asked, chosen: Waiting) -> dict[str, Any]:
    """What every page of review shows: who reviews, the queue's filters, the word of its forms."""
    door = door_of(request)
    return {
        "who": door.reviewer(request.scope), "token": door.form, "chosen": chosen,  # type: ignore[arg-type]
        "asked": chosen.asked(), "back": asked_of(chosen),
    }  # fmt: skip


@get("/review", sync_to_thread=True, name="queue", summary="What waits for review", operation_id="queue")
def queue(
    request: Asked, chosen: NamedDependency[Waiting],
    done: Annotated[str | None, QueryParameter(max_length=LONGEST, description="A decision just made.")] = None,
) -> Response[bytes]:  # fmt: skip
    """The records that wait for a verdict, the least sure first; how far reviewers agree."""
    site, mine = site_of(request), shared(request, chosen)
    ids = window(site, chosen, mine["who"])
    rows = [row(*both) for both in browsing.of_ids(site.store, ids[:SHOWN])]
    concords = site.once("agreement", lambda: reviewing.agreement(site.store))
    view = View(
        template="queue.html",
        context=lambda: {
            **mine, "rows": rows, "waits": len(ids), "window": WINDOW, "verdicts": [
                c for c in concords if c.field == VERDICT], "concords": concords, "line": address_of_line,
            "done": _done(site, done),
        },
        data=lambda: {"waits": min(len(ids), WINDOW), "more": len(ids) > WINDOW, "records": ids[:WINDOW],
                      "agreement": concords},
        table=lambda: Table(HEADER, [r.cells() for r in rows]),
    )  # fmt: skip
    return private(reply(request, view))


def address_of_line(key: str, asked: dict[str, Any]) -> str:
    """The address of a record's page of review."""
    return address("review", "record", key, **asked)


@get("/review/next", sync_to_thread=True, name="next", summary="Go to what comes next", operation_id="next")
def next_(
    request: Asked, chosen: NamedDependency[Waiting],
    after: Annotated[str, QueryParameter(max_length=LONGEST, description="The record to go on from.")] = "",
) -> Redirect:  # fmt: skip
    """Lead to the record of the queue that comes after one, the least sure where none is named."""
    mine = shared(request, chosen)
    ids = window(site_of(request), chosen, mine["who"])
    key = following(ids, after)
    to = address_of_line(key, chosen.asked()) if key else address("review", **chosen.asked())
    return Redirect(to, status_code=303, headers={"Cache-Control": "no-store"})


@get("/review/record/{key:str}", sync_to_thread=True, name="judge", summary="Review a record", operation_id="judge")
def judge(
    request: Asked, key: FromPath[str], chosen: NamedDependency[Waiting],
    done: Annotated[str | None, QueryParameter(max_length=LONGEST, description="A decision just made.")] = None,
    field: Annotated[str | None, QueryParameter(max_length=LONGEST, description="A field to correct.")] = None,
) -> Response[bytes]:  # fmt: skip
    """A record beside its words with all that can be decided about it, each by one key."""
    return judging(request, key, chosen, done=done, typed={"field": field or ""})


def judging(
    request: Asked, key: str, chosen: Waiting, *, done: str | None = None, typed: dict[str, str], wrong: str = ""
) -> Response[bytes]:
    """The page of review of a record; `typed` is what a form held, `wrong` why it was not taken."""
    site, mine = site_of(request), shared(request, chosen)
    shown = found(lambda: desk.show(site.store, key))
    record, filed = _seen(shown, mine["who"], is_second=chosen.second)
    ids = window(site, chosen, mine["who"])
    entries = accounts.of_records(site.store, (record.id,)).get(record.id, ())
    last = _done(site, done)

    def context() -> dict[str, Any]:
        return {
            **mine, "record": record, "report": shown.report, "row": row(record, shown.report),
            "kind": kind_of(record), "section": shown.section, "passages": _passages(shown, record),
            "fields": list(_lines(record)), "places": list(places(record)), "filed": filed,
            "parts_known": list(dict.fromkeys((*(e.part for e in record.evidence), *reviewing.PARTS))),
            "words": _words(record), "first_part": _first_part(record, last),
            "verdict": _verdict(shown, filed), "same": list(_same(site, entries, record)),
            "near": list(_near(site, entries, record)), "waits": len(ids), "window": WINDOW,
            "place": ids.index(record.id) + 1 if record.id in ids else None,
            "prior": before(ids, record.id), "done": last, "line": address_of_line,
            "mine": next((f for f in reversed(filed) if f.counts and f.correction.who == mine["who"]), None),
            "typed": typed, "wrong": wrong, "disputed": () if chosen.second else _disputed(shown),
        }  # fmt: skip

    view = View(
        template="review.html", status=400 if wrong else 200, context=context,
        data=lambda: {**nested(record, shown.report), "decisions": [f._asdict() for f in filed]},
        table=lambda: Table(("field", "takes", "value"), [(p.path, p.takes, p.now) for p in places(record)]),
    )  # fmt: skip
    return private(reply(request, view))


def _seen(shown: Shown, who: str | None, *, is_second: bool) -> tuple[AnyRecord, list[Filed]]:
    """A record as people left it, with all decisions; for a second reviewer as the machine and he have it."""
    history = shown.history
    filed = list(history.filed) if history else []
    if not is_second or history is None:
        return shown.record, filed
    own = [f for f in filed if f.correction.who == who]
    return judged(history.machine, in_order(f.correction for f in own if f.counts)).record, own


def _verdict(shown: Shown, filed: list[Filed]) -> str | None:
    machine = shown.history.machine if shown.history else shown.record
    return judged(machine, in_order(f.correction for f in filed if f.counts)).verdict


def _disputed(shown: Shown) -> tuple[str, ...]:
    return shown.history.disputed if shown.history else ()


def _done(site: Site, key: str | None) -> Filed | None:
    """The decision that was just made, so that it can be taken back; None where there is no such one."""
    if not key:
        return None
    try:
        row = site.store.correction(key)
    except CallError:
        return None
    return next((f for f in site.store.filed(doc=row.about.doc) if f.correction.id == row.id), None)


def _passages(shown: Shown, record: AnyRecord) -> list[list[tuple[Piece, list[Segment]]]]:
    """The paragraphs that hold a record's words, in pieces, and those in stretches whose characters can be counted."""
    marks = spans((record,))
    text = dict(shown.passages)
    return [[(piece, segments(piece)) for piece in pieces(words, start, marks)] for start, words in text.items()]


class Line(Struct, frozen=True):
    """A field on the page of review: its values in words, the words it rests on by part, what decided it."""

    name: str
    values: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    rule: str | None
    score: float | None
    is_open: bool


def _lines(record: AnyRecord) -> Iterator[Line]:
    open_ = {f.name for f in reviewing.choices(kind_of(record))}
    for f in shown_fields(record):
        yield Line(f.name, f.values, tuple((e.part, e.text) for e in f.words), f.rule, f.score, f.name in open_)


def _first_part(record: AnyRecord, done: Filed | None) -> str:
    """The part that is most likely marked next: that of a field just corrected, else the first that is no sentence."""
    field = done.correction.field if done and done.correction.action == "correct" else None
    if field in reviewing.PARTS:
        return str(field)
    return next((e.part for e in record.evidence if e.part != WHOLE), WHOLE)


def _words(record: AnyRecord) -> list[tuple[str, str]]:
    """The parts of a record's evidence with their words, whole sentences aside."""
    return [(e.part, e.text) for e in record.evidence]


def _same(site: Site, entries: tuple[Entry, ...], record: AnyRecord) -> Iterator[Row]:
    """Yield the records that the ledger holds to tell of the same thing."""
    keys = dict.fromkeys(key for e in entries for key in e.records if key != record.id)
    for both in browsing.of_ids(site.store, list(keys)[:NEAR]):
        yield row(*both)


def _near(site: Site, entries: tuple[Entry, ...], record: AnyRecord) -> Iterator[Row]:
    """Yield records about the same states and days that the ledger holds to tell of something else."""
    if kind_of(record) not in _JOINED:
        return
    together = {record.id, *(key for e in entries for key in e.records)}
    since, until = around(date_of(record))
    for pair in dict.fromkeys(e.dyad for e in entries):
        asked = Question(dyad=pair, kinds=(kind_of(record),), since=since, until=until)
        answer = browsing.page(site.store, asked, limit=2 * NEAR)
        by_id = {r.id: r for r in answer.reports}
        for other in [r for r in answer.records if r.id not in together][:NEAR]:
            together.add(other.id)
            yield row(other, by_id[other.doc], pair)


PAGES = (queue, next_, judge)
