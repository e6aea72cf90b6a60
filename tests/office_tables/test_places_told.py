"""Where a row says that its unit lies: province in the cell, a column, a group, the title, --scope · the tier of the
heading · a district in the cell, without marks, by its earlier kind · what fits only nearly is confirmed.
"""

import pytest

from tests.office_tables.reading import faults, table, told, weigh
from tests.running import begin, run


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def taken(office, head, *lines, more=()):
    """The units that a table would record, its faults by cell, and how it was asked."""
    file = table(office / "a.csv", "\n".join((head, *lines)) + "\n")
    result, found = weigh(file, *more)
    return [name for name, _told in told(found)], faults(found), result


# A province --------------------------------------------------------------------------------------------------------


def test_a_province_in_the_cell_must_be_the_units(office):
    lines = ("Mỹ Thuận, Hòn Đất, Kiên Giang;2020", "Sơn Bình, Hòn Đất, Đồng Tháp;2020", "Sơn Kiên, tỉnh Đồng Tháp;2020")
    units, wrong, _ = taken(office, "Xã;Năm đạt chuẩn NTM", *lines)
    assert units == ["xã Mỹ Thuận (huyện Hòn Đất)"]
    assert set(wrong) == {"A3", "A4"}
    assert "Sơn Kiên" in wrong["A4"]


def test_a_column_of_provinces_must_be_the_units(office):
    head = "Tỉnh;Huyện;Tên xã;Năm đạt chuẩn NTM"
    lines = (
        "Kiên Giang;Hòn Đất;Mỹ Thuận;2020",
        "Đồng Tháp;Châu Thành;Bình An;2020",
        "Kien Giang;Hòn Đất;Sơn Bình;2020",
    )
    units, wrong, _ = taken(office, head, *lines, more=["--accept-near"])
    assert units == ["xã Mỹ Thuận (huyện Hòn Đất)", "xã Sơn Bình (huyện Hòn Đất)"]
    assert wrong == {"A3": "sổ này không có đơn vị nào thuộc “Đồng Tháp”"}  # no communes of like names are proposed
    _units, wrong, _ = taken(office, head, *lines)
    assert "bỏ dấu" in wrong["A4"]


def test_a_group_that_is_another_province_keeps_its_rows_out(office):
    head = "STT;Tên xã;Năm đạt chuẩn NTM"
    lines = ("I;Tỉnh Đồng Tháp;", "1;Bình An, Châu Thành;2020", "II;Tỉnh Kiên Giang;", "1;Mỹ Thuận;2020")
    units, wrong, _ = taken(office, head, *lines)
    assert units == ["xã Mỹ Thuận (huyện Hòn Đất)"]
    assert "Đồng Tháp" in wrong["B2"]


def test_groups_of_provinces_and_districts_narrow_each_other(office):
    begin("Đồng Tháp")
    head = "STT;Tên xã;Năm đạt chuẩn NTM"
    lines = (
        "A;Tỉnh Đồng Tháp;",
        "I;Huyện Châu Thành;",
        "1;Tân Phú;2020",
        "B;Tỉnh Kiên Giang;",
        "I;Huyện Châu Thành;",
        "1;Bình An;2020",
    )
    units, wrong, _ = taken(office, head, *lines)
    assert (units, wrong) == (["xã Tân Phú (huyện Châu Thành)", "xã Bình An (huyện Châu Thành)"], {})


def test_a_scope_binds_every_row(office):
    head = "Tên xã;Huyện;Năm đạt chuẩn NTM"
    units, wrong, _ = taken(office, head, "Mỹ Thuận;;2020", "Bình An;Châu Thành;2020", more=["--scope", "Hòn Đất"])
    assert units == ["xã Mỹ Thuận (huyện Hòn Đất)"]
    assert wrong == {"B3": "huyện Châu Thành không thuộc huyện Hòn Đất"}
    units, wrong, _ = taken(office, head, "Bình An;Châu Thành;2020", more=["--scope", "tỉnh Kiên Giang"])
    assert (units, wrong) == (["xã Bình An (huyện Châu Thành)"], {})
    assert taken(office, head, "Bình An;Châu Thành;2020", more=["--scope", "Đồng Tháp"])[2].code == 1
    units, _wrong, near = taken(office, head, "Mỹ Thuận;;2020", more=["--scope", "hon dat"])
    assert (units, near.err.count("khi bỏ dấu")) == (["xã Mỹ Thuận (huyện Hòn Đất)"], 1)


