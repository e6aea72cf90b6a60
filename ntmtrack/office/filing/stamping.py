"""The stamp of a report: what it was made from, so that `verify` can tell whether it still holds."""

from ntmtrack import __version__
from ntmtrack.i18n import language
from ntmtrack.office.filing.material import Material
from ntmtrack.office.question import Asked
from ntmtrack.office.totals import totals
from ntmtrack.storage.queries.actions import last_action, last_hash


def stamp_of(material: Material, asked: Asked, sheets: str) -> dict[str, str]:
    """Program, ledger (fingerprint, last action with its hash), options and letterhead, the figures themselves.

    By it the same report can be made again.
    """
    at, known, letterhead = material.at, material.known, material.letterhead
    figures = totals(material.connection, at)
    return {
        "program": f"ntmtrack {__version__}",
        "fingerprint": material.fingerprint,
        "action": str(last_action(material.connection)),
        "hash": last_hash(material.connection),
        "scope": at.scope_name,
        "scope_id": str(at.scope.id) if at.scope else "",
        "as_of": at.moment.day.isoformat(),
        "as_known": known[0].isoformat() if known else "",
        "units_on": at.moment.units_on.isoformat(),
        "basis": at.view.basis.value,
        "programme": at.view.programme.key,
        "roadmap": at.roadmap.key if at.roadmap else "",
        "roadmap_asked": asked.roadmap or "",
        "today": at.today.isoformat(),
        "language": language(),
        "agency": ";".join(letterhead.agency),
        "place": letterhead.place,
        "number": letterhead.number,
        "dated": letterhead.dated,
        "figures": " ".join(f"{key}={value}" for key, value in figures.items()),
        "asked_for": sheets,
    }
