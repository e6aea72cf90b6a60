"""The rows of a criteria set as an office's table tells them: codes, names, thresholds."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref
from ntmtrack.ingest.columns import Field, simple
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_units import whole_day
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, struck_through
from ntmtrack.ingest.values import ValueMismatch, clean_text, decimal_text, is_number, year_in
from ntmtrack.programmes.criteria import Verified
from ntmtrack.programmes.marks import ARREARS, GROUP, YES, every_word, mark_called, word_of
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import unmarked

_CODE = re.compile(
    r"(?:(?:tieu chi|noi dung|chi tieu|tc|nd|so)\s*)*([0-9]{1,2}|[ivx]{1,4})((?:[.,](?:[0-9]{1,2}|[a-z]))?)[.)]?"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_NUMBER = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?")
_WHOLE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
# What stands before or behind a number and tells how it is met, in small plain letters.
_SIGNS = {
    **{
        ">=": ">=",
        "≥": ">=",
        "tu": ">=",
        "toi thieu": ">=",
        "it nhat": ">=",
        "tro len": ">=",
        "lon hon hoac bang": ">=",
    },
    **{"<=": "<=", "≤": "<=", "toi da": "<=", "khong qua": "<=", "tro xuong": "<=", "nho hon hoac bang": "<="},
    **{">": ">", "tren": ">", "lon hon": ">", "<": "<", "duoi": "<", "nho hon": "<", "=": "=", "bang": "="},
}
_MOST_PERCENT = 100
_OF_OTHER_BASE = "% mức"  # of another figure, which may be exceeded
_CHECKED = {
    **dict.fromkeys(("x", "co", "da", "roi", "da doi chieu", "yes", "1", "✓", "true", "v"), Verified.YES),
    **dict.fromkeys(("mot phan", "doi chieu mot phan", "partly", "partly checked"), Verified.PARTLY),
    **dict.fromkeys(("chua", "khong", "chua doi chieu", "no", "0", "false", "-", "–"), Verified.NO),
}
_ALL = ("", "chung", "tat ca", "ca nuoc", "moi xa", "all")


class CriterionDraft(NamedTuple):
    """A row of a set as a table tells it; `number` has a decimal comma, `verified` is None where there is no column.

    `or_code` is what else a number in the cell of the code may mean: 17.1 for 17.10.
    """

    code: str
    or_code: str | None
    name: str | None
    applies_to: str | None
    year: int | None
    operator: str | None
    number: str | None
    counted_in: str | None
    verified: Verified | None
    source: str | None
    since: str | None
    refs: Mapping[Field, CellRef]

    def ref(self, field: Field) -> CellRef:
        """Where a field stands; the code where it is told by no cell."""
        return self.refs.get(field, self.refs[Field.CRITERION])


def read_criteria(table: OfficeTable) -> tuple[list[CriterionDraft], list[Problem]]:
    """Every row that tells a name or a threshold, and what cannot be read; one for each group that a row names."""
    drafts: list[CriterionDraft] = []
    says, fix = _("this row has no code"), _("write the code of the criterion or content, or clear the row")
    problems = [Problem(ProblemKind.VALUE, CellRef(table.sheet.name, row), says, fix) for row in table.nameless]
    problems += _columns_of_groups(table)
    for row in table.rows:
        if struck := struck_through(table, row):
            problems.append(struck)
            continue
        found, wrong = _read(table, row)
        problems += wrong
        drafts += found
    return [*_in_sequence(drafts)], problems


def _columns_of_groups(table: OfficeTable) -> Iterator[Problem]:
    """Columns headed by a group or a region, whose thresholds would be lost: each has a row of its own."""
    for place, heading in table.head.unused:
        if mark_called(heading.rpartition(" / ")[2]):
            says = _("thresholds in a column for each group are not read")
            fix = _("write a row for each group, with the group in “Áp dụng cho”; or clear the heading")
            yield Problem(ProblemKind.TABLE, cell_ref(table.sheet, table.head.bottom, place), says, fix)


def _in_sequence(drafts: list[CriterionDraft]) -> Iterator[CriterionDraft]:
    """A number 17.1 that follows 17.9 is 17.10, of which Excel has dropped the zero."""
    before = ""
    for draft in drafts:
        if draft.or_code and before in (f"{draft.or_code[:-3]}.9", draft.or_code) and draft.or_code.endswith(".10"):
            draft = draft._replace(code=draft.or_code, or_code=None)
        before = draft.code
        yield draft


def _read(table: OfficeTable, row: TableRow) -> tuple[list[CriterionDraft], list[Problem]]:
    cells = RowReader(table, row, _READERS)
    codes: tuple[str, str | None] | None = cells.value(Field.CRITERION)
    told = {field: cells.value(field) for field in _READERS if field is not Field.CRITERION}
    threshold: _Number = told[Field.THRESHOLD] or _Number(None, None, None)
    operator = told[Field.OPERATOR] or threshold.operator
    counted_in = told[Field.COUNTED_IN] or threshold.counted_in
    problems = [*cells.problems, *_faults(cells, threshold.number, operator, counted_in)]
    if codes is None or problems or not (told[Field.CONTENT] or threshold.number):
        return [], problems
    has_threshold = threshold.number is not None
    is_checked = told[Field.CHECKED]
    if is_checked is None and any(column.field is Field.CHECKED for column in table.head.columns):
        is_checked = Verified.NO
    draft = CriterionDraft(
        code=codes[0],
        or_code=codes[1],
        name=told[Field.CONTENT],
        applies_to=None,
        year=told[Field.FOR_YEAR],
        operator=operator if has_threshold else None,
        number=threshold.number,
        counted_in=counted_in if has_threshold else None,
        verified=is_checked,
        source=told[Field.GROUNDS] or told[Field.SOURCE],
        since=told[Field.SINCE],
        refs=cells.refs,
    )
    return [draft._replace(applies_to=word) for word in told[Field.APPLIES_TO] or [None]], []


def _faults(cells: RowReader, number: str | None, operator: str | None, counted_in: str | None) -> Iterator[Problem]:
    """What of a threshold cannot be, though each cell can be read."""
    ref = cells.refs.get(Field.THRESHOLD)
    if number and ref and operator is None and Field.OPERATOR not in cells.refs:
        yield Problem(
            ProblemKind.VALUE, ref, _("how the threshold is met is not told"), _("write ≥, ≤ or = as its sign")
        )
    if number is None and operator and Field.OPERATOR in cells.refs and ref is None:
        says, fix = _("a sign without a threshold"), _("write the threshold, or clear the cell")
        yield Problem(ProblemKind.VALUE, cells.refs[Field.OPERATOR], says, fix)
    is_share = counted_in and counted_in.startswith("%") and not counted_in.startswith(_OF_OTHER_BASE)
    if number and ref and is_share and Decimal(number.replace(",", ".")) > _MOST_PERCENT:
        yield Problem(ProblemKind.VALUE, ref, _("a per cent is at most 100"), _("correct the cell"))


class _Number(NamedTuple):
    """What a cell of a threshold tells: the number, how it is met, what it is counted in."""

    number: str | None
    operator: str | None
    counted_in: str | None


def _code(cell: Cell) -> tuple[str, str | None]:
    """A code, and what else a number may mean; raises ValueMismatch."""
    text = clean_text(cell)
    found = _CODE.fullmatch(unmarked(text))
    first, second = found.groups() if found else ("", "")
    above = str(_ROMAN.get(first, first)) if first in _ROMAN or first.isdecimal() else ""
    if not above or above == "0" or second[1:] == "0":
        says = _("“{text}” is no code of a criterion or content, such as 17 or 17.2")
        raise ValueMismatch(says.format(text=text))
    above = str(int(above))
    if not second:
        return above, None
    code = f"{above}.{second[1:].lstrip('0') or second[1:]}"
    is_cut = is_number(cell.value) and len(second) == 2 and second[1:].isdecimal()
    return code, f"{code}0" if is_cut else None


def _threshold(cell: Cell) -> _Number:
    """A threshold: “40”, “≥ 62,5”, “tối thiểu 80%”; one that is only met or not has none. Raises ValueMismatch."""
    if is_number(cell.value):
        is_share = "%" in cell.format
        value = Decimal(f"{cell.value:.15g}") * (100 if is_share else 1)
        return _Number(decimal_text(value), None, "%" if is_share else None)
    text = clean_text(cell)
    bare = unmarked(text)
    if bare in ("dat", "x", "-", "–", "khong quy dinh"):
        return _Number(None, None, None)
    number = re.search(r"[0-9][0-9.,]*", bare)
    before, behind = (bare[: number.start()].strip(), bare[number.end() :].strip()) if number else ("", "")
    is_share = behind.startswith("%")
    behind = behind.removeprefix("%").strip()
    sign = _SIGNS.get(before) or _SIGNS.get(behind)
    digits = number[0].strip(".,") if number else ""
    is_known = (not before or before in _SIGNS) and (not behind or behind in _SIGNS)
    if not is_known or not (_NUMBER.fullmatch(digits) or _WHOLE.fullmatch(digits)):
        raise ValueMismatch(_("“{text}” is no threshold: write the number alone").format(text=text))
    told = digits.replace(".", "") if _WHOLE.fullmatch(digits) else digits.replace(".", ",")
    return _Number(told, sign, "%" if is_share else None)


def _operator(cell: Cell) -> str:
    text = clean_text(cell)
    if sign := _SIGNS.get(unmarked(text)):
        return sign
    raise ValueMismatch(_("“{text}” is no sign: write ≥, ≤, >, < or =").format(text=text))


def _checked(cell: Cell) -> Verified:
    text = "x" if cell.value is True else clean_text(cell)
    if (found := _CHECKED.get(unmarked(text))) is None:
        raise ValueMismatch(
            _("“{text}” tells neither that it was held against the text nor that not").format(text=text)
        )
    return found


def _applies_to(cell: Cell) -> list[str | None]:
    """The words of the units that a cell names, one or several; None for all. Raises ValueMismatch."""
    text = clean_text(cell)
    if simple(text) in _ALL:
        return [None]
    words: list[str | None] = []
    for part in re.split(r"\s*[;,/]\s*|\s+và\s+(?=nhóm|khu vực|[0-9I])", text):
        if (found := mark_called(part, GROUP)) is None:
            says = _("“{text}” is none of: nhóm 1, 2, 3; khu vực I, II, III; a region; {others}")
            others = ", ".join(word for word, (mark, value) in every_word().items() if value == YES and mark != ARREARS)
            raise ValueMismatch(says.format(text=part, others=others))
        words.append(word_of(*found))
    return words


_READERS: Mapping[Field, ColumnReader] = {
    Field.CRITERION: ColumnReader(ProblemKind.VALUE, _code),
    Field.CONTENT: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.APPLIES_TO: ColumnReader(ProblemKind.VALUE, _applies_to),
    Field.FOR_YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    Field.OPERATOR: ColumnReader(ProblemKind.VALUE, _operator),
    Field.THRESHOLD: ColumnReader(ProblemKind.VALUE, _threshold),
    Field.COUNTED_IN: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.CHECKED: ColumnReader(ProblemKind.VALUE, _checked),
    Field.GROUNDS: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.SINCE: ColumnReader(ProblemKind.DAY, whole_day),
}
