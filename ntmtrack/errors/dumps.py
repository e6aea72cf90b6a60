"""Refusals of the whole ledger as text: of what stands in its way, of what cannot be loaded."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_

_MOST_SHOWN = 5  # broken actions


class DumpIsOneFile(NtmError):
    exit_code = 2
    said = N_("A dump is one file that ends in .jsonl, which “{path}” does not.")
    hint = N_('Nothing was written. Write: ntmtrack dump "{other}"')


class NotADump(NtmError):
    said = N_("{place} is not the beginning of a dump.")
    hint = N_("A dump is a folder with ledger.json in it, or one file .jsonl; it is made with: ntmtrack dump PATH")


class DumpNewer(NtmError):
    exit_code = 4
    said = N_("{place} was dumped by a newer ntmtrack ({what}).")
    hint = N_("Update the program; nothing was written.")


class BadDump(NtmError):
    """Facts: `place` (file and line), `reason`, and the `excerpt` where there is one."""

    said = N_("{place}: {reason}")
    hint = N_("Nothing was written. Get the dump again, or the text as it was, e.g. with: git checkout")

    def lines(self) -> list[str]:
        """What and where, the excerpt, what to do."""
        said, hint = super().lines()
        excerpt = self.facts.get("excerpt")
        return [said, str(excerpt), hint] if excerpt else [said, hint]


class DumpChanged(NtmError):
    """Facts: `place`, and the `actions` at which the chain of hashes does not hold."""

    said = N_("{place}: the chain of hashes does not hold at action {named}: facts were changed or left out.")
    hint = N_("Nothing was written. Get the dump again, or the text as it was, e.g. with: git checkout")

    def __init__(self, *, place: str, actions: list[int]) -> None:
        named = ", ".join(map(str, actions[:_MOST_SHOWN]))
        super().__init__(place=place, actions=actions, named=f"{named} …" if len(actions) > _MOST_SHOWN else named)


class CannotDump(NtmError):
    said = N_("{file}: the value of “{column}” in {table} {row} is neither text nor a whole number.")
    hint = N_("Another program changed it. Go back to a copy, and see: ntmtrack doctor")
