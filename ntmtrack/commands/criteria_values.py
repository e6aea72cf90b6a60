"""What a form may ask for about criteria: bands, averages, each criterion, by group of communes, now and a year before.

Names: `tieu_chi.dat_15_18`, `nhom_1.tieu_chi.duoi_5`, `nam_truoc.nhom_1.ntm.luy_ke`; lists `tieu_chi`, `noi_dung`. What
the ledger does not know stays empty: nought of some, while others were not told of, is no number.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ntmtrack.assessment import Assessment, criteria_missing
from ntmtrack.commands.assessed_units import set_of_scope
from ntmtrack.commands.export_data import Material
from ntmtrack.dates import year_end
from ntmtrack.errors import NoCriteriaSet
from ntmtrack.i18n import _, number
from ntmtrack.model import Confidence, Tier
from ntmtrack.programmes.criteria import Content, CriteriaBand, CriteriaSet, Criterion, Verified
from ntmtrack.progress import ABSENT, Standings, together
from ntmtrack.progress.criteria import (
    BandCounts,
    CriterionCounts,
    count_bands,
    count_criteria,
    criteria_standings,
    open_criteria,
    sums_at_both,
)
from ntmtrack.reports.labels import made_up_assessments, sentence
from ntmtrack.roadmaps.shares import per_cent, rounded
from ntmtrack.spreadsheets.template_names import Item, Items, Value
from ntmtrack.storage.queries.criteria import latest_assessments, marks_on
from ntmtrack.storage.queries.standings import standings

_GROUPS = ("1", "2", "3")
_BEFORE, _NOW = 0, 1
_WHENS = {_NOW: "", _BEFORE: "nam_truoc."}


class _Part(NamedTuple):
    """The communes of the scope or of a group at a moment: `rest` may belong to it or not, nobody has said."""

    prefix: str
    at: int
    units: Mapping[int, Standings]
    rest: int


class CriteriaValues:
    """The names about criteria of one report, each with its value."""

    def __init__(self, material: Material) -> None:
        self._material = material
        spec = material.spec
        self._moments = (spec.moment_at(year_end(spec.moment.day.year - 1)), spec.moment)

    @cached_property
    def _set(self) -> CriteriaSet | None:
        try:
            return set_of_scope(self._material.connection, self._material.spec, None)
        except NoCriteriaSet:
            return None

    @cached_property
    def _levels(self) -> Mapping[int, Standings]:
        """Where each commune stood among levels at both moments."""
        return standings(self._material.connection, self._material.spec.view, self._moments, Tier.COMMUNE)

    @cached_property
    def _found(self) -> Sequence[Mapping[int, Assessment]]:
        """The last assessment of each unit until each moment."""
        key = self._set.key if self._set else ""
        return [latest_assessments(self._material.connection, key, one.day.isoformat()) for one in self._moments]

    @cached_property
    def _met(self) -> Mapping[int, Standings]:
        """How many criteria each commune met at both moments."""
        met = [{unit: self._number(one) for unit, one in found.items()} for found in self._found]
        return criteria_standings(self._levels, met, Tier.COMMUNE)

    def _number(self, one: Assessment) -> tuple[int, int, bool, str]:
        """How many criteria a unit surely meets, how many at most with those that are left open, on which day."""
        most = one.met + len(open_criteria(one, self._set)) if self._set else one.met
        return one.met, most, False, one.day

    @cached_property
    def _parts(self) -> Sequence[_Part]:
        """The scope and its groups, at both moments."""
        return [part for at, when in _WHENS.items() for part in self._parts_at(at, when)]

    def _parts_at(self, at: int, when: str) -> Iterator[_Part]:
        marks = marks_on(self._material.connection, self._moments[at].day.isoformat())
        alive = {unit: path for unit, path in self._levels.items() if path.ranks[at] != ABSENT}
        groups = {unit: marks.get(unit, {}).get("group") for unit in alive}
        rest = sum(path.units for unit, path in alive.items() if groups[unit] is None)
        yield _Part(when, at, alive, 0)
        for group in _GROUPS:
            of_group = {unit: path for unit, path in alive.items() if groups[unit] == group}
            yield _Part(f"{when}nhom_{group}.", at, of_group, rest)

    def single(self) -> Iterator[tuple[str, Value]]:
        """Every name that stands for one value."""
        for part in self._parts:
            start = part.prefix or "chung."  # without it the name is one that says nought where nothing is known
            yield f"{start}tong_so_xa", _sure(sum(path.units for path in part.units.values()), part.rest)
            yield from self._of_levels(start, part)
            if self._set:
                yield from self._of_bands(part, self._set)

    def _of_levels(self, start: str, part: _Part) -> Iterator[tuple[str, Value]]:
        """How many have reached each level; nothing while no commune of the scope is known to have reached any."""
        is_empty = not any(path.ranks[part.at] > 0 for path in self._levels.values())
        for level in self._material.spec.view.programme.levels_of(Tier.COMMUNE):
            reached = sum(path.units for path in part.units.values() if path.ranks[part.at] >= level.rank)
            yield f"{start}{level.field}.luy_ke", _sure(reached, part.rest + is_empty)

    def _of_bands(self, part: _Part, of_set: CriteriaSet) -> Iterator[tuple[str, Value]]:
        groups = together([self._met[unit] for unit in part.units])
        counts = count_bands(groups, of_set, part.at)
        start, rest = f"{part.prefix}tieu_chi.", counts.unassessed + counts.left_open + part.rest
        for band, count in zip(counts.bands, counts.counts, strict=True):
            yield f"{start}{_band_name(band)}", _sure(count, rest + counts.left_open)
        yield f"{start}chua_ket_luan", _sure(counts.left_open, rest)
        yield f"{start}da_ra_soat", _sure(counts.assessed, part.rest)
        yield f"{start}chua_ra_soat", _sure(counts.unassessed, part.rest)
        yield f"{start}tong_tieu_chi", counts.criteria if counts.assessed else None
        yield f"{start}binh_quan", None if counts.average is None else rounded(counts.average, 2)
        yield f"{start}ghi_chu", _remark(counts)
        if part.at == _NOW:
            gain = sums_at_both(groups, _NOW, _BEFORE).mean
            yield f"{start}tang_binh_quan", None if gain is None else rounded(gain, 2)

    def lists(self) -> Iterator[tuple[str, Items]]:
        """The criteria, counted; where one commune is asked about, its criteria and contents, judged."""
        if self._set is None:
            return
        yield "tieu_chi", _listed([*self._criteria(self._set)])
        yield "noi_dung", _listed([*self._contents(self._set)])

    def _criteria(self, of_set: CriteriaSet) -> Iterator[dict[str, Value]]:
        counted = [(part, self._counted(part, of_set)) for part in self._parts]
        for place, criterion in enumerate(of_set.criteria):
            item: dict[str, Value] = {"ma": criterion.code, "ten": criterion.name}
            for part, counts in counted:
                item |= _of_criterion(part, counts[place], sum(path.units for path in part.units.values()))
                if part.prefix == "":
                    item["ghi_chu"] = _open_words(counts[place].not_concluded)
            yield item

    def _counted(self, part: _Part, of_set: CriteriaSet) -> list[CriterionCounts]:
        found = self._found[part.at]
        return count_criteria([found[unit] for unit in part.units if unit in found], of_set)

    def _contents(self, of_set: CriteriaSet) -> Iterator[dict[str, Value]]:
        scope = self._material.spec.scope
        found = [of.get(scope.id) if scope and scope.tier is Tier.COMMUNE else None for of in self._found]
        for criterion in of_set.criteria:
            items: tuple[Criterion | Content, ...] = (criterion, *criterion.contents)
            for item in items:
                told: dict[str, Value] = {"ma": item.code, "ten": item.name}
                for at, when in _WHENS.items():
                    one = found[at]
                    told[f"{when}ket_qua"] = dict(one.results).get(item.code) if one else None
                    told[f"{when}danh_gia"] = _judged(one, criterion, item, of_set)
                yield told

    def made_up(self) -> list[str]:
        """That results are not real, where some are."""
        told = {unit for unit in self._levels for found in self._found if _is_made_up(found.get(unit))}
        return made_up_assessments(len(told)) if self._set else []


def _sure(count: int, rest: int) -> int | None:
    """The number, unless it is nought only because nothing is known of the rest."""
    return count if count or not rest else None


def _band_name(band: CriteriaBand) -> str:
    """What a band is called: "dat_19", "dat_15_18"; the lowest "duoi_5"."""
    if band.low == 0:
        return f"duoi_{band.high + 1}"
    return f"dat_{band.low}" if band.low == band.high else f"dat_{band.low}_{band.high}"


def _remark(counts: BandCounts) -> str | None:
    """How many were assessed, where not all were, and of how many the band is not known."""
    text = _("{count} of {total} communes assessed")
    assessed = text.format(count=number(counts.assessed), total=number(counts.total)) if counts.unassessed else None
    return sentence("; ".join(filter(None, (assessed, _open_words(counts.left_open))))) or None


def _open_words(count: int) -> str | None:
    return _("{count} communes not concluded").format(count=number(count)) if count else None


def _of_criterion(part: _Part, counts: CriterionCounts, total: int) -> Item:
    """How many communes of a part meet a criterion, do not, or of how many that cannot be said."""
    rest = total - counts.assessed + part.rest
    values: dict[str, Value] = {
        "dat": _sure(counts.met, rest + counts.not_concluded),
        "chua_dat": _sure(counts.missing, rest + counts.not_concluded),
        "chua_ket_luan": _sure(counts.not_concluded, rest),
        "ty_le": _share(counts),
    }
    return {f"{part.prefix}{name}": value for name, value in values.items()}


def _share(counts: CriterionCounts) -> Decimal | None:
    """Those that meet it in per cent of those assessed; None where none was, or nothing was concluded."""
    concluded = counts.met + counts.missing
    return rounded(per_cent(counts.met, counts.assessed), 2) if concluded else None


def _judged(one: Assessment | None, criterion: Criterion, item: Criterion | Content, of_set: CriteriaSet) -> str | None:
    """The verdict as a form prints it."""
    verdict = _verdict(one, criterion, item, of_set) if one else None
    return sentence(verdict) if verdict else None


def _verdict(one: Assessment, criterion: Criterion, item: Criterion | Content, of_set: CriteriaSet) -> str | None:
    """Whether a criterion or content is met, or cannot be concluded; None where nothing is told of it."""
    if one.missing is None:
        return None
    whole_fails = criterion.code in criteria_missing(one, of_set)
    if item.code in one.missing or (item is criterion and whole_fails):
        return _("not met")
    if item.code in one.unknown:
        return _("not concluded")
    if item is criterion:
        is_open = any(content.code in one.unknown for content in criterion.contents)
        return _("not concluded") if is_open else _("met")
    is_sure = item.verified is Verified.YES and not {criterion.code} & {*one.missing, *one.unknown}
    return _("met") if is_sure else None  # nobody told of it: it follows only where its text was read


def _listed(items: Sequence[dict[str, Value]]) -> Items:
    return Items([*items[0]] if items else [], items)


def _is_made_up(one: Assessment | None) -> bool:
    return one is not None and one.confidence is Confidence.ILLUSTRATIVE
