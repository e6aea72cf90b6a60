"""What tables show is called in the language of the reader, and may be typed so: checks, commands, targets."""

import json
import re
from pathlib import Path

import pytest

import ntmtrack
from ntmtrack.cli.names import ALIASES
from ntmtrack.commands.check import CHECKS
from ntmtrack.commands.explain import measures
from ntmtrack.i18n import _, use_language
from ntmtrack.reports.work import work_label
from ntmtrack.text import squeeze
from tests.running import run

pytestmark = pytest.mark.usefixtures("demo")


def test_a_check_is_told_and_named_in_words():
    listed = run("check", "--list").out
    assert "mức dưới" in listed
    assert not [name for name in CHECKS if re.search(rf"^{name} ", listed, re.MULTILINE)]
    told = [run("check", name, "-f", "json").out for name in ("plan", "lộ trình", "lo-trinh")]
    assert told[0] == told[1] == told[2]
    assert {one["check"] for one in json.loads(told[0])["findings"]} == {"plan"}
    assert "Phép kiểm  Mức độ     Nội dung\nlộ trình   mâu thuẫn" in run("check", "plan").out


def test_no_two_checks_are_called_alike():
    for language in ("vi", "en"):
        use_language(language)
        words = [squeeze(word) for name, check in CHECKS.items() for word in {name, _(check.called)}]
        assert len(words) == len(set(words))


def test_a_misspelt_check_is_answered_in_words():
    said = run("check", "mucduoii")
    assert said.code == 1
    assert "mức dưới" in said.err
    assert "prerequisite" not in said.err


def verbs():
    """Every verb that an action is marked with, as the code has it."""
    sources = [file.read_text(encoding="utf-8") for file in Path(ntmtrack.__file__).parent.rglob("commands/*.py")]
    found = {verb for text in sources for verb in re.findall(r'(?:acting|session\.stamp)\("([a-z -]+)"', text)}
    return found | {"add-commune", "add-district", "undo", "redo", "load", "propose", "take", "withdraw"}


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_action_is_called_in_vietnamese_as_its_command_is(verb):
    use_language("vi")
    label = work_label(verb)
    assert label != label.label
    if verb in ALIASES and " " not in verb:
        assert squeeze(label.label) == squeeze(ALIASES[verb])


def test_the_history_says_what_was_done_and_tells_machines_the_command():
    assert "dùng thử" in run("history").out
    assert json.loads(run("history", "-f", "json").out)["actions"][0]["verb"] == "demo"


def test_every_target_is_explained_by_what_is_offered(connection):
    titles = measures(connection)
    assert "Thu nhập bình quân của người dân nông thôn" in titles
    for title in titles:
        assert run("explain", title).code == 0, title
    refused = run("explain", "khong-co-gi").err
    assert "Xã dưới 15 tiêu chí" in refused
    assert "criteria-below" not in refused
