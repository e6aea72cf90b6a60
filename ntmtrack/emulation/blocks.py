"""Members of an emulation block that change it within its time: the one that they leave, and until when."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ntmtrack.dates import first_day
from ntmtrack.emulation.entries import BLOCK, lasts_on
from ntmtrack.emulation.registers import Entry
from ntmtrack.text import letters


def block_left(told: Mapping[str, object], known: Sequence[Entry]) -> Entry | None:
    """The block that a unit leaves by what is told: another one, from a day after the first of its time.

    None where nothing is told of another block or of a day, or where no block was known before that day.
    """
    block, day = told.get("what"), told.get("day")
    if not (block and day):
        return None
    changed_on = first_day(str(day))
    for one in known:
        is_other = one.book == BLOCK and letters(one.what) != letters(str(block))
        if is_other and first_day(one.day) < changed_on and lasts_on(one, changed_on):
            return one
    return None


def until_change(old: Entry, day: str) -> Entry:
    """A membership as it stays on record where the unit is in another block from an ISO day on."""
    return old._replace(until=(first_day(day) - timedelta(days=1)).isoformat(), id=None)
