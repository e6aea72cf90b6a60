"""Mergers, splits, changes of single units: what ends, begins, goes on · what a later list was made of · districts with
what lies in them · what is refused, nothing written · tables of a resolution, with whatever is wrong in them."""

import json
from datetime import date

import pytest

from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import units
from tests.places import contents, our_ledger
from tests.running import begin, run

ON = ("--on", "1/11/2024")


@pytest.fixture
def thai_binh(office):
    begin("Thái Bình")
    return our_ledger()


def standing(file, on):
    with reading(file) as connection:
        return {unit.title: unit for unit in units.every_unit(connection, date.fromisoformat(on))}


def done(*argv):
    result = run("rearrange", *argv)
    assert result.code == 0, result.err
    return result


def refused(*argv):
    result = run("rearrange", *argv)
    assert (result.code in (1, 2, 5), "Traceback" in result.both) == (True, False), result.both
    return result.err


def counted(year):
    lines = json.loads(run("progress", "--as-of", f"31/12/{year}", "-f", "json").out)["lines"]
    return next(line["total"] for line in lines if (line["tier"], line["level"]) == ("commune", "ntm"))


def test_units_that_merge_end_and_another_begins(thai_binh):
    done("Quỳnh Mỹ", "Quỳnh Hưng", "--into", "Mỹ Hưng", *ON, "--resolution", "1201/NQ-UBTVQH15")
    before, after = standing(thai_binh, "2024-10-31"), standing(thai_binh, "2024-11-01")
    assert {"xã Quỳnh Mỹ", "xã Quỳnh Hưng"} <= before.keys()
    assert not {"xã Quỳnh Mỹ", "xã Quỳnh Hưng"} & after.keys()
    new = after["xã Mỹ Hưng"]
    assert (new.parent_name, new.since, new.until) == ("huyện Quỳnh Phụ", "2024-11-01", "2025-07-01")
    assert counted(2023) - counted(2024) == 1


def test_a_commune_divided_among_others_ends_and_one_that_gives_a_part_goes_on(thai_binh):
    done("Quỳnh Mỹ", "--into", "Mỹ Đông", "--into", "Mỹ Tây", "--part", "Quỳnh Hưng", *ON)
    after = standing(thai_binh, "2024-11-01")
    assert "xã Quỳnh Mỹ" not in after
    assert {"xã Mỹ Đông", "xã Mỹ Tây", "xã Quỳnh Hưng"} <= after.keys()
    with reading(thai_binh) as connection:
        assert {step.extent for step in units.successions(connection)} == {"part"}


def test_a_commune_may_be_made_of_parts_alone(thai_binh):
    done("--part", "Quỳnh Mỹ", "--part", "Quỳnh Hưng", "--into", "Mỹ Hưng", *ON)
    assert {"xã Mỹ Hưng", "xã Quỳnh Mỹ", "xã Quỳnh Hưng"} <= standing(thai_binh, "2024-11-01").keys()
    with reading(thai_binh) as connection:
        assert {step.extent for step in units.successions(connection)} == {"part"}


@pytest.mark.parametrize(
    ("change", "title", "code"),
    [
        (("--rename", "Quỳnh Mỹ Mới"), "xã Quỳnh Mỹ Mới", "12520"),
        (("--kind", "phường"), "phường Quỳnh Mỹ", "12520"),
        (("--code", "12999"), "xã Quỳnh Mỹ", "12999"),
        (("--move-to", "huyện Đông Hưng"), "xã Quỳnh Mỹ", "12520"),
        (("--into", "Quỳnh Mỹ Mới"), "xã Quỳnh Mỹ Mới", "12520"),
    ],
)
def test_a_change_of_one_unit_is_a_version_of_it(thai_binh, change, title, code):
    old = standing(thai_binh, "2024-10-31")["xã Quỳnh Mỹ"]
    done("Quỳnh Mỹ", *change, *ON)
    after = standing(thai_binh, "2024-11-01")
    assert after[title].id == old.id
    assert after[title].code == (code if code != "12520" else old.code)
    assert standing(thai_binh, "2024-10-31")["xã Quỳnh Mỹ"].id == old.id
    assert (after[title].parent_name == "huyện Đông Hưng") == ("--move-to" in change)


