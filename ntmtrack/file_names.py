"""Names of files: what every system takes, and what Windows, where most papers are opened, does not."""

import os
import re
from pathlib import Path

from ntmtrack.i18n import _

ON_WINDOWS = os.name == "nt"

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file: devices, also with an ending ("AUX.xlsx").
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_JOINS = re.compile(r"[/\\:|]+")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_AT_THE_END = ". "
_LONGEST = 200  # bytes in UTF-8, of the 255 that a name may have: drafts, copies and numbers put something to it
_LONGEST_PATH = 259  # of Windows where nobody switched long ones on: MAX_PATH without the NUL at its end
_OF_A_DRAFT = 10  # letters that the name of a draft may have more than the file's


def safe_name(text: str, ending: str = "") -> str:
    """`text` as the name of a file that every system takes: "Quý III/2022: xã?", ".xlsx" → "Quý III-2022- xã.xlsx".

    Different texts may give one name, also one that differs in capitals alone, which is one name to Windows.
    """
    import unicodedata

    text = _FORBIDDEN.sub(" ", _JOINS.sub("-", unicodedata.normalize("NFC", text)))
    text = " ".join(text.split()).lstrip("-~. ")  # no option of a command, no hidden file, no lock of Office
    text = text.encode()[: _LONGEST - len(ending.encode())].decode(errors="ignore").rstrip(_AT_THE_END) or "_"
    stem, dot, rest = text.partition(".")
    return f"{stem}_{dot}{rest}{ending}" if _DEVICES.fullmatch(stem.rstrip()) else text + ending


def fault_on_windows(name: str) -> str | None:
    """Why Windows takes no file of this name, in words; None where it does."""
    device = name.partition(".")[0].rstrip()
    if _DEVICES.fullmatch(device):
        return _("Windows keeps the name {name} for a device").format(name=device)
    if found := _FORBIDDEN.search(name):
        return _("Windows takes no {sign} in the name of a file").format(sign=found[0][0])
    if name.endswith(tuple(_AT_THE_END)):
        return _("on Windows no name ends in a dot or a blank")
    return None


def stands_for_a_stream(name: str) -> bool:
    """Whether a name means the console of Windows, or nowhere, `NUL`, which may carry the ending of a form."""
    return name.casefold() == "con" or name.partition(".")[0].rstrip().casefold() == "nul"


def is_too_long(target: Path) -> bool:
    """Whether Windows takes no path as long as this, of which it says that there is no such folder."""
    return ON_WINDOWS and len(str(target.absolute())) + _OF_A_DRAFT > _LONGEST_PATH
