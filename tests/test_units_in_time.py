"""One ledger, asked about any day.

A unit that moved counts where it lay on the day · the province meant is the one that stands on the day · each year on
its own map, a general rearrangement parts it · cumulative(Y) = cumulative(Y−1) + added − lost over it · a former
district answers for its heirs · a name means the unit of the year · nothing is asked of a day before the first.
"""

import json
import re
import shlex
from datetime import UTC, date, datetime
from itertools import pairwise

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntmtrack.commands.question import ReportOptions, resolve
from ntmtrack.model import NewUnit, Recognition, Tier
from ntmtrack.programmes import programme
from ntmtrack.progress import at_least, movement, reached, total
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import standings
from ntmtrack.storage.queries.roadmaps import every_roadmap
from ntmtrack.storage.queries.standings import View
from ntmtrack.storage.queries.units import every_unit, find_unit, sole_province
from ntmtrack.storage.transaction import acting
from ntmtrack.units.rearrangement import Rearrangement, UnitRef
from tests.places import begin_with, our_ledger
from tests.running import NOW, begin, run

TODAY = NOW.date()


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Ledgers of provinces carried over 1/7/2025: one that was joined to another, one that goes on."""
    folder = tmp_path_factory.mktemp("carried")
    for name in ("Kiên Giang", "Lai Châu"):
        file = str(folder / f"{name}.db")
        begin(name, db=file)
        assert run("rearrange", "--national", "--yes", "--db", file).code == 0
    return folder


@pytest.fixture
def kien_giang(office, built):
    return begin_with(built / "Kiên Giang.db")


@pytest.fixture
def lai_chau(office, built):
    return begin_with(built / "Lai Châu.db")


def asked(*argv):
    """What a command answers, for machines."""
    answer = run(*argv, "--format", "json")
    assert answer.code == 0, answer.err
    return json.loads(answer.out)


def rows(*argv):
    """The rows of what a command answers."""
    return next(value for value in asked(*argv).values() if isinstance(value, list))


def communes(year, *more):
    """The title, and how many communes there are and have reached NTM."""
    told = asked("progress", "--year", str(year), *more)
    row = next(row for row in told["lines"] if (row["tier"], row["measure"]) == ("commune", "ntm"))
    return told["title"], row["total"], row["actual_cumulative"]


class TestAUnitThatMoved:
    """Xã Sơn Bình went from huyện Hòn Đất to huyện Kiên Lương on 1/6/2023."""

    @pytest.fixture(autouse=True)
    def moved(self, demo):
        with acting(demo, Ledger.Stamp("test", "x", NOW)) as ledger:
            son_binh = find_unit(ledger.connection, "Sơn Bình")
            kien_luong = find_unit(ledger.connection, "huyện Kiên Lương")
            there = NewUnit("Sơn Bình", "xã", Tier.COMMUNE, son_binh.code, since="2023-06-01", until="2025-07-01")
            ledger.rearrange(Rearrangement(goes_on=[(son_binh.id, (there, UnitRef(kien_luong.id)))]))

    @pytest.mark.parametrize(("year", "counts"), [(2022, (12, 7)), (2023, (11, 8)), (2024, (11, 8))])
    def test_counts_where_it_lay(self, year, counts):
        scopes = ("huyện Hòn Đất", "huyện Kiên Lương")
        assert tuple(communes(year, "--scope", scope)[1] for scope in scopes) == counts
        assert communes(year)[1] == 116

    @pytest.mark.parametrize(("year", "where"), [(2022, "huyện Hòn Đất"), (2023, "huyện Kiên Lương")])
    def test_is_listed_and_shown_there(self, year, where):
        squares = rows("map", "--year", str(year))
        assert [row["district"] for row in squares if row["name"] == "xã Sơn Bình"] == [where]
        for scope in ("huyện Hòn Đất", "huyện Kiên Lương"):
            names = [row["name"] for row in rows("map", "--year", str(year), "--scope", scope)]
            assert ("xã Sơn Bình" in names) == (scope == where)
            told = run("list", "--level", "ntm", "--until", str(year), "--scope", scope, "--format", "csv").out
            assert ("Sơn Bình" in told) <= (scope == where)

    def test_by_district_one_loses_it_and_one_gains_it_while_the_whole_stays(self):
        districts = rows("progress", "--year", "2023", "--by", "district", "--level", "ntm")
        totals = {row["district"]: row["total"] for row in districts}
        assert (totals["huyện Hòn Đất"], totals["huyện Kiên Lương"], sum(totals.values())) == (11, 8, 116)
        whole = communes(2023)
        assert sum(row["actual_cumulative"] for row in districts) == whole[2]

    def test_with_its_level_and_the_district_says_so(self):
        assert run("rearrange", "xã Mỹ Thuận", "--move-to", "huyện Kiên Lương", "--on", "1/6/2024", "--yes").code == 0
        told = {
            scope: run("progress", "2024", "--notes", "--scope", f"huyện {scope}").out.partition("cuối năm trước:")[2]
            for scope in ("Kiên Lương", "Hòn Đất")
        }
        assert "tăng 1: đã đạt từ trước, nay mới thuộc phạm vi" in told["Kiên Lương"]
        assert "giảm 1 do sắp xếp đơn vị" in told["Hòn Đất"]


class TestTheProvinceOfTheDay:
    def test_is_meant_where_none_is_named(self, kien_giang):
        assert communes(2024)[:2] == ("Tiến độ xây dựng nông thôn mới tỉnh Kiên Giang năm 2024", 116)
        assert communes(2025)[:2] == ("Tiến độ xây dựng nông thôn mới tỉnh An Giang năm 2025", 41)
        assert communes(2026)[:2] == ("Tiến độ xây dựng nông thôn mới tỉnh An Giang năm 2026", 41)

    def test_goes_on_where_it_was_not_joined(self, lai_chau):
        assert [communes(year)[1] for year in (2024, 2025, 2026)] == [94, 94, 36]

    def test_one_that_was_not_carried_over_stays_the_only_one(self, office):
        begin("Kiên Giang")
        assert communes(2025)[:2] == ("Tiến độ xây dựng nông thôn mới tỉnh Kiên Giang năm 2025", 116)

    def test_before_its_first_day_there_is_nothing_and_the_old_ones_are_named(self, kien_giang):
        refused = run("progress", "--year", "2024", "--scope", "tỉnh An Giang")
        assert (refused.code, '--scope "tỉnh Kiên Giang"' in refused.err) == (1, True)


@pytest.mark.usefixtures("kien_giang")
def test_a_scope_whose_heirs_the_programme_does_not_count_is_told_what_became_of_it():
    refused = run("progress", "--year", "2026", "--scope", "thành phố Phú Quốc")
    assert (refused.code, 'ntmtrack show "thành phố Phú Quốc"' in refused.err) == (1, True)


def units_on(ledger, year, scope=None, **asked):
    with reading(ledger) as connection:
        spec = resolve(connection, ReportOptions(year, scope=scope, **asked), TODAY)
        return spec.moment.units_on.isoformat()


class TestItsOwnMap:
    @pytest.mark.parametrize(
        ("scope", "days"),
        [
            ("tỉnh Kiên Giang", ["2024-12-31", "2025-06-30", "2026-11-21"]),
            ("huyện Giồng Riềng", ["2024-12-31", "2025-06-30", "2026-11-21"]),
            ("tỉnh An Giang", [None, "2025-12-31", "2026-11-21"]),
        ],
    )
    def test_of_each_year(self, kien_giang, scope, days):
        told = [units_on(kien_giang, 2024 + place, scope) for place, day in enumerate(days) if day]
        assert told == [day for day in days if day]

    def test_where_the_province_goes_on(self, lai_chau):
        assert [units_on(lai_chau, year) for year in (2024, 2025, 2026)] == ["2024-12-31", "2025-06-30", "2026-11-21"]

    def test_a_day_is_taken_as_it_is_said(self, lai_chau):
        assert units_on(lai_chau, None, as_of=date(2025, 7, 1)) == "2025-07-01"
        assert rows("map", "--as-of", "31/12/2025")[0]["district"] == "tỉnh Lai Châu"

    def test_one_commune_more_or_less_parts_no_year(self, demo):
        with acting(demo, Ledger.Stamp("test", "x", NOW)) as ledger:
            ledger.rearrange(Rearrangement(ends={find_unit(ledger.connection, "Sơn Bình").id: "2023-06-01"}))
        assert units_on(demo, 2023) == "2023-12-31"
        assert communes(2023)[1] == 115


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("of", ["Kiên Giang", "Lai Châu"])
def test_what_there_was_and_what_came_less_what_went_is_what_there_is(office, built, of, data):
    file = begin_with(built / f"{of}.db")
    with acting(file, Ledger.Stamp("test", "x", NOW)) as ledger:
        every = [unit for unit in every_unit(ledger.connection) if unit.kind == "xã"]
        for unit in data.draw(st.lists(st.sampled_from(every), max_size=40, unique=True)):
            first, last = int((unit.since or "2021")[:4]), int((unit.until or "2026")[:4])
            year = data.draw(st.integers(first, last))
            ledger.record(unit, Recognition("ntm", "2021-2025", year))
    scopes = data.draw(st.sampled_from([None, f"tỉnh {of}", *DISTRICTS[of]]))
    with reading(file) as connection:
        specs = [resolve(connection, ReportOptions(year, scope=scopes), TODAY) for year in (2023, 2024, 2025, 2026)]
        for earlier, later in pairwise(specs):
            if earlier.view.scope != later.view.scope:  # another province since then
                continue
            before = later.moment_at(earlier.moment.day)
            assert before == earlier.moment
            view = View(programme("2021-2025"), later.view.basis, later.view.scope, TODAY)
            paths = standings.paths(connection, view, [before, later.moment])
            alone = standings.paths(connection, view, [earlier.moment])
            for tier in (Tier.COMMUNE, Tier.DISTRICT):
                was = reached(alone, tier, at_least(1), 0)
                moved = movement(paths, tier, 1, at_least(1), 1)
                assert reached(paths, tier, at_least(1), 1) == was + moved.added - moved.lost
                assert total(paths, tier, 1) <= 127


DISTRICTS = {"Kiên Giang": ["huyện Giồng Riềng", "huyện Hòn Đất"], "Lai Châu": ["huyện Mường Tè"]}


class TestASnapshot:
    """The list of Lai Châu is that of 30/6/2025; that of Kiên Giang is complete since 1/3/2021."""

    LISTED = "danh sách xã là danh sách ngày 30/06/2025"

    @pytest.mark.usefixtures("lai_chau")
    @pytest.mark.parametrize(
        "asked",
        [
            ("progress", "--year"),
            ("map", "--year"),
            ("list", "--level", "ntm", "--until"),
            ("remaining", "--level", "ntm", "--year"),
            ("units", "--on"),
        ],
        ids=lambda asked: asked[0],
    )
    def test_is_said_wherever_a_table_rests_on_it(self, asked):
        for year, is_said in (("2023", True), ("2025", False), ("21/11/2026", False)):
            told = run(*asked, year if asked[0] == "units" else year[-4:]).out
            assert told
            assert (self.LISTED in told) == is_said, (asked, year)

    @pytest.mark.usefixtures("lai_chau")
    def test_of_several_years_they_are_named(self):
        for command in (("progress", "--years", "--notes"), ("trend",)):
            assert "Danh sách xã của 2021–2024 là danh sách ngày 30/06/2025." in run(*command, "--year", "2025").out
        assert "danh sách xã của 2021–2024" in run("check", "snapshot", "--year", "2025").out

    @pytest.mark.usefixtures("lai_chau")
    def test_ends_where_the_office_says_that_it_is_complete(self):
        said = run("rearrange", "--complete-since", "1/1/2023", "--source", "Niên giám thống kê")
        assert (said.code, "đủ từ 01/01/2023" in said.err) == (0, True)
        assert "2021–2022 là danh sách ngày 01/01/2023" in run("check", "snapshot", "--year", "2025").out
        assert self.LISTED not in run("progress", "--year", "2024").out
        assert run("undo", "--yes").code == 0
        assert self.LISTED in run("progress", "--year", "2024").out
        assert run("rearrange", "--complete-since", "1/1/2023", "--scope", "huyện Mường Tè").code == 1
        assert run("rearrange", "--complete-since", "1/1/2027").code == 1

    @pytest.mark.usefixtures("kien_giang")
    def test_kien_giang_has_none_in_its_plan(self):
        for year in range(2021, 2027):
            assert "danh sách" not in run("progress", "--year", str(year)).out
        assert run("check", "snapshot", "--year", "2025").both == ""

    def test_a_list_of_ones_own_is_none(self, office):
        run("add-district", "Hòn Đất")
        run("add-commune", "Mỹ Thuận", "--district", "Hòn Đất")
        assert "danh sách" not in run("progress", "--year", "2022").out


class TestWhatBecameOfAUnit:
    @pytest.mark.usefixtures("kien_giang")
    def test_is_told_with_day_resolution_and_how_much(self):
        assert (
            "Từ 01/07/2025, Nghị quyết 1654/NQ-UBTVQH15: hợp thành từ thị trấn Sóc Sơn, xã Mỹ Hiệp Sơn, xã Mỹ Thuận,"
            " xã Mỹ Phước." in run("show", "Mỹ Thuận").out
        )
        assert "nhập vào xã Mỹ Thuận." in run("show", "Mỹ Thuận (cũ)").out
        assert "Nay là: xã Giồng Riềng, xã Thạnh Hưng," in run("show", "huyện Giồng Riềng").out
        assert "nhập vào tỉnh An Giang" in run("show", "tỉnh Kiên Giang").out
        relatives = asked("show", "Mỹ Thuận")["ancestry"]
        assert [(row["relation"], row["extent"]) for row in relatives] == [("formed_of", "whole")] * 4

    @pytest.mark.usefixtures("kien_giang")
    def test_the_units_of_a_day_are_listed(self):
        counts = {day: len(asked("units", "--on", day)["units"]) for day in ("30/6/2025", "1/7/2025")}
        assert counts == {"30/6/2025": 158, "1/7/2025": 48}
        assert len(asked("units")["units"]) == 48
        assert [row["until"] for row in asked("units", "mỹ thuận")["units"]] == ["2025-07-01", None]


class TestWhatCameAndWentOverTheMerger:
    @pytest.fixture(autouse=True)
    def recorded(self, lai_chau):
        old = ("Mường Tè, huyện Mường Tè", "Bum Nưa", "Pa Vệ Sủ", "Mù Cả", "Lê Lợi")
        assert run("record", *old, "--level", "ntm", "--year", "2022").code == 0
        told = ("--basis", "acknowledged", "--decision", "5/QĐ-UBND", "--date", "3/3/2026")
        assert run("record", "Bum Nưa", "--level", "ntm", "--year", "2022", *told).code == 0

    def test_is_told_in_one_line(self):
        (note,) = [line for line in run("progress", "2026", "--notes").out.splitlines() if "cuối năm trước:" in line]
        assert note.endswith("giảm 4 do sắp xếp đơn vị; tăng 1: thừa nhận.")
        assert "sắp xếp đơn vị" not in run("progress", "--year", "2025").out

    def test_and_by_name(self):
        told = run("explain", "ntm", "--year", "2026").out
        assert "Giảm do sắp xếp đơn vị: xã Mường Tè, xã Pa Vệ Sủ, xã Bum Nưa, xã Lê Lợi." in told
        assert "Tăng, thừa nhận: xã Bum Nưa." in told


def test_nothing_comes_to_a_new_province_by_its_beginning(kien_giang):
    assert run("record", "Tiên Hải", "Thổ Châu (cũ)", "Mỹ Thuận (cũ)", "--level", "ntm", "--year", "2022").code == 0
    told = ("--basis", "acknowledged", "--decision", "5/QĐ-UBND", "--date", "3/12/2025")
    assert run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2025", *told).code == 0
    (row,) = [
        row for row in asked("progress", "--year", "2025")["lines"] if row["measure"] == "ntm" and not row["roadmap"]
    ]
    assert (row["actual_cumulative"], row["actual_added"], row["lost"]) == (2, 1, 0)
    assert "Xã đạt chuẩn NTM tăng 1: thừa nhận." in run("progress", "--year", "2025", "--notes").out
    assert [unit["name"] for unit in rows("list", "--level", "ntm", "--year", "2025")] == ["xã Mỹ Thuận"]
    parts = rows("progress", "--year", "2025", "--by", "former-district", "--level", "ntm")
    assert {row["points_change"] for row in parts} == {None}
    years = [row["actual_cumulative"] for row in asked("trend", "--year", "2025")["lines"] if row["measure"] == "ntm"]
    assert years == [None, None, None, None, 2]


class TestAFormerDistrict:
    @pytest.mark.usefixtures("lai_chau")
    def test_answers_for_its_heirs_and_says_which_hold_parts_of_others(self):
        answer = run("progress", "--year", "2026", "--scope", "huyện Phong Thổ")
        assert "huyện Phong Thổ (cũ) năm 2026" in answer.out
        assert "gồm cả đơn vị nơi khác: xã Sin Suối Hồ." in answer.err
        names = [row["name"] for row in rows("map", "--year", "2026", "--scope", "huyện Phong Thổ")]
        assert sorted(names) == ["xã Dào San", "xã Khổng Lào", "xã Phong Thổ", "xã Sin Suối Hồ", "xã Sì Lở Lầu"]
        assert run("progress", "--year", "2024", "--scope", "huyện Phong Thổ").err == ""

    @pytest.mark.usefixtures("kien_giang")
    @pytest.mark.parametrize("typed", ["Giồng Riềng", "giong rieng", "Hòn Đất"])
    def test_is_asked_about_where_a_commune_of_today_bears_its_name(self, typed):
        refused = run("progress", "--year", "2026", "--scope", typed)
        ways = re.findall("“((?:huyện|xã) .+?)”", refused.err)
        assert (refused.code, len(ways)) == (1, 2)
        titles = [communes(2026, "--scope", way)[0] for way in ways]
        assert [title.partition("nông thôn mới ")[2] for title in titles] == [
            f"{ways[0]} (cũ) năm 2026",
            f"{ways[1]} năm 2026",
        ]
        assert communes(2024, "--scope", typed)[0].endswith(f"{ways[0]} năm 2024")

    @pytest.mark.parametrize(("of", "total"), [("Kiên Giang", 41), ("Lai Châu", 36)])
    def test_is_a_part_so_that_the_parts_are_the_whole(self, office, built, of, total):
        begin_with(built / f"{of}.db")
        parts = [
            row for row in rows("progress", "--year", "2026", "--by", "former-district") if row["measure"] == "ntm"
        ]
        of_set = [row for row in parts if row.get("set") == parts[0].get("set")]
        assert sum(row["total"] for row in of_set) == total
        assert ("thuộc nhiều huyện cũ" in {row["district"] for row in of_set}) == (of == "Lai Châu")
        before = rows("progress", "--year", "2024", "--by", "former-district", "--level", "ntm")
        assert [row["district"] for row in before] == [
            row["district"] for row in rows("progress", "--year", "2024", "--by", "district", "--level", "ntm")
        ]

    @pytest.mark.usefixtures("kien_giang")
    def test_is_proposed_where_there_are_no_districts(self):
        refused = run("progress", "--year", "2026", "--by", "district")
        assert (refused.code, "--by former-district" in refused.err) == (1, True)

    def test_nothing_is_known_of_it_in_a_ledger_of_today(self, office):
        with acting(our_ledger(), Ledger.Stamp("test", "x", NOW), create=True) as ledger:
            top = NewUnit("Lai Châu", "tỉnh", Tier.PROVINCE, "12")
            ledger.add_units([top, NewUnit("Bum Nưa", "xã", Tier.COMMUNE, "03466", "12", since="2025-07-01")])
        refused = run("progress", "--year", "2026", "--by", "former-district")
        assert (refused.code, "không có cấp huyện" in refused.err) == (1, True)
        assert "Chữ cái" in run("map", "--year", "2026").out


class TestTheMapOfAProvinceWithoutDistricts:
    @pytest.mark.usefixtures("lai_chau")
    @pytest.mark.parametrize("columns", ["80", "120"])
    def test_stands_in_rows_by_former_district(self, columns, monkeypatch):
        monkeypatch.setenv("COLUMNS", columns)
        for shape in ("plain", "table"):
            lines = run("map", "--year", "2026", "--format", shape).out.splitlines()
            assert sum("huyện" in line and "·" in line for line in lines) == 8
            assert max(map(len, lines)) <= int(columns)


class TestANameOfTwoTimes:
    @pytest.mark.usefixtures("kien_giang")
    @pytest.mark.parametrize(("typed", "year"), [("Mỹ Thuận", 2024), ("30838", 2024), ("my thuan", 2024)])
    def test_means_the_old_unit_of_an_old_year(self, typed, year):
        done = run("record", typed, "--level", "ntm", "--year", str(year))
        assert (done.code, "xã Mỹ Thuận (huyện Hòn Đất)" in done.err) == (0, True)

    @pytest.mark.usefixtures("kien_giang")
    @pytest.mark.parametrize("typed", ["Mỹ Thuận", "30838", "my thuan", "Mỹ Thuận (mới)"])
    def test_means_the_new_one_since(self, typed):
        done = run("record", typed, "--level", "ntm", "--year", "2026")
        assert (done.code, "xã Mỹ Thuận (tỉnh An Giang)" in done.err) == (0, True)

    @pytest.mark.usefixtures("kien_giang")
    def test_is_asked_of_the_year_in_which_both_stood_unless_the_decision_tells(self):
        refused = run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2025")
        assert (refused.code, "xã Mỹ Thuận, huyện Hòn Đất" in refused.err) == (1, True)
        for day, where in (("20/3/2025", "huyện Hòn Đất"), ("20/12/2025", "tỉnh An Giang")):
            decided = ("--decision", f"{day[-6]}/QĐ-UBND", "--date", day)
            done = run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2025", *decided)
            assert (done.code, f"xã Mỹ Thuận ({where})" in done.err) == (0, True)

    def test_by_code_in_a_table_too(self, kien_giang, office):
        (office / "bang.csv").write_text("Mã,Xã,Mức,Năm\n30838,Mỹ Thuận,NTM,2024\n30838,Mỹ Thuận,NTM,2026\n")
        assert run("import", "bang.csv", "--yes").code == 0
        listed = {(row["parent"], row["year"]) for row in rows("list", "--level", "ntm", "--year", "2026")}
        assert listed == {("tỉnh An Giang", 2026)}
        (office / "hai.csv").write_text("Mã,Xã,Mức,Năm\n30838,Mỹ Thuận,NTM nâng cao,2025\n")
        refused = run("import", "hai.csv", "--yes")
        assert (refused.code, "Mỹ Thuận, huyện Hòn Đất" in refused.out + refused.err) == (3, True)


def test_the_province_of_a_day(kien_giang):
    with reading(kien_giang) as connection:
        names = {day: sole_province(connection, date.fromisoformat(day)).name for day in ("2024-01-01", "2025-07-01")}
    assert names == {"2024-01-01": "Kiên Giang", "2025-07-01": "An Giang"}


class TestAClosedYearAndChecksOfACarriedLedger:
    @pytest.mark.usefixtures("kien_giang")
    def test_a_year_is_closed_for_each_province_that_stood_in_it(self):
        assert run("record", "Mỹ Thuận (cũ)", "--level", "ntm", "--year", "2022").code == 0
        assert "An Giang" not in run("close-year", "2024").err
        closed = run("close-year", "2025").err
        assert "tỉnh Kiên Giang: 0/15" in closed
        assert "1/116 xã đạt chuẩn NTM" in closed
        assert "tỉnh An Giang: 0/41 xã đạt chuẩn NTM" in closed

    @pytest.mark.usefixtures("kien_giang")
    def test_what_is_wrong_of_old_units_is_still_found(self):
        assert run("record", "Mỹ Thuận (cũ)", "--level", "nang-cao", "--year", "2022").code == 0
        assert [row["check"] for row in rows("check", "prerequisite")] == ["prerequisite"]
        assert run("check", "prerequisite", "--year", "2026").both == ""

    def test_reports_of_each_year_and_scope_can_be_verified(self, kien_giang, office):
        assert run("record", "Mỹ Thuận (cũ)", "--level", "ntm", "--year", "2022").code == 0
        for place, asked in enumerate((["2024"], ["2025"], ["2025", "--scope", "tỉnh Kiên Giang"], ["2026"])):
            assert run("export", f"{place}.xlsx", "--year", *asked).code == 0
            assert run("verify", f"{place}.xlsx").code == 0, asked

    @pytest.mark.usefixtures("lai_chau")
    def test_a_year_that_a_rearrangement_parts_is_checked_on_both_its_maps(self):
        for name, day in (("Bum Nưa (cũ)", "3/3/2024"), ("Bum Nưa (mới)", "3/12/2028")):
            told = ("--decision", f"{day[-1]}/QĐ-UBND", "--date", day)
            done = run("record", name, "--level", "ntm", "--year", "2025", *told, now=datetime(2029, 1, 1, tzinfo=UTC))
            assert done.code == 0
        found = run("check", "decision-year", "--year", "2025", now=datetime(2029, 1, 1, tzinfo=UTC)).out
        assert found.count("xã Bum Nưa") == 2


class TestAPlanForOtherUnits:
    """The plan of Lai Châu to 2025 is for its 94 xã: it is not held against the 36 of after."""

    @pytest.mark.usefixtures("lai_chau")
    @pytest.mark.parametrize("asked_so", [("--as-of", "2025-12-31"), ("--year", "2024", "--map", "1/7/2025")])
    def test_is_named_and_not_compared(self, asked_so):
        told = asked("progress", *asked_so)
        assert {(row["total"], row["plan_cumulative"], row["status"]) for row in told["lines"]} == {
            (36, None, "no_plan")
        }
        (note,) = (note for note in told["notes"] if "/KH-UBND" in note)
        assert note.endswith("không so.")
        assert "Chưa có lộ trình" not in run("progress", *asked_so).out

    @pytest.mark.usefixtures("lai_chau")
    @pytest.mark.parametrize("asked_so", [("--as-of", "2025-06-30"), ("--year", "2025"), ("--as-of", "2024-12-31")])
    def test_on_its_own_units_it_is(self, asked_so):
        planned = [row for row in asked("progress", *asked_so)["lines"] if row["plan_cumulative"] is not None]
        assert [row["total"] for row in planned if row["tier"] == "commune"][:1] == [94]


@pytest.mark.usefixtures("lai_chau")
def test_what_new_units_reached_in_the_parted_year_is_told():
    note = "1 kết quả công nhận năm 2025 của đơn vị mới chưa tính ở đây: --map 01/07/2025"
    of_2025 = [("progress", "--year", "2025"), ("list", "--level", "ntm", "--year", "2025")]
    assert all(note not in run(*argv).out for argv in of_2025)
    assert (
        run(
            "record", "Khun Há", "--level", "ntm", "--year", "2025", "--date", "4/12/2025", "--decision", "7/QĐ-UBND"
        ).code
        == 0
    )
    assert all(note in run(*argv).out for argv in of_2025)
    assert all("chưa tính ở đây" not in run(*argv, "--map", "1/7/2025").out for argv in of_2025)
    assert "chưa tính ở đây" not in run("progress", "--year", "2026").out


class TestARecognitionThatCountsNowhere:
    """Of a unit that had ended, or was no xã any more, when it was decided."""

    DECIDED = ("--level", "ntm", "--date", "4/6/2026", "--decision", "7/QĐ-UBND")

    @pytest.fixture(autouse=True)
    def merged(self, lai_chau):
        assert run("rearrange", "Khun Há", "Bản Bo", "--into", "Khun Bo", "--on", "1/5/2026", "--yes").code == 0
        assert run("rearrange", "Bình Lư", "--kind", "phường", "--on", "1/3/2026", "--yes").code == 0

    ENDED = "đã kết thúc ngày 01/05/2026, trước ngày quyết định: kết quả này không tính vào năm 2026"
    NO_COMMUNE = "không còn là xã từ 01/03/2026, trước ngày quyết định: kết quả này không tính vào năm 2026"

    @pytest.mark.parametrize(("name", "said"), [("Bản Bo", ENDED), ("Bình Lư", NO_COMMUNE)])
    def test_is_warned_of(self, name, said):
        told = run("record", name, "--year", "2026", *self.DECIDED)
        assert (told.code, said in told.err) == (0, True), told.err

    def test_is_warned_of_in_a_table_too(self, office):
        (office / "bang.csv").write_text(
            "Tên xã,Mức,Năm,Số quyết định,Ngày ký\nBản Bo,đạt chuẩn NTM,2026,7/QĐ-UBND,4/6/2026\n", encoding="utf-8"
        )
        told = run("import", "bang.csv", "--yes")
        assert (told.code, self.ENDED in told.both) == (0, True), told.both

    @pytest.mark.parametrize(
        ("name", "year", "day"),
        [("Bản Bo", 2026, "4/3/2026"), ("Nà Tăm", 2024, "4/6/2026"), ("Nà Tăm", 2025, "4/8/2025")],
    )
    def test_one_that_counts_in_its_year_is_not(self, name, year, day):
        told = run("record", name, "--year", str(year), "--level", "ntm", "--date", day, "--decision", "7/QĐ-UBND")
        assert (told.code, "không tính vào" in told.err) == (0, False), told.err


class TestALedgerNotCarriedOver:
    @pytest.fixture(autouse=True)
    def uncarried(self, office):
        begin("Lai Châu")

    def test_is_told_how_to_be_where_the_new_map_is_asked_for(self):
        refused = run("progress", "--year", "2024", "--map", "1/7/2025")
        assert (refused.code, "ntmtrack rearrange --national" in refused.err) == (1, True)

    @pytest.mark.parametrize(("year", "is_told"), [(2024, False), (2025, True), (2026, True)])
    def test_and_where_a_name_is_not_known(self, year, is_told):
        refused = run("record", "Minh Thọ", "--level", "ntm", "--year", str(year))
        assert (refused.code, "ntmtrack rearrange --national" in refused.err) == (1, is_told)

    def test_gets_the_plan_of_the_running_programme_and_gives_it_back(self, office):
        assert "257/2025/QH15" in run("rearrange", "--national", "--yes").err
        assert "257/2025/QH15" in run("progress", "--year", "2026", "--beside").out
        assert run("undo").code == 0
        with reading(our_ledger()) as connection:
            assert "2026-2030" not in {stored.plan.programme for stored in every_roadmap(connection)}


@pytest.mark.parametrize(
    "argv", [("carry", "--state", "xyz"), ("record", "Khun Há", "--level", "ntm", "--year", "2026", "--basis", "xx")]
)
@pytest.mark.usefixtures("lai_chau")
def test_words_are_listed_as_officers_say_them(argv):
    told = run(*argv)
    assert (told.code, "“thừa nhận”" in told.err, "acknowledged" in told.err) == (2, True, False)


def test_a_workbook_that_is_signed_names_no_option(kien_giang):
    assert '--scope "tỉnh Kiên Giang"' in run("progress", "--year", "2025", "--notes").out
    assert run("export", "ra.json", "--year", "2025", "--sheets", "summary,roadmap,notes").code == 0
    written = (kien_giang.parent / "ra.json").read_text(encoding="utf-8")
    assert "là của tỉnh Kiên Giang (đến 30/06/2025)" in written
    assert not re.search(r"(?<!-)--[a-z]", written)


class TestALedgerOfAPartOfItsProvince:
    @pytest.mark.usefixtures("kien_giang")
    def test_says_of_every_figure_of_today_of_how_many_units_it_is(self):
        told = "mới có số liệu 48/102 đơn vị cấp xã của tỉnh"
        nothing_yet = run("progress", "--year", "2026")
        assert run("record", "Hòn Đất", "--level", "ntm", "--year", "2026").code == 0
        for answer in (nothing_yet, run("progress", "--year", "2026"), run("remaining", "--level", "ntm")):
            assert told in answer.out
        assert told in run("progress", "--year", "2026", "--text").out
        assert "ntmtrack join SỔ_KIA.db" in nothing_yet.out
        assert told not in run("progress", "--year", "2024").out

    @pytest.mark.usefixtures("lai_chau")
    def test_is_no_ledger_that_holds_them_all(self):
        assert "đơn vị cấp xã của tỉnh" not in run("progress", "--year", "2026", "--notes").out


@pytest.mark.usefixtures("kien_giang")
def test_an_agency_of_a_province_that_has_ended_heads_no_paper_of_today(office):
    typed = ("--agency", "UBND TỈNH KIÊN GIANG;VĂN PHÒNG ĐIỀU PHỐI")
    assert run("export", "a.docx", "--year", "2024", *typed).code == 0
    today = run("export", "b.docx", "--year", "2026")
    assert "Để trống tên cơ quan: “UBND TỈNH KIÊN GIANG;VĂN PHÒNG ĐIỀU PHỐI”" in today.err
    assert ["KIÊN GIANG" in words_of(file) for file in ("a.docx", "b.docx")] == [True, False]
    told = run("export", "c.docx", "--year", "2026", "--agency", "UBND TỈNH AN GIANG")
    assert "Để trống" not in told.err
    assert "UBND TỈNH AN GIANG" in words_of("c.docx")
    assert run("export", "d.docx", "--year", "2026").err.count("Để trống") == 0
    assert run("export", "e.docx", "--year", "2026", *typed).code == 0  # who types it means it, kept or not
    assert run("export", "f.docx", "--year", "2026", *typed).code == 0
    assert ["KIÊN GIANG" in words_of(file) for file in ("e.docx", "f.docx")] == [True, True]


@pytest.mark.usefixtures("kien_giang")
@pytest.mark.parametrize("agency", ["UBND xã Kiên Giang;tỉnh An Giang", "UBND phường Kiên Giang"])
def test_an_agency_of_a_commune_called_like_a_former_province_stands(agency):
    assert run("export", "a.docx", "--year", "2026", "--agency", agency).code == 0
    assert "Để trống" not in run("export", "b.docx", "--year", "2026").err


def words_of(file):
    """All the words of a Word document's tables, in capitals as they stand."""
    cells = [cell.text for table in docx.Document(file).tables for row in table.rows for cell in row.cells]
    return "\n".join(cells)


@pytest.mark.parametrize(
    "more", [(), ("--kind", "xã"), ("--tier", "district"), ("--group", "3"), ("--tier", "village")]
)
def test_units_that_ended_are_told_with_how_to_list_them_where_the_province_still_stands(office, more):
    begin("Lai Châu")
    for line in [
        ("mark", "Bản Bo", "--group", "3", "--since", "1/1/2022"),
        ("add-village", "Bản A", "--commune", "Bản Bo", "--since", "1/1/2021"),
    ]:
        done = run(*line)
        assert done.code == 0, done.err
    listed = run("units", *more)
    line = re.search(r"Hôm nay không còn đơn vị nào khớp; đến 30/06/2025 có ([0-9]+): ntmtrack (.*)", listed.out)
    assert line, listed.out
    then = run(*shlex.split(line[2]))
    assert f"{line[1]} đơn vị" in then.out.splitlines()[1]
    assert "khớp" not in then.out


def test_where_nothing_ever_fitted_no_day_is_told(office):
    begin("Lai Châu")
    assert "không còn" not in run("units", "--tier", "village").out
