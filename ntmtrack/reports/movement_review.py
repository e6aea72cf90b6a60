"""Sơ kết, tổng kết of a movement: its years beside each other, who may be proposed, the same in sentences."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.emulation import AwardRule
from ntmtrack.emulation.calendar import Stand
from ntmtrack.emulation.registers import REGISTERS, GiverKind
from ntmtrack.emulation.review import Span, YearOfMovement
from ntmtrack.i18n import _, day, number
from ntmtrack.reports import CellKind, Column, Table
from ntmtrack.reports.labels import clause_words, document_label, sentence

_MILLION = 1_000_000
_GIVEN = "contribution"


class FormCount(NamedTuple):
    """How many may be proposed under a rule, how many may not, how many places for persons are left."""

    rule: AwardRule
    proposed: int | None
    excluded: int | None
    places_left: int | None


class _Row(NamedTuple):
    """A figure by year: numbers that several years add up to, or what is counted once however many years it is of."""

    title: str
    values: Mapping[int, int | frozenset[int]]


def span_title(span: Span) -> str:
    """“Năm 2024”, “6 tháng đầu năm 2024 (đến 30/06/2024)”, “02 năm 2023–2024”."""
    until = ""
    if span.is_part:
        until = _(" (until {day})").format(day=day(span.until))
    if span.first == span.last:
        return f"{span.last}{until}"
    return f"{span.first}–{span.last}{until}"


def years_table(years: Sequence[YearOfMovement], spans: Sequence[Span], place: int, of: str | None) -> Table:
    """The `place`th movement, `of` a document where there are several: a row a figure, a column a year.

    The last two, and all of them, are counted together too.
    """
    columns: list[Column[_Row]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("figure", _("Figure"), of=lambda row: row.title),
    ]
    for span in spans:
        key = f"y{span.first}" if span.first == span.last else f"y{span.first}_{span.last}"
        columns.append(Column(key, span_title(span), CellKind.COUNT, of=_sum_over(span)))
    return Table.of(f"movement_{place}", _of_document(_("The movement year by year"), of), list(_rows(years)), columns)


def _sum_over(span: Span) -> Callable[[_Row], int | None]:
    def cell(row: _Row) -> int | None:
        told = [value for year in range(span.first, span.last + 1) if (value := row.values.get(year)) is not None]
        sums = [value for value in told if isinstance(value, int)]
        once = frozenset[int]().union(*(value for value in told if not isinstance(value, int)))
        return sum(sums) + len(once) if told else None

    return cell


def _rows(years: Sequence[YearOfMovement]) -> Iterator[_Row]:
    """The rows; of a year of which nothing is on record nothing is said, since that is no result."""
    registered = [one for one in years if one.pledged]
    yield _row(registered, _("Units that registered"), lambda one: one.units)
    yield _row(registered, _("What was registered"), lambda one: one.pledged)
    yield _row(registered, _("  of it kept"), lambda one: one.kept)
    yield _row(registered, _("  not kept"), lambda one: one.not_kept)
    yield _row(registered, _("  not concluded"), lambda one: one.left_open)
    yield from _of_awards(years)
    yield from _of_entries(years)
    dated = [one for one in years if one.stands]
    yield _row(dated, _("Dates due"), lambda one: sum(one.stands.values()))
    yield _row(dated, _("  done in time"), lambda one: one.stands.get(Stand.DONE, 0))
    yield _row(dated, _("  done late"), lambda one: one.stands.get(Stand.DONE_LATE, 0))
    yield _row(dated, _("  not told, or no day named"), _untold)


def _of_awards(years: Sequence[YearOfMovement]) -> Iterator[_Row]:
    for name in dict.fromkeys(name for one in years for name in one.awards):
        title = _("Awards given: {name}").format(name=name)
        yield _Row(title, {one.year: count for one in years if (count := one.awards.get(name))})
    if placed := [one for one in years if one.earned or one.used]:
        yield _row(placed, _("Places for persons and households"), lambda one: one.earned)
        yield _row(placed, _("  used"), lambda one: one.used)


def _of_entries(years: Sequence[YearOfMovement]) -> Iterator[_Row]:
    """Contributions by the kind of giver, in million đồng; of the other registers how many entries."""
    if given := [one for one in years if one.given]:
        yield _row(given, _("Contributions (million đồng)"), lambda one: _millions(sum(one.given.values())))
    for kind in GiverKind:
        if amounts := {one.year: _millions(amount) for one in years if (amount := one.given.get(kind))}:
            yield _Row(f"  {kind.label}", amounts)
    for book, title in REGISTERS.items():
        entered = {one.year: found for one in years if (found := one.entered.get(book))}
        if book != _GIVEN and entered:
            yield _Row(sentence(_(title)), entered)


def _row(years: Sequence[YearOfMovement], title: str, of: Callable[[YearOfMovement], int | frozenset[int]]) -> _Row:
    return _Row(title, {one.year: of(one) for one in years})


def _untold(one: YearOfMovement) -> int:
    return sum(count for stand, count in one.stands.items() if stand not in (Stand.DONE, Stand.DONE_LATE))


def _exact_millions(amount: int) -> str:
    """In million đồng, to the đồng, so that the parts make the sum: “56,5”."""
    return number(Decimal(amount) / _MILLION if amount % _MILLION else amount // _MILLION)


def _millions(amount: int) -> int:
    """In million đồng, half and more as one."""
    return (amount + _MILLION // 2) // _MILLION


def _of_document(title: str, of: str | None) -> str:
    return f"{title}, {document_label(of)}" if of else title


def forms_table(forms: Sequence[FormCount], year: int, place: int, of: str | None) -> Table:
    """Of the `place`th movement: how many may be proposed in a year under each rule."""
    columns: list[Column[FormCount]] = [
        Column("number", _("No."), CellKind.COUNT),
        Column("form", _("Form of award"), of=_form_words),
        Column("proposed", _("May be proposed"), CellKind.COUNT, of=lambda one: one.proposed),
        Column("excluded", _("May not be"), CellKind.COUNT, of=lambda one: one.excluded),
        Column("places_left", _("Places left"), CellKind.COUNT, of=lambda one: one.places_left),
    ]
    return Table.of(
        f"forms_{place}", _of_document(_("Who may be proposed for {year}").format(year=year), of), forms, columns
    )


def _form_words(one: FormCount) -> str:
    """“Cờ thi đua của UBND tỉnh: 01 lần cho xã đạt chuẩn … (mục V.2.b)”."""
    return f"{one.rule.name}: {one.rule.says} ({clause_words(one.rule.cite)})"


def review_sentences(one: YearOfMovement, span: Span) -> Iterator[str]:
    """What a year of the movement brought, in the sentences of a report."""
    year = span_title(span)
    if one.pledged:
        text = _(
            "In {year} {units} units registered {pledged} targets: {kept} kept, {not_kept} not, {rest} not concluded."
        )
        yield text.format(
            year=year,
            units=number(len(one.units)),
            pledged=number(one.pledged),
            kept=number(one.kept),
            not_kept=number(one.not_kept),
            rest=number(one.left_open),
        )
    if one.awards:
        listed = ", ".join(f"{name}: {number(count)}" for name, count in one.awards.items())
        yield _("Awards given for {year}: {listed}.").format(year=year, listed=listed)
    if total := sum(one.given.values()):
        listed = ", ".join(
            f"{kind.label} {_exact_millions(one.given[kind])}" for kind in GiverKind if one.given.get(kind)
        )
        text = _("Contributions in {year}: {total} million đồng ({listed}).")
        yield text.format(year=year, total=_exact_millions(total), listed=listed)
    if one.entered.get("inspection") or one.entered.get("meeting"):
        text = _("In {year} there were {inspections} inspections and {meetings} review meetings.")
        counts = {"inspections": one.entered.get("inspection", ()), "meetings": one.entered.get("meeting", ())}
        yield text.format(year=year, **{name: number(len(found)) for name, found in counts.items()})