def test_a_commune_that_moved_is_counted_where_it_was_and_where_it_is(thai_binh):
    done("Quỳnh Mỹ", "--move-to", "huyện Đông Hưng", *ON)
    assert standing(thai_binh, "2024-10-31")["xã Quỳnh Mỹ"].parent_name == "huyện Quỳnh Phụ"
    assert standing(thai_binh, "2024-11-01")["xã Quỳnh Mỹ"].parent_name == "huyện Đông Hưng"


def test_what_a_later_list_was_made_of_is_told_to_it(thai_binh):
    """The list of 30/6/2025 holds only what the merger of 1/11/2024 made."""
    before = counted(2023)
    done("Quỳnh Bảo", "Quỳnh Xá", "Quỳnh Trang", "--into", "Trang Bảo Xá", "--kind", "xã", *ON)
    assert (counted(2023) - before, counted(2024) - before) == (2, 0)
    assert standing(thai_binh, "2024-11-01")["xã Trang Bảo Xá"].since == "2024-11-01"
    assert "đã nhập vào xã Trang Bảo Xá" in refused(
        "Quỳnh Bảo", "Quỳnh Xá", "Quỳnh Trang", "--into", "Trang Bảo Xá", *ON
    )


def test_a_merger_of_districts_takes_along_what_lies_in_them(thai_binh):
    communes = [unit for unit in standing(thai_binh, "2024-10-31").values() if unit.parent_name == "huyện Quỳnh Phụ"]
    done("huyện Quỳnh Phụ", "huyện Đông Hưng", "--into", "huyện Phụ Hưng", *ON)
    after = {unit.id: unit for unit in standing(thai_binh, "2024-11-01").values()}
    assert {after[unit.id].parent_name for unit in communes} == {"huyện Phụ Hưng"}
    assert "còn " in refused("huyện Phụ Hưng", "--end", "--on", "1/2/2025")


REFUSED = [
    (("Quỳnh Mỹ", "Quỳnh Hưng", "--into", "An Khê", *ON), "xã An Khê (huyện Quỳnh Phụ) đã có trong sổ"),
    (("Quỳnh Mỹ", "Quỳnh Mỹ", "--into", "X", *ON), "ghi hai lần"),
    (("Quỳnh Mỹ", "Không Có", "--into", "Mỹ Mới", *ON), "không có đơn vị nào tên “Không Có”"),
    (("Quỳnh Mỹ", "Đông Sơn", "--into", "Mỹ Mới", *ON), "không cùng thuộc một nơi"),
    (("Quỳnh Mỹ", "thị trấn An Bài", "--into", "Mỹ Mới", *ON), "loại đơn vị gì"),
    (("Quỳnh Mỹ", "--into", "Mỹ Mới", "--kind", "huyện", *ON), "huyện"),
    (("Quỳnh Mỹ", "--kind", "phường", "--on", "1/11/2030"), "sau hôm nay"),
    (("Quỳnh Mỹ", "--kind", "phường", "--on", "1/11/2025"), "không có xã Quỳnh Mỹ"),
    (("Quỳnh Mỹ", "--kind", "phường", "--on", "11/2024"), "11/2024"),
    (("Quỳnh Mỹ", "--kind", "phường"), "từ ngày nào"),
    (("Quỳnh Mỹ", *ON), "thay đổi thế nào"),
    (("--into", "X", *ON), "thay đổi thế nào"),
    (("Quỳnh Mỹ", "Quỳnh Hưng", "--rename", "X", *ON), "chỉ dùng cho một đơn vị"),
    (("Quỳnh Mỹ", "--end", "--into", "X", *ON), "--into, --end"),
    (("Quỳnh Mỹ", "--code", "12475", *ON), "12475"),
    (("huyện Quỳnh Phụ", "--end", *ON), "còn "),
    (("Quỳnh Mỹ", "--kind", "xã", *ON), "không có gì thay đổi"),
    (("Quỳnh Mỹ", "--rename", "Quỳnh Mỹ", *ON), "không có gì thay đổi"),
    (("Quỳnh Mỹ", "--into", "X A", "--into", "X A", *ON), "xã X A"),
    (("Quỳnh Mỹ", "--national", *ON), "--national"),
    (("--national", "--on", "1/3/2020"), "--national"),
    (("--national", "--scope", "Quỳnh Phụ"), "--scope chỉ dùng cùng --complete-since"),
    (("--national", "--source", "X"), "--source chỉ dùng cùng --complete-since"),
    (("--complete-since", "1/7/2021", "--source", "X", "--into", "Y"), "--complete-since, "),
    (("Quỳnh Mỹ", "--end", "--main", "12520=1", *ON), "--main chỉ dùng cùng --national"),
    (("Quỳnh Mỹ", "--end", "--kind", "phường", *ON), "--end, --kind"),
    (("Quỳnh Mỹ", "Quỳnh Mỹ", "--end", *ON), "ghi hai lần"),
    (("Quỳnh Mỹ", "--part", "Quỳnh Hưng", "--rename", "X", *ON), "--part chỉ dùng cùng --into"),
]


