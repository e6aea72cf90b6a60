"""Reports of what is out of the ordinary: several provinces · a commune · communes without a district · no districts
at all · the middle of a year · a year to come · units that ended · recognitions taken back · days before 1900 ·
published additions · sheets with nothing or with several tables · who else writes meanwhile."""

import json
import sys

import openpyxl
import pytest

from ntmtrack.commands import Session
from ntmtrack.model import Published, Tier
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.running import NOW, begin, run
from tests.test_workbook import iter_lines, numbered, row_of, texts


def report(*more, file="r.xlsx"):
    """All sheets in one file, unless some are asked for."""
    every = () if {"--sheets", "--template"} & {*more} else ("--sheets", "all")
    done = run("export", file, *more, *every)
    assert done.code == 0, done.err
    return openpyxl.load_workbook(file)


@pytest.fixture
def three(office):
    """Three provinces with a huyện Châu Thành each."""
    for province in ("Kiên Giang", "Tiền Giang", "An Giang"):
        begin(province)
    return office


def end_unit(ledger, code, day):
    """Voids the version of a unit and puts one in its place that ends on a day."""
    columns = "unit_id, code, name, name_key, kind, tier, parent_id, since"
    for statement in (
        "UPDATE unit_version SET voided_by = :by WHERE code = :code",
        f"INSERT INTO unit_version (action_id, {columns}, until) SELECT :by, {columns}, :day FROM unit_version"
        " WHERE code = :code",
    ):
        ledger.connection.execute(statement, {"by": ledger.action_id, "code": code, "day": day})


def test_districts_that_share_a_name_are_told_apart(three):
    book = report("--year", "2024")
    named = [row[1] for row in numbered(book["Theo huyện"]) if "Châu Thành" in row[1]]
    assert sorted(named) == [f"Huyện Châu Thành (tỉnh {name})" for name in ("An Giang", "Kiên Giang", "Tiền Giang")]
    assert {row[2] for row in numbered(book["Danh sách"]) if "Châu Thành" in row[2]} == set(named)
    squares = json.loads(run("map", "--year", "2024", "-f", "json").out)["units"]
    told = {one["district"] for one in squares if "Châu Thành" in one["district"]}
    assert sorted(told) == sorted(name[:1].lower() + name[1:] for name in named)
    assert not any("toàn tỉnh" in str(value) for row in texts(book["Tổng hợp"]) for value in row)


def test_a_commune_has_a_report_without_districts(demo):
    book = report("--scope", "xã Ngọc Thuận", "--year", "2024")
    assert "Theo huyện" not in book.sheetnames
    assert [row[1] for row in numbered(book["Danh sách"])] == ["Xã Ngọc Thuận"]


def test_what_was_asked_for_and_is_empty_is_refused(demo, office):
    refused = run("export", "r.xlsx", "--sheets", "districts,list", "--scope", "xã Ngọc Thuận")
    assert (refused.code, "Theo huyện" in refused.err) == (1, True)
    assert not (office / "r.xlsx").exists()


def test_communes_without_a_district_are_said_to_be_missing_by_district(demo):
    with acting(demo, Ledger.Stamp("t", "t", NOW)) as ledger:
        (province,) = ledger.connection.execute("SELECT unit_id FROM unit_version WHERE tier = 'province'").fetchone()
        from ntmtrack.model import NewUnit

        ledger.add_unit(NewUnit("Thẳng", "xã", Tier.COMMUNE, "39999"), province)
        ledger.summary = "t"
    book = report("--year", "2024")
    assert row_of(book["Tổng hợp"], "Xã")[2] == 117
    assert row_of(book["Theo huyện"], "Tổng cộng")[2] == 116
    assert any("không có 1 xã" in str(row[0]) for row in texts(book["Theo huyện"]))


def test_the_programme_without_districts(office):
    begin("An Giang", "2026-2030")
    run("record", "Bình Sơn", "--level", "hien-dai", "--year", "2026")
    book = report()
    assert book.sheetnames[:4] == ["Tổng hợp", "Lộ trình", "Đối chiếu thêm", "Danh sách"]
    assert row_of(book["Danh sách"], "Xã Bình Sơn")[3] == "NTM hiện đại"
    assert any(row[0] == "tỉnh An Giang" for row in texts(book["Biểu đồ"]))


def test_the_middle_of_a_year_by_the_day_of_decision(demo):
    book = report("--as-of", "31/10/2023", "--basis", "decision")
    shown = str(texts(book["Tổng hợp"]))
    assert "Tính đến 31/10/2023, theo ngày quyết định" in shown
    assert "Không tính" in shown  # what has no day of decision
    assert row_of(book["Tổng hợp"], "Xã đạt chuẩn NTM")[5] == len(
        [row for row in numbered(book["Danh sách"]) if row[4] != "Chưa đạt"]
    )


