"""The pages, one module a subject; each function answers one address in three forms."""

from __future__ import annotations

from typing import Any

from bilateral.web.pages.charts import PAGES as CHARTS
from bilateral.web.pages.deciding import PAGES as DECIDING
from bilateral.web.pages.dyads import PAGES as DYADS
from bilateral.web.pages.lists import PAGES as LISTS
from bilateral.web.pages.papers import PAGES as PAPERS
from bilateral.web.pages.persons import PAGES as PERSONS
from bilateral.web.pages.records import PAGES as RECORDS
from bilateral.web.pages.reviewing import PAGES as REVIEWING
from bilateral.web.pages.searching import PAGES as SEARCHING
from bilateral.web.pages.start import PAGES as START

PAGES: tuple[Any, ...] = (*START, *DYADS, *CHARTS, *LISTS, *PAPERS, *RECORDS, *PERSONS, *SEARCHING)
REVIEW: tuple[Any, ...] = (*REVIEWING, *DECIDING)  # where people decide
