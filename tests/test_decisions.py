"""Numbers of decisions: every spelling gives number, day and issuer · other documents keep their kind · two in one are
told · a number that returns means the year's own, or is asked about · the right spelling is kept, and said · what a
ledger holds comes back from its own export."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntmtrack.commands import Session
from ntmtrack.decisions import is_same, is_short_of, read_decision, titled
from ntmtrack.errors import BadDay, BadDecision, TwoInOne
from ntmtrack.model import Decision
from tests.places import asked, begin_with, our_ledger
from tests.running import begin, keep_number, run

FULL = Decision("2903/QĐ-UBND", "2024-12-20", "UBND tỉnh Kiên Giang")
SPELLINGS = {
    "Số 2903/QĐ-UBND": "2903/QĐ-UBND",
    "QĐ số 12": "12",
    "2903 / QĐ - UBND": "2903/QĐ-UBND",
    "2903/QĐ–UBND": "2903/QĐ-UBND",
    "2903—QĐ—UBND": "2903/QĐ-UBND",
    "2903/QD-UBND": "2903/QĐ-UBND",
    "2903/qđ-ubnd": "2903/QĐ-UBND",
    "2903/QÐ-UBND": "2903/QĐ-UBND",
    "2903 QĐ-UBND": "2903/QĐ-UBND",
    "2903/QĐ UBND": "2903/QĐ-UBND",
    "QĐ2903/QĐ-UBND": "2903/QĐ-UBND",
    "quyet dinh so 669/qd-ttg": "669/QĐ-TTg",
    "12-QĐ/TU": "12-QĐ/TU",
    "2903A/QĐ-UBND": "2903A/QĐ-UBND",
    "Công văn 123/UBND": "Công văn 123/UBND",
    "CV số 123/UBND": "Công văn 123/UBND",
    "Thông báo số 45/TB-VP": "Thông báo 45/TB-VP",
    "45/TB-VP": "45/TB-VP",
    "TỜ TRÌNH số: 5/TTr-UBND": "Tờ trình 5/TTr-UBND",
    "Nghị quyết 12/NQ-HDND": "Nghị quyết 12/NQ-HĐND",
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "number"), SPELLINGS.items())
def test_a_number_in_any_spelling(text, number, form):
    read = read_decision(unicodedata.normalize(form, text))
    assert read == Decision(number)
    assert read_decision(read.number) == read


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 2903/QĐ-UBND ngày 20 tháng 12 năm 2024 của UBND tỉnh Kiên Giang",
        "QĐ 2903/QD-UBND ký ngày 20/12/2024 của UBND tỉnh Kiên Giang về việc công nhận xã Mỹ Thuận",
        "2903/QĐ-UBND (20.12.2024) của UBND tỉnh Kiên Giang",
    ],
)
def test_number_day_and_issuer_are_parted(text):
    assert read_decision(text) == FULL


def test_a_day_may_be_known_in_part_and_a_number_not_at_all():
    assert read_decision("2903/QĐ-UBND tháng 12/2024").signed_on == "2024-12"
    assert read_decision("2903/QĐ-UBND năm 2024").signed_on == "2024"
    assert read_decision("ngày 20/12/2024") == Decision("", "2024-12-20")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("12/QĐ-UBND, 13/QĐ-UBND", TwoInOne),
        ("12 và 13/QĐ-UBND", TwoInOne),
        ("12/QĐ-UBND ngày 5/1/2021, 6/1/2021", TwoInOne),
        ("12/QĐ-UBND ngày 5/1/21", BadDay),
        ("12/QĐ-UBND ngày 31/2/2021", BadDay),
        ("15/19", BadDecision),
        ("đang trình", BadDecision),
        ("", BadDecision),
        (f"1/QĐ-{'A' * 100}", BadDecision),
        ("1" * 32_000, BadDecision),
        (f"12/QĐ-UBND về việc {'công nhận ' * 200}", BadDecision),
    ],
)
def test_what_is_no_one_decision_is_refused(text, refusal):
    with pytest.raises(refusal):
        read_decision(text)


def test_what_makes_two_spellings_one_number():
    assert is_same("05/QĐ-UBND", "5/qd-ubnd")
    assert is_same("2.903/QĐ-UBND", "2903/QĐ-UBND")
    assert is_same("Thông báo 45/TB-VP", "45/TB-VP")
    assert not is_same("01/2022/QĐ-UBND", "12022/QĐ-UBND")
    assert not is_same("Công văn 123/UBND", "123/UBND")
    assert is_short_of("2401", "2401/QĐ-UBND")
    assert not is_short_of("Công văn 2401", "2401/QĐ-UBND")
    assert (titled("12/QĐ-UBND"), titled("45/TB-VP")) == ("Quyết định 12/QĐ-UBND", "45/TB-VP")


# The doors ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def built_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("ledger") / "so.db"
    begin("Kiên Giang", db=file)
    return file


@pytest.fixture(autouse=True)
def ledger(office: Path, built_ledger: Path) -> Path:
    """Kiên Giang's units, nothing recognised."""
    return begin_with(built_ledger)


