"""Refusals of what is to become of units: mergers, splits, ends, lists of changes; of letting them take part."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class NothingToCarry(NtmError):
    said = N_("Nothing to carry over: the units of this ledger are those of today, {today}.")
    hint = N_("Look at them with: ntmtrack units")


class UnitsNotListed(NtmError):
    said = N_("{count} communes of this ledger are not on the national list of 30/6/2025: {units}.")
    hint = N_("Give them the name and the code of the list. See: ntmtrack units")


class PredecessorsMissing(NtmError):
    said = N_("{count} units that the new ones are made of are not in this ledger: {units}.")
    hint = N_("Bring them first: ntmtrack init --province PROVINCE (of today); it also carries the ledger over.")


class RecognisedAfterEnd(NtmError):
    said = N_("{count} recognitions are of a time in which the unit was no more: {units}.")
    hint = N_(
        "Correct the year or day (ntmtrack edit), or undo the recognition and record it for the unit of that time."
    )


class NotDividedSo(NtmError):
    exit_code = 2
    said = N_("“{text}” does not tell where the main part of a divided unit went.")
    hint = N_('Write --main "OLD = NEW" with units by name or code, e.g.: {ways}')


class BecomesWhat(NtmError):
    exit_code = 2
    said = N_("It is not said what becomes of the units.")
    hint = N_("Add --into NAME, --rename NAME, --kind KIND, --code CODE, --move-to UNIT or --end; or --national alone.")


class NeedsDay(NtmError):
    exit_code = 2
    said = N_("From which day on units change is not said.")
    hint = N_("Add --on, e.g. --on 1/11/2024")


class OneUnitOnly(NtmError):
    exit_code = 2
    said = N_("{option} is of one unit, and several are told.")
    hint = N_("Change them one by one, or as a table: ntmtrack import FILE --what changes")


class NotStanding(NtmError):
    said = N_("{unit} did not stand on {day}: it is known {span}.")
    hint = N_("Check --on, or name the unit that stood there then.")


class AlreadyRearranged(NtmError):
    said = N_("{unit} went into {heirs} on {day} already.")
    hint = N_("See what the ledger tells: ntmtrack history")


class SayKind(NtmError):
    exit_code = 2
    said = N_("What kind of unit {unit} is cannot be told from the old ones ({kinds}).")
    hint = N_("Add --kind, or write the kind before the name.")


class SayParent(NtmError):
    exit_code = 2
    said = N_("The old units do not lie in one unit: {units}.")
    hint = N_("Say where the new one lies: --move-to UNIT")


class AcrossProvinces(NtmError):
    said = N_("This joins units of several provinces: {done}.")
    hint = N_("If it is so, add --yes.")


class HasUnits(NtmError):
    said = N_("{unit} cannot end on {day}: {units} still lies in it.")
    hint = N_("Move or merge those first: --move-to UNIT, --into NAME")


class RecognisedBefore(NtmError):
    said = N_("{unit} cannot have begun on {day}: it is recognised before that ({evidence}).")
    hint = N_("Correct the recognition first (ntmtrack edit), or undo it and record it for the unit of that time.")


class AboveConstituents(NtmError):
    said = N_("{unit}: {level} cannot be acknowledged: not on record of {units}.")
    hint = N_(
        "If it was recognised anew after a review: ntmtrack record {code} --level {key} --year {year}"
        " --basis re-recognised"
    )


class AlreadyCarried(NtmError):
    said = N_("{unit} is on record already: {state}.")
    hint = N_("See it with: ntmtrack carry {code}")


class NothingProposed(NtmError):
    said = N_("No level is proposed for {units}.")
    hint = N_("See why with: ntmtrack carry   What a review found: ntmtrack carry --propose {code} --level LEVEL")


class NothingLeftToWrite(NtmError):
    said = N_("{units}: of {count} new units with a level proposed none is left to write: {why}.")
    hint = N_("See them with: ntmtrack carry")


class StillRecognised(NtmError):
    said = N_("{unit} holds {level}: that must be revoked before it holds no more.")
    hint = N_("Record it with: ntmtrack revoke {code} --level {key}")


class YearToCarry(NtmError):
    exit_code = 2
    said = N_("For which year {unit} is acknowledged is not told: the guidance takes that of the decision.")
    hint = N_("Give the day of the decision (--date), or the year (--year).")


class GoneInto(NtmError):
    said = N_("{unit} ended on {until}; what it held is looked at with the unit that it went into.")
    hint = N_("See: {ways}")


class NotFormed(NtmError):
    said = N_("{unit} was formed by no merger on record: its recognitions go on, and nothing is to be carried over.")
    hint = N_("See what it has with: ntmtrack show {code}")


class CountedAnyway(NtmError):
    said = N_("{unit} is counted in the {programme} programme anyway: it need not be marked as taking part.")
    hint = N_("Only units of other kinds are marked: {kinds}. Record its levels with: ntmtrack record {code}")


class KindNotParticipating(NtmError):
    said = N_("{unit} is a {kind}; only these may take part in the {programme} programme: {kinds}.")
    hint = N_("Check the unit: a commune and a ward may share a name.")


class NoParticipants(NtmError):
    said = N_("The {programme} programme knows no units that take part without being counted.")
    hint = N_("Give a day within one that does ({known}): --since")


class TakesPartAlready(NtmError):
    said = N_("{unit} takes part in the {programme} programme already, since {day}.")
    hint = N_("See it with: ntmtrack show {code}   Another day? First take that back: ntmtrack history {code}")


class AlreadyChanged(NtmError):
    said = N_("A change of {unit} from {day} on is on record already.")
    hint = N_("Look at it: ntmtrack history   If it is wrong, take it back: ntmtrack undo ACTION")


class ChangedLater(NtmError):
    said = N_("{unit} cannot end on {day}: a change of it on {later} is on record.")
    hint = N_("Take the later change back first, then enter them in the order of their days.")


class NothingChanges(NtmError):
    exit_code = 2
    said = N_("{unit} is so already: nothing would change.")
    hint = N_("See it with: ntmtrack units")
