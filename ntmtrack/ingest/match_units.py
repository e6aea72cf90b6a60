"""Which unit of the ledger each row of a table means: never guessed, each doubt told with its cell."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.errors import AmbiguousUnit, NtmError, UnitOtherwise, UnknownUnit
from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.areas import Area, AreaFinder, refusal_problem
from ntmtrack.ingest.codes import LostZeros, code_disagrees, lost_zeros_remarks, no_such_code, with_zeros
from ntmtrack.ingest.doubts import Doubts
from ntmtrack.ingest.match_villages import village_in
from ntmtrack.ingest.misspelt import find_misspelt, units_like
from ntmtrack.ingest.read_units import CellText, UnitNaming
from ntmtrack.ingest.title_areas import proposed_scope
from ntmtrack.model import CODE_DIGITS, KINDS, Tier, Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import clean
from ntmtrack.units import TypedName, split_kind, take_apart
from ntmtrack.units.finder import Closeness, FoundUnit, MatchTerms, find, fit, lies_in, settle

# “An Ninh, An Đồng và An Khê”: not within brackets; Lao Và Chải, in capitals, is one commune.
_PARTS = re.compile(r"\s*(?:[,;+&]|\n|\s+và\s+)\s*(?![^(]*\))")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")  # “An Đồng (huyện Quỳnh Phụ)”
# “Gồm 03 xã: An Ninh, An Đồng, An Khê”, “02 xã (An Ninh, An Đồng)”
_COUNTED = re.compile(r"\s*(?:gồm\s*)?[0-9]+\s*(?:xã|đơn vị)\s*(?:gồm|là)?\s*[:(–-]\s*(.*?)\)?\s*$", re.IGNORECASE)
_SEVERAL = re.compile(r"^các\s+(?=(xã|phường|thị trấn)\b)", re.IGNORECASE)  # “Các xã An Ninh, An Đồng”
_PAIR = 2


class UnitMatch(NamedTuple):
    """The unit that a row means, or what keeps that from being known, and the units of which a person may say one."""

    unit: Unit | None
    problems: tuple[Problem, ...] = ()
    likely: tuple[Unit, ...] = ()


class UnitMatcher:
    """Finds the units of one table; tells `doubts` what it was unsure of, and in `remarks` what it took for granted."""

    def __init__(
        self, register: Register, doubts: Doubts, *, scope: str | None = None, titles: Sequence[str] = ()
    ) -> None:
        self.register = register
        self._titles = titles
        self._lost_zeros: list[LostZeros] = []
        self._doubts = doubts
        self._places = AreaFinder(register, doubts, scope)
        self._matches: dict[tuple[object, ...], tuple[UnitNaming, UnitMatch]] = {}

    @property
    def remarks(self) -> list[str]:
        """What it took for granted."""
        return [*lost_zeros_remarks([*self._places.lost_zeros, *self._lost_zeros])]

    def meant(self, naming: UnitNaming, terms: MatchTerms, when: object = None) -> UnitMatch:
        """The unit that a row means under the terms of the time `when`.

        The same for rows that say the same, but where a person is to say which.
        """
        key = (naming.key, when)
        if key not in self._matches:
            self._matches[key] = naming, self._find(naming, terms)
        first, match = self._matches[key]
        if first is not naming and match.problems:
            refs = dict(zip(first.refs, naming.refs, strict=True))
            problems = (problem._replace(ref=refs.get(problem.ref, naming.ref)) for problem in match.problems)
            match = match._replace(problems=tuple(problems))
        if not match.likely:
            return match
        return self._with_village(naming, self._as_said(naming, match), terms)

    def _find(self, naming: UnitNaming, terms: MatchTerms) -> UnitMatch:
        return self._with_village(naming, self._find_unit(naming, terms), terms)

    def _with_village(self, naming: UnitNaming, match: UnitMatch, terms: MatchTerms) -> UnitMatch:
        """The village that a row means, where it names one, in the commune that was found for it."""
        if naming.village is None or match.unit is None or match.unit.tier is Tier.VILLAGE:
            return match
        village = village_in(self.register, naming, match.unit, terms)
        return UnitMatch(village) if isinstance(village, Unit) else UnitMatch(None, (village,))

    def _find_unit(self, naming: UnitNaming, terms: MatchTerms) -> UnitMatch:
        for group in naming.groups:
            if problem := self._places.not_understood(group, naming.ref_of(group)):
                return UnitMatch(None, (problem, *self._unknown_anywhere(naming)))
        area = self._places.of(naming)
        if area.problem:
            return UnitMatch(None, (area.problem,))
        by_code, wrong = self._by_code(naming)
        if wrong:
            return UnitMatch(None, (wrong,))
        if by_code:
            return self._of_code(naming, by_code, terms, area)
        return self._by_name(naming, terms, area)

    def _by_name(self, naming: UnitNaming, terms: MatchTerms, area: Area) -> UnitMatch:
        assert naming.unit is not None
        name = _name_parts(naming.unit, naming.kind)
        terms = terms._replace(only=lambda unit: naming.tier in (None, unit.tier), within=area.ids)
        problem: Problem | None = None
        try:
            match = find(self.register, name, terms)
        except NtmError as refused:
            problem = _refused(naming, refused, area)
            if isinstance(refused, AmbiguousUnit):
                problem = problem._replace(choice=proposed_scope(self.register, refused, self._titles))
            near = find_misspelt(self.register, name, refused, terms)
            if near is None:
                return UnitMatch(None, (problem,), tuple(units_like(self.register, name, refused, terms)))
            match = near
            problem = problem._replace(fix=_("Did you mean: {near}?").format(near=near.unit.name))
        said = self._doubts.weigh(match, naming.unit)
        if isinstance(said, Unit):
            return UnitMatch(said)
        return UnitMatch(None, (problem._replace(choice=said.choice) if problem and not said.is_agreed else said,))

    def _as_said(self, naming: UnitNaming, match: UnitMatch) -> UnitMatch:
        """The unit that a person said a row means, or the problem; that of the table where nobody has said."""
        assert naming.unit is not None
        said = self._doubts.answer(naming.unit, match.likely)
        if said is None:
            return match
        return UnitMatch(said) if isinstance(said, Unit) else UnitMatch(None, (said,))

    def _unknown_anywhere(self, naming: UnitNaming) -> tuple[Problem, ...]:
        """The problem that no unit at all is called as a row says, wherever it may lie."""
        try:
            if naming.unit and not naming.code:
                find(self.register, _name_parts(naming.unit, naming.kind))
        except UnitOtherwise:
            return ()
        except UnknownUnit as refused:
            return (refusal_problem(ProblemKind.UNIT, naming.ref, refused),)
        except NtmError:  # it is called so, and where it lies may tell which is meant
            return ()
        return ()

    # Codes ------------------------------------------------------------------------------------------------------

    def _by_code(self, naming: UnitNaming) -> tuple[list[Unit], Problem | None]:
        """The versions with the row's code, also where a spreadsheet has dropped its leading zeros."""
        code_cell = naming.code
        if code_cell is None:
            return [], None
        units = self.register.with_code(code_cell.value)
        if not units:
            padded = {with_zeros(code_cell.value, tier) for tier in CODE_DIGITS} - {code_cell.value}
            by_length = [units for code in sorted(padded) if (units := self._padded(code, naming))]
            if len(by_length) == 1:
                units = by_length[0]
                self._lost_zeros.append(LostZeros(code_cell.ref, code_cell.value, units[0].code or ""))
        return units, None if units else no_such_code(code_cell)

    def _of_code(self, naming: UnitNaming, by_code: list[Unit], terms: MatchTerms, area: Area) -> UnitMatch:
        """The unit with the row's code, where its name and its place are what the row says.

        A code is used again once its unit has ended: where both fit at the time, it is asked which is meant.
        """
        agreeing = [
            unit
            for unit in by_code
            if self._is_called(unit, naming) and (not area.units or lies_in(self.register, unit, area.ids))
        ]
        fitting = [FoundUnit(unit, Closeness.CODE) for unit in agreeing or by_code]
        try:
            match = settle(self.register, by_code[0].code or "", fitting, terms._replace(across=True))
        except AmbiguousUnit as several:
            return UnitMatch(None, (refusal_problem(ProblemKind.UNIT, naming.ref, several),))
        if agreeing:
            return UnitMatch(match.unit)
        return UnitMatch(None, (code_disagrees(naming.ref, match.unit),))

    def _is_called(self, unit: Unit, naming: UnitNaming) -> bool:
        """Whether a unit fits the name of a row; most rows spell it as the ledger does."""
        name = naming.unit
        if name is None or (name.value == unit.name and naming.kind is None):
            return True
        return fit(self.register, unit, _name_parts(name, naming.kind)) is not None

    def _padded(self, code: str, naming: UnitNaming) -> list[Unit]:
        units = self.register.with_code(code)
        name = take_apart(naming.unit.value) if naming.unit else None
        return [unit for unit in units if name is None or fit(self.register, unit, name)]


