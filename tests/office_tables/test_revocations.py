"""What a table says was taken back: in columns of its own it is taken, in a remark asked about, without a day refused
with the command · corrections made with a reason are taken back only by consent."""

import json

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from ntmtrack.commands import Session
from tests.office_tables.reading import faults, table, told, weigh
from tests.running import run

pytestmark = pytest.mark.usefixtures("ledger")


def rows(office, *lines, head="Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký;Ghi chú"):
    return str(table(office / "a.csv", "\n".join((head, *lines)) + "\n"))


def answer(monkeypatch, *answers):
    typed = iter(answers)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda *_: next(typed))


def known(unit):
    return json.loads(run("show", unit, "-f", "json").out)["recognitions"]


def remarks():
    """What stands below the recognitions of Mỹ Thuận, one a line."""
    lines = run("show", "Mỹ Thuận").out.splitlines()
    return [line.removeprefix("· ") for line in lines if line.startswith("· đạt chuẩn NTM")]


REMARK = "Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;Đã thu hồi theo QĐ 15/QĐ-UBND ngày 10/3/2024"


def test_a_remark_is_refused_with_the_command_that_records_it(office):
    file = rows(office, REMARK)
    result, lines = weigh(file)
    assert (result.code, list(faults(lines))) == (3, ["F2"])
    (line,) = lines
    command = line["fix"].split(": ", 1)[1]
    assert command == 'ntmtrack revoke 30838 --level ntm --date 10/03/2024 --decision "15/QĐ-UBND"'
    assert run("import", rows(office, REMARK.rsplit(";", 1)[0])).code == 0
    assert run("revoke", "30838", "--level", "ntm", "--date", "10/03/2024", "--decision", "15/QĐ-UBND").code == 0


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (REMARK, "F2"),
        ("Mỹ Thuận;NTM (đã thu hồi ngày 10/3/2024);2022;12/QĐ-UBND;5/1/2023;", "B2"),
        ("Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;bi thu hoi 10.3.2024", "F2"),
    ],
)
def test_on_a_terminal_it_is_taken_once_confirmed(office, monkeypatch, row, cell):
    answer(monkeypatch, False, True)
    assert run("import", rows(office, row), "--no-annotate").code == 3
    answer(monkeypatch, True, True)
    confirmed = run("import", rows(office, row))
    assert confirmed.code == 0
    assert f"{cell}: xã Mỹ Thuận" in confirmed.err
    (one,) = known("Mỹ Thuận")
    assert one["revoked_on"].startswith("2024-03-10")
    again = run("import", rows(office, row))
    assert "Không có gì để ghi" in again.err


@pytest.mark.parametrize("remark", ["bị thu hồi", "thu hồi danh hiệu"])
def test_without_a_day_it_is_never_taken(office, monkeypatch, remark):
    answer(monkeypatch, True, True)
    _result, lines = weigh(rows(office, f"Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;{remark}"))
    assert "--date NGÀY" in lines[0]["fix"]


@pytest.mark.parametrize(
    "remark",
    [
        *("đề nghị thu hồi ngày 10/3/2024", "chưa thu hồi", "không thu hồi", "Thu hồi: không", "thu hoi: khong"),
        *("Việc thu hồi chưa thực hiện năm 2024", "Thu hồi - chưa"),
    ],
)
def test_what_was_not_done_is_no_revocation(office, monkeypatch, remark):
    answer(monkeypatch, True, True)
    assert list(faults(weigh(rows(office, f"Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;{remark}"))[1])) == ["F2"]


@pytest.mark.parametrize(
    ("remark", "day"),
    [
        *(("Thu hồi 2024", "2024"), ("thu hoi nam 2024", "2024"), ("Đã thu hồi chưa rõ lý do, năm 2024", "2024")),
        *(("Đảng uỷ xã đã họp, thu hồi 3/2024", "03/2024"), ("Thu hồi đất 2023, đã thu hồi danh hiệu 2024", "2024")),
    ],
)
def test_the_day_of_a_revocation_as_far_as_a_remark_tells_it(office, remark, day):
    (line,) = weigh(rows(office, f"Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;{remark}"))[1]
    assert line["fix"].endswith(f": ntmtrack revoke 30838 --level ntm --date {day}")


