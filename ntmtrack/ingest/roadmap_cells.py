"""One cell of a roadmap's form: the value that it says, however Excel keeps it, and a value as it is written."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from ntmtrack.dates import read_day, read_full_day
from ntmtrack.errors import BadDay, NotAWholeDay
from ntmtrack.i18n import N_, _
from ntmtrack.ingest.roadmap_figures import (
    FigureText,
    SecondFigure,
    read_count,
    read_operator,
    read_percent,
    without_hold,
)
from ntmtrack.ingest.roadmap_words import LABELS
from ntmtrack.ingest.values import (
    FIRST_YEAR,
    NOT_TEXT,
    ValueMismatch,
    clean_text,
    decimal_text,
    is_number,
    shown_partly,
    text_in,
)
from ntmtrack.model import CODE_DIGITS, Programme
from ntmtrack.roadmaps import JOIN, Target
from ntmtrack.roadmaps.keys import FIGURE, HEAD, LINE
from ntmtrack.roadmaps.toml import RANGED
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words, measure_meant, read_due, show_due, word_meant
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, unmarked

_RULES = {**HEAD, **LINE, **FIGURE}
_RANGE = re.compile(r"([^-–—]+)[-–—]([^-–—]+)")  # “2–3” in any of the three dashes, once
_PERIOD = re.compile(r"([0-9]{4})[-–—]([0-9]{4})")  # the keys of programmes have a hyphen
_WHOLE = re.compile(r"[0-9]{1,9}")  # digits that no count exceeds; more are a slip
_POINT = re.compile(r"([0-9]+)\.([0-9]{1,2})")  # three digits may be thousands
_DECIMALS = re.compile(r"0\.(0+)")  # of a number format: 0.00 shows two
_OF_A_YEAR = 1905  # in which the day lies that Excel makes of a year typed into a cell for days
_COMPUTED = 4  # a number with more decimals than these was not typed but comes of a formula
_CRITERIA = re.compile(r"\b[0-9]{1,2}(?= tiêu chí)", re.IGNORECASE)  # of 19: “dưới 15 tiêu chí”
_WORDS_BEHIND = re.compile(r"[0-9]\s*[^\W\d]")  # “1,5 lần”: the unit has a column of its own
_NUMBER_ALONE = N_(
    "write the number alone; its unit goes into “{unit}”, the year that it is held against into “{year}”"
)
_UNKNOWN_WORD = N_("“{text}” is unknown here; write one of: {choices}")


def form_value(key: str, value: Any, programme: Programme | None) -> object:
    """A value as the form writes it; what goes without saying is said, but for the sign “=”."""
    if value is None and key in WORDS:
        value = Target._field_defaults[key] or None
    if key in RANGED and isinstance(value, list):
        return "–".join(map(str, value))  # a spreadsheet would make a day of 2-3
    if _RULES[key].partial and isinstance(value, str):
        return show_due(value)
    if value is True:
        return "có"
    if (key, value) == ("operator", "="):
        return None  # that each figure is met exactly is told by no word
    if key in WORDS and value is not None:
        words = first_words(WORDS[key])
        value = [words[part] for part in value] if isinstance(value, list) else words[value]
    if key in ("measure", "part_of") and value is not None:
        value = f" {JOIN} ".join(_measure_word(part, programme) for part in value.split(JOIN))
    return "; ".join(value) if isinstance(value, list) else value


def _measure_word(key: str, programme: Programme | None) -> str:
    levels = {level.key: level.name for level in programme.levels} if programme else {}
    return levels.get(key) or first_words(MEASURE_WORDS).get(key, key)


def read_cell(key: str, cell: Cell, programme: Programme | None) -> Any:
    """What a cell says, in the type that its key wants; raises ValueMismatch.

    Example: “≥ 17” below “Luỹ kế” is Said(17, ">="), “Q.III/2022” below “Năm” the text that the plan files take.
    """
    if cell.fault:
        raise ValueMismatch(cell.fault)
    if cell.struck:
        raise ValueMismatch(_("words here are struck through, as if they were deleted"))
    if key == "measure":
        return _measure_told(clean_text(cell), programme)
    if key == "part_of":
        return _measure(text_in(cell), programme)
    return _READERS[key](cell)


def _reader(key: str) -> Callable[[Cell], object]:
    """How the cells of a key are read: by its words, by a reader of its own, else by the type of its value."""
    rule = _RULES[key]
    if rule.type is list:
        return partial(_listed, key)
    if key in WORDS:
        return lambda cell: _word(key, text_in(cell))
    if key in _OWN_READERS:
        return _OWN_READERS[key]
    return partial(_partial_day, limit=rule.limit) if rule.partial else _BY_TYPE[rule.type]


def _listed(key: str, cell: Cell) -> list[str]:
    """Texts or words parted by “;” or each on its own line."""
    texts = [part for part in re.split(r"[;\n]", text_in(cell)) if part.strip()]
    return [_word(key, text) for text in texts] if key in WORDS else texts


def _programme_key(cell: Cell) -> str:
    """“2021 – 2025” as the key of a programme."""
    return _PERIOD.sub(r"\1-\2", clean_text(cell).replace(" ", ""))


def _word(key: str, text: str) -> str:
    if (meant := word_meant(key, text)) is None:
        choices = ", ".join(first_words(WORDS[key]).values())
        raise ValueMismatch(_(_UNKNOWN_WORD).format(text=text, choices=choices))
    return meant


def _measure_told(text: str, programme: Programme | None) -> object:
    """The key of a level or of another measure; of “dưới 15 tiêu chí” the number of criteria goes with it."""
    if (held := without_hold(text)) is not None:
        return FigureText(_measure(held, programme), hold=True)
    criteria = _CRITERIA.search(text)
    meant = measure_meant(_CRITERIA.sub("số", text), programme) if criteria else None
    if criteria and meant:
        return FigureText(meant, second=SecondFigure("threshold", FigureText(int(criteria[0]))))
    return _measure(text, programme)


def _measure(text: str, programme: Programme | None) -> str:
    """The key of a level or of another measure, however people write it; as it is while the programme is not known."""
    if meant := measure_meant(text, programme):
        return meant
    if programme is None:
        return clean(text)
    choices = ", ".join([*(level.name for level in programme.levels), *first_words(MEASURE_WORDS).values()])
    raise ValueMismatch(_(_UNKNOWN_WORD).format(text=text.strip(), choices=choices))


def _whole(cell: Cell) -> object:
    """A whole number, or two as [2, 3]; anything else as it is."""
    if isinstance(cell.value, date):
        raise ValueMismatch(_(NOT_TEXT))
    if isinstance(cell.value, float) and cell.value.is_integer():
        return int(cell.value)
    text = _number_text(cell.value)
    if ends := _RANGE.fullmatch(text):
        return [int(end) if _WHOLE.fullmatch(end) else end for end in ends.groups()]
    return int(text) if _WHOLE.fullmatch(text) else cell.value


def _time(cell: Cell) -> object:
    """A year, or a time in words, which `roadmaps.schema` reads; a month that Excel made a day of."""
    if isinstance(cell.value, date) and cell.value.year >= FIRST_YEAR and shown_partly(cell) == "%Y-%m":
        return f"{cell.value:%m/%Y}"
    if isinstance(cell.value, str) and not _WHOLE.fullmatch(_number_text(cell.value)):
        return clean(cell.value)
    return _whole(cell)


def _count(cell: Cell, key: str) -> object:
    """A number of units, with what else its cell tells; raises ValueMismatch."""
    if isinstance(cell.value, str) and not _WHOLE.fullmatch(_number_text(cell.value)):
        if (held := without_hold(cell.value)) is not None:
            return read_count(held, key)._replace(hold=True)
        return read_count(cell.value, key)
    return _whole(cell)


def _number_text(value: object) -> str:
    """A number's text without blanks."""
    return clean(value).replace(" ", "") if isinstance(value, str) else ""


