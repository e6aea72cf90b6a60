"""Refusals of tables that offices send, of roadmaps, and of files that are exported."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_


class NoTable(NtmError):
    exit_code = 3
    said = N_("{file}: no table of {what} was found (looked at: {looked}).")
    hint = N_(
        "It needs a row of headings such as Tên xã, Danh hiệu, Năm đạt chuẩn, Số quyết định; say which is which with"
        ' --map "HEADING=FIELD", and what is the same for all rows with --level and --year.'
    )


class NoSuchSheet(DidYouMean):
    said = N_("{file} has no sheet “{sheet}”.")
    hint = N_("Its sheets: {known}.")


class SeveralSheets(NtmError):
    exit_code = 3
    said = N_("{file} holds tables on {count} sheets: {sheets}.")
    hint = N_('Say which are meant: --sheet "{example}"; it may be given several times.')


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
    said = N_("{file}: faults found: {count}; nothing was written.")
    hint = N_("{copy}Correct them and import again, or leave those rows out: --skip-bad")


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


class NoRoadmap(NtmError):
    said = N_("There is no roadmap for {scope}.")
    hint = N_("See what there is with: ntmtrack roadmap list")


class RoadmapOfOtherScope(NtmError):
    said = N_("The roadmap {key} is for {of}, not for {scope}.")
    hint = N_("Ask with --scope for the unit that it is for; see: ntmtrack roadmap list")


class RoadmapOfOtherPeriod(NtmError):
    said = N_("The roadmap {key} is for the programme {programme}, not for {year}.")
    hint = N_("Ask with --year for a year of that programme; see: ntmtrack roadmap list")


class RoadmapCircle(NtmError):
    said = N_("The roadmap {key} cannot take the place of {older}, which has taken its own.")
    hint = N_('Clear the cell “Thay cho” of one of them (in a .toml file take out the line supersedes = "{older}").')


class SeveralRoadmaps(NtmError):
    said = N_("{scope} has {count} current roadmaps that set the same target: {keys}.")
    hint = N_(
        "Choose one with --roadmap KEY, or see each with --roadmap all. Where one takes the place of another, write the"
        ' other\'s key into its cell “Thay cho” (in a .toml file: supersedes = "KEY"), then:'
        " ntmtrack roadmap import FILE --replace"
    )


class OneRoadmapHere(NtmError):
    said = N_(
        "{scope} has {count} current roadmaps that set the same target: {keys}; this shows figures beside one of them."
    )
    hint = N_("Choose one with --roadmap KEY; the table of one moment shows them all.")


class WhichRoadmap(NtmError):
    said = N_("The ledger has {count} current roadmaps: {keys}.")
    hint = N_("Say which by its key: ntmtrack roadmap export FILE --roadmap KEY")


class RoadmapNotHeld(NtmError):
    said = N_("The roadmap {key}, for {scope}, ships with the program but is not in this ledger.")
    hint = N_(
        "Look at it with: ntmtrack roadmap show {key}; the ledger of that unit takes it in with:"
        " ntmtrack roadmap import {key}"
    )


class RoadmapInFile(NtmError):
    said = N_("{file} is a file; figures are held against roadmaps of the ledger, called by their keys.")
    hint = N_('Take it in with: ntmtrack roadmap import "{file}"; then use its key.')


class UnknownRoadmap(DidYouMean):
    said = N_("There is no roadmap {key}: not in the ledger, not among those that ship, and no file of that name.")
    hint = N_("See what there is with: ntmtrack roadmap list")


class RoadmapExists(NtmError):
    said = N_("The ledger holds a roadmap {key} already, with other figures.")
    hint = N_(
        "Correct it with --replace; a new document that takes its place gets a key of its own, and {key} in the cell"
        ' “Thay cho” (in a .toml file: supersedes = "{key}").'
    )


class ScopeNotHeld(NtmError):
    said = N_("The roadmap {key} is for {scope} (code {code}), which this ledger does not hold.")
    hint = N_(
        "Check the cells “Mã đơn vị” and “Đơn vị” (in a .toml file: scope_code, scope_name), or use the ledger of that"
        " unit (--db)."
    )


class OtherProgramme(NtmError):
    said = N_("The roadmap {key} is for the programme {programme}, in which {scope} did not exist.")
    hint = N_("Check the cells “Giai đoạn” and “Mã đơn vị” (in a .toml file: programme, scope_code).")


class SupersededUnknown(NtmError):
    said = N_("The roadmap {key} is to take the place of {older}, which is not on record for {scope}.")
    hint = N_(
        "Take the older one in first, or leave the cell “Thay cho” blank (in a .toml file take out the line"
        ' supersedes = "{older}").'
    )


class NotAPlanFile(NtmError):
    exit_code = 2
    said = N_("{file} is no plan file: a plan is a .toml, .xlsx or .csv file.")


class TooLongForExcel(NtmError):
    said = N_("{place} would hold more than Excel can; write .csv or .toml")


class UnknownFormat(NtmError):
    exit_code = 2
    said = N_("“{file}” does not end in .xlsx.")
    hint = N_('Write for example: ntmtrack {command} "{stem}.xlsx"')


class UnknownEnding(NtmError):
    exit_code = 2
    said = N_("“{file}” does not end in any of {known}.")
    hint = N_('Write for example: ntmtrack export "{stem}.xlsx"')


class UnknownSheet(NtmError):
    exit_code = 2
    said = N_("There is no sheet called “{name}”.")
    hint = N_("The sheets are: {known}.")


class NotAForm(NtmError):
    exit_code = 2
    said = N_("A form and what is written from it are both .xlsx files: {form}, {file}")
    hint = N_("Save the form in Excel as .xlsx, and write to another name that ends in .xlsx.")


class UnknownNames(NtmError):
    said = N_("{file}: unknown names in the form: {names}")
    hint = N_("Near them: {near}. All names with their values: ntmtrack export names.xlsx --sheets names")


class OneSheetOnly(NtmError):
    exit_code = 2
    said = N_("{file} has room for one sheet, not for: {names}.")
    hint = N_("Choose one: --sheets data")


class OneTableOnly(NtmError):
    exit_code = 2
    said = N_("{file} has room for one table; the sheet “{sheet}” has {count}.")
    hint = N_('Write it as "{stem}.json" or "{stem}.xlsx" instead.')


class EmptySheets(NtmError):
    said = N_("There is nothing to show for {scope} on: {names}.")
    hint = N_("Leave those sheets out of --sheets, or ask about another unit, year or day.")
