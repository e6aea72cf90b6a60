"""Units that a plan names in one cell: each in a place of its own where that is sure, told where it is not."""

import pytest

from ntmtrack.model import Tier
from ntmtrack.roadmaps.keys import split_names
from tests.plan_files.forms import HEADINGS, ROW, form
from tests.plan_files.test_from_the_blank_form import HUYEN, NTM, XA, written
from tests.running import run


@pytest.mark.parametrize(
    ("tier", "text", "names"),
    [
        ("commune", "xã An Ninh, xã An Đồng", ["xã An Ninh", "xã An Đồng"]),
        ("commune", "xã An Ninh, thị trấn An Bài", ["xã An Ninh", "thị trấn An Bài"]),
        ("commune", "X. An Ninh và X. An Đồng", ["X. An Ninh", "X. An Đồng"]),
        ("commune", "xã An Ninh, huyện Quỳnh Phụ", ["xã An Ninh, huyện Quỳnh Phụ"]),
        (
            "commune",
            "xã An Ninh, huyện Quỳnh Phụ và xã Đông Sơn, huyện Đông Hưng",
            ["xã An Ninh, huyện Quỳnh Phụ", "xã Đông Sơn, huyện Đông Hưng"],
        ),
        ("commune", "các xã: An Ninh, An Đồng", ["An Ninh", "An Đồng"]),
        ("commune", "gồm 03 xã An Ninh, An Đồng và An Bài", ["An Ninh", "An Đồng", "An Bài"]),
        ("commune", "An Ninh, An Đồng", ["An Ninh, An Đồng"]),
        ("commune", "An Ninh, huyện Quỳnh Phụ", ["An Ninh, huyện Quỳnh Phụ"]),
        ("commune", "xã An Ninh (huyện Quỳnh Phụ)", ["xã An Ninh (huyện Quỳnh Phụ)"]),
        ("district", "huyện Đông Hưng, huyện Hưng Hà", ["huyện Đông Hưng", "huyện Hưng Hà"]),
        ("district", "thị xã Hà Tiên, thành phố Rạch Giá", ["thị xã Hà Tiên", "thành phố Rạch Giá"]),
        ("district", "huyện Đông Hưng, tỉnh Thái Bình", ["huyện Đông Hưng, tỉnh Thái Bình"]),
    ],
)
def test_names_are_apart_where_each_is_surely_a_unit(tier, text, names):
    assert split_names(text, Tier(tier)) == names
    assert [one for name in names for one in split_names(name, Tier(tier))] == names


def test_a_table_and_a_file_split_alike(tmp_path):
    row = [*ROW, "xã An Ninh, xã An Đồng; xã Đông Sơn"]
    (target,) = form(tmp_path, row, headings=[*HEADINGS, "Đơn vị nêu tên"]).targets
    assert target.units == ("xã An Ninh", "xã An Đồng", "xã Đông Sơn")


def test_names_without_a_kind_are_held_against_the_list(office):
    rows = [
        {**XA, **NTM, "year": 2023, "added": 2, "units": "An Ninh, An Đồng"},
        {**XA, **NTM, "year": 2024, "added": 1, "units": "An Ninh, Quỳnh Phụ"},
        {**HUYEN, **NTM, "year": 2024, "added": 2, "units": "Thái Thụy và Tiền Hải"},
    ]
    key = written(office, "Thái Bình", {"number": "5/KH-UBND", "issued_on": "2022"}, rows, "--year", "2022")
    said = run("roadmap", "check", key, "--format", "json").out
    for text in ("An Ninh, An Đồng", "Thái Thụy và Tiền Hải"):
        assert said.count(text) == 1
        assert f"“{text}” là 2 đơn vị: ghi dấu “;” ở giữa" in said
    assert "nêu tên" not in said
    assert "Quỳnh Phụ" not in said


def test_units_of_one_name_are_told_with_their_districts(office):
    rows = [{**XA, **NTM, "year": 2024, "added": 1, "units": "An Ninh"}]
    key = written(office, "Thái Bình", {"number": "5/KH-UBND", "issued_on": "2022"}, rows, "--year", "2022")
    said = run("roadmap", "check", key).out
    assert "xã An Ninh, huyện Quỳnh Phụ; xã An Ninh, huyện Tiền Hải" in " ".join(said.split())
