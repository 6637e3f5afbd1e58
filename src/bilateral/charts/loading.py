"""The packages that draw, loaded when a chart is drawn and not before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from bilateral.errors import CallError


def package(name: str) -> Any:
    """A package that draws; CallError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise CallError(f"expected altair and vl-convert-python to be installed for charts: {error}") from error


def data(alt: Any, values: list[dict[str, Any]]) -> Any:
    """Values as the data of a chart."""
    return alt.Data(values=values)
