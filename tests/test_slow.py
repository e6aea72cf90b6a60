"""What takes long: the wheel as a user gets it, installed away from the source · every province of both eras."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, provinces
from tests.running import run

ROOT = Path(__file__).parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("ntmtrack-*.whl")
    return built


def test_what_is_inside(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for needed in (
        "ntmtrack/py.typed",
        "ntmtrack/_migrations/env.py",
        "ntmtrack/_migrations/ledger_schema.py",
        "ntmtrack/_migrations/versions/0001_the_whole_model.py",
        "ntmtrack/roadmaps/plans/kien-giang-kh168.toml",
        "ntmtrack/data/units_vn_2025-06.csv.xz",
        "ntmtrack/data/units_vn_2025-07.csv.xz",
        "ntmtrack/locale/vi/LC_MESSAGES/ntmtrack.mo",
        "ntmtrack/locale/vi/LC_MESSAGES/click.mo",
        "ntmtrack/programmes/2021-2025.toml",
        "ntmtrack/_docs/nhap-bang-tinh.md",
        "ntmtrack/_docs/en/guide.md",
        "ntmtrack/export/page/page.css",
        "ntmtrack/export/page/page.js",
    ):
        assert needed in names, needed
    assert not [name for name in names if name.startswith(("tests/", "migrations/", "sample_data/", "docs/"))]


def test_the_main_job_without_the_source(wheel, tmp_path):
    home = tmp_path / "máy sạch"
    venv.create(home, with_pip=True)
    subprocess.run([home / BIN / "pip", "install", "-q", str(wheel)], check=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "NTMTRACK_DB": str(tmp_path / "so.db")}

    def ntmtrack(*argv):
        done = subprocess.run(
            [home / BIN / "ntmtrack", *argv], cwd=tmp_path, env=environment, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    assert "90,52" in ntmtrack("demo") + ntmtrack("progress", "--years", "--db", "ntmtrack-demo.db")
    assert (tmp_path / "ntmtrack-demo.xlsx").stat().st_size > 10_000
    assert ntmtrack("help", "nhập bảng tính").startswith("# Nhập bảng tính các nơi gửi về\n")
    ntmtrack("init", "--province", "Lai Châu", "--programme", "2021-2025")
    ntmtrack("record", "Bản Bo", "--level", "ntm", "--year", "2022", "--decision", "1/QĐ-UBND", "--date", "5/1/2023")
    lines = [one for one in ntmtrack("progress", "--year", "2022").splitlines() if one.startswith("Xã đạt chuẩn NTM  ")]
    assert lines[0].split()[4:] == ["1", "1", "94", "1,06", "chưa", "đến", "hạn"]
    assert lines[1].split()[4:] == ["2025", "57,5%", "54", "hay", "55", "1", "1,82–1,85", "53–54", "17,7–18,0"]
    ntmtrack("roadmap", "export", "lộ trình.xlsx")
    assert "Không thấy gì sai" in ntmtrack("roadmap", "check", "ha-son-kh68")
    ntmtrack("roadmap", "import", "lộ trình.xlsx")
    ntmtrack("export", "báo cáo.xlsx")
    assert (tmp_path / "báo cáo.xlsx").exists()


def test_every_province_of_both_eras_can_be_started_and_asked(tmp_path):
    for units, period in ((BEFORE_JULY_2025, "2021-2025"), (FROM_JULY_2025, "2026-2030")):
        for unit in provinces(units):
            ledger = str(tmp_path / f"{period}-{unit.code}.db")
            assert run("init", "--province", unit.name, "--programme", period, "--db", ledger).code == 0, unit.name
            assert run("progress", "--db", ledger).code == 0, unit.name
