"""The checklist of a plan: how its tasks stand by a day, what is late, what may be told of them and what may not. What
is told here of Hà Sơn is made up."""

import json
from datetime import date

import pytest

from ntmtrack.progress.status import Status
from ntmtrack.progress.tasks import TaskState, checklist, standing
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from tests.places import our_ledger
from tests.running import begin, run

PLAN = shipped()["ha-son-kh68"]
FILE = "hoàn thành hồ sơ đề nghị công nhận xã đạt NTM kiểu mẫu trước 30/9"
CONDITIONS = (2, 3, 4, 5)  # of mục II.2, điểm 1.1–1.4


def told(state, day, **more):
    return TaskState(PLAN.key, FILE, state, day, **more)


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


@pytest.fixture
def ha_son(office):
    begin("Thanh Hóa")
    return office


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result


def rows(*argv):
    """The rows of the checklist by their numbers."""
    listed = json.loads(done("task", "--format", "json", *argv).out)["tasks"]
    return {row["number"]: row for row in listed}


def test_the_list_is_what_the_plan_prints_in_its_order():
    tasks = checklist(PLAN, [], date(2023, 12, 31))
    assert [task.number for task in tasks] == [*range(1, 11)]
    assert [tasks[number - 1].target.cite for number in CONDITIONS] == [f"mục II.2, điểm 1.{n}" for n in (1, 2, 3, 4)]
    assert tasks[6].standing.due == date(2023, 9, 30)
    assert tasks[0].standing.due == date(2023, 12, 31)  # no day is printed: the end of the year


@pytest.mark.parametrize(
    ("states", "on", "status", "late"),
    [
        ([], "2023-12-31", Status.NO_DATA, 92),
        ([told("open", "2023-09-01")], "2023-09-30", Status.UNDER_WAY, 0),
        ([told("open", "2023-09-01")], "2023-10-01", Status.OVERDUE, 1),
        ([told("done", "2023-10-05")], "2023-12-31", Status.DONE, 5),
        ([told("done", "2023-10-05")], "2023-10-04", Status.NO_DATA, 4),  # it was not done yet
        ([told("done", "2023-09-30")], "2023-12-31", Status.DONE, 0),
        ([told("done", "2023-09-01"), told("open", "2023-10-02")], "2023-10-10", Status.OVERDUE, 10),
        ([told("dropped", "2023-09-01")], "2023-12-31", Status.DROPPED, 0),
        ([told("open", "2023-09-01", due_on="2023-10-31")], "2023-10-31", Status.UNDER_WAY, 0),
    ],
)
def test_what_is_late_by_how_many_days(states, on, status, late):
    day = date.fromisoformat(on)
    target = next(target for target in PLAN.targets if target.name == FILE)
    stands = standing(states, FILE, day, target)
    assert (stands.status(day), stands.days_late(day)) == (status, late)


def test_a_state_holds_from_where_it_was_told_first_and_later_remarks_do_not_move_it():
    stands = standing(
        [told("done", "2023-09-20"), told("done", "2023-11-01", evidence="BB 2")], FILE, date(2023, 12, 1)
    )
    assert (stands.day, stands.evidence) == ("2023-09-20", "BB 2")


def test_who_and_by_when_are_told_first_and_the_rest_is_added(ha_son):
    done("task", "hồ sơ", "--owner", "Văn phòng UBND xã", "--due", "15/9/2023")
    done("task", "7", "--done", "--on", "20/9/2023", "--evidence", "Tờ trình 45/TTr-UBND")
    row = rows("--as-of", "31/12/2023")[7]
    assert (row["status"], row["day"], row["days_late"], row["owner"], row["evidence"]) == (
        *("done", "2023-09-20", 5, "Văn phòng UBND xã"),
        "Tờ trình 45/TTr-UBND",
    )
    assert rows("--as-of", "19/9/2023")[7]["status"] == "overdue"  # and before it was done it is owed
    run("undo")
    assert rows("--as-of", "31/12/2023")[7]["status"] == "overdue"
    done("redo")
    assert rows("--as-of", "31/12/2023")[7]["status"] == "done"


