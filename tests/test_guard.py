"""No file of somebody else is replaced: a foreign one · one that was changed since · read-only · a folder · another
ledger · links stay links · pipes and devices are written to · every command that writes files, through one door."""

import os
import shutil
import stat
import threading
import zipfile
from pathlib import Path

import click
import pytest
from openpyxl import Workbook

from ntmtrack import files, paths, written_files
from ntmtrack.cli import declare
from ntmtrack.cli.app import tree
from ntmtrack.files import replacing
from ntmtrack.model import Tier
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, below
from ntmtrack.written_files import is_ours
from tests.running import NOW, WHO, begin, run

declare()
TABLE = "Tên xã,Danh hiệu,Năm\nXã không có,NTM,2020\n"
FOREIGN = b"c\xe1\xbb\xa7a ph\xc3\xb2ng\n"
# Every command that writes a file, with the name that it writes to; "import" writes two.
WRITERS = {
    "demo": (("demo", "--into", "."), "ntmtrack-demo.xlsx"),
    "units": (("units", "-o"), "a.csv"),
    "show": (("show", "30838", "-o"), "a.json"),
    "import": (("import", "bang.csv", "--annotate"), "a.csv"),
    "import -o": (("import", "bang.csv", "--no-annotate", "-o"), "a.txt"),
    "template": (("template",), "a.xlsx"),
    "progress": (("progress", "-o"), "a.csv"),
    "explain": (("explain", "nang-cao", "-o"), "a.json"),
    "map": (("map", "-o"), "a.txt"),
    "trend": (("trend", "-o"), "a.csv"),
    "list": (("list", "--level", "ntm", "-o"), "a"),
    "remaining": (("remaining", "--level", "ntm", "-o"), "a.csv"),
    "carry": (("carry", "-o"), "a.csv"),
    "criteria-gap": (("criteria-gap", "-o"), "a.csv"),
    "bands": (("bands", "-o"), "a.csv"),
    "candidates": (("candidates", "-o"), "a.csv"),
    "quota": (("quota", "-o"), "a.csv"),
    "award": (("award", "-o"), "a.csv"),
    "at-risk": (("at-risk", "-o"), "a.csv"),
    "values": (("values", "-o"), "a.csv"),
    "task": (("task", "-o"), "a.csv"),
    "register": (("register", "-o"), "a.csv"),
    "calendar": (("calendar", "2025", "-o"), "a.csv"),
    "entry": (("entry", "-o"), "a.csv"),
    "check": (("check", "-o"), "a.json"),
    "export": (("export",), "a.xlsx"),
    "export .docx": (("export",), "a.docx"),
    "export .csv": (("export",), "a.csv"),
    "export .json": (("export",), "a.json"),
    "export .md": (("export",), "a.md"),
    "export .html": (("export",), "a.html"),
    "export --template": (("export", "--template", "mau.xlsx"), "a.xlsx"),
    "status": (("status", "-o"), "a.txt"),
    "history": (("history", "-o"), "a.csv"),
    "proposals": (("proposals", "-o"), "a.csv"),
    "diff": (("diff", "--from", "so.db", "-o"), "a.json"),
    "backup": (("backup",), "a.db"),
    "verify": (("verify", "-o"), "a.txt"),
    "dump": (("dump",), "a.jsonl"),
    "doctor": (("doctor", "-o"), "a.json"),
    "roadmap list": (("roadmap", "list", "-o"), "a.csv"),
    "roadmap show": (("roadmap", "show", "kien-giang-kh168", "-o"), "a.txt"),
    "roadmap check": (("roadmap", "check", "kien-giang-kh168", "-o"), "a.csv"),
    "roadmap export": (("roadmap", "export", "--roadmap", "kien-giang-kh168"), "a.toml"),
    "roadmap export .xlsx": (("roadmap", "export", "--roadmap", "kien-giang-kh168"), "a.xlsx"),
    "roadmap export .csv": (("roadmap", "export", "--roadmap", "kien-giang-kh168"), "a.csv"),
    "roadmap new": (("roadmap", "new"), "a.xlsx"),
    "movement list": (("movement", "list", "-o"), "a.csv"),
    "movement show": (("movement", "show", "thi-dua-lai-chau", "-o"), "a.txt"),
    "movement check": (("movement", "check", "thi-dua-lai-chau", "-o"), "a.csv"),
    "movement export": (("movement", "export", "--movement", "thi-dua-lai-chau"), "a.toml"),
    "movement export .xlsx": (("movement", "export", "--movement", "thi-dua-lai-chau"), "a.xlsx"),
    "criteria show": (("criteria", "show", "xa-ntm", "-o"), "a.csv"),
    "criteria export": (("criteria", "export", "xa-ntm", "-o"), "a.xlsx"),
}
READERS = {"restore", "load"}  # whose paths are only read
OWN_RULES = {"demo", "backup"}  # one writes beside its ledger, one replaces nothing by itself
posix = pytest.mark.skipif(os.name == "nt", reason="files of the POSIX kind")
# One of every way to write is tried every day, the many commands with an -o of their own in CI.
ALIKE = {name for name, (argv, _file) in WRITERS.items() if argv[-1] == "-o"} - {"import -o", "list", "progress"}


