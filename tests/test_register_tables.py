"""Tables of registrations, as districts send them, and of the other registers: read whatever they look like, taken for
recognitions never · the forms read back. All that they tell is made up."""

import json
import unicodedata
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.register_headings import own_meaning, scale_told, title_book, title_year
from tests.running import begin, run

PERSON = "Người A"  # no name: what a test looks for where it must not be


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result


def wrong(*argv):
    result = run(*argv)
    assert result.code == 3, result.both
    return result.both


def write(name, rows, merged=()):
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    book.save(name)
    return name


def pledges(year):
    """What is on record for a year, by the unit's own name."""
    listed = json.loads(done("register", "--year", str(year), "--format", "json").out)["registrations"]
    return sorted((row["unit"].removeprefix("xã ").partition(" (")[0], row["pledge"]) for row in listed), listed


@pytest.fixture
def lai_chau(office):
    begin("Lai Châu")


@pytest.fixture
def since_2026(office):
    begin("Lai Châu", "2026-2030")


UGLY = [
    ["UBND HUYỆN TAM ĐƯỜNG"],
    ["TỔNG HỢP ĐĂNG KÝ THI ĐUA XÂY DỰNG NÔNG THÔN MỚI NĂM 2025"],
    ["(Kế hoạch giai đoạn 2021-2025)"],
    [],
    ["STT", "Xã/Đơn vị", "Nội dung đăng ký", None, None, "Ngày gửi", "Ghi chú"],
    [None, None, "Mức đăng ký", "Số tiêu chí đạt thêm", "Chỉ tiêu khác", None, None],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["I", "Huyện Tam Đường"],
    [1, "Xã Bản Bo", "Xã đạt chuẩn NTM nâng cao", None, None, "10/01/2025", None],
    [2, unicodedata.normalize("NFD", "xã Nà Tăm"), "+3 TC", None, "làm 2 km đường", None, "gửi lại"],
    [3, "Hồ  Thầu", None, "+2", None, "12/1/2025", None],
    [4, "Bản Hon", "Đạt chuẩn NTM; +1 TC", None, None, None, None],
    [5, "Giang Ma", "không đăng ký", None, None, None, None],
    [6, "Khun Há", None, None, None, None, None],
    ["II", "Huyện Sìn Hồ", None, 3],
    [1, "Pa Tần", "NTM", 2, None, "13/1/2025", None],
    ["Tổng cộng", None, None, 8],
    [],
    [None, "Nơi nhận:", None, None, "TM. UBND HUYỆN"],
    [None, "- Như trên;", None, None, "CHỦ TỊCH"],
]
MERGED = ("A2:G2", "C5:E5", "A5:A6", "B5:B6", "F5:F6", "G5:G6")
TOLD = [
    ("Bản Bo", "level: nang-cao"),
    ("Bản Hon", "criteria: 1"),
    ("Bản Hon", "level: ntm"),
    ("Hồ Thầu", "criteria: 2"),
    ("Nà Tăm", "criteria: 3"),
    ("Nà Tăm", "text: làm 2 km đường"),
    ("Pa Tần", "criteria: 2"),
    ("Pa Tần", "level: ntm"),
]


def test_the_table_that_a_district_sends_is_read_whatever_it_looks_like(lai_chau):
    write("dk.xlsx", UGLY, MERGED)
    done("import", "dk.xlsx", "--what", "registrations", "--yes")
    told, listed = pledges(2025)
    assert told == TOLD
    [bo] = [row for row in listed if "Bản Bo" in row["unit"]]
    assert (bo["sent_on"], bo["sender"]) == ("2025-01-10", "huyện Tam Đường")
    assert all(row["sender"] is None for row in listed if "Pa Tần" in row["unit"])  # it lies elsewhere
    again = done("import", "dk.xlsx", "--what", "registrations", "--yes")
    assert "sổ đã có đủ" in again.both
    done("undo")
    assert pledges(2025)[0] == []


@pytest.mark.parametrize("more", [(), ("--yes",), ("--level", "ntm", "--year", "2025", "--yes")])
def test_a_table_of_registrations_is_never_taken_for_recognitions(lai_chau, more):
    write("dk.xlsx", UGLY, MERGED)
    assert "--what registrations" in wrong("import", "dk.xlsx", *more)
    write(
        "ten.xlsx",
        [["DANH SÁCH XÃ ĐĂNG KÝ ĐẠT CHUẨN NTM NĂM 2025"], ["STT", "Tên xã", "Năm đăng ký"], [1, "Bản Bo", 2025]],
    )
    if "--yes" not in more:
        assert run("import", "ten.xlsx", "--level", "ntm", "--year", "2025").code == 3
    assert json.loads(done("show", "Bản Bo", "--format", "json").out).get("recognitions", []) == []


