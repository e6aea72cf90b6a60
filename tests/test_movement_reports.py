"""Reports of an emulation movement: the list with a submission of awards, worked out by hand; sơ kết and tổng kết of
its years; both reproducible, checked by `verify`, without the name of a person. What is told of units is made up."""

import csv
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ntmtrack.emulation.review import Span, spans
from ntmtrack.emulation.toml import shipped
from tests.movements import take_in
from tests.running import begin, run

LAI_CHAU = shipped()["thi-dua-lai-chau"]
PERSON = "HỌ TÊN ĐẶT RA"
BY_2025 = ("--decision", "46/QĐ-UBND", "--date", "20/2/2025")
TOLD = (
    ("movement", "import", "thi-dua-lai-chau"),
    *(
        ("record", *units, "--level", level, "--year", year, "--decision", number, "--date", day)
        for units, level, year, number, day in (
            (("xã Bình Lư", "Thân Thuộc"), "ntm", "2024", "10/QĐ-UBND", "5/12/2024"),
            (("Mường So",), "ntm", "2021", "3/QĐ-UBND", "5/12/2021"),
            (("Mường So",), "nang-cao", "2024", "11/QĐ-UBND", "6/12/2024"),
            (("huyện Tam Đường",), "ntm", "2024", "12/QĐ-TTg", "20/12/2024"),
        )
    ),
    ("award", "Thân Thuộc", "--form", "A1", "--year", "2024", "--decision", "45/QĐ-UBND", "--date", "20/2/2025"),
    ("award", "xã Bình Lư", "--form", "A6", "--year", "2024", "--recipient", "cán bộ xã", "--places", "2", *BY_2025),
    ("mark", "Mường So", "--as", "nợ đọng", "--since", "1/12/2024"),
    *(
        ("assess", unit, "--on", day, "--met", met)
        for unit, before, now in (("Mường Than", "10", "14"), ("Mường Kim", "11", "15"), ("Tà Mung", "9", "10"))
        for day, met in (("31/12/2023", before), ("31/12/2024", now))
    ),
    ("register", "xã Bình Lư", "--year", "2024", "--level", "ntm", "--on", "10/1/2024", "--sender", "huyện Tam Đường"),
    (
        "register",
        "Mường Than",
        "--year",
        "2024",
        "--criteria",
        "+3",
        "--on",
        "10/1/2024",
        "--sender",
        "huyện Than Uyên",
    ),
    ("register", "Pa Tần, Sìn Hồ", "--year", "2024", "--level", "ntm", "--on", "16/7/2024"),
    *(
        ("entry", "đóng góp", "xã Bình Lư", "--giver-kind", kind, "--on", day, "--amount", amount, *who)
        for kind, day, amount, who in (
            ("doanh nghiệp", "5/3/2024", "120 triệu", ("--party", "Công ty A")),
            ("hộ", "5/8/2024", "60 triệu", ("--person", PERSON)),
        )
    ),
    ("entry", "kiểm tra", "Mường Than", "--party", "Sở NN", "--on", "3/4/2024", "--text", "chậm hồ sơ"),
    ("entry", "hội nghị", "tỉnh Lai Châu", "--text", "sơ kết", "--on", "30/6/2024"),
    ("calendar", "khen-xa", "--done", "--on", "4/1/2024", "--year", "2024"),
    ("calendar", "trinh-tinh", "--done", "--on", "25/1/2024", "--year", "2024"),
)


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result


@pytest.fixture
def lai_chau(once):
    def fill():
        begin("Lai Châu")
        for argv in TOLD:
            done(*argv)

    once(fill)


