"""Which unit of the ledger each row of a table means: never guessed, each doubt told with its cell."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ntmtrack.errors import AmbiguousUnit, NtmError, UnknownUnit
from ntmtrack.i18n import _
from ntmtrack.matching import Closeness, Wanted, closeness, fits, take_apart
from ntmtrack.model import Tier, Unit
from ntmtrack.office.imports.weighed import Near
from ntmtrack.sheets.naming_rows import Naming, Told
from ntmtrack.sheets.problems import Kind, Problem, Spot
from ntmtrack.sheets.recognition_rows import decision_of
from ntmtrack.sheets.row_words import level_and_year, names_district
from ntmtrack.sheets.tables import Group
from ntmtrack.storage.queries.register import Register

Prefer = Callable[[Unit], bool]
Districts = tuple[Unit, ...]
_CODE_LENGTHS = {Tier.COMMUNE: 5, Tier.DISTRICT: 3, Tier.PROVINCE: 2}


class Meant(NamedTuple):
    """The unit that a row means, or what keeps that from being known."""

    unit: Unit | None
    problems: tuple[Problem, ...] = ()


class Finder:
    """Finds the units of one table; what it was unsure of is in `near`, what it took for granted in `remarks`."""

    def __init__(self, register: Register, *, refuse_near: bool = False, scope: str | None = None) -> None:
        self.register = register
        self._scope: Districts = (self._scope_called(scope),) if scope else ()
        self._refuse_near = refuse_near
        self.near: dict[tuple[str, int], Near] = {}
        self.remarks: list[str] = []
        self._known: dict[tuple[object, ...], Meant] = {}
        self._districts: dict[str, tuple[Districts, Problem | None]] = {}

    def meant(self, naming: Naming, prefer: Prefer, when: object = None) -> Meant:
        """The unit that a row means, as it is preferred in the time `when`; the same for rows that say the same."""
        key = (naming.key, when)
        if key not in self._known:
            self._known[key] = self._find(naming, prefer)
        found = self._known[key]
        if any(one.spot.row != naming.spot.row for one in found.problems):
            moved = [one._replace(spot=_moved(one.spot, naming)) for one in found.problems]
            return Meant(found.unit, tuple(dict.fromkeys(moved)))
        return found

    def _find(self, naming: Naming, prefer: Prefer) -> Meant:
        for group in naming.groups:
            if problem := self._not_understood(group, naming.spot.sheet):
                return Meant(None, (problem,))
        districts, problem = self._district(naming)
        if problem:
            return Meant(None, (problem,))
        by_code, wrong = self._by_code(naming)
        if wrong:
            return Meant(None, (wrong,))
        if by_code:
            return self._of_code(naming, by_code, prefer, districts)
        assert naming.unit is not None
        wanted = _wanted(naming.unit, naming.kind)
        try:
            only = _is_district if naming.is_district else lambda _unit: True
            unit = self.register.find(wanted, prefer, only, within=[one.id for one in districts])
        except NtmError as refused:
            return Meant(None, (self._refused(naming, refused, districts),))
        refused_near = self._near_only(unit, wanted, naming.unit)
        return Meant(None, (refused_near,)) if refused_near else Meant(unit)

    def _near_only(self, unit: Unit, wanted: Wanted, told: Told) -> Problem | None:
        """Notes a name that fits only without its marks; a problem where such names are refused."""
        if closeness(unit, wanted) is not Closeness.FOLDED:
            return None
        if self._refuse_near:
            says = _("the name fits {unit} only when its marks are left out").format(unit=unit.full_title)
            choice = _("or take such names: {option}").format(option="--accept-near")
            return Problem(Kind.UNIT, told.spot, says, _("write the name with its marks"), choice)
        self.near.setdefault((told.value, unit.id), Near(told.value, unit.full_title, told.spot))
        return None

    def _not_understood(self, group: Group, sheet: str) -> Problem | None:
        """The problem that a group is neither a place, a level, a year nor a decision: what lies in it is not known."""
        if level_and_year(group.text) or decision_of(group):
            return None
        _found, problem = self._named_district(group.text, Spot(sheet, group.row, group.column, group.text))
        if problem is None:
            return None
        says = _("this heading of a group is neither a district, a level, a year nor a decision")
        fix = _("write what the rows below it are, or take it out")
        return problem if names_district(group.text) else problem._replace(rule=says, fix=fix, choice="")

    # Codes ------------------------------------------------------------------------------------------------------

    def _by_code(self, naming: Naming) -> tuple[list[Unit], Problem | None]:
        """The versions with the row's code, also where a spreadsheet has dropped its leading zeros."""
        told = naming.code
        if told is None:
            return [], None
        found = self.register.with_code(told.value)
        if not found and told.value.isdigit():
            padded = {told.value.zfill(length) for length in _CODE_LENGTHS.values()} - {told.value}
            by_length = [found for code in sorted(padded) if (found := self._padded(code, naming))]
            if len(by_length) == 1:
                found = by_length[0]
                text = _("{place}: code {told} was read as {code}, its leading zeros being lost.")
                self.remarks.append(text.format(place=told.spot.address, told=told.value, code=found[0].code))
        return found, None if found else _no_such_code(told)

    def _of_code(self, naming: Naming, by_code: list[Unit], prefer: Prefer, districts: Districts) -> Meant:
        """The unit with the row's code, where its name and its district are what the row says."""
        wanted = _wanted(naming.unit, naming.kind) if naming.unit else None
        ids = {one.id for one in districts}
        agreeing = [
            unit
            for unit in by_code
            if (wanted is None or fits(unit, wanted)) and (not districts or unit.parent_id in ids)
        ]
        if agreeing:
            return Meant(_last_preferred(agreeing, prefer))
        return Meant(None, (_disagreeing(naming.spot, _last_preferred(by_code, prefer)),))

    def _padded(self, code: str, naming: Naming) -> list[Unit]:
        found = self.register.with_code(code)
        return [unit for unit in found if naming.unit is None or fits(unit, take_apart(naming.unit.value))]

    # Districts --------------------------------------------------------------------------------------------------

    def _district(self, naming: Naming) -> tuple[Districts, Problem | None]:
        """The district that a column names, else the innermost group that is one; several where they share a name."""
        if naming.district_code:
            return self._coded_district(naming.district_code, naming.district)
        if naming.district:
            return self._named_district(naming.district.value, naming.district.spot)
        for group in reversed(naming.groups):
            if says_where(group):
                return self._named_district(group.text, Spot(naming.spot.sheet, group.row, group.column, group.text))
        return self._scope or self._of_sheet(naming.spot.sheet), None

    def _of_sheet(self, name: str) -> Districts:
        """The district that a sheet is named after, if any."""
        wanted = take_apart(name) if name else None
        found = self.register.candidates(wanted, _is_district) if wanted else []
        exact = [one for one in found if wanted and fits(one, wanted) and closeness(one, wanted) < Closeness.FOLDED]
        return tuple({one.id: one for one in exact}.values())

    def _scope_called(self, typed: str) -> Unit:
        """The district that all rows lie in which tell none; raises UnknownUnit, AmbiguousUnit."""
        return self.register.find(take_apart(typed), only=_is_district)

    def _coded_district(self, code: Told, name: Told | None) -> tuple[Districts, Problem | None]:
        """The district with a code, which the name beside it must not contradict."""
        found = self.register.with_code(code.value) or self.register.with_code(code.value.zfill(3))
        if not found:
            return (), _no_such_code(code)
        if name and not any(fits(unit, take_apart(name.value)) for unit in found):
            return (), _disagreeing(code.spot, found[-1])
        return (found[-1],), None

    def _named_district(self, text: str, spot: Spot) -> tuple[Districts, Problem | None]:
        if text not in self._districts:
            self._districts[text] = self._look_up_district(text, spot)
        return self._districts[text]

    def _look_up_district(self, text: str, spot: Spot) -> tuple[Districts, Problem | None]:
        wanted = take_apart(text)
        above = (Tier.DISTRICT, Tier.PROVINCE)

        def is_above(unit: Unit) -> bool:
            return unit.tier in above

        try:
            unit = self.register.find(wanted, lambda unit: unit.tier is above[0], is_above)
        except AmbiguousUnit:  # the unit's own name or code may tell which
            fitting = [one for one in self.register.candidates(wanted, is_above) if fits(one, wanted)]
            return tuple({one.id: one for one in fitting}.values()), None
        except NtmError as refused:
            return (), refusal(Kind.UNIT, spot, refused)
        refused_near = self._near_only(unit, wanted, Told(text, spot))
        return ((), refused_near) if refused_near else ((unit,), None)

    # Words ------------------------------------------------------------------------------------------------------

    def _refused(self, naming: Naming, refused: NtmError, districts: Districts) -> Problem:
        """Why no one unit could be meant, and what to do about it."""
        problem = refusal(Kind.UNIT, naming.spot, refused)
        if isinstance(refused, UnknownUnit) and districts:
            where = ", ".join(dict.fromkeys(one.title for one in districts))
            says = _("there is no “{name}” in {district}").format(name=refused.facts["name"], district=where)
            elsewhere = self._elsewhere(naming)
            problem = problem._replace(rule=says, fix=elsewhere or problem.fix)
            return problem._replace(choice="") if elsewhere else problem
        return problem

    def _elsewhere(self, naming: Naming) -> str:
        """Where a unit of that name lies instead."""
        if naming.unit is None:
            return ""
        try:
            found = [self.register.find(take_apart(naming.unit.value)).full_title]
        except AmbiguousUnit as several:
            found = [str(several.facts["candidates"])]
        except UnknownUnit:
            return ""
        return _("there is {units}: correct the district or the name").format(units=", ".join(found))


