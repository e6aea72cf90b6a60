"""The bundle from which an office installs without network: its start files, as Windows must have them · which Python
it takes · what a target needs by its own markers · licences · the same bytes twice. In CI, the whole of it: every
target complete, installed and used with the network cut, in a folder with blanks, marks and signs."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import make_bundle
import pytest
import start
from bundle import TARGETS, VERSIONS, Target, licences, pages
from bundle.wheels import Wheel, closure, wanted
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
HERE = "Sổ NTM 100% (Kiên Giang) & !tỉnh; #1"
WINDOWS = Target("windows", "3.13")
LINUX = Target("linux", "3.11")


def made_wheel(folder, name, *lines, version="1.0", tag="py3-none-any", has_text=True):
    """A wheel that holds its metadata only."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{version}-{tag}.whl"
    told = "\n".join(["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *lines])
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", told)
        if has_text:
            archive.writestr(f"{name}-{version}.dist-info/licenses/LICENSE", "may be passed on")
    return Wheel(file)


class TestStartFiles:
    @pytest.fixture
    def filled(self):
        return {name: make_bundle._for_windows(make_bundle._filled(name)) for name in make_bundle.FOR_WINDOWS}

    def test_they_are_ascii_with_the_line_ends_of_windows(self, filled):
        for text in filled.values():
            assert text.isascii()
            assert text.count(b"\n") == text.count(b"\r\n")

    def test_nothing_is_left_to_fill_in_and_every_version_is_tried(self, filled):
        assert not any(re.search(rb"@[A-Z]+@", text) for text in filled.values())
        for text in (
            filled["Mo-ntmtrack.cmd"],
            filled["Mo-ntmtrack.ps1"],
            make_bundle._filled("mo-ntmtrack.sh").encode(),
        ):
            assert all(version.encode() in text for version in VERSIONS)

    def test_commands_are_called_as_pages_and_messages_write_them(self, filled):
        assert filled["ntmtrack.cmd"].decode().split("\r\n")[-2:] == ['"%~dp0Mo-ntmtrack.cmd" %*', ""]

    def test_the_batch_file_reads_no_path_a_second_time(self, filled):
        lines = [line for line in filled["Mo-ntmtrack.cmd"].decode().splitlines() if not line.startswith("rem")]
        assert "DisableDelayedExpansion" in lines[1]  # else a “!” in a path is lost
        for line in lines:
            for found in re.finditer(r"%~dp0|%CD%", line):
                assert line.count('"', 0, found.start()) % 2, line  # a “&” or “(” outside quotes ends the command
            assert "%~dp0" not in line or not re.search(r"\bcall\b|\bfor\b", line), line
            assert "%" not in re.sub(r"%%[vp]|%~(?:dp0|1)|%\*|%[A-Z_]+%", "", line), line

    def test_the_steps_of_the_batch_file_stand_in_order(self, filled):
        text = filled["Mo-ntmtrack.cmd"].decode()
        steps = [
            "chcp 65001",
            "goto packed",
            'pushd "%~dp0start"',
            "call :try py",
            "python.exe",
            "start.py %*",
            "popd",
            "exit /b",
        ]
        places = [text.index(step) for step in steps]
        assert places == sorted(places)
        assert {f":{label}" for label in re.findall(r"(?:goto|call) :?(\w+)", text)} <= set(text.split("\r\n"))

    def test_a_message_for_a_window_without_vietnamese_letters(self):
        told = make_bundle._filled(make_bundle.WITHOUT_PYTHON)
        plain = make_bundle.without_marks(told)
        assert plain.isascii()
        assert "May nay chua co Python" in plain
        assert len(plain) == len(told)

    @pytest.mark.skipif(shutil.which("sh") is None, reason="a shell of the POSIX kind")
    def test_the_script_says_what_to_do_without_python_and_unpacked(self, tmp_path):
        script = tmp_path / HERE / "mo-ntmtrack.sh"
        (script.parent / "start").mkdir(parents=True)
        script.write_text(make_bundle._filled("mo-ntmtrack.sh"), encoding="utf-8")
        nowhere = {"PATH": str(tmp_path)}
        tools = tmp_path
        for name in ("dirname", "cat"):
            (tools / name).symlink_to(shutil.which(name))
        shell = shutil.which("sh")
        done = subprocess.run([shell, str(script)], env=nowhere, capture_output=True, text=True, check=False)
        assert (done.returncode, "giải nén" in done.stderr) == (11, True)
        (script.parent / "start" / "start.py").touch()
        (script.parent / "start" / make_bundle.WITHOUT_PYTHON).write_text("chưa có", encoding="utf-8")
        done = subprocess.run([shell, str(script)], env=nowhere, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (10, "chưa có")


class TestStart:
    @pytest.fixture
    def bundle(self, tmp_path, monkeypatch):
        """A bundle for this Python, without wheels."""
        monkeypatch.setattr(start, "ROOT", tmp_path)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "dữ liệu"))
        (tmp_path / "start").mkdir()

        def of(*targets):
            about = {"version": "1.0", "id": "abc", "install": "nothing", "targets": targets}
            (tmp_path / "start" / "bundle.json").write_text(json.dumps(about), encoding="utf-8")
            return tmp_path

        return of

    def test_a_python_without_wheels_here_is_not_the_one(self, bundle):
        bundle(*(one.name for one in TARGETS if one.version != "3.13"))
        assert start.main(["--probe"]) == (10 if start.this_python().endswith("-3.13") else 0)
        bundle("windows-3.10")
        assert start.main(["--probe"]) == start.main([]) == 10
        bundle(start.this_python())
        assert start.main(["--probe"]) == 0

    @pytest.mark.parametrize(
        ("platform", "told"), [("win32", "win32-"), ("win-arm64", "win-arm64-"), ("win-amd64", "windows-")]
    )
    def test_only_64_bits_of_intel_are_windows(self, monkeypatch, platform, told):
        monkeypatch.setattr(start.sysconfig, "get_platform", lambda: platform)
        assert start.this_python().startswith(told)

    def test_of_the_store_it_lives_at_home_where_others_see_it(self, monkeypatch, tmp_path):
        monkeypatch.setattr(start, "ON_WINDOWS", True)
        monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
        assert start.folder_of_programs() == tmp_path / "Local" / "ntmtrack" / "app"
        monkeypatch.setattr(sys, "base_prefix", r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.13")
        assert start.folder_of_programs() == Path.home() / "ntmtrack" / "app"

    @pytest.mark.slow
    def test_what_failed_is_told_and_made_anew_the_next_time(self, bundle, capsys):
        folder = bundle(start.this_python())
        assert start.main([]) == 12
        assert "Không chuẩn bị được" in capsys.readouterr().err
        (place,) = (made for made in (folder / "dữ liệu" / "ntmtrack" / "app").iterdir() if made.is_dir())
        assert not start.is_ready(place)

    @pytest.mark.skipif(os.name == "nt", reason="a process that can be killed in the middle")
    def test_a_window_that_was_closed_in_the_middle_holds_up_no_other(self, tmp_path):
        place = f"pathlib.Path({str(tmp_path / 'x')!r})"
        hold = f"import start, pathlib, time\nwith start.alone({place}): print(flush=True); time.sleep(60)"
        folder = Path(start.__file__).parent
        closed = subprocess.Popen([sys.executable, "-c", hold], cwd=folder, stdout=subprocess.PIPE)
        assert closed.stdout.readline()
        with (tmp_path / "x.lock").open("a+b") as lock:
            assert not start.is_taken(lock)
            closed.kill()
            closed.wait()
            closed.stdout.close()
            assert start.is_taken(lock)

    def test_where_nothing_can_be_written_one_goes_home(self, monkeypatch, tmp_path, capsys):
        (tmp_path / "Documents").mkdir()
        monkeypatch.setattr(start.Path, "home", lambda: tmp_path)
        monkeypatch.setattr(start, "_can_write", lambda: False)
        start.settle()
        assert Path.cwd() == tmp_path / "Documents"
        assert "Documents" in capsys.readouterr().err

    def test_one_starts_where_one_stands(self, monkeypatch, tmp_path):
        (tmp_path / HERE).mkdir()
        monkeypatch.setenv("NTMTRACK_START_FOLDER", str(tmp_path / HERE))
        start.settle()
        assert Path.cwd() == tmp_path / HERE


class TestWheels:
    def test_markers_are_those_of_the_target(self, tmp_path):
        top = made_wheel(tmp_path, "top", 'Requires-Dist: only-there; sys_platform == "win32"')
        there = made_wheel(tmp_path, "only_there")
        assert [one.name for one in closure(Requirement("top"), WINDOWS, [top, there])[0]] == ["only-there", "top"]
        assert [one.name for one in closure(Requirement("top"), LINUX, [top, there])[0]] == ["top"]
        assert [str(one) for one in closure(Requirement("top"), WINDOWS, [top])[1]] == [
            'only-there; sys_platform == "win32"'
        ]

    def test_a_wheel_for_another_system_or_python_is_none(self, tmp_path):
        for_it = made_wheel(tmp_path, "one", tag="cp313-cp313-win_amd64")
        stable = made_wheel(tmp_path, "two", tag="cp311-abi3-win_amd64")
        for target, lacking in ((WINDOWS, 0), (Target("windows", "3.14"), 1), (LINUX, 2)):
            tried = [closure(Requirement(name), target, [for_it, stable])[1] for name in ("one", "two")]
            assert sum(map(len, tried)) == lacking

    def test_a_version_that_another_refuses_is_lacking(self, tmp_path):
        top = made_wheel(tmp_path, "top", "Requires-Dist: a", "Requires-Dist: b")
        others = [made_wheel(tmp_path, "a", "Requires-Dist: b<2"), made_wheel(tmp_path, "b", version="2.0")]
        assert closure(Requirement("top"), LINUX, [top, *others])[1]

    def test_what_users_may_need_is_installed_and_not_what_developers_do(self, tmp_path):
        extras = [f"Provides-Extra: {name}" for name in ("old-excel", "docx", "test", "lint", "browser")]
        assert str(wanted(made_wheel(tmp_path, "ntmtrack", *extras))) == "ntmtrack[docx,old-excel]==1.0"


@pytest.mark.parametrize(
    ("told", "passes"),
    [
        ("License-Expression: MIT", True),
        ("License-Expression: LGPL-2.1-or-later", True),
        ("License-Expression: MIT OR GPL-2.0-only", True),
        ("License-Expression: GPL-3.0-or-later", False),
        ("License: AGPL v3", False),
        ("Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)", False),
        ("Classifier: License :: OSI Approved :: BSD License", True),
        ("Summary: tells none", False),
    ],
)
def test_a_licence_that_binds_whoever_passes_it_on_is_refused(tmp_path, told, passes):
    wheel = made_wheel(tmp_path, "one", told)
    if passes:
        assert licences.licence_of(wheel) in licences.table([wheel])
    else:
        with pytest.raises(licences.Refused, match=r"one-1\.0"):
            licences.table([wheel])
    assert dict(licences.texts(wheel)) == {"LICENSE": b"may be passed on"}


def test_a_package_without_the_text_of_its_licence_is_marked(tmp_path):
    with_text = made_wheel(tmp_path, "one", "License: MIT")
    without = made_wheel(tmp_path / "bare", "two", "License: MIT", has_text=False)
    lines = licences.table([with_text, without]).splitlines()
    assert [line.split()[:4] for line in lines[3:]] == [["one", "1.0", "MIT"], ["two", "1.0", "MIT", "*"]]


def test_pages_lead_to_each_other_and_to_their_headings():
    made = dict(pages.pages(ROOT / "docs"))
    for name, text in made.items():
        for link in re.findall(r'(?:href|src)="(?!https?:)([^"]+)', text.decode()) if name.endswith(".html") else []:
            place, _sign, heading = unquote(link).partition("#")
            target = os.path.normpath(Path(name).parent / place) if place else name
            assert target in made, (name, link)
            assert not heading or f'id="{heading}"' in made[target].decode(), (name, link)


def test_the_first_page_lists_all_others_by_vietnamese_titles():
    first = dict(pages.pages(ROOT / "docs"))[pages.FIRST_PAGE].decode()
    listed = re.findall(r'<li><a href="docs/([^"]+)">([^<]+)</a></li>', first.partition("<nav>")[2])
    every = {path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert {place for place, _title in listed} == every - {f"{pages.FIRST}.html"}
    assert [place for place, _title in listed[:2]] == ["bat-dau.html", "viec-hang-thang.html"]
    english = {source.read_text(encoding="utf-8").partition("\n")[0] for source in (ROOT / "docs" / "en").glob("*.md")}
    assert not {f"# {title}" for _place, title in listed} & english


def test_the_same_content_gives_the_same_bytes(tmp_path):
    wheel = made_wheel(tmp_path, "ntmtrack", "License: MIT")
    for name, reverse in (("a.zip", False), ("b.zip", True)):
        entries = sorted(make_bundle.files([LINUX], wheel, [wheel]), reverse=reverse)
        make_bundle.write(tmp_path / name, "ntmtrack-1.0", entries, [wheel])
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    names = zipfile.ZipFile(tmp_path / "a.zip").namelist()
    assert all(name.isascii() for name in names)
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.slow
class TestWhole:
    @pytest.fixture(scope="class")
    @classmethod
    def whole(cls, tmp_path_factory):
        """The bundle for every target, unpacked; CI makes it beforehand."""
        folder = tmp_path_factory.mktemp("bundle")
        file = Path(os.environ.get("TESTS_BUNDLE") or folder / "ntmtrack.zip")
        if not file.exists():
            assert make_bundle.main(["-o", str(file)]) == 0
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder / HERE)
        (unpacked,) = (folder / HERE).iterdir()
        return unpacked

    def test_every_target_has_all_it_needs(self, whole):
        wheels = [Wheel(file) for file in (whole / "wheels").iterdir()]
        assert {one.file.suffix for one in wheels} == {".whl"}
        (ours,) = (one for one in wheels if one.name == "ntmtrack")
        about = json.loads((whole / "start" / "bundle.json").read_text(encoding="utf-8"))
        assert about["targets"] == [one.name for one in TARGETS]
        assert about["install"] == str(wanted(ours))
        for target in TARGETS:
            found, lacking = closure(wanted(ours), target, wheels)
            assert (target.name, lacking) == (target.name, [])
            assert ("colorama" in {one.name for one in found}) == (target.system == "windows")

    def test_no_licence_forbids_to_pass_it_on(self, whole):
        told = (whole / "LICENCES.txt").read_text(encoding="utf-8")
        for file in (whole / "wheels").iterdir():
            wheel = Wheel(file)
            assert re.search(rf"^{re.escape(wheel.name)} +{re.escape(str(wheel.version))} ", told, re.MULTILINE)

    @pytest.mark.skipif(os.name == "nt", reason="a shell of the POSIX kind")
    def test_the_main_job_without_network(self, whole, tmp_path):
        cut = ["unshare", "--net", "--map-root-user"]
        if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
            cut = []  # no right to; --no-index alone must do
        home = tmp_path / "người dùng"
        place = home / "dữ liệu" / "ntmtrack" / "app"
        folder = tmp_path / HERE
        folder.mkdir()
        path = f"{Path(sys.executable).resolve().parent}{os.pathsep}{os.environ['PATH']}"
        environment = {"PATH": path, "HOME": str(home), "XDG_DATA_HOME": str(home / "dữ liệu"), "LANG": "C.UTF-8"}
        environment |= {"PIP_INDEX_URL": "https://localhost:9/simple", "PYTHONPATH": str(tmp_path / "none")}

        def ntmtrack(*argv):
            command = [*cut, "sh", str(whole / "mo-ntmtrack.sh"), *argv]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            return done

        assert "Mở lần đầu" in ntmtrack("demo").stderr
        (made,) = filter(Path.is_dir, place.iterdir())  # beside it lies its lock
        again = ntmtrack("export", "báo cáo.xlsx", "--year", "2024", "--db", "ntmtrack-demo.db")
        assert "Mở lần đầu" not in again.stderr
        assert (folder / "báo cáo.xlsx").stat().st_size > 10_000
        old = place / "0.0.1-00000000-py311"
        shutil.move(made, old)  # a bundle of before
        assert "Mở lần đầu" in ntmtrack("progress", "--db", "ntmtrack-demo.db").stderr
        assert [*filter(Path.is_dir, place.iterdir())] == [made]
