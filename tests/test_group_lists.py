"""Lists of groups that offices send: khu vực, nhóm, crosses · taken in again they change nothing · corrected, undone ·
every fault with its cell · names as people write them, over every commune of a province."""

from pathlib import Path

import openpyxl
import pytest

from ntmtrack.programmes.marks import REGIONS
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.criteria import marks_on, words_applying
from ntmtrack.storage.queries.units import every_unit
from tests.running import begin, run

BY = ("--what", "groups", "--decision", "60/QĐ-BDTTG", "--date", "29/1/2026", "--yes")


@pytest.fixture
def an_giang(office):
    begin("An Giang", "2026-2030")
    return office


def table(*rows, name="nhom.xlsx"):
    """A list typed by hand: a row a text, its cells parted by semicolons."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row.split(";")])
    book.save(name)
    return name


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.both


def marks(day="2026-11-21"):
    """The marks of each unit by its name."""
    with reading(Path("so.db")) as connection:
        titles = {unit.id: unit.name for unit in every_unit(connection)}
        return {titles[unit]: told for unit, told in marks_on(connection, day).items()}


def facts():
    with reading(Path("so.db")) as connection:
        return fingerprint(connection)


def test_a_list_is_taken_in_with_crosses_corrected_and_undone(an_giang):
    before = facts()
    file = table(
        "DANH SÁCH XÃ THEO KHU VỰC",
        "TT;Tên xã;Thuộc khu vực;Đặc biệt khó khăn;Biên giới;Hải đảo;Ghi chú",
        "1;Mỹ Thuận;III;x;;;",
        "2;xã An Biên;Khu vực I;;x;;",
        "3;Thổ Châu;;;x;x;",
    )
    done("import", file, *BY)
    assert marks() == {
        "Mỹ Thuận": {"zone": "III", "special": "yes"},
        "An Biên": {"zone": "I", "border": "yes"},
        "Thổ Châu": {"border": "yes", "island": "yes"},
    }
    assert marks("2026-01-28") == {}
    assert "không đổi 6" in done("import", file, *BY)
    corrected = table("Tên xã;Khu vực;Biên giới", "An Biên;II;không", name="sua.xlsx")
    told = done("import", corrected, *BY)
    assert "mới 0 · sửa 2" in told
    assert marks()["An Biên"] == {"zone": "II"}
    done("undo", "--yes")
    done("undo", "--yes")
    assert facts() == before


def test_what_is_headed_as_groups_is_read_with_its_own_day(an_giang):
    file = table("Tên xã;Nhóm xã;Vùng;Từ ngày", "Mỹ Thuận;Nhóm III;;1/2/2026", "An Biên;1;ĐBSCL;1/3/2026")
    done("import", file, "--what", "groups", "--yes")
    assert marks("2026-02-15") == {"Mỹ Thuận": {"group": "3"}}
    assert marks("2026-03-01")["An Biên"] == {"group": "1", "region": REGIONS[-1]}


def test_counts_of_villages_in_special_difficulty_are_no_mark(an_giang):
    file = table("Tên xã;Khu vực;Số thôn đặc biệt khó khăn", "Mỹ Thuận;III;5")
    done("import", file, *BY)
    assert marks() == {"Mỹ Thuận": {"zone": "III"}}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Không Có;III;", "Không Có"),
        ("Mỹ Thuận;IV;", "“IV” không thuộc: I, II, III"),
        ("Mỹ Thuận;III;có lẽ", "“có lẽ” không phải “x” hay “không”"),
    ],
)
def test_faults_are_told_with_their_cells_and_nothing_is_written(an_giang, row, says):
    before = facts()
    result = run("import", table("Tên xã;Khu vực;Nghèo", "An Biên;II;x", row), *BY)
    assert result.code
    assert says in result.both
    assert "3" in result.both
    assert facts() == before


def test_two_rows_that_differ_of_one_unit_and_a_list_without_a_day_are_refused(an_giang):
    result = run("import", table("Tên xã;Khu vực", "An Biên;II", "xã An Biên;III"), *BY)
    assert "Sheet!B2 ghi khác cho cùng đơn vị" in result.both
    result = run("import", table("Tên xã;Khu vực", "An Biên;II"), "--what", "groups", "--yes")
    assert "chưa cho biết từ ngày nào" in result.both
    result = run("import", table("Tên xã;Khu vực;Từ ngày", "An Biên;II;1/1/2027"), "--what", "groups", "--yes")
    assert result.code
    assert marks() == {}


@pytest.mark.parametrize("province", ["Cao Bằng", "Nghệ An"])
def test_every_commune_of_a_province_can_be_listed_by_name(office, province):
    begin(province, "2026-2030")
    with reading(Path("so.db")) as connection:
        communes = [unit for unit in every_unit(connection) if unit.until is None and unit.kind in ("xã", "phường")]
    zones = ("I", "II", "III")
    rows = [f"{unit.title};{zones[place % 3]}" for place, unit in enumerate(communes)]
    done("import", table("Tên xã;Khu vực", *rows), *BY)
    with reading(Path("so.db")) as connection:
        words = words_applying(connection, "2026-11-21")
    third = {unit.id for place, unit in enumerate(communes) if place % 3}
    assert {unit for unit, told in words.items() if "nhóm 3" in told} == third
    assert len(words) == len(communes)
