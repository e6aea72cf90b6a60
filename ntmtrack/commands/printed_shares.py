"""Numbers that reports print, held against what they came of: their bases, the sum of an average."""

from collections.abc import Iterator, Sequence
from datetime import date

from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.commands.recount import ledger_bases
from ntmtrack.dates import last_day, show_day
from ntmtrack.errors import NothingToCount, NotYetStanding, NoUnits
from ntmtrack.i18n import _
from ntmtrack.lint import Weight
from ntmtrack.lint.published_shares import KnownBases, check_share, own_bases
from ntmtrack.lint.published_sums import check_averages
from ntmtrack.model import Basis, Published, Unit
from ntmtrack.reports.published import measure_label
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.recognitions import every_published_figure


def check_shares(
    connection: Connection, spec: ReportSpec | None, figures: Sequence[Published], beside: Sequence[Published]
) -> Iterator[tuple[Published, Weight, str]]:
    """Every per cent of `figures` that its base does not give half up; `beside` is all that their sources print.

    Without `spec` the ledger had no units then.
    """
    printed = [figure for figure in figures if figure.percent]
    counted = ledger_bases(connection, spec, printed) if spec else [{} for _figure in printed]
    for figure, ledger in zip(printed, counted, strict=True):
        by_year, by_decision = (ledger.get(basis, {}) for basis in (Basis.YEAR, Basis.DECISION))
        if wrong := check_share(figure, KnownBases(own_bases(figure, beside), by_year, by_decision)):
            yield figure, *wrong


def odd_figures(connection: Connection, scope: Unit, figures: Sequence[Published], today: date) -> Iterator[str]:
    """What figures of a scope do not come of, a sentence each: `figures` are to be kept, or just were."""
    if not any(figure.percent or "." in figure.value for figure in figures):
        return
    keys = {figure.key for figure in figures}
    kept = [figure for _key, figure in every_published_figure(connection, scope.id) if figure.key not in keys]
    shares = check_shares(connection, _spec(connection, scope, figures, today), figures, [*kept, *figures])
    averages = [found for found in check_averages([*kept, *figures]) if found[0] in figures]
    for figure, weight, clause in (*shares, *averages):
        text = _("{weight}: {figure}: {clause}")
        yield text.format(weight=weight.label.capitalize(), figure=_label(figure), clause=clause)


def _spec(connection: Connection, scope: Unit, figures: Sequence[Published], today: date) -> ReportSpec | None:
    """The question about the last day of figures; None where the ledger had no units then."""
    last = min(today, max(last_day(figure.as_of) for figure in figures))
    try:
        return resolve(connection, ReportOptions(as_of=last), today, of=scope)
    except (NoUnits, NothingToCount, NotYetStanding):
        return None


def sentence_on(figure: Published, clause: str) -> str:
    """A finding about a figure with what it counts, its day and its source."""
    words = {"figure": _label(figure), "clause": clause, "source": figure.source}
    return _("{figure}: {clause}; source: {source}").format(**words)


def _label(figure: Published) -> str:
    return f"{measure_label(figure.tier, figure.measure, figure.as_of)}, {show_day(figure.as_of)}"
