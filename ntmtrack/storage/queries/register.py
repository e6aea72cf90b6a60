"""Every unit of the ledger held ready, for finding many of them: what one name costs does not grow with the others."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ntmtrack.model import Unit
from ntmtrack.text import fold

_MOST_COMPARED = 300_000  # names compared for suggestions in one run: some seconds


class Register:
    """All versions of all units, by match key, by code and by unit; `matching.find` finds among them."""

    def __init__(self, every_version: Iterable[Unit]) -> None:
        self._by_key: dict[str, list[Unit]] = defaultdict(list)
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_id: dict[int, list[Unit]] = defaultdict(list)
        self._beneath: dict[int, set[str]] = defaultdict(set)
        self._names: set[str] = set()
        self._compared = 0
        for version in every_version:
            self._by_key[fold(version.name)].append(version)
            self._by_id[version.id].append(version)
            self._names.add(version.name)
            if version.code:
                self._by_code[version.code].append(version)
            if version.parent_id is not None:
                self._beneath[version.parent_id].add(version.name)

    def versions(self, unit_id: int) -> list[Unit]:
        """All versions of one unit, the oldest first."""
        return self._by_id[unit_id]

    def with_code(self, code: str) -> list[Unit]:
        """The versions that have or had a code."""
        return self._by_code.get(code, [])

    def called(self, name: str) -> list[Unit]:
        """The versions whose name has the same match key."""
        return self._by_key.get(fold(name), [])

    def everyone(self) -> Iterator[Unit]:
        """Each unit in its last version."""
        return (versions[-1] for versions in self._by_id.values())

    def bearing(self, keys: Collection[str], code: str) -> list[Unit]:
        """The versions with a match key among `keys`, or with the code."""
        return [*self.with_code(code), *(one for key in keys for one in self._by_key.get(key, ()))]

    def names(self, within: Collection[int]) -> set[str]:
        """The names to suggest near ones from: none any more when too many have been compared."""
        names = set().union(*(self._beneath[one] for one in within)) if within else self._names
        if self._compared + len(names) > _MOST_COMPARED:
            return set()
        self._compared += len(names)
        return names
