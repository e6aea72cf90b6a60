"""What the cells below a table's headings show of its columns, where the headings alone leave it open."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from ntmtrack.ingest.columns import BESIDE_LEVELS, NOT_REACHED, Field, FieldColumn, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.headings import speaks_of_plans, year_over
from ntmtrack.ingest.levels import is_mark, levels_in, tier_in
from ntmtrack.ingest.row_kinds import is_signature, is_total
from ntmtrack.ingest.values import FIRST_YEAR
from ntmtrack.spreadsheets import Sheet
from ntmtrack.text import clean
from ntmtrack.units import split_kind

_SAMPLE = 10  # rows below the headings
# “Xã NTM”, “Các xã đạt chuẩn”: a heading that begins with a kind of unit may list units by name.
_LISTS = re.compile(r"(ten )?(cac )?(xa|phuong|thi tran|don vi|dia phuong|huyen)\b")
# A heading that is a year and nothing else: “2020”, “Năm 2020”.
_YEAR = re.compile(r"(?:năm |nam )?((?:19|20)[0-9]{2})", re.IGNORECASE)
_BESIDE_YEARS = BESIDE_LEVELS | {"nam", "thoi", "gian", "hoan", "thanh", "ve", "dich", "cac", "ntm", "moc"}
Unused = tuple[int, str]


def settle_columns(
    sheet: Sheet, bottom: int, columns: list[FieldColumn], unused: list[Unused], by_hand: Collection[int] = ()
) -> list[FieldColumn]:
    """The columns as their cells show them, those told by hand as they are; some unused ones are found among them."""
    columns = _without_wordless_kinds(sheet, bottom, _of_provinces(columns))
    return _one_of_names(sheet, bottom, columns, unused, by_hand)


def _of_provinces(columns: list[FieldColumn]) -> list[FieldColumn]:
    """Beside a column of provinces, "Mã TP" is the code of the province."""
    if all(column.field is not Field.PROVINCE for column in columns):
        return columns
    its_codes = {column.number for column in columns if simple(column.heading) in ("ma tp", "ma so tp")}
    return [
        column._replace(field=Field.PROVINCE_CODE)
        if column.number in its_codes and column.field is Field.DISTRICT_CODE
        else column
        for column in columns
    ]


# Names ---------------------------------------------------------------------------------------------------------


def _one_of_names(
    sheet: Sheet, bottom: int, columns: list[FieldColumn], unused: list[Unused], by_hand: Collection[int]
) -> list[FieldColumn]:
    """Where no heading tells which column names the units, one headed “Xã đạt chuẩn NTM” does, by name.

    Beside a column of communes, one headed “Đơn vị” holds what they lie in, and “Xã được công nhận” marks.
    """
    if all(column.field is not Field.UNIT for column in columns):
        names_column = next(
            (column for column in _lists(columns, unused) if _holds_names(sheet, bottom, column.number)), None
        )
        columns = _with(columns, [names_column]) if names_column else columns
    columns = _with(columns, [column for column in _lists(columns, unused) if _is_list(sheet, bottom, column, by_hand)])
    names = [column for column in columns if column.field is Field.UNIT]
    if len(names) < 2 or any(column.number in by_hand for column in names):
        return columns
    marked = {column for column in names if _holds_only_marks(sheet, bottom, column.number)}
    columns = [column for column in columns if column not in marked] if len(marked) < len(names) else columns
    names = [column for column in names if column in columns]
    wider = {column for column in names if tier_in(_last(column.heading)) is None}
    if len(names) == 2 and len(wider) == 1 and all(column.field is not Field.DISTRICT for column in columns):
        return [column._replace(field=Field.DISTRICT) if column in wider else column for column in columns]
    return columns


def _with(columns: list[FieldColumn], others: Sequence[FieldColumn]) -> list[FieldColumn]:
    """The columns with others in place of those of the same numbers."""
    numbers = {column.number for column in others}
    return sorted([*(column for column in columns if column.number not in numbers), *others]) if numbers else columns


def _lists(columns: Sequence[FieldColumn], unused: Sequence[Unused]) -> Iterator[FieldColumn]:
    """The columns that may list units by name, each of the level that its heading names in so many words."""
    for column in columns:
        text = simple(column.heading)
        is_of_years = column.year is not None and heading_year(column.heading.rpartition(" / ")[2])
        if column.field is Field.MARK and not is_of_years and _LISTS.match(text):
            levels = levels_in(text)[0]
            yield column._replace(field=Field.UNIT, level=levels[0] if levels else None)
    for number, heading in unused:
        text = simple(heading)
        levels, rest = levels_in(text)
        if _LISTS.match(text) and (levels or {*rest.split()} <= BESIDE_LEVELS) and not speaks_of_plans(text):
            year = year_over([*map(simple, heading.split(" / "))])
            yield FieldColumn(number, Field.UNIT, levels[0] if len(levels) == 1 else None, heading, year)


def _is_list(sheet: Sheet, bottom: int, column: FieldColumn, by_hand: Collection[int]) -> bool:
    """Whether a column beside that of the names lists others of a level: “Xã NTM” | “Xã NTM nâng cao”."""
    if column.number in by_hand or not levels_in(simple(column.heading))[0]:
        return False
    texts = [*islice(texts_down_to_signatures(sheet, bottom, column.number), _SAMPLE)]
    return bool(texts) and len({*texts}) == len(texts) and all(map(_is_name, texts))


def texts_down_to_signatures(sheet: Sheet, bottom: int, column: int) -> Iterator[str]:
    """The texts of a column down to the first blank row, or to the signatures."""
    for row in range(bottom + 1, len(sheet.rows)):
        texts = [clean(cell.text) for cell in sheet.rows[row] if not cell.is_blank]
        if not texts or any(map(is_signature, texts)):
            return
        cell = sheet.at(row, column)
        if not (cell.is_blank or is_total(clean(cell.text))):
            yield clean(cell.text)


def _is_name(text: str) -> bool:
    is_told = is_mark(text) or denies(text) or simple(text) in NOT_REACHED or levels_in(simple(text))[0]
    return not is_told and not text[:1].isdigit() and sum(map(str.isalpha, text)) > 1


def _holds_names(sheet: Sheet, bottom: int, column: int) -> bool:
    """Whether names rather than marks stand below a heading."""
    texts = [*_texts(sheet, bottom, column)]
    return bool(texts) and all(sum(map(str.isalpha, text)) > 1 and not is_mark(text) for text in texts)


def _holds_only_marks(sheet: Sheet, bottom: int, column: int) -> bool:
    texts = [*_texts(sheet, bottom, column)]
    return bool(texts) and all(map(is_mark, texts))


def _texts(sheet: Sheet, bottom: int, column: int) -> Iterator[str]:
    below = (sheet.at(row, column) for row in range(bottom + 1, bottom + 1 + _SAMPLE))
    return (clean(cell.value) for cell in below if isinstance(cell.value, str) and not cell.is_blank)


def _without_wordless_kinds(sheet: Sheet, bottom: int, columns: list[FieldColumn]) -> list[FieldColumn]:
    """“Cấp” tells the kind of unit where kinds stand below it, and nothing where numbers or offices do."""

    def is_kind(column: FieldColumn) -> bool:
        texts = [*_texts(sheet, bottom, column.number)]
        return all(split_kind(f"{text} A")[0] for text in texts) and bool(texts)

    return [
        column
        for column in columns
        if column.field is not Field.KIND or simple(_last(column.heading)) != "cap" or is_kind(column)
    ]


def _last(heading: str) -> str:
    return simple(heading.rpartition(" / ")[2])


# Years ---------------------------------------------------------------------------------------------------------


def years_across(sheet: Sheet, row: int) -> dict[int, int]:
    """The columns of a row that are headed by a year: {3: 2019, 4: 2020}.

    Years that follow each other side by side are headings, those that fill what lies below one merged heading, and any
    year over marks, with those over blank columns.
    """
    years = {}
    for column, cell in enumerate(sheet.rows[row]):
        if isinstance(cell.value, int | str) and (year := heading_year(str(cell.value))):
            years[column] = year
    beside = {
        place for place, year in years.items() if years.get(place + 1) == year + 1 or years.get(place - 1) == year - 1
    }
    beside |= _under_one_heading(sheet, row, years)
    below = {place: _marked_below(sheet, row, place) for place in years.keys() - beside}
    headed = beside | {place for place, marked in below.items() if marked}
    blank = {place for place, marked in below.items() if marked is None} if headed else set()
    return {place: year for place, year in years.items() if place in headed | blank}


def _under_one_heading(sheet: Sheet, row: int, years: Mapping[int, int]) -> set[int]:
    """The columns of years that rise side by side below a heading merged over just these: 2020 | 2025."""
    found: set[int] = set()
    for block in sheet.merged:
        columns = range(block.left, block.right + 1)
        if block.bottom == row - 1 and len(columns) > 1 and all(column in years for column in columns):
            rising = [years[column] for column in columns]
            found |= {*columns} if rising == sorted({*rising}) else set()
    return found


def heading_year(heading: str) -> int | None:
    """The year that a heading is: 2020, “Năm 2020”; None where it is another."""
    year = _YEAR.fullmatch(clean(heading))
    return int(year[1]) if year and int(year[1]) >= FIRST_YEAR else None


def _marked_below(sheet: Sheet, row: int, column: int) -> bool | None:
    """Whether the first thing below a cell that is a mark or a number is a mark; None where there is neither."""
    for below in range(row + 1, len(sheet.rows)):
        text = clean(str(sheet.at(below, column).value or ""))
        if text.replace(".", "").isdigit():
            return False
        if text and text not in NOT_REACHED and is_mark(text):
            return heading_year(text) is None
    return None


def marks_by_year(
    sheet: Sheet, bottom: int, headings: Sequence[tuple[int, list[str]]]
) -> dict[int, tuple[int, str | None]]:
    """The columns below years side by side that hold marks, each with its year and the level told above it."""
    marked: dict[int, tuple[int, str | None]] = {}
    years = {
        place: year for row in range(max(0, bottom - 2), bottom + 1) for place, year in years_across(sheet, row).items()
    }
    for place, parts in headings:
        above = simple(" ".join(parts[:-1]))
        levels, rest = levels_in(above)
        is_of_them = place in years and _YEAR.fullmatch(parts[-1]) and {*rest.split()} <= _BESIDE_YEARS
        if is_of_them and len(levels) < 2 and not speaks_of_plans(above):
            marked[place] = years[place], levels[0] if levels else None
    return marked if any(_holds_marks(sheet, bottom, place) for place in marked) else {}


def _holds_marks(sheet: Sheet, bottom: int, column: int) -> bool:
    """Whether any mark that is no number stands below a heading."""
    below = (sheet.at(row, column).value for row in range(bottom + 1, len(sheet.rows)))
    return any(isinstance(value, str) and not value.strip().isdigit() and is_mark(value) for value in below)
