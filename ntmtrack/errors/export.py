"""Refusals of reports and forms: their kind of file, their sheets, what they ask for."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


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
    said = N_("A form and what is written from it are both .xlsx, or both .docx: {form}, {file}")
    hint = N_("Save the form as .xlsx or .docx, and write to another name with the same ending.")


class UnknownForm(NtmError):
    exit_code = 2
    said = N_("There is no form called “{name}”.")
    hint = N_("The forms that ship are: {known}; one of your own is named with its ending: --template FORM.xlsx")


class FormOfAnotherTime(NtmError):
    exit_code = 2
    said = N_("{form} is a form of {programme}; {year} is not of that programme.")
    hint = N_("Ask about a year of it: --year {first}")


class FormOfOneCommune(NtmError):
    exit_code = 2
    said = N_("{form} is the form of one commune.")
    hint = N_('Name the commune: --scope "COMMUNE"')


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


class PageIsWhole(NtmError):
    exit_code = 2
    said = N_("{file} is one page, without sheets to choose from.")
    hint = N_("Leave out --sheets, or write the sheets as .xlsx or .md.")


class NotJudged(NtmError):
    exit_code = 2
    said = N_("{file} would have no table of plan and actual in which a status could stand.")
    hint = N_("Leave out --with-status, or write the sheets summary or roadmap as .xlsx, .docx or .md.")


class EmptySheets(NtmError):
    said = N_("There is nothing to show for {scope} on: {names}.")
    hint = N_("Leave those sheets out of --sheets, or ask about another unit, year or day.")