@pytest.mark.parametrize("remark", ["Đã thu hồi đất năm 2024 làm đường", "đã thu hồi vốn", "thu hồi kinh phí còn dư"])
def test_what_else_is_taken_back_is_nothing_of_the_recognition(office, remark):
    _result, lines = weigh(rows(office, f"Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;{remark}"))
    assert [one["state"] for one in lines] == ["new"]


def test_the_number_of_a_decision_in_its_own_column_is_no_year(office):
    head = "Tên xã;Danh hiệu;Năm;Ngày thu hồi;Số QĐ thu hồi"
    file = rows(office, "Mỹ Thuận;NTM;2021;10/3/2024;2023", head=head)
    assert run("import", file, "--yes").code == 0
    assert "10/03/2024 · 2023" in run("show", "Mỹ Thuận").out


def test_a_day_of_revocation_that_may_be_month_first_is_asked_about(office):
    head = "Tên xã;Danh hiệu;Năm;Ngày thu hồi"
    file = rows(office, "Mỹ Thuận;NTM;2021;01/25/2024", "Sơn Bình;NTM;2021;03/05/2024", head=head)
    assert {*faults(weigh(file)[1])} == {"D2", "D3"}


REVOKE = ("revoke", "30838", "--level", "ntm", "--date", "10/03/2024", "--decision", "15/QĐ-UBND")


@pytest.mark.parametrize(
    "remark", ["Đã thu hồi theo QĐ 15/QĐ-UBND ngày 10/3/2024", "đã thu hồi", "bị thu hồi năm 2024", "thu hồi 3/2024"]
)
def test_the_table_changes_nothing_once_its_revocation_is_recorded_as_told(office, remark):
    row = "Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;"
    assert run("import", rows(office, row), "--yes").code == 0
    assert run(*REVOKE).code == 0
    result, lines = weigh(rows(office, row + remark))
    assert (result.code, [one["state"] for one in lines]) == (0, ["same"])


def test_an_old_list_brings_nothing_back_in_the_year_of_the_revocation(office):
    file = rows(office, "Mỹ Thuận;2024", head="Tên xã;Năm đạt chuẩn NTM")
    assert run("import", file, "--yes").code == 0
    assert run(*REVOKE).code == 0
    assert "đã thu hồi" in str(faults(weigh(file)[1]))


def test_of_several_levels_the_one_revoked_on_record_is_meant(office):
    head = "Tên xã;NTM;NTM nâng cao;Ghi chú"
    assert run("import", rows(office, "Mỹ Thuận;2018;2022;", head=head), "--yes").code == 0
    file = rows(office, "Mỹ Thuận;2018;2022;đã thu hồi 10/3/2024", head=head)
    assert weigh(file)[0].code == 3
    assert run("revoke", "30838", "--level", "nang-cao", "--date", "10/03/2024").code == 0
    assert [one["state"] for one in weigh(file)[1]] == ["same", "same"]


def test_a_revocation_of_another_day_than_on_record_is_asked_about(office):
    row = "Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;"
    assert run("import", rows(office, row), "--yes").code == 0
    assert run(*REVOKE).code == 0
    assert weigh(rows(office, row + "đã thu hồi ngày 11/3/2024"))[0].code == 3


def test_columns_of_their_own_are_taken(office):
    head = "Tên xã;Danh hiệu;Năm;Ngày thu hồi;Số QĐ thu hồi;Lý do thu hồi"
    file = rows(office, "Mỹ Thuận;NTM;2021;10/3/2024;Số 15/QD-UBND;rớt", "Sơn Bình;NTM;2021;;;", head=head)
    assert run("import", file, "--yes").code == 0
    assert "10/03/2024 · 15/QĐ-UBND: rớt" in run("show", "Mỹ Thuận").out
    assert "Không có gì để ghi" in run("import", file, "--yes").err


