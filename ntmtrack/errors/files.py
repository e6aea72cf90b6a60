"""Refusals of files: what lies in the way, what the system does not allow, and why."""

import errno

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_, _


class NoSuchFile(NtmError):
    said = N_("There is no file {file}.")


class FileExists(NtmError):
    said = N_("There is a file {file} already.")
    hint = N_("Choose another name, or move that file away.")


class NotOurs(NtmError):
    """Facts: the `file` in the way, and a free name beside it as `other`."""

    said = N_("There is a file {file} already; this program did not write it, or it was changed since.")
    hint = N_('Write to another name, as "{other}"; or add --force to replace that file.')


class CopyInTheWay(NtmError):
    """Facts: the `file` in the way, and a free name beside it as `other`."""

    said = N_("There is a file {file} already; a copy of the ledger replaces none by itself.")
    hint = N_('Write to another name, as "{other}"; or add --force to replace that file.')


class DanglingLink(NtmError):
    said = N_("{file} is a link to {to}, which is not there.")
    hint = N_("Remove the link or make what it leads to, or give another name.")


class OverLedger(NtmError):
    said = N_("{file} is a ledger or another database.")
    hint = N_("Nothing was overwritten. Give another name.")


class FileBusy(NtmError):
    said = N_("Cannot write {file}: {reason}")
    hint = N_("If it is open in Excel, close it there and try again, or give another name.")


class ReadOnlyFile(FileBusy):
    hint = N_("It is marked as read-only and stays as it is. Give another name, or take that mark off first.")


class DiskFull(FileBusy):
    hint = N_("Nothing was written. Make room on that disk, or write to another one.")


class NoPlace(FileBusy):
    hint = N_("Check the folder and the name.")


class OutputLost(NtmError):
    said = N_("The output cannot be written: {reason}")
    hint = N_("Write it to a file, with -o or on another disk.")


class FileInUse(NtmError):
    said = N_("{file} is open in another program (Excel, LibreOffice).")
    hint = N_("Close it there and try again, or give the same command with another file name.")


class NotAText(NtmError):
    exit_code = 2
    said = N_("“{file}”: -o writes text, CSV or JSON, not a workbook.")
    hint = N_('For Excel: ntmtrack export "{file}"   or -o "{stem}.csv"')


_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY)  # as Windows says of a file that is open elsewhere
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def unwritable(file: object, wrong: OSError) -> FileBusy:
    """The refusal that tells why the system lets a file not be written, and what to do."""
    kind = FileBusy if wrong.errno in _HELD else DiskFull if wrong.errno in _FULL else NoPlace
    return kind(file=file, reason=reason(wrong))


_REASONS = {
    errno.ENOENT: N_("there is no such folder"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("it can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("it would be larger than this disk or system allows"),
    errno.ELOOP: N_("its links lead round in a circle"),
    errno.EPIPE: N_("nobody reads from it any more"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of the path is a file"),
    errno.EEXIST: N_("a file of that name is in the way"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def reason(wrong: OSError) -> str:
    """Why the system refused, in the language in use where we have words for it."""
    known = _REASONS.get(wrong.errno or 0)
    return _(known) if known else wrong.strerror or str(wrong)
