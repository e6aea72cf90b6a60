"""A level reached, taken back and reached again on one day, or in one year of which no day is known: the order in which
it was recorded counts, since a level can be recorded anew only once it was revoked · every report says the same."""

import csv
import json
from pathlib import Path

import pytest

from tests.running import begin, run

UNIT, ANOTHER = "30838", "30836"
DAY = ("--decision", "1/QĐ-UBND", "--date", "1/6/2022")
RECORD, REVOKE, AGAIN = "record", "revoke", "record anew"
SEQUENCES = {
    (RECORD,): True,
    (RECORD, REVOKE): False,
    (RECORD, REVOKE, AGAIN): True,
    (RECORD, REVOKE, AGAIN, REVOKE): False,
    (RECORD, REVOKE, AGAIN, REVOKE, AGAIN): True,
}
in_each_order = pytest.mark.parametrize(
    ("steps", "holds"),
    [
        pytest.param(
            *told, id=str(told[0]), marks=[pytest.mark.slow] if len(told[0]) > len((RECORD, REVOKE, AGAIN)) else []
        )
        for told in SEQUENCES.items()
    ],
)


def write(steps, *, days_known):
    """Records the steps for one unit, all of one day; beside it a unit that has the level and keeps it."""
    begin("Kiên Giang")
    told = DAY if days_known else ()
    for step in (RECORD, *steps):
        unit = ANOTHER if step is RECORD and not written() else UNIT
        argv = (unit, "-l", "ntm", *(("--date", "1/6/2022") if step is REVOKE else ("--year", "2022", *told)))
        done = run("revoke" if step is REVOKE else "record", *argv)
        assert done.code == 0, done.err


def written():
    return json.loads(run("history", "-f", "json").out)["actions"][0]["verb"] != "init"


def standing(*when):
    """Whether each report says that the unit has the level on a day."""
    progress = json.loads(run("progress", *when, "-f", "json").out)["lines"]
    line = next(one for one in progress if (one["tier"], one["measure"]) == ("commune", "ntm"))
    listed = json.loads(run("list", "-l", "ntm", *until(when), "-f", "json").out)["units"]
    missing = json.loads(run("remaining", "-l", "ntm", *when, "-f", "json").out)["units"]
    squares = json.loads(run("map", *when, "-f", "json").out)["units"]
    explained = json.loads(run("explain", "ntm", *when, "-f", "json").out)["units"]
    assert run("export", "so.csv", *when, "--force").code == 0
    with Path("so.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["counted"] == "1"]
    return {
        "progress": line["actual_cumulative"] == 2,
        "list": UNIT in codes(listed),
        "remaining": UNIT not in codes(missing),
        "map": next(one["level"] for one in squares if one["code"] == UNIT) == "ntm",
        "explain": UNIT in codes(explained),
        "export": UNIT in [row["unit_code"] for row in rows],
    }


def until(when):
    return ("--until", when[1], *when[2:]) if when[0] == "--year" else when


def codes(units):
    return [one["code"] for one in units]


@in_each_order
def test_on_one_day_the_order_of_recording_counts(steps, holds):
    write(steps, days_known=True)
    for when in (("--as-of", "1/6/2022"), ("--year", "2022"), ("--year", "2022", "--basis", "decision")):
        assert set(standing(*when).values()) == {holds}, when
    before = standing("--as-of", "31/5/2022")
    assert set(before.values()) == {False}


@in_each_order
def test_in_one_year_of_which_no_day_is_known_it_does_too(steps, holds):
    write(steps, days_known=False)
    assert set(standing("--year", "2022").values()) == {holds}
    assert set(standing("--year", "2023").values()) == {holds}
