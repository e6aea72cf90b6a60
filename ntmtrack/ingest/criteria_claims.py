"""What the rows of a table say of a criteria set beyond what ships, each held against the set and each other."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportTerms
from ntmtrack.ingest.read_criteria import CriterionDraft, read_criteria
from ntmtrack.programmes import programme
from ntmtrack.programmes.criteria import CriteriaSet, Verified, number_of
from ntmtrack.programmes.criteria.office import OfficeCriterion
from ntmtrack.text import squeeze

Place = tuple[str, str | None, int | None, str]  # code, units, year, ISO day from which it holds


class Claim(NamedTuple):
    """What the rows of a place say together, and where."""

    row: OfficeCriterion
    ref: CellRef


class _Base:
    """What stands without the rows of this office: names and thresholds, each with how far it was checked."""

    def __init__(self, of_set: CriteriaSet, above: Sequence[OfficeCriterion]) -> None:
        self.names: dict[str, dict[str, Verified]] = defaultdict(dict)
        for criterion in of_set.criteria:
            self.names[criterion.code][squeeze(criterion.name)] = criterion.verified
            for content in criterion.contents:
                self.names[content.code][squeeze(content.name)] = content.verified
            if criterion.says:
                self.names[criterion.code][squeeze(criterion.says)] = criterion.verified
        for change in of_set.amendments:
            self.names[change.code][squeeze(change.name)] = change.verified
        self.thresholds = {
            (one.code, one.applies_to, one.year, one.since): (
                one.operator,
                number_of(one.value),
                one.counted_in,
                one.verified,
            )
            for one in of_set.thresholds
        }
        for row in above:
            if row.name:
                self.names[row.code][squeeze(row.name)] = Verified.YES if row.verified else Verified.NO
            if row.threshold and row.operator:
                told = (row.operator, number_of(row.threshold), row.counted_in, row.verified)
                self.thresholds[row.code, row.applies_to, row.year, row.since or ""] = told

    def is_name(self, draft: CriterionDraft, *, whatever_checked: bool) -> bool:
        """Whether a row calls its code as it is called already."""
        known = self.names.get(draft.code, {}).get(squeeze(draft.name or ""))
        return known is not None and (whatever_checked or draft.verified in (None, known))

    def is_threshold(self, draft: CriterionDraft) -> bool:
        """Whether a row tells a threshold that stands already."""
        told = self.thresholds.get((draft.code, draft.applies_to, draft.year, draft.since or ""))
        if told is None or draft.number is None:
            return False
        checked = told[3] if draft.verified is None else draft.verified is Verified.YES
        return told == (draft.operator, number_of(draft.number), draft.counted_in or told[2], checked)


class CriteriaClaims:
    """The rows of a table, each held against what ships and what the office has said before."""

    def __init__(
        self,
        of_set: CriteriaSet,
        above: Sequence[OfficeCriterion],
        own: Sequence[OfficeCriterion],
        terms: ImportTerms,
        scope: int | None,
    ) -> None:
        self._set, self._terms, self._scope = of_set, terms, scope
        self._base = _Base(of_set, above)
        self.own: dict[Place, OfficeCriterion] = {place_of(row): row for row in own}
        self.claims: dict[Place, Claim] = {}
        self.seen: set[Place] = set()  # places that the file still has a row of
        self.problems: list[Problem] = []
        self.remarks: list[str] = []
        self.same: list[Change] = []

    # Reading -------------------------------------------------------------------------------------------------------

    def read(self, table: OfficeTable) -> None:
        """Takes in the rows of a table."""
        drafts, problems = read_criteria(table)
        self.problems += problems
        as_text = {(draft.code, squeeze(draft.name)) for draft in drafts if draft.name and draft.or_code is None}
        drafts = [told for draft in drafts if (told := self._with_code(draft, as_text))]
        named = {(draft.code, squeeze(draft.name)) for draft in drafts if draft.name and draft.number is None}
        codes = {*self._base.names, *(draft.code for draft in drafts if draft.name)}
        for draft in drafts:
            if wrong := self._fault(draft, codes):
                self.problems.append(wrong)
            else:
                self._take(draft, named)

    def _with_code(self, draft: CriterionDraft, as_text: set[tuple[str, str]]) -> CriterionDraft | None:
        """The row with the code that it means, where a number may be two; None and a problem where that is open.

        `as_text` are the codes that rows of the file tell as texts, with their names.
        """
        if draft.or_code is None:
            return draft
        name = squeeze(draft.name or "")
        others = {code for code, other in as_text if other != name}
        if draft.or_code not in self.known_codes and not (name and draft.code in others):
            return draft._replace(or_code=None)
        fitting = [
            code
            for code in (draft.code, draft.or_code)
            if name and (name in self._names_of(code) or (code, name) in as_text)
        ]
        if len(fitting) == 1:
            return draft._replace(code=fitting[0], or_code=None)
        says = _("a number here may be {one} or {other}: Excel drops the zero")
        fix = _("set the cell to Text and write the code again")
        says = says.format(one=draft.code, other=draft.or_code)
        self.problems.append(Problem(ProblemKind.VALUE, draft.ref(Field.CRITERION), says, fix))
        return None

    @property
    def known_codes(self) -> set[str]:
        """The codes that ship, and those that the office has told."""
        return {*self._base.names, *(row.code for row in self.own.values())}

    def _names_of(self, code: str) -> set[str]:
        own = {squeeze(row.name) for row in self.own.values() if row.code == code and row.name}
        return own | {*self._base.names.get(code, {})}

    def _fault(self, draft: CriterionDraft, codes: set[str]) -> Problem | None:
        """What of a row cannot be, of this set."""
        code = draft.ref(Field.CRITERION)
        period = programme(self._set.programme)
        if draft.year and not period.first_year <= draft.year <= period.last_year:
            says = _("{year} is outside the programme of the set, {programme}")
            rule = says.format(year=draft.year, programme=period.key)
            return Problem(ProblemKind.YEAR, draft.ref(Field.FOR_YEAR), rule, _("correct the cell"))
        if draft.code in self.known_codes or (draft.code in codes and draft.name is None):
            return None
        above = draft.code.partition(".")[0]
        if above != draft.code and above not in codes:
            says = _("the set {criteria_set} has no criterion {code}")
            return Problem(
                ProblemKind.VALUE,
                code,
                says.format(criteria_set=self._set.key, code=above),
                _("correct the code, or add a row that names it"),
            )
        if draft.name is None:
            says = _("the set {criteria_set} has no criterion or content “{code}”, and the row names none")
            rule = says.format(criteria_set=self._set.key, code=draft.code)
            return Problem(ProblemKind.VALUE, code, rule, _("write its name in the row, or correct the code"))
        is_beyond = self._is_beyond(draft.code)
        if is_beyond and self._terms.defaults.number is None:
            says = _("the set {criteria_set} has all its criteria or contents; “{code}” would be one more")
            rule = says.format(criteria_set=self._set.key, code=draft.code)
            choice = _("or, where a decision adds it: {option}").format(option="--decision")
            return Problem(ProblemKind.RULE, code, rule, _("correct the code"), choice)
        if is_beyond:
            self.remarks.append(_("Added to the set: {code} {name}.").format(code=draft.code, name=draft.name))
        return None

    def _is_beyond(self, code: str) -> bool:
        """Whether a code is one more than the set has by its decision."""
        if code.isdecimal():
            return 0 < self._set.total < int(code)
        return self._set.contents_number is not None and self._set.is_listed_whole

    # What is claimed -----------------------------------------------------------------------------------------------

    def _take(self, draft: CriterionDraft, named: set[tuple[str, str]]) -> None:
        """What a row says beyond what ships: a name, a threshold, both or nothing."""
        for place in ((draft.code, None, None), (draft.code, draft.applies_to, draft.year)):
            self.seen.add((*place, draft.since or ""))
        is_told = draft.number is not None
        is_known = self._base.is_name(draft, whatever_checked=is_told)
        names = draft.name and not is_known and not (is_told and (draft.code, squeeze(draft.name)) in named)
        asks = is_told and not self._base.is_threshold(draft)
        if names:
            self._claim(draft, self._row(draft, (draft.code, None, None), name=draft.name))
        if asks:
            said = {"operator": draft.operator, "threshold": draft.number, "counted_in": draft.counted_in}
            self._claim(draft, self._row(draft, (draft.code, draft.applies_to, draft.year), **said))
        if not (names or asks):
            self.same.append(Change(draft.code, "", None, draft.ref(Field.CRITERION)))

    def _row(
        self, draft: CriterionDraft, place: tuple[str, str | None, int | None], **said: str | None
    ) -> OfficeCriterion:
        """The row as it would be kept: from its own day on, else as it stands already, else from the day told."""
        code, applies_to, year = place
        since = draft.since
        old = self.own.get((*place, since or ""))
        row = OfficeCriterion(
            code=code, applies_to=applies_to, year=year, verified=draft.verified is Verified.YES, scope_id=self._scope
        )._replace(**said)  # type: ignore[arg-type]  # texts by their fields
        if since is None and not (old and _says(old, row)):
            since = self._terms.defaults.since
        told_before = old and draft.source in (None, _told_by(old))
        source = old.source if old and told_before else draft.source
        return row._replace(since=since, source=source or self._terms.defaults.source)

    def _claim(self, draft: CriterionDraft, row: OfficeCriterion) -> None:
        place, before = place_of(row), self.claims.get(place_of(row))
        if before is None:
            self.claims[place] = Claim(row, draft.ref(Field.CRITERION))
            return
        merged = _merged(before.row, row)
        if merged is None:
            says = _("{place} says something else of the same code, units, year and day")
            fix = _("keep one of the rows; where one is a 17.10 that became 17.1, set the cells to Text")
            rule = says.format(place=before.ref.address)
            self.problems.append(Problem(ProblemKind.TWICE, draft.ref(Field.CRITERION), rule, fix))
        else:
            self.claims[place] = before._replace(row=merged)


def place_of(row: OfficeCriterion) -> Place:
    """What one row of an office says once."""
    return row.code, row.applies_to, row.year, row.since or ""


def _told_by(row: OfficeCriterion) -> str | None:
    """Where a row is known from, as the form tells it."""
    return row.source or (row.decision.number if row.decision else None)


def _says(old: OfficeCriterion, row: OfficeCriterion) -> bool:
    """Whether what a row tells, a name or a threshold, is what another says of it."""
    if row.name is not None:
        return squeeze(old.name or "") == squeeze(row.name) and old.verified == row.verified
    return threshold_of(old) == threshold_of(row) and old.verified == row.verified


def threshold_of(row: OfficeCriterion) -> tuple[object, ...]:
    """What a row says of a threshold, however its number is written."""
    return row.operator, number_of(row.threshold) if row.threshold else None, row.counted_in


def _merged(one: OfficeCriterion, other: OfficeCriterion) -> OfficeCriterion | None:
    """A name and a threshold of one place together, checked only where both are; None where they differ."""
    for field in ("name", "operator", "threshold", "counted_in"):
        told = {getattr(row, field) for row in (one, other)} - {None}
        if len(told) > 1:
            return None
    both = {field: getattr(one, field) or getattr(other, field) for field in OfficeCriterion._fields}
    return OfficeCriterion(**both | {"verified": one.verified and other.verified})
