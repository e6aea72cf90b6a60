"""The other registers of emulation: what an entry of each needs and takes · money read as offices write it · sums
worked out by hand · a person's name is told to nobody. All that is told of Lai Châu is made up."""

import json
import re
from pathlib import Path

import pytest

from ntmtrack.emulation.amounts import read_amount
from ntmtrack.emulation.entries import is_of_year
from ntmtrack.emulation.person_names import reads_as_person
from ntmtrack.emulation.registers import Entry
from ntmtrack.emulation.sums import sums
from ntmtrack.errors import AmountNotWhole, BadAmount, NtmError, UnclearNumber
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.emulation import blocks_in, entries
from tests.places import our_ledger
from tests.running import _Tee, begin, run

PERSON = "Người A"  # no name: what a test looks for where it must not be


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result


def refused(*argv, code=1):
    result = run(*argv)
    assert result.code == code, result.both
    return result.err


def listed(*argv):
    return json.loads(done("entry", *argv, "--format", "json").out)


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


@pytest.fixture
def lai_chau(office):
    begin("Lai Châu", "2026-2030")
    return office


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("120 triệu", 120_000_000),
        ("120 triệu đồng", 120_000_000),
        ("120tr", 120_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỉ đồng", 1_500_000_000),
        ("0,35 trđ", 350_000),
        ("350.000 đồng", 350_000),
        ("350.000đ", 350_000),
        ("1.250.500 VNĐ", 1_250_500),
        ("2.500 nghìn đồng", 2_500_000),
        ("500 ngàn", 500_000),
        ("1.200,5 triệu", 1_200_500_000),
    ],
)
def test_money_is_read_as_offices_write_it(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("120", BadAmount),
        ("120.000.000", BadAmount),
        ("1 tỷ 200 triệu", BadAmount),
        ("-5 triệu", BadAmount),
        ("0 đồng", BadAmount),
        ("nhiều", BadAmount),
        ("120 USD", BadAmount),
        ("5.000.000 tỷ", BadAmount),
        ("1.200 triệu", UnclearNumber),
        ("1.500 tỷ", UnclearNumber),
        ("0,3333333 triệu", AmountNotWhole),
        ("1,5 đồng", AmountNotWhole),
    ],
)
def test_what_is_no_money_or_may_be_read_in_two_ways_is_refused(text, refusal):
    with pytest.raises(refusal):
        read_amount(text)


def test_where_the_heading_tells_the_scale_a_bare_number_will_do():
    assert read_amount("62,5", "triệu đồng") == 62_500_000
    assert read_amount("350.000", "đồng") == 350_000
    assert read_amount("2 tỷ", "triệu đồng") == 2_000_000_000


def test_what_lasts_is_of_every_year_until_it_ends_and_what_happened_of_its_own():
    lasting = Entry(1, "sponsorship", "trạm y tế", "2024-03", party="Sở thử")
    assert [is_of_year(lasting, year) for year in (2023, 2024, 2026)] == [False, True, True]
    assert not is_of_year(lasting._replace(until="2025-06-30"), 2026)
    assert not is_of_year(Entry(1, "contribution", "tiền", "2024-03-01", kind="company"), 2025)


def test_sums_are_by_kind_of_giver_by_sponsor_by_block():
    gifts = [
        Entry(1, "contribution", "tiền", "2026-01-05", kind="company", party="Công ty A", amount=120_000_000),
        Entry(2, "contribution", "tiền", "2026-02-05", kind="company", party="Công ty A", amount=30_000_000),
        Entry(1, "contribution", "150 ngày công", "2026-03-05", kind="household"),
    ]
    company, household = sums("contribution", gifts)
    assert company == ("company", 2, 150_000_000, 0, (1, 2))
    assert household == ("household", 1, 0, 1, (1,))
    assert sums("meeting", [Entry(1, "meeting", "sơ kết", "2026-06-30")]) == []