@pytest.mark.parametrize(("argv", "says"), REFUSED, ids=[" ".join(argv[:4]) for argv, _says in REFUSED])
def test_what_cannot_be_is_refused_and_nothing_written(thai_binh, argv, says):
    before = contents(thai_binh)
    assert says in refused(*argv)
    assert contents(thai_binh) == before


def test_a_unit_with_later_facts_does_not_end_before_them(thai_binh):
    run("record", "Quỳnh Mỹ", "--level", "ntm", "--year", "2024", "--decision", "9/QĐ-UBND", "--date", "20/12/2024")
    assert "Quyết định 9/QĐ-UBND ngày 20/12/2024" in refused("Quỳnh Mỹ", "Quỳnh Hưng", "--into", "Mỹ Hưng", *ON)
    assert "công nhận" in refused("Quỳnh Mỹ", "--end", "--on", "1/1/2024")
    done("Quỳnh Mỹ", "Quỳnh Hưng", "--into", "Mỹ Hưng", "--on", "1/1/2025")


def test_provinces_are_joined_only_where_somebody_says_so(thai_binh):
    begin("Hưng Yên")
    assert "nhiều tỉnh" in refused("Quỳnh Mỹ", "--move-to", "huyện Phù Cừ", *ON)
    merged = ("xã Quỳnh Mỹ", "xã Phan Sào Nam", "--into", "Liên Tỉnh", "--move-to", "huyện Phù Cừ", *ON)
    assert "nhiều tỉnh" in refused(*merged)
    done(*merged, "--yes")


def test_whatever_is_done_is_undone_without_a_trace(thai_binh):
    with reading(thai_binh) as connection:
        before = fingerprint(connection)
    for argv in (
        ("Quỳnh Mỹ", "Quỳnh Hưng", "--into", "Mỹ Hưng", *ON),
        ("Quỳnh Mỹ", "--into", "Mỹ Đông", "--into", "Mỹ Tây", *ON),
        ("Quỳnh Bảo", "Quỳnh Xá", "--into", "Trang Bảo Xá", *ON),
        ("huyện Quỳnh Phụ", "huyện Đông Hưng", "--into", "huyện Phụ Hưng", *ON),
        ("Quỳnh Mỹ", "--end", *ON),
    ):
        done(*argv)
        assert run("undo").code == 0
        with reading(thai_binh) as connection:
            assert fingerprint(connection) == before, argv
    assert run("verify").code == 0