def test_one_on_record_is_revoked_and_one_revoked_otherwise_is_not_touched(office):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2021")
    head = "Tên xã;Danh hiệu;Năm;Thu hồi"
    _result, lines = weigh(rows(office, "Mỹ Thuận;NTM;2021;10/3/2024", head=head))
    assert told(lines, "changed") == [("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2021; thu hồi 10/03/2024")]
    run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "10/5/2024")
    assert list(faults(weigh("a.csv")[1])) == ["C2"]


class TestRevokedInARowThatTellsMore:
    HEAD = "Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký;Thu hồi;Ghi chú"

    @pytest.fixture(autouse=True)
    def on_record(self, office, ledger):
        run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022", "--decision", "12/QĐ-UBND", "--date", "5/1/2023")

    def test_what_is_shown_as_corrected_is_corrected(self, office):
        before = known("Mỹ Thuận")
        file = rows(office, "Mỹ Thuận;NTM;2022;15/QĐ-UBND;20/1/2023;5/3/2024;sát nhập", head=self.HEAD)
        _result, lines = weigh(file)
        assert told(lines, "changed") == [
            (
                "xã Mỹ Thuận (huyện Hòn Đất)",
                "đạt chuẩn NTM, năm 2022, Quyết định 15/QĐ-UBND ngày 20/01/2023; thu hồi 05/03/2024",
            )
        ]
        assert run("import", file, "--yes").code == 0
        (one,) = known("Mỹ Thuận")
        assert (one["decision"], one["revoked_on"], remarks()) == (
            "15/QĐ-UBND",
            "2024-03-05",
            ["đạt chuẩn NTM: sát nhập"],
        )
        assert "Không có gì để ghi" in run("import", file, "--yes").err
        assert run("undo").code == 0
        assert known("Mỹ Thuận") == before

    def test_what_it_leaves_open_stays(self, office):
        run("edit", "Mỹ Thuận", "-l", "ntm", "--note", "đợt 1", "--reason", "thiếu")
        assert run("import", rows(office, "Mỹ Thuận;NTM;2022;;;5/3/2024;", head=self.HEAD), "--yes").code == 0
        (one,) = known("Mỹ Thuận")
        assert (one["decision"], one["revoked_on"], remarks()) == ("12/QĐ-UBND", "2024-03-05", ["đạt chuẩn NTM: đợt 1"])

    def test_a_remark_that_tells_the_revocation_is_not_that_of_the_recognition(self, office, monkeypatch):
        run("edit", "Mỹ Thuận", "-l", "ntm", "--note", "đợt 1", "--reason", "thiếu")
        answer(monkeypatch, True, True)
        assert run("import", rows(office, "Mỹ Thuận;NTM;2022;;;;thu hồi 5/3/2024", head=self.HEAD)).code == 0
        (one,) = known("Mỹ Thuận")
        assert (one["revoked_on"], remarks()) == ("2024-03-05", ["đạt chuẩn NTM: đợt 1"])

    def test_a_made_up_row_corrects_nothing(self, office):
        head, row = f"{self.HEAD};confidence", "Mỹ Thuận;NTM;2022;15/QĐ-UBND;20/1/2023;5/3/2024;;minh hoạ"
        assert "dòng này không thay được" in str(faults(weigh(rows(office, row, head=head))[1]))

    def test_a_correction_with_a_reason_is_not_taken_back_in_passing(self, office):
        fix = ("--decision", "14/QĐ-UBND", "--date", "5/1/2023", "--reason", "nhầm số")
        assert run("edit", "Mỹ Thuận", "-l", "ntm", *fix).code == 0
        refused = run("import", rows(office, "Mỹ Thuận;NTM;2022;12/QĐ-UBND;;5/3/2024;", head=self.HEAD), "--yes")
        assert (refused.code, "đã được sửa" in refused.out) == (1, True)

    def test_once_revoked_a_row_of_another_decision_is_not_called_the_same(self, office):
        run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "5/3/2024")
        row = "Mỹ Thuận;NTM;2022;15/QĐ-UBND;20/1/2023;5/3/2024;"
        assert "sau đó đã thu hồi" in str(faults(weigh(rows(office, row, head=self.HEAD))[1]))


