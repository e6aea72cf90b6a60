"""By the day of decision: no verdict where recognitions of which no day is known could turn it, and else as before."""

import json

import pytest

from tests.running import run


@pytest.fixture
def recognised(ledger, office):
    """Writes communes of Kiên Giang that reached a level, all but some of them with the day of their decision."""
    codes = [unit["code"] for unit in json.loads(run("units", "--tier", "commune", "-f", "json").out)["units"]]
    codes = [code for code in codes if code]

    def write(dated, undated):
        rows = [f"{code};NTM;2019;{number}/QĐ-UBND;20/12/2019" for number, code in enumerate(codes[:dated], 1)]
        rows += [f"{code};NTM;2020;;" for code in codes[dated : dated + undated]]
        file = office / "a.csv"
        file.write_text("\n".join(["Mã xã;Mức;Năm đạt chuẩn;Số quyết định;Ngày ký", *rows]) + "\n", encoding="utf-8")
        assert run("import", str(file), "--yes", "--skip-bad").code in (0, 3)
        assert run("close-year", "2024").code == 0

    return write


@pytest.fixture
def raised(recognised, office):
    """Writes undated recognitions at the level above of units that have the level below with its day."""

    def write(dated):
        recognised(dated, 0)
        codes = [
            row["code"] for row in json.loads(run("list", "-l", "ntm", "--until", "2024", "-f", "json").out)["units"]
        ]
        file = office / "b.csv"
        rows = [f"{code};NTM nâng cao;2020" for code in codes]
        file.write_text("\n".join(["Mã xã;Mức;Năm đạt chuẩn", *rows]) + "\n", encoding="utf-8")
        assert run("import", str(file), "--yes", "--reopen", "thử").code == 0

    return write


def status():
    report = run("progress", "2024", "--basis", "decision")
    return next(line for line in report.out.splitlines() if line.startswith("Xã đạt chuẩn NTM  ")), report.out


def test_a_verdict_that_they_could_turn_is_withheld(recognised):
    recognised(60, 90)
    line, out = status()
    assert line.endswith("chưa đủ số liệu")
    assert "không tính 76 kết quả công nhận chưa rõ ngày quyết định" in out
    assert "rất chậm" in out  # of the levels above, which none of them could turn


def test_a_verdict_that_they_could_not_turn_stands(recognised):
    recognised(70, 10)
    assert status()[0].endswith("rất chậm")


def test_of_a_level_that_units_have_by_a_known_day_it_stands_whatever_is_undated_above(raised):
    raised(100)
    line, out = status()
    assert line.endswith("chậm")
    above = next(line for line in out.splitlines() if line.startswith("Xã đạt chuẩn NTM nâng cao"))
    assert above.endswith("chưa đủ số liệu")
