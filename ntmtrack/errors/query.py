"""Refusals of what is asked: days, years, levels, units, roadmaps, reports."""

from collections.abc import Sequence

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_, _
from ntmtrack.ways import way_over


class BadDay(NtmError):
    exit_code = 2
    said = N_("Not a day: “{text}”.")
    hint = N_("Write the day as 20/12/2024 or 2024-12-20; 02/2024 or 2024 when only that much is known.")


class NotAWholeDay(NtmError):
    exit_code = 2
    said = N_("A whole day is needed here, not “{text}”.")
    hint = N_("Write the day as 20/12/2024 or 2024-12-20.")


class OneOf(NtmError):
    exit_code = 2
    said = N_("Give only one of {options}.")


class OnlyWith(NtmError):
    exit_code = 2
    said = N_("{option} is only for use with {other}.")


class UnknownTopic(NtmError):
    exit_code = 2
    said = N_("There is no page about “{topic}”.")
    hint = N_("The pages are: {known}.   Of a command: ntmtrack help progress")


class UnknownMeasure(NtmError):
    said = N_("Neither a level nor a measure of the plan: “{measure}”.")
    hint = N_("There are: {known}.")


class NoDistricts(NtmError):
    said = N_("{scope} has no districts on {day}: its communes cannot be parted by district.")
    hint = "{way}"


class NotParted(NtmError):
    said = N_("{unit} is a commune: there are no districts in it.")
    hint = N_("Ask for its district or province (--scope), or leave out --by district.")


class BadYear(NtmError):
    exit_code = 2
    said = N_("Not a year: “{text}”.")
    hint = N_("Write four digits, as 2024.")


class YearOutsideProgrammes(NtmError):
    said = N_("The year {year} lies outside the programme: the known periods run from {first} to {last}.")
    hint = N_("Check the year.")


class YearInFuture(NtmError):
    said = N_("The year {year} has not come yet (today is {today}).")
    hint = N_("Record a recognition only once it has been decided.")


class DayInFuture(NtmError):
    said = N_("The day {day} is later than today ({today}).")
    hint = N_("Check the day: only what has come about by today is kept.")


class DecisionInFuture(DayInFuture):
    hint = N_("Check the day of the decision, and that of its announcement if one is given.")


class UnknownLevel(NtmError):
    said = N_("The {programme} programme has no level “{level}” for this tier.")
    hint = N_("Its levels: {levels}.")


class UnknownWord(NtmError):
    exit_code = 2
    said = N_("“{text}” is none of the words that can stand here.")
    hint = N_("Write one of: {known}.")


class UnknownProgramme(NtmError):
    said = N_("No programme is called “{name}”.")
    hint = N_("Known programmes: {known}.")


class UnknownSet(NtmError):
    said = N_("Nothing is counted by a set “{name}” in the {programme} programme.")
    hint = N_("Its sets: {known}.")


class LevelOfSetBefore(NtmError):
    said = N_("The {programme} set has no level “{level}”; the {before} set has.")
    hint = N_("Where the decision recognises by the {before} set, add: --set {before}")


class NoSuchCommand(DidYouMean):
    exit_code = 2
    said = N_("There is no command “{name}”.")
    hint = N_("See what there is: {command} --help")


class TooLittleTold(NtmError):
    exit_code = 2
    said = N_("Not told yet: {what}.")
    hint = N_("For example: {example}")


class UnknownUnit(DidYouMean):
    said = N_("No unit is called “{name}” in this ledger.")
    hint = N_("See the names with: ntmtrack units   Add one with: ntmtrack add-commune, add-district")


class NotCarriedOver(UnknownUnit):
    hint = N_("This ledger is not carried over 1/7/2025 yet: {way}")

    def lines(self) -> list[str]:
        """The known names that resemble it, where there are any, and what to do in any case."""
        said, *others = super().lines()
        return [said, *dict.fromkeys([*others, _(self.hint).format(**self.shown())])]

    def shown(self) -> dict[str, object]:
        """The facts, and how it is carried over."""
        return {**self.facts, "way": way_over()}


class UnitOtherwise(UnknownUnit):
    said = N_("There is no “{name}” in this ledger: of that name it has {others}.")
    hint = N_("Correct its kind, its district or its province, or give the code.")

    def tiers(self) -> set[object]:
        """The tiers of the units of that name: fact `units`."""
        units = self.facts["units"]
        return {unit.tier for unit in units} if isinstance(units, tuple) else set()


class UnitNotAsked(UnitOtherwise):
    said = N_("“{name}” is {others}: not a unit that can be meant here.")
    hint = N_("Name the unit that is asked for, or give its code.")


class UnitNotSeen(UnknownUnit):
    said = N_("No unit called “{name}” is among what you see: {units}.")
    hint = N_("See the names with: ntmtrack units   Who is to see more is given it by the owner: ntmtrack server grant")