@pytest.mark.parametrize("day", ["10/3/2020", "10/3/2030"])
def test_days_before_the_recognition_or_to_come_are_refused(office, day):
    assert weigh(rows(office, f"Mỹ Thuận;NTM;2021;{day}", head="Tên xã;Danh hiệu;Năm;Thu hồi"))[0].code == 3


def test_of_several_levels_it_must_be_said_which(office):
    head = "Tên xã;NTM;NTM nâng cao;Thu hồi"
    _result, lines = weigh(rows(office, "Mỹ Thuận;2018;2022;10/3/2024", head=head))
    assert all("không rõ thu hồi mức nào" in rule for rule in faults(lines).values())


@pytest.mark.parametrize("file", ["so.csv", "so.xlsx"])
def test_revocations_come_back_from_the_export(office, built_ledger, file):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2018", "--decision", "1/QĐ-UBND", "--date", "5/1/2019")
    revoking = ["--decision", "3/QĐ-UBND", "--issuer", "UBND tỉnh", "--reason", "rớt"]
    run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "5/6/2019", *revoking)
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2019", "--decision", "9/QĐ-UBND", "--date", "5/12/2019")
    run("record", "Mỹ Thuận", "-l", "nang-cao", "--year", "2020")
    run("revoke", "Mỹ Thuận", "-l", "nang-cao", "--date", "2022")
    before = known("Mỹ Thuận")
    run("export", file, *(["--sheets", "data"] if file == "so.xlsx" else []))
    sheet = ["--sheet", "Dữ liệu"] if file == "so.xlsx" else []
    (office / "so.db").write_bytes(built_ledger.read_bytes())
    assert run("import", file, *sheet, "--yes").code == 0
    after = known("Mỹ Thuận")
    assert [{**one, "source": None} for one in after] == [{**one, "source": None} for one in before]
    assert len(after) == 3
    assert "Không có gì để ghi" in run("import", file, *sheet, "--yes").err


# Corrections with a reason ------------------------------------------------------------------------------------------

EDITED = "Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;"


class TestCorrectedWithAReason:
    @pytest.fixture(autouse=True)
    def corrected(self, office, ledger):
        run("import", rows(office, EDITED), "--yes")
        run("edit", "Mỹ Thuận", "-l", "ntm", "--year", "2021", "--reason", "nhầm năm", who="Trần B")

    def test_it_is_not_taken_back_in_passing(self):
        refused = run("import", "a.csv", "--yes")
        assert refused.code == 1
        assert "A2: xã Mỹ Thuận (huyện Hòn Đất) đã được sửa (Trần B, ngày 21/11/2026, “nhầm năm”)" in refused.out
        assert known("Mỹ Thuận")[0]["year"] == 2021

    def test_it_is_where_that_is_said(self):
        assert run("import", "a.csv", "--yes", "--over-edits").code == 0
        assert known("Mỹ Thuận")[0]["year"] == 2022

    @pytest.mark.parametrize(("says", "year"), [(True, 2022), (False, 2021)])
    def test_on_a_terminal_it_is_asked_in_spite_of_yes(self, monkeypatch, says, year):
        answer(monkeypatch, says)
        assert run("import", "a.csv", "--yes").code == (0 if says else 1)
        assert known("Mỹ Thuận")[0]["year"] == year

    def test_what_the_correction_left_alone_may_change(self, office):
        assert run("import", rows(office, f"{EDITED.replace('2022', '2021', 1)}ghi thêm"), "--yes").code == 0
        assert known("Mỹ Thuận")[0]["year"] == 2021
        assert run("import", rows(office, EDITED), "--yes").code == 1  # the correction holds after other changes too

    def test_one_that_was_taken_back_binds_nobody(self, office):
        run("undo")
        run("edit", "Mỹ Thuận", "-l", "ntm", "--note", "x", "--reason", "y")
        assert run("import", rows(office, EDITED.replace("2022", "2021", 1)), "--yes").code == 0


