"""What the sheets of a document are made from, each thing worked out once, when a sheet first asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from ntmtrack import __version__
from ntmtrack.commands.districts import DistrictFigures, district_figures, with_shares
from ntmtrack.commands.newcomers import moved_in
from ntmtrack.commands.progress import figures_at, lines_by_year, own_beside
from ntmtrack.commands.progress_lines import report_context
from ntmtrack.commands.question import ReportOptions, ReportSpec
from ntmtrack.commands.recount import counted_totals
from ntmtrack.commands.standings import Census, ScopeStandings, take_census, where_stood
from ntmtrack.errors import NoDistricts, NotParted
from ntmtrack.export import Letterhead
from ntmtrack.i18n import _, language, number
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.programmes.ladders import KEPT, OWN, set_words
from ntmtrack.progress.line import Line
from ntmtrack.reports import LabelledCode, Report
from ntmtrack.reports.figures import ProgressFigures, ReportContext
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.lists import MovedUnits
from ntmtrack.reports.moved_text import Annexes
from ntmtrack.reports.paper import paper_day, telling
from ntmtrack.reports.progress_tables import moment_report
from ntmtrack.reports.progress_text import progress_paragraphs
from ntmtrack.storage.address import Place
from ntmtrack.storage.chain import NEWEST, fingerprint
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.actions import last_action, last_hash
from ntmtrack.storage.queries.recognitions import recognitions_by_unit

_FEW_PROVINCES = 3  # that a title names


class Material:
    """What an export is made of: one question to a ledger, the figures and lists that answer it, whose report it is."""

    def __init__(
        self,
        file: Place,
        connection: Connection,
        spec: ReportSpec,
        letterhead: Letterhead,
        known: tuple[date, int] | None = None,
        fingerprint_version: int = NEWEST,
        *,
        with_status: bool = False,
    ) -> None:
        self.file = file
        self.connection = connection
        self.spec = spec
        self.letterhead = letterhead
        self.known = known  # the day as of whose end the ledger's knowledge is shown, and its last action then
        self.fingerprint_version = fingerprint_version
        self.with_status = with_status  # whether plan and actual are also judged
        self.subtitle = as_of(spec.moment, spec.view.basis)

    @cached_property
    def paper_subtitle(self) -> str:
        """The same in words that hold on any day, for what is signed."""
        return paper_day(self.spec.moment, self.spec.view.basis)

    @cached_property
    def paper_scope(self) -> str:
        """Whose report it is; of several provinces their names, of many how many."""
        if self.spec.scope:
            return self.spec.scope_name
        provinces = [unit for unit in self.scope_standings.units if unit.tier is Tier.PROVINCE]
        if len(provinces) == 1:
            return provinces[0].title
        if len(provinces) <= _FEW_PROVINCES:
            return _("the provinces {names}").format(names=", ".join(unit.name for unit in provinces))
        return _("{count} provinces and cities").format(count=number(len(provinces)))

    @cached_property
    def figures(self) -> ProgressFigures:
        """Progress at the moment."""
        return figures_at(self.connection, self.spec)

    @cached_property
    def progress(self) -> Report:
        """Progress at the moment as it is shown, with all its notes as a paper has them."""
        return moment_report(self.figures, on_paper=True)

    @cached_property
    def sentences(self) -> list[str]:
        """Progress at the moment in the sentences of a report."""
        return self.sentences_with(Annexes())

    def sentences_with(self, annexes: Annexes) -> list[str]:
        """The same of a paper that has these annexes.

        What plans ask for another year is left out: no table of a paper has it.
        """
        figures = self.figures
        own = [line.in_its_year for line in figures.own.lines]
        plans = [plan._replace(lines=[line.in_its_year for line in plan.lines]) for plan in own_beside(figures)]
        return progress_paragraphs(
            own,
            figures.context,
            self.spec.scope,
            plans,
            self.moved,
            annexes,
            with_status=self.with_status,
            on_paper=True,
        )

    @cached_property
    def moved(self) -> MovedUnits:
        """Who came to a level within the year, and who left one."""
        if self.spec.is_to_come:
            return MovedUnits()
        return moved_in(self.censuses, self.recognitions, self.spec.view.programme)

    @cached_property
    def years(self) -> Sequence[tuple[int, Sequence[Line]]]:
        """Progress of every year of the programme."""
        return lines_by_year(self.connection, self.spec)

    @cached_property
    def telling_years(self) -> Sequence[tuple[int, Sequence[Line]]]:
        """The same without what would be rows of dashes; all of it where nothing else would be left."""
        left = [(year, telling(lines)) for year, lines in self.years]
        return left if any(lines for _year, lines in left) else self.years

    @cached_property
    def context_of_years(self) -> ReportContext:
        """What progress of all years rests on."""
        return report_context(self.connection, self.spec, [year for year, _lines in self.years])

    @cached_property
    def census(self) -> Census:
        """Every counted unit with its recognitions."""
        return take_census(self.connection, self.spec, self.scope_standings, self.recognitions)

    @cached_property
    def every_kept(self) -> Census | None:
        """The same by what units keep of the programme before; None in years in which nothing is kept so."""
        if self.spec.view.programme.kept is None:
            return None
        spec = self.spec.on_ladder(KEPT)
        return take_census(self.connection, spec, where_stood(self.connection, spec), self.recognitions)

    @property
    def kept_census(self) -> Census | None:
        """The same where any unit keeps anything, or did a year before."""
        census = self.every_kept
        anything = census and (census.ended or any(unit.rank or unit.before for unit in census.units))
        return census if anything else None

    @cached_property
    def censuses(self) -> Mapping[str, Census]:
        """The census by each set of levels, by its ladder."""
        return {OWN: self.census} | ({KEPT: self.kept_census} if self.kept_census else {})

    def words_of(self, ladder: str) -> str:
        """By which set of levels, in years of two; else nothing."""
        programme = self.spec.view.programme
        return f" ({set_words(ladder, programme)})" if programme.kept else ""

    @cached_property
    def scope_standings(self) -> ScopeStandings:
        """Where every unit stood at the base, at the end of last year and at the moment."""
        return where_stood(self.connection, self.spec)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the ledger."""
        return fingerprint(self.connection, self.fingerprint_version)

    @cached_property
    def recognitions(self) -> Mapping[int, Sequence[Recognition]]:
        """Every recognition on record, by unit."""
        return recognitions_by_unit(self.connection)

    @cached_property
    def district_figures(self) -> DistrictFigures | None:
        """The communes by district; None where there are no districts, or the scope is a commune."""
        try:
            spec, levels = with_shares(self.spec), self.spec.view.programme.levels_of(Tier.COMMUNE)
            ranked = (
                self.scope_standings if spec.base_year == self.spec.base_year else where_stood(self.connection, spec)
            )
            return district_figures(self.connection, spec, ranked, levels)
        except (NoDistricts, NotParted):
            return None

    @cached_property
    def districts(self) -> Sequence[Unit]:
        """The units of the district tier that stand at the moment, of whatever kind."""
        return [unit for unit in self.scope_standings.units if unit.tier is Tier.DISTRICT]

    @cached_property
    def levels_of_districts(self) -> Mapping[int, LabelledCode]:
        """Each district's own highest level with its year, by unit id."""
        levels = {}
        for counted in self.census.of(Tier.DISTRICT):
            level = self.census.level(counted.rank)
            recognition = self.census.reaching(counted, level) if level else None
            if level:
                text = _("{level} ({year})") if recognition and recognition.year else "{level}"
                shown = text.format(level=level.label, year=recognition.year if recognition else "")
                levels[counted.unit.id] = LabelledCode(level.key, shown)
        return levels


