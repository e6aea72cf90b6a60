"""Carrying recognition over a merger: what is proposed, by which guidance · recorded for many as one action · refusals.

Of constituents with what they held: the highest level that all held that went whole into a unit and are of a kind that
is recognised; towns and parts raise nothing. Nothing is inherited; what is recorded is undone without a trace.
"""

import json
import tomllib
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmtrack.commands.carried_units import carried_units
from ntmtrack.model import Act, Recognition, Tier, Unit
from ntmtrack.programmes import guidance as rules
from ntmtrack.programmes import programme
from ntmtrack.programmes.guidance import days_known, guidance
from ntmtrack.progress.constituents import CarryState, Constituent, Outcome, acknowledged_set, propose, state_of
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import units
from ntmtrack.storage.transaction import acting
from ntmtrack.units import gazetteer
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025
from ntmtrack.units.national import listed_changes
from tests.mergers import JULY_2025, Formed, Former, merge
from tests.office_tables.reading import table
from tests.places import our_ledger
from tests.running import NOW, WHO, begin, run

OLD = {unit.code: unit for unit in gazetteer.every_unit(BEFORE_JULY_2025)}
NEW = {unit.code: unit for unit in gazetteer.every_unit(FROM_JULY_2025)}
DAYS = (date(2026, 4, 29), date(2026, 4, 30))
TEN_OF_DONG_NAI = {"25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485"}
LEVELS = ("ntm", "nang-cao", "kieu-mau")


def constituent(held=(), kind="xã", *, is_whole=True, day=JULY_2025):
    """A unit that held these levels: "nang-cao 2023"."""
    recognitions = []
    for text in held:
        level, year = text.split()
        period = next(key for key in ("2021-2025", "2016-2020") if int(key[:4]) <= int(year) <= int(key[5:]))
        recognitions.append(Recognition(level, period, int(year)))
    return Constituent(Unit(1, "Một", kind, Tier.COMMUNE), is_whole, day, tuple(recognitions))


def proposed(*constituents):
    """What is proposed by the guidance of the day of the merger: the outcome and the level."""
    proposal = propose(constituents, guidance(date.fromisoformat(constituents[0].day)))
    return proposal.outcome, proposal.level and proposal.level.key


NTM, ADVANCED, NONE = ["ntm 2019"], ["ntm 2019", "nang-cao 2023"], []


UNTOLD = constituent(NONE)._replace(is_told=False)


@pytest.mark.parametrize(
    ("constituents", "expected"),
    [
        ([constituent(NTM), constituent(NTM)], (Outcome.ACKNOWLEDGE, "ntm")),
        ([constituent(ADVANCED), constituent(NTM)], (Outcome.ACKNOWLEDGE, "ntm")),
        ([constituent(ADVANCED), constituent(["nang-cao 2024"])], (Outcome.ACKNOWLEDGE, "nang-cao")),
        ([constituent(NTM), constituent(NONE)], (Outcome.REVIEW, None)),
        ([constituent(NONE), constituent(NONE)], (Outcome.NONE, None)),
        # A town inside decides nothing, and is a case of its own.
        ([constituent(NTM), constituent(NONE, "thị trấn")], (Outcome.ACKNOWLEDGE, "ntm")),
        ([constituent(NONE), constituent(NTM), constituent(NONE, "phường")], (Outcome.REVIEW, None)),
        ([constituent(NONE, "thị trấn"), constituent(NONE, "phường")], (Outcome.NONE, None)),
        # A part neither raises nor bars; of parts alone nothing can be acknowledged.
        ([constituent(NTM), constituent(ADVANCED, is_whole=False)], (Outcome.ACKNOWLEDGE, "ntm")),
        ([constituent(NTM), constituent(NONE, is_whole=False)], (Outcome.ACKNOWLEDGE, "ntm")),
        ([constituent(NTM, is_whole=False), constituent(NTM, is_whole=False)], (Outcome.REVIEW, None)),
        ([constituent(NONE), constituent(NTM, is_whole=False)], (Outcome.REVIEW, None)),
        # That nothing is on record is no record that it held none.
        ([UNTOLD, UNTOLD], (Outcome.NO_DATA, None)),
        ([UNTOLD, constituent(NONE)], (Outcome.NO_DATA, None)),
        ([UNTOLD, constituent(NTM)], (Outcome.REVIEW, None)),
        (
            [constituent(NTM), UNTOLD._replace(unit=Unit(1, "Một", "thị trấn", Tier.COMMUNE))],
            (Outcome.ACKNOWLEDGE, "ntm"),
        ),
    ],
)
def test_the_highest_level_that_all_whole_communes_held(constituents, expected):
    assert proposed(*constituents) == expected


