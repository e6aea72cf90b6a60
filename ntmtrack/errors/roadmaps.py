"""Refusals of roadmaps: which one is meant, what it is for, what it supersedes."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_


class PlanHeadMissing(NtmError):
    exit_code = 2
    said = N_("The plan lacks: {missing}.")
    hint = N_("Add: {options}")


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
