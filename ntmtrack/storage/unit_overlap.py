"""Which units of two ledgers are the same: they share a version, which says the same in both with the same life.

The versions that only one ledger knows must not overlap what the other knows: neither in the life of one unit, nor by a
code, nor by a name and kind within one unit above.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ntmtrack.model import Tier
from ntmtrack.text import letters

_Version = Mapping[str, Any]
_TIERS = [str(tier) for tier in Tier]


class MatchedUnits(NamedTuple):
    """By the number there, the number here: units, versions; versions that cannot both be, ours first."""

    units: dict[int, int]
    versions: dict[int, int]
    clashes: list[tuple[int, int]]


def match_units(theirs: Iterable[_Version], ours: Iterable[_Version]) -> MatchedUnits:
    """Which units of another ledger ours holds too, from their current versions; and where the two clash."""
    by_unit: dict[int, list[_Version]] = defaultdict(list)
    for version in theirs:
        by_unit[version["unit_id"]].append(version)
    matching = _Matching(ours)
    for versions in sorted(by_unit.values(), key=lambda versions: _TIERS.index(versions[-1]["tier"])):
        matching.find(versions)
    return MatchedUnits(matching.units, matching.versions, matching.clashes)


class _Matching:
    """Units of the other ledger found among ours one by one, those above before those in them."""

    def __init__(self, ours: Iterable[_Version]) -> None:
        self.units: dict[int, int] = {}
        self.versions: dict[int, int] = {}
        self.clashes: list[tuple[int, int]] = []
        self._by_code: dict[str | None, list[_Version]] = defaultdict(list)
        self._by_name: dict[tuple[str, str, int | None], list[_Version]] = defaultdict(list)
        self._by_unit: dict[int, list[_Version]] = defaultdict(list)
        for version in ours:
            self._by_name[version["name_key"], version["kind"], version["parent_id"]].append(version)
            self._by_unit[version["unit_id"]].append(version)
            if version["code"]:
                self._by_code[version["code"]].append(version)

    def find(self, versions: list[_Version]) -> None:
        """Finds one unit, by all its versions.

        One that clashes is taken for the unit that it clashes with: what lies in it is then told by itself.
        """
        same = [(theirs, ours) for theirs in versions for ours in self._alike(theirs)]
        owners = {ours["unit_id"] for _theirs, ours in same}
        is_one = len(owners) == 1 and not owners & set(self.units.values())
        found = {theirs["id"] for theirs, _ours in same}
        clashing = [] if is_one else same
        for theirs in versions:
            if theirs["id"] not in found:
                clashing = [*clashing, *((theirs, ours) for ours in self._overlapping(theirs, owners))]
        self.versions.update((theirs["id"], ours["id"]) for theirs, ours in same)
        self.clashes += dict.fromkeys((ours["id"], theirs["id"]) for theirs, ours in clashing)
        if same or clashing:
            self.units[versions[0]["unit_id"]] = (same or clashing)[0][1]["unit_id"]

    def _alike(self, theirs: _Version) -> Iterator[_Version]:
        """Our versions that say the same; a code that theirs does not tell is not missed."""
        for ours in self._by_code[theirs["code"]] if theirs["code"] else self._called(theirs):
            says_same = all(ours[name] == theirs[name] for name in ("kind", "tier", "since", "until"))
            is_in_same = ours["parent_id"] == self._parent(theirs)
            if says_same and is_in_same and letters(ours["name"]) == letters(theirs["name"]):
                yield ours

    def _overlapping(self, theirs: _Version, owners: Iterable[int]) -> Iterator[_Version]:
        """Our versions of the same unit, or of the same code or name, that stood while theirs did."""
        of_owners = (ours for owner in owners for ours in self._by_unit[owner])
        for ours in (*of_owners, *self._by_code[theirs["code"]], *self._called(theirs)):
            if (ours["since"] or "") < (theirs["until"] or "9999") and (theirs["since"] or "") < (
                ours["until"] or "9999"
            ):
                yield ours

    def _called(self, theirs: _Version) -> list[_Version]:
        alike = self._by_name[theirs["name_key"], theirs["kind"], self._parent(theirs)]
        return [ours for ours in alike if letters(ours["name"]) == letters(theirs["name"])]

    def _parent(self, theirs: _Version) -> int | None:
        """The unit above, in our numbers; a negative one where only they have it."""
        parent = theirs["parent_id"]
        return None if parent is None else self.units.get(parent, -parent)
