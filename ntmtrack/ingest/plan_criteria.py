"""What the rows of a table would do to what an office says of a criteria set.

Kept is only what differs from what ships. A row that stood in the file as it was written and was taken out is voided.
"""

from collections.abc import Iterator, Sequence

from ntmtrack.errors import FileOfAnotherSet, WhichCriteriaSet
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.criteria_claims import CriteriaClaims, Place, threshold_of
from ntmtrack.ingest.criteria_form import origin_in, row_words
from ntmtrack.ingest.decisions import decision_told
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import Change, ImportPlan, ImportTerms, in_order
from ntmtrack.model import Decision
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set, set_keys
from ntmtrack.programmes.criteria.office import OfficeCriterion
from ntmtrack.rules import check_days
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.criteria import criteria_until, criterion_row, office_criteria
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.text import squeeze


def plan_criteria(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> ImportPlan:
    """Everything that the tables' rows would do.

    Raises WhichCriteriaSet, FileOfAnotherSet, DecisionInFuture, and what finding decision and scope raises.
    """
    origin = origin_in([title for table in tables for title in table.titles])
    given = terms.defaults.of_set
    if origin and given and origin.criteria_set != given:
        raise FileOfAnotherSet(file=terms.file, told=origin.criteria_set, given=given)
    key = given or (origin.criteria_set if origin else None)
    if key is None or key not in set_keys():
        raise WhichCriteriaSet(file=terms.file, known=", ".join(set_keys()))
    check_days([terms.defaults.since, terms.defaults.signed_on], terms.today)
    scope = whose(connection, terms.scope, terms.today).id if terms.scope else None
    rows = office_criteria(connection, key)
    own = [row for row in rows if row.scope_id == scope]
    above = [row for row in rows if row.scope_id is None and scope is not None]
    claims = CriteriaClaims(criteria_set(key), above, own, terms, scope)
    for table in tables:
        claims.read(table)
    known = criteria_until(connection, key, origin.last_action) if origin else frozenset[int]()
    decision = decision_told(connection, terms.defaults, terms.today)
    return _CriteriaPlan(criteria_set(key), claims, terms.defaults.since).plan(known, decision)


class _CriteriaPlan:
    """What claims of rows would do to the rows of an office."""

    def __init__(self, of_set: CriteriaSet, claims: CriteriaClaims, since: str | None) -> None:
        self._set = of_set
        self._told = claims
        self._since = since

    def plan(self, known: frozenset[int], decision: Decision | None) -> ImportPlan:
        """What the rows would do; of those that stood in the file when it was written, `known` by id, none may lack."""
        new, changed, same = list[Change](), list[Change](), list[Change]()
        writes, voids = list[OfficeCriterion](), list[int]()
        for place, (row, ref) in self._told.claims.items():
            old = self._told.own.get(place)
            row = self._with_kept(place, row)
            change = Change(_title(row), row_words(row), row_words(old) if old else None, ref, brief=self._set.key)
            if old and _is_same(old, row):
                same.append(change)
                continue
            (changed if old else new).append(change)
            voids += [old.id] if old and old.id else []
            writes.append(row._replace(decision=decision or (old.decision if old else None)))
        gone = [row for place, row in self._told.own.items() if row.id in known and self._is_gone(place)]
        first = next((claim.ref for claim in self._told.claims.values()), None) or CellRef("", 0)
        changed += [Change(_title(row), _("taken out"), row_words(row), first._replace(text="")) for row in gone]
        voids += [row.id for row in gone if row.id]
        key = self._set.key

        def write(ledger: Ledger) -> None:
            ledger.void("criterion", voids)
            ledger.add_facts("criterion", [criterion_row(key, row) for row in writes])

        remarks = [*self._told.remarks, *self._too_many()]
        return ImportPlan(
            TableKind.CRITERIA,
            write,
            in_order(new),
            in_order(changed),
            in_order([*same, *self._told.same]),
            self._told.problems,
            remarks,
        )

    def _with_kept(self, place: Place, row: OfficeCriterion) -> OfficeCriterion:
        """The row with what stood beside it where the file tells that from another day on."""
        old, later = self._told.own.get(place), (*place[:3], self._since or "")
        if old is None or place == later or later not in self._told.claims:
            return row
        threshold = old if row.threshold is None else row
        kept = row._replace(name=row.name or old.name, verified=old.verified)
        return kept._replace(
            operator=threshold.operator, threshold=threshold.threshold, counted_in=threshold.counted_in
        )

    def _is_gone(self, place: Place) -> bool:
        """Whether the file has no row of a place any more, or one that says again what ships."""
        later = {(*claimed[:3], "") for claimed in self._told.claims}  # what its row says holds from another day on
        return place not in self._told.claims and (place not in self._told.seen or place not in later)

    def _too_many(self) -> Iterator[str]:
        """A remark where more contents are named than the decision has."""
        if self._set.contents_number is None:
            return
        codes = {code for code in {*self._told.known_codes, *(place[0] for place in self._told.claims)} if "." in code}
        numbered = {code for code in codes if code.rpartition(".")[2].isdecimal()}
        if len(numbered) > self._set.contents_number:
            text = _("The rows name {count} contents, the decision has {total}.")
            yield text.format(count=len(numbered), total=self._set.contents_number)


def _is_same(old: OfficeCriterion, row: OfficeCriterion) -> bool:
    named = squeeze(old.name or "") == squeeze(row.name or "")
    checked = (old.verified, old.source) == (row.verified, row.source)
    return named and checked and threshold_of(old) == threshold_of(row)


def _title(row: OfficeCriterion) -> str:
    parts = [row.code, row.applies_to, str(row.year) if row.year else None]
    return " · ".join(filter(None, parts))
