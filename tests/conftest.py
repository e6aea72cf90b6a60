"""A ladder of ledgers: an empty folder → Kiên Giang's sample, built once and copied."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from types import FunctionType, MethodType
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

import ntmtrack.spreadsheets  # noqa: F401 - says which parser openpyxl takes before any test loads it
from ntmtrack.i18n import use_language
from ntmtrack.storage.address import Place
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.open import reading
from tests import places
from tests.postgresql import cluster, template
from tests.running import run

__all__ = ["cluster", "template"]

_Report = TypeVar("_Report", pytest.TestReport, pytest.CollectReport)

# No test is timed: a busy machine fails none of them.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, which installs what tests need, a test that is skipped because it “needs” a program has failed."""
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """So has a file of tests that need it."""
    return _judged((yield))


def _judged(report: _Report) -> _Report:
    if os.environ.get("TESTS_LACK_NOTHING") and report.skipped and "needs " in str(report.longrepr):
        report.outcome = "failed"
    return report


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a server, tests that are marked to be about a file are left out."""
    if places.ON_SERVER and (of_file := [item for item in items if item.get_closest_marker("of_file")]):
        config.hook.pytest_deselected(items=of_file)
        items[:] = [item for item in items if item not in of_file]


def pytest_collection_finish() -> None:
    """What is there for good, the tests among it, is not looked through for circles; those of tests, more seldom."""
    gc.freeze()
    gc.set_threshold(100_000)


@pytest.fixture(scope="session", autouse=True)
def home_of_the_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the program keeps what is the user's own: never that of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder := tmp_path_factory.mktemp("data")))
        yield folder


@pytest.fixture(scope="session")
def server_office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> places.Office | None:
    """Where ledgers lie with TESTS_ON_SERVER=1."""
    if not places.ON_SERVER:
        return None
    names = ("cluster", "template")
    places.OFFICE = places.Office(*map(request.getfixturevalue, names), tmp_path_factory.mktemp("services"))
    return places.OFFICE


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server_office: places.Office | None) -> Path:
    """An empty folder to work in, with its own ledger, in Vietnamese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NTMTRACK_DB", places.ADDRESS if server_office else str(tmp_path / "so.db"))
    if server_office:
        server_office.begin()
    monkeypatch.delenv("NTMTRACK_LANG", raising=False)
    monkeypatch.setenv("LANGUAGE", "vi")
    use_language("vi")
    return tmp_path


@pytest.fixture(scope="session")
def kept_offices() -> dict[object, tuple[Path, str]]:
    """By what was done: the folder that was left, and the ledger that is kept on a server, if any."""
    return {}


@pytest.fixture
def once(
    office: Path,
    server_office: places.Office | None,
    kept_offices: dict[object, tuple[Path, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Callable[[], object]], None]:
    """Does what fills the office once; afterwards the office gets a copy of what then lay in it."""

    def fill(do: Callable[[], object]) -> None:
        same = _same_as(do)
        if same in kept_offices:
            folder, kept = kept_offices[same]
            shutil.copytree(folder, office, dirs_exist_ok=True)
            if server_office:
                server_office.begin(kept)
        else:
            do()
            folder = shutil.copytree(office, tmp_path_factory.mktemp("kept") / "office")
            kept_offices[same] = folder, server_office.keep() if server_office else ""

    return fill


def _same_as(do: Callable[[], object]) -> object:
    """What tells whether two do the same: a function within a fixture is made anew for every test."""
    if isinstance(do, MethodType) and not isinstance(do.__self__, type):
        return type(do.__self__), do.__func__
    if not isinstance(do, FunctionType):
        return do
    try:
        knows = tuple(cell.cell_contents for cell in do.__closure__ or ())
        hash(knows)
    except TypeError:
        return do
    return do.__code__, knows


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    assert run("demo", "--into", str(folder)).code == 0
    return folder


@pytest.fixture
def demo(office: Path, built_demo: Path) -> Place:
    """The office's ledger is Kiên Giang's sample."""
    return places.begin_with(built_demo / "ntmtrack-demo.db")


@pytest.fixture
def connection(demo: Place) -> Iterator[Connection]:
    """The sample ledger, open for reading."""
    with reading(demo) as opened:
        yield opened