def _percent(cell: Cell) -> object:
    """A per cent as text with a decimal comma, or two ends, and what else is told; a number as Excel shows it."""
    if isinstance(cell.value, date):
        raise ValueMismatch(_(NOT_TEXT))
    if is_number(cell.value):
        return _as_shown(cell, 100 if "%" in cell.format else 1)
    if (held := without_hold(text_in(cell))) is not None:
        return read_percent(held)._replace(hold=True)
    return read_percent(text_in(cell))


def _number(cell: Cell) -> object:
    """A number that counts no units, as text with a decimal comma, or two ends; a number as Excel shows it."""
    if isinstance(cell.value, date):
        raise ValueMismatch(_(NOT_TEXT))
    if is_number(cell.value):
        return _as_shown(cell, 1)
    operator, text = read_operator(unmarked(text_in(cell)))
    ends = _RANGE.fullmatch(text.replace(" ", ""))
    if _WORDS_BEHIND.search(text):
        raise ValueMismatch(_(_NUMBER_ALONE).format(unit=LABELS["counted_in"], year=LABELS["relative_to"]))
    return FigureText([_comma(end) for end in ends.groups()] if ends else _comma(text.replace(" ", "")), operator)


def _as_shown(cell: Cell, times: int) -> str:
    """The number that was typed; where it comes of a formula, rounded as the cell shows it."""
    number = Decimal(f"{cell.value:.15g}") * times
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > _COMPUTED:
        decimals = _DECIMALS.search(cell.format)
        if decimals or cell.format.strip("%#,") == "0":
            number = number.quantize(Decimal(1).scaleb(-len(decimals[1]) if decimals else 0), ROUND_HALF_UP)
    return decimal_text(number)