def test_the_case_is_told_by_what_is_inside():
    known = guidance(date(2025, 7, 1))
    cases = {
        "all": [constituent(NTM), constituent(NTM)],
        "town": [constituent(NTM), constituent(NONE, "thị trấn"), constituent(NTM, is_whole=False)],
        "part": [constituent(NTM), constituent(NTM, is_whole=False)],
        "some": [constituent(NTM), constituent(NONE)],
    }
    assert {name: propose(of, known).case.constituents for name, of in cases.items()} == {name: name for name in cases}


several = st.lists(
    st.builds(
        constituent,
        st.lists(st.builds("{} {}".format, st.sampled_from(LEVELS), st.integers(2016, 2025)), max_size=3),
        st.sampled_from(["xã", "xã", "thị trấn", "phường"]),
        is_whole=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@given(several, st.randoms(use_true_random=False))
def test_no_order_no_town_and_no_part_raises_a_level(constituents, random):
    ladder = programme("2021-2025")
    outcome, level = proposed(*constituents)
    asked = [one for one in constituents if one.is_whole and one.unit.kind == "xã"]
    if level:
        assert outcome is Outcome.ACKNOWLEDGE
        assert ladder.level(level).rank == min(one.rank(ladder) for one in asked)
        assert proposed(*asked) == (outcome, level)
    mixed = list(constituents)
    random.shuffle(mixed)
    assert proposed(*mixed) == (outcome, level)


@given(several)
def test_what_a_constituent_gains_never_lowers_the_proposal(constituents):
    def worth(several):
        outcome, level = proposed(*several)
        return (Outcome.NONE, Outcome.REVIEW, Outcome.ACKNOWLEDGE).index(outcome), LEVELS.index(level or "ntm")

    for place, one in enumerate(constituents):
        if one.unit.kind == "xã":
            better = one._replace(recognitions=(*one.recognitions, Recognition("kieu-mau", "2021-2025", 2025)))
            assert worth([*constituents[:place], better, *constituents[place + 1 :]]) >= worth(constituents)


def test_the_year_is_that_of_the_constituent_recognised_last_where_the_guidance_says_so():
    early = [constituent(["ntm 2016"], day="2020-02-01"), constituent(["ntm 2018"], day="2020-02-01")]
    assert propose(early, guidance(date(2020, 2, 1))).year == 2018  # before any guidance: by the first
    assert propose([constituent(NTM), constituent(["ntm 2022"])], guidance(date(2025, 7, 1))).year is None


def test_guidance_is_dated_data_and_what_is_not_known_is_said():
    assert [day.isoformat() for day in days_known()] == ["2020-05-21", "2023-08-09", "2025-07-01"]
    assert guidance(date(2021, 1, 1)).rule.number == "3372/BNN-VPĐP"
    assert guidance(date(2024, 11, 1)).rule.number == "5424/BNN-VPĐP"
    latest = guidance(date(2025, 7, 1))
    assert (latest.rule.number, latest.unknown_since) == ("5424/BNN-VPĐP", date(2025, 7, 1))
    assert not any(case.verified for case in latest.rule.cases)
    for day in days_known():
        rule = guidance(day).rule
        assert all(case.source for case in (*rule.cases, rule.year))


@pytest.mark.parametrize("wrong", ['colour = "red"', '[[case]]\nconstituents = "town"', "[year]\nof = 'month'"])
def test_a_misspelt_rule_is_refused(tmp_path, monkeypatch, wrong):
    text = (Path(rules.__file__).parent / "2020-05-21.toml").read_text(encoding="utf-8")
    if wrong.startswith("[year]"):
        text = text.replace('of = "latest"', 'of = "month"')
    else:
        text = f"{wrong}\n{text}" if wrong.startswith("colour") else f"{text}\n{wrong}"
    (tmp_path / "2020-05-21.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(rules, "__file__", str(tmp_path / "__init__.py"))
    days_known.cache_clear()
    rules._guidance.cache_clear()
    try:
        with pytest.raises((ValueError, tomllib.TOMLDecodeError)):
            guidance(date(2020, 6, 1))
    finally:
        days_known.cache_clear()
        rules._guidance.cache_clear()


def test_an_acknowledgement_is_of_the_latest_set_in_which_it_was_surely_held():
    assert acknowledged_set([constituent(NTM), constituent(NTM)], "ntm", 2026).key == "2021-2025"
    # That a nâng cao of 2016–2020 counts in 2021–2025 is not verified: it stays what it was.
    assert acknowledged_set([constituent(["nang-cao 2018"])], "nâng cao", 2025).key == "2016-2020"
    assert acknowledged_set([constituent(NONE)], "nang-cao", 2026).key == "2021-2025"
    assert acknowledged_set([], "ntm", 2026).key == "2026-2030"


def test_the_state_is_what_the_ledger_tells():
    plain = Recognition("ntm", "2021-2025", 2025)
    assert state_of([], None) is CarryState.UNREVIEWED
    assert state_of([], "proposed") is CarryState.PROPOSED
    assert state_of([], "lapsed") is CarryState.LAPSED
    assert state_of([plain], "proposed") is CarryState.RECOGNISED
    assert state_of([plain._replace(basis=Act.ACKNOWLEDGED)], "proposed") is CarryState.ACKNOWLEDGED
    assert state_of([plain._replace(basis=Act.RE_RECOGNISED)], "lapsed") is CarryState.RE_RECOGNISED
    assert state_of([plain._replace(revoked_on="2025-12-01")], None) is CarryState.LAPSED


def test_the_state_is_called_by_the_act_of_the_level_that_is_held():
    taken, anew = (
        Recognition("ntm", "2021-2025", 2025, basis=Act.ACKNOWLEDGED),
        Recognition("nang-cao", "2021-2025", 2025),
    )
    assert state_of([taken, anew._replace(basis=Act.RE_RECOGNISED)], None) is CarryState.RE_RECOGNISED
    assert state_of([taken, anew], None) is CarryState.RECOGNISED
    assert state_of([taken._replace(basis=Act.RECOGNISED), taken], None) is CarryState.ACKNOWLEDGED


# The command --------------------------------------------------------------------------------------------------------


def merge_five():
    """Four new communes: all nâng cao; mixed levels with a town; one without a level; of parts alone."""
    merge(
        our_ledger(),
        [
            Formed("xã Mỹ Thuận", "31001", [Former("xã Sơn Bình"), Former("xã Sơn Kiên")]),
            Formed("xã Hòn Đất", "31002", [Former("xã Thổ Sơn"), Former("xã Lình Huỳnh"), Former("thị trấn Hòn Đất")]),
            Formed("xã Bình Sơn", "31003", [Former("xã Bình Giang"), Former("xã Nam Thái")]),
            Formed("xã Mỹ Lâm", "31004", [Former("xã Sóc Sơn", "part", True)]),
            Formed("phường Tô Châu", "31005", [Former("xã Sóc Sơn", "part", False), Former("phường Pháo Đài")]),
        ],
    )
    assert run("record", "Sơn Bình", "Sơn Kiên", "Thổ Sơn", "Sóc Sơn", "--level", "ntm", "--year", "2019").code == 0
    assert run("record", "Lình Huỳnh", "Bình Giang", "--level", "ntm", "--year", "2022").code == 0
    assert run("record", "Sơn Bình", "Sơn Kiên", "Thổ Sơn", "--level", "nang-cao", "--year", "2024").code == 0


@pytest.fixture
def merged(office, once):
    once(merge_five)
    return our_ledger()


DECISION = ("--decision", "3368/QĐ-UBND", "--date", "20/12/2025")


def carried(*more):
    """The list for machines: by code what is proposed, at which level, and the state."""
    rows = json.loads(run("carry", *more, "-f", "json").out)["units"]
    return {row["code"]: (row["proposal"], row["level"], row["state"]) for row in rows}


def counted(level, *more):
    return {row["code"] for row in json.loads(run("list", "--level", level, *more, "-f", "json").out)["units"]}


def test_every_new_commune_is_listed_and_no_ward(merged):
    assert carried() == {
        "31001": ("acknowledge", "nang-cao", "unreviewed"),
        "31002": ("acknowledge", "ntm", "unreviewed"),
        "31003": ("review", None, "unreviewed"),
        "31004": ("review", None, "unreviewed"),
    }
    said = run("carry").out
    assert "4 xã mới: chưa xét 4; 1 xã có thị trấn, phường cũ; 1 xã có một phần đơn vị khác" in said
    assert "Chưa thấy hướng dẫn cho đợt sắp xếp từ 01/07/2025; đề xuất theo Công văn 5424/BNN-VPĐP" in said


def test_a_unit_by_name_tells_its_constituents_and_why(merged):
    said = run("carry", "Hòn Đất").out
    assert "thị trấn Hòn Đất: loại đơn vị không xét công nhận" in said
    assert "đề nghị thừa nhận đạt chuẩn NTM · chưa xét" in said
    rows = json.loads(run("carry", "31003", "-f", "json").out)["constituents"]
    assert [(row["name"], row["extent"], row["level"], row["year"]) for row in rows] == [
        ("xã Bình Giang", "whole", "ntm", 2022),
        ("xã Nam Thái", "whole", None, None),
    ]
    assert "sổ chưa ghi mức nào của xã Nam Thái." in run("carry", "31003").out


def held():
    """The list for machines: by code what was held and what is proposed."""
    return {row["code"]: (row["held"], row["proposal"]) for row in json.loads(run("carry", "-f", "json").out)["units"]}


def test_of_whom_nothing_is_on_record_there_is_no_data(office):
    formed = [
        Formed("xã Bình Sơn", "31003", [Former("xã Bình Giang"), Former("xã Nam Thái")]),
        Formed("xã An Sơn", "31009", [Former("xã Tây Yên"), Former("xã Nam Yên")]),
    ]
    merge(our_ledger(), formed)
    assert run("record", "Bình Giang", "--level", "ntm", "--year", "2022").code == 0
    assert held() == {"31003": ("ntm:1 no_data:1", "review"), "31009": ("no_data:2", "no_data")}
    said = run("carry").out
    assert "đạt chuẩn NTM 1, chưa có số liệu 1  phải rà soát: chưa đủ số liệu" in said
    assert "chưa đạt" not in said
    assert run("close-year", "2025").code == 0  # now somebody says that this is all
    assert held() == {"31003": ("ntm:1 none:1", "review"), "31009": ("none:2", "none")}
    assert "phải rà soát, công nhận lại" in run("carry").out


def test_of_whom_a_recognition_was_taken_back_there_is_data(merged):
    assert run("record", "Nam Thái", "--level", "ntm", "--year", "2020").code == 0
    assert run("revoke", "Nam Thái", "--level", "ntm", "--date", "1/3/2024", "--reason", "x").code == 0
    assert held()["31003"] == ("ntm:1 none:1", "review")


def test_all_that_is_proposed_is_recorded_as_one_action_and_undone_without_a_trace(merged):
    with reading(merged) as connection:
        before = fingerprint(connection)
    done = run("carry", "--take", *DECISION)
    assert done.code == 0
    assert "thừa nhận NTM nâng cao (1), đạt chuẩn NTM (1)" in done.err
    assert carried()["31001"] == ("acknowledge", "nang-cao", "acknowledged")
    assert carried()["31002"] == ("acknowledge", "ntm", "acknowledged")
    assert counted("nang-cao", "--as-of", "31/12/2025") == {"31001"}
    assert counted("ntm", "--as-of", "31/12/2025") == {"31001", "31002"}
    assert run("verify").code == 0
    assert "nâng cao" not in run("check", "lower-levels").out
    assert run("undo").code == 0
    with reading(merged) as connection:
        assert fingerprint(connection) == before
    assert carried()["31001"][2] == "unreviewed"


def test_a_preview_and_exceptions(merged):
    dry = run("carry", "--take", *DECISION, "--dry-run")
    assert dry.code == 0
    assert "Sẽ ghi" in dry.out
    assert carried()["31001"][2] == "unreviewed"
    assert run("carry", "--take", *DECISION, "--except", "Hòn Đất").code == 0
    assert [row[2] for row in carried().values()] == ["acknowledged", "unreviewed", "unreviewed", "unreviewed"]


def test_a_level_below_the_proposed_one_can_be_taken_and_the_higher_later(merged):
    assert run("carry", "--take", "31001", "--level", "ntm", *DECISION).code == 0
    assert carried()["31001"] == ("acknowledge", "nang-cao", "acknowledged")
    assert run("carry", "--take", "31001", "--decision", "9/QĐ-UBND", "--date", "25/12/2025").code == 0
    assert counted("nang-cao", "--as-of", "31/12/2025") == {"31001"}


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        (("--take", "31002", "--level", "nâng cao", *DECISION), 1, "vì sổ chưa ghi mức đó của xã Lình Huỳnh"),
        (
            ("--take", "31003", *DECISION),
            1,
            "không thừa nhận đạt chuẩn NTM được, vì sổ chưa ghi mức đó của xã Nam Thái",
        ),
        (("--take", "31004", *DECISION), 1, "vì sổ chưa ghi mức đó của xã Sóc Sơn"),
        (("--take", "31001", "--level", "hiện đại", *DECISION), 1, "không có mức “hiện đại”"),
        (("--take", "31001", "--date", "30/6/2025", "--decision", "1/QĐ-UBND"), 1, "01/07/2025"),
        (("--take", "31001"), 2, "Chưa rõ thừa nhận xã Mỹ Thuận (tỉnh Kiên Giang) cho năm nào"),
        (("--take", "31001", "Mỹ Thuận", *DECISION), 2, "được ghi hai lần"),
        (("--take", "30001", *DECISION), 1, "đã kết thúc ngày 01/07/2025"),
        (("--take", "31005", *DECISION), 1, "phường Tô Châu (tỉnh Kiên Giang) là phường"),
        (("--take", "--propose"), 2, "--take, --propose, --lapse"),
        (("--decision", "1/QĐ-UBND"), 2, "--decision"),
        (("--lapse", "--reason", "x"), 2, "--lapse"),
        (("--lapse", "31001"), 2, "--reason"),
        (("--propose", "31003"), 1, "Không có mức nào được đề xuất cho xã Bình Sơn"),
        (("--state", "xong"), 2, "chưa xét"),
        (("31001", "--state", "chưa xét"), 2, "--state"),
        (("--lapse", "31001", "--reason", "x", "--date", "30/6/2025"), 1, "không tồn tại vào 30/06/2025"),
        (("--propose", "--date", "1/1/2024"), 1, "không tồn tại vào 01/01/2024"),
        (("--take", "--state", "đề nghị", *DECISION), 1, "không còn xã nào để ghi: ở tình trạng khác 2."),
        (("--take", "--level", "kiểu mẫu", *DECISION), 1, "được đề xuất NTM nâng cao 1; được đề xuất đạt chuẩn NTM 1."),
        (("--take", "31001", "--year", "2023", *DECISION), 1, "không tồn tại vào 2023"),
        (("--lapse", "--reason", "x"), 2, "--lapse chỉ dùng cùng ĐƠN_VỊ.\n"),
        (("--lapse", "31001"), 2, "cùng --decision hoặc --reason."),
        (("Bình Sơn 9",), 1, "Bình Sơn"),
    ],
)
def test_refusals_are_sentences_and_write_nothing(merged, argv, code, says):
    with reading(merged) as connection:
        before = fingerprint(connection)
    refused = run("carry", *argv)
    assert (refused.code, says in refused.err) == (code, True), refused.err
    with reading(merged) as connection:
        assert fingerprint(connection) == before


def test_what_is_taken_is_not_taken_twice(merged):
    assert run("carry", "--take", "31001", *DECISION).code == 0
    again = run("carry", "--take", "31001", *DECISION)
    assert (again.code, "đã ghi rồi: thừa nhận NTM nâng cao" in again.err) == (1, True)
    assert run("carry", "--take", *DECISION).code == 0  # the others
    nothing = run("carry", "--take", *DECISION)
    assert (nothing.code, "không còn xã nào để ghi: thừa nhận 2." in nothing.err) == (1, True)


def test_what_was_reviewed_is_proposed_lost_or_recognised_anew(merged):
    assert run("carry", "--propose").code == 0
    assert [row[2] for row in carried().values()] == ["proposed", "proposed", "unreviewed", "unreviewed"]
    assert run("carry", "--propose", "31003", "--level", "ntm", "--date", "1/9/2025").code == 0
    assert run("carry", "--lapse", "31004", "--reason", "chưa có quy hoạch").code == 0
    assert carried("--state", "không còn").keys() == {"31004"}
    assert run("carry", "--lapse", "31001", "--reason", "x").code == 0
    assert carried()["31001"][2] == "lapsed"
    assert run("record", "31003", "--level", "ntm", "--year", "2026", "--basis", "công nhận lại").code == 0
    assert carried()["31003"][2] == "re-recognised"
    kept = run("carry", "--lapse", "31003", "--reason", "x")
    assert (kept.code, "ntmtrack revoke 31003 --level ntm" in kept.err) == (1, True)
    assert "không còn" in run("history", "31004", "--full").out
    assert run("dump", "a.jsonl").code == 0
    assert run("load", "a.jsonl", "--db", "b.db").code == 0
    assert json.loads(run("carry", "-f", "json", "--db", "b.db").out)["units"][3]["state"] == "lapsed"


def test_what_a_later_set_recognises_leaves_the_levels_of_the_earlier_one_to_be_taken(merged):
    assert run("record", "31001", "31003", "--level", "ntm", "--year", "2026").code == 0
    assert carried()["31001"] == ("acknowledge", "nang-cao", "unreviewed")
    assert carried()["31003"][2] == "recognised"  # nothing of it may be acknowledged
    assert run("carry", "--lapse", "31001", "--reason", "x").code == 1  # it holds a level
    assert run("carry", "--take", *DECISION).code == 0
    assert carried()["31001"] == ("acknowledge", "nang-cao", "acknowledged")
    assert counted("nang-cao", "--until", "2026", "--set", "2021-2025") == {"31001"}
    assert counted("ntm", "--until", "2026", "--set", "2026-2030") == {"31001", "31003"}


def test_a_level_is_acknowledged_for_the_year_of_a_constituent_or_one_in_which_the_unit_stood(merged):
    assert run("carry", "--take", "31001", "--year", "2022", *DECISION).code == 1
    assert run("carry", "--take", "31001", "--year", "2024", *DECISION).code == 0  # nâng cao of 2024


def test_a_ward_that_was_formed_is_not_told_to_go_on(merged):
    said = run("carry", "31005").out
    assert "hình thành từ xã Sóc Sơn (một phần), phường Pháo Đài; chương trình 2026-2030 không xét công nhận" in said
    assert "giữ nguyên" not in said


def test_a_state_in_which_none_is_and_the_command_that_a_list_tells(merged):
    said = run("carry", "--state", "thua nhan").out
    assert "Trong 4 xã mới, không có xã nào ở tình trạng: thừa nhận." in said
    assert "không có xã nào hình thành" not in said
    told = run("carry", "--scope", "tỉnh Kiên Giang", "--state", "chua xet").out
    assert 'carry --take --scope "tỉnh Kiên Giang" --state "chưa xét" --decision' in told


def test_what_is_left_out_is_told_where_the_rest_is_taken(merged):
    assert run("carry", "--take", *DECISION, "--except", "Hòn Đất").code == 0
    nothing = run("carry", "--take", *DECISION, "--except", "Hòn Đất").err
    assert "2 xã mới có mức được đề xuất, không còn xã nào để ghi: thừa nhận 1; loại bằng --except 1." in nothing


def test_the_year_and_the_decision_are_told_before_and_after(merged):
    done = run("carry", "--take", *DECISION)
    by = "năm 2025, Quyết định 3368/QĐ-UBND ngày 20/12/2025"
    assert done.out.startswith(f"Sẽ ghi: {by}\n")
    assert f"đạt chuẩn NTM (1), {by}: xã" in done.err
    assert by in run("history").out


def test_the_decision_by_which_nothing_is_held_any_more_is_told_with_the_unit(merged):
    assert run("carry", "--lapse", "31004", "--decision", "7/QĐ-UBND", "--date", "1/12/2025").code == 0
    assert "không còn, Quyết định 7/QĐ-UBND ngày 01/12/2025" in run("carry", "31004").out
    assert "Rà soát sau sắp xếp: không còn; Quyết định 7/QĐ-UBND ngày 01/12/2025." in run("show", "31004").out
    assert run("export", "a.json", "--as-of", "31/12/2025", "--sheets", "carried").code == 0
    rows = json.loads(Path("a.json").read_text(encoding="utf-8"))["sheets"]["carried"]["carried"]
    assert [(row["decision"], row["signed_on"]) for row in rows if row["code"] == "31004"] == [
        ("7/QĐ-UBND", "2025-12-01")
    ]


def test_by_the_first_guidance_the_year_is_that_of_the_constituent_recognised_last(office):
    merge(our_ledger(), [Formed("xã Mỹ Thuận", "31001", [Former("xã Sơn Bình"), Former("xã Sơn Kiên")])], "2020-02-01")
    assert run("record", "30001", "--level", "ntm", "--year", "2016").code == 0
    assert run("record", "30002", "--level", "ntm", "--year", "2018").code == 0
    assert run("carry", "--take", "--decision", "900/QĐ-UBND", "--date", "1/6/2020").code == 0
    told = json.loads(run("show", "31001", "-f", "json").out)["recognitions"]
    assert [(one["level"], one["programme"], one["year"], one["form"]) for one in told] == [
        ("ntm", "2016-2020", 2018, "acknowledged")
    ]
    assert run("check", "ended").code == 0  # though the unit did not stand in 2018


def test_what_rests_on_made_up_recognitions_stays_made_up(merged):
    rows = (
        "Mã;Tên xã;Mức;Năm;Độ tin cậy\n30006;Bình Giang;nâng cao;2024;minh hoạ\n30007;Nam Thái;nâng cao;2024;minh hoạ\n"
    )
    taken = run("import", str(table(merged.parent / "a.csv", rows)), "--yes")
    assert taken.code == 0, taken.err
    assert "MINH HOẠ" in run("carry", "31003").out
    assert run("carry", "--take", "31003", *DECISION).code == 0
    assert run("carry", "--take", "31001", *DECISION).code == 0
    kinds = [json.loads(run("show", code, "-f", "json").out)["recognitions"] for code in ("31003", "31001")]
    assert [one["confidence"] for (one,) in kinds] == ["illustrative", "recorded"]


def test_what_was_acknowledged_above_what_was_held_is_found(merged):
    assert run("carry", "--take", *DECISION).code == 0
    assert "trước sắp xếp" not in run("check", "acknowledged", "--year", "2026").out
    rows = "Mã;Tên xã;Mức;Năm;Thừa nhận\n31003;Bình Sơn;NTM;2025;x\n"
    assert run("import", str(table(merged.parent / "a.csv", rows)), "--yes").code == 0
    found = run("check", "acknowledged", "--year", "2026")
    assert "xã Bình Sơn (tỉnh Kiên Giang): trước sắp xếp, sổ chưa ghi đạt chuẩn NTM của xã Nam Thái" in found.out


# The sheet ----------------------------------------------------------------------------------------------------------


def test_the_workbook_tells_the_result_by_state_by_former_district_and_by_name(merged):
    assert run("carry", "--take", *DECISION).code == 0
    assert run("carry", "--lapse", "31004", "--reason", "chưa có quy hoạch", "--date", "1/12/2025").code == 0
    assert run("export", "a.json", "--as-of", "31/12/2025", "--sheets", "carried").code == 0
    sheet = json.loads(Path("a.json").read_text(encoding="utf-8"))["sheets"]["carried"]
    assert [(row["name"], row["total"]) for row in sheet["states"]] == [
        ("chưa xét", 1),
        ("đề nghị", 0),
        ("thừa nhận", 2),
        ("công nhận", 0),
        ("công nhận lại", 0),
        ("không còn", 1),
    ]
    assert [row["count0"] for row in sheet["states"]][2] == 1  # NTM nâng cao
    assert [(row["name"], row["total"], row["count2"]) for row in sheet["districts"]] == [
        ("huyện Hòn Đất", 4, 2),
    ]
    assert [row["name"] for row in sheet["carried"]] == ["xã Mỹ Thuận", "xã Hòn Đất", "xã Bình Sơn", "xã Mỹ Lâm"]
    assert run("export", "b.xlsx", "--as-of", "31/12/2025").code == 0
    assert "Sau sắp xếp" in run("export", "c.xlsx", "--as-of", "31/12/2025").err


def test_former_districts_of_one_name_are_not_added_up(office):
    assert run("init", "-p", "An Giang").code == 0
    assert run("export", "a.json", "--year", "2026", "--sheets", "carried").code == 0
    sheet = json.loads(Path("a.json").read_text(encoding="utf-8"))["sheets"]["carried"]
    totals = {row["name"]: row["total"] for row in sheet["districts"] if "Châu Thành" in row["name"]}
    assert totals == {"huyện Châu Thành (tỉnh An Giang)": 5, "huyện Châu Thành (tỉnh Kiên Giang)": 3}
    told = {row["former_districts"] for row in sheet["carried"] if "Châu Thành" in row["former_districts"]}
    assert all("Châu Thành (tỉnh " in names for names in told)


def test_a_paper_leaves_mergers_out_where_nothing_before_them_is_on_record(office):
    assert run("init", "-p", "An Giang").code == 0
    assert run("record", "Giồng Riềng", "-l", "ntm", "--year", "2026").code == 0
    assert "Sau sắp xếp" not in run("export", "a.xlsx", "--year", "2026").err
    assert run("record", "xã Thạnh Hưng, huyện Giồng Riềng", "-l", "ntm", "--year", "2020").code == 0
    assert "Sau sắp xếp" in run("export", "b.xlsx", "--year", "2026").err


def test_a_report_tells_only_what_was_known_to_hold_on_its_day(merged):
    assert run("carry", "--take", *DECISION).code == 0
    assert run("export", "a.json", "--as-of", "30/11/2025", "--sheets", "carried").code == 0
    sheet = json.loads(Path("a.json").read_text(encoding="utf-8"))["sheets"]["carried"]
    assert {row["state"] for row in sheet["carried"]} == {"unreviewed"}


def test_a_ledger_without_mergers_has_no_such_sheet(demo):
    assert "Sau sắp xếp" not in run("export", "a.xlsx", "--year", "2024").err
    refused = run("export", "b.xlsx", "--year", "2024", "--sheets", "carried")
    assert (refused.code, "Sau sắp xếp" in refused.err) == (1, True)


# The real lists -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    """The whole country in one ledger, carried over 1/7/2025 and 30/4/2026."""
    file = tmp_path_factory.mktemp("nation") / "so.db"
    every = [
        unit
        for province in gazetteer.provinces(BEFORE_JULY_2025)
        for unit in gazetteer.below(BEFORE_JULY_2025, province.code)
    ]
    with acting(file, Ledger.Stamp("init", WHO, NOW), create=True) as ledger:
        ledger.add_units(every)
        ledger.summary = "the nation"
    assert run("rearrange", "--national", "--yes", "--db", str(file)).code == 0
    return file


def straightforward():
    """By code of each new commune: what went into it, as the shipped list has it, row by row."""
    of = defaultdict(list)
    for change in listed_changes():
        if change.day == JULY_2025 and NEW[change.new_code].kind == "xã":
            of[change.new_code].append((OLD[change.old_code].kind, change.is_whole))
    return of


@pytest.mark.slow
def test_every_new_commune_of_the_34_provinces_is_listed_as_the_list_of_changes_has_it(nation):
    with reading(nation) as connection:
        rows = {row.unit.code: row for row in carried_units(connection, None, date(2025, 7, 1))}
        provinces = units.every_unit(connection, date(2025, 7, 1), tier=Tier.PROVINCE)
        by_province = {
            province.code: {row.unit.code for row in carried_units(connection, province, date(2025, 7, 1))}
            for province in provinces
        }
    listed = straightforward()
    assert len(listed) == 2621
    goes_on = {code for code, of in listed.items() if len(of) == 1 and of[0][1]}  # whole, and made of nothing else
    assert rows.keys() == listed.keys() - goes_on
    for code, row in rows.items():
        assert sorted((one.unit.kind, one.is_whole) for one in row.constituents) == sorted(listed[code])
    towns = {code for code, of in listed.items() if any(kind != "xã" for kind, _whole in of)}
    parts = {code for code, of in listed.items() if not all(is_whole for _kind, is_whole in of)}
    assert (len(towns), len(parts)) == (604, 216)
    assert {code for code, row in rows.items() if row.towns} == towns - goes_on
    assert len(towns & goes_on) == 2  # two thị trấn that are xã now, and were never recognised
    assert {code for code, row in rows.items() if row.parts} == parts
    assert len(by_province) == 34
    for province, codes in by_province.items():
        assert codes == {code for code in rows if NEW[code].parent_code == province}


@pytest.fixture
def dong_nai(office):
    """The two provinces that are Đồng Nai since 1/7/2025, carried over."""
    for province in ("Đồng Nai", "Bình Phước"):
        begin(province)
    assert run("rearrange", "--national", "--yes").code == 0
    return our_ledger()


@pytest.mark.parametrize("ledger", ["dong_nai", pytest.param("nation", marks=pytest.mark.slow)])
def test_what_is_a_ward_since_2026_is_carried_no_more(request, ledger):
    with reading(request.getfixturevalue(ledger)) as connection:
        then, now = ({row.unit.code for row in carried_units(connection, None, day)} for day in DAYS)
    assert then - now == TEN_OF_DONG_NAI & then != set()
    assert not now - then


@pytest.fixture
def an_giang(office):
    """Kiên Giang and An Giang of before 1/7/2025 in one ledger, carried over: the new An Giang with 85 xã."""
    file = our_ledger()
    with acting(file, Ledger.Stamp("init", WHO, NOW), create=True) as ledger:
        ledger.add_units([unit for code in ("89", "91") for unit in gazetteer.below(BEFORE_JULY_2025, code)])
        ledger.summary = "two provinces"
    assert run("rearrange", "--national", "--yes").code == 0
    return file


def figures(year):
    """How many of how many communes had reached each level, in the set of 2021–2025."""
    lines = json.loads(run("progress", "--year", year, "-f", "json").out)["lines"]
    rows = [row for row in lines if row["tier"] == "commune" and row.get("set", "2021-2025") == "2021-2025"]
    return {row["level"]: (row["actual_cumulative"], row["total"]) for row in rows}


def test_an_giang_as_published_in_november_2025_on_the_new_map_and_what_is_kept_of_it_in_2026(an_giang):
    """Published 11/2025: 69 of 85 xã NTM, 9 nâng cao, 1 kiểu mẫu (vietnamnet.vn 2470663); which ones, nobody tells."""
    codes = sorted(code for code, unit in NEW.items() if unit.parent_code == "91" and unit.kind == "xã")
    assert len(codes) == 85
    levels = ["kieu-mau", *["nang-cao"] * 8, *["ntm"] * 60]
    rows = [f"{code};{NEW[code].name};{level};2025" for code, level in zip(codes, levels, strict=False)]
    table(an_giang.parent / "a.csv", "\n".join(["Mã;Tên xã;Mức;Năm", *rows, ""]))
    taken = run(
        "import", "a.csv", "--basis", "thừa nhận", "--decision", "2400/QĐ-UBND", "--date", "15/11/2025", "--yes"
    )
    assert taken.code == 0, taken.err
    expected = {"ntm": (69, 85), "nang-cao": (9, 85), "kieu-mau": (1, 85)}
    assert figures("2025") == expected
    assert figures("2026") == expected
    with reading(an_giang) as connection:
        held = [row for row in carried_units(connection, None, date(2025, 12, 31)) if row.own]
    assert {row.state for row in held} == {CarryState.ACKNOWLEDGED}
    assert run("export", "2025.xlsx", "--year", "2025", "--scope", "tỉnh An Giang").code == 0
    assert run("export", "2026.xlsx", "--year", "2026", "--scope", "tỉnh An Giang").code == 0


def test_the_sample_of_kien_giang_goes_on_and_what_is_made_up_in_it_stays_so(demo):
    assert run("rearrange", "--national", "--yes").code == 0
    listed = carried()
    assert len(listed) == 36  # of 41 xã: five were not merged, and their recognitions go on
    assert {outcome for outcome, _level, _state in listed.values()} == {"acknowledge"}
    assert run("carry", "--take", *DECISION).code == 0
    assert {state for _outcome, _level, state in carried().values()} == {"acknowledged"}
    lines = json.loads(run("progress", "--year", "2026", "-f", "json").out)["lines"]
    (kept,) = (row for row in lines if (row["set"], row["measure"], row["tier"]) == ("2021-2025", "ntm", "commune"))
    assert (kept["actual_cumulative"], kept["total"]) == (41, 41)
    assert kept["illustrative"] > 0


def test_a_paper_tells_the_guidance_and_the_working_file_what_of_it_is_not_verified(merged):
    assert run("carry", "--take", *DECISION).code == 0
    assert run("export", "a.json", "--as-of", "31/12/2025", "--sheets", "carried,notes").code == 0
    sheets = json.loads(Path("a.json").read_text(encoding="utf-8"))["sheets"]
    assert "Đề xuất theo Công văn 5424/BNN-VPĐP ngày 09/08/2023." in sheets["carried"]["notes"]
    doubt = "Chưa thấy hướng dẫn cho đợt sắp xếp từ 01/07/2025"
    assert not any(doubt in note for note in sheets["carried"]["notes"])
    assert any(doubt in row["value"] for row in sheets["notes"]["rests_on"])
