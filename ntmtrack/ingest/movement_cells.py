"""What the cells of a movement's workbook say, and what is written into them; everything else as it is written."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from ntmtrack.emulation.amounts import read_amount
from ntmtrack.errors import AmountNotWhole, BadAmount, UnclearNumber, UnknownLevel
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.movement_labels import choice_meant, written, written_words
from ntmtrack.ingest.roadmap_cells import read_cell as read_plan_cell
from ntmtrack.ingest.values import ValueMismatch, clean_text, is_number, shown_partly, text_in
from ntmtrack.model import Programme
from ntmtrack.programmes import find_level_spoken_of
from ntmtrack.roadmaps.words import read_due, show_due
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, unmarked

_UNKNOWN_WORD = N_("“{text}” is unknown here; write one of: {choices}")
_NO_DUE = N_("“{text}” is no day; write e.g. trước 15/01 hằng năm, 30/6/2028, quý III/2022, 2025, hằng tháng")
_PLANS_KEY = {"issued_on": "issued_on", "begins_on": "begins_on", "ends_on": "begins_on"}
_YEARLY = re.compile(r"\b(?:hang|moi) nam\b|\bcac nam\b")
_LEAD = re.compile(r"^(?:(?:den|vao|ngay|het|cham nhat|han|tu)\s+)+")
# “15/01”, “15-1”, “15 tháng 01”.
_DAY_OF_YEAR = re.compile(r"(\d{1,2})\s*(?:/|-|\.|thang)\s*(\d{1,2})")
_MONTHLY = ("hang thang", "moi thang", "thang nao cung lam", "hang thang moi thang 01 lan", "moi thang 01 lan")
_PLACES = re.compile(r"(.+?)\s*[:=]?\s*(\d{1,4})(?:\s*(?:suất|người|cá nhân))?", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,4})\s*(?:sao|suất|người|cá nhân|hộ)?", re.IGNORECASE)
_MILLION, _DIGITS_OF_MILLIONS = 1_000_000, 6


def read_cell(key: str, cell: Cell, programme: Programme | None) -> Any:
    """What a cell says, in the type that its key wants, of “due” as several keys; raises ValueMismatch."""
    if cell.fault:
        raise ValueMismatch(cell.fault)
    if cell.struck:
        raise ValueMismatch(_("words here are struck through, as if they were deleted"))
    if key in ("levels", "level"):
        meant = [_level(part, programme) for part in _parts(text_in(cell))]
        return meant if key == "levels" else "; ".join(meant)
    return _READERS.get(key, text_in)(cell)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def _level(text: str, programme: Programme | None) -> str:
    """The key of a level, however people write it; as it is while the programme is not known."""
    if programme is None:
        return clean(text)
    levels = {level.key: level.name for level in programme.levels}
    if clean(text) in levels:
        return clean(text)
    try:
        return find_level_spoken_of(programme, text).key
    except UnknownLevel as wrong:
        choices = "; ".join(levels.values())
        raise ValueMismatch(_(_UNKNOWN_WORD).format(text=clean(text), choices=choices)) from wrong


def _choice(key: str, cell: Cell) -> str:
    text = text_in(cell)
    if (meant := choice_meant(key, text)) is None:
        choices = "; ".join(written_words(key))
        raise ValueMismatch(_(_UNKNOWN_WORD).format(text=clean(text), choices=choices))
    return meant


def _truth(key: str, cell: Cell) -> bool:
    return cell.value if isinstance(cell.value, bool) else _choice(key, cell) == "true"


def read_due_cell(cell: Cell) -> dict[str, Any]:
    """When something is due: the keys of a TOML file that say so; raises ValueMismatch."""
    if isinstance(cell.value, date):
        shown = set(re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", cell.format).lower()) & set("dmy")
        if shown == set("dm"):  # 15/01 typed into a cell, of which Excel makes a day of this year
            return {"yearly": f"{cell.value:%d/%m}"}
        return {"once": f"{cell.value:{shown_partly(cell) or '%Y-%m-%d'}}"}
    told = clean_text(cell)
    due = _due_told(told)
    if due is None:
        raise ValueMismatch(_(_NO_DUE).format(text=told))
    return due


def _due_told(told: str) -> dict[str, Any] | None:
    """The same of a text: “trước 15/01 hằng năm”, “hằng tháng”, “quý III/2022”; None where it is no day."""
    text = " ".join(unmarked(told).replace("–", "-").split()).strip(" .,")
    if text in _MONTHLY:
        return {"monthly": True}
    rest = " ".join(_YEARLY.sub(" ", text).split()).strip(" .,()")
    is_yearly = rest != text
    if is_yearly and not rest:
        return {"yearly": "31/12", "has_day": False}
    bare = rest.removeprefix("truoc ")
    if day := _DAY_OF_YEAR.fullmatch(_LEAD.sub("", bare)):
        return {"yearly": f"{int(day[1]):02}/{int(day[2]):02}"} | ({"before": True} if bare != rest else {})
    once = None if is_yearly else read_due(told)
    return {"once": once} if once else None


def _years(cell: Cell) -> list[int]:
    texts = re.split(r"[;,\s]+", text_in(cell).strip())
    if not all(re.fullmatch(r"\d{4}", text) for text in texts):
        raise ValueMismatch(_("“{text}” are no years; write e.g. 2023; 2025").format(text=clean(text_in(cell))))
    return [int(text) for text in texts]


def _count(cell: Cell) -> int:
    if found := _COUNT.fullmatch(clean(text_in(cell))):
        return int(found[1])
    raise ValueMismatch(_("“{text}” is no whole number").format(text=clean(text_in(cell))))


def _shares(cell: Cell) -> dict[str, int]:
    """Names, each with a number of places: “cấp tỉnh: 5; cấp huyện: 15”."""
    found = [(part, _PLACES.fullmatch(clean(part))) for part in _parts(text_in(cell))]
    if wrong := [part for part, match in found if match is None]:
        raise ValueMismatch(_("“{text}”: write each name with its number, e.g. cấp tỉnh: 5").format(text=wrong[0]))
    return {match[1]: int(match[2]) for _part, match in found if match}


def _sum(cell: Cell) -> int:
    """An amount in đồng; raises ValueMismatch where its scale must be guessed, as of “100” alone."""
    text = clean(f"{cell.value:.0f}" if is_number(cell.value) else text_in(cell))
    is_whole_sum = len(re.sub(r"\D", "", text)) > _DIGITS_OF_MILLIONS
    try:
        return read_amount(text, "đồng" if is_whole_sum else None)
    except (BadAmount, AmountNotWhole, UnclearNumber) as wrong:
        raise ValueMismatch(wrong.lines()[0]) from wrong


_READERS: Mapping[str, Callable[[Cell], Any]] = {
    **{key: partial(_choice, key) for key in ("grouping", "of_year", "tier", "shown_by", "recipient", "ground")},
    **{key: partial(_choice, key) for key in ("frequency", "for_each", "need")},
    **{key: partial(_truth, key) for key in ("has_day", "excludes")},
    **{key: _count for key in ("stars", "places")},
    **{key: _shares for key in ("parts", "agencies")},
    **{
        key: lambda cell, meant=meant: read_plan_cell(meant, cell, None)  # type: ignore[misc]
        for key, meant in (*_PLANS_KEY.items(), ("programme", "programme"), ("scope_code", "scope_code"))
    },
    "due": read_due_cell,
    "years": _years,
    "at_least": _sum,
    "awards": lambda cell: _parts(text_in(cell)),
}


def form_value(key: str, rule: Mapping[str, Any], programme: Programme | None) -> object:
    """What a column of the form says of a rule as a TOML file has it; None where it says nothing."""
    if key == "due":
        return _due_words(rule)
    value = rule.get(key)
    if value is None:
        return None
    if key in ("levels", "level"):
        names = {level.key: level.name for level in programme.levels} if programme else {}
        return "; ".join(names.get(one, one) for one in ([value] if key == "level" else value))
    if isinstance(value, bool):
        return written(key, "true" if value else "false")
    if isinstance(value, dict):
        return "; ".join(f"{name}: {count}" for name, count in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if key == "at_least":
        return f"{value // _MILLION} triệu đồng" if value % _MILLION == 0 else f"{value} đồng"
    if key in _PLANS_KEY:
        return show_due(str(value))
    return written(key, value) if key in _READERS and written_words(key) else value


def _due_words(rule: Mapping[str, Any]) -> str | None:
    if rule.get("monthly"):
        return "hằng tháng"
    if "yearly" in rule:
        return f"{'trước ' if rule.get('before') else ''}{rule['yearly']} hằng năm"
    return show_due(str(rule["once"])) if "once" in rule else None
