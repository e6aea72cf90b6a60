"""What an import says, as data."""

import json
from pathlib import Path
from typing import Any

from tests.running import Result, run


def weigh(file: Path | str, *more: str) -> tuple[Result, list[dict[str, Any]]]:
    """A dry run: what it printed, and its facts in the order of the file."""
    result = run("import", str(file), "--dry-run", "--no-annotate", "-f", "json", *more)
    return result, json.loads(result.out)["lines"] if result.out else []


def told(lines: list[dict[str, Any]], state: str = "new") -> list[tuple[str, str]]:
    """The units of one state with what is told of them."""
    return [(line["unit"], line["told"]) for line in lines if line["state"] == state]


def faults(lines: list[dict[str, Any]]) -> dict[str, str]:
    """What is wrong, by cell."""
    return {line["cell"]: line["rule"] for line in lines if line["state"] == "refused"}


def table(file: Path, text: str, encoding: str = "utf-8") -> Path:
    """A CSV in that encoding."""
    file.write_bytes(text.encode(encoding))
    return file


def recognised() -> list[tuple[str, str, int | None]]:
    """Every commune on record with its level and year, and every district."""
    found = []
    for tier in ("commune", "district"):
        for level in ("ntm", "nang-cao", "kieu-mau"):
            out = run("list", "--level", level, "--until", "2025", "--tier", tier, "-f", "json").out
            found += [(unit["name"], unit["level"], unit["year"]) for unit in json.loads(out)["units"]]
    return found