def _each(names):
    marked = {name: [pytest.mark.slow] if name in ALIKE else [] for name in names}
    return pytest.mark.parametrize("name", [pytest.param(name, marks=marks) for name, marks in marked.items()])


each = _each(WRITERS)
most = _each(name for name in WRITERS if name not in OWN_RULES)


@pytest.fixture(scope="session")
def form(tmp_path_factory):
    """An office's form with one name to fill in."""
    book = Workbook()
    book.active["A1"] = "{{pham_vi}}"
    book.save(file := tmp_path_factory.mktemp("form") / "mau.xlsx")
    return file


@pytest.fixture(scope="session")
def built_district(tmp_path_factory):
    """A ledger of one huyện of Kiên Giang: what is written of it is soon worked out."""
    file = tmp_path_factory.mktemp("district") / "so.db"
    listed = below(BEFORE_JULY_2025, "91")
    (hon_dat,) = (unit.code for unit in listed if unit.name == "Hòn Đất" and unit.tier is Tier.DISTRICT)
    with acting(file, Ledger.Stamp("init", WHO, NOW), create=True) as ledger:
        ledger.add_units([unit for unit in listed if unit.code == "91" or hon_dat in (unit.code, unit.parent_code)])
        ledger.summary = "huyện Hòn Đất"
    assert run("roadmap", "import", "kien-giang-kh168", "--db", str(file)).code == 0
    assert run("record", "30838", "--level", "ntm", "--year", "2022", "--db", str(file)).code == 0
    assert run("movement", "import", "thi-dua-kien-giang", "--db", str(file)).code == 0
    assert run("assess", "30838", "--on", "30/6/2024", "--missing", "5", "--db", str(file)).code == 0
    return file


@pytest.fixture(autouse=True)
def at_work(built_district, office, form):
    """A ledger, a table with a fault and a form."""
    shutil.copy(built_district, office / "so.db")
    (office / "bang.csv").write_text(TABLE, encoding="utf-8")
    shutil.copy(form, office)


def write(name, *more, to=None):
    """Runs one of the writers; the file it writes to."""
    argv, file = WRITERS[name]
    target = to or file
    return run(*argv, *(() if name == "demo" else (str(target),)), *more), Path(target)


def commands(group, before=""):
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, f"{before}{name} ")
        else:
            yield f"{before}{name}", one


def test_every_command_that_writes_a_file_is_among_these_and_can_be_forced():
    found = dict(commands(tree()))
    takes_paths = {
        name for name, one in found.items() if any(isinstance(param.type, click.Path) for param in one.params)
    }
    forced = {name for name, one in found.items() if any(param.name == "force" for param in one.params)}
    assert takes_paths - READERS == forced == {name for name in WRITERS if name in found}


