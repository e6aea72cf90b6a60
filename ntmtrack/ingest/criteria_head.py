"""Where a table of assessments begins on an office's sheet: a column for each criterion, or one that names them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ntmtrack.ingest.columns import FIELDS, REMEMBERED, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.criteria_headings import criterion_heading, told_below
from ntmtrack.ingest.head import REPEATABLE, Head, HeaderSearch
from ntmtrack.ingest.header_rows import is_below_heading, is_title_alone
from ntmtrack.ingest.headings import heading_texts, merged_across, read_heading
from ntmtrack.spreadsheets import Sheet, letters_of
from ntmtrack.text import clean, unmarked

_LOOKED_AT, _DEEPEST = 60, 5  # rows from the top, rows of headings
_MOST_MERGED = 1_000
_FEWEST = 5  # columns of criteria by which such a table is known where nobody says that it is one
_NAMING = (Field.UNIT, Field.CODE, Field.DISTRICT)
_BY_WORDS = frozenset((*FIELDS[TableKind.UNITS], Field.NOTE, Field.SOURCE, Field.NUMBERING, Field.SKIP)) - {
    Field.SINCE,
    Field.UNTIL,
    Field.RESOLUTION,
}
_CRITERIA = r"(tc|tieu chi)"
_CONTENT = re.compile(r"[0-9]{1,2}[.,][0-9]{1,2}")
_OWN: tuple[tuple[Field, str], ...] = (
    (
        Field.MISSING,
        rf"((so hieu|ten|cac|danh sach|nhung) )*(nd |noi dung )?{_CRITERIA}"
        r" ((con )?(chua|khong) (dat|hoan thanh)|con (thieu|lai))\b.*"
        r"|(chua dat|con thieu) (cac )?(tc|tieu chi)\b.*",
    ),
    (
        Field.SKIP,
        rf"kiem tra\b.*|(so|tong)\b.*\b(chua|khong) dat\b.*"
        rf"|(ty le|%)\b.*{_CRITERIA}.*|(so )?{_CRITERIA} (tang|giam)\b.*",
    ),
    (
        Field.MET,
        rf"(tong )?(so )?{_CRITERIA}( (da|duoc))*( dat| hoan thanh)\b.*|tong( cong| so)?( {_CRITERIA}.*)?|cong"
        rf"|so (luong )?{_CRITERIA}( dat.*)?|ket qua dat|so dat",
    ),
    (
        Field.CRITERION,
        rf"(ten )?{_CRITERIA}( (va|hay) noi dung)?|noi dung( {_CRITERIA})?|(ten )?chi tieu|tieu chi noi dung",
    ),
    (Field.AS_OF, r"(ngay|thoi diem|ky) (ra soat|danh gia|bao cao|chot).*|(tinh )?den ngay|ngay"),
)


def criteria_heads(sheet: Sheet, search: HeaderSearch) -> list[Head]:
    """Every place near the top where a table of assessments begins, the fullest first."""
    top = _LOOKED_AT + _DEEPEST
    sheet = sheet._replace(merged=tuple(block for block in sheet.merged if block.top < top)[:_MOST_MERGED])
    heads = sorted(_heads(sheet, search), key=lambda head: (-len(head.columns), head.top))
    apart: list[Head] = []
    for head in heads:
        is_new = all(head.words != other.words for other in apart)
        if is_new and all(head.top > other.bottom or head.bottom < other.top for other in apart):
            apart.append(head)
    return apart


def _heads(sheet: Sheet, search: HeaderSearch) -> Iterator[Head]:
    row = 0
    while row < min(len(sheet.rows), _LOOKED_AT):
        head = _head_at(sheet, row, search)
        if head:
            yield head
        row = head.bottom + 1 if head else row + 1


def _head_at(sheet: Sheet, row: int, search: HeaderSearch) -> Head | None:
    """The fullest reading of a row, alone or with those beneath it, as headings of such a table."""
    if is_title_alone(sheet, row) or not any(_begins(cell.value, search) for cell in sheet.rows[row]):
        return None
    last = min(row + _DEEPEST, len(sheet.rows))
    heads = [head for bottom in range(row, last) if (head := _head(sheet, row, bottom, search))]
    fitting = [head for head in heads if _is_whole(sheet, head) and _is_table(sheet, head, search)]
    return max(fitting, key=lambda head: (*_fullness(head), -head.bottom), default=None)


def _fullness(head: Head) -> tuple[int, int, int]:
    """How many columns tell something, how many criteria are called by name, of how many columns it is told what."""
    parts = [column.heading.split(" / ") for column in head.columns]
    named = sum(bool(heading and heading.names) for heading in map(criterion_heading, parts))
    return len(head.columns), named, sum(bool(told_below(unmarked(texts[-1]))) for texts in parts)


def _begins(value: object, search: HeaderSearch) -> bool:
    """Whether a text heads the names of units or criteria."""
    if not isinstance(value, str):
        return False
    text = simple(value)
    if text in search.mapped:
        return True
    meaning = read_heading((text,), _BY_WORDS)
    return bool(meaning and meaning[0] in _NAMING) or bool(re.fullmatch(_OWN[3][1], text))


def _head(sheet: Sheet, top: int, bottom: int, search: HeaderSearch) -> Head | None:
    headings = [(place, parts) for place, parts in heading_texts(sheet, top, bottom, search.mapped)]
    headings = _without_numbering(sheet, top, bottom, headings)
    counted = Counter(part for _place, parts in headings for part in parts)
    groups = frozenset(part for part, count in counted.items() if count > 1)
    columns = [column for place, parts in headings if (column := _column(place, parts, groups, search))]
    columns = _of_rows(_as_counts(columns))
    read = {column.number for column in columns}
    unused = tuple((place, " / ".join(parts)) for place, parts in headings if place not in read)
    if not columns:
        return None
    reach = range(min(read), max(read) + 1)
    return Head(top, bottom, tuple(columns), unused, tuple(_repeated(columns)), reach)


def _without_numbering(
    sheet: Sheet, top: int, bottom: int, headings: list[tuple[int, list[str]]]
) -> list[tuple[int, list[str]]]:
    """The headings without a last row that numbers all columns: one with a number below that of the names, too."""
    if bottom == top:
        return headings
    names = [place for place, parts in headings if _field_by_words(parts[:1]) in _NAMING]
    last = {place: clean(sheet.at(bottom, place).text).strip("()") for place, _parts in headings}
    if not any(last.get(place, "").isdigit() for place in names):
        return headings
    own = {place: clean(str(sheet.at(bottom, place).value)) for place in last}
    return [(place, [part for part in parts if part != own[place]] or parts) for place, parts in headings]


def _field_by_words(parts: Sequence[str]) -> Field | None:
    meaning = read_heading(tuple(map(simple, parts)), _BY_WORDS)
    return meaning[0] if meaning else None


def _column(place: int, parts: list[str], groups: frozenset[str], search: HeaderSearch) -> FieldColumn | None:
    heading = " / ".join(parts)
    texts = [simple(part) for part in parts]
    typed = (search.mapped.get(key) for key in (letters_of(place), " ".join(texts), texts[-1]))
    if mapped := next((meaning for meaning in typed if meaning), None):
        return FieldColumn(place, mapped[0], None, heading)
    field = _own_field(texts) or _field_by_words(parts)
    if field is None and criterion_heading(parts, groups):
        return FieldColumn(place, _result_field(parts), None, heading)
    if field is None and len(parts) == 1:
        field = told_below(unmarked(parts[0]))
    return FieldColumn(place, field, None, heading) if field else None


def _own_field(texts: Sequence[str]) -> Field | None:
    return next(
        (
            field
            for text in dict.fromkeys((texts[-1], " ".join(texts)))
            for field, words in _OWN
            if re.fullmatch(words, text)
        ),
        None,
    )


def _result_field(parts: Sequence[str]) -> Field:
    """What is told of the criterion that a column is of."""
    told = [field for part in reversed(parts) if (field := told_below(unmarked(clean(part))))]
    return told[0] if told else Field.RESULT


def _as_counts(columns: list[FieldColumn]) -> list[FieldColumn]:
    """Beside columns of criteria one that is headed “Tiêu chí” by itself names nothing."""
    if sum(is_of_criterion(column) for column in columns) < _TWO:
        return columns
    return [column for column in columns if column.field is not Field.CRITERION]


_TWO = 2


def _of_rows(columns: list[FieldColumn]) -> list[FieldColumn]:
    """Where rows name criteria, “Kết quả” beside a column of verdicts holds values; columns by number tell nothing."""
    if not any(column.field is Field.CRITERION for column in columns):
        return columns
    columns = [column for column in columns if not is_of_criterion(column)]
    named = [column for column in columns if column.field is Field.CRITERION]
    results = [column for column in columns if column.field is Field.RESULT]
    values = [column for column in columns if column.field is Field.VALUE]
    if not results and not any(column.field is Field.NOT_MET for column in columns):
        verdicts = [column for column in values if "ket qua" in simple(column.heading)] or values
        columns = [column._replace(field=Field.RESULT) if column in verdicts[:1] else column for column in columns]
    return [column for column in columns if column not in named[:-1]]


@lru_cache(REMEMBERED)
def is_of_criterion(column: FieldColumn) -> bool:
    """Whether a column is of one criterion, which its heading names."""
    fields = (Field.RESULT, Field.NOT_MET, Field.VALUE)
    return column.field in fields and criterion_heading(column.heading.split(" / ")) is not None


def _repeated(columns: Sequence[FieldColumn]) -> Iterator[tuple[FieldColumn, FieldColumn]]:
    first: dict[Field, FieldColumn] = {}
    for column in columns:
        if not is_of_criterion(column) and column.field not in REPEATABLE:
            earlier = first.setdefault(column.field, column)
            if earlier is not column:
                yield earlier, column


def _is_whole(sheet: Sheet, head: Head) -> bool:
    """Whether its lower rows are headings: nothing stands beneath those that name the rows."""
    names = [column.number for column in head.columns if column.field in (*_NAMING, Field.CRITERION)]
    if any(merged_across(sheet, row, place) for row in range(head.top, head.bottom + 1) for place in names):
        return False
    for row in range(head.top + 1, head.bottom + 1):
        if all(cell.is_blank for cell in sheet.rows[row]):
            return False
        below = [place for place in names if is_below_heading(sheet, head.top, row, place)]
        numbers = [
            place for place in below if re.fullmatch(r"\(?([0-9]{1,2}|[A-Z])\)?", sheet.at(row, place).text.strip())
        ]
        if below and len(numbers) < len(below):
            return False
    heading = [block for block in sheet.merged if block.top == head.top and block.left in {*names}]
    return all(block.bottom <= head.bottom for block in heading)


def _names_criteria(sheet: Sheet, head: Head) -> bool:
    """Whether most of what stands below a heading “Tiêu chí” are criteria: “Chỉ tiêu” may head figures of any kind.

    They are known by name or number, in that column or, as 17.2, in the one of running numbers.
    """
    named = [column.number for column in head.columns if column.field is Field.CRITERION]
    numbered = [column.number for column in head.columns if column.field is Field.NUMBERING]
    rows = range(head.bottom + 1, min(len(sheet.rows), head.bottom + 1 + _LOOKED_AT))
    told = [row for row in rows if any(sheet.at(row, place).text for place in named)]
    known = [
        row
        for row in told
        if any(criterion_heading([sheet.at(row, place).text]) for place in named)
        or any(_CONTENT.fullmatch(sheet.at(row, place).text.strip()) for place in numbered)
    ]
    return 2 * len(known) > len(told) or not told


def _is_table(sheet: Sheet, head: Head, search: HeaderSearch) -> bool:
    fields = {column.field for column in head.columns}
    naming = bool(fields & {*_NAMING})
    telling = fields & {Field.RESULT, Field.NOT_MET, Field.VALUE}
    if Field.CRITERION in fields and not search.is_told and not _names_criteria(sheet, head):
        return False
    if Field.CRITERION in fields:
        return bool(telling) and (naming or bool(fields & {Field.RESULT, Field.NOT_MET}))
    of_criteria = [column for column in head.columns if is_of_criterion(column)]
    if not naming:
        return False
    if search.is_told:
        return bool(of_criteria) or bool(fields & {Field.MET, Field.MISSING})
    headings = [criterion_heading(column.heading.split(" / ")) for column in of_criteria]
    above = (sheet.at(row, place).text for row in range(head.bottom + 1) for place in range(len(sheet.rows[row])))
    speaks = Field.MISSING in fields or any(re.search(rf"\b{_CRITERIA}\b", simple(text)) for text in above)
    sure = [heading for heading in headings if heading and (speaks or not heading.is_bare)]
    return len(sure) >= _FEWEST or (Field.MISSING in fields and not _tells_recognitions(head))


def _tells_recognitions(head: Head) -> bool:
    """Whether a heading beside tells a year, a level or a decision: what is not met is then told by the way."""
    fields = frozenset((Field.LEVEL, Field.MARK, Field.YEAR, Field.DECISION, Field.DATE))
    return any(read_heading(tuple(map(simple, text.split(" / "))), fields) for _place, text in head.unused)
