"""The paragraphs of `--text`: KH 168's own, number by number as the document prints them · the other plans in their
sentence shapes · progress in the same sentences, with what is not real said beside it."""

import re
from pathlib import Path

import openpyxl
import pytest

from tests.running import begin, run
from tests.test_five_plans import KH168_NUMBERS

PLAN_OF_DISTRICTS = """
[roadmap]
key = "kien-giang-2022"
title = "Kế hoạch thử"
number = "1/KH-UBND"
issued_on = 2022-07-12
issuer = "UBND tỉnh Kiên Giang"
programme = "2021-2025"
scope_code = "91"
scope_name = "tỉnh Kiên Giang"
base_year = 2020

[[line]]
tier = "district"
measure = "ntm"
figure = [{ year = 2023, operator = ">=", cumulative = 3, cite = "mục 1"%s }]
"""
NUMBER = re.compile(r"\d+(?:,\d+)?")


def numbers(text):
    return NUMBER.findall(text)


@pytest.fixture
def paragraphs():
    return run("roadmap", "show", "kien-giang-kh168", "--text").out.splitlines()


@pytest.mark.parametrize("year", [2021, 2022, 2023, 2024, 2025])
def test_each_year_of_kh_168_has_the_numbers_of_the_document_in_their_order(paragraphs, year):
    (said,) = [text for text in paragraphs if text.startswith(f"- Năm {year}: ")]
    assert numbers(said.removeprefix(f"- Năm {year}: ")) == KH168_NUMBERS[year]


def test_the_whole_period_of_kh_168_has_them_too(paragraphs):
    said = paragraphs[0]
    assert said.startswith(
        "Đến năm 2025, toàn tỉnh phấn đấu có thêm 06 đơn vị cấp huyện đạt chuẩn NTM (thành phố Hà Tiên,"
    )
    assert numbers(said.removeprefix("Đến năm 2025")) == KH168_NUMBERS["period"]
    assert "thêm 37 xã đạt chuẩn NTM, trong đó có thêm 40 xã đạt chuẩn NTM nâng cao" in said  # the plan's own fault


def test_units_that_the_whole_does_not_name_are_no_part_of_it(paragraphs):
    assert "huyện An Minh), thêm 02 đơn vị cấp huyện đạt chuẩn NTM nâng cao (huyện Kiên Hải, huyện Tân" in paragraphs[0]


def test_a_year_already_past_was_reached_and_is_not_aimed_at(paragraphs):
    assert "- Năm 2021: Có thêm 02" in paragraphs[1]
    assert "- Năm 2022: Phấn đấu có thêm 02" in paragraphs[2]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "thai-binh-kh104",
            "trên 20% số xã đạt chuẩn NTM nâng cao, trong đó có ít nhất 10% số xã đạt chuẩn NTM kiểu mẫu; 01 đơn vị"
            " cấp huyện đạt chuẩn NTM nâng cao",
        ),
        ("quang-binh-stnmt", "ít nhất 112 xã đạt chuẩn NTM (87%), khoảng 39 xã đạt chuẩn NTM nâng cao (30%), 13 xã"),
        ("quang-binh-stnmt", "nhiều nhất 04 xã dưới 15 tiêu chí; 01–02 đơn vị cấp huyện đạt chuẩn NTM; 49 thôn, bản"),
        ("lai-chau-2022", "thêm 02 đơn vị cấp huyện đạt chuẩn NTM (huyện Tam Đường, huyện Than Uyên)"),
        ("lai-chau-2022", "57,5% số xã đạt chuẩn NTM, 04 xã đạt chuẩn NTM nâng cao"),
        ("ha-son-kh68", "hoàn thành hồ sơ đề nghị công nhận xã đạt NTM kiểu mẫu trước 30/9: đến 30/09/2023"),
        ("quoc-gia-2026-2030", "khoảng 65% số xã đạt chuẩn NTM, trong đó có khoảng 10% số xã đạt chuẩn NTM hiện đại"),
    ],
)
def test_other_plans_in_their_own_sentences(key, said):
    assert said in run("roadmap", "show", key, "--text").out