def test_nothing_else_in_the_program_opens_a_file_to_write():
    """What writes without the door: the door itself, ledgers and their text, streams, what stays in memory."""
    doors = {
        "files.py",
        "written_files.py",  # its own register
        "storage/dump.py",
        "storage/snapshots.py",
        "streams.py",
        "spreadsheets/xlsx_repair.py",
        "spreadsheets/word_package.py",
    }
    marks = ('open("w', 'open("a', ', "w"', ", 'w'", '"wb"')
    root = Path(files.__file__).parent
    found = {
        str(file.relative_to(root)).replace("\\", "/")
        for file in root.rglob("*.py")
        if any(mark in file.read_text(encoding="utf-8") for mark in marks)
    }
    assert found <= doors
    for file in root.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if ".write_text(" in text or ".write_bytes(" in text:
            assert "replacing(" in text or file.name in ("files.py", "written_files.py"), file


@each
def test_a_foreign_file_is_replaced_only_when_that_is_said(name, office):
    file = office / WRITERS[name][1]
    file.write_bytes(FOREIGN)
    refused, _file = write(name)
    assert refused.code == 1, refused
    assert f'"{file.stem} (2){file.suffix}"' in refused.err
    assert "--force" in refused.err
    assert file.read_bytes() == FOREIGN
    assert write(name, "--force")[0].code in (0, 3)
    assert file.read_bytes() != FOREIGN


@pytest.mark.parametrize("spoil", ["scrambled", "locked", "packed otherwise", "two kinds of moments"])
def test_a_workbook_that_cannot_be_looked_into_is_somebody_elses(spoil, office):
    assert run("export", "a.xlsx").code == 0
    file = (office / "a.xlsx").rename(office / "b.xlsx")  # of which the register knows nothing
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if spoil == "two kinds of moments":
        core = parts["docProps/core.xml"].decode()
        parts["docProps/core.xml"] = core.replace("Z</dcterms:modified>", "</dcterms:modified>").encode()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    file.write_bytes(_spoilt(file, spoil))
    refused = run("export", "b.xlsx")
    assert (refused.code, "b (2).xlsx" in refused.err) == (1, True), refused.both


def _spoilt(file, how):
    """A workbook with its stamp scrambled, or marked as locked or as packed in an unknown way."""
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        stamp = archive.getinfo("docProps/custom.xml")
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"docProps/custom.xml"))
    begin = stamp.header_offset + 30 + len("docProps/custom.xml")
    if how == "scrambled":
        content[begin : begin + stamp.compress_size] = b"\xff" * stamp.compress_size
    if how == "locked":
        content[entry + 8] |= 1
        content[stamp.header_offset + 6] |= 1
    if how == "packed otherwise":
        content[entry + 10] = content[stamp.header_offset + 8] = 99
    return bytes(content)


@most
def test_what_we_wrote_is_replaced_until_somebody_changes_it(name):
    for _month in range(3):
        done, file = write(name)
        assert done.code in (0, 3), done
    changed = file.read_bytes().replace(b"a", b"b", 1) + b"\n"
    file.write_bytes(changed)
    assert write(name)[0].code == 1
    assert file.read_bytes() == changed


@posix
@most
def test_of_a_link_what_it_leads_to_is_written_and_the_link_stays(name, office):
    (office / "xa").mkdir()
    place, link = office / "xa" / WRITERS[name][1], office / f"lien-ket{Path(WRITERS[name][1]).suffix}"
    link.symlink_to(place)
    refused, _file = write(name, to=link)
    assert refused.code == 1
    assert f"là liên kết tới {place}" in refused.err
    place.write_bytes(FOREIGN)
    assert write(name, to=link)[0].code == 1
    assert place.read_bytes() == FOREIGN
    for more in (["--force"], []):
        assert write(name, *more, to=link)[0].code in (0, 3)
    assert link.is_symlink()
    assert place.read_bytes() != FOREIGN


