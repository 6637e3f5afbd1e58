"""Evaluation tasks: from label-free inputs to predictions in the shape of the scorers; no label is ever read here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from bilateral.evaluate.actors import actors
from bilateral.evaluate.attribution import attribution
from bilateral.evaluate.quantities import quantities
from bilateral.evaluate.relations import relations
from bilateral.evaluate.reports import reports
from bilateral.evaluate.timex import timex
from bilateral.evaluate.treaties import treaties


class Task(NamedTuple):
    """A task's name and the function from one input object to one prediction object."""

    name: str
    predict: Callable[[dict[str, Any]], dict[str, Any]]


TASKS: tuple[Task, ...] = (
    Task("reports", reports),
    Task("relations", relations),
    Task("relations_rules", partial(relations, by="rules")),
    Task("relations_model", partial(relations, by="model")),
    Task("attribution", attribution),
    Task("quantities", quantities),
    Task("timex", timex),
    Task("treaties", treaties),
    Task("actors", actors),
)


def predictions(task: Task, inputs: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One prediction for each input, in order."""
    return (task.predict(item) for item in inputs)
