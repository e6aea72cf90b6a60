"""One of many programs that write to the same ledger: `python -m tests.faults.writer FIRST ROUNDS CODE…`.

Each action records, or revokes, two communes at once. Prints a line of JSON: what every refused call said, and how
long each call took.
"""

import contextlib
import io
import json
import sys
import time
from collections.abc import Iterator

from ntmtrack.cli import main

LEVELS = ("ntm", "nang-cao", "kieu-mau")


def calls(codes: list[str]) -> Iterator[list[str]]:
    """Four actions for every two communes: three levels, and the last of them revoked."""
    for pair in zip(codes[::2], codes[1::2], strict=True):
        for place, level in enumerate(LEVELS):
            yield ["record", *pair, "--level", level, "--year", str(2021 + place)]
        yield ["revoke", *pair, "--level", LEVELS[-1], "--decision", f"{pair[0]}/QĐ-UBND", "--date", "1/6/2024"]


def write(wanted: int, codes: list[str]) -> dict[str, list[object]]:
    """What went wrong, and the seconds of each call."""
    refused: list[object] = []
    seconds: list[object] = []
    with contextlib.redirect_stderr(io.StringIO()):
        main([*next(calls(codes)), "--dry-run"])  # loads the program
    for _number, argv in zip(range(wanted), calls(codes), strict=False):
        began = time.monotonic()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            code = main(argv)
        seconds.append(time.monotonic() - began)
        if code:
            refused.append((argv, code, said.getvalue()))
    return {"refused": refused, "seconds": seconds}


if __name__ == "__main__":
    print(json.dumps(write(int(sys.argv[1]), sys.argv[2:])))
