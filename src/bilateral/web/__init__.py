"""The page: the record beside its source, in a browser. The only place that speaks HTTP.

`application` makes it for a store; `bilateral serve` runs it. What is shown is asked of `desk`, `query`, `browsing` and
`accounts`. Nothing here changes a store but people's decisions, which come in by a `Door` and go to `desk`.
"""

from __future__ import annotations

from bilateral.web.app import READ, Page, application
from bilateral.web.door import Door

__all__ = ["READ", "Door", "Page", "application"]
