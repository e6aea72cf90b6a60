"""What an office's own form may ask for: every figure and list of a report under a name without marks.

The names are Vietnamese in any language, as the forms are: `ntm.luy_ke`, `nang_cao.2023.ke_hoach`, `huyen.ntm.ty_le`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ntmtrack.commands.criteria_values import CriteriaValues
from ntmtrack.commands.export_data import Material
from ntmtrack.commands.progress import lines_by_year
from ntmtrack.commands.standings import Census, CountedUnit
from ntmtrack.dates import is_whole, show_day
from ntmtrack.export import BLANK
from ntmtrack.i18n import _, day
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.programmes.ladders import KEPT, OWN, ladder_of, ladders
from ntmtrack.progress.compute import plain_line
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, cell_text
from ntmtrack.reports.labels import basis_label, roadmap_label
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.reports.units import year_cell
from ntmtrack.roadmaps import SETS_OF_LADDER
from ntmtrack.roadmaps.shares import percent
from ntmtrack.rules import act_words
from ntmtrack.spreadsheets.template_names import Item, Items, Value, Values, Year

_OF_TIER = {Tier.COMMUNE: "", Tier.DISTRICT: "huyen."}
_OF_LADDER = {OWN: "", KEPT: "giu."}  # what is kept of the programme before: giu.nang_cao.luy_ke
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
    "chenh": lambda line: None if line.status is Status.NOT_DUE else line.gap,
    "hoan_thanh": lambda line: _percent(line.completion),
    "tinh_trang": lambda line: line.status.label,
}


def form_values(material: Material) -> Values:
    """Every name that a form may use, with its value in this report; also those of which there is nothing."""
    criteria = CriteriaValues(material)
    single, lists = dict(_single(material)), dict(_lists(material))
    single["minh_hoa"] = " ".join(filter(None, (str(single["minh_hoa"]), *criteria.made_up())))
    return Values(single | dict(criteria.single()), lists | dict(criteria.lists()))


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else percent(share)


def _single(material: Material) -> Iterator[tuple[str, Value]]:
    spec, letterhead = material.spec, material.letterhead
    values: dict[str, Value] = {
        "nam": Year(spec.moment.day.year),
        "nam_truoc": Year(spec.moment.day.year - 1),
        "den_ngay": day(spec.moment.day),
        "so_biet_den_ngay": day(material.known[0]) if material.known else "",
        "pham_vi": spec.scope_name,
        "giai_doan": spec.view.programme.key,
        "cach_tinh": basis_label(spec.view.basis),
        "lo_trinh": roadmap_label(spec.roadmap) if spec.roadmap else "",
        "co_quan": letterhead.own,
        "co_quan_cap_tren": letterhead.above,
        "dia_danh": letterhead.place or BLANK,
        "so": letterhead.number or letterhead.blank_number,
        "ngay_thang": letterhead.dated or letterhead.blank_day,
        "van_ban": "\n".join(material.sentences),
        "minh_hoa": " ".join(doubt_notes(material.figures.own.lines, spec.view.programme, on_paper=True)),
        "dau_van_tay": material.fingerprint,
        "tong_so_xa": len(material.census.of(Tier.COMMUNE)),
        "tong_so_huyen": len(material.census.of(Tier.DISTRICT)),
    }
    yield from values.items()
    yield from _figures_of_levels(material)


def _figures_of_levels(material: Material) -> Iterator[tuple[str, Value]]:
    """Every figure of every level, of each set and tier, by year; of the year asked about also without it."""
    programme, asked = material.spec.view.programme, material.spec.moment.day.year
    levels = [
        (ladder, tier, level)
        for ladder in ladders(programme)
        for tier in _OF_TIER
        for level in ladder_of(programme, ladder).levels_of(tier)
    ]
    also = [plain_line(tier, level.key, SETS_OF_LADDER[ladder][0]) for ladder, tier, level in levels]
    for year, lines in lines_by_year(material.connection, material.spec, also=also):
        in_its_year = {
            (line.key.ladder, line.tier, line.plain_level): line.in_its_year for line in lines if line.plain_level
        }
        for ladder, tier, level in levels:
            line, of = in_its_year.get((ladder, tier, level)), f"{_OF_LADDER[ladder]}{_OF_TIER[tier]}{level.field}"
            for name, figure in _FIGURES.items():
                value = figure(line) if line else None
                yield f"{of}.{year}.{name}", value
                if year == asked:
                    yield f"{of}.{name}", value


def _lists(material: Material) -> Iterator[tuple[str, Items]]:
    """Communes and districts, all of them; those at each level, new there, and not yet there."""
    lists = [(Tier.COMMUNE, "xa", material.census), (Tier.DISTRICT, "huyen", material.census)]
    if material.every_kept:
        lists.append((Tier.COMMUNE, "xa_giu", material.every_kept))
    for tier, name, census in lists:
        units = census.of(tier)
        more = _of_districts(material) if tier is Tier.DISTRICT else {}
        fields = _fields(census, more)
        parts = {name: units}
        for level in census.programme.levels_of(tier):
            parts[f"{name}_dat_{level.field}"] = [unit for unit in units if unit.rank >= level.rank]
            parts[f"{name}_chua_{level.field}"] = [unit for unit in units if unit.rank < level.rank]
            parts[f"{name}_moi_{level.field}"] = [unit for unit in units if unit.before < level.rank <= unit.rank]
        for part, of_part in parts.items():
            yield part, Items(fields, [dict.fromkeys(fields) | item for item in _items(census, of_part, more)])


_NOBODY = CountedUnit(Unit(0, "", "", Tier.COMMUNE), 0, 0, (), {})


def _fields(census: Census, more: Mapping[int, Item]) -> list[str]:
    """What is told of each unit of a list, also where it has none."""
    return [*_items(census, [_NOBODY], {})[0], *next(iter(more.values()), {})]


def _items(census: Census, units: Sequence[CountedUnit], more: Mapping[int, Item]) -> list[dict[str, Value]]:
    return [
        {"stt": place, **_unit(counted.unit), **_levels(census, counted), **more.get(counted.unit.id, {})}
        for place, counted in enumerate(units, start=1)
    ]


def _unit(unit: Unit) -> Item:
    return {"ten": unit.title, "ten_rieng": unit.name, "loai": unit.kind, "ma": unit.code, "thuoc": unit.parent_name}


def _levels(census: Census, counted: CountedUnit) -> Item:
    """A unit's highest level, then of each level its year, decision and days."""
    highest = census.level(counted.rank)
    values: dict[str, Value] = {
        "muc": highest.label if highest else None,
        "ghi_chu": _("ILLUSTRATIVE") if counted.is_made_up else None,
    }
    for level in census.programme.levels:
        recognition = counted.first_at.get(level.key)
        values |= {f"{level.field}.{name}": value for name, value in _evidence(recognition).items()}
    return values


