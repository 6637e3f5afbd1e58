"""bilateral reads reports and keeps the record of relations between states, every line traced to its words.

    import bilateral

    with bilateral.Store.open("relations.db") as store:
        bilateral.read(store, ["reports/"])
        question = bilateral.question(kinds=["events"], dyad=["Russia", "Cambodia"])
        answer = bilateral.ask(store, question)
        frame = bilateral.frame(answer, "polars")

The names below are loaded when first used: `import bilateral` alone imports no parser and no database.
"""

from __future__ import annotations

import importlib
import inspect
import logging
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bilateral.brief import FORMS, PEOPLE_FORMS, PERSON_FORMS, POSITION_FORMS, Brief, Position, Positions, Profile
    from bilateral.desk import (
        Account,
        Listed,
        Shown,
        Summary,
        ask,
        brief,
        check,
        code_of,
        doctor,
        entry,
        evaluate,
        forget,
        frame,
        indices,
        ledger,
        people,
        person,
        positions,
        problems,
        question,
        read,
        recode,
        reference_add,
        reports,
        reviewing,
        search,
        series,
        set_date,
        show,
        verify,
    )
    from bilateral.errors import BilateralError
    from bilateral.model import (
        Actor,
        Agreement,
        Answer,
        AnyRecord,
        Event,
        Evidence,
        Measure,
        Problem,
        Question,
        Record,
        Report,
        Role,
        Statement,
        Visit,
    )
    from bilateral.store import Store
    from bilateral.text import Document, Given, Parse, Raw

_HOME = {
    "bilateral.brief": (
        "FORMS", "PEOPLE_FORMS", "PERSON_FORMS", "POSITION_FORMS", "Brief", "Position", "Positions", "Profile",
    ),
    "bilateral.desk": (
        "Account", "Listed", "Shown", "Summary", "ask", "brief", "check", "code_of", "doctor", "entry", "evaluate",
        "forget", "frame", "indices", "ledger", "people",
        "person", "positions", "problems", "question", "read", "recode", "reference_add", "reports", "reviewing",
        "search", "series", "set_date", "show", "verify",
    ),
    "bilateral.errors": ("BilateralError",),
    "bilateral.model": (
        "Actor", "Agreement", "Answer", "AnyRecord", "Event", "Evidence", "Measure", "Problem", "Question", "Record",
        "Report", "Role", "Statement", "Visit",
    ),
    "bilateral.store": ("Store",),
    "bilateral.text": ("Document", "Given", "Parse", "Raw"),
}  # fmt: skip
logging.getLogger("bilateral").addHandler(logging.NullHandler())  # a library says nothing unless it is asked to
_WHERE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "FORMS",
    "PEOPLE_FORMS",
    "PERSON_FORMS",
    "POSITION_FORMS",
    "Account",
    "Actor",
    "Agreement",
    "Answer",
    "AnyRecord",
    "BilateralError",
    "Brief",
    "Document",
    "Event",
    "Evidence",
    "Given",
    "Listed",
    "Measure",
    "Parse",
    "Position",
    "Positions",
    "Problem",
    "Profile",
    "Question",
    "Raw",
    "Record",
    "Report",
    "Role",
    "Shown",
    "Statement",
    "Store",
    "Summary",
    "Visit",
    "ask",
    "brief",
    "check",
    "code_of",
    "doctor",
    "entry",
    "evaluate",
    "forget",
    "frame",
    "indices",
    "ledger",
    "people",
    "person",
    "positions",
    "problems",
    "question",
    "read",
    "recode",
    "reference_add",
    "reports",
    "reviewing",
    "search",
    "series",
    "set_date",
    "show",
    "verify",
]


def __getattr__(name: str) -> Any:
    """A public name, loaded from its home on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module 'bilateral' has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)


class _Called(ModuleType):
    """A subpackage that shares its name with a public function (read, brief, evaluate) and can be called like it."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self._function()(*given, **named)

    @property
    def __signature__(self) -> inspect.Signature:
        return inspect.signature(self._function())

    def _function(self) -> Any:
        name = self.__name__.rpartition(".")[2]
        return getattr(importlib.import_module(_WHERE[name]), name)


class _Door(ModuleType):
    """Importing a subpackage sets its name here, over the public function's; it is made to answer for both."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _WHERE and type(value) is ModuleType:
            value.__class__ = _Called
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
