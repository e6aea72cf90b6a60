"""Every refusal, worded once: what and where, then what to do.

A raise site passes facts (`raise UnknownUnit(name=…, near=…)`); the class holds the words and the exit code.
One boundary, `ntmtrack.cli.main`, shows them. Exit codes: 1 refused · 2 misused · 3 problems found in data ·
4 database newer than the program · 5 year closed · 6 database busy or not writable · 70 a bug · 130 interrupted.
"""

import errno
from collections.abc import Sequence
from typing import ClassVar

from ntmtrack.i18n import N_, _


class NtmError(Exception):
    """A refusal. `said` and `hint` are templates filled with the facts that the raise site passes."""

    exit_code: ClassVar[int] = 1
    said: ClassVar[str] = ""
    hint: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.said.format(**facts))

    def lines(self) -> list[str]:
        """At most three lines in the language in use: what and where, the excerpt, what to do."""
        text = [_(self.said), *([_(self.hint)] if self.hint else [])]
        return [line.format(**self.facts) for line in text]


class DidYouMean(NtmError):
    """A refusal of a word that resembles known ones: fact `near` lists those, and may be empty."""

    def lines(self) -> list[str]:
        """The known words that resemble it, where there are any, instead of the hint."""
        near = self.facts.get("near") or []
        if not isinstance(near, list) or not near:
            return super().lines()
        return [_(self.said).format(**self.facts), _("Did you mean: {near}?").format(near=" · ".join(near))]


# Days, years, levels ------------------------------------------------------------------------------------------


class BadDay(NtmError):
    exit_code = 2
    said = N_("Not a day: “{text}”.")
    hint = N_("Write 20/12/2024 or 2024-12-20; 02/2024 or 2024 when only that much is known.")


class NotAWholeDay(NtmError):
    exit_code = 2
    said = N_("A whole day is needed here, not “{text}”.")
    hint = N_("Write 20/12/2024 or 2024-12-20.")


class OneOf(NtmError):
    exit_code = 2
    said = N_("Give only one of {options}.")


class OnlyWith(NtmError):
    exit_code = 2
    said = N_("{option} is only for use with {other}.")


class UnknownMeasure(NtmError):
    said = N_("Neither a level nor a measure of the plan: “{measure}”.")
    hint = N_("There are: {known}.")


class NoDistricts(NtmError):
    said = N_("{scope} has no districts on {day}: its communes cannot be parted by district.")
    hint = N_("The district tier ended on 1/7/2025; ask for an earlier year.")


class NotParted(NtmError):
    said = N_("{unit} is a commune: there are no districts in it.")
    hint = N_("Ask for its district or province (--scope), or leave out --by district.")


class BadYear(NtmError):
    exit_code = 2
    said = N_("Not a year: “{text}”.")
    hint = N_("Write four digits, as 2024.")


class YearOutsideProgrammes(NtmError):
    said = N_("The year {year} lies outside the programme: the known periods run from {first} to {last}.")
    hint = N_("Check the year that the unit is recognised for (--year).")


class YearInFuture(NtmError):
    said = N_("The year {year} has not come yet (today is {today}).")
    hint = N_("Record a recognition only once it has been decided.")


class DecisionInFuture(NtmError):
    said = N_("The decision is dated {day}, later than today ({today}).")
    hint = N_("Check --date and --announced.")


class UnknownLevel(NtmError):
    said = N_("The {programme} programme has no level “{level}” for this tier.")
    hint = N_("Its levels: {levels}.")


class UnknownProgramme(NtmError):
    said = N_("No programme is called “{name}”.")
    hint = N_("Known programmes: {known}.")


# Units --------------------------------------------------------------------------------------------------------


class UnknownUnit(DidYouMean):
    said = N_("No unit is called “{name}” in this ledger.")
    hint = N_("See the names with: ntmtrack units   Add one with: ntmtrack add-commune, add-district")


class NotAScope(NtmError):
    said = N_("{unit} has no communes or districts below it.")
    hint = N_("--scope takes a district or a province.")


class AmbiguousUnit(NtmError):
    said = N_("“{name}” fits {count} units: {candidates}.")
    hint = N_("Give the code, or say more, e.g. “{example}”.")


