"""Refusals of the ledger file, of its copies and dumps."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class NoDatabase(NtmError):
    said = N_("There is no ledger yet at {file}.")
    hint = N_('Start one: ntmtrack init --province "An Giang"   Or look at the sample: ntmtrack demo')


class LinkToNothing(NtmError):
    exit_code = 6
    said = N_("{file} is a link to {target}, which is not there.")
    hint = N_("Nothing was written. Bring that file back, take the link away, or choose another file with --db.")


class NotALedger(NtmError):
    said = N_("{file} is not an ntmtrack ledger.")
    hint = N_("Give the right file with --db; this one was left as it is.")


class DatabaseNewer(NtmError):
    exit_code = 4
    said = N_("{file} was written by a newer ntmtrack (schema {revision}).")
    hint = N_("Update the program; the file was left as it is.")


class MadeMeanwhile(NtmError):
    exit_code = 6
    said = N_("Another program has just made {file}.")
    hint = N_("Nothing was written. Run the command again.")


class DatabaseBusy(NtmError):
    exit_code = 6
    said = N_("{file} is in use by another program; waited {seconds} seconds.")
    hint = N_("Nothing was written. Close the other program or wait for it, then try again.")


class DatabaseNotWritable(NtmError):
    exit_code = 6
    said = N_("Cannot write to {file}: {reason}")
    hint = N_("Check the folder and its permissions, or choose another file with --db.")


class CopyNotWritten(DatabaseNotWritable):
    hint = N_("The ledger is as it was. Make room there, or give another place for the copy.")


class DatabaseDamaged(NtmError):
    exit_code = 6
    said = N_("{file} cannot be read: {reason}")
    hint = N_("Keep the file as it is and go back to a copy: ntmtrack restore COPY   See also: ntmtrack doctor")


class SchemaStrange(NtmError):
    exit_code = 6
    said = N_("The rules that guard {file} are not as this program made them: {what}.")
    hint = N_("Nothing was written. First {way}   See also: ntmtrack doctor")


class ForeignParts(NtmError):
    said = N_("What this program did not make would be taken away: {parts}.")
    hint = N_("Nothing was written. If that is meant, add --yes.")


class RowsForbid(NtmError):
    exit_code = 6
    said = N_("The rule {rule} cannot be put back in {file}: rows written meanwhile break it.")
    hint = N_("The ledger was left as it is. Go back to a copy: ntmtrack restore COPY")


class ChainBroken(NtmError):
    exit_code = 3
    said = N_("{file} was changed by something other than this program, in these actions: {actions}.")
    hint = N_("Do not rely on it: take another copy, or ask who changed it.   See also: ntmtrack verify --db FILE")


class UpgradeFailed(NtmError):
    exit_code = 6
    said = N_("{file} could not be brought up to date: {reason}")
    hint = N_("It is as it was; a verified copy of it is {copy}. Please report this with what --debug prints.")


class DemoInOwnFile(NtmError):
    exit_code = 2
    said = N_("The sample ledger goes into a file of its own: --db does not say where.")
    hint = N_("Nothing was done. Leave --db out; another folder: ntmtrack demo --into FOLDER")


class NotADemo(NtmError):
    said = N_("{file} already exists and is not a fresh sample: something was recorded in it.")
    hint = N_("Nothing was overwritten. Choose another place with --into.")


class RestoreSame(NtmError):
    said = N_("{copy} holds just what the ledger holds: there is nothing to put back.")


class NotACopy(NtmError):
    said = N_("{file} is no copy of a ledger.")
    hint = N_("The ledger was left as it is. Give a file that ntmtrack backup wrote, or one from the folder .backups.")


class CopyDamaged(NtmError):
    exit_code = 6
    said = N_("The copy {file} cannot be read: {reason}")
    hint = N_("The ledger was left as it is. Take another copy, as one from the folder .backups beside it.")


class CopyStrange(NtmError):
    exit_code = 6
    said = N_("The rules of the copy {file} are not as this program made them: {what}.")
    hint = N_('The ledger was left as it is. Take another copy, or mend this one: ntmtrack doctor --mend --db "{file}"')


class OtherLedger(NtmError):
    said = N_("{copy} is another ledger: it would take the place of this one.")
    hint = N_("Nothing was written. If that is meant, add --yes.")


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
