"""Kiên Giang, the facts that the sample must reproduce: totals as published · districts by year and by day signed ·
denominators in time · names against the plan · provenance of every row. Figures typed here from the sources."""

import csv
import json
import sqlite3
from itertools import pairwise
from pathlib import Path

import pytest

from ntmtrack import paths
from tests.running import run

SAMPLE = paths.sample_data() / "kien_giang"


def lines(*argv):
    """The tidy lines of a progress question, by tier and level."""
    report = json.loads(run("progress", *argv, "--format", "json").out)
    return {(line["tier"], line["level"]): line for line in report["lines"]}


def reached(tier, level, *argv):
    return lines(*argv)[tier, level]["actual_cumulative"]


@pytest.mark.usefixtures("demo")
class TestPublishedTotals:
    @pytest.mark.parametrize(
        ("asked", "communes", "total"),
        [
            (["--year", "2016"], 28, 118),
            (["--as-of", "31/8/2017"], 36, 118),
            (["--year", "2019"], 64, 117),
            (["--year", "2020"], 79, 117),
            (["--as-of", "31/3/2021"], 81, 116),
            (["--year", "2021"], 90, 116),
            (["--as-of", "31/10/2023"], 108, 116),
            (["--year", "2024"], 116, 116),
            (["--as-of", "18/6/2025"], 116, 116),
        ],
    )
    def test_communes_at_ntm(self, asked, communes, total):
        line = lines(*asked)["commune", "ntm"]
        assert (line["actual_cumulative"], line["total"]) == (communes, total)

    @pytest.mark.parametrize(
        ("asked", "share"), [(["--year", "2021"], 77.59), (["--as-of", "31/10/2023"], 93.10), (["--year", "2024"], 100)]
    )
    def test_their_share(self, asked, share):
        assert lines(*asked)["commune", "ntm"]["actual_percent"] == share

    def test_advanced_and_model_communes(self):
        assert reached("commune", "nang-cao", "--as-of", "31/10/2023") == 5
        in_2024 = lines("--year", "2024")["commune", "nang-cao"]
        assert (in_2024["actual_added"], in_2024["actual_cumulative"]) == (16, 40)
        june = lines("--as-of", "18/6/2025")
        assert june["commune", "nang-cao"]["actual_cumulative"] == 40
        assert june["commune", "kieu-mau"]["actual_cumulative"] == 5
        assert june["district", "ntm"]["actual_cumulative"] == 9

    @pytest.mark.parametrize(("year", "districts"), [(2020, 5), (2021, 5), (2022, 7), (2023, 8), (2024, 9)])
    def test_districts_by_the_year_they_are_recognised_for(self, year, districts):
        assert reached("district", "ntm", "--year", str(year)) == districts

    @pytest.mark.parametrize(("year", "districts"), [(2021, 3), (2022, 5), (2023, 5), (2024, 7), (2025, 9)])
    def test_districts_by_the_day_signed(self, year, districts):
        assert reached("district", "ntm", "--year", str(year), "--basis", "decision") == districts

    @pytest.mark.parametrize(("year", "plan"), [(2021, 5), (2022, 7), (2023, 9), (2024, 9), (2025, 9)])
    def test_districts_as_planned(self, year, plan):
        assert lines("--year", str(year))["district", "ntm"]["plan_cumulative"] == plan

    def test_what_changed_adds_up_over_the_years(self):
        report = json.loads(run("progress", "--years", "--format", "json").out)
        by_line = {}
        for line in report["lines"]:
            if line["level"]:
                by_line.setdefault((line["tier"], line["level"]), []).append(line)
        for of_line in by_line.values():
            for before, now in pairwise(of_line):
                assert now["actual_cumulative"] == before["actual_cumulative"] + now["actual_added"] - now["lost"]

    def test_the_list_behind_each_number_is_as_long_as_the_number(self):
        for level, count in (("ntm", 116), ("nang-cao", 40), ("kieu-mau", 2)):
            listed = json.loads(run("list", "--level", level, "--until", "2024", "--format", "json").out)
            assert len(listed["units"]) == count
            remaining = json.loads(run("remaining", "--level", level, "--year", "2024", "--format", "json").out)
            assert len(remaining["units"]) == 116 - count

    def test_the_planned_nine_districts_are_not_the_real_nine(self):
        shown = run("progress", "--year", "2024", "--notes").out
        assert "chưa đạt huyện Kiên Hải; đạt ngoài kế hoạch huyện Châu Thành" in shown

    def test_districts_sum_to_the_province(self):
        codes = [row["code"] for row in sample("units.csv") if row["tier"] == "district"]
        found = [lines("--year", "2023", "--scope", code)["commune", "ntm"] for code in codes]
        assert (sum(line["actual_cumulative"] for line in found), sum(line["total"] for line in found)) == (112, 116)

    def test_figures_on_illustrative_rows_say_so_everywhere(self):
        for argv in (
            ["progress", "--year", "2024"],
            ["progress", "--years"],
            ["list", "--level", "ntm"],
            ["remaining", "--level", "nang-cao"],
            ["units"],
            ["show", "30838"],
        ):
            assert "MINH HOẠ" in run(*argv).out
        assert "MINH HOẠ" in run("progress", "--year", "2024", "--format", "csv").err
        assert "MINH HOẠ" not in run("list", "--level", "ntm", "--tier", "district").out


def sample(name):
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestTheFiles:
    def test_sourced_rows_carry_a_source_and_illustrative_ones_say_so(self):
        sourced = sample("recognitions_sourced.csv")
        assert len(sourced) == 37
        assert all(
            row["source"].startswith("http") and row["confidence"] in ("confirmed", "inferred") for row in sourced
        )
        made_up = sample("recognitions_illustrative.csv")
        assert all(row["confidence"] == "illustrative" and "MINH HOẠ" in row["source"] for row in made_up)
        assert not any(row["decision_number"] for row in made_up)

    def test_illustrative_rows_respect_the_known_bounds_and_the_order_of_levels(self):
        latest = {row["unit_code"]: int(row["not_later_than"]) for row in sample("ntm_not_later_than.csv")}
        every = sample("recognitions_sourced.csv") + sample("recognitions_illustrative.csv")
        years = {}
        for row in every:
            years.setdefault(row["unit_code"], {})[row["level"]] = int(row["year"] or row["known_by"][:4])
        for code, bound in latest.items():
            assert years[code]["ntm"] <= bound, code
            for below, above in (("ntm", "nang-cao"), ("nang-cao", "kieu-mau")):
                assert above not in years[code] or years[code][below] <= years[code][above], code

    def test_the_script_writes_the_file_that_is_there(self, tmp_path):
        import runpy
        import shutil

        folder = Path(shutil.copytree(SAMPLE, tmp_path / "sample"))
        written = folder / "recognitions_illustrative.csv"
        before = written.read_bytes()
        written.unlink()
        runpy.run_path(str(folder / "make_illustrative.py"), run_name="__main__")
        assert written.read_bytes() == before

    def test_units(self):
        units = sample("units.csv")
        now = [row for row in units if row["until"] == "2025-07-01"]
        assert sum(row["kind"] == "xã" for row in now) == 116
        assert sum(row["tier"] == "district" for row in now) == 15


def test_a_reader_sees_every_current_row_once(connection: sqlite3.Connection):
    (rows,) = connection.execute("SELECT count(*) FROM recognition WHERE voided_by IS NULL").fetchone()
    assert rows == len(sample("recognitions_sourced.csv")) + len(sample("recognitions_illustrative.csv"))
