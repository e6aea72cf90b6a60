"""Units by how many criteria they meet, as a table: bands, averages, what was gained, ranks with their ties."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.progress import Moment
from ntmtrack.progress.criteria import BandCounts, MetAtBoth
from ntmtrack.reports import CellKind, Column, Report, SignedDecimal, Table
from ntmtrack.reports.labels import as_of_day, made_up_assessments
from ntmtrack.roadmaps.shares import rounded


class BandsRow(NamedTuple):
    """A part of the scope, or a year: its bands, what units assessed at both times met then and the year before."""

    name: str
    counts: BandCounts
    both: MetAtBoth
    rank: int | None = None

    @property
    def gain(self) -> Fraction | None:
        """Criteria gained for a unit that was assessed at both times; None where none was."""
        return self.both.mean


def bands_report(
    rows: Sequence[BandsRow], of_set: CriteriaSet, scope: str, moment: Moment, *, by: str | None
) -> Report:
    """A row each part, the whole last; ranked where parts are compared: equal gains have one rank."""
    parts = rows[:-1] if by not in (None, "year") else ()
    rows = [*_ranked(parts), *rows[len(parts) :]]
    bands = [
        Column(f"from_{band.low}", band.label, CellKind.COUNT, _("Criteria met"), _count(place))
        for place, band in enumerate(of_set.band_ends)
    ]
    heading = {
        "district": _("District"),
        "former-district": _("Former district"),
        "group": _("Group"),
        "year": _("Year"),
        "block": _("Emulation block"),
        None: _("Scope"),
    }[by]
    columns: list[Column[BandsRow]] = [
        Column("part", heading, of=lambda row: row.name),
        Column("total", _("Total"), CellKind.COUNT, of=lambda row: row.counts.total),
        *bands,
        Column("unassessed", _("Not assessed"), CellKind.COUNT, of=lambda row: row.counts.unassessed or None),
        Column("criteria", _("Criteria"), CellKind.COUNT, of=lambda row: row.counts.criteria),
        Column("average", _("average"), CellKind.PERCENT, _("For a commune"), lambda row: _two(row.counts.average)),
        Column("gain", _("gained"), CellKind.PERCENT, _("For a commune"), _signed_gain),
    ]
    if any(row.counts.left_open for row in rows):
        columns.insert(-4, Column("left_open", _("Left open"), CellKind.COUNT, of=lambda row: row.counts.left_open))
    if parts:
        columns[-1:-1] = [
            Column(
                "compared", _("How many"), CellKind.COUNT, _("Assessed at both times"), lambda row: row.both.units, 1
            ),
            Column("mean_before", _("year before"), CellKind.PERCENT, _("Assessed at both times"), _mean("before"), 1),
            Column("mean_now", _("now"), CellKind.PERCENT, _("Assessed at both times"), _mean("now"), 1),
        ]
        columns[-1] = columns[-1]._replace(group=_("Assessed at both times"))
        columns.append(Column("rank", _("Rank"), CellKind.COUNT, of=lambda row: row.rank))
    table = Table.of("bands", "", rows, columns)
    return Report(
        key="bands",
        title=_("Communes of {scope} by criteria met").format(scope=scope),
        subtitle=_("{day}; set {set}").format(day=as_of_day(moment), set=of_set.key),
        tables=[table._replace(sums=1) if parts else table],
        notes=_notes(rows, ranked=bool(parts)),
        facts={"scope": scope, "set": of_set.key, "as_of": moment.day.isoformat()},
    )


def _count(place: int) -> Callable[[BandsRow], int]:
    return lambda row: row.counts.counts[place]


def _ranked(rows: Sequence[BandsRow]) -> list[BandsRow]:
    """The parts, each with its rank by what it gained for a commune, the most first; equal gains have one rank."""
    gains = sorted((row.gain for row in rows if row.gain is not None), reverse=True)
    return [row._replace(rank=None if row.gain is None else gains.index(row.gain) + 1) for row in rows]


def _two(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(exact, 2)


def _mean(moment: str) -> Callable[[BandsRow], Decimal | None]:
    def mean(row: BandsRow) -> Decimal | None:
        return _two(Fraction(getattr(row.both, moment), row.both.units)) if row.both.units else None

    return mean


def _signed_gain(row: BandsRow) -> SignedDecimal | None:
    gain = _two(row.gain)
    return None if gain is None else SignedDecimal(gain)


def _notes(rows: Sequence[BandsRow], *, ranked: bool) -> list[str]:
    """How the average and the gain are worked out, where they do not go without saying."""
    notes = []
    if any(row.counts.unassessed or row.counts.left_open for row in rows):
        notes.append(_("Averages are of communes assessed of which nothing is left open."))
    if ranked and any(row.both.units for row in rows):
        text = _(
            "Gained since the end of the year before, of communes assessed at both times; equal gains share a rank."
        )
        notes.append(text)
    return [*notes, *made_up_assessments(rows[-1].counts.made_up if rows else 0)]
