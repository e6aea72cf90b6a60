"""Reports on a terminal: nothing wider than it, nothing cut off, at 40 to 200 columns · headings over groups · groups
beneath each other where there is no room · bars that agree with their figures · the map's 116 squares · no colour
alone · consoles without line drawing."""

import io
import json
import re

import pytest
from rich.console import Console

from ntmtrack.progress.status import Status
from ntmtrack.reports import Bar, CellKind, Column, Report, Square, Squares, Table, cell_text, terminal
from ntmtrack.reports.terminal import print_report
from ntmtrack.reports.terminal_fit import fit_table
from ntmtrack.text import width as columns_of
from tests.running import run

COMMANDS = [
    ("progress", "--year", "2024"),
    ("progress", "--year", "2024", "--wide"),
    ("progress", "--years"),
    ("progress", "--year", "2024", "--by", "district"),
    ("progress", "--year", "2024", "--by", "district", "--level", "nang-cao"),
    ("map",),
    ("trend", "--year", "2023"),
    ("list", "--level", "ntm", "--until", "2024"),
    ("remaining", "--level", "nang-cao"),
    ("units",),
    ("show", "Ngọc Thuận"),
    ("explain", "nang-cao", "--year", "2024"),
    ("roadmap", "show"),
]

# Headings of columns in which nothing stands here: those are left out on a terminal.
OF_EMPTY_COLUMNS = {"Từ", "Công", "bố", "Thu", "hồi", "Ngày", "ký", "Quyết", "định"}


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("wide", [40, 80, 200, *(pytest.param(one, marks=pytest.mark.slow) for one in (60, 100, 160))])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(command, wide, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(wide))
    spared = set() if wide >= 160 else spared_words(monkeypatch)
    shown = run(*command, "--format", "table").out
    too_wide = [line for line in shown.splitlines() if columns_of(line) > wide]
    assert not [line for line in too_wide if " " in line.strip()]  # an address of the web stays whole
    whole = run(*command, "--format", "plain").out
    assert set(_words(whole)) <= set(_words(shown)) | OF_EMPTY_COLUMNS | spared


def spared_words(monkeypatch):
    """The words, gathered as a report is drawn, of columns that may be left out where there is no room."""
    words = set()
    draw = terminal.draw

    def drawing(report, width):
        for table in report.tables:
            for place, column in enumerate(table.columns):
                if column.spare:
                    texts = [column.title, *(cell_text(row[place], column.kind) for row in table.rows)]
                    words.update(word for text in texts for word in _words(text))
        draw(report, width)

    monkeypatch.setattr(terminal, "draw", drawing)
    return words


def _words(text):
    return [word.rstrip(":") for word in re.split(r"[\s─━┃\[\]=|]+", text) if re.search(r"\w", word)]


@pytest.fixture
def at_width(demo, monkeypatch):
    def shown(wide, *command):
        monkeypatch.setenv("COLUMNS", str(wide))
        return run(*command, "--format", "table").out.splitlines()

    return shown


def test_a_group_has_one_heading_over_all_its_columns(at_width):
    lines = at_width(100, "progress", "--year", "2024")
    over = next(line for line in lines if "Luỹ kế" in line)
    assert re.search(r"─+ Luỹ kế ─+", over)
    assert over.count("Luỹ kế") == over.count("Năm 2024") == over.count("Tỷ lệ %") == 1


def test_groups_are_put_beneath_each_other_where_there_is_no_room(at_width):
    wide = at_width(100, "progress", "--year", "2024", "--by", "district")
    narrow = at_width(60, "progress", "--year", "2024", "--by", "district")
    assert any("─ NTM kiểu mẫu ─" in line for line in wide)
    start = next(place for place, line in enumerate(narrow) if "Hòn Đất" in line)
    assert "đạt chuẩn NTM" in narrow[start]
    assert "NTM nâng cao" in narrow[start + 1]
    assert "25,00" in narrow[start + 1]