class UnitExists(NtmError):
    said = N_("{unit} is already in the ledger.")
    hint = N_("See it with: ntmtrack show {code}")


class ParentEnded(NtmError):
    said = N_("{parent} ended on {until}: nothing new can begin in it on {since}.")
    hint = N_("Check --since, or name the unit that stands there now.")


class CodeTaken(NtmError):
    said = N_("The code {code} already belongs to {unit}.")
    hint = N_("Check --code; a code may be used again only once its unit has ended.")


class WrongKind(NtmError):
    exit_code = 2
    said = N_("“{kind}” is not a kind of {tier}.")
    hint = N_("Kinds: {kinds}.")


class BadCode(NtmError):
    exit_code = 2
    said = N_("“{code}” is not a unit code.")
    hint = N_("A code is {digits} digits, leading zeros kept, e.g. {example}.")


class BadName(NtmError):
    exit_code = 2
    said = N_("“{name}” is not the name of a unit.")
    hint = N_("A name has 1 to 100 characters, letters among them or a number as in “Phường 1”.")


class UnitNotAlive(NtmError):
    said = N_("{unit} did not exist in {when}: it is known {span}.")
    hint = N_("Check the year and the dates, or name the unit that stood there then.")


class KindNotCounted(NtmError):
    said = N_("{unit} is a {kind}; the {programme} programme recognises only: {counted}.")
    hint = N_("Check the unit: a commune and a town may share a name.")


class UnknownProvince(DidYouMean):
    said = N_("No province is called “{name}” in the list of {list}.")
    hint = N_("The list holds {count} provinces; write the name in full, e.g. “Kiên Giang”.")


class ProvinceOfOtherEra(NtmError):
    said = N_("The list of {list} has no {name}; the list of {other} does.")
    hint = N_("Use --programme {programme}, or the name of the province that it became part of.")


class ProvinceLoaded(NtmError):
    said = N_("{province} is already in this ledger ({units} units).")
    hint = N_("Use another file with --db for a fresh start.")


# Recognitions -------------------------------------------------------------------------------------------------


class AlreadyRecognised(NtmError):
    said = N_("{unit} already reached {level} ({evidence}).")
    hint = N_("See it with: ntmtrack show {code}")


class BeforePrerequisite(NtmError):
    said = N_("{unit}: {level} for {day} would come before {below}, which it reached for {below_day}.")
    hint = N_("Check the years: {below} comes first.")


class AfterHigherLevel(NtmError):
    said = N_("{unit}: {level} for {day} would come after {above}, which it already reached for {above_day}.")
    hint = N_("Check the years: {level} comes first.")


class NotRecognised(NtmError):
    said = N_("{unit} is not on record at {level}.")
    hint = N_("See what it has with: ntmtrack show {code}")


class AlreadyRevoked(NtmError):
    said = N_("{unit}: {level} was already revoked on {day}.")
    hint = N_("See what it has with: ntmtrack show {code}")


class RevocationNeedsDay(NtmError):
    exit_code = 2
    said = N_("{unit} ended on {until}: today, {today}, there is nothing left to revoke.")
    hint = N_("Give the day of the revocation with --date.")


class NamedTwice(NtmError):
    exit_code = 2
    said = N_("{unit} is named twice.")
    hint = N_("Name each unit once; nothing was written.")


class BadDecision(NtmError):
    exit_code = 2
    said = N_("“{number}” is not the number of a decision.")
    hint = N_("A number has 1 to 100 characters, as 2903/QĐ-UBND.")


class RevokedBefore(NtmError):
    said = N_("{unit} reached {level} on {day}; it cannot be revoked before that, on {revoked}.")
    hint = N_("Check --date.")


class NothingToUndo(NtmError):
    said = N_("There is no action left to take back.")
    hint = N_("See what was done with: ntmtrack history")


class IssuerNeedsDecision(NtmError):
    exit_code = 2
    said = N_("{options} describe a decision, but no decision number was given.")
    hint = N_("Add --decision, e.g. --decision 2903/QĐ-UBND.")


class DecisionDiffers(NtmError):
    said = N_("Decision {number} is on record as {known}, not {given}.")
    hint = N_("Check the number, the date and the issuer; history tells who recorded it: ntmtrack history")


# Roadmaps and reports -----------------------------------------------------------------------------------------