def test_a_second_change_on_a_day_and_an_end_before_a_later_change_are_refused(thai_binh):
    done("Quỳnh Mỹ", "--rename", "Quỳnh Mỹ Một", *ON)
    for again in (("--kind", "phường"), ("--rename", "Quỳnh Mỹ Hai"), ("--end",)):
        assert "đã có thay đổi" in refused("Quỳnh Mỹ Một", *again, *ON)
    done("An Khê", "An Đồng", "--into", "An Khê Đồng", "--on", "1/6/2024")
    before = contents(thai_binh)
    assert "01/06/2024" in refused("An Khê", "An Hiệp", "--into", "An Khê Hiệp", "--on", "1/1/2023")
    assert "01/11/2024" in refused("Quỳnh Mỹ", "--end", "--on", "1/1/2024")
    assert contents(thai_binh) == before


def test_another_kind_before_a_recognition_is_refused(thai_binh):
    run("record", "Quỳnh Mỹ", "--level", "ntm", "--year", "2024", "--decision", "9/QĐ-UBND", "--date", "20/12/2024")
    assert "9/QĐ-UBND" in refused("Quỳnh Mỹ", "--kind", "phường", "--on", "15/1/2024")
    done("Quỳnh Mỹ", "--kind", "phường", "--on", "15/1/2025")


def test_a_word_for_a_village_may_begin_the_name_of_a_commune(office):
    begin("Lai Châu")
    done("Hồ Thầu", "Nùng Nàng", "--into", "Bản Mới", "--kind", "xã", *ON)
    assert "xã Bản Mới" in standing(our_ledger(), "2024-11-01")


# Tables ----------------------------------------------------------------------------------------------------------


def table(tmp_path, *rows):
    file = tmp_path / "nghi-quyet.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return str(file)


HEAD = "STT,Đơn vị cũ,Huyện,Mức độ,Đơn vị sau sắp xếp,Ngày hiệu lực,Nghị quyết"


def test_a_resolution_as_a_table(thai_binh, tmp_path):
    file = table(
        tmp_path,
        HEAD,
        "1,Xã Quỳnh Mỹ,Quỳnh Phụ,Toàn bộ,xã Mỹ Hưng,01/02/2025,1201/NQ-UBTVQH15",
        "2,Xã Quỳnh Hưng,Quỳnh Phụ,Toàn bộ,xã Mỹ Hưng,01/02/2025,1201/NQ-UBTVQH15",
        '3,"An Khê, An Đồng và một phần xã An Hiệp",Quỳnh Phụ,,xã An Khê Đồng,01/02/2025,1201/NQ-UBTVQH15',
    )
    assert run("import", file).code == 0
    after = standing(thai_binh, "2025-02-01")
    assert {"xã Mỹ Hưng", "xã An Khê Đồng", "xã An Hiệp"} <= after.keys()
    assert not {"xã Quỳnh Mỹ", "xã Quỳnh Hưng", "xã An Khê", "xã An Đồng"} & after.keys()
    again = run("import", file, "--no-annotate")
    assert (again.code, "đã nhập vào" in again.both) == (3, True)


def test_the_national_list_as_a_table_gives_what_the_program_carries_over(thai_binh, tmp_path):
    """The rows of one province, as an office would write them, against `rearrange --national`."""
    from ntmtrack.units import gazetteer
    from ntmtrack.units.changes import listed_changes
    from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025

    begin("Hưng Yên", db="b.db")
    old = {unit.code: unit for unit in gazetteer.every_unit(BEFORE_JULY_2025)}
    new = {unit.code: unit for unit in gazetteer.every_unit(FROM_JULY_2025)}
    inside = {unit.code for unit in gazetteer.below(BEFORE_JULY_2025, "34")}
    rows = [
        f"{old[change.old_code].title},{change.old_code},{'Toàn bộ' if change.is_whole else 'Một phần'},"
        f"{new[change.new_code].title},{change.new_code},tỉnh Thái Bình,01/06/2025"
        for change in listed_changes()
        if change.old_code in inside and len(change.old_code) == 5 and change.day == "2025-07-01"
    ]
    head = "Đơn vị cũ,Mã cũ,Toàn bộ hay một phần,Đơn vị mới,Mã mới,Thuộc,Có hiệu lực"
    result = run("import", table(tmp_path, head, *rows), "--what", "changes")
    assert result.code == 0, result.both
    made = {unit.title for unit in standing(thai_binh, "2025-06-01").values() if unit.tier == "commune"}
    listed = {change.new_code for change in listed_changes() if change.old_code in inside and len(change.new_code) == 5}
    assert made == {new[code].title for code in listed}


