"""The office tables of the sample, built anew, and a ledger of Kiên Giang with nothing recognised."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from tests.running import begin

SCRIPT = Path(__file__).parents[2] / "sample_data" / "office_tables" / "make_tables.py"


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_tables", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def making() -> ModuleType:
    """The script that builds the tables."""
    return _module()


@pytest.fixture(scope="session")
def built_tables(tmp_path_factory: pytest.TempPathFactory, making: ModuleType) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    making.build(folder)
    return folder


@pytest.fixture(scope="session")
def built_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ledger") / "so.db"
    begin("Kiên Giang", db=file)
    return file


@pytest.fixture
def ledger(office: Path, built_ledger: Path) -> Path:
    """The office's ledger: Kiên Giang's units, nothing recognised."""
    return Path(shutil.copy(built_ledger, office / "so.db"))


@pytest.fixture
def tables(office: Path, built_tables: Path) -> Path:
    """The built tables in a folder of the office."""
    return Path(shutil.copytree(built_tables, office / "bảng các huyện gửi"))
