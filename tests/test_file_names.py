"""Names that every system takes: of any text, made once and for all · what Windows refuses is refused there before
anything is written, and said elsewhere · NUL and the console · paths too long for Windows."""

import pytest

from ntmtrack import file_names
from ntmtrack.file_names import fault_on_windows, safe_name
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, every_unit
from tests.running import run

DEVICES = ["CON", "prn", "Aux", "NUL", "COM1", "com9", "LPT3", "COM¹", "CONIN$", "conout$"]
REFUSED = [f"{one}{ending}" for one in DEVICES for ending in ("", ".xlsx", ".tar.gz", " .txt")] + [
    *(f"a{sign}b.xlsx" for sign in '<>:"|?*\t'),
    "báo cáo.",
    "báo cáo.xlsx ",
    "báo cáo..",
]


@pytest.fixture
def windows(monkeypatch):
    """The rules of Windows, on whatever system this is."""
    monkeypatch.setattr(file_names, "ON_WINDOWS", True)


@pytest.mark.parametrize("name", REFUSED)
def test_what_windows_refuses_has_a_fault_and_a_safe_name(name):
    assert fault_on_windows(name)
    assert fault_on_windows(safe_name(name)) is None


@pytest.mark.parametrize("name", ["CONG.xlsx", "Aux moi.xlsx", "COM0x", "nul-1.csv", "báo cáo (2).xlsx", "a.b.c", "…"])
def test_what_only_looks_like_it_is_no_fault(name):
    assert fault_on_windows(name) is None
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quý III/2022: xã?", "Quý III-2022- xã.xlsx"),
        ("12/QĐ-UBND", "12-QĐ-UBND.xlsx"),
        ("  huyện   Hòn Đất. ", "huyện Hòn Đất.xlsx"),
        ("Hòn Đất", "Hòn Đất.xlsx"),  # marks apart come together
        ("aux", "aux_.xlsx"),
        ("NUL.2024", "NUL_.2024.xlsx"),
        ("--force", "force.xlsx"),
        ("~$mở", "$mở.xlsx"),
        ("../../etc/passwd", "etc-passwd.xlsx"),
        ("???", "_.xlsx"),
        ("", "_.xlsx"),
    ],
)
def test_any_text_makes_a_name(text, name):
    assert safe_name(text, ".xlsx") == name


def test_a_name_leaves_room_for_what_is_put_to_it():
    name = safe_name("ệ" * 300, ".xlsx")
    assert len(name.encode()) <= 200
    assert name.endswith("ệ.xlsx")
    assert not safe_name("a" * 199 + " b").endswith(" ")


def test_no_unit_of_the_country_needs_another_name():
    for units in (BEFORE_JULY_2025, FROM_JULY_2025):
        for unit in every_unit(units):
            assert safe_name(unit.name, ".xlsx") == f"{unit.name}.xlsx"


@pytest.mark.usefixtures("demo", "windows")
class TestOnWindows:
    @pytest.mark.parametrize("name", ["AUX.xlsx", "con.xlsx", "a:b.xlsx", "a?.xlsx"])
    def test_a_name_that_it_does_not_take_is_refused(self, name, office):
        before = set(office.iterdir())
        refused = run("export", name)
        assert refused.code == 1
        assert "Windows" in refused.err
        assert set(office.iterdir()) == before

    @pytest.mark.parametrize("name", ["NUL", "nul", "NUL.txt", "CON"])
    def test_nowhere_and_the_console_are_streams(self, name):
        assert file_names.stands_for_a_stream(name)
        assert not file_names.stands_for_a_stream(f"a{name}")
        assert not file_names.stands_for_a_stream("con.txt")

    def test_a_path_too_long_is_called_so(self, office):
        refused = run("list", "--level", "ntm", "-o", str(office / ("d" * 240) / "a.txt"))
        assert refused.code == 1
        assert "quá dài" in refused.err


@pytest.mark.usefixtures("demo")
def test_elsewhere_it_is_written_and_said(office):
    done = run("list", "--level", "ntm", "-o", "quý 1: xã.csv")
    assert done.code == 0
    assert (office / "quý 1: xã.csv").exists()
    assert "Lưu ý: quý 1: xã.csv không mở được trên Windows" in done.err
    assert "quý 1- xã.csv" in done.err
    assert "Windows" not in run("list", "--level", "ntm", "-o", "quý 1.csv").err


@pytest.mark.usefixtures("demo")
def test_the_longest_name_that_a_disk_takes_can_be_written(office):
    name = "ệ" * 83 + ".csv"  # 253 of 255 bytes
    assert run("list", "--level", "ntm", "-o", name).code == 0
