"""What keeps entries of a table out of the ledger, said in the words of the table: its columns, never options."""

from collections.abc import Sequence

from ntmtrack.emulation.registers import REGISTERS
from ntmtrack.errors import InOtherBlock, NameIsPrivate, NtmError, PartyIsPerson, PersonOfNone
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.read_entries import EntryDraft

_COLUMNS = {
    "party": Field.PARTY,
    "kind": Field.GIVER,
    "what": Field.TARGET,
    "day": Field.SINCE,
    "until": Field.UNTIL,
    "amount": Field.VALUE,
    "person": Field.PERSON,
}


def beside_fields_problem(draft: EntryDraft, names: Sequence[str]) -> Problem:
    """That a row tells what its register does not take, at the first such cell."""
    fields = [_COLUMNS[name] for name in names]
    columns = ", ".join(draft.column(field) for field in fields)
    says = _("the register “{book}” takes no {columns}").format(book=_(REGISTERS[draft.book]), columns=columns)
    return Problem(ProblemKind.VALUE, draft.refs[fields[0]], says, _("clear the cell, or correct the register"))


def lacking_problem(draft: EntryDraft, names: Sequence[str]) -> Problem:
    """That a row lacks what its register needs, at the first such cell, or at its name where there is no column."""
    fields = [_COLUMNS[name] for name in names]
    columns = ", ".join(draft.column(field) for field in fields)
    says = _("the register “{book}” needs {columns}").format(book=_(REGISTERS[draft.book]), columns=columns)
    ref = next((draft.refs[field] for field in fields if field in draft.refs), draft.naming.ref)
    has_columns = all(field in draft.refs for field in fields)
    return Problem(ProblemKind.VALUE, ref, says, _("add it") if has_columns else _("add the column"))


def names_problem(draft: EntryDraft, refused: NtmError) -> Problem | None:
    """What is said of names, in the words of the table; None of other refusals."""
    parties, persons = draft.column(Field.PARTY), draft.column(Field.PERSON)
    place = Field.PARTY
    if isinstance(refused, NameIsPrivate):
        text = _("the column {column} is told to everybody, and the name of a giver of kind “{kind}” is a person's")
        says, fix = (
            text.format(column=parties, **refused.facts),
            _("move the name to a column “Họ và tên”, or clear it"),
        )
    elif isinstance(refused, PartyIsPerson):
        says = _("the column {column} is told to everybody, and this reads like a person's name").format(column=parties)
        fix = _(
            "clear it; of a giver choose “cá nhân”, and the name may stand in a column “Họ và tên”; a collective's name"
            " begins with what it is: Công ty, UBND, Hội …"
        )
    elif isinstance(refused, PersonOfNone):
        text = _("the column {column} is of persons and households, and the giver is of kind “{kind}”")
        says, place = text.format(column=persons, **refused.facts), Field.PERSON
        fix = _("move the name of a collective to the column {column}").format(column=parties)
    else:
        return None
    ref = draft.refs.get(place, draft.ref)._replace(text="")  # no name is repeated
    return Problem(ProblemKind.VALUE, ref, says, fix)


def beside_problem(draft: EntryDraft, refused: NtmError) -> Problem:
    """That an entry is told already, or of another block, with what can be done about it in the table."""
    fix = _("tell the two apart by what was given, or delete one")
    if isinstance(refused, InOtherBlock):
        fix = _("correct it; a change of the block is recorded by itself: {command}")
        fix = fix.format(command=_('ntmtrack entry "cụm" UNIT --text "…" --on DAY --reason "…"'))
    return Problem(ProblemKind.TWICE, draft.ref, refused.lines()[0], fix)