def record(unit, year, decision, *more):
    return run("record", unit, "-l", "ntm", "--year", str(year), "--decision", decision, *more)


def rests_on(unit):
    """The decision of the unit's only recognition."""
    (known,) = json.loads(run("show", unit, "-f", "json").out)["recognitions"]
    return known["decision"], known["signed_on"]


def imported(office, *rows, head="Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký"):
    file = office / "a.csv"
    file.write_text("\n".join((head, *rows)), encoding="utf-8")
    return run("import", str(file), "--yes", "--no-annotate")


def test_a_decision_typed_as_it_is_printed():
    assert record("Mỹ Thuận", 2022, "Số 12/QD-UBND ngày 5/1/2023 của UBND tỉnh").code == 0
    assert rests_on("Mỹ Thuận") == ("12/QĐ-UBND", "2023-01-05")
    assert record("Sơn Bình", 2022, "13/QĐ-UBND ngày 5/1/2023", "--date", "6/1/2023").code == 2
    assert record("Sơn Bình", 2022, "13/QĐ-UBND ngày 5/1/2023 của UBND tỉnh", "--issuer", "UBND huyện").code == 2
    assert record("Sơn Bình", 2022, "13/QĐ-UBND, 14/QĐ-UBND").code == 2


def test_the_day_of_a_revocation_may_stand_with_its_number():
    record("Mỹ Thuận", 2022, "12/QĐ-UBND")
    assert run("revoke", "Mỹ Thuận", "-l", "ntm", "--decision", "Số 3/QĐ-UBND ngày 5/1/2025").code == 0
    assert "05/01/2025 · 3/QĐ-UBND" in run("show", "Mỹ Thuận").out


def test_a_correction_reads_numbers_too():
    record("Mỹ Thuận", 2022, "12/QĐ-UBND")
    edited = run(
        "edit", "--of-decision", "QĐ số 12", "--decision", "số 13/QD-UBND ngày 5/1/2023", "--reason", "nhầm số"
    )
    assert edited.code == 0
    assert rests_on("Mỹ Thuận") == ("13/QĐ-UBND", "2023-01-05")


@pytest.mark.parametrize("year", [2024, 2016])
def test_a_day_of_another_year_is_not_taken(year):
    record("Mỹ Thuận", 2022, "2903/QĐ-UBND", "--date", "20/12/2023")
    told = record("Sơn Bình", year, "2903/QĐ-UBND")
    assert "không hợp với năm này" in told.err
    assert rests_on("Sơn Bình") == ("2903/QĐ-UBND", None)


def test_a_day_that_fits_the_year_is_taken_and_said():
    record("Mỹ Thuận", 2022, "2903/QĐ-UBND", "--date", "20/12/2023")
    assert "ngày ký lấy theo sổ" in record("Sơn Bình", 2022, "2903/QĐ-UBND").err
    assert rests_on("Sơn Bình") == ("2903/QĐ-UBND", "2023-12-20")


