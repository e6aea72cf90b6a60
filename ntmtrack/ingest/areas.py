"""Within which units a row's unit lies, as the row, the groups above it, its sheet and --scope tell: all must agree."""

from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.errors import AmbiguousUnit, NtmError, UnknownUnit
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.codes import LostZeros, code_disagrees, no_such_code, with_zeros
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.read_recognitions import group_decision
from ntmtrack.ingest.read_units import CellText, UnitNaming
from ntmtrack.ingest.row_kinds import GroupHeading, names_district, section_in
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.streams import remark
from ntmtrack.units import take_apart
from ntmtrack.units.finder import MatchTerms, find, fit, fits, lies_in

_DISTRICTS, _PROVINCES = (Tier.DISTRICT,), (Tier.PROVINCE,)
_ABOVE = (*_DISTRICTS, *_PROVINCES)


class Area(NamedTuple):
    """The units to one of which a row's unit belongs: none where nothing is told, several of one name or one code."""

    units: tuple[Unit, ...] = ()
    problem: Problem | None = None

    @property
    def ids(self) -> set[int]:
        """By id."""
        return {unit.id for unit in self.units}

    def in_cell(self, ref: CellRef) -> "Area":
        """The same as another cell tells it, whose problem it is then."""
        return self._replace(problem=self.problem._replace(ref=ref)) if self.problem else self


class AreaFinder:
    """Finds the areas of one table's rows."""

    def __init__(self, register: Register, doubts: Doubts, scope: str | None) -> None:
        """Raises UnknownUnit, AmbiguousUnit for a scope that is no one district or province."""
        self._register = register
        self._doubts = doubts
        self._scope = self._scope_called(scope) if scope else Area()
        self._areas: dict[tuple[str, tuple[Tier, ...]], Area] = {}
        self._by_code: dict[tuple[str, str | None, Tier], Area] = {}
        self.lost_zeros: list[LostZeros] = []

    def of(self, naming: UnitNaming) -> Area:
        """The area of a row; with the problem that a place is not known, or that two disagree."""
        area = self._scope
        areas = [*self._areas_told(naming)]
        if not any(other.units or other.problem for other, _ref in areas) and Tier.DISTRICT not in _tiers(area):
            is_district = naming.unit is not None and names_district(naming.unit.value)  # as a sheet may have its own
            areas = [] if is_district else [(self._of_sheet(naming.ref.sheet), naming.ref)]
        for other, ref in areas:
            if other.problem:
                return other
            area = self._narrowed(area, other, ref)
            if area.problem:
                return area
        return area

    def not_understood(self, group: GroupHeading, ref: CellRef) -> Problem | None:
        """The problem that a group is neither a place, a level, a year nor a decision: what lies in it is not known."""
        if section_in(group.text) or group_decision(group):
            return None
        problem = self._called(group.text, ref, _ABOVE).problem
        if problem is None or names_district(group.text) or _names_province(group.text):
            return problem
        says = _("this heading of a group is neither a district, a level, a year nor a decision")
        fix = _("write what the rows below it are, or take it out")
        return problem._replace(rule=says, fix=fix, choice="")

    def _areas_told(self, naming: UnitNaming) -> Iterator[tuple[Area, CellRef]]:
        """What is told of where a row's unit lies, the largest first."""
        if naming.province_code:
            yield self._coded(naming.province_code, naming.province, Tier.PROVINCE), naming.province_code.ref
        elif naming.province:
            yield self._called(naming.province.value, naming.province.ref, _PROVINCES), naming.province.ref
        groups = [(self._of_group(group, naming), group) for group in reversed(naming.groups) if says_where(group)]
        for tier in (Tier.PROVINCE, Tier.DISTRICT):
            innermost = next(((area, group) for area, group in groups if tier in _tiers(area)), None)
            if innermost:
                yield innermost[0], naming.ref_of(innermost[1])
        if naming.district_code:
            yield self._coded(naming.district_code, naming.district, Tier.DISTRICT), naming.district_code.ref
        elif naming.district:
            yield self._called(naming.district.value, naming.district.ref, _ABOVE), naming.district.ref

    def _narrowed(self, area: Area, other: Area, ref: CellRef) -> Area:
        """What two areas share; the problem where they share nothing."""
        if not (area.units and other.units):
            return area if area.units else other
        both = [unit for unit in other.units if unit.id in area.ids or lies_in(self._register, unit, area.ids)]
        both = both or [unit for unit in area.units if lies_in(self._register, unit, other.ids)]
        if both:
            return Area(tuple(both))
        says = _("{unit} does not lie in {place}").format(unit=_area_titles(other), place=_area_titles(area))
        fix = _("correct {unit} or {place}").format(unit=_area_titles(other), place=_area_titles(area))
        return Area((), Problem(ProblemKind.UNIT, ref, says, fix))

    def _of_group(self, group: GroupHeading, naming: UnitNaming) -> Area:
        return self._called(group.text, naming.ref_of(group), _ABOVE)

    def _of_sheet(self, name: str) -> Area:
        """The district that a sheet is named after, if any."""
        if not name:
            return Area()
        fitting = fits(self._register, take_apart(name), MatchTerms(only=lambda unit: unit.tier is Tier.DISTRICT))
        return Area(tuple({match.unit.id: match.unit for match in fitting if not match.is_near}.values()))

    def _scope_called(self, typed: str) -> Area:
        terms = MatchTerms(lambda unit: unit.tier is Tier.DISTRICT, lambda unit: unit.tier in _ABOVE, across=True)
        match = find(self._register, typed, terms)
        if match.is_near:
            remark(match.note(typed))
        return Area((match.unit,))

    def _coded(self, code: CellText, name: CellText | None, tier: Tier) -> Area:
        """The units of a tier with a code, or the larger ones, which the name beside it must not contradict."""
        key = (code.value, name.value if name else None, tier)
        if key not in self._by_code:
            self._by_code[key] = self._with_code(code, name, tier)
        return self._by_code[key].in_cell(code.ref)

    def _with_code(self, code: CellText, name: CellText | None, tier: Tier) -> Area:
        whole = with_zeros(code.value, tier)
        of_tier = [unit for unit in self._register.with_code(whole) if unit.tier is tier]
        others = [unit for unit in self._register.with_code(code.value) if unit.tier in _ABOVE and unit not in of_tier]
        if not (of_tier or others):
            return Area((), no_such_code(code))
        parts = take_apart(name.value) if name else None
        agreeing = [unit for unit in (*of_tier, *others) if parts is None or fit(self._register, unit, parts)]
        if not agreeing:
            return Area((), code_disagrees(code.ref, (of_tier or others)[-1]))
        meant = [unit for unit in agreeing if unit.tier is tier] or agreeing
        if meant[0].code != code.value:
            self.lost_zeros.append(LostZeros(code.ref, code.value, whole))
        return Area(tuple({unit.id: unit for unit in meant}.values()))

    def _called(self, text: str, ref: CellRef, tiers: tuple[Tier, ...]) -> Area:
        if (text, tiers) not in self._areas:
            self._areas[text, tiers] = self._look_up(text, ref, tiers)
        return self._areas[text, tiers].in_cell(ref)

    def _look_up(self, text: str, ref: CellRef, tiers: tuple[Tier, ...]) -> Area:
        terms = MatchTerms(lambda unit: unit.tier is Tier.DISTRICT, lambda unit: unit.tier in tiers, across=True)
        try:
            match = find(self._register, text, terms)
        except AmbiguousUnit as several:
            if several.facts["is_near"]:
                return Area((), refusal_problem(ProblemKind.UNIT, ref, several))
            return Area(tuple(several.facts["units"]))  # type: ignore[arg-type]  # the unit's own name may tell which
        except NtmError as refused:
            if type(refused) is UnknownUnit and (tiers == _PROVINCES or _names_province(text)):
                return Area((), _strange_province(text, ref))
            return Area((), refusal_problem(ProblemKind.UNIT, ref, refused))
        said = self._doubts.weigh(match, CellText(text, ref))
        return Area((), said) if isinstance(said, Problem) else Area((said,))


