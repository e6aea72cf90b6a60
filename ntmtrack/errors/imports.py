"""Refusals of the tables that offices send."""

from typing import cast

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_, number


class NoTable(NtmError):
    exit_code = 3
    said = N_("{file}: no table of {what} was found (looked at: {looked}).")
    hint = N_(
        "It needs a row of headings such as Tên xã, Mức, Năm đạt chuẩn, Số quyết định; say which is which with"
        ' --map "HEADING=FIELD", and what is the same for all rows with --level and --year.'
    )


class NoTableOfValues(NtmError):
    exit_code = 3
    said = N_("{file}: no table of {what} was found (looked at: {looked}).")
    hint = N_(
        "It needs a row of headings such as Xã, Thu nhập 2024 (triệu đồng/người/năm); Xã, Chỉ tiêu, Năm, Giá trị; or"
        ' Tên sản phẩm, Xã, Số sao. Say which column is what with --map "D=thu nhập".'
    )


class NoSuchSheet(DidYouMean):
    said = N_("{file} has no sheet “{sheet}”.")
    hint = N_("Its sheets: {known}.")


class SeveralSheets(NtmError):
    exit_code = 3
    said = N_("{file} holds tables on {count} sheets: {sheets}.")
    hint = N_('Take all of them in: --all-sheets; or say which are meant, once or several times: --sheet "{example}"')


class HiddenTable(NtmError):
    exit_code = 3
    said = N_("{file}: no sheet in sight holds a table; hidden ones do: {sheets}.")
    hint = N_('If it is meant: --sheet "{example}"')


class SeveralTables(NtmError):
    exit_code = 3
    said = N_("{place}: there are two tables, one beginning in row {first}, one in row {second}.")
    hint = N_("Put each on a sheet of its own.")


class SideBySide(NtmError):
    exit_code = 3
    said = N_("{place}: two tables stand side by side in row {row}.")
    hint = N_("Take in one after the other: {left}, then {right}; or put each on a sheet of its own.")


class TitleOfOtherProvince(NtmError):
    exit_code = 3
    said = N_("{file}: the title names {province}, which this ledger does not hold.")
    hint = N_('If its rows lie in {own} all the same: --scope "{own}"')


class DeniedTable(NtmError):
    exit_code = 3
    said = N_("{file}: {place} “{text}” speaks of what is planned, not recognised or no more.")
    hint = N_("If its rows were recognised all the same: --yes")


class PlannedFigures(NtmError):
    exit_code = 3
    said = N_("{file}: {place} “{text}” speaks of what is planned; only results are kept.")
    hint = N_("If its figures are results all the same: --yes")


class ColumnsApart(NtmError):
    exit_code = 3
    said = N_("{file}: beyond a blank column stand {columns}, which may be of another table.")
    hint = N_("If they belong to this one: {read}; if not: {skip}")


class HeadingTwice(NtmError):
    exit_code = 3
    said = N_("{file}: two columns tell the same ({field}): {first}, {second}.")
    hint = N_("Leave out what is not meant: {skips}")


class UnitsUnread(NtmError):
    exit_code = 3
    said = N_(
        "{file}: column {column} {heading} names communes (“{unit}”) and was not read: districts would be recorded."
    )
    hint = N_("Have it read: {read}; or say that it names none of the units meant: {skip}")


class MarksUnread(NtmError):
    exit_code = 3
    said = N_("{file}: not read, though its heading tells of a level or a year and “{told}” stands in it: {columns}.")
    hint = N_("Have it read: {read}; or say that it tells of no recognition: {skip}")


class UnknownHeading(NtmError):
    exit_code = 2
    said = N_("No heading of {file} is “{heading}”.")
    hint = N_("Its headings: {known}.")


class BadMapping(NtmError):
    exit_code = 2
    said = N_("Cannot tell what --map “{text}” says.")
    hint = N_('Write --map "Tên xã=unit", or --map "D=year". Fields: {known}.')


class OnlyNames(NtmError):
    exit_code = 3
    said = N_("{file} lists units and tells nothing of them.")
    hint = N_(
        "To record recognitions: --level LEVEL --year YEAR{proposed}. To add the units to the ledger: --what units"
    )


class AnotherKind(NtmError):
    exit_code = 3
    said = N_("{file}: this is a table of {what}: {columns}.")
    hint = N_("Take it in: --what {word}{otherwise}")


class NoLevelTold(NtmError):
    exit_code = 3
    said = N_("{file}: neither a column nor a row tells the level.")
    hint = N_("Give it for all rows: --level LEVEL{proposed}")


class NeitherTold(NtmError):
    exit_code = 3
    said = N_("{file}: neither a column nor a row tells the level, nor the year recognised for.")
    hint = N_("Give them for all rows: --level LEVEL --year YEAR{proposed}")


class SheetsDiffer(NtmError):
    exit_code = 3
    said = N_("{file}: what the rows do not tell differs from sheet to sheet, as their titles say.")
    hint = N_("Take in one sheet after the other: {commands}")


class NoYearTold(NtmError):
    exit_code = 3
    said = N_("{file}: neither a column nor a row tells the year recognised for.")
    hint = N_("Give it for all rows: --year YEAR{proposed}. The day of a decision does not tell it.")


class BadRows(NtmError):
    exit_code = 3
    said = N_("{file}: faults found: {count}; no row was written.")
    hint = N_("{copy}Correct them and import again{or_skip}")

    def shown(self) -> dict[str, object]:
        """The facts with the count of faults as the language in use writes it."""
        return self.facts | {"count": number(cast("int", self.facts["count"]))}


class NotConfirmed(NtmError):
    said = N_("Not confirmed: nothing was written.")


class OverEdits(NtmError):
    said = N_("{file} would take back corrections made with a reason: {units}; nothing was written.")
    hint = N_("Leave those rows out, or take the table's word: --over-edits")


class ChangedMeanwhile(NtmError):
    said = N_("Another program changed the ledger meanwhile: nothing was written.")
    hint = N_("Run the same command again.")


class ScopeNeeded(NtmError):
    said = N_("Whose figures these are is not told: the ledger holds several provinces, or none.")
    hint = N_("Name the province or district: --scope UNIT")


class OnlyForTables(NtmError):
    exit_code = 2
    said = N_("{options} cannot be used for {what}.")
