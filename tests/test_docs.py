"""Text that stays true: README, docs/ and the case files show what the program prints, every block under a sentence
that tells why · README is short and leads to every page · links lead somewhere · `help` prints every page · every
command is documented and has help with examples that parse · every refusal has a transcript or a test of its own."""

import re
import shlex
import time
from pathlib import Path

import pytest

from ntmtrack import errors
from ntmtrack.cli.app import tree
from ntmtrack.errors import NtmError
from ntmtrack.i18n import _, use_language
from tests import transcripts
from tests.running import run

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CASES = sorted((ROOT / "tests" / "cases").glob("*.md"))
# Refusals that a transcript cannot show, with the test that does.
ELSEWHERE = {
    **dict.fromkeys(
        ("NoMovement", "WhichMovement", "UnknownMovement"),
        "test_the_only_one_of_the_year_is_meant_or_the_one_that_is_named",
    ),
    "PasswordInAddress": "test_a_password_in_the_address_is_refused_and_never_shown",
    **dict.fromkeys(
        ("ServerUnreachable", "LoginRefused", "ServerFull", "NotSafe", "NoSuchDatabase"),
        "test_what_a_server_says_instead_of_letting_in",
    ),
    **dict.fromkeys(
        ("NothingOfYours", "NoneOfYoursToRedo"), "test_undo_alone_takes_back_what_was_done_last_by_oneself"
    ),
    **dict.fromkeys(("ConnectionLost", "NoRight"), "test_what_a_server_says_of_a_statement"),
    **dict.fromkeys(
        ("NoLedgerOnServer", "SchemaOlder", "EndUnknown"),
        "test_what_is_no_ledger_or_an_older_one_is_told_with_its_way_out",
    ),
    **dict.fromkeys(("MayNotMakeRoles", "WrongOrder", "OnlyOnServer"), "test_what_a_server_must_be_for_a_ledger"),
    **dict.fromkeys(
        ("TakenUnseen", "UnitNotSeen", "ActionNotSeen"), "test_what_lies_outside_is_told_without_showing_it"
    ),
    **dict.fromkeys(("LastOwner", "OwnRight", "NoRightThere"), "test_rights_are_told_whole_and_the_last_owner_stays"),
    **dict.fromkeys(("NoSuchRole", "RoleOfLedger", "OwnsAll"), "test_rights_are_given_listed_and_taken_away"),
    **dict.fromkeys(("PartOfLedger", "MayOnlyPropose"), "test_what_a_role_may_not_do_is_told"),
    **dict.fromkeys(("SeveralScopes", "NotSeenWhole"), "test_figures_are_of_what_one_was_given"),
    "LedgerNotEmpty": "test_a_ledger_is_loaded_into_an_empty_one_alone",
    "NoSuchService": "test_a_service_that_nobody_described_is_told",
    "BadAddress": "test_an_address_that_is_none_is_no_file",
    "NoServerDriver": "test_a_computer_without_the_driver_says_what_to_install",
    **dict.fromkeys(("NotOnServer", "NotRestoredOnServer"), "test_what_is_for_files_says_so"),
    "BadMovement": "test_a_file_with_faults_tells_them_all",
    "MadeMeanwhile": "test_many_first_writes_at_once_each_land_or_are_refused_whole",
    "CopyNotWritten": "test_a_full_disk",
    "OutputLost": "test_a_full_output_is_told_before_anything_is_written",
    "DanglingLink": "test_of_a_link_what_it_leads_to_is_written_and_the_link_stays",
    "OverLedger": "test_a_ledger_is_never_overwritten_by_a_report",
    "DatabaseBusy": "test_a_file_held_by_another_program_is_waited_for_then_refused",
    "DatabaseDamaged": "test_a_damaged_ledger_is_said_to_be_damaged",
    "DatabaseNewer": "test_a_newer_ledger_is_refused_unchanged",
    "DatabaseNotWritable": "test_a_folder_that_cannot_be_made",
    "BadRoadmap": "test_a_wrong_file_is_refused_with_its_place",
    "RoadmapCircle": "test_two_roadmaps_cannot_each_replace_the_other",
    "CannotRead": "test_files_that_are_no_table",
    "TooLongForExcel": "test_what_cannot_be_written_is_said",
    "FormerDistrict": "test_what_ended_is_told_for_what_it_is",
    "SeveralRoadmaps": "test_two_roadmaps_for_one_scope_are_both_named",
    "SeveralSheets": "test_several_sheets_are_chosen_by_name",
    "ColumnsApart": "test_columns_beyond_a_blank_one_are_of_the_table_only_when_somebody_says_so",
    "MarksUnread": "test_marks_below_a_level_that_are_not_read_stop_the_import",
    "SheetsDiffer": "test_sheets_whose_titles_differ_are_taken_in_one_after_the_other",
    "HiddenTable": "test_hidden_sheets_with_tables_are_named",
    "NotConfirmed": "test_no_answer_on_a_terminal_writes_nothing",
    "ChangedMeanwhile": "test_a_ledger_changed_while_the_officer_reads_is_not_written_to",
    "UnknownNames": "test_unknown_names_are_all_told_and_nothing_is_written",
    "FileInUse": "test_a_file_open_elsewhere_is_told_and_another_offered",
    "CopyDamaged": "test_a_copy_that_cannot_be_read_is_named_and_the_ledger_left",
    "AlreadyRedone": "test_an_undo_that_was_done_again_is_said_to_be",
    "ChainBroken": "test_a_copy_that_was_changed_is_not_put_back",
    "UnitTakenBack": "test_a_report_of_a_unit_that_was_taken_back_since",
    "StampUnreadable": "test_a_stamp_that_was_changed_is_told",
    "UpgradeFailed": "test_an_upgrade_that_fails_says_where_the_copy_is",
    "CannotDump": "test_a_dump_cannot_hold_what_is_neither_text_nor_a_whole_number",
    "NotText": "test_what_is_no_text_is_refused_before_anything_is_done",
    "LinkToNothing": "test_a_link_to_nothing_is_named",
    "SchemaStrange": "test_rules_that_are_not_ours_are_named_and_nothing_is_written",
    "ForeignParts": "test_what_is_not_ours_is_taken_away_only_when_somebody_says_so",
    "RowsForbid": "test_rows_that_break_a_rule_are_not_hidden_by_putting_it_back",
    "OlderToJoin": "test_a_ledger_of_another_schema_or_with_changes_of_others_is_refused",
    "CopyStrange": "test_a_copy_with_strange_rules_is_not_put_back",
    "NotADemo": "test_the_demo_never_overwrites_a_ledger_of_somebody",
}
BASES = {"NtmError", "DidYouMean", "ActionsNamed"}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the transcripts show times of Việt Nam")
@pytest.mark.parametrize("file", [README, *PAGES, *CASES], ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_shown_is_what_is_printed(file):
    differences = [block.difference() for block in transcripts.blocks(file.read_text(encoding="utf-8"))]
    assert not any(differences), f"{file}, " + "\n".join(filter(None, differences))


@pytest.mark.parametrize("file", [README, *PAGES, *CASES], ids=lambda file: str(file.relative_to(ROOT)))
def test_every_block_stands_below_a_sentence_that_tells_what_it_shows(file):
    intents = transcripts.intents(file.read_text(encoding="utf-8"))
    assert not [f"{file}, line {line}" for line, intent in intents.items() if not intent]


@pytest.mark.of_file("no ledger yet")
def test_a_difference_is_told_with_its_line_and_the_intent_of_its_block():
    text = "# Sổ\n\nSổ chưa có.\n\n```console\n$ ntmtrack status\nLỗi: khác.\n[1]\n```\n"
    (block,) = transcripts.blocks(text)
    assert block.difference().startswith("line 7, in the block “Sổ chưa có.”:\n  stands:  Lỗi: khác.\n  printed: Lỗi: ")
    assert transcripts.intents(text.replace("Sổ chưa có.", "")) == {6: ""}


def test_readme_is_short_and_leads_to_every_page():
    text = README.read_text(encoding="utf-8")
    assert len(text.encode()) <= 12_000
    pages = [file for file in PAGES if f"({file.relative_to(ROOT).as_posix()})" not in text]
    assert pages == []


LINK = re.compile(r"\]\(([^)#:]+)(?:#([^)]*))?\)")


def test_the_files_that_contributing_names_are_there():
    """In a room's row they are told from the room; elsewhere by their path, from the top or from the package."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    below = [
        ROOT,
        ROOT / "ntmtrack",
        ROOT / "ntmtrack" / "commands",
        ROOT / "ntmtrack" / "lint",
        ROOT / "ntmtrack" / "storage",
    ]
    for line in text.splitlines():
        room = re.match(r"\| `(\w+)/` \|", line)
        places = [ROOT / "ntmtrack" / room[1]] if room else below
        for name in re.findall(r"`([\w/…]+\.py)`", line):
            assert any(list(place.glob(name.replace("…", "*"))) for place in places), name


@pytest.mark.parametrize(
    "file", [README, ROOT / "CONTRIBUTING.md", *PAGES], ids=lambda file: str(file.relative_to(ROOT))
)
def test_links_lead_somewhere(file):
    for target, anchor in LINK.findall(file.read_text(encoding="utf-8")):
        found = file.parent / target
        assert found.is_file(), target
        if found.suffix != ".md":  # a picture
            continue
        headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
        assert not anchor or anchor in [_anchor(heading) for heading in headings], (target, anchor)


def _anchor(heading):
    """The address of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.casefold()).replace(" ", "-")


