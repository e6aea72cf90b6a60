"""A report as .csv, .json and .md: what comes back through import · text that spreadsheets would run · documented
field names · Markdown that stays text · whole or not at all · the same figures in every kind."""

import csv
import json
import re
from pathlib import Path

import pytest

from ntmtrack.commands import export
from ntmtrack.progress.status import Status
from tests.places import asked
from tests.running import begin, keep_number, run
from tests.test_docs import DOCS

ROWS = """SELECT v.code, r.level, r.programme, r.year, r.known_by, r.announced_on, r.basis, r.confidence, r.source,
    r.note, d.number, d.signed_on, d.issuer FROM recognition AS r JOIN unit_version AS v ON v.unit_id = r.unit_id
    LEFT JOIN decision AS d ON d.id = r.decision_id WHERE r.voided_by IS NULL ORDER BY 1, 2, 3, 4"""


def test_what_csv_holds_comes_back_through_import_exactly(demo, office):
    decision = ("--decision", "1234/QĐ-UBND", "--date", "3/2025", "--issuer", "@UBND")
    run("record", "Dương Hòa", "--level", "kieu-mau", "--year", "2025", *decision, "--note", "-ghi, “chú”\n\t'x'")
    run("record", "Bình An, Châu Thành", "--level", "nang-cao", "--year", "2025", "--source", "+nguồn")
    assert run("export", "a.csv").code == 0
    begin("Kiên Giang", db="b.db")
    assert run("import", "a.csv", "--yes", "--db", "b.db").code == 0
    assert asked(Path("b.db"), ROWS) == asked(demo, ROWS)
    assert run("import", "a.csv", "--yes", "--db", "b.db").err.strip().endswith("sổ đã có đủ.")
    run("export", "b.csv", "--db", "b.db")
    assert (office / "b.csv").read_bytes() == (office / "a.csv").read_bytes()


