"""The conditions beside criteria as a table: what is asked, what there is, what is left, what may be concluded."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.programmes.criteria import Condition, Verified
from ntmtrack.reports import CellKind, Column, LabelledCode, Table
from ntmtrack.text import few

_NAMED = 12
SIGNS = {">=": "≥", "<=": "≤", "=": "", ">": ">", "<": "<"}


class ConditionState(StrEnum):
    """Whether a condition is met; nothing that was not verified is."""

    MET = "met"
    NOT_MET = "not met"
    OPEN = "not concluded"

    @property
    def label(self) -> str:
        """The state in the language in use."""
        return _(_STATES[self])


_STATES = {
    ConditionState.MET: N_("met"),
    ConditionState.NOT_MET: N_("not met"),
    ConditionState.OPEN: N_("not concluded"),
}


class FoundCondition(NamedTuple):
    """A condition with its state: what there is of it, how many units are left, and which."""

    condition: Condition
    state: ConditionState
    actual: str | None
    left: int | None = None
    units: Sequence[str] = ()


def conditions_table(found: Sequence[FoundCondition], title: str) -> Table:
    """A row a condition."""
    columns: list[Column[FoundCondition]] = [
        Column("code", _("Code"), of=lambda one: one.condition.code),
        Column("name", _("Condition"), of=lambda one: one.condition.name),
        Column("asked", _("Asked"), of=lambda one: asked_words(one.condition)),
        Column("actual", _("actual"), of=lambda one: one.actual),
        Column("left", _("left"), CellKind.COUNT, of=lambda one: one.left or None),
        Column("state", _("State"), of=lambda one: LabelledCode(one.state.value, one.state.label)),
    ]
    return Table.of("conditions", title, found, columns)


def asked_words(condition: Condition) -> str | None:
    """“≥ 10 % số xã”."""
    if condition.value is None:
        return None
    sign = SIGNS[condition.operator or "="]
    return " ".join(filter(None, (sign, condition.value, condition.counted_in)))


def conditions_notes(found: Sequence[FoundCondition]) -> list[str]:
    """Who is left of what is asked for; which conditions were not held against their text."""
    notes = [
        _("Left of condition {code}: {units}.").format(code=one.condition.code, units=few(one.units, _NAMED))
        for one in found
        if one.units
    ]
    unread = [one.condition.code for one in found if one.condition.verified is not Verified.YES]
    if unread:
        notes.append(_("Not concluded, since the text was not read: {codes}.").format(codes=", ".join(unread)))
    return notes
