"""Who came to a level and who left one, in a clause: "thêm 02 xã đạt chuẩn NTM, gồm: xã A (huyện B), xã C (…)"."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from ntmtrack.dates import show_day
from ntmtrack.decisions import titled
from ntmtrack.i18n import _
from ntmtrack.model import Decision, Programme, Recognition, Tier, Unit
from ntmtrack.progress.line import Line
from ntmtrack.reports.labels import line_units, more_units, padded, reaching_words, unit_words
from ntmtrack.reports.lists import Loss, MovedUnits, Newcomer
from ntmtrack.reports.units import is_made_up
from ntmtrack.rules import act_words

_Moved = TypeVar("_Moved", Newcomer, Loss)
NAMED = 10  # units in a sentence; more of them are listed in an annex


class Annexes(NamedTuple):
    """What a paper calls its lists of who came and left, of communes that remain, of districts.

    None where it has no such list; "" of sentences alone, to which the office adds the list.
    """

    new: str | None = ""
    remaining: str | None = ""
    districts: str | None = ""


class MovedText(NamedTuple):
    """The clauses of a scope's report; `annexes` are where units are listed that are too many for a sentence."""

    moved: MovedUnits
    programme: Programme
    scope: Unit | None
    annexes: Annexes = Annexes()

    def added(self, line: Line) -> str:
        """What a line gained: how many, of them by a higher level, by which decision, and who they are."""
        assert line.actual is not None
        words = more_units(padded(line.actual.added), line_units(line.key, self.programme))
        if line.actual.added_from_above:
            text = _("{added} ({count} of them by a higher level)")
            words = text.format(added=words, count=padded(line.actual.added_from_above))
        new = _of_line(self.moved.new, line)
        known = len(new) == line.actual.added
        return words + self._who([(one.unit, _of_newcomer(one)) for one in new] if known else [], self.annexes.new)

    def lost(self, line: Line) -> list[str]:
        """What a line lost: what was revoked, then what is counted no more; each with who they are."""
        assert line.actual is not None
        lost = _of_line(self.moved.lost, line)
        known = len(lost) == line.actual.lost
        units, ended = line_units(line.key, self.programme), line.actual.ended
        parts = [
            (line.actual.lost - ended, _("{count} fewer {units}, revoked"), [one for one in lost if one.revoked]),
            (
                ended,
                _("{count} fewer {units}, by rearrangement of units"),
                [one for one in lost if one.revoked is None],
            ),
        ]
        if any(one.revoked == [] for one in lost):  # how they lost it is not on record
            parts = [(line.actual.lost, _("{count} fewer {units}"), lost)]
        return [
            text.format(count=padded(count), units=units)
            + self._who([(one.unit, _of_loss(one)) for one in of_part] if known else [], self.annexes.new)
            for count, text, of_part in parts
            if count
        ]

    def lacking(self, line: Line) -> str:
        """Who has not come to the lowest level, which a line counts and others have; "" where nobody is left."""
        lacking = _of_line(self.moved.lacking, line)
        actual = line.actual
        if not actual or not actual.reached or not lacking or len(lacking) != actual.total - actual.reached:
            return ""
        units = unit_words(line.tier, below_words(lacking[0].level.label))
        words = _("{count} {units}").format(count=padded(len(lacking)), units=units)
        annex = self.annexes.districts if line.tier is Tier.DISTRICT else self.annexes.remaining
        return words + self._who([(one.unit, ()) for one in lacking], annex)

    def _who(self, units: Sequence[tuple[Unit, Sequence[str]]], annex: str | None) -> str:
        """The units by name, or where they are listed if anywhere; what is said of all of them stands before."""
        if not units:
            return ""
        of_all = [remark for remark in units[0][1] if all(remark in remarks for _unit, remarks in units)]
        if len(units) > NAMED:
            return _in_brackets([*of_all, *([] if annex is None else [annex or _("list attached")])])
        named = ", ".join(
            unit.title + _in_brackets([*self._parent(unit), *(one for one in remarks if one not in of_all)])
            for unit, remarks in units
        )
        text = _(": {units}") if len(units) == 1 else _(", namely: {units}")
        return _in_brackets(of_all) + text.format(units=named)

    def _parent(self, unit: Unit) -> list[str]:
        """What a unit belongs to, where that is neither the scope itself nor what the scope belongs to."""
        is_plain = self.scope is not None and unit.parent_id in (self.scope.id, self.scope.parent_id)
        return [unit.parent_name] if unit.parent_name and not is_plain else []


def below_words(level: str) -> str:
    """“chưa đạt chuẩn NTM”."""
    return _("not yet {level}").format(level=reaching_words(level))


def _in_brackets(parts: Sequence[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""


def _of_line(moved: Sequence[_Moved], line: Line) -> list[_Moved]:
    """Those who came to, or left, the level that a line counts."""
    counted = (line.plain_level, line.tier, line.key.ladder)
    return [one for one in moved if (one.level, one.unit.tier, one.ladder) == counted]


def _of_newcomer(one: Newcomer) -> list[str]:
    """By what a unit came to its level: the decision, the act where that is another than công nhận."""
    if one.recognition is None or one.from_above:
        return []
    decision = one.recognition.decision
    made_up = [_("illustrative")] if is_made_up(one.recognition) else []
    return [*([decision_in_full(decision)] if decision else []), *act_words(one.recognition), *made_up]


def _of_loss(one: Loss) -> list[str]:
    return list(dict.fromkeys(text for known in one.revoked or () if (text := _taken_back(known))))


def _taken_back(known: Recognition) -> str:
    """The decision by which a recognition was taken back, else from which day."""
    if known.revoking:
        return decision_in_full(known.revoking)
    return _("since {day}").format(day=show_day(known.revoked_on)) if known.revoked_on else ""


def decision_in_full(decision: Decision) -> str:
    """A decision as a paper cites it: "Quyết định số 2903/QĐ-UBND ngày 20/12/2024 của UBND tỉnh"."""
    is_other = titled(decision.number) == decision.number  # a document of another kind, which says so
    number = decision.number if is_other else _("Decision no. {number}").format(number=decision.number)
    of_day = _("{decision} of {day}").format(decision=number, day=show_day(decision.signed_on))
    words = of_day if decision.signed_on else number
    return _("{decision} by {issuer}").format(decision=words, issuer=decision.issuer) if decision.issuer else words
