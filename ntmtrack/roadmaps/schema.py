"""What a plan file must look like: strict keys, types, words and days; from plain tables to a Roadmap.

The same checks serve a TOML file and a spreadsheet: both arrive as {"roadmap": {...}, "line": [{..., "figure":
[{...}]}]}, with a function that says where each key stands.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from ntmtrack.dates import first_day, last_day
from ntmtrack.errors import UnknownProgramme
from ntmtrack.i18n import N_
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import (
    BEFORE,
    JOIN,
    MEASURES,
    NATION,
    REMAINING,
    UNIT_LISTS,
    WITHOUT_FIGURE,
    Roadmap,
    Target,
)
from ntmtrack.roadmaps.keys import FIGURE, HEAD, LINE, Fault, KeyRule, size, split_names
from ntmtrack.roadmaps.sets import held_of, hold_faults, set_fault
from ntmtrack.roadmaps.tables import TablesReader
from ntmtrack.roadmaps.toml_places import Path
from ntmtrack.roadmaps.words import WORDS, measure_meant, read_time, word_meant
from ntmtrack.text import plain

# Small letters and digits, parts joined by a hyphen: it is typed in commands, and names files.
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# As printed, with a decimal comma: “97,5”.
_PERCENT = re.compile(r"[0-9]{1,3}(,[0-9]+)?")
_VALUE = re.compile(r"[0-9]+(,[0-9]+)?")
_FIGURES = ("added", "cumulative", "percent", "value", "due_on", "units")
_TIMES = "2023, 6/2022, quý III/2022, 2024–2025, trước năm 2025"
_OUTLOOK, _LAST_YEAR = 5, 2050  # plans look ahead to 2030, 2035, …


def read_tables(tables: Mapping[str, Any], where: Callable[[Path], str]) -> tuple[Roadmap | None, list[Fault]]:
    """The roadmap in these tables; None where there are problems."""
    reading = _PlanReader(where)
    plan = reading.roadmap(tables)
    return (None if reading.problems else plan), reading.problems


class _PlanReader(TablesReader):
    """One pass over a plan's tables, collecting what is wrong instead of stopping."""

    def __init__(self, where: Callable[[Path], str]) -> None:
        super().__init__(where)
        self._programme: Programme | None = None
        self._base_year = 0
        self._seen: dict[tuple[object, ...], set[str]] = {}

    def roadmap(self, tables: Mapping[str, Any]) -> Roadmap | None:
        known = {"roadmap": KeyRule(dict, needed=True), "line": KeyRule(list, needed=True, tables=True)}
        sound = self.sound_keys(tables, (), known)
        head = self.sound_keys(sound["roadmap"], ("roadmap",), HEAD) if "roadmap" in sound else None
        if head:
            self._head(head)
        lines = sound.get("line", ())
        if lines == []:
            self.say(("line",), N_("has no figure"))
        targets = [target for place, line in enumerate(lines) for target in self._line(line, ("line", place))]
        if self.problems or head is None:
            return None
        return Roadmap(**{"scope_code": ""} | head, targets=tuple(targets))

    def _head(self, head: Mapping[str, Any]) -> None:
        path = ("roadmap",)
        if "key" in head and not _KEY.fullmatch(head["key"]):
            self.say((*path, "key"), N_("write small letters, digits and hyphens, e.g. kien-giang-kh168"))
        if not {"key", "supersedes"} - head.keys() and head["key"] == head["supersedes"]:
            self.say((*path, "supersedes"), N_("a plan cannot take its own place"))
        if "programme" in head:
            try:
                self._programme = programme(head["programme"])
            except UnknownProgramme as wrong:
                self.say((*path, "programme"), N_("must be one of {choices}"), choices=str(wrong.facts["known"]))
        if "scope_name" in head and not head.get("scope_code") and plain(head["scope_name"]) != plain(NATION):
            text = N_("missing; only the country's own plan, of “{nation}”, has none")
            self.say((*path, "scope_code"), text, nation=NATION)
        own, self._base_year = self._programme, head.get("base_year", 0)
        if own and "base_year" in head and not own.first_year - 10 <= head["base_year"] < own.last_year:
            self.say((*path, "base_year"), N_("lies outside the programme {programme}"), programme=own.key)
        if own and "issued_on" in head and not own.first_year - 5 <= int(head["issued_on"][:4]) <= own.last_year:
            self.say((*path, "issued_on"), N_("no plan of the programme {programme} is of that day"), programme=own.key)

    def _line(self, line: object, path: Path) -> list[Target]:
        if isinstance(line, Mapping) and "measure" not in line:  # people call it by what it mostly is
            line = {"measure" if key == "level" else key: value for key, value in line.items()}
        sound = self.sound_part(line, path, LINE)
        if sound is None:
            return []
        known = {key: value for key, value in sound.items() if key != "figure"}
        figures = sound.get("figure", [])
        if {"tier", "measure"} <= known.keys():
            known["tier"] = Tier(known["tier"])
            self._measure(known, path)
        self._base(known, path)
        if self._programme and (wrong := set_fault(self._programme, known)):
            self.say((*path, "of_set"), wrong[0], **wrong[1])
        if "figure" in sound and not figures:
            self.say((*path, "figure"), N_("has no figure"))
        return [
            target
            for place, figure in enumerate(figures)
            if (target := self._figure(known, figure, (*path, "figure", place)))
        ]

    def _measure(self, line: Mapping[str, Any], path: Path) -> None:
        measure = line["measure"]
        self._known(measure, (*path, "measure"))
        if measure in ("other", *WITHOUT_FIGURE) and "name" not in line:
            self.say((*path, "name"), N_("missing: say in words what is meant"))
        if measure in ("criteria-below", "criteria-at-least") and "threshold" not in line:
            self.say((*path, "threshold"), N_("missing: how many criteria"))

    def _known(self, measure: str, path: Path) -> None:
        """Says so where a measure is neither one or several levels of the programme nor anything else we know."""
        own = self._programme
        known = {level.key for level in (*own.levels, *own.beside)} if own else set()
        if own and measure not in MEASURES and set(measure.split(JOIN)) - known:
            choices = ", ".join((*(level.key for level in own.levels), *MEASURES))
            self.say(path, N_("must be one of {choices}"), choices=choices)

    def _base(self, line: Mapping[str, Any], path: Path) -> None:
        share = line.get("share_of", "all")
        if share == "other" and "base" not in line:
            self.say((*path, "base"), N_("missing: say in words of what the per cent is"))
        if share == "open" and len(set(line.get("readings", ()))) < 2:
            self.say((*path, "readings"), N_("give at least two bases that the document may mean"))
        if share != "open" and "readings" in line:
            self.say((*path, "readings"), N_('only with share_of = "open"'))

    def _figure(self, line: Mapping[str, Any], figure: object, path: Path) -> Target | None:
        known = self.sound_part(self._timed(figure, path), path, FIGURE)
        if known is None:
            return None
        self._range(known, path)
        for key, text in hold_faults(known):
            self.say((*path, key), text)
        self._numbers(known, path)
        self._times(known, path)
        _name_apart(known, line.get("tier"))
        if "part_of" in known:
            self._known(known["part_of"], (*path, "part_of"))
        some = _keys_of(figure) & {*_FIGURES} or line.get("share_of") == REMAINING
        if not some and line.get("measure") not in WITHOUT_FIGURE:
            self.say(path, N_("no figure (added, cumulative, percent or value)"))
        if self.problems:
            return None
        target = Target(**(held_of(self._programme, line, known) if self._programme else line), **known)
        self._once(target, path)
        return target

    def _timed(self, figure: object, path: Path) -> object:
        """A figure whose year is told in words, such as "6/2022", with all that they tell."""
        if not isinstance(figure, Mapping) or not isinstance(read := figure.get("year"), str):
            return figure
        time = read_time(read)
        if time is None:
            self.say(
                (*path, "year"),
                N_("no time that is understood: “{text}”; write {examples}"),
                text=read,
                examples=_TIMES,
            )
            return {key: value for key, value in figure.items() if key != "year"} | {"year": self._any_year()}
        for key in time.keys() & figure.keys() - {"year"}:
            if figure[key] != time[key]:
                self.say((*path, key), N_("does not agree with the year “{text}”"), text=read)
        return {**figure, **time}

    def _any_year(self) -> int:
        """A year that nothing more is said of."""
        return self._programme.last_year if self._programme else 2025

    def _once(self, target: Target, path: Path) -> None:
        """One sentence may print two numbers, "ít nhất 10, phấn đấu 12", but no line says one thing twice."""
        time = (target.year, target.span, target.nature, target.begins_on, target.due_on)
        printed = {field for field in _FIGURES if getattr(target, field) not in (None, ())}
        seen = self._seen.setdefault((*target.line, *time, target.operator), set())
        if seen & (printed or {"nothing"}):
            self.say(path, N_("the same line, year and span stand here a second time"))
        seen |= printed or {"nothing"}

    def _range(self, figure: dict[str, Any], path: Path) -> None:
        """Parts "from, to" into the two ends; a figure with such a pair has the operator "range"."""
        pairs = [key for key, rule in FIGURE.items() if rule.ranged and isinstance(figure.get(key), list)]
        for key in pairs:
            low, high = figure[key]
            if size(low) >= size(high):
                self.say((*path, key), N_("write the smaller end first: [2, 3], in a table 2–3"))
            figure[key], figure[f"{key}_high"] = low, high
        operator = figure.get("operator", "range" if pairs else "=")
        if (operator == "range") != bool(pairs) and not (pairs and operator == "about"):
            self.say(
                (*path, "operator"),
                N_('a range of two ends goes with the operator "range" or none, and nothing else does'),
            )
        if pairs and operator != "about":
            figure["operator"] = "range"
        _sort_operators(figure)

    def _numbers(self, figure: Mapping[str, Any], path: Path) -> None:
        for key in ("added", "cumulative", "total", "added_high", "cumulative_high"):
            if figure.get(key, 0) < 0 or (key == "total" and figure.get(key) == 0):
                self.say((*path, key), N_("a number of units cannot be {number}"), number=str(figure[key]))
        for key, pattern, example in (("percent", _PERCENT, '"77,59"'), ("value", _VALUE, '"1,5"')):
            for end in (key, f"{key}_high"):
                if end in figure and not pattern.fullmatch(figure[end]):
                    self.say((*path, key), N_("write the number alone, as printed, e.g. {example}"), example=example)

    def _times(self, figure: dict[str, Any], path: Path) -> None:
        own, year = self._programme, figure.get("year")
        aimed = figure.get("nature", "target") == "target"
        first = own.first_year if own and aimed else 2000
        outlook = aimed and year is not None and year % _OUTLOOK == 0 and year <= _LAST_YEAR
        if own and year is not None and not first <= year <= own.last_year and not (outlook and year > own.last_year):
            self.say((*path, "year"), N_("lies outside the programme {programme}"), programme=own.key)
        begins, due = figure.get("begins_on"), figure.get("due_on")
        if begins and due and first_day(begins) > last_day(due.removeprefix(BEFORE)):
            self.say((*path, "due_on"), N_("comes before begins_on"))
        if figure.get("span") == "period" and begins == str(self._base_year + 1):
            del figure["begins_on"]  # the plan's own period
        if {"within", "each"} <= figure.keys():
            self.say((*path, "each"), N_("not together with within"))

    def meant(self, key: str, value: Any) -> Any:
        """The key that a Vietnamese word stands for; anything else as it is."""
        if isinstance(value, list):
            return [self.meant(key, part) for part in value] if key in WORDS else value
        if not isinstance(value, str):
            return value
        if key in ("measure", "part_of"):
            return measure_meant(value, self._programme) or value
        return (word_meant(key, value) or value) if key in WORDS else value


def _name_apart(figure: dict[str, Any], tier: Tier | None) -> None:
    """Gives each unit that is named a place of its own in its list."""
    for key in UNIT_LISTS:
        if tier and key in figure:
            figure[key] = tuple(name for text in figure[key] for name in split_names(text, tier))


def _sort_operators(figure: dict[str, Any]) -> None:
    """Of two operators the second stays only where it is another, and where a count stands beside the per cent."""
    of_percent = figure.pop("percent_operator", None)
    if of_percent is None or "percent" not in figure:
        return
    if not figure.keys() & {"added", "cumulative", "value"}:
        figure["operator"] = of_percent if figure.get("operator", "=") == "=" else figure["operator"]
    elif of_percent != figure.get("operator", "="):
        figure["percent_operator"] = of_percent


def _keys_of(table: object) -> set[str]:
    return set(table) if isinstance(table, Mapping) else set()