class TestOneNumberOfSeveralDecisions:
    @pytest.fixture(autouse=True)
    def of_two_years(self):
        record("Mỹ Thuận", 2021, "42/QĐ-UBND", "--date", "5/1/2022")
        record("Sơn Bình", 2022, "42/QĐ-UBND", "--date", "8/1/2023")
        record("Mỹ Lâm", 2024, "42/QĐ-UBND")

    def test_it_is_refused_with_each_and_the_way_to_say_which(self):
        told = record("Sơn Kiên", 2021, "42/QĐ-UBND")
        assert told.code == 1
        assert "--date 05/01/2022 hay --date 08/01/2023" in told.err
        assert record("Sơn Kiên", 2021, "42/QĐ-UBND", "--date", "8/1/2023").code == 0

    @pytest.mark.parametrize(("answer", "day"), [("2\n", "2023-01-08"), ("\n", None), ("7\n", None)])
    def test_on_a_terminal_it_is_asked(self, monkeypatch, answer, day):
        monkeypatch.setattr(Session, "can_ask", True)
        monkeypatch.setattr(sys, "stdin", type("Typed", (), {"readline": staticmethod(lambda: answer)}))
        told = record("Sơn Kiên", 2021, "42/QĐ-UBND")
        assert told.code == (0 if day else 1)
        if day:
            assert rests_on("Sơn Kiên") == ("42/QĐ-UBND", day)

    def test_a_table_that_tells_no_day_is_asked_for_it(self, office):
        told = imported(office, "Sơn Kiên;NTM;2021;42/QĐ-UBND;")
        assert told.code == 3
        assert "05/01/2022" in told.out
        assert imported(office, "Sơn Kiên;NTM;2021;42/QĐ-UBND;2022").code == 0
        assert rests_on("Sơn Kiên") == ("42/QĐ-UBND", "2022-01-05")

    def test_they_are_listed_with_their_units(self):
        told = run("check", "decision-twice").out
        assert "42/QĐ-UBND không rõ ngày có thể là của ngày 05/01/2022, 08/01/2023" in told
        assert "xã Mỹ Lâm" in told


class TestOneNumberWithAndWithoutADay:
    """A number on record with a day, and for others without: who tells no day may mean either."""

    @pytest.fixture(autouse=True)
    def both(self):
        record("Mỹ Thuận", 2024, "77/QĐ-UBND")
        record("Sơn Bình", 2024, "77/QĐ-UBND", "--date", "5/5/2024")

    def test_neither_is_taken_for_granted(self):
        told = record("Sơn Kiên", 2024, "77/QĐ-UBND")
        assert told.code == 1
        assert "--date 05/05/2024 hay --date với ngày của quyết định còn chưa có ngày" in told.err
        assert record("Sơn Kiên", 2024, "77/QĐ-UBND", "--date", "5/5/2024").code == 0

    @pytest.mark.parametrize(("answer", "day"), [("1\n", "2024-05-05"), ("2\n", None)])
    def test_on_a_terminal_either_can_be_chosen(self, monkeypatch, answer, day):
        monkeypatch.setattr(Session, "can_ask", True)
        monkeypatch.setattr(sys, "stdin", type("Typed", (), {"readline": staticmethod(lambda: answer)}))
        assert record("Sơn Kiên", 2024, "77/QĐ-UBND").code == 0
        assert rests_on("Sơn Kiên") == ("77/QĐ-UBND", day)

    def test_a_correction_says_which(self):
        run("record", "Sơn Kiên", "-l", "ntm", "--year", "2024")
        corrected = ("edit", "Sơn Kiên", "-l", "ntm", "--decision", "77/QĐ-UBND", "--reason", "x")
        assert run(*corrected).code == 1
        assert run(*corrected, "--clear", "date").code == 0
        assert rests_on("Sơn Kiên") == ("77/QĐ-UBND", None)

    def test_a_table_is_asked_for_the_day_but_not_of_what_it_told_before(self, office):
        assert imported(office, "Sơn Kiên;NTM;2024;77/QĐ-UBND;").code == 3
        again = imported(office, "Mỹ Thuận;NTM;2024;77/QĐ-UBND;", "Sơn Bình;NTM;2024;77/QĐ-UBND;")
        assert again.code == 0
        assert "không hợp với năm này" not in again.out

    def test_of_another_year_the_day_is_no_question(self):
        assert record("Sơn Kiên", 2022, "77/QĐ-UBND").code == 1
        assert record("Sơn Kiên", 2020, "77/QĐ-UBND").code == 0
        assert rests_on("Sơn Kiên") == ("77/QĐ-UBND", None)