@pytest.mark.parametrize("file", PAGES, ids=lambda file: str(file.relative_to(DOCS)))
def test_help_prints_every_page_without_what_is_for_the_tests(file):
    language = "en" if file.parent.name == "en" else "vi"
    shown = run("help", file.stem, "--lang", language).out
    headings = re.compile(r"^#+ .*$", re.MULTILINE)
    assert headings.findall(shown) == headings.findall(file.read_text(encoding="utf-8"))
    assert "<!--" not in shown
    assert ".md)" not in shown
    assert f"{file.stem} " in run("help", "--lang", language).out


def test_help_knows_pages_with_marks_and_commands():
    assert run("help", "Nhập", "bảng", "tính").out == run("help", "nhap-bang-tinh").out
    assert run("help", "cach-tinh", "--lang", "en").out == run("help", "cach-tinh").out
    assert run("help", "roadmap", "check").out == run("roadmap", "check", "--help").out
    assert run("help", "roadmap", "--lang", "en").out == run("roadmap", "--help", "--lang", "en").out


def every_command():
    """Name and command of everything that can be run."""
    tops = tree().commands.items()
    subs = [(f"{name} {sub}", each) for name, top in tops for sub, each in getattr(top, "commands", {}).items()]
    return [(name, top) for name, top in tops if not hasattr(top, "commands")] + subs