def _refused(naming: UnitNaming, refused: NtmError, area: Area) -> Problem:
    """Why no one unit could be meant, and what to do about it."""
    problem = refusal_problem(ProblemKind.UNIT, naming.ref, refused)
    if not isinstance(refused, UnknownUnit):
        return problem
    others = refused.facts.get("others")
    if isinstance(refused, UnitOtherwise) and naming.tier and naming.tier not in refused.tiers():
        tier = _("district") if naming.tier is Tier.DISTRICT else _("commune")
        says = _("the heading asks for a {tier}, and this is the name of {units}").format(tier=tier, units=others)
        return problem._replace(rule=says, fix=_("correct the name, or the heading of the column"), choice="")
    if not area.units:
        return problem
    where = ", ".join(dict.fromkeys(unit.title for unit in area.units))
    says = _("there is no “{name}” in {district}").format(name=refused.facts["name"], district=where)
    if not others:
        return problem._replace(rule=says)
    fix = _("there is {units}: correct the district or the name").format(units=others)
    return problem._replace(rule=says, fix=fix, choice="")


def _name_parts(name: CellText, kind: CellText | None) -> TypedName:
    """What a name asks for, with the kind of another column where the name has none."""
    parts = take_apart(name.value)
    if kind and all(reading.kind is None for reading in parts.readings):
        return take_apart(f"{kind.value} {name.value}")
    return parts


