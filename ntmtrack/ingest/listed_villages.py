"""Villages that a table lists, each below its commune: which they are, and which of them the ledger holds."""

from datetime import date

from ntmtrack.errors import NtmError
from ntmtrack.i18n import _
from ntmtrack.ingest import ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.parents import row_refused, row_refused_by
from ntmtrack.ingest.read_units import UnitDraft
from ntmtrack.model import KINDS, NewUnit, Tier, Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import letters, squeeze
from ntmtrack.units import check_name, split_village_kind, take_apart
from ntmtrack.units.finder import MatchTerms, find


class ListedVillages:
    """The villages of one import; communes are looked up once each."""

    def __init__(self, register: Register, today: date) -> None:
        self._register = register
        self._today = today.isoformat()
        self._communes: dict[tuple[str | None, ...], Unit] = {}
        self._listed: set[tuple[int, str, str]] = set()

    @staticmethod
    def as_village(draft: UnitDraft) -> UnitDraft:
        """The row as one of a village, where a column for kinds of any units says so: it lies in the commune told."""
        naming = draft.naming
        typed = naming.kind and squeeze(naming.kind.value)
        kind = next((one for one in KINDS[Tier.VILLAGE] if squeeze(one) == typed), None)
        if naming.village or naming.code or not (kind and naming.unit and naming.district):
            return draft
        of_village = naming._replace(
            unit=naming.district, kind=None, district=None, village=naming.unit, village_kind=kind, tier=Tier.COMMUNE
        )
        return draft._replace(naming=of_village)

    def described(self, draft: UnitDraft) -> NewUnit:
        """The village that a row tells; raises RowRefused."""
        assert draft.naming.village
        text, ref = draft.naming.village
        kind, name = split_village_kind(text)
        kind = kind or draft.naming.village_kind
        if kind is None:
            says = _("its kind is not told: thôn, bản, ấp, làng, khóm …")
            fix = _("write the kind before the name, or in a column “Loại”")
            raise row_refused(ProblemKind.UNIT, ref, says, fix)
        try:
            check_name(name, text)
        except NtmError as wrong:
            raise row_refused_by(ProblemKind.UNIT, ref, wrong) from wrong
        if draft.since and draft.until and draft.since >= draft.until:
            raise row_refused(
                ProblemKind.DAY, draft.ref(Field.UNTIL), _("it would end before it begins"), _("correct the days")
            )
        return NewUnit(name, kind, Tier.VILLAGE, None, None, draft.since, draft.until, draft.resolution)

    def commune(self, draft: UnitDraft) -> Unit:
        """The commune, ward or township that a village lies in; raises RowRefused where no one is surely meant."""
        naming = draft.naming
        if naming.village is None:
            says, fix = _("its commune is not told"), _("write it in a column “Xã”")
            raise row_refused(ProblemKind.UNIT, naming.ref, says, fix)
        parts = (naming.code, naming.unit, naming.kind, naming.district, naming.province)
        key = tuple(part.value if part else None for part in parts)
        if key not in self._communes:
            code, name, kind, *places = key
            where = ", ".join(filter(None, places))
            kind_and_name = " ".join(
                filter(None, (kind if name and not take_apart(name).readings[0].kind else "", name))
            )
            typed = code or ", ".join(filter(None, (kind_and_name, where)))
            ref = naming.code.ref if naming.code else naming.unit.ref if naming.unit else naming.ref
            terms = MatchTerms(
                only=lambda unit: unit.tier is Tier.COMMUNE, stands=lambda unit: unit.stands_on(self._today)
            )
            try:
                match = find(self._register, typed or "", terms)
            except NtmError as wrong:
                raise row_refused_by(ProblemKind.UNIT, ref, wrong) from wrong
            if match.is_near:
                says = _("the name fits {unit} only {how}").format(unit=match.unit.full_title, how=match.how())
                raise row_refused(ProblemKind.UNIT, ref, says, _("write the name as it is in the ledger"))
            self._communes[key] = match.unit
        return self._communes[key]

    def is_held(self, draft: UnitDraft, new: NewUnit, commune: Unit) -> bool:
        """Whether the ledger has this very village; raises RowRefused for one that the table lists twice."""
        key = (commune.id, new.kind, letters(new.name))
        if key in self._listed:
            says = _("{unit} is listed twice").format(unit=new.title)
            raise row_refused(ProblemKind.TWICE, draft.naming.ref, says, _("keep the row that is right"))
        self._listed.add(key)
        return any(
            unit.kind == new.kind
            and letters(unit.name) == letters(new.name)
            and (unit.since or "") < (new.until or "9999")
            and (new.since or "") < (unit.until or "9999")
            for unit in self._register.villages(commune.id)
        )