def test_a_table_tells_what_a_later_list_was_made_of_and_keeps_codes(thai_binh, tmp_path):
    head = "Đơn vị cũ,Huyện,Đơn vị mới,Ngày hiệu lực"
    rows = [f"{name},Quỳnh Phụ,xã Trang Bảo Xá,01/11/2024" for name in ("Quỳnh Bảo", "Quỳnh Xá", "Quỳnh Trang")]
    file = table(tmp_path, head, *rows, "An Khê,Quỳnh Phụ,phường An Khê,01/11/2024")
    before = counted(2023)
    code = standing(thai_binh, "2024-10-31")["xã An Khê"].code
    assert run("import", file).code == 0
    assert counted(2023) - before == 2
    assert standing(thai_binh, "2024-11-01")["phường An Khê"].code == code
    again = run("import", file, "--no-annotate")
    assert (again.code, "đã có thay đổi" in again.both) == (3, True), again.both


def test_good_rows_of_a_table_go_in_beside_a_bad_one(thai_binh, tmp_path):
    head = "Đơn vị cũ,Huyện,Đơn vị mới,Ngày hiệu lực"
    rows = (
        "An Khê,Quỳnh Phụ,xã An Đồng,01/02/2025",
        "An Ninh,Quỳnh Phụ,xã An Đồng,01/02/2025",
        "An Lễ,Quỳnh Phụ,xã Lễ Vũ,01/02/2025",
        "An Vũ,Quỳnh Phụ,xã Lễ Vũ,01/02/2025",
    )
    result = run("import", table(tmp_path, head, *rows), "--skip-bad", "--no-annotate")
    assert result.code == 0, result.both
    after = standing(thai_binh, "2025-02-01")
    assert "xã Lễ Vũ" in after
    assert {"xã An Khê", "xã An Ninh"} <= after.keys()


BAD = [
    (("An Khê,Quỳnh Phụ,,xã Mới", "An Ninh,Quỳnh Phụ,,xã Mới", "An Khê,Quỳnh Phụ,,xã Khác"), "còn ở dòng khác"),
    (("Xã Quỳnh Mỹ,Quỳnh Phụ,,xã Quỳnh Hưng", "Xã Quỳnh Hưng,Quỳnh Phụ,,xã Quỳnh Mỹ"), "lại thành chính nó"),
    (("Xã Không Có,Quỳnh Phụ,,xã Mới",), "Không Có"),
    (("An Khê,Quỳnh Phụ,,xã Mới", "An Khê,Quỳnh Phụ,,xã Khác"), "còn ở dòng khác"),
    (("An Khê,Quỳnh Phụ,nửa xã,xã Mới",), "không phải “toàn bộ” hay “một phần”"),
    (("An Khê,Quỳnh Phụ,,",), "chưa ghi đơn vị mới"),
    (("An Khê,Quỳnh Phụ,,xã An Đồng", "An Ninh,Quỳnh Phụ,,xã An Đồng"), "đã có trong sổ"),
]


@pytest.mark.parametrize(("rows", "says"), BAD, ids=[says for _rows, says in BAD])
def test_what_is_wrong_in_a_table_is_named_with_its_cell(thai_binh, tmp_path, rows, says):
    before = contents(thai_binh)
    head = "Đơn vị cũ,Huyện,Mức độ,Đơn vị mới,Ngày hiệu lực"
    result = run("import", table(tmp_path, head, *(f"{row},01/02/2025" for row in rows)), "--no-annotate")
    assert (result.code, says in result.both) == (3, True), result.both
    assert contents(thai_binh) == before