def test_a_short_number_is_the_only_full_one_that_it_fits():
    record("Mỹ Thuận", 2022, "2401/QĐ-UBND", "--date", "5/1/2023")
    assert "2401 được hiểu là" in record("Sơn Bình", 2022, "2401").err
    assert rests_on("Sơn Bình") == ("2401/QĐ-UBND", "2023-01-05")


def test_the_full_number_takes_the_place_of_a_short_one_on_record():
    assert "thiếu phần ký hiệu" in record("Mỹ Thuận", 2022, "2401", "--date", "5/1/2023").err
    run("record", "Mỹ Lâm", "-l", "ntm", "--year", "2020")
    run("revoke", "Mỹ Lâm", "-l", "ntm", "--decision", "2401", "--date", "5/1/2023")
    run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "5/1/2024", "--reason", "rớt")
    assert "nay ghi là 2401/QĐ-UBND" in record("Sơn Bình", 2022, "2401/QĐ-UBND").err
    assert rests_on("Mỹ Thuận") == rests_on("Sơn Bình") == ("2401/QĐ-UBND", "2023-01-05")
    assert "05/01/2024 · rớt" in run("show", "Mỹ Thuận").out
    assert "2401/QĐ-UBND" in run("show", "Mỹ Lâm").out
    run("undo")
    assert rests_on("Mỹ Thuận") == ("2401", "2023-01-05")
    assert "05/01/2024 · rớt" in run("show", "Mỹ Thuận").out


def test_two_spellings_in_one_table_are_one_decision_and_said(office):
    told = imported(
        office, "Mỹ Thuận;NTM;2022;12/QD-UBND;", "Sơn Bình;NTM;2022;12/QĐ-UBND;5/1/2023", "Mỹ Lâm;NTM;2022;12;"
    )
    assert "D2: 12/QD-UBND được hiểu là Quyết định 12/QĐ-UBND" in told.out
    assert "D4: 12 được hiểu là" in told.out
    assert {rests_on(unit) for unit in ("Mỹ Thuận", "Sơn Bình", "Mỹ Lâm")} == {("12/QĐ-UBND", "2023-01-05")}


def test_the_most_exact_day_is_the_decisions_and_the_same_table_twice_changes_nothing(office):
    rows = [f"{unit};NTM;2023;12/QĐ-UBND;{day}" for unit, day in
            (("Mỹ Thuận", "2024"), ("Sơn Bình", "02/2024"), ("Mỹ Lâm", "15/02/2024"), ("Sơn Kiên", ""))]  # fmt: skip
    assert imported(office, *rows).code == 0
    assert {rests_on(row.split(";")[0]) for row in rows} == {("12/QĐ-UBND", "2024-02-15")}
    assert "Không có gì để ghi" in imported(office, *reversed(rows)).err


def test_days_that_contradict_each_other_are_told_with_both_cells(office):
    told = imported(office, "Mỹ Thuận;NTM;2023;12/QĐ-UBND;2/2024", "Sơn Bình;NTM;2023;12/QĐ-UBND;15/3/2024")
    assert told.code == 3
    assert "ở ô E3 là ngày 15/03/2024" in told.out
    assert "ở ô E2 là ngày 02/2024" in told.out


