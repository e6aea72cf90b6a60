"""Nasty text in every argument and option of every command, in tables and plans: a documented exit code, no fault of
the program, at most one whole action, and nothing on the screen that a terminal would act on."""

import csv
import io
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntmtrack.cli import declare
from ntmtrack.cli.app import tree
from ntmtrack.text import clean
from tests.faults.nasty import BIDI, raw_controls, texts
from tests.faults.rounds import ASKED, rounds
from tests.faults.soundness import CODES, actions, assert_sound, assert_told
from tests.places import ADDRESS, ON_SERVER, kept, put_back
from tests.running import run

EXAMPLES = settings(
    max_examples=rounds(2),
    derandomize=not ASKED,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# What makes a command go on to its work: without, most text would be refused at the first look.
USUAL = {
    "units": "30836",
    "unit": "30836",
    "--level": "nang-cao",
    "--year": "2024",
    "--of-year": "2020",
    "--decision": "10/QĐ-UBND",
    "--date": "1/2/2024",
    "--announced": "3/2/2024",
    "--district": "Hòn Đất",
    "--province": "Kiên Giang",
    "--scope": "Hòn Đất",
    "--roadmap": "kien-giang-kh168",
    "--source": "12/BC-VPĐP",
    "--value": "3",
    "--total": "9",
    "--as-of": "31/12/2024",
    "--as-known": "21/11/2026",
    "--map": "1=unit",
    "--from": "21/11/2026",
    "--db": ADDRESS if ON_SERVER else "so.db",
    "measure": "ntm",
    "plan": "kien-giang-kh168",
}
SKIPPED = {"--lang", "--install-completion", "--show-completion", "--debug", "--help"}


def commands():
    declare()
    return dict(walk(tree(), ()))


def walk(command, path):
    for name, sub in getattr(command, "commands", {}).items():
        if hasattr(sub, "commands"):
            yield from walk(sub, (*path, name))
        else:
            yield " ".join((*path, name)), sub


COMMANDS = commands()


def values(param):
    """Values for a parameter: what it is for, what it is not for."""
    name = next((one for one in param.opts if one in USUAL), None)
    if isinstance(param.type, click.Choice):
        return st.sampled_from(param.type.choices)
    nasty = texts.map(lambda text: text.replace("/", "|").replace("~", "-"))  # nothing outside the folder
    return st.one_of(st.just(USUAL[name]), nasty) if name else nasty


@st.composite
def lines(draw, name):
    """A command line for a command: all its arguments, some of its options."""
    words = []
    for param in COMMANDS[name].params:
        if isinstance(param, click.Argument):
            words.append(draw(values(param)))
        elif not SKIPPED & set(param.opts) and draw(st.integers(0, 2)) == 0:
            option = max(param.opts, key=len)
            words += [option] if param.is_flag else [f"{option}={draw(values(param))}"]
    if draw(st.booleans()) and "--yes" in [option for param in COMMANDS[name].params for option in param.opts]:
        words.append("--yes")
    return [*name.split(), *words]


def assert_good(argv, file, before):
    done = run(*argv)
    assert done.code in CODES, (argv, done)
    assert "Traceback" not in done.both, argv
    assert raw_controls(done.both) == set(), (argv, done.both)
    assert actions(file) - before in (0, 1), argv
    assert_sound(file)
    return done


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_of_every_command(demo, name):
    @EXAMPLES
    @given(argv=lines(name))
    def look(argv):
        assert_good(argv, demo, actions(demo))

    look()


@pytest.mark.parametrize("text", ["\0", "\ud800", "x\udcff.db", "a\0b"])
def test_what_is_no_text_is_refused_before_anything_is_done(office, text):
    for argv in (["history", text], ["backup", text], ["status", "--db", text], [text]):
        refused = run(*argv)
        assert (refused.code, "UTF-8" in refused.err, raw_controls(refused.err)) == (2, True, set())
    assert list(office.iterdir()) == []


@pytest.mark.of_file("who works with it is told by the system")
def test_a_user_of_another_encoding(demo):
    assert run("undo", who="c\udce1n b\udcff").code == 0
    assert raw_controls(run("history").out) == set()


def test_a_user_whose_name_moves_the_cursor(demo):
    assert run("undo", who='cán\x1b[31m\u202e"bộ').code == 0
    for argv in (["history"], ["history", "1"], ["status"], ["doctor"]):
        assert_good(argv, demo, actions(demo))


def test_a_folder_of_nobody(demo):
    assert_told(run("status", "--db", "~nobody-of-this-name/so.db"), 1)
    assert run("diff", "--from", "~nobody-of-this-name/so.db").code == 1


@pytest.mark.parametrize("char", [*BIDI, "\0", "\x1b", "\x9b", "\u2028", "\udcff", "\u206a", "\ufff9"], ids=ascii)
def test_what_is_kept_holds_nothing_that_moves_a_cursor_or_turns_a_line(char):
    assert clean(f"10/QĐ{char}-UBND").replace(" ", "") == "10/QĐ-UBND"


@EXAMPLES
@given(
    cells=st.lists(st.lists(texts, min_size=4, max_size=4), min_size=1, max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)
def test_tables(demo, cells, encoding):
    text = io.StringIO()
    csv.writer(text).writerows([["Tên xã", "Danh hiệu", "Năm đạt chuẩn", "Số quyết định"], *cells])
    Path("bang.csv").write_bytes(text.getvalue().encode(encoding, errors="replace"))
    assert_good(["import", "bang.csv", "--yes"], demo, actions(demo))
    assert_good(["import", "bang.csv", "--what", "units", "--yes"], demo, actions(demo))


@EXAMPLES
@given(table=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".xlsx", ".xls", ".ods", ".toml", ""]))
def test_files_of_anything(demo, table, suffix):
    file = Path("gi" + suffix)
    file.write_bytes(table)
    assert_good(["import", file.name, "--yes"], demo, actions(demo))
    assert_good(["roadmap", "check", file.name], demo, actions(demo))
    assert_good(["verify", file.name], demo, actions(demo))