@pytest.mark.parametrize("heading", ["Ghi chú", "Đợt xét"])
def test_a_column_left_unread_still_tells_what_was_taken_back(office, heading):
    head = f"Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký;{heading}"
    plan = "Sơn Bình;NTM;2022;12/QĐ-UBND;5/1/2023;Đăng ký nâng cao 2026"
    gone = [
        "Mỹ Thuận;NTM;2022;12/QĐ-UBND;5/1/2023;đã thu hồi",
        "Mỹ Lâm;NTM;2022;12/QĐ-UBND;5/1/2023;Bị thu hồi theo QĐ 9/QĐ-UBND ngày 3/4/2024",
    ]
    file = rows(office, plan, *gone, head=head)
    result, lines = weigh(file, "--map", "F=skip")
    assert (result.code, list(faults(lines))) == (3, ["F3", "F4"])
    assert [unit for unit, _what in told(lines)] == ["xã Sơn Bình (huyện Hòn Đất)"]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("Mỹ Thuận;NTM;dự kiến 2025", "C2"),
        ("Mỹ Thuận;NTM;2024 (dự kiến)", "C2"),
        ("Mỹ Thuận (đang trình);NTM;2024", "A2"),
    ],
)
def test_a_year_or_a_name_that_speaks_of_a_plan_is_left_out(office, row, cell):
    result, lines = weigh(rows(office, row, head="Tên xã;Danh hiệu;Năm"))
    assert (result.code, list(faults(lines))) == (3, [cell])
    assert lines[0]["fix"] == "bỏ dòng này"


def test_a_mark_that_speaks_of_a_plan_is_left_out(office):
    _result, lines = weigh(rows(office, "Mỹ Thuận;x (đang trình);2024", head="Tên xã;Đạt chuẩn NTM;Năm"))
    assert list(faults(lines)) == ["B2"]
    assert lines[0]["fix"] == "bỏ dòng này"


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("Mỹ Thuận (đã thu hồi);x;2022", "A2"),
        ("Mỹ Thuận;x (đã thu hồi);2022", "B2"),
        ("Mỹ Thuận;x;2022 (đã thu hồi ngày 10/3/2024)", "C2"),
    ],
)
def test_a_revocation_beside_a_name_a_mark_or_a_year_is_one_in_a_remark(office, row, cell):
    _result, lines = weigh(rows(office, row, head="Tên xã;Đạt chuẩn NTM;Năm"))
    assert list(faults(lines)) == [cell]
    assert "ntmtrack revoke 30838 --level ntm" in lines[0]["fix"]


NO_RECOGNITIONS = [
    *("đang chờ quyết định", "Hồ sơ đã trình, chờ QĐ", "Chờ", "chờ tỉnh", "Nợ tiêu chí 17", "còn nợ 2 TC", "trượt"),
    *("QĐ hết hiệu lực", "Rút danh hiệu năm 2023", "Huỷ kết quả", "Hủy bỏ", "Bị bãi bỏ QĐ 13", "ko đạt", "Đạt 17/19"),
    *("đạt 18/19 tiêu chí", "da trinh, cho QD", "no tieu chi 17", "bản dự thảo", "sẽ công nhận quý IV"),
]
PLAIN_REMARKS = [
    *("đạt 19/19 tiêu chí", "19/19", "đã công bố", "thay QĐ số 12/QĐ-UBND", "không", "đã hoàn thành", "da hoan thanh"),
    *("rút kinh nghiệm", "Nguyễn Văn Huy", "nguyen van huy", "thị trấn Chờ", "xã Khổng Lào", "không còn nợ tiêu chí"),
    *("đợt 1", "12/19", "Chương trình mục tiêu quốc gia", "trước là huyện Hà Bắc", "truoc la Ha Bac", "đạt tất cả"),
]


@pytest.mark.parametrize("heading", ["Ghi chú", "Kết quả thẩm định"])
@pytest.mark.parametrize("remark", NO_RECOGNITIONS)
def test_a_row_is_held_back_whose_remark_or_verdict_denies_it(office, remark, heading):
    head = f"Tên xã;Danh hiệu;Năm;{heading}"
    assert list(faults(weigh(rows(office, f"Mỹ Thuận;NTM;2022;{remark}", head=head))[1])) == ["D2"]


