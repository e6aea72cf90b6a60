"""What was read from a file and what it would do, made ready to be shown."""

import re
from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, ngettext, number
from ntmtrack.ingest import Problem, map_option
from ntmtrack.ingest.columns import Field, FieldColumn, TableKind
from ntmtrack.ingest.detect import hidden_tables
from ntmtrack.ingest.footnotes import footnote_remarks
from ntmtrack.ingest.form_mark import marks_in
from ntmtrack.ingest.levels import level_name
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, FoundTables, ImportPlan
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.row_denials import is_verdict
from ntmtrack.ingest.unread import told_by_title, unread_columns
from ntmtrack.measures import every_measure, measure_label
from ntmtrack.reports import Report
from ntmtrack.reports.imports import ImportedFact, ImportSummary, ReadColumn, import_report
from ntmtrack.spreadsheets import Book, Form, letters_of, ranges

_MOST_NEAR = 10  # names told one by one
# What most likely marks a unit, in a column that was left unread.
_MARK = re.compile(r"[xX✓✔]|[Đđ]ạt")
# Part of a number as “2903/QĐ-UBND”.
_LIKE_A_DECISION = re.compile(r"[0-9]\s*/\s*(QĐ|QD)")


def report_of(found: FoundTables, plan: ImportPlan) -> Report:
    """What was taken for what, what it would do, what is wrong."""
    tables = found.tables
    return import_report(
        ImportSummary(
            file=found.name,
            what=plan.what.label,
            where="; ".join(_where(table) for table in tables),
            rows=found.rows,
            columns=[column for table in tables for column in _columns(table, several=len(tables) > 1)],
            lines=[*_lines(plan)],
            remarks=[
                *_of_form(found.book),
                *map(_of_hidden, hidden_tables(found.book, plan.what, found.options)),
                *_of_all_sheets(found),
                *_remarks(tables),
                *_silent(plan),
                *_near(plan),
                *_chosen(plan),
                *plan.remarks,
            ],
            facts={"file": found.name, "what": plan.what.value},
            is_own_form=bool(marks_in(found)),
            named=_("Codes") if plan.what is TableKind.CRITERIA else "",
        )
    )


def _where(table: OfficeTable) -> str:
    first, last = table.head.top + 1, max((row.number for row in table.rows), default=table.head.bottom) + 1
    if not table.sheet.name:
        return _("rows {first}–{last}").format(first=first, last=last)
    return _("sheet “{sheet}”, rows {first}–{last}").format(sheet=table.sheet.name, first=first, last=last)


def _columns(table: OfficeTable, *, several: bool) -> Iterator[ReadColumn]:
    before = f"{table.sheet.name}!" if several else ""
    columns = {column.number: (column.heading, _meaning(column)) for column in table.head.columns}
    columns |= {place: (text, "") for place, text in table.head.unused}
    for run in _alike(sorted((place, *told) for place, told in columns.items()), table.what):
        (first, heading, meaning), (last, other, _same) = run[0], run[-1]
        is_one = first == last
        letters = letters_of(first) if is_one else f"{letters_of(first)}–{letters_of(last)}"
        yield ReadColumn(f"{before}{letters}", heading if is_one else f"{heading} … {other}", meaning)


def _alike(columns: Sequence[tuple[int, str, str]], what: TableKind) -> Iterator[list[tuple[int, str, str]]]:
    """Columns in runs: of criteria, which stand side by side by the score, those of one meaning are told as one."""
    runs: list[list[tuple[int, str, str]]] = []
    for column in columns:
        is_next = runs and runs[-1][-1][0] == column[0] - 1 and runs[-1][-1][2] == column[2] == Field.RESULT.label
        if is_next and what is TableKind.ASSESSMENTS:
            runs[-1].append(column)
        else:
            runs.append([column])
    return iter(runs)


def _meaning(column: FieldColumn) -> str:
    if column.field is Field.SKIP:
        return ""
    of = [_level_or_measure(column.level)] if column.level else []
    of += [str(column.year)] if column.year else []
    return f"{column.field.label}: {', '.join(of)}" if of else column.field.label


def _level_or_measure(key: str) -> str:
    return measure_label(key) if key in every_measure() else level_name(key)


def _lines(plan: ImportPlan) -> Iterator[ImportedFact]:
    for state, changes in (("new", plan.new), ("changed", plan.changed), ("same", plan.same)):
        yield from (_line(state, change) for change in changes)
    yield from (_refused(problem, "refused") for problem in plan.faults)
    yield from (_refused(problem, "left_out") for problem in plan.left_out)


def _line(state: str, change: Change) -> ImportedFact:
    before = change.before or ""
    return ImportedFact(state, change.ref.address, change.unit, change.fact, before, brief=change.brief)


def _refused(problem: Problem, state: str) -> ImportedFact:
    return ImportedFact(
        state=state,
        cell=problem.ref.address,
        kind=problem.kind.label,
        value=problem.ref.text,
        rule=problem.rule,
        fix="; ".join(filter(None, (problem.fix, problem.choice))),
    )


def _of_form(book: Book) -> Iterator[str]:
    if book.form is Form.XLS:
        yield _(
            "Of an old .xls, cells with errors (#N/A …) read as blanks; what is hidden or struck through is not seen."
        )


