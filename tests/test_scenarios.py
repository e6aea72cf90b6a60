"""Situations that an official can check by hand: every file in tests/scenarios/, readable from top to bottom.

Each .toml has a question (`ten`), units (`huyen`, `xa`, `doi_ten`, or `so = "mau"`: the sample of Kiên Giang), what was
decided (`quyet_dinh`), plans in the program's own form (`ke_hoach`, or the name of a file beside it), the year until
which all was told (`khoa_so`: it is closed), questions (`cau_hoi`): a command line (`lenh`) and what must come of it:

· `tra_loi`  tables as they are printed, whole, with their headings; cells are parted by two blanks or more
· `ghi`      pieces of text that must be there, `khong_ghi` that must not
· `so_lieu`  figures of `-f json`, by line: "xã ntm", "huyện nang-cao", "xã ntm mức cao nhất", "xã ntm mỗi huyện";
             from 2026 on of another set than that of the period "xã ntm bộ 2021-2025", "xã ntm bộ 2021-2025+2026-2030"
· `ma_thoat` the exit code if it is not 0; `hom_nay` the day on which it is asked
· `loi`      the program is known to differ, and how: the question is expected to fail until it is mended
"""

import json
import re
import shutil
import tomllib
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from ntmtrack.commands.roadmap import read_plan
from ntmtrack.model import NewUnit, Tier
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.places import begin_with, our_ledger
from tests.running import NOW, run

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted(FOLDER.glob("*.toml"))
    if not file.name.endswith(".ke-hoach.toml")
}
PROVINCE = NewUnit("Thử", "tỉnh", Tier.PROVINCE, "99")
TIER_WORDS = {"commune": "xã", "district": "huyện", "province": "tỉnh", "village": "thôn"}
OWN_SET = "2026-2030"
KNOWN = {"ten", "so", "huyen", "xa", "doi_ten", "quyet_dinh", "ke_hoach", "khoa_so", "cau_hoi"}
KNOWN_OF_A_QUESTION = {"lenh", "tra_loi", "ghi", "khong_ghi", "so_lieu", "ma_thoat", "hom_nay", "loi"}


# Building the ledger --------------------------------------------------------------------------------------------


def names(text):
    """ "xã A1–A3, B1" → ["xã A1", "xã A2", "xã A3", "xã B1"]; "huyện A" stays as it is."""
    kind, _, rest = text.partition(" ")
    found = []
    for part in rest.split(", "):
        if run_of := re.fullmatch(r"([A-Z])(\d+)–\1(\d+)", part):
            letter, first, last = run_of.groups()
            found += [f"{kind} {letter}{number}" for number in range(int(first), int(last) + 1)]
        else:
            found.append(f"{kind} {part.removeprefix(kind).strip()}")
    return found


def new_units(scenario):
    """The made-up province, its districts, its communes, each with a code."""
    districts = scenario.get("huyen", {})
    renamed = {one["tu"]: one for one in scenario.get("doi_ten", [])}
    units = [PROVINCE] if districts or "xa" in scenario else []
    for place, (district, communes) in enumerate(districts.items(), 1):
        units.append(NewUnit(district.partition(" ")[2], "huyện", Tier.DISTRICT, f"99{place}", "99"))
        units += communes_of(communes, f"99{place}", renamed)
    if "xa" in scenario:
        units += communes_of(scenario["xa"], "99", renamed)
    return units


def communes_of(text, parent, renamed):
    for place, title in enumerate(names(text), 1):
        new = NewUnit(title.partition(" ")[2], "xã", Tier.COMMUNE, f"{parent:0<3}{place:02}", parent)
        if change := renamed.get(title):
            day = change["ngay"].isoformat()
            later = new._replace(name=change["thanh"].partition(" ")[2], since=day)
            new = later._replace(earlier=(new._replace(until=day),))
        yield new


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result