def test_an_amended_table_corrects_and_a_correction_by_hand_is_not_taken_back_in_silence(lai_chau):
    rows = [["ĐĂNG KÝ NĂM 2025"], ["Xã", "Mức đăng ký", "Ngày gửi"], ["Bản Bo", "NTM nâng cao", "10/1/2025"]]
    write("a.xlsx", rows)
    done("import", "a.xlsx", "--what", "registrations", "--yes")
    write("b.xlsx", [*rows[:2], ["Bản Bo", "NTM", "20/2/2025"]])
    done("import", "b.xlsx", "--what", "registrations", "--yes")
    told, [row] = pledges(2025)
    assert (told, row["sent_on"]) == ([("Bản Bo", "level: ntm")], "2025-02-20")
    done("register", "Bản Bo", "--year", "2025", "--level", "nâng cao", "--reason", "huyện báo lại")
    refused = run("import", "b.xlsx", "--what", "registrations", "--yes")
    assert refused.code != 0
    assert "--over-edits" in refused.both
    done("import", "b.xlsx", "--what", "registrations", "--yes", "--over-edits")
    assert pledges(2025)[0] == [("Bản Bo", "level: ntm")]


def test_every_fault_is_told_by_its_cell_and_the_file_is_not_taken(lai_chau):
    done("record", "Bản Bo", "--level", "ntm", "--year", "2023", "--decision", "1/QĐ-UBND", "--date", "20/12/2023")
    rows = [
        ["ĐĂNG KÝ THI ĐUA"],
        ["Xã", "Năm", "Mức đăng ký", "Số tiêu chí", "Ngày gửi", "Ngày nhận"],
        ["Bản Bo", 2024, "NTM", None, None, None],  # C3: held
        ["Nà Tăm", 2024, "xuất sắc", None, None, None],  # C4: no level
        ["Nà Tăm", None, "NTM", None, None, None],  # A5: no year
        ["Hồ Thầu", 2024, None, 25, None, None],  # D6: more than there are
        ["Khun Há", 2024, "NTM", None, "20/1/2024", "10/1/2024"],  # F7: received before
        ["Giang Ma", 2031, "NTM", None, None, None],  # B8: too far
        ["Không Có", 2024, "NTM", None, None, None],  # A9: unknown
        ["Bản Hon", 2024, "NTM", None, None, None],
        ["Bản Hon", 2024, "NTM nâng cao", None, None, None],  # C11: otherwise than above
    ]
    write("sai.xlsx", rows)
    said = wrong("import", "sai.xlsx", "--what", "registrations", "--no-annotate")
    for cell in ("C3", "C4", "A5", "D6", "F7", "B8", "A9", "C11"):
        assert f"Sheet!{cell} " in said, cell
    assert "None" not in said
    assert pledges(2024)[0] == []


def test_a_year_given_for_all_rows_and_a_day_of_sending(since_2026):
    write("dk.xlsx", [["Xã", "Mức đăng ký"], ["Khun Há", "NTM hiện đại"], ["phường Đoàn Kết", ""]])
    done("import", "dk.xlsx", "--what", "registrations", "--year", "2027", "--on", "20/11/2026", "--yes")
    told, [row] = pledges(2027)
    assert (told, row["sent_on"]) == ([("Khun Há", "level: hien-dai")], "2026-11-20")


def test_the_form_of_registrations_offers_the_units_and_reads_back(since_2026):
    done("register", "Khun Há", "--year", "2027", "--level", "ntm", "--on", "20/11/2026")
    done("template", "dk.xlsx", "--what", "registrations")  # in November of 2026: for 2027
    book = load_workbook("dk.xlsx")
    sheet = book.active
    rows = {sheet.cell(row, 2).value: row for row in range(6, sheet.max_row + 1)}
    assert len(rows) == 36
    assert sheet.cell(rows["xã Khun Há (tỉnh Lai Châu)"], 3).value == "đạt chuẩn NTM"
    sheet.cell(rows["xã Tả Lèng (tỉnh Lai Châu)"], 3).value = "NTM hiện đại"
    sheet.cell(rows["xã Bum Nưa (tỉnh Lai Châu)"], 4).value = 3
    sheet.cell(rows["xã Bum Nưa (tỉnh Lai Châu)"], 5).value = "xoá nhà tạm"
    book.save("dk.xlsx")
    done("import", "dk.xlsx", "--what", "registrations", "--yes")
    assert pledges(2027)[0] == [
        ("Bum Nưa", "criteria: 3"),
        ("Bum Nưa", "text: xoá nhà tạm"),
        ("Khun Há", "level: ntm"),
        ("Tả Lèng", "level: hien-dai"),
    ]


