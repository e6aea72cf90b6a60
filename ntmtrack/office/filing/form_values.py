"""What an office's own form may ask for: every figure and list of a report under a name without marks.

The names are Vietnamese in any language, as the forms are: `ntm.luy_ke`, `nang_cao.2023.ke_hoach`, `huyen.ntm.ty_le`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ntmtrack.days import is_whole, show_day
from ntmtrack.i18n import day
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.office.census import Census, Counted
from ntmtrack.office.filing.material import Material
from ntmtrack.progress.lines import Line
from ntmtrack.reports.filing import Letterhead
from ntmtrack.reports.list_tables import key_of
from ntmtrack.reports.progress_text import of_progress
from ntmtrack.reports.unit_tables import is_made_up
from ntmtrack.reports.words import basis_label, roadmap_label
from ntmtrack.shares import percent
from ntmtrack.sheets.form_filling import Item, Value, Values

_OF_TIER = {Tier.COMMUNE: "", Tier.DISTRICT: "huyen."}
_FIGURES: Mapping[str, Callable[[Line], Value]] = {
    "luy_ke": lambda line: line.actual and line.actual.reached,
    "tang_them": lambda line: line.actual and line.actual.added,
    "giam": lambda line: line.actual and line.actual.lost,
    "chua_dat": lambda line: line.actual and line.actual.total - line.actual.reached,
    "tong_so": lambda line: line.actual and line.actual.total,
    "ty_le": lambda line: _percent(line.share),
    "ke_hoach": lambda line: line.goal.number if line.goal else None,
    "ke_hoach_tang_them": lambda line: line.plan.added if line.plan and line.is_yearly else None,
    "ke_hoach_ty_le": lambda line: _percent(line.plan_share),
    "chenh": lambda line: line.gap,
    "hoan_thanh": lambda line: _percent(line.completion),
    "tinh_trang": lambda line: line.status.label,
}


def form_values(material: Material, letterhead: Letterhead) -> Values:
    """Every name that a form may use, with its value in this report."""
    return Values(dict(_single(material, letterhead)), dict(_lists(material)))


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else percent(share)


def _single(material: Material, letterhead: Letterhead) -> Iterator[tuple[str, Value]]:
    at = material.at
    above, own = ("", *letterhead.agency)[-2:] if letterhead.agency else ("", "")
    told: dict[str, Value] = {
        "nam": at.moment.day.year,
        "nam_truoc": at.moment.day.year - 1,
        "den_ngay": day(at.moment.day),
        "pham_vi": at.scope_name,
        "giai_doan": at.view.programme.key,
        "cach_tinh": basis_label(at.view.basis),
        "lo_trinh": roadmap_label(at.roadmap) if at.roadmap else "",
        "co_quan": own,
        "co_quan_cap_tren": above,
        "dia_danh": letterhead.place,
        "so": letterhead.number,
        "ngay_thang": letterhead.dated,
        "van_ban": "\n".join(of_progress(material.figures.own.lines, material.figures.grounds, at.scope)),
        "dau_van_tay": material.fingerprint,
        "tong_so_xa": len(material.census.of(Tier.COMMUNE)),
        "tong_so_huyen": len(material.census.of(Tier.DISTRICT)),
    }
    yield from told.items()
    yield from _figures(material.figures.own.lines, "")
    for year, lines in material.years:
        yield from _figures(lines, f"{year}.")


def _figures(lines: Sequence[Line], year: str) -> Iterator[tuple[str, Value]]:
    """The figures of the lines that count everyone at a level or above: "ntm.luy_ke", "huyen.ntm.2023.luy_ke"."""
    for line in lines:
        plain = line.level and line.key.counts == "at-least" and not line.key.each and "+" not in line.key.measure
        if plain and line.level and line.tier in _OF_TIER:
            start = f"{_OF_TIER[line.tier]}{key_of(line.level)}.{year}"
            yield from ((f"{start}{name}", figure(line)) for name, figure in _FIGURES.items())


def _lists(material: Material) -> Iterator[tuple[str, list[Item]]]:
    """Communes and districts, all of them; those at each level, new there, and not yet there."""
    census = material.census
    for tier, name in ((Tier.COMMUNE, "xa"), (Tier.DISTRICT, "huyen")):
        units = census.of(tier)
        more = _of_districts(material) if tier is Tier.DISTRICT else {}
        yield name, _items(census, units, more)
        for level in census.programme.levels_of(tier):
            key = f"{name}_{{}}_{key_of(level)}"
            yield key.format("dat"), _items(census, [one for one in units if one.rank >= level.rank], more)
            yield key.format("chua"), _items(census, [one for one in units if one.rank < level.rank], more)
            new = [one for one in units if one.before < level.rank <= one.rank]
            yield key.format("moi"), _items(census, new, more)


def _items(census: Census, units: Sequence[Counted], more: Mapping[int, Item]) -> list[Item]:
    return [
        {"stt": place, **_unit(one.unit), **_levels(census, one), **more.get(one.unit.id, {})}
        for place, one in enumerate(units, start=1)
    ]


def _unit(unit: Unit) -> Item:
    return {"ten": unit.title, "ten_rieng": unit.name, "loai": unit.kind, "ma": unit.code, "thuoc": unit.parent_name}


def _levels(census: Census, one: Counted) -> Item:
    """A unit's highest level, then of each level its year, decision and days."""
    highest = census.level(one.rank)
    held = census.by_level(one)
    found: dict[str, Value] = {
        "muc": highest.label if highest else None,
        "ghi_chu": "MINH HOẠ" if any(map(is_made_up, held.values())) else None,
    }
    for level in census.programme.levels:
        known = held.get(level.key)
        found |= {f"{key_of(level)}.{name}": value for name, value in _evidence(known).items()}
    return found


def _evidence(known: Recognition | None) -> Item:
    decision = known.decision if known else None
    return {
        "nam": known.year if known else None,
        "quyet_dinh": decision.number if decision else None,
        "ngay": _day(decision.signed_on if decision else None),
        "cong_bo": _day(known.announced_on if known else None),
    }


def _day(iso: str | None) -> Value:
    """A whole day as a day; one that is known to the month or the year as text."""
    return date.fromisoformat(iso) if iso and is_whole(iso) else show_day(iso) or None


def _of_districts(material: Material) -> Mapping[int, Item]:
    """Of each district how many communes it has, and how many at each level."""
    if material.parted is None:
        return {}
    found = {}
    for one in material.parted.districts:
        figures: dict[str, Value] = {}
        for line in one.lines.values():
            assert line.level is not None
            start = f"xa_{key_of(line.level)}"
            figures |= {f"{start}.{name}": figure(line) for name, figure in _FIGURES.items()}
            figures["tong_so_xa"] = line.actual.total if line.actual else None
        found[one.unit.id] = figures
    return found