LAYOUT = "5"  # of the sheets: another number wherever the same ledger would give other cells than before
YES = "yes"


def stamp_of(material: Material, options: ReportOptions, sheets: str) -> dict[str, str]:
    """Program, ledger (fingerprint, last action with its hash), options and letterhead, the figures themselves.

    By it the same report can be made again.
    """
    spec, known, letterhead = material.spec, material.known, material.letterhead
    figures = counted_totals(material.connection, spec)
    return {
        "program": f"ntmtrack {__version__}",
        "fingerprint": material.fingerprint,
        "action": str(last_action(material.connection)),
        "hash": last_hash(material.connection),
        "scope": spec.scope_name,
        "scope_id": str(spec.scope.id) if spec.scope else "",
        "as_of": spec.moment.day.isoformat(),
        "as_known": known[0].isoformat() if known else "",
        "units_on": spec.moment.units_on.isoformat(),
        "on_map": spec.view.on_map.isoformat() if spec.view.on_map else "",
        "basis": spec.view.basis.value,
        "programme": spec.view.programme.key,
        "roadmap": spec.roadmap.key if spec.roadmap else "",
        "roadmap_asked": options.roadmap or "",
        "today": spec.today.isoformat(),
        "language": language(),
        "agency": ";".join(letterhead.agency),
        "place": letterhead.place,
        "number": letterhead.number,
        "dated": letterhead.dated,
        "figures": " ".join(f"{key}={value}" for key, value in figures.items()),
        "asked_for": sheets,
        "layout": LAYOUT,
        "with_status": YES if material.with_status else "",
    }
