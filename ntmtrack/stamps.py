"""The stamp that a report carries in its file, and whether the file was saved since."""

import hashlib
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

LONGEST_PROPERTY = 255  # letters of what a workbook tells of itself
STAMP = "ntmtrack "  # begins the name of every property that a report carries in its file
FINGERPRINT = f"{STAMP}fingerprint"
STAMP_PART = "docProps/custom.xml"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_OTHER_OFFICE = b"LibreOffice"  # which gives a copy one moment for both of its days
_DAYS = re.compile(r"<dcterms:(created|modified)[^>]*>([^<]+)<")
_A_MOMENT = timedelta(minutes=1)
_SEAL = re.compile(rb'<meta name="ntmtrack seal" content="([0-9a-f]{64})">\n')
_PAGE_BEGINS = b"<!doctype html>"


def sealed(page: str) -> str:
    """A page of HTML with the digest of all the rest of it, by which a change is seen."""
    seal = f'<meta name="{STAMP}seal" content="{hashlib.sha256(page.encode()).hexdigest()}">\n'
    return page.replace("<title>", f"{seal}<title>", 1)


def _is_sealed(page: bytes) -> bool:
    found = _SEAL.search(page)
    return found is not None and hashlib.sha256(page.replace(found[0], b"", 1)).hexdigest().encode() == found[1]


def is_as_stamped(file: Path) -> bool:
    """Whether a report carries the stamp and was not saved since: a page by its seal, a workbook as far as it tells."""
    with suppress(OSError), file.open("rb") as page:
        if page.read(len(_PAGE_BEGINS)) == _PAGE_BEGINS:
            return _is_sealed(_PAGE_BEGINS + page.read())
    return _workbook_is_as_stamped(file)


def _workbook_is_as_stamped(file: Path) -> bool:
    from zipfile import BadZipFile, ZipFile
    from zlib import error as BadStream  # noqa: N812 - as the other errors are written

    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
            is_stamped = STAMP_PART in parts and FINGERPRINT.encode() in archive.read(STAMP_PART)
            by_office = _APP in parts and _OTHER_OFFICE in archive.read(_APP)
            return is_stamped and not by_office and _CORE in parts and _is_as_written(archive.read(_CORE).decode())
    except (BadZipFile, BadStream, EOFError, OSError, ValueError, TypeError, RuntimeError):  # damaged, locked, or odd
        return False


def _is_as_written(core: str) -> bool:
    """Whether a workbook was last saved when it was made: what saves it later says so."""
    days = {name: datetime.fromisoformat(day) for name, day in _DAYS.findall(core)}
    made, saved = days.get("created"), days.get("modified")
    return made is not None and saved is not None and abs(saved - made) <= _A_MOMENT