@pytest.mark.parametrize("remark", PLAIN_REMARKS)
def test_a_row_is_taken_whose_remark_only_sounds_so(office, remark):
    head = "Tên xã;Danh hiệu;Năm;Ghi chú"
    assert len(told(weigh(rows(office, f"Mỹ Thuận;NTM;2022;{remark}", head=head))[1])) == 1


@pytest.mark.parametrize("remark", ["QĐ hết hiệu lực", "Rút danh hiệu năm 2023", "Huỷ kết quả"])
def test_leaving_a_column_unread_does_not_bring_back_what_is_no_more(office, remark):
    file = rows(office, f"Mỹ Thuận;NTM;2022;{remark}", head="Tên xã;Danh hiệu;Năm;Ghi chú")
    (line,) = weigh(file)[1]
    assert (line["cell"], line["fix"]) == ("D2", "bỏ dòng này, hoặc xoá trắng ô")
    assert list(faults(weigh(file, "--map", "D=skip")[1])) == ["D2"]


def test_leaving_a_verdict_unread_is_not_proposed(office):
    file = rows(office, "Mỹ Thuận;NTM;2022;Không đạt", head="Tên xã;Danh hiệu;Năm;Kết quả thẩm định")
    assert weigh(file)[1][0]["fix"] == "bỏ dòng này, hoặc xoá trắng ô"


@pytest.mark.parametrize("cell", ["không", "Không", "chưa", "0", "-", "chưa thu hồi", "không có", "khong"])
@pytest.mark.parametrize("heading", ["Thu hồi", "Số QĐ thu hồi"])
def test_what_a_column_says_was_not_taken_back_stands(office, cell, heading):
    file = rows(office, f"Mỹ Thuận;NTM;2022;{cell}", head=f"Tên xã;Danh hiệu;Năm;{heading}")
    assert told(weigh(file)[1]) == [("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2022")]


@pytest.mark.parametrize("cell", ["đề nghị thu hồi 10/3/2024", "đang xem xét", "dự kiến 2026"])
def test_what_is_only_to_be_taken_back_is_no_revocation(office, cell):
    (line,) = weigh(rows(office, f"Mỹ Thuận;NTM;2022;{cell}", head="Tên xã;Danh hiệu;Năm;Thu hồi"))[1]
    assert (line["cell"], "revoke" in line["fix"]) == ("D2", False)


def test_why_it_was_taken_back_does_not_deny_a_revocation_that_a_column_tells(office):
    file = rows(office, "Mỹ Thuận;NTM;2021;10/3/2024;không giữ chuẩn", head="Tên xã;Danh hiệu;Năm;Thu hồi;Lý do")
    assert [line["state"] for line in weigh(file)[1]] == ["new"]


def test_a_column_of_verdicts_is_not_said_to_be_unread(office):
    file = rows(office, "Mỹ Thuận;NTM;2022;Đạt", head="Tên xã;Danh hiệu;Năm;Kết quả thẩm định")
    assert "không được đọc" not in run("import", file, "--dry-run").out


FOOTED = "Tên xã;Danh hiệu;Năm;Ghi chú"


@pytest.mark.parametrize(
    ("row", "cell", "note"),
    [
        ("Mỹ Thuận (*);NTM;2022;", "A2", "(*) xã Mỹ Thuận chưa đạt tiêu chí 17, đang hoàn thiện hồ sơ để thẩm định;;;"),
        ("Mỹ Thuận *;NTM;2022;", "A2", "Ghi chú: (*) chờ quyết định;;;"),
        ("Mỹ Thuận (**);NTM;2022;", "A2", "(*) xã đảo, (**) QĐ đã hết hiệu lực từ năm 2024;;;"),
        ("Mỹ Thuận (1);NTM;2022;", "A2", "(1) Đã thu hồi năm 2023;;;"),
        ("Mỹ Thuận;NTM (*);2022;", "B2", "(*) chưa công bố;;;"),
    ],
)
def test_a_row_is_held_back_whose_footnote_denies_it(office, row, cell, note):
    result, lines = weigh(rows(office, row, "Sơn Bình;NTM;2022;", note, head=FOOTED))
    assert (result.code, list(faults(lines))) == (3, [cell])
    assert [unit for unit, _what in told(lines)] == ["xã Sơn Bình (huyện Hòn Đất)"]


