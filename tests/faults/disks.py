"""A small disk of its own, to be filled up or made read-only; only where this system lets us mount one."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BLOCK = 4096


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """An empty disk of `size` bytes mounted at `place`; skips the test where that is not allowed."""
    mount = shutil.which("mount")
    place.mkdir()
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=False).returncode
    ):
        pytest.skip("only the superuser of Linux may mount a disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill(disk: Path, left: int) -> Path:
    """A file that takes the room of a disk, but for `left` bytes."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - left) // BLOCK * BLOCK))
    return filler


def set_writable(disk: Path, *, writable: bool) -> None:
    """Mounts the disk anew, for reading only or for writing too."""
    subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", disk], check=True)