def record(one, ledger):
    """One decision by the real commands."""
    level, verb = (one["thu_hoi"], "revoke") if "thu_hoi" in one else (one["danh_hieu"], "record")
    argv = [verb, *names(one["don_vi"]), "--level", level]
    argv += ["--year", str(one["nam"])] if verb == "record" else []
    argv += ["--set", one["bo"]] if "bo" in one else []
    done(*argv, "--decision", one["so"], "--date", one["ngay"], "--db", str(ledger))


@pytest.fixture(scope="session")
def empty(tmp_path_factory):
    """A ledger in which nothing is."""
    file = tmp_path_factory.mktemp("empty") / "so.db"
    with acting(file, Ledger.Stamp("test", "canbo", NOW), create=True):
        pass
    return file


@pytest.fixture(scope="session")
def built(tmp_path_factory, built_demo, empty):
    """What gives the ledger of a scenario, each built once."""
    folder, known = tmp_path_factory.mktemp("scenarios"), {}

    def build(key):
        if key not in known:
            start = built_demo / "ntmtrack-demo.db" if SCENARIOS[key].get("so") == "mau" else empty
            known[key] = filled(shutil.copy(start, folder / f"{key}.db"), SCENARIOS[key])
        return known[key]

    return build


def filled(file, scenario):
    """The ledger in `file` with the units, decisions and plans of a scenario."""
    if units := new_units(scenario):
        with acting(Path(file), Ledger.Stamp("test", "canbo", NOW)) as opened:
            opened.add_units(units)
    for one in scenario.get("quyet_dinh", []):
        record(one, file)
    for text in scenario.get("ke_hoach", []):
        import_plan(text, file)
    if year := scenario.get("khoa_so"):
        result = run("close-year", str(year), "--db", str(file), now=max(NOW, datetime(year + 1, 1, 15, 3, tzinfo=UTC)))
        assert result.code == 0, result.both
    return file


def import_plan(text, ledger):
    """Takes in a plan: a file beside the scenarios, or written in the scenario itself."""
    file = FOLDER / text if "\n" not in text else Path(str(ledger)).with_suffix(".toml")
    if file.parent != FOLDER:
        file.write_text(text, encoding="utf-8")
    done("roadmap", "import", str(file), "--db", str(ledger))


# Asking ---------------------------------------------------------------------------------------------------------


def cells(line):
    """The cells of a printed row, whatever the widths of the columns."""
    return re.split(r"\s{2,}", line.strip())


def told(rows):
    """The rows without the columns in which nothing stands: what a table here has whole is printed without them."""
    head, *body = rows
    empty = {at for at in range(len(head)) if body and all(row[at : at + 1] == ["–"] for row in body)}
    return [[cell for at, cell in enumerate(row) if at not in empty] for row in rows]


def printed_tables(text):
    """Every block of lines that stand together, as rows of cells."""
    return [[cells(line) for line in block.splitlines()] for block in re.split(r"\n\s*\n", text.strip())]


def table_like(expected, printed):
    """The printed table with the heading of the expected one, from that heading on."""
    for block in printed_tables(printed):
        if expected[0] in block:
            return block[block.index(expected[0]) :]
    return None


def words_of(text):
    return " ".join(text.split())


def line_name(line):
    name = f"{TIER_WORDS[line['tier']]} {line['measure']}"
    name += " mức cao nhất" if line["counts"] == "highest" else ""
    name += f" mỗi {TIER_WORDS[line['each']]}" if line["each"] else ""
    return name + (f" bộ {line['set']}" if line.get("set", OWN_SET) != OWN_SET else "")


def figures(argv, now):
    report = json.loads(run(*argv, "-f", "json", now=now).out)
    found = {}
    for line in (*report["lines"], *report.get("beside", [])):
        found.setdefault(line_name(line), line)
    return found