def _comma(text: str) -> str:
    return _POINT.sub(r"\1,\2", text) if _POINT.fullmatch(text) else text


def _code(cell: Cell) -> str:
    """The code of a unit; a number has lost its leading zeros unless the cell shows them."""
    text = text_in(cell)
    if not isinstance(cell.value, str):
        text = text.zfill(len(cell.format)) if set(cell.format) == {"0"} else text
        if len(text) not in CODE_DIGITS.values():
            raise ValueMismatch(_("leading zeros may be lost here: set the cell to Text and write the whole code"))
    return text


_YES = ("co", "x", "duy tri", "1", "true")


def _yes(cell: Cell) -> object:
    """True for a word or a cross that says so; anything else as it is."""
    return True if cell.value is True or unmarked(text_in(cell)) in _YES else cell.value


def _partial_day(cell: Cell, *, limit: bool = False) -> object:
    """A day, or the month or year alone: as text, or a day that Excel made of a month or year and shows as such.

    With `limit` also a day before which something is due, in words.
    """
    if isinstance(cell.value, date):
        if cell.value.year == _OF_A_YEAR:
            raise ValueMismatch(_(NOT_TEXT))
        return f"{cell.value:{shown_partly(cell) or '%Y-%m-%d'}}"
    if limit and (due := read_due(clean_text(cell))):
        return due
    try:
        return read_day(clean_text(cell))
    except BadDay as wrong:
        raise ValueMismatch(" ".join(wrong.lines())) from wrong


def _day(cell: Cell) -> object:
    """A day from a real one or from text such as 12/07/2022; anything else as it is."""
    if isinstance(cell.value, date):
        return cell.value
    try:
        return read_full_day(clean_text(cell))
    except (BadDay, NotAWholeDay) as wrong:
        raise ValueMismatch(" ".join(wrong.lines())) from wrong


_OWN_READERS: Mapping[str, Callable[[Cell], object]] = {
    "year": _time,
    "added": partial(_count, key="added"),
    "cumulative": partial(_count, key="cumulative"),
    "percent": _percent,
    "value": _number,
    "scope_code": _code,
    "hold": _yes,
    "programme": _programme_key,
}
_BY_TYPE: Mapping[type, Callable[[Cell], object]] = {int: _whole, date: _day, str: text_in}
_READERS = {key: _reader(key) for key in _RULES}