def entries(book):
    return json.loads(done("entry", book, "--format", "json").out)["entries"]


def test_tables_of_the_other_registers_are_told_by_their_title(since_2026):
    write(
        "dd.xlsx",
        [
            ["DANH SÁCH CƠ QUAN NHẬN ĐỠ ĐẦU XÃ NĂM 2026"],
            ["TT", "Cơ quan đỡ đầu", "Xã được đỡ đầu", "Nội dung giúp đỡ", "Từ ngày", "Đến ngày", "Số văn bản"],
            [1, "Sở Y tế", "Khun Há", "trạm y tế", "1/3/2026", "31/12/2028", "5/QĐ"],
            [2, "Công an tỉnh", "xã Tả Lèng", "nhà ở", "3/2026"],
            [None, "Cộng"],
        ],
    )
    done("import", "dd.xlsx", "--what", "entries", "--yes")
    assert [(row["party"], row["what"], row["day"], row["until"]) for row in entries("sponsorship")] == [
        ("Công an tỉnh", "nhà ở", "2026-03", None),
        ("Sở Y tế", "trạm y tế", "2026-03-01", "2028-12-31"),
    ]
    write(
        "cum.xlsx", [["PHÂN CỤM THI ĐUA NĂM 2027"], ["Xã", "Cụm thi đua"], ["Khun Há", "Cụm 1"], ["Tả Lèng", "Cụm 2"]]
    )
    done("import", "cum.xlsx", "--what", "entries", "--yes")
    assert {row["what"] for row in entries("block")} == {"Cụm 1", "Cụm 2"}
    assert "sổ đã có đủ" in done("import", "cum.xlsx", "--what", "entries", "--yes").both
    write("khong.xlsx", [["BẢNG KÊ"], ["Xã", "Nội dung", "Ngày"], ["Khun Há", "x", "1/3/2026"]])
    assert "không rõ bảng thuộc sổ nào" in wrong("import", "khong.xlsx", "--what", "entries")


def test_contributions_are_counted_in_the_money_of_the_heading_and_names_are_kept_apart(since_2026):
    rows = [
        ["TỔNG HỢP ĐÓNG GÓP XÂY DỰNG NÔNG THÔN MỚI"],
        ["(Đơn vị tính: triệu đồng)"],
        ["STT", "Xã", "Loại đối tượng", "Đơn vị đóng góp", "Họ và tên", "Hình thức", "Ngày", "Giá trị"],
        [1, "Khun Há", "Doanh nghiệp", "Công ty A", None, "tiền", "5/3/2026", 120],
        [2, "Khun Há", "Hộ", None, PERSON, "200 m² đất", "6/3/2026", None],
        [3, "Bum Nưa", "HTX", "HTX B", None, None, "7/3/2026", "1,5 tỷ"],
        [4, "Bum Nưa", "Cá nhân", PERSON, None, "tiền", "7/3/2026", 5],
        [5, "Bum Nưa", None, "Công ty C", None, "tiền", "7/3/2026", 5],
        [6, "Bum Nưa", "DN", "Công ty C", None, "tiền", "7/3/2026", "1.200"],
    ]
    write("dg.xlsx", rows)
    said = wrong("import", "dg.xlsx", "--what", "entries", "--no-annotate")
    assert "dữ liệu cá nhân" in said
    assert "còn thiếu “Loại đối tượng”" in said
    assert "C8" in said  # the blank cell itself
    assert "--p" not in said
    assert PERSON not in said
    assert "--what entries" in wrong("import", "dg.xlsx", "--no-annotate")
    done("import", "dg.xlsx", "--what", "entries", "--skip-bad", "--no-annotate", "--yes")
    assert [(row["party"], row["amount"]) for row in entries("contribution")] == [
        ("Công ty A", 120_000_000),
        (None, None),
        ("HTX B", 1_500_000_000),
    ]
    done("dump", "gui.jsonl", "--for-sharing")
    assert PERSON not in Path("gui.jsonl").read_text(encoding="utf-8")