def test_each_register_is_kept_listed_and_taken_back(lai_chau):
    before = facts()
    gift = ("entry", "đóng góp", "Tả Lèng", "--giver-kind")
    done(*gift, "doanh nghiệp", "--party", "Công ty A", "--on", "5/3/2026", "--amount", "120 triệu")
    done(*gift, "hộ", "--on", "6/3/2026", "--text", "200 m² đất")
    done(*gift, "HTX", "--party", "HTX B", "--on", "10/2025", "--amount", "1,5 tỷ")
    report = listed("đóng góp", "--year", "2026")
    assert [(row["kind"], row["what"], row["amount"]) for row in report["entries"]] == [
        ("company", "tiền", 120_000_000),
        ("household", "200 m² đất", None),
    ]
    assert [(row["of"], row["amount"], row["without_amount"]) for row in report["sums"]] == [
        ("company", 120_000_000, None),
        ("household", 0, 1),
    ]
    assert report["notes"] == ["2 mục, 1 đơn vị. Tổng giá trị 120.000.000 đồng. 1 mục chưa có giá trị."]
    assert listed("contribution", "--scope", "Khun Há")["entries"] == []
    assert listed("contribution")["notes"][0].startswith("3 mục, 1 đơn vị. Tổng giá trị 1.620.000.000 đồng.")

    sponsor = ("entry", "đỡ đầu", "Tả Lèng", "Khun Há", "--party", "Sở Y tế", "--text", "trạm y tế")
    done(*sponsor, "--on", "1/3/2026", "--until", "31/12/2028")
    assert [row["named"] for row in listed("sponsorship", "--year", "2027")["sums"]] == ["xã Tả Lèng, xã Khun Há"]
    done("entry", "kiểm tra", "Khun Há", "--party", "Sở NN và MT", "--on", "3/4/2026", "--text", "chậm hồ sơ")
    done("entry", "sơ kết", "tỉnh Lai Châu", "--text", "sơ kết 6 tháng", "--on", "30/6/2026", "--document", "9/BC-UBND")
    done("entry", "mô hình", "Tả Lèng", "--text", "thôn thông minh", "--on", "2025")
    counts = {row["book"]: row["entries"] for row in listed()["registers"]}
    assert counts == {"sponsorship": 2, "contribution": 3, "block": 0, "inspection": 1, "meeting": 1, "model": 1}
    for _time in range(7):
        done("undo")
    assert facts() == before


def test_members_of_a_block_are_of_a_year_and_of_one_block_alone(lai_chau):
    done("entry", "cụm", "Tả Lèng", "Khun Há", "--text", "Cụm số 1", "--year", "2026")
    other = ("entry", "khối", "Khun Há", "--text", "Cụm số 2", "--year", "2026")
    assert "đã ở một cụm, khối" in refused(*other)
    done("entry", "khối", "Khun Há", "--text", "Cụm số 2", "--year", "2027")  # of the next year
    done(*other, "--reason", "chia lại cụm")
    assert {row["of"]: row["named"] for row in listed("block", "--year", "2026")["sums"]} == {
        "Cụm số 1": "xã Tả Lèng",
        "Cụm số 2": "xã Khun Há",
    }
    done("entry", "cụm", "Tả Lèng", "--amount", "96", "--year", "2026", "--reason", "có điểm")
    assert [(row["what"], row["amount"]) for row in listed("block", "--year", "2026")["entries"]] == [
        ("Cụm số 2", None),
        ("Cụm số 1", 96),
    ]


def test_a_unit_that_changes_its_block_stays_in_the_one_before_until_then(lai_chau):
    done("entry", "cụm", "Tả Lèng", "--text", "Cụm 1", "--year", "2026", "--amount", "40")
    before = facts()
    change = ("entry", "cụm", "Tả Lèng", "--text", "Cụm 2", "--on", "1/7/2026")
    assert "--on NGÀY --reason" in refused(*change)
    done(*change, "--reason", "chuyển cụm")
    assert [(row["what"], row["day"], row["until"], row["amount"]) for row in listed("block")["entries"]] == [
        ("Cụm 1", "2026-01-01", "2026-06-30", 40),
        ("Cụm 2", "2026-07-01", "2026-12-31", None),
    ]
    done("entry", "cụm", "Tả Lèng", "--text", "Cụm 3", "--on", "1/10/2026", "--reason", "chuyển cụm")
    assert [row["until"] for row in listed("block")["entries"]] == ["2026-06-30", "2026-09-30", "2026-12-31"]
    with reading(our_ledger()) as connection:
        kept = entries(connection, "block")
    assert [block for _unit, block in dict(blocks_in(kept[::-1], 2026)).items()] == ["Cụm 3"]
    done("undo")
    done("undo")
    assert facts() == before


