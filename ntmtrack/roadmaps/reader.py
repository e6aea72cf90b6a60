"""Reads one roadmap file: strict keys, typed dates, every problem found at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ntmtrack.errors import BadRoadmap
from ntmtrack.i18n import N_, _
from ntmtrack.model import Roadmap, Target, Tier

PERCENT = re.compile(r"\d{1,3}(,\d+)?")
SHARES = ("all", "ntm", "nested")
NATURES = ("target", "actual", "baseline")
SPANS = ("year", "period")
OPERATORS = ("=",)  # others are refused until progress can judge by them

_TEXT_HEAD = ("key", "title", "number", "issuer", "programme", "scope_code", "scope_name")
_HEAD: Mapping[str, type] = {
    **dict.fromkeys(_TEXT_HEAD, str),
    "issued_on": date,
    "base_year": int,
    "supersedes": str,
    "source": str,
}
_HEAD_NEEDED = {*_TEXT_HEAD, "issued_on", "base_year"}
_LINE: Mapping[str, type] = {"tier": str, "measure": str, "share_of": str, "figure": list}
_FIGURE: Mapping[str, type] = {
    "year": int,
    "nature": str,
    "span": str,
    "operator": str,
    "added": int,
    "cumulative": int,
    "percent": str,
    "total": int,
    "cite": str,
    "units": list,
}


def read_roadmap(file: Path) -> Roadmap:
    """The roadmap in `file`; raises BadRoadmap naming every problem with its place."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise BadRoadmap(file=file, count=1, problems=str(wrong)) from wrong
    reading = _Reading([])
    plan = reading.roadmap(table)
    if reading.problems:
        raise BadRoadmap(file=file, count=len(reading.problems), problems="; ".join(reading.problems))
    return plan


@dataclass
class _Reading:
    """One pass over a file's tables, collecting what is wrong instead of stopping."""

    problems: list[str]

    def roadmap(self, table: Mapping[str, Any]) -> Roadmap:
        self._check(table, "", {"roadmap": dict, "line": list}, {"roadmap", "line"})
        head = table.get("roadmap", {})
        self._check(head, "roadmap", _HEAD, _HEAD_NEEDED)
        lines = table.get("line", [])
        lines = lines if isinstance(lines, list) else []
        targets = [target for place, line in enumerate(lines, 1) for target in self._line(line, f"line[{place}]")]
        if self.problems:
            return Roadmap("", "", "", date.min, "", "", "", "", 0)
        return Roadmap(**head, targets=tuple(targets))

    def _line(self, line: Mapping[str, Any], where: str) -> list[Target]:
        if not self._check(line, where, _LINE, {"tier", "measure", "figure"}):
            return []
        self._choice(line, where, "tier", tuple(Tier))
        self._choice(line, where, "share_of", SHARES)
        return [
            target
            for place, figure in enumerate(line.get("figure", []), 1)
            if (target := self._figure(line, figure, f"{where}.figure[{place}]"))
        ]

    def _figure(self, line: Mapping[str, Any], figure: Mapping[str, Any], where: str) -> Target | None:
        if not self._check(figure, where, _FIGURE, {"year", "cite"}):
            return None
        self._choice(figure, where, "nature", NATURES)
        self._choice(figure, where, "span", SPANS)
        self._choice(figure, where, "operator", OPERATORS)
        if not PERCENT.fullmatch(str(figure.get("percent", "0"))):
            self.problems.append(_('{where}.percent: write it as printed, e.g. "77,59"').format(where=where))
        if not {"added", "cumulative", "percent"} & figure.keys():
            self.problems.append(_("{where}: no figure (added, cumulative or percent)").format(where=where))
        if self.problems:
            return None
        printed = {key: value for key, value in figure.items() if key != "units"}
        return Target(
            tier=Tier(line["tier"]),
            measure=line["measure"],
            share_of=line.get("share_of", "all"),
            units=tuple(figure.get("units", ())),
            **printed,
        )

    def _check(self, table: object, where: str, known: Mapping[str, type], needed: set[str]) -> bool:
        """Whether `table` is a table at all; what is wrong with its keys is collected."""
        if not isinstance(table, Mapping):
            self.problems.append(_("{where}: not a table").format(where=where))
            return False
        prefix = f"{where}." if where else ""
        for key, value in table.items():
            if key not in known:
                self._say(N_("{place}: unknown key"), prefix + key)
            elif type(value) is not known[key]:
                self._say(N_("{place}: wrong type, {type} expected"), prefix + key, type=known[key].__name__)
        for key in sorted(needed - table.keys()):
            self._say(N_("{place}: missing"), prefix + key)
        return True

    def _choice(self, table: Mapping[str, Any], where: str, key: str, choices: tuple[str, ...]) -> None:
        if key in table and table[key] not in choices:
            self._say(N_("{place}: must be one of {choices}"), f"{where}.{key}", choices=", ".join(choices))

    def _say(self, message: str, place: str, **facts: str) -> None:
        self.problems.append(_(message).format(place=place, **facts))
