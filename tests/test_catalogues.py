"""Translations: every text of ours, and of typer and click, has its Vietnamese · placeholders agree · the compiled
files are those of the sources · what is shown in one language has nothing of the other."""

import ast
import re
from pathlib import Path

import openpyxl
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import ntmtrack
from ntmtrack import i18n
from ntmtrack.cli import declare
from ntmtrack.cli.app import tree
from ntmtrack.i18n import LANGUAGES, LOCALE_DIR, Language, use_language
from tests.running import run

declare()
PACKAGE = Path(ntmtrack.__file__).parent
CATALOGUES = LOCALE_DIR / "vi" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def catalogue(domain):
    with (CATALOGUES / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="vi")


def extracted():
    """Every text of the code: the message, or the pair of messages for one and many."""
    for _file, _line, message, _comments, _context in extract_from_dir(
        PACKAGE, [("**.py", "python")], keywords=KEYWORDS
    ):
        if message:
            yield message


def test_every_text_is_translated_and_none_is_left_over():
    known = {message.id for message in catalogue("ntmtrack") if message.id and message.string}
    assert set(extracted()) == known


def test_no_text_stands_within_an_f_string():
    """There it is not found by the extraction before Python 3.12, and would stay English."""
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            inner = ast.walk(node) if isinstance(node, ast.JoinedStr) else ()
            texts = [part for part in inner if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)]
            found = [text.func.id for text in texts if text.args and isinstance(text.args[0], ast.Constant)]
            assert not KEYWORDS.keys() & found, (file, node.lineno)


@pytest.mark.parametrize("domain", ["ntmtrack", "click"])
def test_placeholders_agree(domain):
    for message in catalogue(domain):
        if not message.id:
            continue
        original = message.id if isinstance(message.id, str) else message.id[1]
        for translated in [message.string] if isinstance(message.string, str) else message.string:
            assert sorted(PLACEHOLDER.findall(translated)) == sorted(PLACEHOLDER.findall(original)), original


def test_every_text_is_found_in_the_compiled_catalogue():
    compiled = i18n.catalogue("vi")
    for message in catalogue("ntmtrack"):
        if message.id:
            assert compiled.gettext(_first(message.id)) == _first(message.string)
    assert compiled.gettext("no such text") == "no such text"
    assert i18n.catalogue("xx").gettext("gap") == "gap"


@pytest.mark.parametrize("domain", ["ntmtrack", "click"])
def test_the_compiled_catalogue_is_up_to_date(domain):
    with (CATALOGUES / f"{domain}.mo").open("rb") as file:
        compiled = {_first(message.id): _first(message.string) for message in read_mo(file) if message.id}
    assert compiled == {_first(m.id): _first(m.string) for m in catalogue(domain) if m.id and m.string}


def _first(texts):
    """The message itself, or the first of its forms for one and many."""
    return texts if isinstance(texts, str) else texts[0]


def every_help():
    """The path of every command whose help can be asked for."""
    commands = tree().commands.items()
    subs = [(name, sub) for name, command in commands for sub in getattr(command, "commands", {})]
    return [(), *((name,) for name, _command in commands), *subs]


ENGLISH = re.compile(r"\b(the|of|and|this|with|Options|Usage|Examples|default|required|Show|Write)\b")


@pytest.mark.parametrize("path", every_help(), ids=" ".join)
def test_help_in_vietnamese_has_no_english_left(path):
    shown = run(*path, "--help").out
    assert shown
    words = re.sub(r"--[a-z-]+", "", shown)
    assert not ENGLISH.search(words), ENGLISH.search(words)
    assert "..." not in shown


@pytest.mark.parametrize("path", every_help(), ids=" ".join)
def test_help_in_english_says_it_in_english(path):
    shown = run(*path, "--help", "--lang", "en").out
    assert "Usage:" in shown
    assert "Tuỳ chọn" not in shown


MISUSES = [
    ["progres"],
    ["progress", "--yeer", "1"],
    ["progress", "--format", "xls"],
    ["progress", "thừa"],
    ["record"],
    ["record", "A"],
    ["record", "A", "--level"],
    ["history", "--limit", "x"],
    ["history", "--limit", "0"],
    ["roadmap", "shw"],
    ["progress", "--years=1"],
]


@pytest.mark.parametrize("argv", MISUSES, ids=" ".join)
def test_usage_errors_are_vietnamese_and_at_most_three_lines(argv):
    refused = run(*argv)
    assert refused.code == 2
    assert refused.err.startswith("Lỗi: ")
    assert refused.err.count("\n") <= 3
    assert not re.search(r"\b(No such|Missing|Invalid|Got|is not|requires|Try|does not)\b", refused.err), refused.err


def test_the_language_by_environment_and_by_switch(monkeypatch):
    assert run("--help").out != run("--help", "--lang", "en").out
    monkeypatch.setenv("NTMTRACK_LANG", "en")
    assert "Usage:" in run("--help").out
    assert "Cách dùng:" in run("--lang=vi", "--help").out
    monkeypatch.setenv("NTMTRACK_LANG", "xx")
    assert "Cách dùng:" in run("--help").out
    use_language("vi")


@pytest.mark.usefixtures("demo")
def test_a_language_is_its_table(monkeypatch):
    table = Language("'", ";", "{day}. {month}. {year}", "{month}. {year}", "{day}|{paper_month}|{year}", "[$-407]")
    monkeypatch.setitem(LANGUAGES, "xx", table)
    said = run("progress", "--year", "2024", "--lang", "xx").out
    assert "As of 31. 12. 2024" in said  # where nothing is translated, in English
    assert "NTM nâng cao" in said  # a level without a name in that language is called as the law has it
    assert "98;28" in said
    assert "[vi|en|xx]" in run("progress", "--help", "--lang", "xx").out
    assert run("export", "r.xlsx", "--date", "5/1/2026", "--lang", "xx").code == 0
    assert run("verify", "r.xlsx", "--lang", "xx").code == 0
    sheet = openpyxl.load_workbook("r.xlsx").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert any("05|01|2026" in str(cell.value) for cell in cells)
    assert any(cell.number_format.startswith("[$-407]") for cell in cells)
