"""How commands are called: in Vietnamese, what people say instead, and which are those of the month."""

from collections.abc import Iterable, Sequence

from ntmtrack.i18n import N_
from ntmtrack.text import nearest, squeeze

# The Vietnamese name of every command; that of a group's command behind the group's.
ALIASES = {
    "demo": "dung-thu",
    "init": "lap-so",
    "help": "tro-giup",
    "add-district": "them-huyen",
    "add-commune": "them-xa",
    "add-village": "them-thon",
    "units": "don-vi",
    "show": "xem",
    "record": "ghi",
    "revoke": "thu-hoi",
    "edit": "sua",
    "participate": "tham-gia",
    "assess": "ra-soat",
    "criteria-gap": "thieu-tieu-chi",
    "bands": "so-tieu-chi",
    "at-risk": "nguy-co",
    "mark": "phan-nhom",
    "value": "gia-tri",
    "values": "bang-gia-tri",
    "rearrange": "sap-xep",
    "carry": "thua-nhan",
    "import": "nhap",
    "template": "bieu",
    "progress": "tien-do",
    "explain": "dien-giai",
    "map": "ban-do",
    "trend": "xu-huong",
    "list": "danh-sach",
    "remaining": "con-thieu",
    "roadmap": "lo-trinh",
    "task": "nhiem-vu",
    "register": "dang-ky",
    "entry": "vao-so",
    "movement": "phong-trao",
    "calendar": "lich-thi-dua",
    "candidates": "de-nghi-khen",
    "quota": "suat-khen",
    "award": "khen-thuong",
    "criteria": "tieu-chi",
    "check": "soat",
    "export": "xuat",
    "publish": "cong-bo",
    "close-year": "khoa-so",
    "status": "tinh-trang",
    "history": "lich-su",
    "diff": "so-sanh",
    "undo": "hoan-tac",
    "redo": "lam-lai",
    "proposals": "de-xuat",
    "take": "nhan",
    "refuse": "tu-choi",
    "backup": "sao-luu",
    "restore": "khoi-phuc",
    "join": "gop",
    "verify": "xac-minh",
    "dump": "ket-xuat",
    "load": "nap",
    "doctor": "kham",
    "server": "may-chu",
    "server init": "lap",
    "server grant": "cap-quyen",
    "server revoke": "thu-quyen",
    "server rights": "quyen",
    "roadmap list": "danh-sach",
    "roadmap show": "xem",
    "roadmap check": "soat",
    "roadmap import": "nhap",
    "roadmap new": "lap",
    "roadmap export": "xuat",
    "movement list": "danh-sach",
    "movement show": "xem",
    "movement check": "soat",
    "movement import": "nhap",
    "movement export": "xuat",
    "criteria show": "xem",
    "criteria export": "xuat",
    "criteria import": "nhap",
}
# What people say besides, and the commands that they may mean.
SAID = {
    "bao-cao": ("export",),
    "in": ("export",),
    "excel": ("export",),
    "bieu-mau": ("template",),
    "gui": ("template",),
    "thong-ke": ("progress", "list"),
    "so-lieu": ("progress", "list"),
    "ke-hoach": ("roadmap", "progress"),
    "doi-chieu": ("check", "diff"),
    "kiem-tra": ("check", "verify"),
    "huyen": ("add-district", "units"),
    "xa": ("add-commune", "units"),
    "thon": ("add-village", "units"),
    "tim": ("units", "show"),
    "giai-thich": ("explain",),
    "chua-dat": ("remaining",),
    "cong-nhan": ("record",),
    "them": ("record", "add-commune"),
    "xoa": ("undo", "revoke"),
    "huy": ("undo", "revoke"),
    "huong-dan": ("help",),
    "duyet": ("take", "proposals"),
    "tra-lai": ("refuse",),
    "sap-nhap": ("rearrange", "carry"),
    "phuc-hoi": ("restore",),
    "mo": ("show", "status"),
    "so": ("status", "init"),
    "bo-tieu-chi": ("criteria",),
    "nhom": ("mark", "units"),
    "lich": ("calendar",),
    "han": ("calendar",),
    "thi-dua": ("calendar",),
}
# The ten of the month, in the order of its work, in few words.
OF_THE_MONTH = {
    "init": N_("Start the ledger of a province"),
    "import": N_("Take in the spreadsheets that offices send"),
    "record": N_("Record units that were recognised, by a decision"),
    "progress": N_("See progress against the roadmap"),
    "list": N_("Name the units behind a number"),
    "check": N_("Look for what cannot be, or must be explained"),
    "export": N_("Write the report to be signed"),
    "template": N_("Write forms for districts to fill in"),
    "backup": N_("Keep a copy of the ledger"),
    "undo": N_("Take back what was done last"),
}
_MOST_WORDS = 3  # of an alias


def called(word: str, group: str = "") -> str | None:
    """The command of a group, or of none, that a Vietnamese name means, marks, hyphens and spaces as one likes."""
    above = f"{group} " if group else ""
    asked = squeeze(word)
    own = ((name.removeprefix(above), alias) for name, alias in ALIASES.items() if name.startswith(above))
    return next((name for name, alias in own if " " not in name and squeeze(alias) == asked), None)


def alias(name: str, group: str = "") -> str:
    """The Vietnamese name of a command."""
    return ALIASES.get(f"{group} {name}" if group else name, "")


def in_program_words(words: Sequence[str], known: Iterable[str]) -> list[str]:
    """A command line that begins with a command, that by its own name where it is a Vietnamese one, of words or one."""
    if not words or words[0] in known:
        return [*words]
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        if name := called("".join(words[:count])):
            return [name, *words[count:]]
    return [*words]


def is_said(words: str) -> bool:
    """Whether people say so of what a command does, though none is called so."""
    return squeeze(words) in {squeeze(key) for key in SAID}


def meant_by(word: str, names: Sequence[str], group: str = "") -> list[str]:
    """The commands that somebody may mean who typed a word that is none, the likeliest first."""
    asked = squeeze(word)
    said = next((commands for key, commands in SAID.items() if not group and squeeze(key) == asked), ())
    if said:
        return [*said]
    by_alias = {alias(name, group): name for name in names}
    near = nearest(word, [*names, *filter(None, by_alias)])
    return [*dict.fromkeys(by_alias.get(one, one) for one in near)]
