"""Refusals of emulation movements: which one is meant, what it is of."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_


class NoMovement(NtmError):
    said = N_("No emulation movement on record is {of}.")
    hint = N_("See which there are: ntmtrack movement list   Take one in: ntmtrack movement import KEY or FILE")


class WhichMovement(NtmError):
    said = N_("There are {count} emulation movements {of}: {keys}.")
    hint = N_("Say which by its key: --movement KEY")


class UnknownMovement(DidYouMean):
    said = N_("There is no emulation movement {key}: not in the ledger, and not among those that ship.")
    hint = N_("See which there are: ntmtrack movement list")


class MovementNotHeld(NtmError):
    said = N_("The emulation movement {key}, of {scope}, ships with the program but is not in this ledger.")
    hint = N_("Take it in: ntmtrack movement import {key}")


class MovementExists(NtmError):
    said = N_("The ledger holds an emulation movement {key} already, with other rules.")
    hint = N_(
        "Correct it with --replace; a new document that takes its place gets a key of its own, and {key} in the cell"
        ' “Thay cho” (in a .toml file: supersedes = "{key}").'
    )


class MovementCircle(NtmError):
    said = N_("The emulation movement {key} cannot take the place of {older}, which has taken its own.")
    hint = N_('Clear the cell “Thay cho” of one of them (in a .toml file take out the line supersedes = "{older}").')


class MovementScopeNotHeld(NtmError):
    said = N_("The emulation movement {key} is of {scope} (code {code}), which this ledger does not hold.")
    hint = N_(
        "Check the cells “Mã đơn vị” and “Đơn vị” (in a .toml file: scope_code, scope_name), or use the ledger of that"
        " unit (--db)."
    )


class MovementOfOtherYears(NtmError):
    said = N_("The emulation movement {key} is of {years}, in which {scope} did not stand.")
    hint = N_(
        "Check the cells “Từ ngày”, “Đến ngày” and “Mã đơn vị” (in a .toml file: begins_on, ends_on, scope_code)."
    )


class NoMovementToReplace(NtmError):
    said = N_("The emulation movement {key} is to take the place of {older}, which is not on record for {scope}.")
    hint = N_(
        "Take the older movement in first, or leave the cell “Thay cho” blank (in a .toml file take out the line"
        ' supersedes = "{older}").'
    )


class NotAMovementFile(NtmError):
    exit_code = 2
    said = N_("{file} is no file of a movement: that is a .toml or .xlsx file.")
