"""What an office says of a criteria set over what ships: names of contents, thresholds, by its own decision."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.model import Decision
from ntmtrack.programmes.criteria import Content, CriteriaSet, Criterion, Threshold, Verified, code_order
from ntmtrack.text import squeeze


class OfficeCriterion(NamedTuple):
    """One row of a set as an office tells it: a name, a threshold, or both.

    `applies_to` is a group ("nhóm 1") or a region, `since` an ISO day; `verified` is whether the office has the text
    at hand, `scope_id` the province whose decision it is, None for the whole ledger.
    """

    code: str
    name: str | None = None
    applies_to: str | None = None
    year: int | None = None
    since: str | None = None
    operator: str | None = None
    threshold: str | None = None
    counted_in: str | None = None
    verified: bool = False
    source: str | None = None
    scope_id: int | None = None
    id: int | None = None
    decision: Decision | None = None

    @property
    def place(self) -> tuple[object, ...]:
        """What one office says once: another row of it is a correction."""
        return self.code, self.scope_id, self.applies_to, self.year, self.since or ""


def told(of_set: CriteriaSet, rows: Sequence[OfficeCriterion], day: str, scope_id: int | None = None) -> CriteriaSet:
    """The set as an office has it on an ISO day, within a province: names and thresholds said here stand first.

    A code that the set lacks is added: "3.4" to criterion 3, "11" as a criterion of its own.
    """
    applying = [row for row in rows if row.scope_id in (None, scope_id) and (row.since or "") <= day]
    own = {row.code for row in applying if row.threshold is not None}
    kept = (old for old in of_set.thresholds if old.verified or old.code not in own)
    of_set = of_set._replace(thresholds=tuple(kept))
    for row in sorted(applying, key=lambda row: (row.scope_id is not None, row.since or "")):
        of_set = _with_row(of_set, row)
    return of_set


def _with_row(of_set: CriteriaSet, row: OfficeCriterion) -> CriteriaSet:
    if row.name:
        of_set = of_set._replace(criteria=_named(of_set, row, row.name))
    if row.threshold is None or row.operator is None:
        return of_set
    since = row.since or ""
    new = Threshold(
        row.code,
        row.operator,
        row.threshold,
        row.verified,
        _source_of(row),
        row.counted_in,
        row.applies_to,
        row.year,
        since,
    )
    kept = (old for old in of_set.thresholds if (old.code, old.applies_to, old.year) != new[:1] + new[6:8])
    return of_set._replace(thresholds=(*kept, new))


def _named(of_set: CriteriaSet, row: OfficeCriterion, name: str) -> tuple[Criterion, ...]:
    verified = Verified.YES if row.verified else Verified.NO
    above = row.code.partition(".")[0]
    if "." not in row.code:
        old = of_set.criterion_of(row.code) or Criterion(row.code, name, verified, "")
        new = old._replace(name=name, verified=verified, source=_source_of(row))
    else:
        old = of_set.criterion_of(above) or Criterion(above, above, verified, "")
        known = [content for content in old.contents if content.code == row.code or _stands_for(content, name)]
        is_compulsory = any(content.compulsory for content in known)
        before = {content.code: content for content in old.contents if content not in known}
        before[row.code] = Content(row.code, name, verified, _source_of(row), is_compulsory)
        new = old._replace(contents=tuple(sorted(before.values(), key=lambda content: code_order(content.code))))
    others = (criterion for criterion in of_set.criteria if criterion.code != new.code)
    return tuple(sorted((*others, new), key=lambda criterion: code_order(criterion.code)))


def _stands_for(content: Content, name: str) -> bool:
    """Whether a content has but a letter for its code, as long as nobody has told its number: 3.a."""
    return content.code[-1].isalpha() and squeeze(content.name) == squeeze(name)


def _source_of(row: OfficeCriterion) -> str:
    return (row.decision.number if row.decision else None) or row.source or ""
