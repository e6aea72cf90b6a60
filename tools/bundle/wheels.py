"""Wheels: ours is built, the others are downloaded until the set of each target is complete by its own markers."""

import subprocess
import sys
from collections.abc import Iterable, Sequence
from email.message import Message
from email.parser import HeaderParser
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version

from bundle import Target

DEVELOPERS = {"test", "lint", "browser"}  # the extras that nobody needs who only uses the program


class NotComplete(Exception):
    """A target for which no index has all wheels."""


class Wheel:
    """One wheel, told by its name and its metadata."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.name, self.version, _build, self.tags = parse_wheel_filename(file.name)

    @cached_property
    def metadata(self) -> Message:
        """The METADATA of the wheel."""
        with ZipFile(self.file) as archive:
            (name,) = (one for one in archive.namelist() if one.endswith(".dist-info/METADATA") and one.count("/") == 1)
            return HeaderParser().parsestr(archive.read(name).decode())

    @property
    def is_for_all(self) -> bool:
        """Whether it fits every system and every Python 3."""
        return Tag("py3", "none", "any") in self.tags

    @property
    def extras(self) -> list[str]:
        """What it offers beside its core."""
        return self.metadata.get_all("Provides-Extra") or []

    def requirements(self, extras: Iterable[str], target: Target) -> list[Requirement]:
        """What it needs there, with these of its extras."""
        wanted = [{**target.environment, "extra": extra} for extra in ["", *extras]]
        needed = map(Requirement, self.metadata.get_all("Requires-Dist") or [])
        return [one for one in needed if one.marker is None or any(one.marker.evaluate(where) for where in wanted)]


def build(root: Path, into: Path) -> Wheel:
    """Our own wheel, built from the checkout."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(into), str(root))
    (file,) = into.glob("ntmtrack-*.whl")
    return Wheel(file)


def wanted(wheel: Wheel) -> Requirement:
    """What a bundle installs: our wheel with all that its users may need."""
    extras = ",".join(sorted(set(wheel.extras) - DEVELOPERS))
    return Requirement(f"{wheel.name}[{extras}]=={wheel.version}")


def collect(target: Target, wheel: Wheel, into: Path) -> list[Wheel]:
    """The wheels of one target, downloaded.

    pip, which runs elsewhere, does not see what is needed there alone (colorama): it is asked until nothing lacks.
    Raises NotComplete.
    """
    asked = [str(wanted(wheel))]
    while True:
        _download(target, asked, wheel.file.parent, into)
        found, lacking = closure(wanted(wheel), target, [wheel, *_others(wheel, into)])
        more = sorted({str(_plain(one)) for one in lacking} - set(asked))
        if not lacking:
            return found
        if not more:
            raise NotComplete(f"{target.name}: {', '.join(map(str, lacking))}")
        asked += more


def collect_like(other: Sequence[Wheel], target: Target, wheel: Wheel, into: Path) -> list[Wheel]:
    """The wheels of one target in the versions of another's: only those for one system and Python are downloaded.

    Where that does not do, as `collect` finds them. Raises NotComplete.
    """
    for_all = [one for one in other if one.is_for_all]
    pinned = [f"{one.name}=={one.version}" for one in other if not one.is_for_all]
    try:
        _download(target, ["--no-deps", *pinned], wheel.file.parent, into)
        found, lacking = closure(wanted(wheel), target, [*for_all, *_others(wheel, into)])
    except NotComplete:
        return collect(target, wheel, into)
    return collect(target, wheel, into) if lacking else found


def closure(top: Requirement, target: Target, wheels: Iterable[Wheel]) -> tuple[list[Wheel], list[Requirement]]:
    """The wheels that `top` takes on a target, by name, and the requirements that none of `wheels` meets."""
    fitting = [wheel for wheel in wheels if wheel.tags & _tags(target)]
    found: dict[str, Wheel] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    lacking, open_ = [], [top]
    while open_:
        needed = open_.pop()
        name, extras = canonicalize_name(needed.name), frozenset(needed.extras)
        if (name, extras) in seen:
            if name in found and found[name].version not in needed.specifier:
                lacking.append(needed)
            continue
        seen.add((name, extras))
        meeting = [one for one in fitting if one.name == name and _meets(one.version, needed)]
        if not meeting:
            lacking.append(needed)
            continue
        found[name] = max(meeting, key=lambda one: (one.version, len(one.tags)))
        open_ += found[name].requirements(needed.extras, target)
    return sorted(found.values(), key=lambda one: one.file.name), lacking


def _others(wheel: Wheel, folder: Path) -> list[Wheel]:
    """What was downloaded beside our wheel, of which a kept folder may hold an earlier build."""
    return [one for file in folder.glob("*.whl") if (one := Wheel(file)).name != wheel.name]


def _meets(version: Version, needed: Requirement) -> bool:
    return needed.specifier.contains(version, prereleases=True)


def _plain(needed: Requirement) -> Requirement:
    """A requirement without its marker, which holds where it is needed and not where pip runs."""
    bare = Requirement(str(needed))
    bare.marker = None
    return bare


def _tags(target: Target) -> set[Tag]:
    major, minor = map(int, target.version.split("."))
    of_python = cpython_tags((major, minor), platforms=list(target.platforms))
    of_any = compatible_tags((major, minor), f"cp{major}{minor}", list(target.platforms))
    return {*of_python, *of_any}


def _download(target: Target, requirements: Sequence[str], links: Path, into: Path) -> None:
    platforms = [f"--platform={one}" for one in target.platforms]
    where = ["--python-version", target.version, "--implementation", "cp", *platforms]
    _pip("download", "--only-binary=:all:", *where, "--find-links", str(links), "--dest", str(into), *requirements)


def _pip(*argv: str) -> None:
    done = subprocess.run([sys.executable, "-m", "pip", *argv, "--quiet"], check=False, capture_output=True, text=True)
    if done.returncode:
        raise NotComplete(f"pip {' '.join(argv)}\n{done.stderr.strip()}")
