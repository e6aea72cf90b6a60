"""What is to be exported, and how a file of it comes about."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ntmtrack.office.filing.letterhead import Given
from ntmtrack.office.question import Asked


class Request(NamedTuple):
    """A file, what it is asked about, and with which sheets or from which form."""

    file: Path
    asked: Asked
    sheets: str | None = None
    template: Path | None = None
    given: Given = Given()


class Job(NamedTuple):
    """How a file is written, whatever its name turns out to be, and what is said once it is."""

    write: Callable[[Path], object]
    said: Callable[[Path], str]