@pytest.mark.usefixtures("demo")
class TestOfProgress:
    def test_in_the_sentences_of_the_plan(self):
        added, total, left, against, not_real = run("progress", "--year", "2021", "--text").out.splitlines()
        assert (
            added == "Năm 2021, toàn tỉnh có thêm 11 xã đạt chuẩn nông thôn mới (NTM) (minh hoạ; danh sách kèm theo)."
        )
        assert "có 05/15 đơn vị cấp huyện đạt chuẩn NTM (33,33%); 90/116 xã đạt chuẩn NTM (77,59%)" in total
        assert total.startswith("Luỹ kế đến 31/12/2021, toàn tỉnh")
        districts, communes = left.removeprefix("Còn ").split("; ")
        assert districts.startswith(
            "10 đơn vị cấp huyện chưa đạt chuẩn NTM, gồm: thành phố Rạch Giá, huyện Kiên Lương,"
        )
        assert communes == "26 xã chưa đạt chuẩn NTM (danh sách kèm theo)."
        assert "90 xã đạt chuẩn NTM (kế hoạch 90, chênh lệch 0)" in against
        assert not_real == "Số liệu MINH HOẠ, không phải số thật: 76/90 xã đạt chuẩn NTM."

    def test_what_figures_are_not_comparable_at_once_is_said_in_the_sentence(self):
        said = run("progress", "--as-of", "30/6/2023", "--basis", "decision", "--text").out
        assert "Luỹ kế đến 30/06/2023 (theo ngày ký quyết định), toàn tỉnh" in said
        assert "Năm 2023 (đến 30/06/2023), toàn tỉnh" in said
        assert "Kế hoạch đến hết năm 2023, chưa đến hạn (Kế hoạch số 168/KH-UBND" in said
        assert "còn thiếu" not in said
        said = run("progress", "--year", "2022", "--roadmap", "quoc-gia-2021-2025", "--text").out
        assert "Kế hoạch đến hết năm 2025, chưa đến hạn (Quyết định số 263/QĐ-TTg" in said
        assert "xã đạt chuẩn NTM ít nhất 80%: ít nhất 93, đã có 105 (112,9%), đã đủ" in said
        said = run("progress", "--year", "2022", "--roadmap", "quoc-gia-2021-2025", "--text", "--straight").out
        assert "trên đường thẳng đến năm 2025, văn bản không in" in said

    def test_where_nothing_was_reached(self, office):
        begin("Ninh Thuận", db="ninh-thuan.db")
        said = run("progress", "--year", "2024", "--text", "--db", "ninh-thuan.db").out
        listed = "(danh sách xã là danh sách ngày 30/06/2025)"
        assert said.strip() == f"Đến 31/12/2024 {listed}, chưa ghi nhận kết quả công nhận nào của toàn tỉnh."

    def test_of_a_district(self):
        said = run("progress", "--year", "2024", "--scope", "Hòn Đất", "--text").out
        assert "toàn huyện có 12/12 xã đạt chuẩn NTM (100%)" in said

    def test_in_english_and_for_machines(self):
        assert (
            "In 2021, the whole province has 11 more communes"
            in run("progress", "--year", "2021", "--text", "--lang", "en").out
        )
        assert run("progress", "--year", "2021", "--text", "-f", "csv").out.startswith("roadmap,tier,measure,")


def test_a_level_that_rests_on_a_higher_one_alone_is_said(office):
    begin("Kiên Giang")
    assert run("record", "Tân Hiệp A", "--level", "nang-cao", "--year", "2023").code == 0
    assert run("record", "Mỹ Lâm", "--level", "ntm", "--year", "2023").code == 0
    said = run("progress", "--year", "2023", "--text").out
    assert (
        "thêm 02 xã đạt chuẩn nông thôn mới (NTM) (trong đó 01 tính theo mức cao hơn), gồm: xã Mỹ Lâm (huyện Hòn Đất),"
        " xã Tân Hiệp A (huyện Tân Hiệp); thêm 01 xã đạt chuẩn NTM nâng cao: xã Tân Hiệp A (huyện Tân Hiệp)." in said
    )
    assert run("export", "r.xlsx", "--year", "2023").code == 0
    rows = [" ".join(map(str, row)) for row in openpyxl.load_workbook("r.xlsx")["Mới trong năm"].values]
    of_unit = [row for row in rows if "Tân Hiệp A" in row]
    assert ["chỉ tính theo NTM nâng cao" in row for row in of_unit] == [True, False]