def says_where(group: GroupHeading) -> bool:
    """Whether a group is a place: it begins like a district, or names neither a level, a year nor a decision."""
    return names_district(group.text) or not (section_in(group.text) or group_decision(group))


def refusal_problem(kind: ProblemKind, ref: CellRef, refused: NtmError) -> Problem:
    """A refusal as the problem of a cell, with what the sender can do about it."""
    says, fix = (*refused.lines(), "")[:2]
    if isinstance(refused, AmbiguousUnit):
        text = _("write its code, or write: {ways}") if refused.codes_tell else _("write: {ways}")
        fix = text.format(ways=refused.facts["ways"])
    if isinstance(refused, UnknownUnit) and not (refused.facts.get("near") or refused.facts.get("others")):
        return Problem(kind, ref, says, _("correct the name"), _("or add the unit first: ntmtrack add-commune"))
    return Problem(kind, ref, says, fix)


def _strange_province(name: str, ref: CellRef) -> Problem:
    """The problem of a row of a province that the ledger does not hold; communes of like names are no help there."""
    says = _("this ledger holds no unit of “{name}”").format(name=name)
    return Problem(ProblemKind.UNIT, ref, says, _("correct the province, or leave out what belongs to another"))


def _names_province(text: str) -> bool:
    return take_apart(text).readings[0].kind == "tỉnh"


def _tiers(area: Area) -> set[Tier]:
    return {unit.tier for unit in area.units}


def _area_titles(area: Area) -> str:
    return ", ".join(dict.fromkeys(unit.title for unit in area.units))