@pytest.mark.parametrize(
    "title",
    [
        "UBND TỈNH ĐỒNG THÁP",
        "Danh sách xã đạt chuẩn NTM trên địa bàn tỉnh Đồng Tháp năm 2020",
        "Tinh Dong Thap",
        "Tỉnh Đắc Lắc",
    ],
)
def test_a_title_of_another_province_keeps_the_table_out(office, title):
    head = f"{title};;\nTên xã;Huyện;Năm đạt chuẩn NTM"
    units, _wrong, refused = taken(office, head, "Bình An;Châu Thành;2020")
    assert (units, refused.code) == ([], 3)
    assert "--scope" in refused.err
    units, wrong, _ = taken(office, head, "Bình An;Châu Thành;2020", more=["--scope", "tỉnh Kiên Giang"])
    assert (units, wrong) == (["xã Bình An (huyện Châu Thành)"], {})


@pytest.mark.parametrize(
    "title",
    [
        "UBND TỈNH KIÊN GIANG",
        "Tỉnh Kiên Giang, theo mẫu của tỉnh Đồng Tháp",
        "Số liệu tính đến 31/12/2020",
        "Tỉnh ta năm 2020",
    ],
)
def test_a_title_of_ones_own_province_or_of_none_says_nothing(office, title):
    head = f"{title};;\nTên xã;Huyện;Năm đạt chuẩn NTM"
    units, wrong, _ = taken(office, head, "Bình An;Châu Thành;2020")
    assert (units, wrong) == (["xã Bình An (huyện Châu Thành)"], {})


# The tier of the heading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["Tên xã", "Xã, phường, thị trấn", "Danh sách xã"])
def test_below_a_heading_of_communes_no_district_is_meant(office, heading):
    units, wrong, _ = taken(
        office, f"{heading};Năm đạt chuẩn NTM", "Mỹ Thuận;2020", "Kiên Hải;2023", "Huyện Hòn Đất;2023"
    )
    assert units == ["xã Mỹ Thuận (huyện Hòn Đất)"]
    assert "huyện Kiên Hải" in wrong["A3"]
    assert set(wrong) == {"A3", "A4"}


def test_a_heading_that_leaves_it_open_takes_both(office):
    units, wrong, _ = taken(office, "Tên đơn vị;Năm đạt chuẩn NTM", "Mỹ Thuận;2020", "Kiên Hải;2023")
    assert (units, wrong) == (["xã Mỹ Thuận (huyện Hòn Đất)", "huyện Kiên Hải (tỉnh Kiên Giang)"], {})


# A district in the cell ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    ["Vĩnh Phú - Giồng Riềng", "Vĩnh Phú (H. Giồng Riềng)", "xã Vĩnh Phú huyện Giồng Riềng", "Vĩnh Phú Giồng Riềng"],
)
def test_a_district_in_the_cell_is_understood(office, cell):
    units, wrong, _ = taken(office, "Xã;Năm đạt chuẩn NTM", f"{cell};2018")
    assert (units, wrong) == (["xã Vĩnh Phú (huyện Giồng Riềng)"], {})


@pytest.mark.parametrize(
    "cell", ["Vĩnh Phú (Giang Thanh)", "Vĩnh Phú - Giang Thanh", "Tiên Hải, TX Hà Tiên", "vinh phu, giang thanh"]
)
def test_what_fits_only_nearly_is_confirmed_first(office, cell):
    head, line = "Xã;Năm đạt chuẩn NTM", f"{cell};2018"
    units, wrong, _ = taken(office, head, line)
    assert (units, set(wrong)) == ([], {"A2"})
    units, wrong, _ = taken(office, head, line, more=["--accept-near"])
    assert (len(units), wrong) == (1, {})


def test_a_district_column_by_its_earlier_kind(office):
    head, line = "Tên xã;Huyện;Năm đạt chuẩn NTM", "Tiên Hải;TX Hà Tiên;2018"
    _units, wrong, _ = taken(office, head, line)
    assert "theo loại đơn vị trước đây" in wrong["B2"]
    units, wrong, _ = taken(office, head, line, more=["--accept-near"])
    assert (units, wrong) == (["xã Tiên Hải (thành phố Hà Tiên)"], {})