@posix
@most
def test_a_pipe_is_written_to(name, office):
    pipe = office / f"ong{Path(WRITERS[name][1]).suffix}"
    os.mkfifo(pipe)
    seen = []
    reader = threading.Thread(target=lambda: seen.append(pipe.read_bytes()))
    reader.start()
    done, _file = write(name, to=pipe)
    reader.join(10)
    assert done.code in (0, 3), done
    assert len(seen[0]) > 20
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert not [one for one in office.iterdir() if one.name.startswith(".")]


@posix
@pytest.mark.parametrize("name", ["list", "progress"])
def test_a_device_is_written_to_and_stays_one(name, office):
    assert write(name, to=os.devnull)[0].code == 0
    (office / "khong").symlink_to(os.devnull)
    assert write(name, to="khong")[0].code == 0
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
    assert (office / "khong").is_symlink()


@each
def test_a_file_that_may_only_be_read_stays_as_it_is(name, office):
    done, file = write(name)
    assert done.code in (0, 3)
    before = file.read_bytes()
    file.chmod(0o444)
    for more in ([], ["--force"]) if name != "backup" else ([],):
        refused, _file = write(name, *more)
        assert refused.code == 1
        assert file.read_bytes() == before
    assert name == "backup" or "chỉ đọc" in refused.err
    file.chmod(0o644)


def test_a_copy_of_the_ledger_replaces_none_by_itself(office):
    assert run("backup", "a.db").code == 0
    run("record", "30840", "--level", "nang-cao", "--year", "2025")
    before = Path("a.db").read_bytes()
    refused = run("backup", "a.db")
    assert (refused.code, '"a (2).db"' in refused.err, Path("a.db").read_bytes() == before) == (1, True, True)
    assert run("backup", "a.db", "--force").code == 0
    assert run("restore", "a.db", "--dry-run").code == 1  # it holds just what the ledger holds


def test_a_copy_never_takes_the_place_of_another_ledger_nor_of_its_own(office):
    begin("Lai Châu", db="khac.db")
    for name in ("khac.db", "so.db"):
        before = Path(name).read_bytes()
        refused = run("backup", name, "--force")
        assert (refused.code, "cơ sở dữ liệu" in refused.err) == (1, True)
        assert Path(name).read_bytes() == before
    if os.name == "posix":
        assert run("backup", os.devnull, "--force").code == 1


def test_an_earlier_dump_that_was_changed_is_not_replaced(office):
    for _time in range(2):
        assert run("dump", "so.jsonl").code == 0
    with (office / "so.jsonl").open("a", encoding="utf-8") as text:
        text.write("\n")
    refused = run("dump", "so.jsonl")
    assert (refused.code, "so.jsonl" in refused.err, '"so (2).jsonl"' in refused.err) == (1, True, True)
    assert run("dump", "so.jsonl", "--force").code == 0
    assert run("dump", "so.jsonl").code == 0


def test_the_register_names_nobody_and_is_bounded(office, monkeypatch):
    monkeypatch.setattr(paths, "data_folder", lambda: office / "của tôi")
    monkeypatch.setattr(written_files, "_KEPT", 3)
    for number in range(20):
        with replacing(office / f"xã {number}.txt") as draft:
            draft.write_text(str(number), encoding="utf-8")
    register = (office / "của tôi" / "written.txt").read_bytes()
    assert len(register.split()) <= 7
    assert all(len(line) == 64 and int(line, 16) for line in register.split())
    assert is_ours(office / "xã 19.txt")
    shutil.copy(office / "xã 19.txt", office / "khác.txt")
    assert not is_ours(office / "khác.txt")
    assert not is_ours(office / "xã 1.txt")


def test_without_a_register_a_file_is_somebody_elses(office, monkeypatch):
    (office / "tệp").write_text("", encoding="utf-8")
    monkeypatch.setattr(paths, "data_folder", lambda: office / "tệp")
    assert run("list", "--level", "ntm", "-o", "a.csv").code == 0
    assert run("list", "--level", "ntm", "-o", "a.csv").code == 1
    assert run("list", "--level", "ntm", "-o", "a.csv", "--force").code == 0
    assert run("export", "b.xlsx").code == run("export", "b.xlsx").code == 0  # a workbook carries its stamp
