"""The pictures of docs/pictures, from reports of the sample: `python tools/make_pictures.py`.

It needs LibreOffice, pdftoppm (poppler-utils) and Chromium.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LETTERHEAD = ("--agency", "UBND tỉnh Kiên Giang; Văn phòng Điều phối nông thôn mới")
DOTS_PER_INCH = "72"
# The pages that are shown, counted from 1, by the file they are of.
PAGES = {"bao-cao.xlsx": {1: "tong-hop", 4: "theo-huyen"}, "bao-cao.docx": {1: "bao-cao-word"}}
PAGE_SIZE = "1100,760"  # of the window in which the .html is looked at


def main() -> int:
    """0 once every picture is written."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _program(work, "demo")
        for name in [*PAGES, "bao-cao.html"]:
            _program(work, "export", name, "--year", "2024", *LETTERHEAD, "--db", "ntmtrack-demo.db")
        PICTURES.mkdir(exist_ok=True)
        for name, pages in PAGES.items():
            _run(
                work,
                "libreoffice",
                f"-env:UserInstallation={work.as_uri()}/office",
                *["--headless", "--convert-to", "pdf"],
                name,
            )
            for page, picture in pages.items():
                _picture_of(work, Path(name).with_suffix(".pdf").name, page, picture)
        _picture_of_page(work, "bao-cao.html", "trang-xem")
    return 0


def _program(work: Path, *words: str) -> None:
    _run(work, sys.executable, "-m", "ntmtrack", *words)


def _picture_of(work: Path, document: str, page: int, picture: str) -> None:
    of_page = ("-f", str(page), "-l", str(page), "-singlefile")
    _run(work, "pdftoppm", "-png", "-r", DOTS_PER_INCH, *of_page, document, str(PICTURES / picture))


def _picture_of_page(work: Path, page: str, picture: str) -> None:
    chromium = shutil.which("chromium") or "chromium"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
    target = f"--screenshot={PICTURES / f'{picture}.png'}"
    _run(
        work,
        chromium,
        *quiet,
        f"--user-data-dir={work / 'browser'}",
        f"--window-size={PAGE_SIZE}",
        target,
        (work / page).as_uri(),
    )


def _run(work: Path, *command: str) -> None:
    subprocess.run(command, cwd=work, check=True, capture_output=True, env={**os.environ, "NTMTRACK_LANG": "vi"})


if __name__ == "__main__":
    sys.exit(main())
