"""Licences of what a bundle holds: a table, and the texts of the wheels; none that binds whoever passes it on."""

import re
from collections.abc import Iterable, Iterator
from zipfile import ZipFile

from bundle.wheels import Wheel

_TEXT = re.compile(
    r"\.dist-info/(?:licenses/)?(?P<name>[^/]*(?:licen[cs]e|copying|notice|authors)[^/]*)$", re.IGNORECASE
)
_REFUSED = re.compile(r"(?<!L)GPL|Affero|GNU General Public|Proprietary|Commercial", re.IGNORECASE)
_LONGEST = 60  # letters: longer is the text of a licence in the place of its name


class Refused(Exception):
    """A licence under which the bundle may not be passed on, or one that its wheel does not tell."""


def licence_of(wheel: Wheel) -> str:
    """The name of its licence; raises Refused."""
    told = wheel.metadata.get("License-Expression") or wheel.metadata.get("License") or ""
    classified = [
        one.rpartition(" :: ")[2] for one in wheel.metadata.get_all("Classifier") or [] if one.startswith("License ::")
    ]
    name = told if told and len(told) <= _LONGEST and "\n" not in told else ", ".join(classified)
    if not name or all(_REFUSED.search(choice) for choice in re.split(r"\s+OR\s+", name)):
        raise Refused(f"{wheel.file.name}: {name or 'no licence told'}")
    return name


def texts(wheel: Wheel) -> Iterator[tuple[str, bytes]]:
    """The texts of licences that came in a wheel, each with the name of its file."""
    with ZipFile(wheel.file) as archive:
        for name in sorted(archive.namelist()):
            if found := _TEXT.search(name):
                yield found["name"], archive.read(name)


def table(wheels: Iterable[Wheel]) -> str:
    """Every package of the bundle once, with version, licence and home; whose wheel holds no text of it is marked."""
    rows = {wheel.name: (wheel, licence_of(wheel) + ("" if any(texts(wheel)) else " *")) for wheel in wheels}
    lines = [f"{name:<22}{one.version!s:<12}{licence:<34}{_home(one)}" for name, (one, licence) in sorted(rows.items())]
    head = f"{'Package':<22}{'Version':<12}{'Licence':<34}Home"
    told = "Texts: the folder licences, as they came with each package; * none came, see its home."
    return "\n".join([told, "", head, *lines, ""])


def _home(wheel: Wheel) -> str:
    """Where a package comes from."""
    urls = dict(one.split(", ", 1) for one in wheel.metadata.get_all("Project-URL") or [] if ", " in one)
    named = {label.casefold(): url for label, url in urls.items()}
    order = ("homepage", "source", "source code", "repository", "github", "documentation")
    return next((named[label] for label in order if label in named), wheel.metadata.get("Home-page") or "")
