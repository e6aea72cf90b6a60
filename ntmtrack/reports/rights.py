"""Who may do what in a ledger on a server."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.reports import Column, LabelledCode, Report, Table

_RIGHTS = {
    "reader": N_("reads"),
    "proposer": N_("reads and proposes"),
    "writer": N_("reads and writes"),
    "owner": N_("owns the ledger"),
}


class ListedRight(NamedTuple):
    """What a user may do, in a unit by its title; without one in the whole ledger."""

    role: str
    may: str
    scope: str | None


def right_word(may: str) -> LabelledCode:
    """A right in words."""
    return LabelledCode(may, _(_RIGHTS[may]))


def rights_report(rights: Sequence[ListedRight]) -> Report:
    """Every right, owners first."""
    columns: list[Column[ListedRight]] = [
        Column("user", _("User"), of=lambda one: one.role),
        Column("right", _("Right"), of=lambda one: right_word(one.may)),
        Column("scope", _("Of which units"), of=lambda one: one.scope or LabelledCode("", _("the whole ledger"))),
    ]
    return Report(key="rights", title=_("Who may do what"), tables=[Table.of("rights", "", rights, columns)])
