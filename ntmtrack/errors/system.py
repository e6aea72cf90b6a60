"""Why the system refused something, in the language in use."""

import errno

from ntmtrack.i18n import N_, _

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