def test_names_without_marks_that_fit_several_are_never_taken(office):
    run("add-commune", "Mỹ Thuẩn", "--district", "Gò Quao")
    units, wrong, _ = taken(office, "Xã;Năm đạt chuẩn NTM", "my thuan;2018", more=["--accept-near"])
    assert units == []
    assert "Mỹ Thuẩn" in wrong["A2"]


def test_a_kind_that_is_not_the_units_is_told(office):
    _units, wrong, _ = taken(office, "Xã;Năm đạt chuẩn NTM", "Phường Mỹ Thuận;2018")
    assert "xã Mỹ Thuận (huyện Hòn Đất)" in wrong["A2"]


# One name, several communes -----------------------------------------------------------------------------------------


def test_a_district_of_the_title_is_proposed_beside_every_way_to_write_the_name(office):
    head = "DANH SÁCH XÃ ĐẠT CHUẨN HUYỆN GIỒNG RIỀNG\n\nXã;Năm đạt chuẩn NTM"
    file = table(office / "a.csv", f"{head}\nThạnh Lộc;2020\nNgọc Thuận;2020\n")
    _result, lines = weigh(file)
    (wrong,) = [line["fix"] for line in lines if line["state"] == "refused"]
    assert "“xã Thạnh Lộc, huyện Châu Thành” hay “xã Thạnh Lộc, huyện Giồng Riềng”" in wrong
    assert wrong.endswith('--scope "huyện Giồng Riềng"')
    _result, lines = weigh(file, "--scope", "huyện Giồng Riềng")
    assert [name for name, _told in told(lines)] == [
        "xã Thạnh Lộc (huyện Giồng Riềng)",
        "xã Ngọc Thuận (huyện Giồng Riềng)",
    ]


def test_what_lies_outside_the_district_of_the_title_is_said(office):
    head = "DANH SÁCH XÃ ĐẠT CHUẨN HUYỆN CHÂU THÀNH\n\nXã;Huyện;Năm đạt chuẩn NTM"
    rows = "Mong Thọ A;;2020\nMỹ Thuận;;2020\nSơn Bình;Hòn Đất;2020\n"
    said = run("import", str(table(office / "a.csv", f"{head}\n{rows}")), "--dry-run").both
    assert "Tiêu đề bảng nêu huyện Châu Thành, nhưng thuộc huyện khác có: xã Mỹ Thuận (huyện Hòn Đất) (A5)" in said
    assert said.count("Sơn Bình") == 1
    within = run("import", str(table(office / "b.csv", f"{head}\nMong Thọ A;;2020\n")), "--dry-run").both
    assert "Tiêu đề bảng" not in within


@pytest.mark.parametrize("title", ["DANH SÁCH XÃ", "HUYỆN HÒN ĐẤT", "HUYỆN GIỒNG RIỀNG VÀ HUYỆN CHÂU THÀNH"])
def test_a_title_that_settles_nothing_proposes_nothing(office, title):
    _units, wrong, _ = taken(office, f"{title}\n\nXã;Năm đạt chuẩn NTM", "Thạnh Lộc;2020")
    assert "--scope" not in str(wrong)


@pytest.mark.parametrize("place", ["Huyện Giồng Riềng", "Giồng Riềng"])
def test_a_district_told_by_a_group_settles_it(office, place):
    units, wrong, _ = taken(office, "STT;Xã;Năm đạt chuẩn NTM", f"I;{place};", "1;Thạnh Lộc;2020")
    assert (units, wrong) == (["xã Thạnh Lộc (huyện Giồng Riềng)"], {})


# Codes of places ----------------------------------------------------------------------------------------------------


@pytest.fixture
def of_an_giang(of_kien_giang):
    """With An Giang as it is since 1/7/2025, which bears the code that Kiên Giang had."""
    begin("An Giang", "2026-2030")


OF_CODE = "Mã tỉnh;Tỉnh;Tên xã;Danh hiệu;Năm"
OLD, NEW = "xã Mỹ Thuận (huyện Hòn Đất)", "xã Mỹ Thuận (tỉnh An Giang)"


@pytest.mark.usefixtures("of_an_giang")
@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("91;Kiên Giang;Mỹ Thuận;NTM;2020", OLD),
        ("91;;Mỹ Thuận;NTM;2020", OLD),
        ("91;An Giang;Mỹ Thuận;NTM;2026", NEW),
        ("91;;Mỹ Thuận;NTM;2026", NEW),
    ],
)
def test_of_two_provinces_with_one_code_the_one_that_is_told_is_meant(office, line, meant):
    units, wrong, _ = taken(office, OF_CODE, line)
    assert (units, wrong) == ([meant], {})