def proposed():
    done("export", "a.csv", "--sheets", "proposals", "--year", "2024")
    with Path("a.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def figures(*argv):
    """The figures of the movement by their titles, each by column."""
    done("export", "b.json", "--sheets", "movement", *argv)
    sheet = json.loads(Path("b.json").read_text(encoding="utf-8"))["sheets"]["movement"]
    return {row["figure"].strip(): row for row in sheet["movement_1"]}, sheet


def test_the_list_names_who_may_be_proposed_for_what_in_which_form(lai_chau):
    rows = proposed()
    assert [(row["who"], row["place"]) for row in rows] == [
        ("huyện Tam Đường", "tỉnh Lai Châu"),  # A1 of districts
        ("xã Bình Lư", "huyện Tam Đường"),  # A1; Thân Thuộc had it already, Mường So is in arrears
        ("xã Mường Than", "huyện Than Uyên"),  # A2: both completed four criteria, Tà Mung one
        ("xã Mường Kim", "huyện Than Uyên"),
        ("Công ty A", "xã Bình Lư"),  # A4: 120 million
        ("20 cá nhân", "huyện Tam Đường"),  # A5: a district at NTM
        ("03 cá nhân", "xã Bình Lư"),  # A6: five a commune, two of them used
        ("05 cá nhân", "xã Mường So"),
        ("05 cá nhân", "xã Thân Thuộc"),
        ("01 cá nhân", "xã Bình Lư"),  # A8: a giver of 60 million, whose name nobody is told
    ]
    assert [row["number"] for row in rows] == [str(number) for number in range(1, 11)]
    assert (rows[1]["achievement"], rows[1]["decision"], rows[1]["form"], rows[1]["ground"]) == (
        *("đạt chuẩn NTM năm 2024", "Quyết định 10/QĐ-UBND ngày 05/12/2024"),
        *("Cờ thi đua của UBND tỉnh", "mục V.2.b"),
    )
    assert rows[2]["achievement"] == "Hoàn thành 4 tiêu chí trong năm 2024 (10 → 14), cùng nhiều nhất huyện Than Uyên"
    assert rows[5]["parts"] == "cấp tỉnh 5, cấp huyện 15"


def test_what_is_to_be_settled_is_said_beside_the_list_and_not_in_it(lai_chau):
    wrote = done("export", "khen.md", "--sheets", "proposals", "--year", "2024").err
    for said in (
        "2 xã của huyện Than Uyên bằng nhau, cần chọn: xã Mường Than, xã Mường Kim",
        "không đạt: có xã nông thôn mới nâng cao",
    ):
        assert said in wrote
        assert said not in Path("khen.md").read_text(encoding="utf-8")


def test_who_is_rewarded_meanwhile_is_no_longer_on_it(lai_chau):
    done("export", "khen.xlsx", "--sheets", "proposals", "--year", "2024")
    done("award", "xã Bình Lư", "--form", "A1", "--year", "2024", "--decision", "50/QĐ-UBND", "--date", "20/2/2025")
    assert "xã Bình Lư" not in [row["who"] for row in proposed()]
    checked = run("verify", "khen.xlsx").out
    assert "mọi số và chữ đúng như khi xuất báo cáo" in checked  # which tells what was known then


@pytest.mark.parametrize(("file", "sheet"), [("a.xlsx", "proposals"), ("a.docx", "proposals"), ("a.docx", "movement")])
def test_both_are_reproducible_and_hold(lai_chau, file, sheet):
    done("export", file, "--sheets", sheet, "--year", "2024")
    first = Path(file).read_bytes()
    assert done("verify", file).code == 0
    done("export", file, "--sheets", sheet, "--year", "2024")
    assert Path(file).read_bytes() == first


def test_no_person_is_named_in_any_kind_of_file(lai_chau):
    for sheet in ("proposals", "movement"):
        for ending in ("xlsx", "docx", "csv", "json", "md") if sheet == "proposals" else ("xlsx", "docx", "json", "md"):
            file = Path(f"{sheet}.{ending}")
            done("export", str(file), "--sheets", sheet, "--year", "2024")
            texts = [file.read_bytes()]
            if zipfile.is_zipfile(file):
                with zipfile.ZipFile(file) as archive:
                    texts = [archive.read(name) for name in archive.namelist()]
            assert not any(PERSON.encode() in text for text in texts), file


def test_the_list_goes_with_a_submission_and_is_no_report(lai_chau):
    done("export", "a.xlsx", "--sheets", "proposals", "--year", "2024", "--number", "12/BC-SNN", "--agency", "Sở A")
    (sheet,) = openpyxl.load_workbook("a.xlsx").worksheets
    heads = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert heads[:2] == ["Phụ lục", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2024, TỈNH LAI CHÂU"]
    assert heads[2].startswith("(Kèm theo Tờ trình số ……/TTr-……")  # the number that is kept is a report's
    done("export", "b.xlsx", "--sheets", "proposals", "--year", "2024", "--number", "15/TTr-SNN", "--date", "16/1/2025")
    (sheet,) = openpyxl.load_workbook("b.xlsx").worksheets
    assert sheet["A3"].value == "(Kèm theo Tờ trình số 15/TTr-SNN ngày 16 tháng 01 năm 2025 của Sở A)"
    done("export", "a.docx", "--sheets", "proposals", "--year", "2024")
    with zipfile.ZipFile("a.docx") as archive:
        text = archive.read("word/document.xml").decode()
    assert "Kèm theo Tờ trình" in text
    assert "BÁO CÁO" not in text


def test_beside_a_report_the_list_is_no_annex_of_it(lai_chau):
    done("export", "a.xlsx", "--sheets", "movement,proposals,new", "--year", "2024")
    said = {sheet.title: [cell.value for (cell,) in sheet["A1:A8"]] for sheet in openpyxl.load_workbook("a.xlsx")}
    assert "Phụ lục" in said["Mới trong năm"]  # the only one of the report
    assert any("Kèm theo Tờ trình" in str(text) for text in said["Đề nghị khen thưởng"])


def test_the_years_of_the_movement_beside_each_other(lai_chau):
    rows, sheet = figures("--year", "2024")
    assert [key for key in rows["Nội dung đăng ký"] if key.startswith("y")] == [
        *("y2021", "y2022", "y2023", "y2024", "y2023_2024", "y2021_2024")
    ]
    of_2024 = {title: row["y2024"] for title, row in rows.items()}
    assert (of_2024["Đơn vị đăng ký thi đua"], of_2024["Nội dung đăng ký"]) == (3, 3)
    assert (of_2024["trong đó: thực hiện được"], of_2024["không thực hiện được"]) == (2, 1)  # Pa Tần reached nothing
    assert (of_2024["Đã khen: Cờ thi đua của UBND tỉnh"], of_2024["Suất khen cá nhân, hộ"], of_2024["đã dùng"]) == (
        1,
        35,
        2,
    )
    assert (of_2024["Đóng góp (triệu đồng)"], of_2024["doanh nghiệp"], of_2024["hộ gia đình"]) == (180, 120, 60)
    assert (of_2024["Kiểm tra"], of_2024["Hội nghị sơ kết, tổng kết"]) == (1, 1)
    assert (of_2024["xong đúng hạn"], of_2024["xong muộn"]) == (1, 1)  # 4/1 and 25/1, due on the 4th and the 19th
    assert rows["Nội dung đăng ký"]["y2022"] is None  # nothing is on record, which is no result
    assert (
        rows["Suất khen cá nhân, hộ"]["y2021_2024"] == 5 + 4 + 35
    )  # Mường So; at the review of 2023 the standing agency
    forms = [(row["proposed"], row["excluded"], row["places_left"]) for row in sheet["forms_1"]]
    assert forms[:3] == [(1, 0, None), (1, 2, None), (2, 0, None)]
    assert [left for _proposed, _excluded, left in forms if left] == [20, 13]


def test_half_a_year_tells_what_was_known_then_and_proposes_nobody(lai_chau):
    rows, sheet = figures("--as-of", "30/6/2024")
    of_2024 = {title: row["y2024"] for title, row in rows.items()}
    assert of_2024["Nội dung đăng ký"] == 2  # the third was sent in July
    assert (of_2024["trong đó: thực hiện được"], of_2024["chưa kết luận"]) == (0, 2)
    assert of_2024["Đóng góp (triệu đồng)"] == 120  # the household gave in August
    assert "Đã khen: Cờ thi đua của UBND tỉnh" not in rows
    assert rows["Suất khen cá nhân, hộ"]["y2024"] is None  # every decision is of December
    assert "forms_1" not in sheet


def test_as_a_text(lai_chau):
    done("export", "a.md", "--sheets", "movement", "--year", "2024")
    text = Path("a.md").read_text(encoding="utf-8")
    assert "Năm 2024 có 3 đơn vị đăng ký 3 nội dung thi đua: thực hiện được 2, không thực hiện được 1" in text
    assert "Đóng góp năm 2024: 180 triệu đồng (hộ gia đình 60, doanh nghiệp 120)." in text
    assert "thêm 02 xã đạt chuẩn NTM" in text  # with the figures of the roadmap


def test_without_a_movement_there_is_no_such_sheet(office):
    begin("Lai Châu")
    for sheet in ("movement", "proposals"):
        refused = run("export", "a.xlsx", "--sheets", sheet, "--year", "2024")
        assert refused.code == 1
        assert not Path("a.xlsx").exists()


def test_years_are_counted_alone_by_two_and_all_together():
    half = date(2024, 6, 30)
    assert [(one.first, one.last, one.is_part) for one in spans(2021, half)] == [
        *((year, year, year == 2024) for year in range(2021, 2025)),
        (2023, 2024, True),
        (2021, 2024, True),
    ]
    assert spans(2023, date(2023, 12, 31)) == [Span(2023, 2023, date(2023, 12, 31))]
    assert [(one.first, one.last) for one in spans(2023, date(2024, 12, 31))] == [
        (2023, 2023),
        (2024, 2024),
        (2023, 2024),
    ]


def test_over_several_years_a_unit_and_what_lasts_are_counted_once(lai_chau):
    done("register", "xã Bình Lư", "--year", "2023", "--level", "ntm", "--on", "10/1/2023")
    done(
        *("entry", "đỡ đầu", "xã Bình Lư", "--party", "Sở A", "--text", "đỡ đầu xã"),
        *("--on", "1/6/2022", "--until", "30/6/2024"),
    )
    rows, _sheet = figures("--year", "2024")

    def of(title):
        return [rows[title][key] for key in ("y2021", "y2022", "y2023", "y2024", "y2023_2024", "y2021_2024")]

    assert of("Đơn vị đăng ký thi đua") == [None, None, 1, 3, 3, 3]  # Bình Lư is one of the three
    assert of("Nội dung đăng ký") == [None, None, 1, 3, 4, 4]
    assert of("Đỡ đầu") == [None, 1, 1, 1, 1, 1]


def test_two_movements_of_a_unit_count_their_own_awards_and_say_once_what_is_of_both(lai_chau):
    take_in(LAI_CHAU._replace(key="thi-dua-2", number="77/KH-UBND"))
    done("award", "xã Bình Lư", "--form", "A1", "--movement", "thi-dua-2", "--year", "2024", *BY_2025)
    _rows, sheet = figures("--year", "2024")
    title = "Đã khen: Cờ thi đua của UBND tỉnh"
    counted = [next(row for row in sheet[f"movement_{place}"] if row["figure"] == title) for place in (1, 2)]
    assert [(row["y2024"], row["y2021_2024"]) for row in counted] == [(1, 1), (1, 1)]
    done("export", "a.md", "--sheets", "movement", "--year", "2024")
    text = Path("a.md").read_text(encoding="utf-8")
    assert text.count("Năm 2024 có 3 đơn vị đăng ký 3 nội dung thi đua") == 1
    assert text.count("Cờ thi đua của UBND tỉnh: 2") == 1
    assert text.count("Đóng góp năm 2024") == 1
    assert "Phong trào qua các năm, Kế hoạch số 77/KH-UBND" in text
