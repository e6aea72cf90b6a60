"""Awards of a province: what January asks, what may be recorded and what not, whose names are told to nobody.

Units are real, all else is made up. Lai Châu, 2023: the district Tam Đường and two of its communes were recognised; the
communes completed criteria; one of them is in arrears.
"""

import csv
import io
import json
from importlib.resources import files
from pathlib import Path

import pytest

from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from tests.places import our_ledger
from tests.running import _Tee, begin, run

BINH_LU, BAN_BO, THEN_SIN, TA_LENG, GIANG_MA, NA_TAM = "03412", "03424", "03394", "03400", "03405", "03427"
BLOCKS = """
[movement]
key = "thi-dua-2026"
title = "Phong trào (giả định)"
number = "1/KH-UBND"
issued_on = 2026-01-05
issuer = "UBND tỉnh Lai Châu"
programme = "2026-2030"
scope_code = "12"
scope_name = "tỉnh Lai Châu"
begins_on = 2026-01-01
ends_on = 2030-12-31
grouping = "block"

[[award]]
key = "A2"
name = "Bằng khen"
authority = "Chủ tịch UBND tỉnh"
says = "xã hoàn thành nhiều tiêu chí nhất trong năm của mỗi cụm"
recipient = "unit"
ground = "most-criteria"
frequency = "each-year"
tier = "commune"
cite = "mục 1"
"""
# Criteria met at the ends of 2022 and 2023.
MET = {THEN_SIN: (11, 15), TA_LENG: (10, 14), GIANG_MA: (15, 18), NA_TAM: (9, 11)}


def done(*argv, **more):
    result = run(*argv, **more)
    assert result.code == 0, result.both
    return result


def tables(*argv):
    return json.loads(done(*argv, "-f", "json").out)


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


@pytest.fixture
def lai_chau(office, once):
    def fill():
        begin("Lai Châu")
        done("movement", "import", "thi-dua-lai-chau")
        for code, counts in MET.items():
            for year, met in zip((2022, 2023), counts, strict=True):
                done("assess", code, "--on", f"20/12/{year}", "--met", str(met))
        by = ("--year", "2023", "--date", "20/12/2023", "--decision")
        done("record", BINH_LU, BAN_BO, "--level", "ntm", *by, "120/QĐ-UBND")
        done("record", "huyện Tam Đường", "--level", "ntm", *by, "121/QĐ-UBND")
        done("mark", BAN_BO, THEN_SIN, "--as", "nợ đọng", "--since", "1/12/2023")
        done("mark", BINH_LU, "--no", "nợ đọng", "--since", "1/12/2023")

    once(fill)
    return office


def test_who_is_proposed_and_who_not(lai_chau):
    rows = tables("candidates", "--year", "2023")["candidates"]
    assert [(row["form"], row["candidate"], row["state"]) for row in rows] == [
        ("A1-huyen", "106", "candidate"),
        ("A1", BINH_LU, "candidate"),
        ("A1", BAN_BO, "excluded"),
        ("A2", TA_LENG, "candidate"),
        ("A2", THEN_SIN, "excluded"),
    ]
    assert {(row["before"], row["now"], row["gain"], row["ties"]) for row in rows if row["form"] == "A2"} == {
        (10, 14, 4, 2),
        (11, 15, 4, 2),
    }
    forms = {row["form"]: row for row in tables("candidates", "--year", "2023")["forms"]}
    assert forms["A2"]["open"] == 94 - len(MET)  # of the 94 communes four are concluded
    assert forms["A5"]["how"] == "theo suất: ntmtrack quota"
    assert forms["A10"]["how"] == "cơ quan xét"
    said = done("candidates", "--year", "2023", "--award", "A1-huyen").out
    assert "chưa có số liệu" in said  # arrears of the district, reports: nobody told
    assert "không đạt: có xã nông thôn mới nâng cao" in said  # told, and no exclusion
    # of 94 communes 90 are not concluded: which district gained the most is not known
    assert "có mức tăng trưởng tiêu chí bình quân/xã cao nhất trong tỉnh: chưa có số liệu" in said