def test_progress_and_explain_tell_what_was_told_and_no_more(ha_son):
    assert "Nhiệm vụ của kế hoạch" not in done("progress", "--scope", "15313", "--year", "2023").out
    done("task", "5", "--done", "--on", "1/9/2023", "--evidence", "BB 3")
    done("task", "7", "--open", "--on", "1/9/2023")
    tables = json.loads(done("progress", "--scope", "15313", "--year", "2023", "-f", "json").out)
    by_name = {row["name"]: row["status"] for row in tables["lines"] if row["name"]}
    assert by_name[FILE] == "overdue"
    assert sorted(by_name.values()).count("no_data") == len(by_name) - 2
    shown = done("progress", "--scope", "15313", "--year", "2023", "--notes").out
    assert "quá hạn" in shown
    assert f"{FILE} (" not in shown.partition("Nhiệm vụ của kế hoạch")[2].partition("Kế hoạch còn nêu")[2]
    assert "BB 3" in done("explain", PLAN.targets[5].name, "--scope", "15313", "--year", "2023").out
    assert "quá hạn" not in done("progress", "--scope", "15313", "--as-of", "15/9/2023").out  # before it is due


def test_that_all_conditions_are_done_is_no_recognition(ha_son):
    for number in CONDITIONS:
        done("task", str(number), "--done", "--on", "1/9/2023", "--evidence", "BB")
    tables = json.loads(done("progress", "--scope", "15313", "--year", "2023", "-f", "json").out)
    (row,) = [row for row in tables["lines"] if row["measure"] == "kieu-mau"]
    assert (row["actual_cumulative"], row["status"]) == (0, "incomplete")


def test_a_task_of_the_offices_own_is_listed_last(ha_son):
    done("task", "Họp dân các thôn", "--new", "--on", "1/8/2023", "--due", "15/8/2023")
    assert rows("--as-of", "31/8/2023")[11]["days_late"] == 16
    assert "Kế hoạch ha-son-kh68 đã có việc tên này: 11" in run("task", "họp dân các thôn", "--new").err


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["12", "--done"], "không có việc “12”: các việc đánh số từ 1 đến 10"),
        (["tiêu chí", "--done"], "“tiêu chí” khớp 5 việc"),
        (["7", "--done", "--on", "1/1/2027"], "Chưa đến ngày 01/01/2027"),
        (["7", "--done", "--on", "1/8/2025"], "xã Hà Sơn (huyện Hà Trung) không tồn tại"),
        (["7", "--done", "--open"], "Chỉ dùng một trong các tuỳ chọn --done, --open, --drop"),
        (["7", "--open", "--on", "20/9/2023"], "Sổ đã ghi khác về việc"),
        (["7", "--done", "--on", "20/9/2023"], "Sổ đã ghi đúng như thế"),
        (["7", "--done", "--on", "20/9/2023", "--evidence", "BB khác"], "Sổ đã ghi khác về việc"),
        (["--done"], "chỉ dùng cùng VIỆC"),
        (["7", "--done", "--scope", "Hà Trung"], "chưa có kế hoạch nào của huyện Hà Trung"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(ha_son, argv, words):
    done("task", "7", "--done", "--on", "20/9/2023", "--evidence", "BB")
    before = facts()
    refused = run("task", *argv)
    assert refused.code in (1, 2)
    assert words in " ".join(refused.err.split())
    assert facts() == before


def test_what_was_wrong_is_corrected_with_the_reason(ha_son):
    done("task", "7", "--done", "--on", "20/9/2023", "--evidence", "BB")
    done("task", "7", "--open", "--on", "20/9/2023", "--reason", "báo nhầm việc khác")
    assert rows("--as-of", "30/9/2023")[7]["status"] == "under_way"
    assert "báo nhầm việc khác" in done("history", "3").out
    back = done("task", "7", "--done", "--on", "1/9/2023")
    assert "vẫn tính theo ngày đó" in back.err  # a later day says otherwise


def test_milestones_of_a_province_stand_the_same_way(office):
    begin("Quảng Bình")
    run("roadmap", "import", "quang-binh-stnmt")
    done("task", "sơ kết", "--done", "--on", "20/12/2023", "--evidence", "BC 120")
    shown = done("progress", "--year", "2023").out
    assert "Sơ kết, đánh giá, rút kinh nghiệm vào năm 2023" in shown
    assert "đã xong" in shown
