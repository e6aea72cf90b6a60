"""Text that stays true: README and the case files show what the program prints · every command is documented and
has help with examples that parse · every refusal has a transcript or a test of its own."""

import re
import shlex
import time
from pathlib import Path

import pytest

from ntmtrack import errors
from ntmtrack.cli.app import tree
from ntmtrack.cli.commands import declare
from ntmtrack.errors import NtmError
from ntmtrack.i18n import _, use_language
from tests import transcripts

declare()
ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CASES = sorted((ROOT / "tests" / "cases").glob("*.md"))
# Refusals that a transcript cannot show, with the test that does.
ELSEWHERE = {
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
    "CopyStrange": "test_a_copy_with_strange_rules_is_not_put_back",
    "NotADemo": "test_the_demo_never_overwrites_a_ledger_of_somebody",
}
BASES = {"NtmError", "DidYouMean"}


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the transcripts show times of Việt Nam")
@pytest.mark.parametrize("file", [README, *CASES], ids=lambda file: file.name)
def test_what_is_shown_is_what_is_printed(file):
    text = file.read_text(encoding="utf-8")
    assert transcripts.replay(text) == text


def every_command():
    """Name and command of everything that can be run."""
    tops = tree().commands.items()
    subs = [(f"{name} {sub}", each) for name, top in tops for sub, each in getattr(top, "commands", {}).items()]
    return [(name, top) for name, top in tops if not hasattr(top, "commands")] + subs


@pytest.mark.parametrize(("name", "command"), every_command(), ids=lambda one: one if isinstance(one, str) else "")
def test_every_command_is_documented_and_has_examples_that_parse(name, command):
    assert f"`ntmtrack {name}" in README.read_text(encoding="utf-8")
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
    documented = set(map(int, re.findall(r"^\| (\d+) \|", README.read_text(encoding="utf-8"), re.MULTILINE)))
    used = {one.exit_code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, NtmError)}
    assert used | {0, 70, 130} <= documented
