"""Fetching, with made packages in the place of the network."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from bilateral import comparison
from bilateral.errors import CallError, InputError
from bilateral.reference.fetching import fetched
from bilateral.store import Store


class Frame:
    """As much of a pandas frame as is used."""

    def __init__(self, rows):
        self.rows = rows

    def to_dict(self, how):
        assert how == "records"
        return self.rows

    def rename(self, name):
        return self

    def reset_index(self):
        return self


@pytest.fixture
def comtrade(monkeypatch):
    """A made `comtradeapicall` that answers with one export and remembers what it was asked."""
    asked = []

    def answer(**options):
        asked.append(options)
        return Frame([{
            "typeCode": "C", "period": "2018", "reporterCode": options["reporterCode"], "reporterISO": "",
            "flowCode": "X", "partnerCode": options["partnerCode"], "partnerISO": "", "cmdCode": "TOTAL",
            "customsCode": "C00", "motCode": 0, "partner2Code": 0, "cifvalue": None, "fobvalue": 5.5,
            "primaryValue": 5.5,
        }])  # fmt: skip

    module = SimpleNamespace(previewFinalData=answer, getFinalData=answer, asked=asked)
    monkeypatch.setitem(sys.modules, "comtradeapicall", module)
    return module


@pytest.mark.parametrize("service", ["comtrade", "imts"])
def test_without_the_extra_the_message_says_what_to_install(monkeypatch, tmp_path, service):
    for name in ("comtradeapicall", "sdmx"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(CallError, match=r"expected the extra for fetching .*pip install 'bilateral\[fetch\]'"):
        fetched(service, ("RUS", "KHM"), (2017, 2018), tmp_path)


def test_comtrade_is_asked_for_both_reporters_in_its_own_numbers(comtrade, tmp_path):
    path = fetched("comtrade", ("USA", "KHM"), (2017, 2018), tmp_path)
    assert [(a["reporterCode"], a["partnerCode"]) for a in comtrade.asked] == [("842", "116"), ("116", "842")]
    assert {(a["period"], a["cmdCode"], a["flowCode"], a["motCode"]) for a in comtrade.asked} == {
        ("2017,2018", "TOTAL", "M,X", "0")
    }
    assert "subscription_key" not in comtrade.asked[0]
    with Store.open(tmp_path / "r.db") as store:
        assert comparison.reference_add(store, path).file.format == "comtrade"
        assert {(o.reporter, o.partner, o.value) for o in store.series(("USA", "KHM"))} == {
            ("USA", "KHM", 5.5), ("KHM", "USA", 5.5),
        }  # fmt: skip


def test_a_key_is_passed_on_where_one_is_given(comtrade, tmp_path):
    fetched("comtrade", ("RUS", "KHM"), (2018, 2018), tmp_path, key="made-up")
    assert comtrade.asked[0]["subscription_key"] == "made-up"


def test_imts_is_asked_through_sdmx_and_read_as_what_it_is(monkeypatch, tmp_path):
    asked = {}

    class Client:
        def __init__(self, source):
            asked["source"] = source

        def get(self, **options):
            asked.update(options)
            return "message"

    rows = [{
        "COUNTRY": "RUS", "INDICATOR": "XG_FOB_USD", "COUNTERPART_COUNTRY": "KHM", "FREQUENCY": "A",
        "TIME_PERIOD": "2018", "OBS_VALUE": 70400000.0,
    }]  # fmt: skip
    monkeypatch.setitem(sys.modules, "sdmx", SimpleNamespace(Client=Client, to_pandas=lambda _: Frame(rows)))
    with Store.open(tmp_path / "r.db") as store:
        done = comparison.reference_fetch(store, "imts", ("RUS", "KHM"), (2017, 2018), tmp_path)
        assert (done.file.format, done.file.observations) == ("imf", 1)
    assert asked["source"] == "IMF_DATA"
    assert asked["key"] == "RUS+KHM.XG_FOB_USD+MG_CIF_USD+MG_FOB_USD.RUS+KHM.A"
    assert asked["params"] == {"startPeriod": "2017", "endPeriod": "2018"}


def test_what_cannot_be_asked_and_what_does_not_answer_is_told(monkeypatch, tmp_path, comtrade):
    with pytest.raises(CallError, match=r"expected a service \(comtrade, imts\), got 'oec'"):
        fetched("oec", ("RUS", "KHM"), (2017, 2018), tmp_path)
    with pytest.raises(CallError, match="expected the first year before the last"):
        fetched("comtrade", ("RUS", "KHM"), (2018, 2017), tmp_path)
    with pytest.raises(CallError, match="expected two states that UN Comtrade knows"):
        fetched("comtrade", ("RUS", "QQQ"), (2017, 2018), tmp_path)
    comtrade.previewFinalData = lambda **_: None
    with pytest.raises(InputError, match="comtrade: it has no trade of RUS and KHM from 2017 to 2018"):
        fetched("comtrade", ("RUS", "KHM"), (2017, 2018), tmp_path)

    def broken(**_):
        raise RuntimeError("no route")

    comtrade.previewFinalData = broken
    with pytest.raises(InputError, match="comtrade: it did not answer: no route"):
        fetched("comtrade", ("RUS", "KHM"), (2017, 2018), tmp_path)


def test_nothing_else_touches_the_network_packages():
    import bilateral.comparison  # noqa: F401

    assert not {"comtradeapicall", "sdmx"} & set(sys.modules)
