"""Where things lie: the ledger, the sample data, the migrations, the pages of help."""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

PACKAGE = Path(__file__).parent
ENVIRONMENT = "NTMTRACK_DB"
TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
EXCEL_LOCK, LIBREOFFICE_LOCK = "~$", ".~lock."  # begin the names of the marks that a file is open
_DOWNLOADS = ("Downloads", "Tải xuống", "Desktop")
_SHARED_FOLDERS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "syncthing")


def ledger_file(given: str | None) -> Path:
    """The ledger: `given` (--db), else NTMTRACK_DB, else one file in the user's data folder."""
    if chosen := given or os.environ.get(ENVIRONMENT):
        return expanded(chosen)
    return data_folder() / "ntmtrack.db"


def data_folder() -> Path:
    """The folder in which this program keeps what is the user's own; it may not be there yet.

    Python of the Microsoft Store is shown a private copy of AppData, which goes when that Python is removed, and which
    no other program sees: it gets a folder at home. https://docs.python.org/3.13/using/windows.html#known-issues
    """
    import platformdirs

    if os.name == "nt" and "WindowsApps" in sys.base_prefix:
        return Path.home() / "ntmtrack"
    return Path(platformdirs.user_data_dir("ntmtrack", appauthor=False))


def expanded(typed: str) -> Path:
    """A path as typed, with the user's own folder for "~"; as it is where "~" names nobody."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def dragged(typed: str) -> str:
    """A path as a file that was dragged into the console is typed there: without its quotation marks or escapes."""
    text = typed.strip().removeprefix("& ").strip()  # PowerShell's way to run what is quoted
    for opening, closing in ('""', "''", "“”"):
        if len(text) > 1 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1]
    if os.name != "nt" and "\\" in text and not Path(text).exists():
        return re.sub(r"\\(.)", r"\1", text)
    return text


def tables_at_hand() -> list[Path]:
    """The spreadsheets of the working folder and of the one that browsers save to, the newest first."""
    found: dict[Path, float] = {}
    home = Path.home()
    for folder in (Path(), *(home / name for name in _DOWNLOADS)):
        with suppress(OSError):
            for file in folder.iterdir():
                if file.suffix.lower() in TABLES and not file.name.startswith((EXCEL_LOCK, ".")):
                    found[file] = file.stat().st_mtime
    return sorted(found, key=lambda file: -found[file])


def migrations() -> Path:
    """The Alembic folder: inside an installed wheel, or at the top of a checkout."""
    return _shipped("_migrations", "migrations")


def sample_data() -> Path:
    """The sample data folder: inside an installed wheel, or at the top of a checkout."""
    return _shipped("_sample_data", "sample_data")


def docs() -> Path:
    """The pages of `help`: inside an installed wheel, or at the top of a checkout."""
    return _shipped("_docs", "docs")


def on_shared_folder(file: object) -> bool:
    """Whether `file` seems to lie in a folder that is synchronised or on the network, where SQLite may break."""
    if not isinstance(file, Path):  # a server keeps its files itself
        return False
    whole = str(file.absolute())
    return whole.startswith(("\\\\", "//")) or any(
        part.lower().startswith(_SHARED_FOLDERS) for part in file.absolute().parts
    )


def _shipped(in_wheel: str, in_checkout: str) -> Path:
    inside = PACKAGE / in_wheel
    return inside if inside.is_dir() else PACKAGE.parent / in_checkout