def test_a_day_alone_is_kept_and_the_number_said_to_be_unknown(office):
    told = imported(office, "Mỹ Thuận;NTM;2020;ngày 20/12/2020", head="Tên xã;Danh hiệu;Năm;Quyết định")
    assert "D2: chỉ có ngày, chưa rõ số quyết định" in told.out
    (known,) = json.loads(run("show", "Mỹ Thuận", "-f", "json").out)["recognitions"]
    assert (known["decision"], known["announced_on"]) == (None, "2020-12-20")


def test_one_level_of_two_years_in_one_table_is_told_with_both_cells(office):
    told = imported(office, "Mỹ Thuận;Nâng cao;2020;;", "Mỹ Thuận;Nâng cao;2021;;")
    assert told.code == 3
    assert "A2" in told.out
    assert "A3" in told.out


# What a ledger holds comes back ---------------------------------------------------------------------------------------

COMMUNES = ["30838", "30836", "30835", "30832", "30823", "30826", "30829", "30840"]
NUMBERS = st.one_of(
    st.sampled_from([*SPELLINGS, "42/QĐ-UBND", "42", "42/QD-UBND", "Văn bản 3/UBND", "7/QĐ-UBND của UBND huyện"]),
    st.from_regex(r"[0-9]{1,4}[A-ZĐa-z]?( ?[/–-] ?[A-ZĐa-zđ]{1,4}){0,3}", fullmatch=True),
    st.text(min_size=1, max_size=30),
)
DAYS = st.sampled_from([None, "5/1/2022", "1/2023", "2022", "20/12/2023"])
TOLD = st.tuples(NUMBERS, DAYS, st.sampled_from([None, "UBND tỉnh", "UBND huyện Hòn Đất"]), st.integers(2018, 2024))
FACTS = """
    SELECT v.code, r.programme, r.level, r.year, r.known_by, r.announced_on, r.basis, r.confidence, r.source, r.note,
           d.number, d.signed_on, d.issuer
    FROM recognition AS r LEFT JOIN decision AS d ON d.id = r.decision_id
    JOIN unit_version AS v ON v.unit_id = r.unit_id
    WHERE r.voided_by IS NULL ORDER BY v.code, r.level, r.year
"""


def facts(file):
    return asked(file, FACTS)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TOLD, min_size=1, max_size=len(COMMUNES)))
def test_what_is_recorded_comes_back_from_the_export(office, built_ledger, told):
    begin_with(built_ledger)
    for code, (number, day, issuer, year) in zip(COMMUNES, told, strict=False):
        options = [*(["--date", day] if day else []), *(["--issuer", issuer] if issuer else [])]
        record(code, year, f" {number}", *options)
    before = facts(our_ledger())
    comes_back(office, built_ledger, before)


def comes_back(office, built_ledger, before):
    (office / "so.csv").unlink(missing_ok=True)
    assert run("export", "so.csv").code == 0
    begin_with(built_ledger)
    again = run("import", "so.csv", "--yes", "--no-annotate")
    assert (again.code, facts(our_ledger())) == (0, before)


@pytest.mark.parametrize(
    "number", ["Số 2903/QĐ-UBND", "2903 / QĐ - UBND", "12/qđ-ubnd", "12/QD-UBND, 13/QD-UBND", "chưa rõ số", "15/19"]
)
def test_what_an_older_program_kept_comes_back_as_it_is(office, built_ledger, number):
    record("30838", 2022, "1/QĐ-UBND", "--date", "5/1/2023")
    keep_number(our_ledger(), "1/QĐ-UBND", number)
    comes_back(office, built_ledger, facts(our_ledger()))


def test_a_district_is_recorded_with_a_word_on_its_communes():
    told = run("record", "huyện Hòn Đất", "-l", "ntm", "--year", "2024", "--decision", "1/QĐ-TTg", "--date", "5/1/2025")
    assert "trong sổ mới có 0/12 xã đạt chuẩn NTM (cần 12)" in told.err
    assert "xã đạt chuẩn NTM" not in run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2024").err
