"""The forms of 2026–2030 that ship, as templates of .xlsx: no text of the circular was at hand, which each says."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ntmtrack.commands.question import ReportSpec
from ntmtrack.errors import FormOfAnotherTime, FormOfOneCommune, UnknownForm
from ntmtrack.model import Tier
from ntmtrack.programmes import programme
from ntmtrack.text import squeeze

_FOLDER = Path(__file__).parent.parent / "office_forms"
PROGRAMME = "2026-2030"
_OF_ONE_COMMUNE = "bieu-10"


def office_forms() -> Mapping[str, Path]:
    """The forms that ship, by the word that names each."""
    return MappingProxyType({file.stem: file for file in sorted(_FOLDER.glob("*.xlsx"))})


def form_meant(typed: Path | None) -> Path | None:
    """The form that a word without an ending names, "bieu-06"; a file as it is. Raises UnknownForm."""
    if typed is None or typed.suffix:
        return typed
    known = office_forms()
    meant = {squeeze(key): file for key, file in known.items()}.get(squeeze(typed.name))
    if meant is None:
        raise UnknownForm(name=typed, known=", ".join(known))
    return meant


def is_shipped(form: Path) -> bool:
    """Whether it is one of the forms that ship."""
    return form.parent == _FOLDER


def refuse_unfit_question(form: Path, spec: ReportSpec) -> None:
    """Raises FormOfAnotherTime, FormOfOneCommune where a form that ships is not of what is asked about."""
    if not is_shipped(form):
        return
    asked = spec.view.programme
    if asked.key != PROGRAMME:
        first = programme(PROGRAMME).first_year
        raise FormOfAnotherTime(form=form.stem, programme=PROGRAMME, year=spec.moment.day.year, first=first)
    if form.stem == _OF_ONE_COMMUNE and (spec.scope is None or spec.scope.tier is not Tier.COMMUNE):
        raise FormOfOneCommune(form=form.stem)