def test_what_is_wrong_with_an_entry_is_said_by_the_columns_of_the_table(since_2026):
    rows = [
        ["DANH SÁCH ĐÓNG GÓP"],
        ["Xã", "Loại", "Đơn vị ủng hộ", "Họ và tên", "Hình thức", "Ngày", "Sổ", "Giá trị (đồng)"],
        ["Khun Há", "khác", "Bà Lò Thị Thử", None, "đất", "5/3/2026", "đóng góp", None],
        ["Khun Há", "HTX", None, "Lò Thị Thử", "đất", "6/3/2026", "đóng góp", None],
        ["Khun Há", None, "Sở thử", None, "trạm", "7/3/2026", "đỡ đầu", 5000],
    ]
    write("dg.xlsx", rows)
    said = " ".join(wrong("import", "dg.xlsx", "--what", "entries", "--no-annotate").split())
    for words in ("“Đơn vị ủng hộ” được in", "“Họ và tên” chỉ dành cho", "không có “Giá trị (đồng)”"):
        assert words in said
    assert "--" not in said.replace("--skip-bad", "").replace("--no-annotate", "").replace("--map", "")
    assert "Thử" not in said


def test_a_registration_sent_by_a_unit_that_had_ended_and_one_without_a_set_are_kept_out_of_tables(lai_chau):
    rows = [
        ["ĐĂNG KÝ NĂM 2025"],
        ["Đơn vị", "Số tiêu chí", "Nội dung khác", "Ngày gửi", "Đơn vị gửi"],
        ["xã Bản Bo", 1, None, "10/9/2025", None],
        ["xã Nà Tăm", 1, None, "10/9/2025", "tỉnh Lai Châu"],
        ["tỉnh Lai Châu", 3, None, None, None],
    ]
    write("a.xlsx", rows)
    said = wrong("import", "a.xlsx", "--what", "registrations", "--no-annotate")
    assert "10/09/2025" in said
    assert "Nội dung đăng ký khác" in said
    assert "--text" not in said
    done("import", "a.xlsx", "--what", "registrations", "--skip-bad", "--no-annotate", "--yes")
    assert pledges(2025)[0] == [("Nà Tăm", "criteria: 1")]


def test_a_row_that_differs_corrects_the_entry_in_its_place_and_two_of_one_place_stand_beside_each_other(since_2026):
    head = [["DANH SÁCH ĐÓNG GÓP"], ["Xã", "Loại đối tượng", "Đơn vị đóng góp", "Ngày", "Giá trị (triệu đồng)"]]
    gift = ["Khun Há", "DN", "Công ty A", "5/3/2026"]
    write("a.xlsx", [*head, [*gift, 120]])
    done("import", "a.xlsx", "--what", "entries", "--yes")
    write("b.xlsx", [*head, [*gift, 130]])
    assert "sửa 1" in done("import", "b.xlsx", "--what", "entries", "--yes").both
    assert [row["amount"] for row in entries("contribution")] == [130_000_000]
    write("c.xlsx", [*head, [*gift, 130], [*gift, 20]])
    done("import", "c.xlsx", "--what", "entries", "--yes")
    assert [row["amount"] for row in entries("contribution")] == [130_000_000, 20_000_000]
    write("d.xlsx", [*head, [*gift, 7], [*gift, 7]])
    assert "đã ghi đúng lần đóng góp này" in wrong("import", "d.xlsx", "--what", "entries", "--no-annotate")
    cluster = [["PHÂN CỤM THI ĐUA NĂM 2026"], ["Xã", "Cụm thi đua"]]
    for name in ("Cụm 1", "Cụm 2"):
        write("cum.xlsx", [*cluster, ["Khun Há", name]])
        done("import", "cum.xlsx", "--what", "entries", "--yes")
    assert [row["what"] for row in entries("block")] == ["Cụm 2"]


def test_a_row_with_one_wrong_pledge_is_left_out_whole(lai_chau):
    rows = [
        ["ĐĂNG KÝ NĂM 2025"],
        ["Xã", "Mức đăng ký", "Số tiêu chí"],
        ["Bản Bo", "NTM", 2],
        ["Bản Bo", None, 3],
        ["Bản Hon", "NTM", 1],
    ]
    write("a.xlsx", rows)
    done("import", "a.xlsx", "--what", "registrations", "--skip-bad", "--no-annotate", "--yes")
    assert pledges(2025)[0] == [
        ("Bản Bo", "criteria: 2"),
        ("Bản Bo", "level: ntm"),
        ("Bản Hon", "criteria: 1"),
        ("Bản Hon", "level: ntm"),
    ]
    write("b.xlsx", [*rows[:2], ["Bản Giang", "NTM", None], ["Bản Giang", "NTM nâng cao", 2]])
    done("import", "b.xlsx", "--what", "registrations", "--skip-bad", "--no-annotate", "--yes")
    assert [pledge for unit, pledge in pledges(2025)[0] if unit == "Bản Giang"] == ["level: ntm"]


