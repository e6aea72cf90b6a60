"""Remarks beside an answer: said once · kept for whoever asked for them · said at once where that fails. Consoles of
other encodings: what they can show is shown right, the rest in plain letters, never as “?” · what is typed on them with
marks apart is kept as one letter · files with the line ends and the mark of Windows are read like others."""

import io
import os
import sqlite3
import subprocess
import sys
import unicodedata

import pytest

from ntmtrack.streams import kept_remarks, listen, never_fail_to_print, remark
from ntmtrack.text import encodable
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, every_unit
from tests.running import run

PROGRAM = [sys.executable, "-m", "ntmtrack"]
SENTENCE = "Xã đạt chuẩn NTM, luỹ kế: “Ủy ban” · 39 ≥ 35 – vượt…"


@pytest.fixture
def said():
    """What is said to whoever listens."""
    texts = []
    listen(texts.append)
    return texts


def test_a_remark_is_said_once(said):
    remark("a")
    remark("a")
    assert said == ["a"]


def test_kept_remarks_are_said_by_whoever_kept_them(said):
    with kept_remarks() as kept:
        remark("a")
    remark("b")
    assert (kept, said) == (["a"], ["b"])


def test_kept_remarks_are_not_lost_where_the_block_fails(said):
    def failing():
        with kept_remarks():
            remark("a")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        failing()
    assert said == ["a"]


def test_cp1258_shows_every_vietnamese_letter():
    letters = {char for unit in every_unit(BEFORE_JULY_2025) for char in unit.name + unit.name.upper()}
    for text in (SENTENCE.replace("≥", ">="), "".join(sorted(letters))):
        shown = encodable(text, "cp1258").encode("cp1258").decode("cp1258")
        assert unicodedata.normalize("NFC", shown) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("ascii", 'Xa dat chuan NTM, luy ke: "Uy ban" . 39 >= 35 - vuot...'),
        ("cp437", 'Xa dat chuan NTM, luy ke: "Uy ban" · 39 ≥ 35 - vuot...'),
        ("cp1252", "Xã dat chuan NTM, luy ke: “Uy ban” · 39 >= 35 – vuot…"),
        ("utf-8", SENTENCE),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_a_console_lacks_is_shown_in_plain_letters(encoding, shown, form):
    assert encodable(unicodedata.normalize(form, SENTENCE), encoding) == shown


def test_what_is_like_nothing_becomes_a_question_mark(monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "cp437")
    out = io.TextIOWrapper(raw := io.BytesIO(), encoding="cp437")
    never_fail_to_print(out)
    out.write("━━ 村 \udcff ậ a\u0323")
    out.flush()
    assert raw.getvalue().decode("cp437") == "== ? ? a a"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("encoding", ["cp1258", "ascii"])
def test_answers_and_refusals_are_readable_on_every_console(encoding):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": os.pathsep.join(sys.path)}
    for argv, code, words in (
        (["progress", "--year", "2024"], 0, "Xã đạt chuẩn NTM"),
        (["record", "Bình An", "--level", "ntm", "--year", "2024"], 1, "xã Bình An (huyện Kiên Lương)"),
    ):
        done = subprocess.run([*PROGRAM, *argv], env=environment, capture_output=True, check=False)
        told = (done.stdout + done.stderr).decode(encoding)
        assert (done.returncode, "?" in told, encodable(words, encoding) in told) == (code, False, True)


def test_what_is_typed_with_marks_apart_is_kept_as_one_letter(demo):
    def typed(*words):
        return run(*[unicodedata.normalize("NFD", word) for word in words])

    recorded = ("Bình An, Kiên Lương", "--level", "nâng cao", "--year", "2024", "--decision", "77/QĐ-UBND")
    assert typed("record", *recorded, "--date", "5/1/2025", "--source", "công văn").code == 0
    assert typed("add-commune", "Xã Thử Nghiệm", "--district", "huyện Hòn Đất").code == 0
    assert (
        typed("edit", "Bình An, Kiên Lương", "--level", "nâng cao", "--year", "2023", "--reason", "gõ nhầm").code == 0
    )
    assert typed("export", "a.json", "--agency", "Sở Nông nghiệp", "--place", "Rạch Giá").code == 0
    with sqlite3.connect(demo) as connection:
        kept = "\n".join(connection.iterdump())
    assert unicodedata.is_normalized("NFC", kept)
    assert all(word in kept for word in ("Thử Nghiệm", "77/QĐ-UBND", "công văn", "gõ nhầm", "Sở Nông nghiệp"))


@pytest.mark.usefixtures("demo")
class TestFilesOfWindows:
    """Line ends CR LF and the byte order mark, as Notepad and Excel write them."""

    def as_windows(self, file):
        text = file.read_text(encoding="utf-8-sig")
        file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
        return str(file)

    def test_a_table(self, office):
        (office / "a.csv").write_text("Tên xã,Danh hiệu,Năm\nBình An (Kiên Lương),Nâng cao,2024\n", encoding="utf-8")
        assert "Bình An" in run("import", self.as_windows(office / "a.csv"), "--dry-run").both

    def test_a_dump(self, office):
        assert run("dump", "so.jsonl").code == 0
        again = run("load", self.as_windows(office / "so.jsonl"), "--db", "lại.db")
        assert again.code == 0, again.err
        figures = [run("progress", "--year", "2024", "--db", file).out for file in ("so.db", "lại.db")]
        assert figures[0] == figures[1]

    def test_a_plan(self, office):
        for name in ("kh.toml", "kh.csv"):
            assert run("roadmap", "export", "--roadmap", "kien-giang-kh168", name).code == 0
            before = run("roadmap", "check", name)
            assert run("roadmap", "check", self.as_windows(office / name)) == before
            assert "168/KH-UBND" in before.out
