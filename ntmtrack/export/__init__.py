"""The kinds of file that a document is written as: one module a kind, `as_` and the ending."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from ntmtrack.export.document import Document

_PREFIX = "as_"


class Writer(Protocol):
    """What a kind's module offers. `SHEETS` are the keys of the sheets that it writes unless told; None: all.

    `LONGEST` is how many letters of a text it keeps; None: all.
    """

    SHEETS: tuple[str, ...] | None
    LONGEST: int | None

    def write(self, document: Document, file: Path) -> None:
        """Writes the document whole or not at all; raises FileBusy."""


def endings() -> list[str]:
    """The endings of the kinds that there are: ".csv", ".json" …."""
    return [
        f".{module.name.removeprefix(_PREFIX)}" for module in iter_modules(__path__) if module.name.startswith(_PREFIX)
    ]


def writer(file: Path) -> Writer | None:
    """The writer for a file, by its ending; None where there is none."""
    ending = file.suffix.lower()
    if ending not in endings():
        return None
    return cast(Writer, import_module(f"{__name__}.{_PREFIX}{ending.removeprefix('.')}"))