@pytest.mark.usefixtures("demo")
def test_the_sentences_say_of_which_day_the_units_are_and_what_is_left_out():
    said = run("progress", "--year", "2025", "--text", "--basis", "decision").out
    assert "31/12/2025 (theo ngày ký quyết định; đơn vị hành chính theo ngày 30/06/2025), toàn tỉnh" in said
    assert "Không tính 13 kết quả công nhận chưa rõ ngày quyết định." in said
    assert "đơn vị hành chính" not in run("progress", "--year", "2024", "--text").out


@pytest.mark.parametrize(
    ("due", "when"),
    [
        ("", "đến hết năm 2023"),
        (', due_on = "2023-06"', "đến hết tháng 6/2023"),
        (", due_on = 2023-06-30", "đến 30/06/2023"),
        (', due_on = "<2023-10"', "trước 10/2023"),
    ],
)
def test_by_when_a_target_is_due_is_told_as_the_plan_does(office, due, when):
    Path("plan.toml").write_text(PLAN_OF_DISTRICTS % due, encoding="utf-8")
    begin("Kiên Giang")
    assert run("roadmap", "import", "plan.toml").code == 0
    assert run("record", "Tân Hiệp A", "--level", "ntm", "--year", "2022").code == 0
    said = run("progress", "--as-of", "31/5/2023", "--text", "--roadmap", "kien-giang-2022").out
    assert (
        f"Kế hoạch {when}, chưa đến hạn (Kế hoạch số 1/KH-UBND ngày 12/07/2022 của UBND tỉnh Kiên Giang): đơn vị cấp"
        " huyện" in said
    )


@pytest.mark.parametrize(
    ("figure", "compared"),
    [
        (
            'year = 2024, percent = "40", percent_operator = ">=", operator = "about", cumulative = 47',
            "02 xã đạt chuẩn NTM nâng cao (kế hoạch ít nhất 40%, khoảng 47, chênh lệch −45)",
        ),
        ('year = 2024, percent = "40", operator = ">=", cumulative = 47', "(kế hoạch ít nhất 47, chênh lệch −45)"),
        (
            'year = 2024, operator = "<=", cumulative = 1',
            "02 xã đạt chuẩn NTM nâng cao (kế hoạch nhiều nhất 01, chênh lệch +1)",
        ),
        (
            'year = 2024, operator = "<", added = 2',
            "02 xã đạt chuẩn NTM nâng cao (kế hoạch thêm dưới 2: nhiều nhất 1, chênh lệch +1)",
        ),
    ],
)
def test_both_figures_of_a_plan_are_compared_and_a_ceiling_is_passed(office, figure, compared):
    lines = PLAN_OF_DISTRICTS.partition("[[line]]")[0]
    text = f'{lines}[[line]]\ntier = "xã"\nlevel = "nâng cao"\nfigure = [{{ {figure}, cite = "mục 1" }}]\n'
    Path("plan.toml").write_text(text, encoding="utf-8")
    begin("Kiên Giang")
    assert run("roadmap", "import", "plan.toml").code == 0
    assert run("record", "Tân Hiệp A", "Tân Hiệp B", "--level", "nang-cao", "--year", "2023").code == 0
    assert compared in run("progress", "--year", "2024", "--text", "--roadmap", "kien-giang-2022").out


