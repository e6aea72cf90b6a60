"""What a person is shown of an answer: progress in 16 lines at 100 columns, 20 at 80 · two notes, the heaviest ·
made-up figures said in every shape · options that show the rest, machines that get all of it · lists at 80 columns ·
what people type: a bare year, a printed label, the number of an action."""

import json
import re

import pytest

from tests.running import run

pytestmark = pytest.mark.usefixtures("demo")
SHAPES = (("2024",), ("2024", "--years"), ("2024", "--by", "district"))


def notes(text):
    return [line for line in text.splitlines() if line.startswith("· ")]


@pytest.mark.parametrize(("columns", "most"), [(100, 16), (80, 20)])
@pytest.mark.parametrize("form", ["table", "plain"])
def test_progress_is_short(monkeypatch, columns, most, form):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("progress", "2024", "--format", form).out.splitlines()
    assert len(lines) <= most
    for line in ("Xã đạt chuẩn NTM ", "Xã đạt chuẩn NTM nâng cao ", "Xã đạt chuẩn NTM kiểu mẫu "):
        assert sum(row.startswith(line) for row in lines) >= 1
    assert "lộ trình 168/KH-UBND" in lines[1]
    assert "MINH HOẠ" in " ".join(lines)


@pytest.mark.parametrize("shape", SHAPES, ids=" ".join)
def test_at_most_two_notes_and_what_is_made_up_among_them(shape):
    brief, whole = run("progress", *shape).out, run("progress", *shape, "--notes").out
    assert 1 <= len(notes(brief)) <= 2
    assert any("MINH HOẠ" in note for note in notes(brief))
    count = re.search(r"--notes \((\d+) ghi chú\)", brief)
    assert len(notes(whole)) == len(notes(brief)) + int(count[1])
    assert set(notes(brief)) <= set(notes(whole))


def test_each_option_shows_its_part_and_the_last_line_names_what_is_left():
    last = run("progress", "2024").out.splitlines()[-1]
    assert [*re.findall(r"--\w+", last)] == ["--notes", "--beside", "--highest"]
    assert "263/QĐ-TTg ngày 22/02/2022" in run("progress", "2024", "--beside").out
    assert "Phân theo mức cao nhất" in run("progress", "2024", "--highest").out
    whole = run("progress", "2024", "--notes", "--beside", "--highest").out
    assert "Xem thêm" not in whole
    assert "Tình trạng (A thực hiện" in whole


def test_machines_get_all_of_it():
    brief, whole = (
        run("progress", "2024", *more, "-f", "json").out for more in ((), ("--notes", "--beside", "--highest"))
    )
    assert brief == whole
    assert {"lines", "highest", "beside"} <= set(json.loads(brief))
    assert len(json.loads(brief)["notes"]) > 8


def test_parts_of_another_shape_are_refused():
    assert run("progress", "--years", "--beside").code != 0


def test_an_empty_scope_and_what_is_left_out_are_said_first():
    said = notes(run("progress", "2024", "--basis", "decision").out)
    assert any("không tính 13 kết quả công nhận" in note for note in said)


def test_years_at_80_columns_are_a_table(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("progress", "--years", "--format", "table").out.splitlines()
    assert any(re.split(r"\s{2,}", line.strip()) == ["Chỉ tiêu", *map(str, range(2021, 2026))] for line in lines)


@pytest.mark.parametrize(
    "command", [("list", "--level", "ntm", "--year", "2022"), ("list", "--level", "nang-cao", "--year", "2023")]
)
def test_a_list_is_a_line_a_unit_at_80_columns(monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(*command, "--format", "table").out.splitlines()
    rows = [line for line in lines if re.match(r"\s*\d+ +(xã|huyện)", line)]
    count = int(re.search(r"· (\d+) đơn vị", "\n".join(lines))[1])
    assert len(rows) == count
    assert len(lines) <= count + 8
    made_up = json.loads(run(*command, "-f", "json").out)["units"]
    assert sum("MINH HOẠ" in row for row in rows) == sum(unit["confidence"] == "illustrative" for unit in made_up)


@pytest.mark.parametrize(
    "command", ["progress", "map", "trend", "list --level ntm", "remaining --level ntm", "explain ntm"]
)
def test_a_year_that_stands_alone_is_the_year(command):
    words = command.split()
    assert run(*words, "2023").out == run(*words, "--year", "2023").out
    assert run(words[0], "2023", *words[1:]).out == run(*words, "--year", "2023").out or words[0] == "explain"


def test_a_year_is_not_taken_from_an_option_nor_beside_another():
    assert (
        run("progress", "2024", "--as-of", "2024").code == 2
        or "--as-of" in run("progress", "2024", "--as-of", "2024").err
    )
    assert run("progress", "2023", "--year", "2024").code == 2
    assert run("progress", "24").code == 2


@pytest.mark.parametrize(
    ("label", "title"),
    [
        ("Xã đạt chuẩn NTM", "Xã đạt chuẩn NTM"),
        ("xã nâng cao", "Xã đạt chuẩn NTM nâng cao"),
        ("Xã NTM nâng cao", "Xã đạt chuẩn NTM nâng cao"),
        ("Xã đạt chuẩn NTM kiểu mẫu", "Xã đạt chuẩn NTM kiểu mẫu"),
        ("Cấp huyện đạt chuẩn NTM", "Cấp huyện đạt chuẩn NTM"),
        ("Cấp huyện NTM nâng cao", "Cấp huyện đạt chuẩn NTM nâng cao"),
        ("huyện đạt chuẩn NTM nâng cao", "Cấp huyện đạt chuẩn NTM nâng cao"),
    ],
)
def test_a_line_is_explained_by_the_label_that_is_printed(label, title):
    assert run("explain", label, "2024").out.startswith(f"Diễn giải: {title}, ")


def test_two_moments_are_compared_by_the_numbers_of_actions():
    run("record", "Vĩnh Điều", "--level", "kieu-mau", "--year", "2024")
    assert "thao tác 1 → hiện nay (thao tác 2)" in run("diff", "--from", "1").out
    assert "thao tác 1 → thao tác 2" in run("diff", "--from", "1", "--to", "2").out
    for words in ("#1", "thao tác 1", "Thao tac 01", "action 1"):
        assert "thao tác 1 → hiện nay" in run("diff", "--from", words).out
        assert run("diff", words, "--year", "2024").out == run("diff", "--from", words, "--year", "2024").out
    for words in ("#1000", "thao tác 1.000"):  # four digits alone are a year
        assert (run("diff", "--from", words).code, "1000" in run("diff", "--from", words).err) == (1, True)
    assert run("diff", "1", "--from", "1").code == run("diff", "1", "2").code == 2
    assert (run("diff", "--from", "9").code, "thao tác 9" in run("diff", "--from", "9").err) == (1, True)


def test_a_year_alone_that_no_programme_has_is_told_as_a_year():
    refused = run("progress", "2105")
    assert refused.code == 1
    assert "Thừa tham số" not in refused.err
    assert "2105" in refused.err
