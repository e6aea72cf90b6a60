"""Every plan is read back from .xlsx and .csv; the workbook looks as an office expects."""

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from ntmtrack.ingest.roadmap_form import write_form
from ntmtrack.ingest.roadmap_words import HEAD_LABELS, LABELS
from ntmtrack.model import Tier
from ntmtrack.roadmaps import COUNTS, MEASURES, NATURES, OF_SET, OPERATORS, SHARES, SPANS, Roadmap, Target
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS
from tests.faults.rounds import rounds
from tests.plan_files.making import KH168, PLANS, in_form, plans


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("key", PLANS)
def test_every_shipped_plan_is_read_back_from_its_table(key, ending, tmp_path):
    assert in_form(shipped()[key], tmp_path, ending) == shipped()[key]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@given(plan=plans())
@settings(max_examples=rounds(25), deadline=None)
def test_any_plan_is_read_back_from_its_table(tmp_path_factory, plan, ending):
    assert in_form(plan, tmp_path_factory.getbasetemp(), ending) == plan


@pytest.mark.parametrize("programme", ["2011-2015", "2016-2020", "2021-2025", "2026-2030"])
def test_every_level_and_measure_has_its_own_word(programme, tmp_path):
    from ntmtrack.programmes import programme as find

    own = find(programme)
    keys = [level.key for level in own.levels] + [measure for measure in MEASURES]
    targets = [
        Target(Tier.COMMUNE, key, own.last_year, cumulative=1, threshold=15, name=f"tên {key}", cite="I")
        for key in keys
    ]
    plan = shipped()[KH168]._replace(
        programme=programme, base_year=own.first_year, issued_on=str(own.first_year), targets=tuple(targets)
    )
    assert in_form(plan, tmp_path, "csv") == plan


def test_every_word_that_a_plan_may_use_can_be_written():
    known = {"tier": Tier, "each": Tier, "nature": NATURES, "span": SPANS, "operator": OPERATORS, "share_of": SHARES}
    known |= {"percent_operator": [sign for sign in OPERATORS if sign != "range"]}
    known |= {"of_set": OF_SET}
    known |= {"counts": COUNTS, "readings": ("all", "ntm", "nested")}
    assert {key: {*words.values()} for key, words in WORDS.items()} == {
        key: {*map(str, all_)} for key, all_ in known.items()
    }
    assert {*MEASURE_WORDS.values()} == {*MEASURES}
    fields = {field for field in Target._fields if not field.endswith("_high")}
    assert {*LABELS} == fields
    assert {*HEAD_LABELS} == {*Roadmap._fields} - {"targets"}


def test_only_the_columns_in_use_are_written(tmp_path):
    file = tmp_path / "plan.xlsx"
    write_form(shipped()["quoc-gia-2026-2030"], file)
    heads = [cell.value for cell in load_workbook(file).active[13]]
    assert {"Cấp", "Chỉ tiêu", "Năm", "Tăng thêm", "Luỹ kế", "Tỷ lệ (%)", "Mẫu số in", "Giá trị"} < {*heads}
    assert not {"Đơn vị nêu tên", "Hạn", "Ghi chú", "Cách đếm"} & {*heads}


def test_a_second_sheet_tells_what_every_column_takes(tmp_path):
    file = tmp_path / "plan.xlsx"
    write_form(shipped()[KH168], file)
    title = load_workbook(file).sheetnames[1]
    rows = list(load_workbook(file)[title].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == [*HEAD_LABELS.values(), *LABELS.values()]
    assert all(row[1] for row in rows)
    said = {row[0]: row for row in rows}
    assert said["Năm"][1].endswith("(bắt buộc)")
    assert not said["Nguồn"][1].endswith("(bắt buộc)")
    assert said["Cấp"][2] == "xã; huyện; tỉnh; thôn"


def test_the_workbook_looks_as_an_office_expects(tmp_path):
    file = tmp_path / "plan.xlsx"
    write_form(shipped()[KH168], file)
    sheet = load_workbook(file).active
    assert sheet.freeze_panes == "A14"
    assert sheet["A13"].font.b
    assert not sheet["A14"].font.b
    assert (sheet["B4"].value, sheet["B4"].number_format) == ("12/07/2022", "@")  # so that “2022” stays what it is
    assert (sheet["B7"].value, sheet["B7"].data_type, sheet["B7"].number_format) == ("91", "s", "@")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDEF"]
    assert all(8 <= width <= 40 for width in widths)