class TestWhoCameAndWhoLeft:
    """New units by name with their decision, what was lost and how; too many for a sentence are listed beside it."""

    @pytest.fixture
    def ledger(self, office):
        begin("Kiên Giang")
        run("record", "Mỹ Thuận", "Sơn Bình", "--level", "ntm", "--year", "2022", "--decision", "12/QĐ-UBND")
        run("record", "Thổ Sơn", "--level", "ntm", "--year", "2024", "--decision", "13/QĐ-UBND", "--date", "2/12/2024")
        run("record", "Mỹ Lâm", "--level", "ntm", "--year", "2024", "--decision", "13/QĐ-UBND", "--date", "2/12/2024")
        run("record", "Tân Hiệp A", "--level", "ntm", "--year", "2024", "--decision", "15/QĐ-UBND")
        run("revoke", "Mỹ Thuận", "--level", "ntm", "--decision", "9/QĐ-UBND", "--date", "1/3/2024")

    @pytest.mark.usefixtures("ledger")
    def test_each_with_its_own_decision(self):
        added, lost, *_rest = run("progress", "--year", "2024", "--text").out.splitlines()
        assert added == (
            "Năm 2024, toàn tỉnh có thêm 03 xã đạt chuẩn nông thôn mới (NTM), gồm: "
            "xã Thổ Sơn (huyện Hòn Đất; Quyết định số 13/QĐ-UBND ngày 02/12/2024), "
            "xã Mỹ Lâm (huyện Hòn Đất; Quyết định số 13/QĐ-UBND ngày 02/12/2024), "
            "xã Tân Hiệp A (huyện Tân Hiệp; Quyết định số 15/QĐ-UBND)."
        )
        assert lost == (
            "Năm 2024, giảm 01 xã đạt chuẩn NTM do thu hồi (Quyết định số 9/QĐ-UBND ngày 01/03/2024): "
            "xã Mỹ Thuận (huyện Hòn Đất)."
        )

    @pytest.mark.usefixtures("ledger")
    def test_within_a_district_a_decision_of_all_is_told_once(self):
        added, *_rest = run("progress", "--year", "2024", "--text", "--scope", "huyện Hòn Đất").out.splitlines()
        assert added == (
            "Năm 2024, toàn huyện có thêm 02 xã đạt chuẩn nông thôn mới (NTM) "
            "(Quyết định số 13/QĐ-UBND ngày 02/12/2024), gồm: xã Thổ Sơn, xã Mỹ Lâm."
        )

    @pytest.mark.usefixtures("demo")
    def test_more_than_ten_are_listed_elsewhere(self):
        assert (
            "thêm 16 xã đạt chuẩn NTM nâng cao (danh sách kèm theo);" in run("progress", "--year", "2024", "--text").out
        )

    @pytest.mark.usefixtures("demo")
    @pytest.mark.parametrize(
        "asked", [["--year", "2022"], ["--as-of", "30/6/2023"], ["--year", "2023", "--roadmap", "quoc-gia-2021-2025"]]
    )
    def test_no_nought_is_counted_and_no_target_of_a_later_year_is_missed(self, asked):
        said = run("progress", *asked, "--text").out
        assert not re.search(r"(?<![\d.,/])00(?!\d)", said)
        assert "chưa có xã nào đạt chuẩn NTM kiểu mẫu" in said
        for line in said.splitlines():
            assert "thấp hơn" not in line or "chưa đến hạn" not in line

    def test_a_plan_that_has_none_yet_is_not_spoken_of(self, office):
        lines = PLAN_OF_DISTRICTS.partition("[[line]]")[0]
        figures = '{ year = 2023, cumulative = 0, cite = "mục 1" }, { year = 2024, cumulative = 3, cite = "mục 1" }'
        Path("plan.toml").write_text(
            f'{lines}[[line]]\ntier = "xã"\nlevel = "nâng cao"\nfigure = [{figures}]\n', "utf-8"
        )
        begin("Kiên Giang")
        assert run("roadmap", "import", "plan.toml").code == 0
        run("record", "Tân Hiệp A", "--level", "ntm", "--year", "2022")
        said = run("progress", "--year", "2023", "--text", "--roadmap", "kien-giang-2022").out
        assert "kế hoạch" not in said
        said = run("progress", "--year", "2024", "--text", "--roadmap", "kien-giang-2022").out
        assert "chưa có xã nào đạt chuẩn NTM nâng cao (kế hoạch 03)" in said