def test_the_form_of_the_other_registers_reads_back(since_2026):
    done("template", "so.xlsx", "--what", "entries")
    book = load_workbook("so.xlsx")
    sheet = book.active
    filled = [
        ["Khun Há", "đỡ đầu", "Sở Y tế", None, "trạm y tế", "1/3/2026", "31/12/2028", None, "5/QĐ", None],
        ["Khun Há", "đóng góp", "Công ty A", "doanh nghiệp", None, "5/3/2026", None, "120.000.000", None, None],
        ["Tả Lèng", "kiểm tra", "Sở NN và MT", None, "chậm hồ sơ", "3/4/2026", None, None, None, None],
        ["Tả Lèng", "cụm thi đua", None, None, "Cụm 1", "1/1/2026", "31/12/2026", 96, None, None],
        ["Tả Lèng", "mô hình", None, None, "thôn thông minh", "10/2025", None, None, None, "x"],
    ]
    for row, values in enumerate(filled, 6):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    book.save("so.xlsx")
    done("import", "so.xlsx", "--what", "entries", "--yes")
    counts = {row["book"]: row["entries"] for row in json.loads(done("entry", "--format", "json").out)["registers"]}
    assert counts == {"sponsorship": 1, "contribution": 1, "block": 1, "inspection": 1, "meeting": 0, "model": 1}
    assert [row["amount"] for row in (*entries("contribution"), *entries("block"))] == [120_000_000, 96]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Mức đăng ký", "pledge"),
        ("Danh hiệu đăng ký thi đua", "pledge"),
        ("Đăng ký đạt chuẩn NTM", "pledge"),
        ("Số TC phấn đấu đạt thêm", "more-criteria"),
        ("Nội dung đăng ký", "target"),
        ("Ngày gửi văn bản", "sent"),
        ("Số văn bản", "document"),
        ("Xã đăng ký", "unit"),
        ("Năm đăng ký", "for-year"),
        ("Danh hiệu đã đạt", None),
        ("Dân số", None),
    ],
)
def test_headings_of_registrations(heading, field):
    found = own_meaning(TableKind.REGISTRATIONS, [heading])
    assert (found and found[0].value) == field


def test_titles_tell_the_register_the_year_and_the_money():
    assert title_book(["BIỂU TỔNG HỢP ĐƠN VỊ ĐỠ ĐẦU"]) == "sponsorship"
    assert title_book(["ĐỠ ĐẦU VÀ ĐÓNG GÓP"]) is None
    assert title_year(["ĐĂNG KÝ NĂM 2027", "giai đoạn 2026-2030"]) == 2027
    assert title_year(["giai đoạn 2026-2030"]) is None
    assert scale_told("Giá trị (tr.đ)", []) == "triệu đồng"
    assert scale_told("Giá trị", ["Đơn vị tính: 1.000 đồng"]) == "nghìn đồng"
    assert scale_told("Giá trị", ["Đơn vị: xã Khun Há"]) is None


@pytest.mark.parametrize("text", ["15 tiêu chí", "đạt 15 tiêu chí", "đạt 12/19 tiêu chí", "phấn đấu đạt 15 TC"])
def test_criteria_that_may_be_all_or_more_are_asked_about(lai_chau, text):
    write("a.xlsx", [["ĐĂNG KÝ NĂM 2025"], ["Xã", "Mức đăng ký"], ["Bản Bo", text], ["Bản Hon", "tăng 02 tiêu chí"]])
    assert "chưa rõ là đạt tất cả hay đạt thêm" in wrong("import", "a.xlsx", "--what", "registrations", "--no-annotate")
    done("import", "a.xlsx", "--what", "registrations", "--skip-bad", "--no-annotate", "--yes")
    assert pledges(2025)[0] == [("Bản Hon", "criteria: 2")]


def test_the_form_of_the_year_in_which_districts_ended_offers_those_that_registered_in_january(lai_chau):
    assert "102 đơn vị" in done("template", "a.xlsx", "--what", "registrations", "--year", "2025").err
