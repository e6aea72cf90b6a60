"""What the cells of a table come to by its set: which code each tells of, what signs mean there, if counts agree."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ntmtrack.assessment import ToldResults, concluded
from ntmtrack.errors import NtmError
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref
from ntmtrack.ingest.assessed_by import groups_in, heading_in, headings_of
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.criteria_head import is_of_criterion
from ntmtrack.ingest.criteria_headings import criteria_named
from ntmtrack.ingest.number_codes import doubtful_codes
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_assessments import AssessmentDraft, ToldResult
from ntmtrack.ingest.result_cells import SheetReading, SheetSigns, Sign
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.text import clean, few, unmarked

_LEGEND = re.compile(r"(?<!\w)C\s*[:=–-]\s*(chưa|có)\b", re.IGNORECASE)
_OPEN_LEGEND = re.compile(r"ô (để )?trống\s*(là|:|=)\s*chưa (rà soát|đánh giá)", re.IGNORECASE)
_DENIES = re.compile(r"\b(chua dat|khong dat|chua hoan thanh|con thieu)\b")
_ALSO_YES = re.compile(r"(?<!chua )(?<!khong )\b(dat|hoan thanh)\b")


class SheetResults:
    """The results of one table: `problems` of its headings, `said` of what was taken for what."""

    def __init__(self, table: OfficeTable, of_set: CriteriaSet, drafts: Sequence[AssessmentDraft]) -> None:
        self.problems: list[Problem] = []
        self.said: list[str] = []
        self._table, self._set, self._drafts = table, of_set, drafts
        headings = headings_of(table, drafts)
        groups = groups_in(headings)
        self._codes = {" / ".join(parts): heading_in(of_set, parts, groups) for parts in headings}
        self._check_headings()
        self._valued = {told.called for draft in drafts for told in draft.results if told.result.sign is Sign.VALUE}
        signs = self._signs()
        self._reading = self._read(signs) if not self.problems else signs.readings[0]

    @property
    def is_readable(self) -> bool:
        """Whether its rows can be told: every heading is understood."""
        return not self.problems

    # Headings ------------------------------------------------------------------------------------------------------

    def _check_headings(self) -> None:
        """Faults of headings, or of cells that call a criterion: none of the set, or the same twice."""
        self.problems += doubtful_codes(self._table, self._set)
        if self.problems:
            return
        places = self._places()
        unknown = _("the set {criteria_set} has no such criterion, or calls it otherwise")
        for called, code in self._codes.items():
            if code is None:
                says = unknown.format(criteria_set=self._set.key)
                self._say(places[called], says, _("write its number and name as the set has them"))
        if not self._of_rows:
            self._refuse_twice()

    def _refuse_twice(self) -> None:
        """Two columns of one criterion that tell the same of it: which is meant is not guessed."""
        first: dict[tuple[str, Field], CellRef] = {}
        for column in self._table.head.columns:
            code = self._codes.get(column.heading) if is_of_criterion(column) else None
            if code is None:
                continue
            ref = cell_ref(self._table.sheet, self._table.head.bottom, column.number)
            earlier = first.setdefault((code, column.field), ref)
            if earlier is not ref:
                says = _("two columns tell of criterion {code}: this one and {place}")
                self._say(ref, says.format(code=code, place=earlier.address), _("correct the headings"))

    @property
    def _of_rows(self) -> bool:
        return any(column.field is Field.CRITERION for column in self._table.head.columns)

    def _places(self) -> dict[str, CellRef]:
        """Where each criterion is called: the heading of its column, or the first cell that tells of it."""
        if self._of_rows:
            named_by = next(c for c in self._table.head.columns if c.field is Field.CRITERION)
            firsts: dict[str, CellRef] = {}
            for draft in self._drafts:
                for told in draft.results:
                    ref = cell_ref(self._table.sheet, told.ref.row, named_by.number)
                    firsts.setdefault(told.called, ref)
            return firsts
        head = self._table.head
        columns = [column for column in head.columns if is_of_criterion(column)]
        return {
            column.heading: CellRef(
                self._table.sheet.name, head.bottom, column.number, column.heading.rpartition(" / ")[2]
            )
            for column in reversed(columns)
        }

    def _say(self, ref: CellRef, says: str, fix: str) -> None:
        self.problems.append(Problem(ProblemKind.TABLE, ref, says, fix))

    # What signs mean -----------------------------------------------------------------------------------------------

    def _signs(self) -> SheetSigns:
        used: set[Sign] = set()
        mixes = has_plus = False
        for draft in self._drafts:
            row = [told for told in draft.results if not told.is_value and not told.denies]
            signs = {self._sign(told) for told in row}
            used |= signs
            mixes = mixes or (Sign.MARK in signs and bool(signs & {Sign.MET, Sign.ONE}) and Sign.NOT_MET not in signs)
            has_plus = has_plus or any(told.ref.text == "+" for told in row)
        texts = [*self._table.titles, *_below(self._table)]
        legend = next((match[1] for text in texts if (match := _LEGEND.search(text))), None)
        titles = [unmarked(clean(text)) for text in (*self._table.titles, self._table.sheet.name)]
        denies = any(_DENIES.search(text) and not _ALSO_YES.search(text) for text in titles)
        c_means = None if legend is None else legend.casefold() == "có"
        is_open = any(_OPEN_LEGEND.search(text) for text in texts)
        return SheetSigns(frozenset(used - {Sign.VALUE}), has_plus, mixes, denies, c_means, is_open)

    def _sign(self, told: ToldResult) -> Sign:
        """How a cell speaks; a 0 or 1 among values is one."""
        is_digit = told.result.sign in (Sign.ONE, Sign.ZERO)
        return Sign.VALUE if is_digit and told.called in self._valued else told.result.sign

    def _read(self, signs: SheetSigns) -> SheetReading:
        """How signs are meant: as counts beside them tell, else as usual; refused where either may be meant."""
        counted = [draft for draft in self._drafts if draft.told_met and draft.results]
        readings = signs.readings
        fits = [sum(self._agrees(draft, readings[0]) for draft in counted)]
        if signs.is_unsure or fits[0] < len(counted):  # else the usual reading stands
            fits += [sum(self._agrees(draft, reading) for draft in counted) for reading in readings[1:]]
        best = max(range(len(fits)), key=lambda place: (fits[place], -place))
        is_settled = bool(counted) and _is_clear(fits, len(counted))
        if signs.is_unsure and not is_settled:
            self._refuse_signs()
        if Sign.C in signs.used and readings[best].c is None:
            self._refuse_signs(Sign.C)
        reading = readings[best if is_settled else 0]
        if not self.problems:
            self._tell(signs, reading, by_counts=is_settled and best > 0)
        return reading

    def _refuse_signs(self, only: Sign | None = None) -> None:
        of_kind = (Sign.MARK, Sign.EMPTY, Sign.MINUS) if only is None else (only,)
        told = (told for draft in self._drafts for told in draft.results if told.result.sign in of_kind)
        first = next(told, None)
        if first is None:
            return
        says = _("here a mark or an empty cell may mean met or not met")
        if only:
            says = _("“C” may mean có or chưa")
        self._say(first.ref, says, _("write đạt or chưa in each cell, or add a column “Số TC đạt”"))

    def _tell(self, signs: SheetSigns, reading: SheetReading, *, by_counts: bool) -> None:
        """What is said in the preview of what cells were taken for."""
        how = " ({})".format(_("as the counts tell")) if by_counts else ""
        is_told = Sign.EMPTY in signs.used or (Sign.MINUS in signs.used and not signs.has_plus)
        if is_told and not self._of_rows:
            words = {True: _("met"), False: _("not met"), None: _("not assessed")}
            self.said.append(_("An empty cell: {meaning}{how}.").format(meaning=words[reading.empty], how=how))
        if reading.mark is False:
            self.said.append(_("x: not met{how}.").format(how=how))
        if Sign.C in signs.used and reading.c is not None:
            self.said.append(_("C: {meaning}.").format(meaning=_("met") if reading.c else _("not met")))
        of_columns = {(code or "").partition(".")[0] for code in self._codes.values()}
        lacking = [criterion.code for criterion in self._set.criteria if criterion.code not in of_columns]
        if lacking and self._codes and not self._of_rows:
            text = _("No column tells of criteria {codes}: not assessed.")
            self.said.append(text.format(codes=", ".join(lacking)))

    # One row -------------------------------------------------------------------------------------------------------

    def told(self, draft: AssessmentDraft, of_set: CriteriaSet, day: str, marks: Sequence[str]) -> ToldResults | None:
        """What a row tells, its count being in accord; None where something is wrong, which `problems` has."""
        before = len(self.problems)
        codes, wrong = self._missing(draft)
        verdicts = self._verdicts(draft, self._reading, self._complain)
        values = self._values(draft)
        if len(self.problems) > before or wrong:
            return None
        unknown = self._open(draft, verdicts, values)
        met = draft.told_met.met if draft.told_met else None
        if draft.told_met and draft.told_met.total not in (None, of_set.total):
            says = _("the set {criteria_set} has {total} criteria").format(criteria_set=of_set.key, total=of_set.total)
            self._row(draft.ref(Field.MET), says)
            return None
        result = ToldResults(None, codes, unknown, verdicts, values)
        if met is None or not (codes is not None or verdicts or values):
            return result._replace(met=met)
        return self._counted(draft, of_set, result, (day, marks, met))

    def _counted(
        self, draft: AssessmentDraft, of_set: CriteriaSet, result: ToldResults, by: tuple[str, Sequence[str], int]
    ) -> ToldResults | None:
        """The results held against the number told, which says of criteria with values alone what they are."""
        day, marks, met = by
        found = concluded(of_set, result, day, marks)
        if found.met == met:
            return result
        by_value = [code for code in result.values if code not in result.verdicts and code in found.unknown]
        whole = dict.fromkeys(criterion.code for code in by_value if (criterion := of_set.criterion_of(code)))
        if whole and met == found.met + len(whole):
            return result._replace(verdicts={**result.verdicts, **dict.fromkeys(by_value, True)})
        says = _("{met} criteria are counted here; by its cells the row has {found} met (not met: {codes})").format(
            met=met, found=found.met, codes=few(found.missing or ("–",))
        )
        self._row(draft.ref(Field.MET), says)
        return None

    def _row(self, ref: CellRef, says: str) -> None:
        self.problems.append(Problem(ProblemKind.VALUE, ref, says, _("correct the number or the cells")))

    def _complain(self, told: ToldResult, says: str) -> None:
        self._row(told.ref, says)

    def _missing(self, draft: AssessmentDraft) -> tuple[list[str] | None, bool]:
        """The codes of a list of what is not met; whether one is wrong."""
        if draft.missing is None:
            return None, False
        codes = [*criteria_named(self._set, draft.missing)]
        unknown = [code for code in codes if self._set.criterion_of(code) is None]
        if unknown:
            says = _("the set {criteria_set} has no criterion “{code}”").format(
                criteria_set=self._set.key, code=", ".join(unknown)
            )
            self._row(draft.ref(Field.MISSING), says)
        return codes, bool(unknown)

    def _verdicts(self, draft: AssessmentDraft, reading: SheetReading, complain: object = None) -> dict[str, bool]:
        """Which codes are met, cell by cell; two cells that differ are complained of."""
        verdicts: dict[str, bool] = {}
        for code, told, verdict in self._judged(draft, reading):
            if verdicts.setdefault(code, verdict) != verdict and callable(complain):
                complain(told, _("another cell of the row tells otherwise of criterion {code}").format(code=code))
        return verdicts

    def _judged(self, draft: AssessmentDraft, reading: SheetReading) -> Iterator[tuple[str, ToldResult, bool]]:
        paired = Counter(self._codes.get(told.called) for told in draft.results if not told.is_value)
        by_sign: dict[str, list[tuple[ToldResult, bool]]] = defaultdict(list)
        for told in draft.results:
            code, sign = self._codes.get(told.called), self._sign(told)
            if code is None or sign is Sign.VALUE or (told.is_value and sign is Sign.EMPTY):
                continue
            is_empty = sign in (Sign.EMPTY, Sign.MINUS)
            if told.denies:
                if is_empty:
                    verdict = True if paired[code] == 1 else None
                else:
                    of_sign = reading._replace(mark=True).verdict(sign)
                    verdict = None if of_sign is None else not of_sign
            elif is_empty and paired[code] > 1:
                verdict = None
            else:
                verdict = reading.verdict(sign)
            if verdict is not None:
                by_sign[code].append((told, verdict))
        for code, every in by_sign.items():
            for told, verdict in every:
                yield code, told, verdict

    def _values(self, draft: AssessmentDraft) -> Mapping[str, Decimal]:
        values = {}
        for told in draft.results:
            code, value = self._codes.get(told.called), told.result.value
            is_sign = self._sign(told) in (Sign.ONE, Sign.ZERO)
            if code and value is not None and not is_sign:
                values[code] = value
        return values

    def _open(
        self, draft: AssessmentDraft, verdicts: Mapping[str, bool], values: Mapping[str, Decimal]
    ) -> Sequence[str]:
        """The codes with a cell that tells nothing of them."""
        told = (self._codes.get(one.called) for one in draft.results)
        return [code for code in dict.fromkeys(told) if code and code not in verdicts and code not in values]

    def _agrees(self, draft: AssessmentDraft, reading: SheetReading) -> bool:
        """Whether the count of a row is that of its cells, read so."""
        verdicts, values = self._verdicts(draft, reading), self._values(draft)
        count = draft.told_met
        assert count is not None
        try:
            left_open = self._open(draft, verdicts, values)
            found = concluded(self._set, ToldResults(None, None, left_open, verdicts, values), _ANY_DAY)
        except (NtmError, ValueError):
            return False
        by_value = [code for code in values if code in found.unknown]
        return found.met <= count.met <= found.met + len(by_value)


_ANY_DAY = "2000-01-01"
_NEARLY_ALL = Decimal("0.9")  # of the rows with a count: the others are faults of their own


def _is_clear(fits: Sequence[int], rows: int) -> bool:
    """Whether one reading alone fits the counts of all rows or, where none does, of nearly all."""
    enough = rows if max(fits) == rows else rows * _NEARLY_ALL
    return sum(fit >= enough for fit in fits) == 1


def _below(table: OfficeTable) -> Iterable[str]:
    """The texts below a table, and the remarks among its rows."""
    rows = (*table.passed, *range(table.ends, len(table.sheet.rows)))
    return (clean(cell.value) for row in rows for cell in table.sheet.rows[row] if isinstance(cell.value, str))
