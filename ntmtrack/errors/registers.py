"""Refusals of registrations, and of entries of the other registers of emulation."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class NothingPledged(NtmError):
    exit_code = 2
    said = N_("What is registered is not told.")
    hint = N_('Write --level nang-cao, --criteria +3 or --text "…", and the year: --year {year}')


class UnitsToRegister(NtmError):
    exit_code = 2
    said = N_("Whose registration it is, or of which year, is not told.")
    hint = N_('Write the units and the year: ntmtrack register "Mỹ Thuận" --year {year} --level nang-cao')


class BadMoreCriteria(NtmError):
    exit_code = 2
    said = N_("“{text}” is no number of criteria more.")
    hint = N_("Write it as 3 or +3.")


class YearOfPledge(NtmError):
    said = N_("A registration for {year} cannot be kept: the years are {first} to {last}.")
    hint = N_("Correct the year.")


class ReceivedBeforeSent(NtmError):
    said = N_("Received on {received} lies before the day of sending, {sent}.")
    hint = N_("Correct one of the two days.")


class LevelHeld(NtmError):
    said = N_("{unit} has {level} already: {evidence}.")
    hint = N_("A registration for {year} names a level that the unit does not have yet.")


class LevelOfSetEnded(NtmError):
    said = N_("The {programme} set, by which {year} counts, has no level “{level}”; the {before} set had.")
    hint = N_("Register one of these: {levels}")


class MoreThanAreLeft(NtmError):
    said = N_("{unit} cannot register {pledged} criteria more: {left} are left ({met} of {total} met, {day}).")
    hint = N_("Correct the number, or the assessment: ntmtrack assess")


class MoreThanThereAre(NtmError):
    said = N_("{unit} cannot register {pledged} criteria more: {criteria_set} has {total}.")
    hint = N_("Correct the number.")


class NoSetToCount(NtmError):
    said = N_("{unit} cannot register a number of criteria for {year}: no criteria set is known of it.")
    hint = N_('Register it in words: --text "…"')


class RegisteredAlready(NtmError):
    said = N_("{unit} is on record with this registration for {year} already: {pledged}.")
    hint = N_("There is nothing to write. Another day or document: add --reason TEXT")


class RegisteredOtherwise(NtmError):
    said = N_("{unit} is on record with another registration for {year}: {pledged}.")
    hint = N_("Where the unit has changed it, or it was wrong, say why: add --reason TEXT")


class NothingToAmend(NtmError):
    said = N_("Nothing of {unit} is to be amended for {year}: on record is {known}.")
    hint = N_("See what is on record: ntmtrack register --year {year}   A new one: leave --reason out")


class NoRegistrationDate(NtmError):
    said = N_("Movement {key} names no day for registrations of {year} that units of a tier keep.")
    hint = N_(
        "See its dates: ntmtrack movement show {key}   What recurs every year is asked from the day of its document on."
    )


class EntryLacks(NtmError):
    exit_code = 2
    said = N_("An entry of the register “{book}” needs {options}.")
    hint = N_("Add it; what each register takes: ntmtrack entry --help")


class NotInBook(NtmError):
    exit_code = 2
    said = N_("The register “{book}” takes no {options}.")
    hint = N_("Leave it out, or choose another register: ntmtrack entry --help")


class NameIsPrivate(NtmError):
    said = N_("--party is told to everybody, and the name of a giver of kind “{kind}” is a person's.")
    hint = N_("Leave the name out; where the office must keep it: --person, which no report and no shared file tells.")


class PartyIsPerson(NtmError):
    said = N_("--party is told to everybody, and what is written there reads like a person's name.")
    hint = N_(
        'Leave the name out; of a giver: --giver-kind "cá nhân", the name as --person where it must be kept. A'
        " collective's name begins with what it is: Công ty, UBND, Hội …"
    )


class PersonOfNone(NtmError):
    exit_code = 2
    said = N_("--person is of persons and households, and the giver is of kind “{kind}”.")
    hint = N_("Write the name of an agency, a company, a co-operative as --party.")


class BadAmount(NtmError):
    exit_code = 2
    said = N_("“{text}” is no amount of money with its unit.")
    hint = N_("Write it as 350.000 đồng, 120 triệu or 1,5 tỷ.")


class AmountNotWhole(NtmError):
    exit_code = 2
    said = N_("“{text}” is no whole number of đồng.")
    hint = N_("Write all figures of it: 1.250.500 đồng.")


class UntilBefore(NtmError):
    said = N_("Until {until} lies before the day from which it is, {day}.")
    hint = N_("Correct one of the two days.")


class AmountOfOne(NtmError):
    exit_code = 2
    said = N_("An amount is of one unit, and {count} are told.")
    hint = N_("Record what each has got by itself.")


class EntryAlready(NtmError):
    said = N_("{unit} is on record with this entry of the register “{book}” already: {entry}.")
    hint = N_("There is nothing to write. A second one of the same day: tell the two apart by --text")


class InOtherBlock(NtmError):
    said = N_("{unit} is a member of another block in that time: {entry}.")
    hint = N_(
        "Where it has changed the block: the day from which it is in the other one, and why: --on DAY --reason TEXT;"
        " where that was wrong: --reason TEXT"
    )


class WhichEntry(NtmError):
    said = N_("Of {unit} {count} entries of the register “{book}” may be the one to correct: {entries}.")
    hint = N_("Tell it by its day and party: --on DAY --party TEXT")


class NoEntryToCorrect(NtmError):
    said = N_("Of {unit} the register “{book}” has no entry to correct.")
    hint = N_("A new one: leave --reason out")


class NoBookTold(NtmError):
    exit_code = 3
    said = N_("{file}: of which register its entries are is not told.")
    hint = N_("Write it into the title (“Danh sách đơn vị đỡ đầu”), or add a column “Sổ”: đỡ đầu, đóng góp, cụm …")


class NoTableOfRegisters(NtmError):
    exit_code = 3
    said = N_("{file}: no table of {what} was found: looked at {looked}.")
    hint = N_(
        "It needs a row of headings such as Xã, Mức đăng ký, Số tiêu chí đạt thêm, Ngày gửi; or Xã, Cơ quan đỡ đầu, Nội"
        ' dung, Từ ngày. Say which column is what with --map "D=pledge".'
    )
