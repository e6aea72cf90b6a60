"""Published figures about criteria are recounted from the assessments of their day: bands, below so many, single
criteria, averages and sums · told as doubts only once every commune is assessed and concluded · what is not compared
is told once."""

import json

import pytest

from tests.running import begin, run

MISSING = {"Hòn Tre": "", "Lại Sơn": "17", "An Sơn": "5, 10, 17", "Nam Du": "1, 2, 3, 5, 6, 10, 17"}  # 19, 18, 16, 12


@pytest.fixture
def island(office):
    begin("Kiên Giang")
    for name, codes in list(MISSING.items())[:3]:
        assess(name, codes)


def assess(name, codes, *more):
    done = run("assess", name, "--on", "31/12/2024", "--missing", codes, *more)
    assert done.code == 0, done.err


def publish(measure, value, *more):
    told = ("--measure", measure, "--value", value, "--as-of", "31/12/2024", "--scope", "Kiên Hải", "--source", "BC")
    done = run("publish", *told, *more)
    assert done.code == 0, done.err


def findings():
    told = json.loads(run("check", "published", "--scope", "Kiên Hải", "--year", "2024", "-f", "json").out)
    return [(row["weight"], row["text"]) for row in told["findings"]]


@pytest.mark.parametrize(
    ("measure", "right", "wrong", "counted"),
    [
        ("15-18 tiêu chí", "2", "1", "2 (+1)"),
        ("xã đạt 19 tiêu chí", "1", "2", "1 (−1)"),
        ("dưới 15 tiêu chí", "1", "0", "1 (+1)"),
        ("đạt tiêu chí số 17", "1", "2", "1 (−1)"),
        ("bình quân số tiêu chí đạt", "16,25", "16,5", "16,25 (−0,25)"),
        ("bình quân số tiêu chí đạt", "16,3", "15,9", "16,25 (+0,35)"),
    ],
)
def test_a_figure_that_the_assessments_count_otherwise_is_a_doubt(island, measure, right, wrong, counted):
    assess("Nam Du", MISSING["Nam Du"])
    publish(measure, right)
    assert findings() == []
    publish(measure, wrong)
    ((weight, text),) = findings()
    assert (weight, f"sổ có {counted}; nguồn: BC" in text) == ("doubt", True), text


def test_nothing_is_concluded_before_every_commune_is_assessed_and_concluded(island):
    publish("15-18 tiêu chí", "1")
    publish("đạt tiêu chí số 17", "3")
    ((weight, text),) = findings()
    assert (weight, "chưa so được: mới rà soát, kết luận 3/4 xã" in text) == ("note", True)
    assess("Nam Du", "1", "--unknown", "2, 3, 5, 17")
    assert all(weight == "note" and "3/4 xã" in text for weight, text in findings())


def test_what_is_left_open_elsewhere_does_not_keep_a_figure_from_being_compared(island):
    assess("Nam Du", MISSING["Nam Du"], "--unknown", "7")  # 11 or 12
    publish("dưới 15 tiêu chí", "0")
    assert [weight for weight, _text in findings()] == ["doubt"]


def test_what_is_not_compared_is_told_once(island):
    publish("thu nhập", "40")
    publish("ntm", "6", "--tier", "village")
    ((weight, text),) = findings()
    assert (weight, "không so với sổ" in text, text.count(";")) == ("note", True, 1)