def ask(question):
    """Asks, and holds every expectation of a question against the answer."""
    assert set(question) <= KNOWN_OF_A_QUESTION, question
    argv = arguments(question["lenh"])
    now = datetime.combine(question["hom_nay"], time(3), UTC) if "hom_nay" in question else NOW
    result = run(*argv, now=now)
    assert result.code == question.get("ma_thoat", 0), result.both
    tables = question.get("tra_loi", [])
    for text in [tables] if isinstance(tables, str) else tables:
        expected = told([cells(line) for line in text.strip().splitlines()])
        assert table_like(expected, result.out) == expected, result.out
    for text in question.get("ghi", []):
        assert words_of(text) in words_of(result.both)
    for text in question.get("khong_ghi", []):
        assert words_of(text) not in words_of(result.both)
    if "so_lieu" in question:
        got = figures(argv, now)
        for line, expected in question["so_lieu"].items():
            assert {key: got[line][key] for key in expected} == {key: absent(value) for key, value in expected.items()}


def absent(value):
    """TOML has no null: "–" stands for a figure that there is none of."""
    return None if value == "–" else value


def arguments(line):
    """The command line in words; quotes hold a name together."""
    return [quoted or word for quoted, word in re.findall(r'"([^"]*)"|(\S+)', line)]


QUESTIONS = [
    pytest.param(
        key,
        question,
        id=f"{key}: {question['lenh']}",
        marks=[pytest.mark.xfail(reason=question["loi"], raises=AssertionError, strict=True)]
        if "loi" in question
        else [],
    )
    for key in SCENARIOS
    for question in SCENARIOS[key]["cau_hoi"]
]


@pytest.mark.parametrize(("key", "question"), QUESTIONS)
def test_the_answer_is_what_was_worked_out_by_hand(office, built, key, question):
    begin_with(built(key))
    ask(question)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_scenario_is_complete(scenario):
    assert set(scenario) <= KNOWN
    assert scenario["ten"]
    assert scenario["cau_hoi"]


SIXTH = FOLDER / "15-ke-hoach-thu-sau.ke-hoach.toml"


def test_the_sixth_plan_says_the_same_as_a_table():
    assert read_plan(SIXTH.with_name("15-ke-hoach-thu-sau.csv")) == read_plan(SIXTH)


@pytest.mark.parametrize("ending", ["toml", "csv", "xlsx"])
def test_the_sixth_plan_comes_back_from_every_form(office, built, ending):
    begin_with(built("15-ke-hoach-thu-sau"))
    done("roadmap", "export", f"ra.{ending}")
    assert read_plan(Path(f"ra.{ending}")) == read_plan(SIXTH)
    assert "không thay đổi gì" in done("roadmap", "import", f"ra.{ending}").both


def test_the_sixth_plan_brought_as_a_table_gives_the_same_progress(office, built):
    begin_with(built("15-ke-hoach-thu-sau"))
    before = run("progress", "--year", "2024", "--wide").out
    done("undo")  # the plan, the last action
    assert "Chưa có lộ trình" in run("progress", "--year", "2024").out
    done("roadmap", "import", str(SIXTH.with_name("15-ke-hoach-thu-sau.csv")))
    assert run("progress", "--year", "2024", "--wide").out == before


def test_units_added_one_by_one_on_the_command_line_are_the_same(office, built, empty):
    key = "08-theo-huyen"
    begin_with(built(key))
    before = run("progress", "--year", "2023", "--wide").out
    begin_with(empty)
    with acting(our_ledger(), Ledger.Stamp("test", "canbo", NOW)) as opened:
        opened.add_units([PROVINCE])
    for unit in new_units(SCENARIOS[key])[1:]:
        above = {"district": ["--province", "tỉnh Thử"], "commune": ["--district", unit.parent_code]}[unit.tier]
        done(f"add-{unit.tier}", unit.name, "--code", unit.code, *above)
    for one in SCENARIOS[key]["quyet_dinh"]:
        record(one, our_ledger())
    for text in SCENARIOS[key]["ke_hoach"]:
        import_plan(text, our_ledger())
    assert run("progress", "--year", "2023", "--wide").out == before