@pytest.mark.parametrize(
    ("text", "is_person"),
    [
        ("Ông Lò Văn Thử", True),
        ("bà Thử", True),
        ("Hộ bà Lò Thị Thử", True),
        ("Đ/c Lò Văn Thử", True),
        ("ANH LÒ VĂN THỬ", True),
        ("Lò Văn Thử", True),
        ("Đ/c Chủ tịch UBND xã", False),
        ("Bà con thôn 3", False),
        ("Công ty Bà Thử", False),
        ("Sở Văn hoá, Thể thao", False),
        ("Hội Chữ thập đỏ", False),
        ("Ban Dân vận", False),
    ],
)
def test_what_reads_like_a_persons_name(text, is_person):
    assert reads_as_person(text) is is_person


def test_what_lasts_ends_with_its_unit_and_registers_are_counted_within_a_scope(office):
    begin("Lai Châu")
    done("entry", "đỡ đầu", "xã Bản Bo", "--party", "Sở thử", "--on", "1/3/2024", "--text", "trạm y tế")
    counts = [len(listed("đỡ đầu", "--year", year)["entries"]) for year in ("2023", "2024", "2025", "2026")]
    assert counts == [0, 1, 1, 0]
    assert len(listed("đỡ đầu")["entries"]) == 1

    def sponsored(*argv):
        return {row["book"]: row["entries"] for row in listed(*argv)["registers"]}["sponsorship"]

    assert [sponsored("--year", "2025"), sponsored("--year", "2026")] == [1, 0]
    assert [sponsored("--scope", "huyện Tam Đường"), sponsored("--scope", "huyện Mường Tè")] == [1, 0]
    refused("entry", "--year", "2025", "--scope", "Không Có")


def test_a_giver_is_named_on_the_screen_alone(lai_chau, monkeypatch):
    who = "Người Đóng Góp"
    done("entry", "đóng góp", "Tả Lèng", "--giver-kind", "hộ", "--person", who, "--on", "6/3/2026", "--text", "đất")
    shown = ("entry", "đóng góp", "--persons")
    for argv in (("-f", "csv"), ("-f", "json"), ("-o", "a.csv"), ()):
        refused(*shown, *argv, code=2)
    assert not Path("a.csv").exists()
    refused("entry", "--persons", code=2)
    monkeypatch.setattr(_Tee, "isatty", lambda _self: True, raising=False)
    assert who.split()[0] in done(*shown, "-f", "table").out
    assert who.split()[-1] not in done(*shown[:2], "-f", "table").out.replace("đóng góp", "")


