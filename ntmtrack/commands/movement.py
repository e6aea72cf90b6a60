"""Emulation movements looked up, shown, checked and written out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ntmtrack.commands.movements import WhichMovementOptions, movement_of, whose_and_when
from ntmtrack.commands.plan_units import scope_candidates
from ntmtrack.emulation import Movement
from ntmtrack.emulation.toml import read_movement, shipped, to_toml
from ntmtrack.errors import NoMovement, NoSuchFile, NotAMovementFile, UnknownMovement
from ntmtrack.files import replacing
from ntmtrack.i18n import _
from ntmtrack.lint import Finding, Weight
from ntmtrack.lint.movements import check_movement
from ntmtrack.reports import Report
from ntmtrack.reports.movements import MovementFindings, movement_findings_report, movement_report, movements_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.emulation import every_movement
from ntmtrack.text import nearest

FORMS = (".toml", ".xlsx")


def names_a_file(word: str) -> bool:
    """Whether a word is meant as a file of a movement rather than as a key."""
    return Path(word).suffix.lower() in FORMS or Path(word).is_file()


def read_file(file: Path) -> Movement:
    """The movement in a file, by its ending; raises NoSuchFile, NotAMovementFile, CannotRead, BadMovement."""
    if not file.exists():
        raise NoSuchFile(file=file)
    ending = file.suffix.lower()
    if ending == ".toml":
        return read_movement(file)
    if ending == ".xlsx":
        from ntmtrack.ingest.movement_form import read_form

        return read_form(file)
    raise NotAMovementFile(file=file)


def write_file(movement: Movement, file: Path) -> None:
    """Writes a movement as a file that `read_file` reads back; raises NotAMovementFile, FileBusy, TooLongForExcel."""
    ending = file.suffix.lower()
    if ending == ".toml":
        with replacing(file) as draft:
            draft.write_text(to_toml(movement), encoding="utf-8")
    elif ending == ".xlsx":
        from ntmtrack.ingest.movement_form import write_form

        write_form(movement, file)
    else:
        raise NotAMovementFile(file=file)


def find_movement(connection: Connection | None, word: str) -> Movement:
    """The movement that a word means: a file, a key on record, a key that ships with the program.

    Raises UnknownMovement, and what reading a file may raise.
    """
    if names_a_file(word):
        return read_file(Path(word))
    known = known_movements(connection)
    if word not in known:
        raise UnknownMovement(key=word, near=nearest(word, known))
    return known[word]


def known_movements(connection: Connection | None) -> dict[str, Movement]:
    """Every movement that ships, and every one on record, by key."""
    stored = every_movement(connection) if connection is not None else []
    return shipped() | {one.movement.key: one.movement for one in stored}


def movement_to_write(connection: Connection | None, key: str | None, today: date) -> Movement:
    """The movement of a key, on record or shipped; without one the only one in force, of several that of this year.

    Raises UnknownMovement, NoMovement, WhichMovement.
    """
    if key is not None:
        return find_movement(connection, key)
    standing = _standing(connection, today)
    if len(standing) == 1 or connection is None:
        return standing[0]
    return movement_of(connection, WhichMovementOptions(), today.year).movement


def list_movements(connection: Connection | None, today: date) -> Report:
    """The movements on record, and those that ship with the program."""
    stored = every_movement(connection) if connection is not None else []
    keys = {one.movement.key for one in stored}
    others = [movement for key, movement in shipped().items() if key not in keys]
    return movements_report([(one.movement, one.replaced_by) for one in stored], others, today)


def show_movement(connection: Connection | None, word: str | None, today: date) -> Report:
    """The rules of a movement; without a word those of the last one on record that none has replaced."""
    movement, *others = _meant(connection, word, today)
    return movement_report(movement, others)


def check_movements(connection: Connection | None, word: str | None, today: date) -> tuple[Report, bool]:
    """What is found in a movement, without a word in each on record; and whether any of it is no mere note."""
    checked = [MovementFindings(one, findings(connection, one)) for one in _meant(connection, word, today)]
    serious = any(found.weight is not Weight.NOTE for one in checked for found in one.findings)
    return movement_findings_report(checked), serious


def findings(connection: Connection | None, movement: Movement) -> list[Finding]:
    """What is found in the rules of a movement, and whether the ledger holds the unit that it is of."""
    found = check_movement(movement)
    if connection is not None and not scope_candidates(connection, movement):
        text = _("this ledger does not hold {scope} (code {code})")
        says = text.format(scope=movement.scope_name, code=movement.scope_code)
        found.append(Finding("scope", Weight.NOTE, None, None, movement.number, says))
    return found


def _meant(connection: Connection | None, word: str | None, today: date) -> Sequence[Movement]:
    """The movement that a word means; without one those in force, the last to begin first."""
    return [find_movement(connection, word)] if word is not None else _standing(connection, today)


def _standing(connection: Connection | None, today: date) -> Sequence[Movement]:
    """The movements in force, the last to begin first; raises NoMovement where none is on record."""
    stored = every_movement(connection) if connection is not None else []
    standing = [one.movement for one in stored if one.replaced_by is None]
    if not standing:
        raise NoMovement(of=whose_and_when(None, today.year))
    return sorted(standing, key=lambda one: one.begins_on, reverse=True)