def test_a_year_to_come_has_a_plan_and_no_lists(office):
    begin("An Giang", "2026-2030")
    book = report("--year", "2030")
    assert book.sheetnames == ["Tổng hợp", "Lộ trình", "Đối chiếu thêm", "Kiểm tra", "Dữ liệu", "Ghi chú"]
    refused = run("map", "--year", "2030")
    assert (refused.code, "progress --year 2030" in refused.err) == (1, True)


def test_years_to_come_are_planned_with_the_denominators_of_today(office):
    begin("Thái Bình")
    rows = [row for row in texts(report("--year", "2024")["Lộ trình"]) if row[0] == "Xã đạt chuẩn NTM nâng cao"]
    assert [row[3] for row in rows] == ["–"] * 4 + ["(≥ 45)"]
    assert {row[5] for row in rows} == {223}


def test_what_was_lost_is_in_the_figures_and_by_name(demo):
    for level in ("nang-cao", "ntm"):
        run("revoke", "Ngọc Thuận", "--level", level, "--date", "1/6/2024", "--reason", "rớt chuẩn")
    book = report("--year", "2024")
    head = next(row for row in texts(book["Lộ trình"]) if "Giảm trong năm" in row)
    row = next(row for row in texts(book["Lộ trình"]) if row[:2] == ["Xã đạt chuẩn NTM", 2024])
    added, lost, cumulative = row[3], row[head.index("Giảm trong năm")], row[6]
    before = next(row for row in texts(book["Lộ trình"]) if row[:2] == ["Xã đạt chuẩn NTM", 2023])[6]
    assert before + added - lost == cumulative
    named = [row for row in numbered(book["Mới trong năm"]) if row[1] == "Xã Ngọc Thuận"]
    assert [row[4] for row in named] == ["Xã đạt chuẩn NTM", "Xã đạt chuẩn NTM nâng cao"]
    assert all(row[5].startswith("Thu hồi; 01/06/2024 · rớt chuẩn") for row in named)
    assert "giảm 01 xã đạt chuẩn NTM nâng cao" in str(texts(book["Tổng hợp"]))
    assert lost == 1


def test_a_unit_that_ended_is_named_among_the_losses(demo):
    with acting(demo, Ledger.Stamp("t", "t", NOW)) as ledger:
        end_unit(ledger, "30931", "2024-06-01")
        ledger.summary = "t"
    book = report("--year", "2024")
    lost = [row for row in numbered(book["Mới trong năm"]) if row[1] == "Xã Ngọc Thuận"]
    assert {row[5] for row in lost} == {"Không còn là xã, huyện được tính"}
    assert len(numbered(book["Danh sách"])) == 115


def test_a_day_before_1900_is_text_and_others_stay_days(demo):
    run("record", "Dương Hòa", "--level", "nang-cao", "--year", "2024", "--decision", "1/QĐ", "--date", "1/1/1890")
    sheet = report("--year", "2024")["Dữ liệu"]
    head = [cell.value for cell in sheet[1]]
    signed = [row[head.index("Ngày ký")] for row in sheet.iter_rows(min_row=2)]
    assert "01/01/1890" in {cell.value for cell in signed}
    days = [cell for cell in signed if cell.is_date]
    assert days
    assert {cell.number_format for cell in days} == {"[$-42A]dd/mm/yyyy"}


def test_published_additions_are_recounted_in_their_own_programme(demo):
    with acting(demo, Ledger.Stamp("t", "t", NOW)) as ledger:
        (province,) = ledger.connection.execute("SELECT unit_id FROM unit_version WHERE tier = 'province'").fetchone()
        figures = [
            Published(Tier.COMMUNE, "ntm.added", "2011", "4", source="báo"),
            Published(Tier.COMMUNE, "ntm.added", "2021", "12", source="báo"),
            Published(Tier.COMMUNE, "hien-dai.added", "2026", "1", source="báo"),
        ]
        ledger.publish(figures, province)
        ledger.summary = "t"
    rows = texts(report("--year", "2024")["Kiểm tra"])
    row = next(row for row in rows if row[0] == "Xã đạt chuẩn NTM, tăng thêm trong năm 2021")
    assert row[3:6] == [12, 11, -1]


def test_two_tables_are_too_many_for_csv_and_none_is_too_few(demo, office):
    for sheet in ("checks", "summary", "charts"):
        refused = run("export", "r.csv", "--sheets", sheet)
        assert (refused.code, "chỉ chứa được một bảng" in refused.err) == (2, True)
    assert not (office / "r.csv").exists()