def test_an_entry_is_corrected_by_what_tells_it_from_the_others(lai_chau):
    gift = ("entry", "đóng góp", "Tả Lèng", "--giver-kind", "doanh nghiệp")
    assert "không có mục nào" in refused(*gift, "--amount", "5 triệu", "--reason", "x")
    done(*gift, "--party", "Công ty A", "--on", "5/3/2026", "--amount", "120 triệu")
    done(*gift, "--party", "Công ty B", "--on", "5/3/2026", "--amount", "10 triệu")
    assert "có 2 mục" in refused(*gift, "--on", "5/3/2026", "--amount", "12 triệu", "--reason", "ghi nhầm")
    done(*gift, "--party", "Công ty B", "--amount", "12 triệu", "--reason", "ghi nhầm")
    assert [row["amount"] for row in listed("contribution")["entries"]] == [120_000_000, 12_000_000]
    assert "đã có mục này" in refused(*gift, "--party", "Công ty A", "--on", "5/3/2026", "--amount", "120 triệu")


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("quỹ", "Tả Lèng", "--text", "x"), 2, "đỡ đầu.*mô hình"),
        (("đỡ đầu", "Tả Lèng", "--text", "x"), 2, "--party, --on"),
        (("đóng góp", "Tả Lèng", "--amount", "5 triệu", "--on", "1/3/2026"), 2, "thiếu --giver-kind"),
        (("đóng góp", "Tả Lèng", "--giver-kind", "hộ", "--on", "1/3/2026"), 2, "thiếu --text"),
        (("đóng góp", "Tả Lèng", "--giver-kind", "hội", "--on", "1/3/2026"), 2, "doanh nghiệp"),
        (
            ("đóng góp", "Tả Lèng", "--giver-kind", "hộ", "--party", PERSON, "--text", "đất", "--on", "1/3/2026"),
            1,
            "cá nhân",
        ),
        (
            ("đóng góp", "Tả Lèng", "--giver-kind", "DN", "--person", PERSON, "--text", "x", "--on", "1/3/2026"),
            2,
            "--party",
        ),
        (("đóng góp", "Tả Lèng", "--giver-kind", "DN", "--amount", "120", "--on", "1/3/2026"), 2, "đơn vị tính"),
        (
            ("đóng góp", "Tả Lèng", "Khun Há", "--giver-kind", "DN", "--amount", "9 tr", "--on", "1/3/2026"),
            2,
            "2 đơn vị",
        ),
        (("đóng góp", "Tả Lèng", "--giver-kind", "DN", "--amount", "9 tr", "--on", "1/12/2026"), 1, "01/12/2026"),
        (("đóng góp", "Tả Lèng", "--giver-kind", "DN", "--amount", "9 tr", "--year", "2026"), 2, "không có --year"),
        (
            ("mô hình", "Tả Lèng", "--giver-kind", "hộ", "--text", "vườn mẫu", "--on", "2026"),
            2,
            "không có --giver-kind",
        ),
        (("cụm", "Tả Lèng", "--text", "Cụm 1", "--year", "2028"), 1, "2028"),
        (("cụm", "Tả Lèng", "--text", "Cụm 1", "--year", "2026", "--amount", "9,5"), 2, "9,5"),
        (("cụm", "Tả Lèng", "--text", "Cụm 1", "--on", "1/3/2026", "--until", "1/2/2026"), 1, "trước ngày bắt đầu"),
        (("cụm", "Tả Lèng", "Tả Lèng", "--text", "Cụm 1", "--year", "2026"), 2, "hai lần"),
        (("cụm", "--text", "Cụm 1"), 2, "SỔ ĐƠN_VỊ"),
        (
            (
                "đóng góp",
                "Tả Lèng",
                "--giver-kind",
                "khác",
                "--party",
                "Ông Thử",
                "--text",
                "đất",
                "--on",
                "1/3/2026",
            ),
            1,
            "giống tên cá nhân.*\n.*--person",
        ),
        (("kiểm tra", "huyện Tam Đường", "--party", "Sở", "--text", "x", "--on", "1/3/2026"), 1, "Tam Đường"),
    ],
)
def test_what_is_refused_changes_nothing(lai_chau, argv, code, words):
    before = facts()
    said = refused("entry", *argv, code=code)
    assert re.search(words, said), said
    assert facts() == before
    assert "None" not in said


def test_a_closed_year_takes_no_entry(lai_chau):
    done("close-year", "2025")
    one = ("entry", "kiểm tra", "tỉnh Lai Châu", "--party", "Sở", "--text", "x", "--on", "1/10/2025")
    assert run(*one).code == 5
    done(*one, "--reopen", "bổ sung")


def test_no_error_of_an_amount_is_a_fault_of_the_program():
    for text in ("", "1..5 triệu", "5,5,5 tỷ", "1.2.3 đồng", "٣ triệu", "9" * 40 + " đồng"):
        with pytest.raises(NtmError):
            read_amount(text)