_MOST_SHOWN = 20  # problems of one file


class BadRoadmap(NtmError):
    exit_code = 3
    said = N_("{file} is not a valid roadmap; nothing was taken from it. Problems: {count}")
    hint = N_("The form of a plan file is in README, “Lộ trình của tỉnh mình”.")

    def __init__(self, *, file: object, problems: Sequence[object]) -> None:
        super().__init__(file=file, problems=list(problems), count=len(problems))

    def lines(self) -> list[str]:
        """What and where, then every problem on a line of its own, then where the form is described."""
        problems = self.facts["problems"]
        assert isinstance(problems, list)
        shown = [f"· {problem}" for problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            shown.append(_("… and {count} more").format(count=len(problems) - _MOST_SHOWN))
        return [_(self.said).format(**self.facts), *shown, _(self.hint)]


class CannotRead(NtmError):
    said = N_("Cannot read {file}: {reason}")


# Tables that offices send ----------------------------------------------------------------------------------------


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


class SeveralTables(NtmError):
    exit_code = 3
    said = N_("{place}: there are two tables, one beginning in row {first}, one in row {second}.")
    hint = N_("Put each on a sheet of its own.")


class SideBySide(NtmError):
    exit_code = 3
    said = N_("{place}: two tables stand side by side in row {row}.")
    hint = N_("Put each on a sheet of its own, or one below the other in one table.")


class PlanTitle(NtmError):
    exit_code = 3
    said = N_("{file}: the title speaks of a plan or of registrations, not of recognitions: “{title}”.")
    hint = N_("If its rows were recognised all the same: --yes")


class HeadingTwice(NtmError):
    exit_code = 3
    said = N_("{file}: two columns tell the same ({field}): {first}, {second}.")
    hint = N_('Leave out the one that is not meant: --map "{example}=skip", or by its letter: --map "D=skip"')


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


class ChangedMeanwhile(NtmError):
    said = N_("Another program changed the ledger meanwhile: nothing was written.")
    hint = N_("Run the same command again.")


class ScopeNeeded(NtmError):
    said = N_("Whose figures these are is not told: the ledger holds several provinces, or none.")
    hint = N_("Name the province or district: --scope UNIT")


class FileExists(NtmError):
    said = N_("There is a file {file} already.")
    hint = N_("Choose another name, or move that file away.")


class OnlyForTables(NtmError):
    exit_code = 2
    said = N_("{options} cannot be used for {what}.")


class NoSuchFile(NtmError):
    said = N_("There is no file {file}.")


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
    hint = N_("Leave supersedes out of one of them.")


class SeveralRoadmaps(NtmError):
    said = N_("{scope} has {count} current roadmaps: {keys}.")
    hint = N_("Choose one with --roadmap KEY, or see each with --roadmap all.")


class OneRoadmapHere(NtmError):
    said = N_("{scope} has {count} current roadmaps: {keys}; this shows figures beside one of them.")
    hint = N_("Choose one with --roadmap KEY; the table of one moment shows them all.")


class WhichRoadmap(NtmError):
    said = N_("The ledger has {count} current roadmaps: {keys}.")
    hint = N_("Say which by its key: roadmap show KEY, roadmap check KEY, roadmap export FILE --roadmap KEY.")


class RoadmapNotHeld(NtmError):
    said = N_("The roadmap {key}, for {scope}, ships with the program but is not in this ledger.")
    hint = N_("Look at it with: ntmtrack roadmap show {key}; the ledger of that unit takes it in with: roadmap import.")


class RoadmapInFile(NtmError):
    said = N_("{file} is a file; figures are held against roadmaps of the ledger, called by their keys.")
    hint = N_("Take it in with: ntmtrack roadmap import {file}; then use its key.")


class UnknownRoadmap(DidYouMean):
    said = N_("There is no roadmap {key}: not in the ledger, not among those that ship, and no file of that name.")
    hint = N_("See what there is with: ntmtrack roadmap list")


class RoadmapExists(NtmError):
    said = N_("The ledger holds a roadmap {key} already, with other figures.")
    hint = N_(
        "Correct it with --replace; a new version of the plan gets a key of its own and supersedes = the old one."
    )


class ScopeNotHeld(NtmError):
    said = N_("The roadmap {key} is for {scope} (code {code}), which this ledger does not hold.")
    hint = N_("Check scope_code and scope_name, or use the ledger of that unit (--db).")


class OtherProgramme(NtmError):
    said = N_("The roadmap {key} is for the programme {programme}, in which {scope} did not exist.")
    hint = N_("Check programme and scope_code in the plan file.")


class SupersededUnknown(NtmError):
    said = N_("The roadmap {key} is to take the place of {older}, which is not on record for {scope}.")
    hint = N_("Take the older one in first, or leave supersedes out.")


class NotAPlanFile(NtmError):
    exit_code = 2
    said = N_("{file} is no plan file: a plan is a .toml, .xlsx or .csv file.")


class TooLongForExcel(NtmError):
    said = N_("{place} would hold more than Excel can; write .csv or .toml")


class NoUnits(NtmError):
    said = N_("There is no commune or district of {scope} in the ledger yet.")
    hint = N_("Load a province with: ntmtrack init --province …   Or add units: ntmtrack add-district, add-commune")


class NothingToCount(NtmError):
    said = N_("No commune or district of {scope} is known to exist on {day}.")
    hint = N_("The last day on which some did: {last}. Ask for that year, or add units first.")


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


class NotYet(NtmError):
    said = N_("The year {year} has not come yet (today is {today}): there are no figures of it.")
    hint = N_("What is planned for it: ntmtrack progress --year {year}")


class NotAText(NtmError):
    exit_code = 2
    said = N_("“{file}”: -o writes text, CSV or JSON, not a workbook.")
    hint = N_('For Excel: ntmtrack export "{file}"   or -o "{stem}.csv"')


class BadCount(NtmError):
    exit_code = 2
    said = N_("Not a count: “{text}”.")
    hint = N_("Write a whole number from 1, as 20.")


class OverLedger(NtmError):
    said = N_("{file} is a ledger or another database.")
    hint = N_("Nothing was overwritten. Give another name.")


class FileBusy(NtmError):
    said = N_("Cannot write {file}: {reason}")
    hint = N_("If it is open in Excel, close it there and try again, or give another name.")


class FileInUse(NtmError):
    said = N_("{file} is open in another program (Excel, LibreOffice).")
    hint = N_('Close it there and try again, or write beside it: ntmtrack export "{other}"')


# The database -------------------------------------------------------------------------------------------------


class NoDatabase(NtmError):
    said = N_("There is no ledger yet at {file}.")
    hint = N_('Start one: ntmtrack init --province "Kiên Giang"   Or look at the sample: ntmtrack demo')


class NotALedger(NtmError):
    said = N_("{file} is not an ntmtrack ledger.")
    hint = N_("Give the right file with --db; this one was left as it is.")


class DatabaseNewer(NtmError):
    exit_code = 4
    said = N_("{file} was written by a newer ntmtrack (schema {revision}).")
    hint = N_("Update the program; the file was left as it is.")


class MadeMeanwhile(NtmError):
    exit_code = 6
    said = N_("Another program has just made {file}.")
    hint = N_("Nothing was written. Run the command again.")


class DatabaseBusy(NtmError):
    exit_code = 6
    said = N_("{file} is in use by another program; waited {seconds} seconds.")
    hint = N_("Nothing was written. Close the other program or wait for it, then try again.")


class DatabaseNotWritable(NtmError):
    exit_code = 6
    said = N_("Cannot write to {file}: {reason}")
    hint = N_("Check the folder and its permissions, or choose another file with --db.")


class DatabaseDamaged(NtmError):
    exit_code = 6
    said = N_("{file} cannot be read: {reason}")
    hint = N_("Keep the file as it is and go back to the last copy of it.")


class NotADemo(NtmError):
    said = N_("{file} already exists and is not a fresh sample: something was recorded in it.")
    hint = N_("Nothing was overwritten. Choose another place with --into.")


# What the system says ------------------------------------------------------------------------------------------

_REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("it can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of the path is a file"),
    errno.EEXIST: N_("a file of that name is in the way"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def reason(wrong: OSError) -> str:
    """Why the system refused, in the language in use where we have words for it."""
    known = _REASONS.get(wrong.errno or 0)
    return _(known) if known else wrong.strerror or str(wrong)