def test_a_rewarded_achievement_is_proposed_no_more_and_an_award_falls_with_it(lai_chau):
    done("award", BINH_LU, "--form", "A1", "--year", "2023", "--decision", "45/QĐ-UBND", "--date", "20/2/2024")
    done("award", TA_LENG, "--form", "A2", "--year", "2023")
    rows = tables("candidates", "--year", "2023")["candidates"]
    assert [row["candidate"] for row in rows if row["state"] == "candidate"] == ["106"]
    done("revoke", BINH_LU, "--level", "ntm", "--date", "1/6/2024", "--reason", "không giữ được")
    listed = {row["unit"]: row["revoked"] for row in tables("award", "--year", "2023")["awards"]}
    assert listed == {BINH_LU: "2024-06-01", TA_LENG: None}
    assert "mất" in done("award", "--year", "2023").out
    found = run("check", "awards")
    assert found.code == 3
    assert "xã Bình Lư" in found.out
    assert "xã Tả Lèng" not in found.out


def test_places_are_earned_used_and_left(lai_chau):
    of_district = ("award", "106", "--form", "A5", "--year", "2023", "--recipient")
    done(*of_district, "cán bộ cấp huyện", "--places", "15")
    before = facts()
    refused = run(*of_district, "cán bộ cấp tỉnh", "--places", "6")
    assert refused.code == 1
    assert "có 20 suất, đã dùng 15, còn 5" in " ".join(refused.err.split())
    assert facts() == before
    done(*of_district, "cán bộ cấp tỉnh", "--places", "6", "--over", "UBND tỉnh đồng ý")
    found = tables("quota", "--year", "2023")
    assert [(row["form"], row["unit"], row["earned"], row["used"], row["left"]) for row in found["units"]] == [
        ("A5", "106", 20, 21, -1),
        ("A6", BINH_LU, 5, 0, 5),
        ("A6", BAN_BO, 5, 0, 5),
        ("A9", "cơ quan thường trực Chương trình", 4, 0, 4),
    ]
    assert found["units"][0]["parts"] == "cấp tỉnh 5, cấp huyện 15"
    assert [(row["form"], row["earned"], row["left"]) for row in found["rules"]] == [
        ("A5", 20, 0),
        ("A6", 10, 10),
        ("A7", 0, 0),
        ("A9", 4, 4),
    ]
    assert done("quota", "--year", "2023").out.split("Theo đơn vị")[0].split()[-4:] == [
        "4",
        "34",
        "21",
        "14",
    ]  # what goes beyond takes no place from another
    assert run("check", "awards").code == 0  # beyond the places with a reason
    done("undo")
    assert tables("quota", "--year", "2023")["units"][0]["left"] == 5


