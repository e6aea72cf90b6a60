"""What each command that writes does, as an officer calls it."""

from ntmtrack.i18n import N_, _
from ntmtrack.reports import LabelledCode

_WORK = {
    "demo": N_("demo"),
    "init": N_("init"),
    "add-district": N_("add-district"),
    "add-commune": N_("add-commune"),
    "record": N_("record"),
    "revoke": N_("revoke"),
    "edit": N_("edit"),
    "participate": N_("participate"),
    "assess": N_("assess"),
    "task": N_("task"),
    "calendar": N_("calendar"),
    "award": N_("give an award"),
    "mark": N_("mark"),
    "value": N_("value"),
    "register": N_("keep registrations"),
    "entry": N_("make an entry"),
    "rearrange": N_("rearrange"),
    "carry": N_("carry"),
    "import": N_("import"),
    "template": N_("template"),
    "roadmap import": N_("roadmap import"),
    "movement import": N_("movement import"),
    "publish": N_("publish"),
    "close-year": N_("close-year"),
    "export": N_("export"),
    "undo": N_("undo"),
    "redo": N_("redo"),
    "propose": N_("propose"),
    "take": N_("take"),
    "refuse": N_("refuse"),
    "withdraw": N_("withdraw"),
    "restore": N_("restore"),
    "join": N_("join"),
    "load": N_("load"),
    "doctor --mend": N_("doctor --mend"),
}


def work_label(verb: str) -> LabelledCode:
    """The command of an action: its name for machines, in Vietnamese the words that it is also called by."""
    return LabelledCode(verb, _(_WORK[verb]) if verb in _WORK else verb)
