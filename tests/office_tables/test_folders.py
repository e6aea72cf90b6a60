"""Two folders of returns go in: no record that the tables do not tell, and every hint leads on to the next step."""

import re

import pytest

from tests.office_tables import folders
from tests.office_tables.reading import faults, told, weigh
from tests.office_tables.test_returns import options_in
from tests.running import run

FILES = {**folders.BOOKS, **folders.TEXTS}
_FACT = re.compile(r"(?P<level>[^,]+), năm (?P<year>[0-9]{4})(, Quyết định (?P<decision>.+))?")
_MOST_STEPS = 5


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("returns")
    folders.build(folder)
    return folder


def followed(file, given):
    """What a file tells once every hint that the program gives is copied, the first way of each."""
    options = [*given]
    for _step in range(_MOST_STEPS):
        result, lines = weigh(file, *options)
        if result.out:
            return lines
        proposed = options_in(result.err.replace("DANH_HIỆU", "").replace("--level --year", ""))
        assert proposed, result.err
        chosen = proposed[-1]  # the last says what is not of the table, where there is a choice
        assert not {*chosen} <= {*options}, f"led nowhere: {chosen}"
        options += chosen
    raise AssertionError(f"no end: {options}")


def facts(lines):
    found = []
    for unit, what in told(lines):
        fact = _FACT.fullmatch(what)
        assert fact, what
        kind, _blank, name = unit.partition(" ")
        name = name.split(" (")[0]
        plain = name if kind == "xã" else f"{kind} {name}"
        found.append((plain, fact["level"], int(fact["year"]), fact["decision"] or ""))
    return sorted(found)


@pytest.mark.parametrize("name", FILES, ids=FILES)
def test_a_return_is_taken_in_as_an_officer_reads_it(built, name):
    _make, meant, given = FILES[name]
    assert facts(followed(built / name, given)) == sorted(meant)


def test_what_is_wrong_is_named_by_its_cell(built):
    _result, lines = weigh(built / "sở/Chưa soát.xlsx")
    assert list(faults(lines)) == [f"Xã!{cell}" for cell in ("B5", "B6", "B7", "D8", "G2", "G3", "G4")]


def test_all_of_them_go_in_one_after_the_other_and_once_more_change_nothing(built):
    for again in (False, True):
        for name, (_make, _meant, given) in FILES.items():
            skip = ["--map", "H=skip"] if name.endswith("Tân Hiệp.xlsx") else []
            done = run("import", str(built / name), "--skip-bad", "--no-annotate", "--yes", *given, *skip)
            assert (done.code, "đã có đủ" in done.err) == (0, again), (name, done.err)
    assert run("check").code in (0, 3)
