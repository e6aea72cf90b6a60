"""Tables of published figures with a column a measure: “Năm | Tổng số xã | Số xã đạt chuẩn NTM | Tỷ lệ (%)”."""

import re
from collections.abc import Iterable, Sequence

from ntmtrack.ingest.columns import NAMING, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.head import Head
from ntmtrack.ingest.headings import Meaning, read_heading
from ntmtrack.ingest.measures import read_measure, tier_named
from ntmtrack.lint.published_shares import UNITS

# What such a heading begins with, itself or one above it: a column headed “Xã đạt chuẩn NTM” may list names.
_COUNTS = re.compile(r"(tong )?so\b|so luong\b|binh quan\b|(so )?binh quan\b|thu nhap\b")
_BESIDE = (Field.PERCENT, Field.SHARE_OF)
_OF_UNITS = frozenset((Field.UNIT, Field.DISTRICT, Field.CODE, Field.DISTRICT_CODE))


def naming_fields(what: TableKind, columns: Iterable[FieldColumn]) -> tuple[Field, ...]:
    """The fields that name a table's rows; of figures with a column a measure the day that a row is of."""
    naming = NAMING[what]
    if what is not TableKind.PUBLISHED or any(column.field in naming for column in columns):
        return naming
    return (Field.AS_OF,)


def measure_heading(parts: Sequence[str]) -> Meaning | None:
    """What a heading means that tells what is counted below it; `parts` from the top downwards, as written.

    Example: (“Số xã đạt chuẩn NTM”, “Tỷ lệ (%)”) → (Field.PERCENT, “Số xã đạt chuẩn NTM”).
    """
    if not any(_COUNTS.match(simple(part)) for part in parts):
        return None
    for text in (*reversed(parts), " ".join(parts)):
        measure = read_measure(text)
        if measure and measure != UNITS and tier_named(text):
            is_share = text != parts[-1] and re.match(r"t[yi] (le|trong)|phan tram", simple(parts[-1]))
            return Field.PERCENT if is_share else Field.VALUE, text
    return None


def of_measures(columns: Sequence[FieldColumn]) -> list[FieldColumn]:
    """The columns of such a table: a per cent belongs to the measure at its left, a total to the tier that heads it."""
    if any(column.field is Field.MEASURE for column in columns):
        return [column for column in columns if not is_measure(column)]  # whose rows say what is counted
    if not any(is_measure(column) for column in columns):
        return [*columns]
    told, measure = [], None
    for column in sorted(columns, key=lambda column: column.number):
        measure = column.level if is_measure(column) else measure
        if column.field in _BESIDE and column.level is None:
            column = column._replace(level=measure)
        elif column.field is Field.TOTAL and tier_named(column.heading):
            column = column._replace(level=column.heading)
        told.append(column)
    return told


def columns_of_units(head: Head) -> list[int]:
    """The columns that name units below a province: figures of theirs are none of the whole."""
    read = [column.number for column in head.columns if column.field in _OF_UNITS]
    return sorted([*read, *(place for place, heading in head.unused if _names_units(heading))])


def _names_units(heading: str) -> bool:
    meaning = read_heading(tuple(map(simple, heading.split(" / "))), _OF_UNITS | {Field.NUMBERING})
    return meaning is not None and meaning[0] in _OF_UNITS


def is_measure(column: FieldColumn) -> bool:
    """Whether a column holds the values of a measure that heads it."""
    return column.field is Field.VALUE and column.level is not None


def concerns(column: FieldColumn, measure: str) -> bool:
    """Whether a column says something of a measure: its own, or one of all of them."""
    if column.field is Field.TOTAL and column.level:
        return tier_named(column.level) is tier_named(measure)
    return column.level in (None, measure)