def _evidence(recognition: Recognition | None) -> Item:
    decision = recognition.decision if recognition else None
    return {
        "nam": _year(recognition),
        "quyet_dinh": decision.number if decision else None,
        "ngay": _day(decision.signed_on if decision else None),
        "cong_bo": _day(recognition.announced_on if recognition else None),
        "hinh_thuc": next(iter(act_words(recognition)), None) if recognition else None,
    }


def _year(recognition: Recognition | None) -> Value:
    """The year that a recognition is for; where only the day is known by which it was, that day in words."""
    if recognition is None:
        return None
    return Year(recognition.year) if recognition.year else cell_text(year_cell(recognition), CellKind.YEAR)


def _day(iso: str | None) -> Value:
    """A whole day as a day; one that is known to the month or the year as text."""
    return date.fromisoformat(iso) if iso and is_whole(iso) else show_day(iso) or None


def _of_districts(material: Material) -> Mapping[int, Item]:
    """Of each district how many communes it has, and how many at each level."""
    if material.district_figures is None:
        return {}
    figures_of = {}
    for district in material.district_figures.districts:
        figures: dict[str, Value] = {}
        for line in district.lines.values():
            assert line.level is not None
            start = f"xa_{line.level.field}"
            figures |= {f"{start}.{name}": figure(line.in_its_year) for name, figure in _FIGURES.items()}
            figures["tong_so_xa"] = line.actual.total if line.actual else None
        figures_of[district.unit.id] = figures
    return figures_of
