"""How it comes out: terminal tables at every width · pipes whole and plain · CSV · JSON · files · odd consoles."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from ntmtrack.commands import history
from tests.running import run

HEAD = "number,code,name,parent,level,year,decision,signed_on,announced_on,confidence,form"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
PROGRAM = [sys.executable, "-c", "import sys; from ntmtrack.cli import main; sys.exit(main(sys.argv[1:]))"]


def on_a_terminal(*argv, columns, typed="", **environment):
    """What a person at a terminal of this width sees, escapes included, where `typed` is typed at once."""
    pty = pytest.importorskip("pty", reason="a terminal of the POSIX kind")
    leader, follower = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment}
    process = subprocess.Popen([*PROGRAM, *argv], stdout=follower, stderr=follower, stdin=follower, env=env)
    os.close(follower)
    os.write(leader, typed.encode())
    seen = b""
    while True:
        try:
            chunk = os.read(leader, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    process.wait(timeout=30)
    os.close(leader)
    return seen.decode().replace("\r\n", "\n")


@pytest.mark.usefixtures("demo")
class TestOnATerminal:
    @pytest.mark.parametrize("columns", [80, *(pytest.param(one, marks=pytest.mark.slow) for one in (100, 160))])
    @pytest.mark.parametrize(
        "argv",
        [["progress", "--year", "2024"], ["progress", "--years"], ["list", "--level", "ntm"], ["roadmap", "show"]],
    )
    def test_no_line_is_too_long_and_no_text_is_cut(self, argv, columns):
        seen = ESCAPES.sub("", on_a_terminal(*argv, columns=columns))
        assert max(map(len, seen.splitlines())) <= columns
        assert "…" not in seen

    def test_every_figure_is_there_at_80_columns(self):
        seen = ESCAPES.sub("", on_a_terminal("progress", "--year", "2024", columns=80))
        row = next(line for line in seen.splitlines() if line.startswith("Xã đạt chuẩn NTM nâng cao"))
        assert row.split()[6:] == ["15", "16", "39", "40", "+1", "116", "33,62", "34,48", "vượt"]

    def test_a_page_of_help_is_laid_out(self):
        seen = ESCAPES.sub("", on_a_terminal("help", "nhap-bang-tinh", columns=80))
        assert max(map(len, seen.splitlines())) <= 80
        assert "•" in seen
        assert not re.search(r"\*\*|```|<!--|\.md\)", seen)

    def test_colour_only_beside_words_and_not_with_no_color(self):
        coloured = on_a_terminal("progress", "--year", "2024", columns=100)
        assert "\x1b[" in coloured
        plain = on_a_terminal("progress", "--year", "2024", columns=100, NO_COLOR="1")
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]m", plain)
        assert "rất chậm" in plain


@pytest.mark.usefixtures("demo")
class TestInAPipe:
    def test_plain_whole_and_without_colour(self):
        environment = {**os.environ, "COLUMNS": "40", "FORCE_COLOR": "1"}
        piped = subprocess.run([*PROGRAM, "list", "--level", "ntm"], capture_output=True, env=environment, check=True)
        text = piped.stdout.decode()
        assert "\x1b" not in text
        assert "xã Vĩnh Hòa Hưng Nam  huyện Gò Quao" in text
        assert piped.stderr == b""

    def test_a_console_without_vietnamese_letters_never_crashes(self):
        environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
        for argv in (["progress", "--year", "2024"], ["--help"], ["show", "không có"]):
            done = subprocess.run([*PROGRAM, *argv], capture_output=True, env=environment, check=False)
            assert done.returncode in (0, 1)
            assert b"Traceback" not in done.stderr

    @pytest.mark.skipif(os.name == "nt", reason="a shell of the POSIX kind")
    def test_what_is_open_already_is_written_on_where_it_stands(self, office):
        command = " ".join([f"'{part}'" for part in [*PROGRAM, "list", "--level", "ntm", "-f", "csv", "-o"]])
        for name in ("/dev/stdout", "/dev/fd/1"):
            whole = f"( echo trước; {command} {name}; echo sau ) > ra.csv"
            subprocess.run(["bash", "-c", whole], capture_output=True, check=True)
            lines = (office / "ra.csv").read_text(encoding="utf-8").splitlines()
            assert (lines[0], lines[1], len(lines), lines[-1]) == ("trước", f"\ufeff{HEAD}", 119, "sau")

    @pytest.mark.skipif(os.name == "nt", reason="a shell of the POSIX kind")
    def test_a_reader_that_goes_away_is_no_error(self):
        command = " ".join([f"'{part}'" for part in [*PROGRAM, "list", "--level", "ntm"]]) + " | head -1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
        assert done.stderr == b""


@pytest.mark.usefixtures("demo")
class TestForMachines:
    FIELDS = (
        "roadmap tier measure level counts within each name asked year operator plan_year plan_added plan_added_high"
        " actual_added lost plan_cumulative plan_cumulative_high needed actual_cumulative gap total plan_percent"
        " plan_percent_high actual_percent gap_points completion year_completion from_baseline months_ahead"
        " required_pace room denominator share_of status illustrative unverified left"
    )

    def test_csv_has_stable_fields_and_plain_numbers(self):
        rows = list(csv.DictReader(io.StringIO(run("progress", "--year", "2023", "--format", "csv").out)))
        assert list(rows[0]) == self.FIELDS.split()
        advanced = next(row for row in rows if row["level"] == "nang-cao" and row["tier"] == "commune")
        assert (advanced["plan_percent"], advanced["gap"], advanced["status"]) == ("20.69", "0", "reached")

    def test_json_says_what_it_rests_on(self):
        report = json.loads(run("progress", "--year", "2024", "--format", "json", "--lang", "en").out)
        assert (report["basis"], report["as_of"], report["roadmap"]) == ("year", "2024-12-31", "kien-giang-kh168")
        assert report["lines"][0]["plan_added"] is None
        assert report["highest"][1]["total"] == 116

    def test_the_same_numbers_in_every_language_and_format(self):
        for argv in (["progress", "--years"], ["list", "--level", "nang-cao"], ["remaining", "--level", "nang-cao"]):
            vietnamese, english = (
                json.loads(run(*argv, "--format", "json", "--lang", lang).out) for lang in ("vi", "en")
            )
            key = "lines" if "lines" in vietnamese else "units"
            assert (
                len(vietnamese[key])
                == len(english[key])
                == len(list(csv.reader(io.StringIO(run(*argv, "-f", "csv").out)))) - 1
            )

    def test_a_file_is_written_whole_with_a_byte_order_mark_for_excel(self, office):
        assert run("list", "--level", "ntm", "-f", "csv", "-o", "xã.csv").code == 0
        assert (office / "xã.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert run("list", "--level", "ntm", "-o", "không/có.txt").code == 1
        assert run("list", "--level", "ntm", "-o", ".").code == 1

    def test_the_ending_of_the_file_says_the_format(self, office):
        assert "Đã ghi xã.csv." in run("list", "--level", "ntm", "-o", "xã.csv").err
        assert (office / "xã.csv").read_text(encoding="utf-8-sig").startswith("number,code,name")
        run("list", "--level", "ntm", "-o", "xã.json")
        assert json.loads((office / "xã.json").read_text(encoding="utf-8"))["count"] == 116
        assert run("list", "--level", "ntm", "-o", "xã.xlsx").code == 2

    def test_values_do_not_depend_on_the_language(self):
        for argv in (["show", "30838"], ["list", "--level", "nang-cao"], ["units"], ["progress", "--years"]):
            vietnamese, english = (run(*argv, "--format", "csv", "--lang", lang).out for lang in ("vi", "en"))
            assert vietnamese == english, argv

    def test_shares_keep_their_two_decimals(self):
        assert ",93.10," in run("progress", "--as-of", "31/10/2023", "--format", "csv").out

    def test_text_that_a_spreadsheet_would_run_stays_text(self):
        run("add-commune", "=HYPERLINK(1)", "--district", "903")
        rows = list(csv.DictReader(io.StringIO(run("units", "HYPERLINK", "-f", "csv").out)))
        assert rows[0]["name"].startswith("'=")


def test_a_bug_ends_in_words_and_exit_code_70(demo, monkeypatch):
    def broken(*_args):
        raise ZeroDivisionError("hỏng")

    monkeypatch.setattr(history, "history", broken)
    failed = run("history")
    assert (failed.code, "ZeroDivisionError: hỏng" in failed.err, "Traceback" in failed.err) == (70, True, False)
    with pytest.raises(ZeroDivisionError):
        run("history", "--debug")


def test_control_characters_never_reach_the_terminal(demo):
    refused = run("show", "a\x1b[2Jb\u202ec")
    assert refused.code == 1
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202e]", refused.err)


@pytest.mark.usefixtures("demo")
class TestByDistrict:
    def rows(self, *more):
        return list(csv.DictReader(io.StringIO(run("progress", "--by", "district", *more, "-f", "csv").out)))

    def test_every_level_of_every_district_is_a_row_of_its_own(self):
        rows = self.rows("--year", "2024")
        assert len(rows) == 15 * 3
        assert len({(row["district_code"], row["level"]) for row in rows}) == 15 * 3
        of_level = [row for row in rows if row["level"] == "ntm"]
        assert sum(int(row["actual_cumulative"]) for row in of_level) == 116
        assert sum(int(row["change"]) for row in of_level) == 4

    def test_one_level_is_ranked_by_its_own_share(self):
        rows = self.rows("--year", "2024", "--level", "nang-cao")
        shares = [float(row["actual_percent"]) for row in rows]
        assert shares == sorted(shares, reverse=True)
        assert [int(row["rank"]) for row in rows][:2] == [1, 1]
        first = rows[2]
        assert (first["district"], first["rank_before"], first["rank_change"]) == ("huyện Kiên Lương", "4", "1")
        assert (first["points_change"], first["change"]) == ("14.29", "1")

    def test_shapes_that_do_not_go_together_are_refused(self):
        for argv in (["--by", "district", "--wide"], ["--years", "--text"], ["--level", "ntm"]):
            assert run("progress", *argv).code == 2


@pytest.mark.usefixtures("demo")
def test_a_district_asked_about_is_counted_itself():
    lines = json.loads(run("progress", "--year", "2024", "--scope", "Kiên Lương", "-f", "json").out)["lines"]
    own = next(line for line in lines if (line["tier"], line["level"]) == ("district", "ntm"))
    assert (own["total"], own["actual_cumulative"]) == (1, 1)