def test_csv_is_made_for_spreadsheets(demo, office):
    run("record", "Dương Hòa", "--level", "nang-cao", "--year", "2024", "--decision", "1/QĐ-UBND")
    keep_number(demo, "1/QĐ-UBND", "=cmd|'/c'!A1")
    run("export", "a.csv")
    data = (office / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfunit_code,unit_name,")
    rows = list(csv.DictReader((office / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 171
    assert {row["decision_number"][:2] for row in rows if "cmd" in row["decision_number"]} == {"'="}
    assert rows[0]["unit_code"] == "30763"
    assert {row["counted"] for row in rows} == {"1"}


def test_what_was_taken_back_is_there_with_its_day_decision_and_reason_and_counts_no_more(demo, office):
    revoking = ["--decision", "3/QĐ-UBND", "--date", "1/3/2025", "--issuer", "UBND tỉnh", "--reason", "rớt"]
    run("revoke", "Ngọc Thuận", "--level", "nang-cao", *revoking)
    run("export", "a.csv", "--as-of", "31/12/2025")
    rows = list(csv.DictReader((office / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    (taken,) = [row for row in rows if row["revoked_on"]]
    assert (len(rows), taken["unit_name"], taken["counted"]) == (170, "Ngọc Thuận", "0")
    assert taken["revoked_by"] == "3/QĐ-UBND ngày 01/03/2025 của UBND tỉnh"
    assert (taken["revoked_on"], taken["revoked_reason"]) == ("2025-03-01", "rớt")


def test_only_what_counts_on_the_day_is_marked_as_counted(demo, office):
    run("export", "a.csv", "--as-of", "31/10/2023")
    rows = list(csv.DictReader((office / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 170
    counted = [row for row in rows if row["counted"] == "1"]
    assert sum(row["level"] == "nang-cao" for row in counted) == 5
    assert sum(row["level"] == "ntm" and len(row["unit_code"]) == 5 for row in counted) == 108


def test_another_sheet_as_csv(demo, office):
    assert run("export", "l.csv", "--sheets", "districts", "--year", "2024").code == 0
    rows = list(csv.DictReader((office / "l.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 15  # sums are for people
    assert sum(int(row["ntm_reached"]) for row in rows) == 116


@pytest.fixture
def whole(demo, office):
    assert run("export", "a.json", "--year", "2024").code == 0
    return json.loads((office / "a.json").read_text(encoding="utf-8"))


def test_json_has_every_sheet_and_what_it_rests_on(whole):
    assert list(whole["sheets"]) == [
        "summary", "roadmap", "beside", "districts", "list", "district-list", "new", "remaining", "charts", "checks",
        "data", "notes",
    ]  # fmt: skip
    assert (whole["as_of"], whole["basis"], whole["scope"]) == ("2024-12-31", "year", "tỉnh Kiên Giang")
    line = next(
        one for one in whole["sheets"]["summary"]["lines"] if (one["tier"], one["level"]) == ("commune", "nang-cao")
    )
    assert (line["plan_cumulative"], line["actual_cumulative"], line["actual_percent"]) == (39, 40, 34.48)


def test_the_fields_of_json_and_csv_are_documented(whole):
    text = (DOCS / "may-doc.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", text))
    patterns = re.compile(
        r"(ntm|nang_cao|kieu_mau)(_(reached|percent|change|year|decision|signed_on))?|y20\d\d|plan_bar"
    )
    for key, sheet in whole["sheets"].items():
        if key in ("charts", "notes"):  # for people
            continue
        for rows in (
            value for value in sheet.values() if isinstance(value, list) and value and isinstance(value[0], dict)
        ):
            unknown = [field for field in rows[0] if field not in documented and not patterns.fullmatch(field)]
            assert not unknown, (key, unknown)


def test_every_status_that_machines_are_told_is_documented():
    for page in ("may-doc.md", "en/fields.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        assert [status.value for status in Status if f"`{status.value}`" not in text] == []


def test_markdown_is_text_whatever_it_holds(demo, office):
    run("add-commune", "A|B *c* <b>", "--district", "903")
    run("record", "A|B *c* <b>", "--level", "ntm", "--year", "2024")
    assert run("export", "a.md", "--year", "2024", "--with-status").code == 0
    text = (office / "a.md").read_text(encoding="utf-8")
    assert r"xã A\|B \*c\* \<b\>" in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(bars) == 1
    assert "| 4 | Xã đạt chuẩn NTM nâng cao | 15 | 16 | 39 | 40 | +1 | 117 | 33,62 | 34,19 | vượt |" in text


def test_a_kind_writes_whole_or_not_at_all(demo, office, monkeypatch):
    assert run("export", "a.json").code == 0
    before = (office / "a.json").read_bytes()
    monkeypatch.setattr(json, "dumps", lambda *_a, **_k: 1 / 0)
    assert run("export", "a.json").code == 70
    assert (office / "a.json").read_bytes() == before
    assert not [file for file in office.iterdir() if file.name.startswith(".")]


def test_stopped_before_the_second_file_it_says_that_the_first_stands(demo, office, monkeypatch):
    deliver = export.deliver

    def stopped(session, write, file):
        if file.stem != "r":
            raise KeyboardInterrupt
        return deliver(session, write, file)

    monkeypatch.setattr(export, "deliver", stopped)
    done = run("export", "r.xlsx", "--year", "2024", "--working")
    assert (done.code, [file.name for file in office.glob("*.xlsx")]) == (130, ["r.xlsx"])
    assert "Những gì báo “Đã ghi” ở trên vẫn giữ nguyên" in done.err


def test_what_excel_cannot_hold_is_said_to_be_cut(demo, office):
    run("record", "30840", "--level", "nang-cao", "--year", "2025", "--note", note := "dài " * 9_000)
    done = run("export", "a.xlsx", "--sheets", "data,summary")
    assert "32.767 ký tự" in done.err
    assert "bị cắt bớt ở trang Dữ liệu" in done.err
    assert "cắt" not in run("export", "a.json").err
    assert note.strip() in (office / "a.json").read_text(encoding="utf-8")
    assert "cắt" not in run("export", "b.xlsx", "--sheets", "summary").err


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sheets_are_called_by_their_names_in_either_language(demo, lang):
    for word in ("tong hop", "Tổng hợp", "TONG HOP", "summary", "Summary"):
        done = run("export", "a.xlsx", "--sheets", f"{word},not yet reached,chua dat", "--lang", lang)
        assert done.code == 0, done
    assert run("export", "a.xlsx", "--sheets", "không có", "--lang", lang).code == 2


def test_a_folder_is_no_file(demo, office):
    (office / "r.xlsx").mkdir()
    assert run("export", "r.xlsx").code == 1