@pytest.mark.parametrize(("name", "command"), every_command(), ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_is_documented_and_has_examples_that_parse(name, command):
    assert f"\n$ ntmtrack {name} --help\n" in (DOCS / "lenh.md").read_text(encoding="utf-8")
    assert command.help
    assert all(param.help for param in command.params if param.name != "help")
    for example in command.epilog.splitlines():
        program, *argv = shlex.split(example.replace("\\", "/"))
        path = name.split()
        assert [program, *argv[: len(path)]] == ["ntmtrack", *path]
        command.make_context(name, argv[len(path) :], resilient_parsing=False)


def shown_in(text, refusal):
    """Whether a transcript shows a refusal: a line that says its words, whatever the facts in them."""
    parts = re.split(r"\{[^}]*\}", _(refusal.said))
    return re.search(r"^Lỗi: " + ".*?".join(map(re.escape, parts)) + "$", text, re.MULTILINE) is not None


def test_every_refusal_has_a_transcript():
    """The transcripts are true, as the test above says: it is enough to read them."""
    use_language("vi")
    told = "".join(file.read_text(encoding="utf-8") for file in CASES)
    classes = {name: one for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, NtmError)}
    unseen = {name for name, one in classes.items() if name not in BASES and not shown_in(told, one)}
    assert unseen <= ELSEWHERE.keys() <= classes.keys()
    tests = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    assert not [name for name in ELSEWHERE.values() if f"def {name}(" not in tests]


def test_the_exit_codes_are_those_documented():
    tables = [(DOCS / page).read_text(encoding="utf-8") for page in ("lenh.md", "en/guide.md")]
    documented, in_english = (set(map(int, re.findall(r"^\| (\d+) \|", text, re.MULTILINE))) for text in tables)
    assert documented == in_english
    used = {one.exit_code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, NtmError)}
    assert used | {0, 70, 130} <= documented
