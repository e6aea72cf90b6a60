"""One .zip from which ntmtrack is installed without network: `python tools/make_bundle.py -o ntmtrack.zip`.

It holds our wheel and every wheel it needs for the targets of `bundle.TARGETS`, licences, the documentation and start
files. The same checkout and the same wheels give the same bytes.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bundle import TARGETS, VERSIONS, Target, licences, pages
from bundle.wheels import NotComplete, Wheel, build, collect, collect_like, wanted

ROOT = Path(__file__).resolve().parent.parent
FILES = Path(__file__).resolve().parent / "bundle" / "files"
FOR_WINDOWS = ("Mo-ntmtrack.cmd", "Mo-ntmtrack.ps1", "ntmtrack.cmd")
WITHOUT_PYTHON = "chua-co-python.txt"
BEST = "3.13"  # that a person is told to get: its installer is the one that docs/cai-dat.md describes
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def main(argv: Sequence[str] | None = None) -> int:
    """0, or 1 where no complete bundle can be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=Path("ntmtrack.zip"))
    parser.add_argument("--only", nargs="+", metavar="TARGET", help="as windows-3.13; all targets by default")
    parser.add_argument("--wheels", type=Path, help="a folder that keeps what was downloaded, for the next time")
    options = parser.parse_args(argv)
    targets = [one for one in TARGETS if options.only is None or one.name in options.only]
    try:
        with tempfile.TemporaryDirectory() as folder:
            ours = build(ROOT, Path(folder))
            wheels = gather(targets, ours, options.wheels or Path(folder) / "wheels")
            entries = [*files(targets, ours, wheels), *(of_wheel for one in wheels for of_wheel in _licensed(one))]
            write(options.output, f"ntmtrack-{ours.version}", entries, wheels)
    except (NotComplete, licences.Refused) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    print(f"{options.output}: {_megabytes(options.output)} MB, {len(wheels)} wheels")
    return 0


def gather(targets: Iterable[Target], ours: Wheel, folder: Path) -> list[Wheel]:
    """The wheels of all targets, each file once. Raises NotComplete."""
    found: dict[str, Wheel] = {}
    wheels: list[Wheel] = []
    for target in targets:
        began = time.monotonic()
        into = folder / target.name
        into.mkdir(parents=True, exist_ok=True)
        wheels = collect_like(wheels, target, ours, into) if wheels else collect(target, ours, into)
        size = sum(one.file.stat().st_size for one in wheels)
        print(f"{target.name}: {len(wheels)} wheels, {size / 1e6:.1f} MB, {time.monotonic() - began:.0f} s", flush=True)
        found.update((one.file.name, one) for one in wheels)
    return [found[name] for name in sorted(found)]


def files(targets: Sequence[Target], ours: Wheel, wheels: Sequence[Wheel]) -> Iterable[tuple[str, bytes]]:
    """What a bundle holds beside its wheels, each with its place."""
    about = {
        "version": str(ours.version),
        "id": _digest(wheels),
        "install": str(wanted(ours)),
        "targets": [one.name for one in targets],
    }
    yield "start/bundle.json", json.dumps(about, indent=1).encode()
    yield "start/start.py", (FILES / "start.py").read_bytes()
    for name in FOR_WINDOWS:
        yield name, _for_windows(_filled(name))
    yield "mo-ntmtrack.sh", _filled("mo-ntmtrack.sh").encode()
    told = _filled(WITHOUT_PYTHON)
    yield f"start/{WITHOUT_PYTHON}", _for_windows(told)
    yield f"start/{WITHOUT_PYTHON.replace('.txt', '-khong-dau.txt')}", _for_windows(without_marks(told))
    yield "LICENCES.txt", _for_windows(licences.table(wheels))
    yield from pages.pages(ROOT / "docs")


def write(output: Path, root: str, entries: Iterable[tuple[str, bytes]], wheels: Iterable[Wheel]) -> None:
    """The .zip: sorted, without days, so that the same content gives the same bytes."""
    held = {**dict(entries), **{f"wheels/{one.file.name}": one.file.read_bytes() for one in wheels}}
    with ZipFile(output, "w") as archive:
        for name in sorted(held):
            info = ZipInfo(f"{root}/{name}", _LONG_AGO)
            info.create_system = 3
            info.external_attr = (0o100755 if name.endswith(".sh") else 0o100644) << 16
            info.compress_type = ZIP_STORED if name.endswith(".whl") else ZIP_DEFLATED
            archive.writestr(info, held[name])


def without_marks(text: str) -> str:
    """A text for a window that lacks Vietnamese letters."""
    import unicodedata

    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return apart.encode("ascii", "ignore").decode()


def _licensed(wheel: Wheel) -> Iterable[tuple[str, bytes]]:
    return ((f"licences/{wheel.name}/{name}", text) for name, text in licences.texts(wheel))


def _filled(name: str) -> str:
    """A file of the bundle with what it must tell: the versions, the newest tried ones first."""
    order = sorted(VERSIONS, key=lambda one: (one != BEST, [-int(part) for part in one.split(".")]))
    words = {"VERSIONS": " ".join(order), "SPAN": f"{VERSIONS[0]} đến {VERSIONS[-1]}", "BEST": BEST}
    text = (FILES / name).read_text(encoding="utf-8").replace("@FIRST@", pages.FIRST_PAGE)
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _for_windows(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _digest(wheels: Iterable[Wheel]) -> str:
    """Eight digits for all wheels: another set is another environment."""
    whole = hashlib.sha256()
    for wheel in wheels:
        whole.update(wheel.file.name.encode() + hashlib.sha256(wheel.file.read_bytes()).digest())
    return whole.hexdigest()[:8]


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:.1f}"


if __name__ == "__main__":
    sys.exit(main())