def test_a_footnote_that_denies_nothing_is_said(office):
    note = "(*) xã đảo, sát nhập từ hai xã cũ theo nghị quyết của tỉnh năm 2019;;;"
    result = run("import", rows(office, "Mỹ Thuận (*);NTM;2022;", note, head=FOOTED), "--dry-run")
    assert (result.code, "Chú thích (*) của A2, không nhập: “xã đảo, sát nhập" in result.out) == (0, True)
    alone = run("import", rows(office, "Mỹ Thuận (*);NTM;2022;", head=FOOTED), "--dry-run")
    assert (alone.code, "Không thấy chú thích của dấu (*) ở A2." in alone.out) == (0, True)


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        *(("Ghi chú: các xã trên chưa được công nhận", 3), ("Lưu ý: danh sách dự thảo", 3)),
        *(("Nguồn: kế hoạch của tỉnh, chưa công bố", 0), ("Ghi chú: số liệu chưa rà soát", 0)),
    ],
)
def test_a_remark_on_the_whole_table_that_denies_it_is_asked_about(office, remark, code):
    result = run("import", rows(office, "Mỹ Thuận;NTM;2022;", f"{remark};;;", head=FOOTED), "--dry-run")
    assert (result.code, f"dòng ghi chú “{remark}”" in result.err) == (code, bool(code))


def commented(file, text, author="cán bộ"):
    book = Workbook()
    for line in (["Tên xã", "Danh hiệu", "Năm"], ["Mỹ Thuận", "NTM", 2022], ["Sơn Bình", "NTM", 2022]):
        book.active.append(line)
    book.active["B2"].comment = Comment(text, author)
    book.active["A1"].comment = Comment("Không được để trống", author)
    book.save(file)
    return str(file)


@pytest.mark.parametrize("text", ["Đã thu hồi năm 2023", "Lan:\nchờ quyết định", "không đạt, xem lại"])
def test_a_row_is_held_back_on_which_a_comment_denies_it(office, text):
    _result, lines = weigh(commented(office / "a.xlsx", text))
    assert list(faults(lines)) == ["Sheet!B2"]
    assert f"“{' '.join(text.split())}”" in lines[-1]["rule"]
    assert [unit for unit, _what in told(lines)] == ["xã Sơn Bình (huyện Hòn Đất)"]


@pytest.mark.parametrize("text", ["Đã kiểm tra hồ sơ", "QĐ 12/QĐ-UBND ngày 5/1/2023"])
def test_a_comment_that_denies_nothing_is_passed_over(office, text):
    assert len(told(weigh(commented(office / "a.xlsx", text))[1])) == 2


def test_what_a_marked_copy_says_of_a_fault_is_no_comment_of_an_officer(office):
    file = commented(office / "a.xlsx", "Đã thu hồi năm 2023")
    assert run("import", file, "--annotate", "b.xlsx").code == 3
    assert list(faults(weigh("b.xlsx")[1])) == ["Sheet!B2"]  # what the officer remarked stands in the copy
    book = load_workbook("b.xlsx")
    assert "ntmtrack: " in book.active["B2"].comment.text
    book.active["B2"].comment = Comment("Dòng này nói chưa đạt", "ntmtrack")
    book.save("b.xlsx")
    assert len(told(weigh("b.xlsx")[1])) == 2


@pytest.mark.parametrize(
    ("remark", "is_proposed"),
    [
        ("Đăng ký nâng cao 2026", True),
        ("Phấn đấu kiểu mẫu", True),
        ("không đạt", False),
        ("trượt", False),
        ("chờ QĐ", False),
        ("Không công nhận lại", False),
        ("Dự kiến, chưa đạt", False),
    ],
)
def test_a_remark_is_left_unread_only_where_it_may_be_of_the_next_level(office, remark, is_proposed):
    _result, lines = weigh(rows(office, f"Mỹ Thuận;NTM;2024;{remark}", head="Tên xã;Danh hiệu;Năm;Ghi chú"))
    assert list(faults(lines)) == ["D2"]
    assert ("--map" in lines[0]["fix"]) is is_proposed