def _is_district(unit: Unit) -> bool:
    return unit.tier is Tier.DISTRICT


def _no_such_code(code: Told) -> Problem:
    says = _("no unit of this ledger has the code {code}").format(code=code.value)
    return Problem(Kind.UNIT, code.spot, says, _("correct the code, or leave it empty and let the name tell"))


def _disagreeing(spot: Spot, of_code: Unit) -> Problem:
    says = _("the code and the name or district disagree: the code is that of {unit}").format(unit=of_code.full_title)
    return Problem(Kind.UNIT, spot, says, _("correct the one that is wrong"))


def refusal(kind: Kind, spot: Spot, refused: NtmError) -> Problem:
    """A refusal as the problem of a cell, with what the sender can do about it."""
    says, fix = (*refused.lines(), "")[:2]
    if isinstance(refused, AmbiguousUnit):
        fix = _("write its code, or its district beside it: “{example}”").format(example=refused.facts["example"])
    if isinstance(refused, UnknownUnit) and not refused.facts.get("near"):
        return Problem(kind, spot, says, _("correct the name"), _("or add the unit first: ntmtrack add-commune"))
    return Problem(kind, spot, says, fix)


def says_where(group: Group) -> bool:
    """Whether a group is a place: it begins like a district, or names neither a level, a year nor a decision."""
    return names_district(group.text) or not (level_and_year(group.text) or decision_of(group))


def _wanted(told: Told, kind: Told | None) -> Wanted:
    """What a name asks for, with the kind of another column where the name has none."""
    wanted = take_apart(told.value)
    if kind and all(found is None for found, _name in wanted.readings):
        return take_apart(f"{kind.value} {told.value}")
    return wanted


def _last_preferred(versions: Sequence[Unit], prefer: Prefer) -> Unit:
    return ([unit for unit in versions if prefer(unit)] or [*versions])[-1]


def _moved(spot: Spot, naming: Naming) -> Spot:
    """A problem told of one row, told of another that says the same; that of a group stays with the group."""
    return spot if any(group.row == spot.row for group in naming.groups) else naming.spot