def test_bars_are_drawn_where_there_is_room_and_never_into_a_pipe(at_width):
    assert not any("┃" in line for line in at_width(80, "progress", "--year", "2024"))
    row = next(
        line for line in at_width(120, "progress", "--year", "2024") if line.startswith("Xã đạt chuẩn NTM nâng cao")
    )
    bar = row.split()[-1]
    tick, filled = bar.index("┃"), len(bar.replace("─", "").rstrip("┃"))
    assert tick == 39 * len(bar) // 116 - 1
    assert abs(filled - 40 * len(bar) // 116) <= 1
    assert "┃" not in run("progress", "--year", "2024").out


@pytest.mark.parametrize("wide", [80, 100, 160])
def test_the_map_has_a_square_for_every_commune(at_width, wide):
    lines = at_width(wide, "map", "--year", "2024")
    squares = [square for line in lines[4 : lines.index("", 5)] for square in re.findall(r"\[(.)\]", line)]
    assert len(squares) == 116
    counts = {letter: sum(square.upper() == letter for square in squares) for letter in "KNĐ·"}
    assert counts == {"K": 2, "N": 38, "Đ": 76, "·": 0}
    made_up = sum(one["illustrative"] for one in json.loads(run("map", "--year", "2024", "-f", "json").out)["units"])
    assert sum(square.islower() for square in squares) == made_up


def test_the_map_as_data_names_every_commune(demo):
    rows = run("map", "--year", "2024", "-f", "csv").out.splitlines()
    assert rows[0] == "district,code,name,level,illustrative"
    assert len(rows) == 117
    assert "huyện Giồng Riềng,30931,xã Ngọc Thuận,nang-cao,0" in rows
    assert len([row for row in rows if ",kieu-mau," in row]) == 2


def test_the_map_of_a_district_and_of_a_day(demo):
    rows = run("map", "--scope", "huyện Hòn Đất", "--as-of", "31/12/2017", "-f", "csv").out.splitlines()
    assert len(rows) == 13
    assert all(row.split(",")[3] == "" for row in rows[1:])


def test_the_trend_has_the_figures_of_the_period(demo):
    told = run("trend", "--year", "2023").out
    row = next(line for line in told.splitlines() if "Xã đạt chuẩn NTM" in line)
    after = told.splitlines()[told.splitlines().index(row) + 1]
    assert row.split()[-4:] == ["90", "90", "0", "đạt"]
    assert after.split() == ["2022", "101", "105", "+4", "vượt"]
    data = json.loads(run("trend", "-f", "json").out)["lines"]
    assert {line["year"] for line in data} == {2021, 2022, 2023, 2024, 2025}


BARS = Table(
    "t",
    "",
    [Column("name", "Tên"), Column("bar", "", CellKind.BAR), Column("status", "Tình trạng", CellKind.STATUS)],
    [["a", Bar(0, 10, 5), Status.LATE], ["b", Bar(10, 10, 5), Status.AHEAD], ["c", Bar(1, 1000, 1000), Status.CLOSE]],
)


def drawn(table, encoding="utf-8", **options):
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    print_report(Report("r", "Báo cáo", [table]), Console(file=out, width=60, highlight=False, **options))
    out.seek(0)
    return out.read()


def test_bars_of_nothing_of_all_and_of_little():
    rows = [line for line in drawn(BARS).splitlines() if re.search("[━─]", line)][1:]
    assert [row.split()[1].count("━") for row in rows] == [0, 23, 1]
    assert [row.split()[1].index("┃") for row in rows] == [11, 11, 23]


def test_a_status_is_a_word_also_without_colour():
    assert "\x1b[" in drawn(BARS, force_terminal=True)
    plain = drawn(BARS, no_color=True)
    assert ("chậm" in plain, "\x1b[3" in plain) == (True, False)


def test_a_console_without_line_drawing_gets_other_signs():
    shown = drawn(BARS, encoding="cp1258")
    assert not re.search("[━─┃]", shown)
    assert "|" in shown
    assert "=" in shown


def test_columns_in_which_nothing_stands_are_left_out():
    table = Table("t", "", [Column("a", "A"), Column("b", "B"), Column("c", "C")], [["1", None, "x"], ["2", "", "y"]])
    assert [column.title for column in fit_table(table, 80).table.columns] == ["A", "C"]


def test_squares_are_folded_like_words():
    squares = Squares([Square("N", 1)] * 30)
    table = Table("t", "", [Column("n", "Tên"), Column("s", "", CellKind.SQUARES)], [["huyện", squares]])
    lines = [line for line in drawn(table).splitlines() if "[N]" in line]
    assert sum(line.count("[N]") for line in lines) == 30
    assert all(len(line) <= 60 for line in lines)
    assert len(lines) == 3


def test_a_terminal_too_narrow_for_columns_gets_headings_and_cells():
    table = Table(
        "t", "", [Column(f"c{n}", f"Cột {n}", CellKind.COUNT, "Nhóm") for n in range(20)], [[n for n in range(20)]]
    )
    shown = drawn(table)
    assert "Nhóm Cột 0: 0" in shown
    assert "Nhóm Cột 19: 19" in shown
