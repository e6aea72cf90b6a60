"""Who lacks which criteria: the hardest first, those one short, bands and gains with their ties, and the recognised
that no longer meet their set; worked out by hand on results that are made up."""

import json

import pytest

from ntmtrack.commands.former_districts import FormerDistricts
from tests.places import by_hand, our_ledger
from tests.running import begin, run

HON_DAT = {  # what six communes of Hòn Đất lack at the end of 2023 and in June 2024; None: not assessed
    "30832": ("5,17.2", "5"),
    "30835": ("5", "0"),
    "30836": ("10,5,13.1", "10,5,13.1"),
    "30838": ("0", "17.2,17.6"),
    "30840": (None, "5"),
    "30844": ("3", None),
}


@pytest.fixture
def assessed(office, once):
    def fill():
        begin("Kiên Giang")
        for code, found in HON_DAT.items():
            for day, missing in zip(("31/12/2023", "30/6/2024"), found, strict=True):
                if missing is not None:
                    result = run("assess", code, "--on", day, "--missing", missing)
                    assert result.code == 0, result.both

    once(fill)
    return office


def told(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.out


def rows(*argv):
    return json.loads(told(*argv, "-f", "json"))


def test_the_hardest_criteria_come_first_and_who_is_one_short(assessed):
    """Criterion 5 lacks in three, 3, 10, 13 and 17 in one each; 30832, 30838, 30840 and 30844 are one short."""
    text = told("criteria-gap", "--scope", "Hòn Đất")
    hardest = [line.split()[0] for line in text.splitlines() if line[:2].strip().isdecimal()]
    assert hardest == ["5", "3", "10", "13", "17"]
    assert "đã rà soát 6/12 xã, 1 xã đạt đủ" in text
    one_short = text.partition("Còn thiếu một tiêu chí (4 xã)")[2].partition("Còn thiếu từ hai")[0]
    assert "17 (17.2, 17.6)" in one_short
    assert text.partition("Còn thiếu từ hai tiêu chí (1 xã)")[2].splitlines()[2].split()[-4:-1] == [
        "10,",
        "13",
        "(13.1)",
    ]


def test_machines_get_a_row_for_every_commune(assessed):
    found = {row["code"]: row for row in rows("criteria-gap", "--scope", "Hòn Đất")["units"]}
    assert (found["30838"]["met"], found["30838"]["missing"], found["30838"]["total"]) == (18, "17.2 17.6", 19)
    assert sum(row["met"] is None for row in found.values()) == 6


def test_one_unit_in_words(assessed):
    text = told("criteria-gap", "30838")
    assert "đạt 18/19, rà soát 30/06/2024" in text
    assert [line.split()[0] for line in text.splitlines() if line.startswith("17.")] == ["17.2", "17.6"]
    assert "chưa đạt: 17.2, 17.6" in told("show", "30838")
    assert "đạt 19/19" in told("criteria-gap", "30838", "--as-of", "31/12/2023")


def test_bands_add_up_and_gains_are_of_those_assessed_both_times(assessed):
    """In June 2024 of six assessed: one at 19, four at 18, one at 16; 19 + 72 + 16 = 107.

    Gained: 17→18, 18→19, 16→16, 19→18: +1 over 4 communes = 0,25; the one whose last result is of 2023 gains nothing.
    """
    row = rows("bands", "--scope", "Hòn Đất")["bands"][0]
    assert (row["from_19"], row["from_15"], row["from_10"], row["unassessed"], row["total"]) == (1, 5, 0, 6, 12)
    assert (row["criteria"], row["average"], row["gain"]) == (107, 17.83, 0.25)


def test_equal_gains_share_a_rank(office):
    """Two districts gain 2 criteria for a commune, one 1: ranks 1, 1, 3."""
    begin("Kiên Giang")
    for name, before, now in (("Phi Thông", 15, 17), ("Tiên Hải", 15, 17), ("Bình Trị", 15, 16)):
        for day, met in (("31/12/2023", before), ("30/6/2024", now)):
            assert run("assess", name, "--on", day, "--met", str(met)).code == 0
    ranks = [row["rank"] for row in rows("bands", "--by", "district")["bands"] if row["rank"]]
    assert sorted(ranks) == [1, 1, 3]


def test_parts_of_one_name_have_a_rank_each(office):
    """In An Giang there were two districts Châu Thành: the one whose commune gained 1 is first, the other second."""
    begin("An Giang", "2026-2030")
    with by_hand(our_ledger()) as connection:
        former = FormerDistricts(connection)
        of = former.parts(row[0] for row in connection.execute("SELECT unit_id FROM unit_version WHERE kind = 'xã'"))
        names = {key: unit.title for key, unit in former.everyone().items()}
        codes = dict(connection.execute("SELECT unit_id, code FROM unit_version WHERE until IS NULL AND kind = 'xã'"))
    twins = {
        district: unit for unit, district in of.items() if names.get(district) == "huyện Châu Thành" and unit in codes
    }
    assert len(twins) == 2
    for place, unit in enumerate(twins.values()):
        for day, met in (("31/12/2025", 5), ("30/6/2026", 6 - place)):
            assert run("assess", codes[unit], "--set", "2026-2030/xa-ntm", "--on", day, "--met", str(met)).code == 0
    ranked = [row for row in rows("bands", "--by", "former-district")["bands"] if row["rank"]]
    assert sorted((row["part"], row["rank"]) for row in ranked) == [("huyện Châu Thành", 1), ("huyện Châu Thành", 2)]


def test_years_side_by_side(assessed):
    years = {row["part"]: row for row in rows("bands", "--years", "--scope", "Hòn Đất")["bands"]}
    assert (years["2022"]["unassessed"], years["2023"]["unassessed"], years["2024"]["unassessed"]) == (12, 7, 6)
    assert years["2023"]["average"] == 17.6  # 17, 18, 16, 19, 18: 88 of 5


def test_the_recognised_that_meet_their_set_no_more_and_since_when(assessed):
    """Mỹ Thuận met all at the end of 2023 and lacks one since June 2024; an advanced one must meet the NTM set too."""
    for code in ("30838", "30835", "30832"):
        assert run("record", code, "--level", "ntm", "--year", "2022").code == 0
    assert run("record", "30832", "--level", "nang-cao", "--year", "2023").code == 0
    found = {row["unit"]: row for row in rows("at-risk")["at-risk"]}
    assert {code: (row["since"], row["missing"]) for code, row in found.items()} == {
        "30838": ("2024-06-30", "17.2, 17.6"),
        "30832": ("2023-12-31", "5"),
    }
    assert found["30832"]["set"] == "2021-2025/xa-ntm"
    assert "không thu hồi của đơn vị nào" in told("at-risk")
    assert "đạt chuẩn NTM" in told("list", "--level", "ntm", "--year", "2024")  # nobody was revoked
    assert rows("at-risk", "--as-of", "31/12/2023")["at-risk"][0]["unit"] == "30832"


def test_what_is_left_open_is_no_risk(assessed):
    """An income held against no checked threshold neither meets nor fails."""
    assert run("assess", "30835", "--on", "31/12/2024", "--missing", "0", "--result", "10=40").code == 0
    assert run("record", "30835", "--level", "ntm", "--year", "2022").code == 0
    assert rows("at-risk", "--scope", "Hòn Đất")["at-risk"] == []
    text = told("criteria-gap", "30835")
    assert "chưa kết luận" in text
    assert "40" in text


def test_nobody_assessed_is_said(office):
    begin("Kiên Giang")
    for argv in (("criteria-gap",), ("bands",), ("criteria-gap", "30838")):
        result = run(*argv)
        assert (result.code, "Chưa có kết quả rà soát" in result.err) == (1, True)
    assert run("bands", "--by", "district", "--years").code == 2


def test_what_a_province_lacks_is_held_against_the_ledger_and_never_concluded_from_a_text_not_read(office):
    """Annex III of 51/2025/QĐ-TTg: of 85 communes one is there and 84 are left, of modern ones 9 of 85 (8,5)."""
    begin("An Giang", "2026-2030")
    assert run("participate", "phường Rạch Giá", "đặc khu Phú Quốc", "--since", "1/3/2026").code == 0
    assert run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2026").code == 0
    found = {row["code"]: row for row in rows("criteria-gap", "tỉnh An Giang", "--year", "2026")["conditions"]}
    assert [(found[code]["actual"], found[code]["left"], found[code]["state"]) for code in ("1", "2")] == [
        ("1/85", 84, "not met"),
        ("0/85", 9, "not met"),
    ]
    assert (found["3"]["actual"], found["3"]["state"], found["4"]["state"]) == ("0/2", "not concluded", "not concluded")
    # One of the six compulsory contents is missing: it cannot be enough, whatever is found of the others.
    assert run("assess", "phường Rạch Giá", "--set", "xa-ntm", "--on", "30/6/2026", "--missing", "6.a").code == 0
    again = {row["code"]: row for row in rows("criteria-gap", "tỉnh An Giang", "--year", "2026")["conditions"]}
    assert again["3"]["state"] == "not met"


def test_a_ward_that_lacks_nothing_told_is_left_open_while_not_all_contents_are_known(office):
    begin("An Giang", "2026-2030")
    assert run("participate", "phường Rạch Giá", "--since", "1/3/2026").code == 0
    assert run("assess", "phường Rạch Giá", "--set", "xa-ntm", "--on", "30/6/2026", "--missing", "0").code == 0
    found = {row["code"]: row for row in rows("criteria-gap", "tỉnh An Giang", "--year", "2026")["conditions"]}
    assert (found["3"]["actual"], found["3"]["state"]) == ("0/1", "not concluded")


def test_what_a_district_lacks_and_what_is_found_of_its_conditions(office):
    """An Biên has 8 communes, as in the paper of 3/2024: all at NTM, 2 of them advanced; 1 would do."""
    begin("Kiên Giang")
    listed = [
        row["code"]
        for row in json.loads(told("remaining", "--level", "ntm", "--scope", "An Biên", "-f", "json"))["units"]
    ]
    assert len(listed) == 8
    assert run("record", *listed, "--level", "ntm", "--year", "2022").code == 0
    assert run("record", listed[0], "--level", "nang-cao", "--year", "2023").code == 0
    assert (
        run(
            "assess", "huyện An Biên", "--on", "30/6/2024", "--met", "9", "--result", "d=92%", "--result", "c=chưa"
        ).code
        == 0
    )
    found = {row["code"]: row for row in rows("criteria-gap", "huyện An Biên", "--year", "2024")["conditions"]}
    assert {code: (row["actual"], row["state"]) for code, row in found.items()} == {
        "a": ("8/8", "met"),
        "b": ("1/8", "met"),
        "c": (None, "not met"),
        "d": ("92", "met"),
    }
    below = rows("criteria-gap", "huyện An Biên", "--set", "huyen-nang-cao", "--year", "2024")["conditions"]
    assert [row["state"] for row in below] == ["not concluded", "not met", "not concluded"]  # 4 of 8 are asked for


def test_no_set_is_known_of_a_town(office):
    begin("Kiên Giang")
    result = run("criteria-gap", "thành phố Hà Tiên", "--year", "2024")
    assert (result.code, "Chưa có bộ tiêu chí nào cho thành phố Hà Tiên" in result.err) == (1, True)


def test_nothing_is_gained_without_a_new_assessment(assessed):
    """In February 2025 nobody was assessed since the year before: no gain, no rank."""
    assert run("assess", "30838", "--on", "31/12/2024", "--missing", "5").code == 0
    (row,) = rows("bands", "--scope", "Hòn Đất", "--as-of", "28/2/2025")["bands"]
    assert (row["gain"], row["average"] is not None) == (None, True)


def test_what_is_missing_counts_from_the_run_of_assessments_that_found_it(office):
    """Missing at the end of 2023, left open in June 2024, missing again at the end of 2024: since then."""
    begin("Kiên Giang")
    assert run("record", "30838", "--level", "ntm", "--year", "2022").code == 0
    for day, found in (
        ("31/12/2023", ("--missing", "10")),
        ("30/6/2024", ("--missing", "0", "--unknown", "10")),
        ("31/12/2024", ("--missing", "5", "--unknown", "10")),
    ):
        assert run("assess", "30838", "--on", day, *found).code == 0
    (row,) = rows("at-risk")["at-risk"]
    assert (row["missing"], row["since"]) == ("5", "2024-12-31")


def test_no_paper_says_that_units_below_so_many_criteria_were_revoked(office):
    """54 of 94 communes of Lai Châu below 15 at the end of 2023, 31 a year later: nobody came or was taken back."""
    begin("Lai Châu")
    with by_hand(our_ledger()) as connection:
        codes = [
            row[0]
            for row in connection.execute(
                "SELECT code FROM unit_version WHERE kind = 'xã' AND coalesce(since, '') < '2025' ORDER BY code"
            )
        ]
    assert run("record", codes[0], "--level", "ntm", "--year", "2024").code == 0
    for day, met in (("31/12/2023", "14"), ("31/12/2024", "16")):
        assert run("assess", *codes[:20], "--on", day, "--met", met).code == 0
    text = told("progress", "2024", "--text")
    assert "do thu hồi" not in text
    assert "thêm 20 xã" not in text
    notes = told("progress", "2024", "--notes")
    assert "Giảm (thu hồi" not in notes
    assert "theo lần rà soát cuối của từng đơn vị" in told("explain", "criteria-below", "--year", "2024")
