"""Tables of a file checked key by key: types, words and days by their rules, everything that is wrong at once."""

from collections.abc import Callable, Mapping
from typing import Any

from ntmtrack.i18n import N_, _
from ntmtrack.roadmaps.keys import Fault, KeyRule, normal_value, value_fault
from ntmtrack.roadmaps.toml_places import Path
from ntmtrack.text import nearest


class TablesReader:
    """One pass over the tables of a file, collecting what is wrong instead of stopping.

    `where` says where in the file a key stands.
    """

    def __init__(self, where: Callable[[Path], str]) -> None:
        self._where = where
        self.problems: list[Fault] = []

    def sound_part(self, table: object, path: Path, rules: Mapping[str, KeyRule]) -> dict[str, Any] | None:
        """The sound part of a table, its text in NFC; None where it is no table. What is wrong is collected."""
        if not isinstance(table, Mapping):
            self.say(path, N_("not a table"))
            return None
        return self.sound_keys(table, path, rules)

    def sound_keys(self, table: Mapping[str, Any], path: Path, rules: Mapping[str, KeyRule]) -> dict[str, Any]:
        """The keys of a table that are as their rules say."""
        sound = {}
        for key, written in table.items():
            value = self.meant(key, written)
            if key not in rules:
                self.say((*path, key), N_("unknown key{near}"), near=_near(key, rules))
            elif wrong := value_fault(value, rules[key]):
                self.say((*path, key), wrong[0], **wrong[1])
            else:
                sound[key] = normal_value(value, rules[key])
        for key, rule in rules.items():
            if rule.needed and key not in table:
                self.say((*path, key), N_("missing"))
        return sound

    def meant(self, _key: str, value: Any) -> Any:
        """What a value of a key means; the value itself unless words of its own stand for it."""
        return value

    def say(self, path: Path, message: str, **facts: str) -> None:
        """Collects what is wrong at a place."""
        key = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        self.problems.append(Fault(self._where(path), key, _(message).format(**facts)))


def _near(key: str, rules: Mapping[str, KeyRule]) -> str:
    near = nearest(key, rules, 1)
    return _("; do you mean {near}?").format(near=near[0]) if near else ""