def test_what_goes_beyond_the_places_afterwards_is_found(lai_chau):
    done("award", BINH_LU, "--form", "A6", "--year", "2023", "--recipient", "cán bộ xã", "--places", "5")
    assert run("check", "awards").code == 0
    done("revoke", BINH_LU, "--level", "ntm", "--date", "1/6/2024", "--reason", "không giữ được")
    found = run("check", "awards")
    assert found.code == 3
    assert "A6" in found.out
    assert "vượt 5 suất" in found.out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["03412", "--form", "A1", "--year", "2023", "--recipient", "cán bộ"], "Không dùng --recipient"),
        (["03412", "--form", "A6", "--year", "2023", "--recipient", "Ông Người Kín"], "có thể là họ tên cá nhân"),
        (["03412", "--form", "A6", "--year", "2023", "--recipient", "Người Kín"], "có thể là họ tên cá nhân"),
        (["03412", "--name", "Kỷ niệm chương", "--year", "2023", "--recipient", "bà Kín"], "có thể là họ tên cá nhân"),
        (["--note", "x", "--dry-run"], "chỉ dùng cùng ĐƠN_VỊ"),
        (["03400", "03394", "--form", "A2", "--year", "2023"], "mỗi năm chỉ tặng một xã"),
        (["03412", "--form", "A1", "--name", "Cờ", "--year", "2023"], "Chỉ dùng một trong các tuỳ chọn"),
        (["03412", "03412", "--form", "A1", "--year", "2023"], "được ghi hai lần"),
        (["03412", "--form", "A10", "--year", "2023"], "chưa nói thành tích"),
        (["03412", "--form", "A1", "--year", "2024"], "không có công nhận đạt chuẩn NTM năm 2024"),
        (["Bình Lư", "--form", "A4", "--year", "2023"], "chưa nói ai được khen"),
        (["--form", "A1", "--level", "ntm"], "chỉ dùng cùng ĐƠN_VỊ"),
        (["03412", "--form", "A1", "--year", "2023", "--date", "1/1/2027", "--decision", "5/QĐ-UBND"], "2027"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(lai_chau, argv, words):
    before = facts()
    refused = run("award", *argv)
    assert refused.code in (1, 2)
    assert words in " ".join(refused.err.split())
    assert facts() == before


def test_awards_of_a_closed_year_need_a_reason(lai_chau):
    done("close-year", "2023")
    assert run("award", TA_LENG, "--form", "A2", "--year", "2023").code == 5
    done("award", TA_LENG, "--form", "A2", "--year", "2023", "--reopen", "khen sau khi khoá sổ")


def test_forms_that_no_movement_has(lai_chau):
    named = ("--name", "Huân chương Lao động hạng Ba", "--authority", "Chủ tịch nước", "--year", "2023")
    done("award", "106", *named, "--level", "ntm")
    assert "đã được khen thành tích này" in run("award", "106", "--form", "A1-huyen", "--year", "2023").err
    done("award", "106", *named, "--achievement", "mười năm chung sức")
    assert [row["name"] for row in tables("award", "--year", "2023")["forms"]] == [named[1]]


def test_a_person_is_named_on_the_screen_alone(lai_chau, monkeypatch):
    who = "Người Được Khen"
    given = ("award", BINH_LU, "--form", "A6", "--year", "2023", "--recipient", "cán bộ xã", "--person", who)
    assert who not in done(*given).both
    for argv in (("award", "--year", "2023"), ("history", "-f", "json"), ("award", "--year", "2023", "-f", "json")):
        assert who not in done(*argv).both
    done("dump", "so.jsonl", "--for-sharing")
    assert who not in Path("so.jsonl").read_text(encoding="utf-8")
    for argv in (("-f", "csv"), ("-o", "a.csv"), ()):
        assert run("award", "--year", "2023", "--persons", *argv).code == 2
    assert not Path("a.csv").exists()
    monkeypatch.setattr(_Tee, "isatty", lambda _self: True, raising=False)
    assert who.split()[0] in done("award", "--year", "2023", "--persons", "-f", "table").out  # folded where narrow
    assert who.split()[0] not in done("award", "--year", "2023", "-f", "table").out


def test_blocks_are_compared_from_2026_on(office):
    """Two blocks; the set of 2026 at both ends: 3 of the first gained 1, 2 and 3 criteria, of the second one 4."""
    begin("Lai Châu", "2026-2030")
    Path("2026.toml").write_text(BLOCKS, encoding="utf-8")
    done("movement", "import", "2026.toml")
    blocks = {"Cụm 1": {"Tả Lèng": (5, 6), "Khun Há": (5, 7), "Bum Nưa": (5, 8)}, "Cụm 2": {"Tủa Sín Chải": (5, 9)}}
    for block, communes in blocks.items():
        done("entry", "cụm", *communes, "--text", block, "--year", "2026")
        for commune, counts in communes.items():
            for day, met in zip(("31/12/2025", "30/9/2026"), counts, strict=True):
                done("assess", commune, "--set", "2026-2030/xa-ntm", "--on", day, "--met", str(met))
    rows = tables("candidates", "--award", "A2", "--year", "2026")["candidates"]
    assert [(row["unit"], row["part"], row["gain"]) for row in rows] == [
        ("xã Bum Nưa", "Cụm 1", 3),
        ("xã Tủa Sín Chải", "Cụm 2", 4),
    ]
    assert "Năm chưa kết thúc" in done("candidates", "--award", "A2", "--year", "2026").out
    shown = done("bands", "--by", "block", "--year", "2026", "-f", "csv").out.splitlines()
    ranked = {row["part"]: row for row in csv.DictReader(io.StringIO("\n".join(shown)))}
    assert [(ranked[block]["gain"], ranked[block]["compared"], ranked[block]["rank"]) for block in blocks] == [
        ("2.00", "3", "2"),
        ("4.00", "1", "1"),
    ]
    assert (ranked["Cụm 1"]["mean_before"], ranked["Cụm 1"]["mean_now"]) == ("5.00", "7.00")


TABLE = """DANH SÁCH KHEN THƯỞNG NĂM 2023,,,,,,,,
STT,Đơn vị,Hình thức,Thành tích,Đối tượng,Số suất,Số QĐ,Ngày
1,xã Bình Lư,A1,,,,45/QĐ-UBND,20/02/2024
2,xã Tả Lèng,A2 · Bằng khen,,,,45/QĐ-UBND,20/02/2024
3,huyện Tam Đường,A5,đạt chuẩn NTM,cán bộ cấp huyện,15,46/QĐ-UBND,20/02/2024
4,xã Bình Lư,Giấy khen của Chủ tịch UBND huyện,làm đường nội đồng,,,,
"""
BAD = """DANH SÁCH KHEN THƯỞNG NĂM 2023,,,,,,,,
STT,Đơn vị,Hình thức,Thành tích,Đối tượng,Số suất,Số QĐ,Ngày
1,xã Bình Lư,A1,,,,45/QĐ-UBND,20/02/2024
2,xã Bình Lư,Bằng khen của Thủ tướng,đạt chuẩn NTM,,,,
3,xã Tả Lèng,A1,,,,,
4,xã Bình Lư,A6,,cán bộ xã,3,,
5,xã Bình Lư,A6,,trưởng bản,3,,
6,xã Bình Lư,Bằng khen của Chủ tịch UBND tỉnh,,,,,
7,xã Bình Lư,,,,,,
8,xã Bình Lư,A2,,,mười,,
9,xã Không Có,A2,,,,,
"""


def test_a_table_of_awards_is_taken_in_once(lai_chau):
    Path("khen.csv").write_text(TABLE, encoding="utf-8")
    done("import", "khen.csv", "--what", "awards", "--yes")
    listed = [
        (row["form"], row["unit"], row["places"], row["level"]) for row in tables("award", "--year", "2023")["awards"]
    ]
    assert listed == [
        ("A1", BINH_LU, 1, "ntm"),
        ("A2", TA_LENG, 1, None),
        ("A5", "106", 15, "ntm"),
        (None, BINH_LU, 1, None),
    ]
    before = facts()
    again = done("import", "khen.csv", "--what", "awards", "--yes")
    assert "Không có gì để ghi" in again.err
    assert facts() == before
    assert tables("quota", "--year", "2023")["units"][0]["left"] == 5


def test_rows_that_cannot_be_are_told_each_by_its_cell(lai_chau):
    Path("khen.csv").write_text(BAD, encoding="utf-8")
    refused = run("import", "khen.csv", "--what", "awards", "--yes", "-f", "json")
    assert refused.code == 3
    said = " ".join(refused.both.split())
    for words in (
        "đã được khen thành tích này",
        "không có công nhận đạt chuẩn NTM năm 2023 của xã Tả Lèng",
        "đã dùng 3, còn 2",
        "hợp nhiều hình thức khen",
        "thiếu hình thức khen",
        "“mười” không phải số suất",
        "Không Có",
    ):
        assert words in said, words
    assert tables("award", "--year", "2023")["awards"] == []
    done("import", "khen.csv", "--what", "awards", "--yes", "--skip-bad")
    assert [row["form"] for row in tables("award", "--year", "2023")["awards"]] == ["A1", "A6"]


def test_the_form_of_awards_is_read_again(lai_chau):
    from openpyxl import load_workbook

    done("template", "khen.xlsx", "--what", "awards")
    book = load_workbook("khen.xlsx")
    sheet = book.active
    headings = [cell.value for cell in sheet[5]]
    for heading, value in {"Đơn vị": "xã Bình Lư", "Hình thức": "A1", "Năm": "2023", "Số QĐ": "45/QĐ-UBND"}.items():
        sheet.cell(6, headings.index(heading) + 1).value = value
    book.save("khen.xlsx")
    done("import", "khen.xlsx", "--what", "awards", "--yes")
    assert [row["decision"] for row in tables("award", "--year", "2023")["awards"]] == ["45/QĐ-UBND"]


def test_a_list_of_awards_is_never_taken_for_recognitions(lai_chau):
    text = "Xã,Mức,Năm,Hình thức khen thưởng,Số QĐ\nBình Lư,NTM,2023,Cờ thi đua của UBND tỉnh,45/QĐ-UBND\n"
    Path("khen.csv").write_text(text, encoding="utf-8")
    before = facts()
    refused = run("import", "khen.csv", "--yes")
    assert refused.code == 3
    assert "--what awards" in refused.err
    assert facts() == before
    done("import", "khen.csv", "--what", "awards", "--yes")
    assert [(row["form"], row["level"]) for row in tables("award", "--year", "2023")["awards"]] == [("A1", "ntm")]


def test_givers_products_villages_and_agencies(lai_chau):
    gave = ("entry", "đóng góp", "--on", "5/3/2022", "--giver-kind")
    done(*gave, "doanh nghiệp", "Bình Lư", "--party", "Công ty A", "--amount", "60 triệu")
    done(*gave, "doanh nghiệp", "Tả Lèng", "--party", "Công ty A", "--amount", "40 triệu")
    done(*gave, "doanh nghiệp", "Tả Lèng", "--party", "Công ty B", "--amount", "99 triệu")
    done(*gave, "cá nhân", "Tả Lèng", "--person", "Người Cho", "--amount", "50 triệu")
    product = ("value", "Bình Lư", "--measure", "ocop", "--decision", "5/QĐ-UBND", "--date", "20/12/2022", "--owner")
    done(*product, "HTX Miến", "--name", "Miến dong", "--stars", "3", "--valid-until", "20/12/2025")
    done(
        *product, "HTX Chè", "--name", "Chè", "--stars", "4", "--valid-until", "20/12/2023"
    )  # lapsed by the year's end
    done("add-village", "Nà Hum", "--commune", "Bình Lư", "--kind", "bản")
    done("record", "bản Nà Hum", "--level", "ntm", "--year", "2023")
    shown = done("candidates", "--year", "2023", "-f", "json").out
    rows = json.loads(shown)["candidates"]
    assert [(row["form"], row["candidate"], row["amount"]) for row in rows if row["form"] in ("A3", "A4", "A8")] == [
        ("A3", "bản Nà Hum", None),
        ("A4", "Công ty A", 100_000_000),
        ("A4", "HTX Miến", None),
        ("A8", "cá nhân (không nêu tên), xã Tả Lèng", 50_000_000),
    ]
    assert "Người Cho" not in shown
    assert [row["unit"] for row in rows if row["form"] == "A3"] == ["bản Nà Hum"]
    assert {row["form"]: row["earned"] for row in tables("quota", "--year", "2023")["rules"]}["A7"] == 1
    household = ("award", "bản Nà Hum", "--form", "A7", "--year", "2023", "--recipient", "hộ gia đình")
    done(*household)
    assert "đã dùng 1, còn 0" in run(*household).err
    agency = ("award", "tỉnh Lai Châu", "--form", "A9", "--year", "2023", "--recipient")
    assert "có 2 suất" in run(*agency, "Sở Y tế", "--places", "3").err
    done(*agency, "Cơ quan thường trực Chương trình", "--places", "4")


def test_a_correction_keeps_what_it_does_not_tell_anew(lai_chau):
    told = ("--decision", "45/QĐ-UBND", "--date", "20/2/2024", "--note", "ghi chú", "--person", "Người Được Khen")
    of = ("award", BINH_LU, "--form", "A6", "--year", "2023")
    done(*of, "--recipient", "cán bộ xã", "--places", "6", "--over", "đồng ý", "--authority", "UBND huyện", *told)
    done(*of, "--places", "7", "--reason", "đếm nhầm")
    with reading(our_ledger()) as connection:
        kept = "f.recipient, f.places, f.over, f.authority, f.note, f.person, f.level, d.number, d.signed_on"
        (row,) = connection.execute(
            f"SELECT {kept} FROM award f JOIN decision d ON d.id = f.decision_id WHERE f.voided_by IS NULL"
        ).fetchall()
    words = ("ghi chú", "Người Được Khen", "ntm", "45/QĐ-UBND", "2024-02-20")
    assert row == ("cán bộ xã", 7, "đồng ý", "UBND huyện", *words)


def test_a_second_award_of_most_criteria_in_a_district_needs_a_reason(lai_chau):
    assert "Cảnh báo" not in done("award", TA_LENG, "--form", "A2", "--year", "2023").err
    rows = tables("candidates", "--year", "2023", "--award", "A2")["candidates"]
    assert {row["candidate"]: row["state"] for row in rows} == {TA_LENG: "excluded", THEN_SIN: "excluded"}
    assert "đã khen xã Tả Lèng của huyện Tam Đường" in json.dumps(rows, ensure_ascii=False)
    second = ("award", GIANG_MA, "--form", "A2", "--year", "2023")
    assert "xã Tả Lèng (huyện Tam Đường)" in " ".join(run(*second).err.split())
    said = done(*second, "--over", "UBND tỉnh đồng ý").err
    assert "không thuộc các xã hoàn thành nhiều tiêu chí nhất" in " ".join(said.split())
    assert tables("award", "--year", "2023")["awards"][1]["over"] == "UBND tỉnh đồng ý"
    open_one = done("award", BAN_BO, "--form", "A2", "--year", "2023", "--over", "UBND tỉnh đồng ý").err
    assert "chưa kết luận được" in " ".join(open_one.split())


def test_awards_are_listed_by_scope_and_movement(lai_chau):
    done("award", BINH_LU, "--form", "A1", "--year", "2023")
    done("award", BINH_LU, "--name", "Giấy khen", "--year", "2023", "--achievement", "làm đường")

    def listed(*more):
        return [row["form"] for row in tables("award", "--year", "2023", *more)["awards"]]

    assert listed("--scope", "Tam Đường") == ["A1", None]
    assert listed("--scope", "Phong Thổ") == []
    assert listed("--movement", "thi-dua-lai-chau") == ["A1"]
    assert run("award", "--year", "2023", "--movement", "khong-co").code == 1


def test_what_was_given_under_a_movement_that_was_replaced_counts(lai_chau):
    done("award", BINH_LU, "--form", "A6", "--year", "2023", "--recipient", "cán bộ xã", "--places", "5")
    done("award", TA_LENG, "--form", "A4", "--year", "2023", "--recipient", "Công ty A")
    text = files("ntmtrack.emulation.movements").joinpath("thi-dua-lai-chau.toml").read_text(encoding="utf-8")
    key = 'key = "thi-dua-lai-chau"'
    Path("moi.toml").write_text(text.replace(key, 'key = "moi"\nsupersedes = "thi-dua-lai-chau"', 1), encoding="utf-8")
    done("movement", "import", "moi.toml")
    of_commune = [row for row in tables("quota", "--year", "2023")["units"] if row["unit"] == BINH_LU]
    assert [(row["earned"], row["used"]) for row in of_commune] == [(5, 5)]
    again = ("award", BINH_LU, "--form", "A4", "--year", "2023", "--recipient", "công ty A")
    assert "Xem: ntmtrack award --year 2023" in run(*again).err  # of another unit: no correction of this one
    assert run("check", "awards").code == 0
    done("award", BINH_LU, "--form", "A6", "--year", "2023", "--places", "4", "--reason", "đếm nhầm")


def test_an_achievement_that_a_form_has_of_its_own_is_not_told_as_another(lai_chau):
    done("award", TA_LENG, "--form", "A2", "--year", "2023")
    refused = run("award", TA_LENG, "--form", "A2", "--year", "2023", "--achievement", "khác")
    assert "không dùng --form A2" in refused.err
    assert "--name" in run("award", TA_LENG, "--form", "zzz", "--year", "2023").err
    assert "--name" not in run("candidates", "--award", "zzz", "--year", "2023").err


def test_names_in_tables_of_awards_stay_apart(lai_chau):
    for heading in ("Cá nhân", "Người được khen", "Họ và tên"):
        text = f"DANH SÁCH KHEN THƯỞNG NĂM 2023,,\n{heading},Xã,Hình thức\nNgười Kín,Bình Lư,A6\n"
        Path("khen.csv").write_text(text, encoding="utf-8")
        assert "--what awards" in run("import", "khen.csv", "--yes").err
        done("import", "khen.csv", "--what", "awards", "--yes")
        assert "Người Kín" not in done("award", "--year", "2023", "-f", "json").out
        done("undo")
    Path("khen.csv").write_text("Đối tượng,Xã,Hình thức,Năm\nÔng Người Kín,Bình Lư,A6,2023\n", encoding="utf-8")
    refused = run("import", "khen.csv", "--what", "awards", "--yes")
    assert refused.code == 3
    assert "có thể là họ tên cá nhân" in " ".join(refused.both.split())


def test_facts_are_told_by_their_words(lai_chau):
    done("award", BINH_LU, "--name", "Giấy khen", "--year", "2023", "--level", "ntm")
    done("undo", "--dry-run")
    said = " ".join(done("undo").both.split())
    assert "khen thưởng Giấy khen" in said
    assert "()" not in said
    gave = ("entry", "đóng góp", BINH_LU, "--on", "5/3/2023", "--party", "Công ty B", "--amount", "60 triệu")
    done(*gave, "--giver-kind", "doanh nghiệp")
    told = done("diff", "--from", "#1").out
    assert "doanh nghiệp" in told
    assert "company" not in told