def _of_hidden(sheet: str) -> str:
    text = _('The hidden sheet “{sheet}” holds a table too and was not read; to read it: --sheet "{sheet}"')
    return text.format(sheet=sheet)


def _of_all_sheets(found: FoundTables) -> Iterator[str]:
    """Where every sheet is read: those that hold no such table, and what a sheet's title alone tells of its rows."""
    if not found.options.all_sheets:
        return
    read = {table.sheet.name for table in found.tables}
    if others := ", ".join(f"“{name}”" for name in found.book.shown if name not in read):
        yield _("Sheets without such a table, not read: {sheets}.").format(sheets=others)
    for table in found.tables if found.what is TableKind.RECOGNITIONS else ():
        told = told_by_title(table, Defaults())
        words = [level_name(told.level)] if told.level and not found.options.defaults.level else []
        words += [str(told.year)] if told.year and not found.options.defaults.year else []
        if words:
            text = _("Sheet “{sheet}”: {words}, as only its title tells.")
            yield text.format(sheet=table.sheet.name, words=", ".join(words))


def _headless(table: OfficeTable) -> list[int]:
    """The columns that hold something in the rows read and have no heading."""
    return [place for place, heading in unread_columns(table) if not heading]


def _silent(plan: ImportPlan) -> Iterator[str]:
    if count := len(plan.silent):
        text = ngettext(
            "{count} row names a unit and tells nothing of it: row {rows}.",
            "{count} rows name units and tell nothing of them: rows {rows}.",
            count,
        )
        yield text.format(count=number(count), rows=ranges(ref.row for ref in plan.silent))


def _chosen(plan: ImportPlan) -> Iterator[str]:
    """What a person said of names that were not sure."""
    if plan.chosen:
        yield _(
            "Names that were not sure, as chosen: {names}. The command alone does not tell them: it asks again."
        ).format(names="; ".join(plan.chosen))


def _near(plan: ImportPlan) -> Iterator[str]:
    """The names that were taken though they fit only nearly."""
    if plan.near:
        listed = [f"{name.ref.address} “{name.typed}” → {name.meant} ({name.how})" for name in plan.near[:_MOST_NEAR]]
        more = ["…"] if len(plan.near) > _MOST_NEAR else []
        yield _("Names that fit only nearly, taken: {names}.").format(names="; ".join([*listed, *more]))


def _remarks(tables: Sequence[OfficeTable]) -> Iterator[str]:
    """What was left out or read besides, of every table."""
    for table in tables:
        where = f"{table.sheet.name}: " if len(tables) > 1 else ""
        yield from (where + text for text in (*_rows_apart(table), *_columns_apart(table)))


def _rows_apart(table: OfficeTable) -> Iterator[str]:
    if table.groups:
        names = ", ".join(f"“{text}”" for text in dict.fromkeys(group.text for group in table.groups))
        yield _("Rows read as headings of groups: {names}.").format(names=names)
    if table.totals:
        yield _("Rows of sums, left out: {rows}.").format(rows=ranges(table.totals))
    if table.passed:
        yield _("Rows of remarks, left out: {rows}.").format(rows=ranges(table.passed))
    if table.what is TableKind.RECOGNITIONS:
        yield from footnote_remarks(table)
    if table.hidden:
        text = _("Hidden rows were read too: {rows}. Leave them out: --skip-hidden")
        yield text.format(rows=ranges(table.hidden))
    if table.hidden_out:
        yield _("Hidden rows, left out: {rows}.").format(rows=ranges(table.hidden_out))
    if below := len(table.sheet.rows) - table.ends:
        text = _("Not read below the table, from row {row}: signatures and remarks, {count} rows.")
        yield text.format(row=number(table.ends + 1), count=number(below))


def _first_mark(table: OfficeTable, place: int) -> str | None:
    """The first mark that stands in a column."""
    texts = (table.sheet.at(row.number, place).shown for row in table.rows)
    return next((text for text in texts if _MARK.fullmatch(text)), None)


def _columns_apart(table: OfficeTable) -> Iterator[str]:
    for place, heading in table.head.unused:
        if any(_LIKE_A_DECISION.search(str(table.sheet.at(row.number, place).value)) for row in table.rows):
            text = _("Column {column} “{heading}” holds numbers of decisions and was not read: {option}")
            option = map_option(place, Field.DECISION.value)
            yield text.format(column=letters_of(place), heading=heading, option=option)
        elif mark := None if is_verdict(heading) else _first_mark(table, place):
            text = _("Column {column} “{heading}” holds “{mark}” and was not read.")
            yield text.format(column=letters_of(place), heading=heading, mark=mark)
    if headless := _headless(table):
        names = ", ".join(map(letters_of, headless))
        yield _("Columns without a heading were not read: {columns}.").format(columns=names)
    hidden = [column for column in table.head.columns if column.number in table.sheet.hidden_columns]
    if hidden:
        names = ", ".join(f"{letters_of(column.number)} “{column.heading}”" for column in hidden)
        yield _("Hidden columns were read too: {columns}.").format(columns=names)