def test_what_is_told_of_a_recognition_comes_back_as_it_was_kept(demo):
    copy = kept(demo)

    @EXAMPLES
    @given(number=texts, issuer=texts, note=texts)
    def look(number, issuer, note):
        put_back(demo, copy)
        told_of_a_recognition(demo, number, issuer, note)

    look()


def told_of_a_recognition(demo, number, issuer, note):
    known = [f"--decision={number}", f"--issuer={issuer}", f"--note={note}", f"--source={note}"]
    argv = ["record", "30836", "--level", "nang-cao", "--year", "2025", *known]
    if assert_good(argv, demo, 1).code:  # no number of a decision: then the rest by one that is
        argv[argv.index(known[0])] = "--decision=10/QĐ-UBND"
        assert_good(argv, demo, 1)
    for command in (["history"], ["history", "2"], ["show", "30836"], ["list", "--level", "nang-cao", "-f", "json"]):
        assert_good(command, demo, actions(demo))
    assert_good(["export", "bao-cao.xlsx"], demo, actions(demo))


@EXAMPLES
@given(title=texts, number=texts, unit=texts, measure=texts)
def test_plans(demo, title, number, unit, measure):
    quoted = [f'"{_quoted(text)}"' for text in (title, number, unit, measure)]
    plan = Path("ke-hoach.toml")
    lines_ = [
        'key = "thu"',
        f"title = {quoted[0]}",
        f"number = {quoted[1]}",
        'issued_on = "2022-01-01"',
        'programme = "2021-2025"',
        f"scope = {quoted[2]}",
        "[[targets]]",
        f"measure = {quoted[3]}",
        'tier = "commune"',
        "2025 = { cumulative = 3 }",
    ]
    plan.write_text("\n".join(lines_), encoding="utf-8", errors="replace")
    for verb in ("check", "import"):
        assert_good(["roadmap", verb, plan.name], demo, actions(demo))


def _quoted(text):
    return "".join(
        f"\\u{ord(char):04x}" if ord(char) < 0xFFFF and not "\ud800" <= char <= "\udfff" else "?" for char in text
    )
