"""The tables as statements are built from them. How they come to be in a file stands in `migrations`.

A test holds these against what the migrations make, column by column.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, Text, nullable=null)


def _number(name: str, *, null: bool = True) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _of(table: str, name: str, *, primary_key: bool = False) -> Column[int]:
    key = ForeignKey(f"{table}.n", ondelete="CASCADE")
    return Column(name, Integer, key, primary_key=primary_key, nullable=False)


documents = Table(
    "documents", METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("uri", null=False), _text("title"), _text("publisher"), _text("author"), _text("lang", null=False),
    _text("place"), _text("published"), _text("published_by"),
    _text("date"), _text("date_how"), _text("date_stated"), _text("date_start"), _text("dating", null=False),
    _text("anatomy", null=False), _number("characters", null=False), _number("parsed", null=False),
    Column("superseded_by", Text, ForeignKey("documents.id")),
    _text("text", null=False),
)  # fmt: skip

parses = Table(
    "parses", METADATA,
    _of("documents", "doc", primary_key=True),
    _text("parser", null=False), _text("gate", null=False), Column("data", LargeBinary, nullable=False),
)  # fmt: skip

overrides = Table(
    "overrides", METADATA,
    _of("documents", "doc", primary_key=True),
    _text("date", null=False), _text("date_start", null=False),
)  # fmt: skip

records = Table(
    "records", METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _of("documents", "doc"),
    _text("kind", null=False), _text("by", null=False), Column("score", Float, nullable=False),
    _text("status", null=False), _text("type"),
    _text("date"), _text("date_start"), _text("date_end"), _number("position", null=False),
    _text("outlet"), _text("statement"), _text("speaker"), _text("speaker_country"),
    _text("outlet_key"), _text("speaker_key"),
)  # fmt: skip

bodies = Table(
    "bodies", METADATA,
    _of("records", "record", primary_key=True),
    _text("json", null=False), _text("words", null=False),
)  # fmt: skip

events = Table(
    "events", METADATA,
    _of("records", "record", primary_key=True),
    _text("ontology", null=False), _text("code", null=False), _text("mode"), _text("cameo"), _text("contexts"),
    _text("place"), _number("background", null=False),
)  # fmt: skip

statements = Table(
    "statements", METADATA,
    _of("records", "record", primary_key=True),
    _text("speaker"), _text("speaker_country"), _text("role"), _text("mode", null=False), _text("cue"),
    _text("addressee"),
)  # fmt: skip

measures = Table(
    "measures", METADATA,
    _of("records", "record", primary_key=True),
    _text("quantity", null=False), Column("value", Float), _text("digits"), _text("unit"), _text("bound"),
    _text("period"), _text("measure_kind", null=False), _text("direction"),
)  # fmt: skip

agreements = Table(
    "agreements", METADATA,
    _of("records", "record", primary_key=True),
    _text("type", null=False), _text("agreement_level", null=False), _text("stage", null=False), _text("title"),
    _text("subjects"), _text("place"), _number("count"), _number("aggregate", null=False),
)  # fmt: skip

visits = Table(
    "visits", METADATA,
    _of("records", "record", primary_key=True),
    _text("visit_kind", null=False), _text("place"), _text("start"), _text("end"),
    _number("multilateral", null=False), _text("topics"),
)  # fmt: skip

roles = Table(
    "roles", METADATA,
    _of("records", "record", primary_key=True),
    _text("person", null=False), _text("office", null=False), _text("country"), _text("organisation"),
    _text("accredited"), _text("level"), _text("standing", null=False), _text("as_of"),
)  # fmt: skip

parties = Table(
    "parties", METADATA,
    Column("code", Text, primary_key=True, nullable=False),
    _of("records", "record", primary_key=True),
    Column("side", Text, primary_key=True, nullable=False),
)  # fmt: skip

pairs = Table(
    "pairs", METADATA,
    Column("a", Text, primary_key=True, nullable=False),
    Column("b", Text, primary_key=True, nullable=False),
    _of("records", "record", primary_key=True),
)  # fmt: skip

problems = Table(
    "problems", METADATA,
    Column("id", Text, primary_key=True, nullable=False),
    _text("uri", null=False), _text("doc"), _text("stage", null=False), _text("message", null=False),
    _number("start"), _number("end"),
)  # fmt: skip

reference_files = Table(
    "reference_files", METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("name", null=False), _text("format", null=False), _text("vintage", null=False),
    _number("bytes", null=False), _number("lines", null=False), _number("observations", null=False),
    _number("bad", null=False), _text("left_out", null=False), _text("since"), _text("until"),
)  # fmt: skip

reference_views = Table(
    "reference_views", METADATA,
    Column("n", Integer, primary_key=True),
    _of("reference_files", "file"),
    _text("source", null=False), _text("name", null=False), _text("unit", null=False),
    _text("valuation", null=False), _text("scope", null=False), _text("basis", null=False),
    _text("vintage", null=False),
)  # fmt: skip

reference_rows = Table(
    "reference_rows", METADATA,
    _of("reference_views", "view", primary_key=True),
    Column("reporter", Text, primary_key=True, nullable=False),
    Column("partner", Text, primary_key=True, nullable=False),
    Column("flow", Text, primary_key=True, nullable=False),
    Column("period", Text, primary_key=True, nullable=False),
    _text("value", null=False), _number("line", null=False), _number("rows", null=False),
)  # fmt: skip

bands = Table(
    "bands", METADATA,
    Column("band", Text, primary_key=True, nullable=False), _of("documents", "doc", primary_key=True),
)  # fmt: skip

screened = Table("screened", METADATA, _of("documents", "doc", primary_key=True))

copies = Table(
    "copies", METADATA,
    _of("documents", "one", primary_key=True), _of("documents", "two", primary_key=True),
)  # fmt: skip

entries = Table(
    "entries", METADATA,
    Column("n", Integer, primary_key=True),
    _text("a", null=False), _text("b", null=False), _text("id", null=False), _text("kind", null=False),
    _text("type", null=False), _text("date"), _text("date_start"), _text("date_end"), _text("status", null=False),
    _number("is_open", null=False), _number("contradictions", null=False), _number("independent", null=False),
    _text("json", null=False),
)  # fmt: skip

members = Table(
    "members", METADATA,
    Column("record", Text, primary_key=True, nullable=False), _of("entries", "entry", primary_key=True),
)  # fmt: skip

former = Table(
    "former", METADATA,
    Column("a", Text, primary_key=True, nullable=False), Column("b", Text, primary_key=True, nullable=False),
    Column("id", Text, primary_key=True, nullable=False), _text("now", null=False),
)  # fmt: skip

stale = Table(
    "stale", METADATA,
    Column("a", Text, primary_key=True, nullable=False), Column("b", Text, primary_key=True, nullable=False),
)  # fmt: skip

corrections = Table(
    "corrections", METADATA,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("action", null=False), _text("doc", null=False), _text("kind", null=False), _text("record", null=False),
    _text("other_doc"), _text("other"), _text("field"), _text("who", null=False), _text("at", null=False),
    _text("json", null=False),
)  # fmt: skip

attachments = Table(
    "attachments", METADATA,
    _of("records", "record", primary_key=True),
    Column("correction", Text, primary_key=True, nullable=False), Column("side", Integer, primary_key=True),
    _number("counts", null=False),
)  # fmt: skip

overlays = Table(
    "overlays", METADATA,
    _of("records", "record", primary_key=True), _text("verdict"), _text("json", null=False),
)  # fmt: skip

told = Table(
    "told", METADATA,
    Column("a", Text, primary_key=True, nullable=False), Column("b", Text, primary_key=True, nullable=False),
    Column("kind", Text, primary_key=True, nullable=False),
    Column("date_start", Text, primary_key=True, nullable=False),
    Column("record", Integer, primary_key=True, nullable=False), _number("doc", null=False), _text("date_end"),
    _text("type"), _text("status", null=False), _text("outlet"), _text("speaker_country"),
)  # fmt: skip

tally = Table(
    "tally", METADATA,
    Column("a", Text, primary_key=True, nullable=False), Column("b", Text, primary_key=True, nullable=False),
    Column("kind", Text, primary_key=True, nullable=False), _number("n", null=False),
)  # fmt: skip

calendar = Table(
    "calendar", METADATA,
    Column("day", Text, primary_key=True, nullable=False), Column("doc", Integer, primary_key=True, nullable=False),
)  # fmt: skip
