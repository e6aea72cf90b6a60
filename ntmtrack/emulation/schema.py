"""What a movement's file must look like: strict keys, types, words and days; from plain tables to a Movement.

The same checks serve a TOML file, a spreadsheet and what the ledger holds: all arrive as {"movement": {...}, "date":
[...], "award": [...], "condition": [...]}, with a function that says where each key stands.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ntmtrack.dates import first_day, last_day
from ntmtrack.emulation import (
    AGENCY,
    AwardRule,
    Condition,
    Deadline,
    Frequency,
    Ground,
    Grouping,
    Movement,
    Need,
    Recipient,
)
from ntmtrack.emulation.keys import HEAD, SECTIONS
from ntmtrack.errors import UnknownProgramme
from ntmtrack.i18n import N_
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes import programme
from ntmtrack.roadmaps.keys import Fault, KeyRule
from ntmtrack.roadmaps.tables import TablesReader
from ntmtrack.roadmaps.toml_places import Path

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RULE_KEY = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})")
_USUAL_YEAR = 2023  # without a 29/02, which most years have not
_WHEN = ("yearly", "once", "monthly")
_LONGEST = 15  # years that a movement may go on for
_MOST_PLACES = 1_000


def read_tables(tables: Mapping[str, Any], where: Callable[[Path], str]) -> tuple[Movement | None, list[Fault]]:
    """The movement in these tables; None where there are faults."""
    reader = _MovementReader(where)
    movement = reader.movement(tables)
    return (None if reader.problems else movement), reader.problems


class _MovementReader(TablesReader):
    """One pass over a movement's tables, collecting what is wrong instead of stopping."""

    def __init__(self, where: Callable[[Path], str]) -> None:
        super().__init__(where)
        self._programme: Programme | None = None
        self._years = range(0)

    def movement(self, tables: Mapping[str, Any]) -> Movement | None:
        known = {"movement": KeyRule(dict, needed=True), **dict.fromkeys(SECTIONS, KeyRule(list, tables=True))}
        sound_tables = self.sound_keys(tables, (), known)
        head = self.sound_part(sound_tables["movement"], ("movement",), HEAD) if "movement" in sound_tables else None
        if head is not None:
            self._head(head)
        rules = {section: self._rules(section, sound_tables.get(section, [])) for section in SECTIONS}
        if not any(rules.values()):
            self.say((), N_("has no rule: no date, no form of award"))
        self._awards_named(rules)
        if self.problems or head is None:
            return None
        return Movement(
            **{**head, "grouping": Grouping(head.get("grouping", Grouping.DISTRICT))},
            deadlines=tuple(Deadline(**_typed(row)) for row in rules["date"]),
            awards=tuple(AwardRule(**_typed(row)) for row in rules["award"]),
            conditions=tuple(Condition(**_typed(row)) for row in rules["condition"]),
        )

    def _head(self, head: Mapping[str, Any]) -> None:
        path = ("movement",)
        if "key" in head and not KEY.fullmatch(head["key"]):
            self.say((*path, "key"), N_("write small letters, digits and hyphens, e.g. kien-giang-kh168"))
        if not {"key", "supersedes"} - head.keys() and head["key"] == head["supersedes"]:
            self.say((*path, "supersedes"), N_("a movement cannot take its own place"))
        if "programme" in head:
            try:
                self._programme = programme(head["programme"])
            except UnknownProgramme as wrong:
                self.say((*path, "programme"), N_("must be one of {choices}"), choices=str(wrong.facts["known"]))
        if {"begins_on", "ends_on"} <= head.keys():
            begins, ends = first_day(head["begins_on"]), last_day(head["ends_on"])
            if ends < begins:
                self.say((*path, "ends_on"), N_("comes before the first day"))
            elif ends.year - begins.year > _LONGEST:
                self.say((*path, "ends_on"), N_("more than {count} years after the first day"), count=str(_LONGEST))
            else:
                self._years = range(begins.year, ends.year + 1)

    def _rules(self, section: str, rows: Sequence[object]) -> list[dict[str, Any]]:
        check = {"date": self._date, "award": self._award, "condition": self._condition}[section]
        sound, seen = [], set[str]()
        for place, row in enumerate(rows):
            path = (section, place)
            known = self.sound_part(row, path, SECTIONS[section])
            if known is None:
                continue
            key = str(known.get("key", "")).casefold()
            if key and not _RULE_KEY.fullmatch(key):
                self.say((*path, "key"), N_("write letters and digits, parts joined by a hyphen, e.g. A2, dang-ky"))
            if key and key in seen:
                self.say((*path, "key"), N_("“{key}” stands here a second time"), key=known["key"])
            seen.add(key)
            check(known, path)
            sound.append(known)
        return sound

    def _awards_named(self, rules: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Says of conditions which of the awards that they name there are not."""
        keys = {str(row.get("key", "")).casefold() for row in rules["award"]}
        for place, row in enumerate(rules["condition"]):
            if unknown := [key for key in row.get("awards", ()) if key.casefold() not in keys]:
                text = N_("no form of award is called {keys}")
                self.say(("condition", place, "awards"), text, keys=", ".join(unknown))

    def _date(self, row: dict[str, Any], path: Path) -> None:
        told = [key for key in _WHEN if row.get(key)]
        if len(told) != 1:
            self.say(path, N_("tell the day by one of yearly, once, monthly"))
        if "yearly" in row:
            self._yearly(row, path)
        elif row.get("before"):
            self.say((*path, "before"), N_('goes with yearly; of another day write once = "<2023-09-30"'))
        self._years_of(row, path)
        if row.get("shown_by") and "tier" not in row:
            self.say((*path, "tier"), N_("missing: the units that register"))

    def _yearly(self, row: dict[str, Any], path: Path) -> None:
        """Writes the day with two digits each."""
        match = _DAY_OF_YEAR.fullmatch(row["yearly"])
        if match and _is_day_of_year(int(match[1]), int(match[2])):
            row["yearly"] = f"{int(match[1]):02}/{int(match[2]):02}"
        else:
            text = N_("no day of a year: “{text}”; write a day and a month, e.g. 15/01")
            self.say((*path, "yearly"), text, text=row["yearly"])

    def _award(self, row: dict[str, Any], path: Path) -> None:
        ground = row.get("ground")
        if ground in (Ground.RECOGNITION, Ground.MOST_CRITERIA) and "tier" not in row:
            self.say((*path, "tier"), N_("missing: the tier of the units that it is for"))
        if ground == Ground.RECOGNITION and not row.get("levels"):
            self.say((*path, "levels"), N_("missing: the levels that it is for"))
        if ground == Ground.CONTRIBUTION and not {"at_least", "stars"} & row.keys():
            self.say(path, N_("tell the least sum in đồng, or the least stars of a product"))
        if row.get("at_least", 1) < 1:
            self.say((*path, "at_least"), N_("a sum cannot be {number}"), number=str(row["at_least"]))
        if row.get("stars", 3) not in range(1, 6):
            self.say((*path, "stars"), N_("OCOP products have 1 to 5 stars"))
        self._levels(row.get("levels", ()), (*path, "levels"), row.get("tier"))
        if row.get("frequency") == Frequency.AT_REVIEWS and not row.get("years"):
            self.say((*path, "years"), N_("missing: the years of reviews, sơ kết and tổng kết"))
        self._years_of(row, path)
        self._places(row, path)

    def _places(self, row: dict[str, Any], path: Path) -> None:
        places = row.get("places")
        if places is not None and not 1 <= places <= _MOST_PLACES:
            self.say((*path, "places"), N_("a number of places cannot be {number}"), number=str(places))
        if "for_each" in row and places is None:
            self.say((*path, "places"), N_("missing: how many for each"))
        if "agencies" in row and row.get("for_each") != AGENCY:
            self.say((*path, "agencies"), N_("only where places are for each agency"))
        for key in ("parts", "agencies"):
            own = row.get(key, {})
            if any(type(count) is not int or not 1 <= count <= _MOST_PLACES for count in own.values()):
                self.say((*path, key), N_("a number of places for each name"))
                continue
            if any(re.search(r"[;:\n]", name) for name in own):
                self.say((*path, key), N_("names without “;” and “:”"))
            if key == "parts" and own and sum(own.values()) != places:
                text = N_("the parts make {sum} places, not {places}")
                self.say((*path, key), text, sum=str(sum(own.values())), places=str(places or 0))
            row[key] = tuple(own.items())

    def _condition(self, row: dict[str, Any], path: Path) -> None:
        if (row.get("need") == Need.HAS_COMMUNE_AT) != ("level" in row):
            self.say((*path, "level"), N_("told where a commune at a level is asked for, and nowhere else"))
        self._levels([row["level"]] if "level" in row else [], (*path, "level"), Tier.COMMUNE)

    def _levels(self, levels: Sequence[str], path: Path, tier: str | None) -> None:
        if self._programme is None or tier is None:
            return
        known = [level.key for level in self._programme.levels_of(Tier(tier))]
        if levels and not known:
            text = N_("the programme {programme} has no level for units of this tier")
            self.say(path, text, programme=self._programme.key)
        elif set(levels) - {*known}:
            self.say(path, N_("must be one of {choices}"), choices=", ".join(known))

    def _years_of(self, row: dict[str, Any], path: Path) -> None:
        years = row.get("years", ())
        if any(type(year) is not int for year in years):
            self.say((*path, "years"), N_("a list of years, e.g. [2023, 2025]"))
        elif self._years and any(year not in self._years for year in years):
            span = f"{self._years[0]}–{self._years[-1]}"
            self.say((*path, "years"), N_("lies outside the movement, {years}"), years=span)
        if years:
            row["years"] = tuple(years)


_WORDS = {
    "recipient": Recipient,
    "ground": Ground,
    "frequency": Frequency,
    "need": Need,
    "tier": Tier,
}


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row, words as what they mean."""
    return {key: _WORDS[key](value) if key in _WORDS else value for key, value in row.items()}


def _is_day_of_year(day: int, month: int) -> bool:
    try:
        return bool(date(_USUAL_YEAR, month, day))
    except ValueError:
        return False
