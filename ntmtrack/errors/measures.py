"""Refusals of values by unit and year."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_, _


class NoSuchMeasure(DidYouMean):
    said = N_("There is no measure called “{text}”.")
    hint = N_('Known: {known}. One of your own: --measure other --name "its name" --value "12 ha"')


class BadMeasuredValue(NtmError):
    exit_code = 2
    said = N_("This is no value: “{text}”.")
    hint = N_("Write a number with its unit, e.g. 62,5 triệu đồng/năm, 98,5 %, 12 thôn.")


class UnclearNumber(NtmError):
    exit_code = 2
    said = N_("“{text}” may be thousands or decimals.")
    hint = N_("Write {ways}.")

    def shown(self) -> dict[str, object]:
        """The facts, its ways joined."""
        ways = self.facts["ways"]
        assert isinstance(ways, list)
        return self.facts | {"ways": _(" or ").join(filter(None, ways))}


class UnknownUnitOfMeasure(NtmError):
    exit_code = 2
    said = N_("“{unit}” is no unit of {measure}.")
    hint = N_("Its unit: {known}.")


class UnitOfMeasureNeeded(NtmError):
    exit_code = 2
    said = N_("{value} would be an odd {measure}: in which unit is it, by the year or the month?")
    hint = N_("Write the unit: “{number} triệu đồng/năm”, “{number} nghìn đồng/tháng” …")


class NotBetween(NtmError):
    said = N_("{measure} is a per cent: {value} is not between 0 and 100.")
    hint = N_("Correct the value, or the measure.")


class NotWhole(NtmError):
    said = N_("{measure} is a whole number, and {value} is none.")
    hint = N_("Correct the value.")


class BadStars(NtmError):
    said = N_("OCOP rates products with 1 to 5 stars, and recognises those of 3 and more: {text} is none of these.")
    hint = N_("Correct the stars.")


class LapsedBeforeDecision(NtmError):
    said = N_("Valid until {until} lies before the day of the decision, {day}.")
    hint = N_("Correct one of the two days.")


class ValueNeeded(NtmError):
    exit_code = 2
    said = N_("The value is not told.")
    hint = N_("Write --value 62,5 (of an OCOP product --stars 4).")


class YearNeeded(NtmError):
    exit_code = 2
    said = N_("The year of the value is not told.")
    hint = N_("Write --year 2024; of an OCOP product the day of its decision will do: --date 20/12/2024")


class ValueOfYearToCome(NtmError):
    said = N_("The year {year} has not begun: today is {today}.")
    hint = N_("Values are kept of years that have; what is to be reached stands in a roadmap.")


class YearTooEarly(NtmError):
    said = N_("Values are kept from the year 2000 on: {year} is before.")
    hint = N_("Correct the year.")


class NameNeeded(NtmError):
    exit_code = 2
    said = N_("What is measured is not named: {measure}.")
    hint = N_('Write its name: --name "Khô cá lóc"')


class NoNameHere(NtmError):
    exit_code = 2
    said = N_("{measure} takes no {options}.")
    hint = N_("These are for OCOP products: --measure ocop. A name goes with what is counted one by one too.")


class MeasuredAlready(NtmError):
    said = N_("Of {unit}, {measure} in {year} is on record: {value}.")
    hint = N_('Where that is wrong, the same command with: --correct "why"')


class NothingMeasured(NtmError):
    said = N_("Of {unit}, {measure} in {year} is not on record: there is nothing to correct.")
    hint = N_("On record: {known}. To record it, leave --correct out.")


class UnitOfValuesNeeded(NtmError):
    said = N_("Nothing tells in which unit {measure} is: {place}.")
    hint = N_('Say so: --unit "{unit}"; or write it into the heading.')


class YearOfValuesNeeded(NtmError):
    said = N_("Nothing tells of which year the values are: {place}.")
    hint = N_("Say so: --year {year}; or write it into the heading.")
