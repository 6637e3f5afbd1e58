"""The store made by hand, opened for questions."""

from __future__ import annotations

import pytest

from bilateral.store import Store
from tests.brief import made


@pytest.fixture
def store(tmp_path):
    with Store.open(made.fill(tmp_path / "made.db")) as store:
        yield store