class FormerDistrict(UnknownUnit):
    said = N_("{district} ended on {until}; this ledger holds the units from 1/7/2025 on.")
    hint = N_("Ask for one of its communes of today; for earlier years use a ledger with the units up to {until}.")


class NotAScope(NtmError):
    said = N_("{unit} has no communes or districts below it.")
    hint = N_("--scope takes a district or a province.")


class AmbiguousUnit(NtmError):
    said = N_("“{name}” fits {count} units: {candidates}.")
    hint = N_("Give the code, or write: {ways}.")

    @property
    def codes_tell(self) -> bool:
        """Whether a code tells which is meant: of two units of different times it may be the same."""
        units = self.facts.get("units", ())
        codes = [unit.code for unit in units] if isinstance(units, Sequence) else []
        return len(set(codes)) == len(codes)

    def lines(self) -> list[str]:
        """What the name fits, and how to write each."""
        said, hint = super().lines()
        return [said, hint if self.codes_tell else _("Write: {ways}.").format(ways=self.facts["ways"])]


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


class CodelessTier(NtmError):
    said = N_("Villages have no official code: “{code}”.")
    hint = N_("Leave the code out: a village is told by its name within its commune.")


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
    hint = N_("The list holds {count} provinces; write the name in full, e.g. “An Giang”.")


class ProvinceJoined(NtmError):
    said = N_("The list of {list} has no {name}: it is part of {now} since 1/7/2025.")
    hint = N_("Name that province, or start with the units up to then: --programme 2021-2025")


class ProvinceLoaded(NtmError):
    said = N_("{province} is already in this ledger ({units} units).")
    hint = N_("Use another file with --db for a fresh start.")


class NotText(NtmError):
    exit_code = 2
    said = N_("“{text}” holds bytes that are no text in UTF-8.")
    hint = N_("Set the terminal to UTF-8; give a file of such a name another one.")


class BadAction(NtmError):
    exit_code = 2
    said = N_("Not the number of an action: “{text}”.")
    hint = N_("See the numbers with: ntmtrack history")


_MOST_SHOWN = 20  # problems of one file


class BadRoadmap(NtmError):
    exit_code = 3
    said = N_("{file} is not a valid roadmap; nothing was taken from it. Problems: {count}")
    hint = N_("The form of a plan file: ntmtrack help lo-trinh")

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


class BadMovement(BadRoadmap):
    said = N_("{file} is not a valid file of a movement; nothing was taken from it. Problems: {count}")
    hint = N_("The form of such a file: ntmtrack help phong-trao")


class CannotRead(NtmError):
    said = N_("Cannot read {file}: {reason}")


class NotAReport(NtmError):
    said = N_("{file} carries no stamp of this program: nothing of it can be verified.")
    hint = N_(
        "Only .xlsx, .docx, .html that ntmtrack export wrote can be verified, as long as nothing took the stamp away."
    )


class UnitTakenBack(NtmError):
    said = N_("{unit} is no longer in the ledger: action {action} took it back.")
    hint = N_("See what was done with: ntmtrack history {action}")


class StampUnreadable(NtmError):
    said = N_("The stamp of the report cannot be read: {field} is “{value}”.")
    hint = N_("Something changed it; export the report anew and compare the two.")


class NoUnits(NtmError):
    said = N_("There is no commune or district of {scope} in the ledger yet.")
    hint = N_("Load a province with: ntmtrack init --province …   Or add units: ntmtrack add-district, add-commune")


class NothingToCount(NtmError):
    said = N_("No commune or district of {scope} is known to exist on {day}.")
    hint = N_("The last day on which some did: {last}. Ask for that year, or {way}")


class NotYetStanding(NothingToCount):
    said = N_("{scope} has its units only from {since} on; on {day} there were none.")
    hint = N_("Ask about a later year.")

    def lines(self) -> list[str]:
        """What it has, and of what it was made, to be asked about instead."""
        said, hint = super().lines()
        ways = self.facts["ways"]
        if not (isinstance(ways, list) and ways):
            return [said, hint]
        told = _(" or ").join(f'--scope "{title}"' for title in ways)
        return [said, _("Before that there were the units that it was made of: add {ways}").format(ways=told)]


class YearNotBegun(NtmError):
    said = N_("The year {year} has not come yet (today is {today}): there are no figures of it.")
    hint = N_("What is planned for it: ntmtrack progress --year {year}")


class NotYet(NtmError):
    said = N_("The day {day} has not come yet (today is {today}): there are no figures of it.")
    hint = N_("Leave {option} out, or ask about a day up to today.")


class BadCount(NtmError):
    exit_code = 2
    said = N_("Not a count: “{text}”.")
    hint = N_("Write a whole number from 1, as 20.")


class NotInProgramme(NtmError):
    said = N_("{scope} did not exist in the programme {programme}.")
    hint = N_("Choose another unit with --scope, or a year of another programme with --year.")


class MapTooOld(NtmError):
    said = N_("The map of {map} does not reach to {day}: {unit} has ended since.")
    hint = N_("Ask on a later map, or about a day until then: --as-of {map}")