# Several communes in one cell --------------------------------------------------------------------------------


def split_communes(register: Register, naming: UnitNaming) -> list[UnitNaming]:
    """The namings of a row, one a commune where its cell lists several; `naming` alone where it names one.

    A last part that is a district, or a bracket behind the last, is where all of them lie.
    """
    if naming.unit is None or naming.code or not _PARTS.search(naming.unit.value):
        return [naming]
    names, place = _split(register, naming.unit.value)
    communes = sum(_is_commune(register, name) for name in names)
    is_pair = len(names) == _PAIR and not place  # of a commune and its district, perhaps mistyped
    if (
        len(names) < _PAIR
        or communes < (_PAIR if is_pair else 1)
        or any(_is_place(register, name) for name in names[1:])
    ):
        return [naming]  # “Sơn Bình, Hòn Đất, Đồng Tháp” is one commune, told within places that cannot be right
    where = f" ({place})" if place else ""
    units = (naming.unit._replace(value=name if _BRACKET.search(name) else f"{name}{where}") for name in names)
    return [naming._replace(unit=unit) for unit in units]


def _split(register: Register, text: str) -> tuple[list[str], str]:
    counted = _COUNTED.fullmatch(text)
    parts = [part for part in _PARTS.split(_SEVERAL.sub("", counted[1] if counted else text)) if part]
    places: list[str] = []
    while len(parts) > 1 and _is_place(register, parts[-1]):
        places.insert(0, parts.pop())
    bracket = _BRACKET.search(parts[-1]) if len(parts) > 1 and not places else None
    if bracket and not any(_BRACKET.search(part) for part in parts[:-1]):
        places = [bracket[1]]
        parts[-1] = parts[-1][: bracket.start()]
    return [clean(part) for part in parts], ", ".join(places)


def _is_place(register: Register, text: str) -> bool:
    """Whether a part names a district or province."""
    kind, name = split_kind(_BRACKET.sub("", text))
    above = {*KINDS[Tier.DISTRICT], *KINDS[Tier.PROVINCE]}
    return kind in above or (kind is None and any(unit.kind in above for unit in register.called(name)))


def _is_commune(register: Register, text: str) -> bool:
    kind, name = split_kind(_BRACKET.sub("", text))
    return any(unit.tier is Tier.COMMUNE and kind in (None, unit.kind) for unit in register.called(name))
