"""What needs more than one command line to come about: refusals, and days that lie in the past."""

from datetime import UTC, datetime

import openpyxl
import pytest

from ntmtrack import paths
from ntmtrack.model import Unit
from ntmtrack.roadmaps import read_roadmap
from ntmtrack.storage.ledger import acting
from ntmtrack.storage.queries.units import sole_province
from tests.running import run


def test_two_roadmaps_for_one_scope_are_both_named(demo):
    plan = read_roadmap(paths.sample_data() / "kien_giang" / "roadmap.toml")
    with acting(demo, verb="test", who="x", at=datetime(2026, 1, 1, tzinfo=UTC)) as ledger:
        province = sole_province(ledger.connection)
        assert isinstance(province, Unit)
        ledger.add_roadmap(plan._replace(key="kh-thu-hai"), province.id, {})
    refused = run("progress")
    assert (refused.code, "kh-thu-hai, kien-giang-kh168" in refused.err) == (1, True)
    assert run("progress", "--roadmap", "kien-giang-kh168").code == 0


def test_the_demo_never_overwrites_a_ledger_of_somebody(office):
    run("add-district", "Hòn Đất", "--db", "ntmtrack-demo.db")
    before = (office / "ntmtrack-demo.db").read_bytes()
    refused = run("demo")
    assert (refused.code, "không phải sổ mẫu" in refused.err) == (1, True)
    assert (office / "ntmtrack-demo.db").read_bytes() == before
    assert not (office / "ntmtrack-demo.xlsx").exists()


def test_a_unit_before_it_existed(demo):
    run("add-commune", "Thổ Sơn Mới", "--district", "huyện Hòn Đất", "--since", "1/7/2024")
    refused = run("record", "Thổ Sơn Mới", "--level", "ntm", "--year", "2023")
    assert (refused.code, "từ 01/07/2024" in refused.err) == (1, True)
    assert run("record", "Thổ Sơn Mới", "--level", "ntm", "--year", "2024").code == 0


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("level", "said"), [("nang-cao", "sau NTM nâng cao"), ("ntm", "đã đạt chuẩn NTM")], ids=["order", "twice"]
)
def test_a_lower_level_cannot_come_after_a_higher_one(level, said):
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    run("record", "Mới", "--level", "nang-cao", "--year", "2022")
    if level == "ntm":
        run("record", "Mới", "--level", "ntm", "--year", "2021")
    refused = run("record", "Mới", "--level", "ntm", "--year", "2023")
    assert (refused.code, said in refused.err) == (1, True)


@pytest.mark.usefixtures("demo")
def test_by_day_within_one_year():
    run("add-commune", "Mới", "--district", "huyện Hòn Đất")
    run("record", "Mới", "--level", "ntm", "--year", "2022", "--decision", "1/QĐ-UBND", "--date", "1/12/2022")
    refused = run(
        "record", "Mới", "--level", "nang-cao", "--year", "2022", "--decision", "2/QĐ-UBND", "--date", "1/3/2022"
    )
    assert (refused.code, "không thể trước" in refused.err) == (1, True)


def test_recognised_anew_where_no_text_says_that_the_old_level_counts_on(office):
    run("add-commune", "Mới")
    assert run("record", "Mới", "--level", "ntm", "--year", "2018").code == 0
    assert run("record", "Mới", "--level", "nang-cao", "--year", "2019").code == 0
    assert run("record", "Mới", "--level", "nang-cao", "--year", "2023").code == 0
    assert "Chưa kết luận" in run("progress", "--year", "2022").out


@pytest.mark.parametrize("verb", ["record", "revoke"])
def test_the_same_unit_twice_in_one_action(demo, verb):
    options = ["--year", "2025"] if verb == "record" else []
    code = "30836" if verb == "record" else "30838"
    assert run(verb, code, code, "--level", "nang-cao", *options).code == 1


@pytest.mark.usefixtures("demo")
def test_a_list_of_an_earlier_day_shows_the_evidence_of_that_day():
    run("revoke", "30931", "--level", "ntm", "--decision", "5/QĐ-UBND", "--date", "1/6/2025")
    run("revoke", "30931", "--level", "nang-cao", "--decision", "5/QĐ-UBND", "--date", "1/6/2025")
    before = run("list", "--level", "ntm", "--until", "2024", "--scope", "Giồng Riềng").out
    assert "xã Ngọc Thuận" in before
    assert "1007/QĐ-UBND" in next(line for line in before.splitlines() if "Ngọc Thuận" in line)
    assert "Ngọc Thuận" not in run("list", "--level", "ntm", "--until", "2025", "--scope", "Giồng Riềng").out
    lost = run("progress", "--year", "2025").out
    assert "Giảm so với cuối năm trước" in lost


@pytest.mark.usefixtures("demo")
def test_the_register_shows_only_what_counts_on_its_day():
    run("export", "r.xlsx", "--year", "2023", "--basis", "decision")
    sheet = openpyxl.load_workbook("r.xlsx")["Danh sách huyện"]
    row = next([cell.value for cell in row] for row in sheet.iter_rows() if row[3].value == "huyện An Biên")
    assert row[4:8] == ["chưa đạt", None, None, None]