def test_json_tells_the_notes_and_keys_instead_of_words(demo, office):
    run("export", "r.json", "--year", "2024")
    sheets = json.loads((office / "r.json").read_text(encoding="utf-8"))["sheets"]
    told = {one["what"]: one["value"] for one in sheets["notes"]["rests_on"]}
    assert told["Phạm vi"] == "tỉnh Kiên Giang"
    assert any("vượt A > P" in text for text in told.values())
    assert {one["level"] for one in sheets["new"]["units"]} == {"ntm", "nang-cao", "kieu-mau"}
    assert {one["remark"] for one in sheets["list"]["units"]} == {"illustrative", "inferred", None}
    assert next(one for one in sheets["districts"]["districts"] if "Tân Hiệp" in one["district"])["own_level"] == "ntm"


def test_what_rests_on_illustrative_rows_says_so_on_every_sheet_of_figures(demo):
    book = report("--year", "2024")
    for name in book.sheetnames:
        if name != "Danh sách huyện":
            assert "MINH HOẠ" in str(texts(book[name])), name
    district = row_of(book["Theo huyện"], "Tổng cộng")
    marked = [row for row in numbered(book["Danh sách"]) if row[-1] == "MINH HOẠ"]
    assert district[14] == f"MINH HOẠ {len(marked)}"


def test_a_form_says_so_too(demo):
    book = openpyxl.Workbook()
    book.active["A1"] = "{{ntm.luy_ke}}"
    book.save("mau.xlsx")
    assert "MINH HOẠ" in run("export", "r.xlsx", "--template", "mau.xlsx").err


def test_nobody_is_kept_waiting_while_the_officer_thinks(demo, office, monkeypatch):
    report()
    (office / "~$r.xlsx").touch()
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", iter_lines("c"))
    said = []

    def asked(self, question):
        said.append(run("record", "Dương Hòa", "--level", "nang-cao", "--year", "2024").code)
        return True

    monkeypatch.setattr(Session, "ask", asked)
    assert run("export", "r.xlsx", "--place", "Rạch Giá").code == 0
    assert said == [0]


def test_sheets_may_be_named_one_by_one(demo):
    assert report("--sheets", "chua dat", "--sheets", "tong hop").sheetnames == ["Tổng hợp", "Chưa đạt"]


def test_three_agencies_are_all_there(demo):
    assert "A – B" in str(texts(report("--agency", "A; B; C")["Tổng hợp"])[:2])


def test_a_district_without_communes_has_a_row_in_a_form(demo):
    with acting(demo, Ledger.Stamp("t", "t", NOW)) as ledger:
        end_unit(ledger, "30763", "2023-06-01")
        ledger.summary = "t"
    book = openpyxl.Workbook()
    book.active.append(["{{#huyen}}{{ten}}", "{{tong_so_xa}}", "{{xa_ntm.luy_ke}}"])
    book.save("mau.xlsx")
    rows = list(report("--template", "mau.xlsx", "--year", "2024").active.iter_rows(values_only=True))
    assert ("thành phố Rạch Giá", None, None) in rows
    assert ("huyện Hòn Đất", 12, 12) in rows


def test_facts_that_counted_then_and_fell_later_are_counted_then(demo, office):
    run("revoke", "Hòn Tre", "--level", "nang-cao", "--date", "1/5/2025")
    book = report("--year", "2024")
    head, *rows = texts(book["Dữ liệu"])
    counted, level, revoked = (head.index(name) for name in ("Tính vào báo cáo", "Mức", "Thu hồi"))
    assert sum(row[counted] for row in rows if row[level] == "NTM nâng cao") == 40
    assert [row[revoked] for row in rows if row[revoked]] != []
    run("export", "a.csv")
    (fallen,) = [
        line for line in (office / "a.csv").read_text(encoding="utf-8-sig").splitlines() if "2025-05-01" in line
    ]
    assert fallen.endswith(",0")  # it is told, and counts no more


def test_markdown_without_districts(office):
    begin("An Giang", "2026-2030")
    assert run("export", "a.md").code == 0
    assert "Đơn vị tính: xã" in str(texts(report()["Tổng hợp"]))


def test_a_district_is_not_parted_into_itself(demo):
    assert "Theo huyện" not in report("--scope", "huyện Hòn Đất").sheetnames


def test_only_what_stands_is_said_to_be_without_a_day(demo):
    def left_out():
        told = run("progress", "--year", "2024", "--basis", "decision", "-f", "json").out
        return json.loads(told)["undated"]

    before = left_out()
    run("record", "Dương Hòa", "--level", "nang-cao", "--year", "2024")
    assert left_out() == before + 1
    run("revoke", "Dương Hòa", "--level", "nang-cao", "--date", "1/6/2024")
    assert left_out() == before


def test_what_districts_cannot_reach_is_not_explained_by_communes(office):
    begin("An Giang", "2026-2030")
    asked = ("ntm", "--year", "2026", "--tier", "district")
    refused = run("explain", *asked)
    assert (refused.code, refused.err) == (1, run("list", "--level", *asked).err)
    told = json.loads(run("explain", "ntm", "--year", "2026", "-f", "json").out)
    assert told["units"] == []
    assert run("explain", "ntm", "--year", "2026").out.count("\n\n") < 4