@pytest.mark.usefixtures("of_an_giang")
def test_a_code_of_another_province_than_is_named_is_refused(office):
    _units, wrong, _ = taken(office, OF_CODE, "91;Cà Mau;Mỹ Thuận;NTM;2020")
    assert list(wrong) == ["A2"]


@pytest.mark.usefixtures("of_an_giang")
def test_in_a_list_of_units_the_province_named_beside_a_code_is_meant(office):
    table(office / "a.csv", "Mã;Tên đơn vị;Loại;Mã huyện;Huyện\n99998;Mới;xã;91;Kiên Giang\n")
    assert run("import", "a.csv", "--what", "units", "--yes").code == 0
    assert "Kiên Giang" in run("show", "99998").out


@pytest.fixture(scope="module")
def of_ha_noi(tmp_path_factory):
    file = tmp_path_factory.mktemp("ledger") / "hn.db"
    begin("Hà Nội", db=file)
    return str(file)


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("Mã tỉnh;Tỉnh;Tên xã", "1;Hà Nội;Minh Trí", "A2: mã 1 được đọc là 01"),
        ("Mã tỉnh;Tên xã", "1;Minh Trí", "A2: mã 1 được đọc là 01"),
        ("Mã huyện;Huyện;Tên xã", "16;Sóc Sơn;Minh Trí", "A2: mã 16 được đọc là 016"),
        ("Mã tỉnh;Mã huyện;Tên xã", "1;16;Minh Trí", "2 mã mất số 0 ở đầu, đã đọc đủ"),
        ("Mã tỉnh;Mã huyện;Tên xã", "01;016;Minh Trí", ""),
    ],
)
def test_the_zeros_of_a_code_are_those_of_its_column_and_are_said(office, of_ha_noi, head, line, said):
    again = line.replace("Minh Trí", "Minh Phú")
    more = [f"{line};NTM;2020", f"{again};NTM;2020"]
    units, wrong, _ = taken(office, f"{head};Danh hiệu;Năm", *more, more=["--db", of_ha_noi])
    assert (units, wrong) == (["xã Minh Trí (huyện Sóc Sơn)", "xã Minh Phú (huyện Sóc Sơn)"], {})
    remarks = run("import", "a.csv", "--dry-run", "--no-annotate", "--db", of_ha_noi).out
    assert (said in remarks, "A2: " in remarks) == (True, bool(said)), remarks


# Communes of no district -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Các xã khác", "Các xã", "Xã, thị trấn khác"])
def test_a_group_that_only_calls_them_communes_ends_the_district_above(office, words):
    """Such a row heads no second table, and puts nothing below it into the district before."""
    lines = (
        "I;Huyện Châu Thành;",
        "1;Bình An;1/QĐ-UBND",
        f"II;{words};",
        "1;Sơn Bình;2/QĐ-UBND",
        "2;Vĩnh Phú;2/QĐ-UBND",
    )
    more = ("--level", "ntm", "--year", "2020")
    units, wrong, _ = taken(office, "TT;Tên xã;Quyết định", *lines, more=more)
    assert units == ["xã Bình An (huyện Châu Thành)", "xã Sơn Bình (huyện Hòn Đất)"]
    assert set(wrong) == {"B6"}  # two districts have a Vĩnh Phú


def test_communes_that_remain_are_no_group_of_recognised_ones(office):
    lines = ("I;Huyện Châu Thành;", "1;Bình An;1/QĐ-UBND", "II;Các xã còn lại;", "1;Sơn Bình;2/QĐ-UBND")
    _units, wrong, _ = taken(office, "TT;Tên xã;Quyết định", *lines, more=("--level", "ntm", "--year", "2020"))
    assert set(wrong) == {"B4"}


@pytest.mark.usefixtures("of_an_giang")
def test_units_of_no_district_lie_outside_none(office):
    """A former district in the title of a table of 2026 says nothing against communes of the province itself."""
    head = "DANH SÁCH XÃ ĐẠT CHUẨN HUYỆN HÒN ĐẤT CŨ\n\nXã;Tỉnh;Năm đạt chuẩn NTM"
    said = run("import", str(table(office / "a.csv", f"{head}\nMỹ Thuận;An Giang;2026\n")), "--dry-run").both
    assert NEW in said
    assert "thuộc huyện khác" not in said
