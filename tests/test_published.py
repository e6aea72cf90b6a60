"""Published figures in full: per cents with their base, said half up in silence, cut off or rounded twice, of another
base or of none · bands and their whole, averages and their sum · what measures are called, by what is typed and in
tables · cumulative figures that fall, years that do not add up · what cannot be.

An Giang, 31/12/2017 (thainguyentv.vn): 33/119 printed 27,32 %, bands 33+7+44+34+0 = 118. Quảng Bình 2018 and Lào Cai
10/2024: bands that add up. Điện Biên 6/2025: nâng cao 5/26 = 19,23 %, kiểu mẫu 2/5 = 40 %. The nation 6/2025: 42,4 %.
"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmtrack.ingest.measures import read_measure, read_share, tier_named
from ntmtrack.ingest.printed_figures import percent_in, read_count, read_decimal
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.lint import Weight
from ntmtrack.lint.published_shares import KnownBases, check_share, own_bases
from ntmtrack.lint.published_sums import check_averages, check_bands
from ntmtrack.model import Published, Tier
from ntmtrack.programmes import programme
from ntmtrack.roadmaps.bands import Band, band_of, measure_in_set, partitions
from ntmtrack.spreadsheets import Cell
from tests.office_tables.reading import table
from tests.running import begin, run
from tests.test_checks import found

JUNE_2025, OF_2017 = "2025-06-30", "2017-12-31"


def printed(measure, value, total=None, percent=None, share_of=None, as_of=OF_2017):
    return Published(Tier.COMMUNE, measure, as_of, str(value), total, "Báo", percent=percent, share_of=share_of)


def weighed(figure, beside=(), **ledger):
    """What is wrong with a per cent beside what the same source and the ledger tell: its weight, the clause."""
    return check_share(figure, KnownBases(own_bases(figure, [*beside, figure]), by_year=ledger)) or (None, "")


class TestPerCents:
    @pytest.mark.parametrize("percent", ["27,73", "27,7", "28"])
    def test_half_up_is_silent(self, percent):
        assert weighed(printed("ntm", 33, 119, percent)) == (None, "")

    @pytest.mark.parametrize(
        ("count", "total", "percent", "how"),
        [(33, 119, "27", "cắt bớt"), (54, 94, "57,5", "57,45 → 57,5"), (54, 94, "57,44", "cắt bớt")],
    )
    def test_cut_off_or_rounded_twice_is_a_note(self, count, total, percent, how):
        weight, text = weighed(printed("ntm", count, total, percent))
        assert weight is Weight.NOTE
        assert how in text

    def test_an_giang_is_of_no_base(self):
        weight, text = weighed(printed("ntm", 33, 119, "27,32"), all=119)
        assert weight is Weight.DOUBT
        assert "33/119 = 27,73%, nhưng in 27,32%; không mẫu số nào đã biết cho số này: 119" in text

    def test_the_nation_is_of_no_base(self):
        weight, text = weighed(printed("nang-cao", 2567, None, "42,4", as_of=JUNE_2025), all=7669, ntm=6084)
        assert weight is Weight.DOUBT
        assert "không mẫu số nào đã biết" in text
        assert "7.669" in text
        assert "6.084" in text
        assert weighed(printed("ntm", 6084, 7669, "79,3", as_of=JUNE_2025)) == (None, "")

    def test_dien_bien_is_of_the_level_just_below(self):
        ntm = printed("ntm", 26, 115, "22,6", as_of=JUNE_2025)
        advanced = printed("nang-cao", 5, 115, "19,23", as_of=JUNE_2025)
        model = printed("kieu-mau", 2, None, "40", "nested", as_of=JUNE_2025)
        weight, text = weighed(advanced, [ntm, model])
        assert weight is Weight.DOUBT
        assert "5/26 = 19,23% (xã đạt chuẩn NTM, theo chính nguồn này)" in text
        assert weighed(advanced._replace(share_of="nested"), [ntm, model]) == (None, "")
        assert weighed(model, [ntm, advanced]) == (None, "")
        assert weighed(ntm, [advanced, model]) == (None, "")

    def test_the_ledger_tells_a_base_that_the_source_does_not(self):
        figure = printed("kieu-mau", 2, 115, "40", as_of=JUNE_2025)
        assert "2/5 = 40,00% (xã đạt mức liền dưới, theo sổ)" in weighed(figure, all=115, ntm=26, nested=5)[1]
        assert weighed(figure._replace(share_of="nested"), all=115, ntm=26, nested=5) == (None, "")

    def test_the_ledger_may_have_been_counted_by_the_day_of_decision(self):
        figure = printed("nang-cao", 5, None, "20,83", "ntm", as_of=JUNE_2025)
        by_year = {"all": 115, "ntm": 26}
        assert check_share(figure, KnownBases({}, by_year, {"all": 115, "ntm": 24})) is None
        weight, text = check_share(figure._replace(share_of="all"), KnownBases({}, by_year, {"all": 115, "ntm": 24}))
        assert weight is Weight.DOUBT
        assert "5/24 = 20,83% (xã đạt chuẩn NTM, theo sổ tính theo ngày quyết định)" in text

    def test_said_to_be_of_all_it_is_of_those_at_ntm(self):
        figure = printed("nang-cao", 5, None, "19,23", "all", as_of=JUNE_2025)
        weight, text = weighed(figure, all=115, ntm=26, nested=26)
        assert (weight, "5/26 = 19,23%" in text) == (Weight.DOUBT, True)

    def test_nothing_is_said_where_nobody_tells_the_base(self):
        figure = printed("nang-cao", 5, None, "19,23", "nested", as_of=JUNE_2025)
        assert weighed(figure) == (None, "")
        assert weighed(figure._replace(total=115), all=115) == (None, "")
        assert weighed(figure._replace(share_of=None)) == (None, "")
        assert weighed(figure, ntm=2, nested=2) == (None, "")  # of fewer than 5 it is no part

    def test_below_the_lowest_level_there_is_no_base(self):
        for measure, share_of in (("ntm", "ntm"), ("ntm", "nested"), ("criteria-band:15-18", "nested")):
            weight, text = weighed(printed(measure, 33, 119, "27,73", share_of))
            assert (weight, "không có mức nào" in text) == (Weight.DOUBT, True)
        assert weighed(printed("criteria-band:15-18", 33, 119, "27,73", "ntm"), all=119, ntm=119) == (None, "")

    def test_the_total_beside_may_be_the_base(self):
        assert weighed(printed("nang-cao", 5, 26, "19,23", "ntm", as_of=JUNE_2025), all=115, ntm=20) == (None, "")

    @given(st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
    def test_what_is_rounded_half_up_is_always_silent(self, counted):
        count, total = counted
        hundredths = (count * 20_000 + total) // (2 * total)
        percent = f"{hundredths // 100},{hundredths % 100:02}"
        assert weighed(printed("ntm", count, total, percent)) == (None, "")


AN_GIANG = {"criteria-at-least:19": 33, "criteria-band:15-18": 7, "criteria-band:10-14": 44, "criteria-band:5-9": 34}
AN_GIANG |= {"criteria-below:5": 0}
LAO_CAI = {"criteria-at-least:19": 4, "criteria-band:14-18": 40, "criteria-band:10-13": 16, "criteria-below:10": 2}
QUANG_BINH = dict(zip(AN_GIANG, (29, 47, 38, 22, 0), strict=True))


def bands(counts, total=None):
    figures = [printed(measure, value) for measure, value in counts.items()]
    return [*figures, printed("units", total)] if total else figures


class TestParts:
    def test_an_giang_has_one_commune_too_few(self):
        ((_figure, weight, text),) = check_bands(bands(AN_GIANG, 119))
        assert (weight, text) == (Weight.DOUBT, "33 + 7 + 44 + 34 + 0 = 118, nhưng in 119 (−1)")

    @pytest.mark.parametrize(("counts", "total"), [(AN_GIANG, 118), (LAO_CAI, 62), (QUANG_BINH, 136)])
    def test_bands_that_add_up_are_passed_over(self, counts, total):
        assert not [*check_bands(bands(counts, total))]

    def test_without_a_printed_total_nothing_is_concluded(self):
        assert not [*check_bands(bands(AN_GIANG))]

    def test_the_total_may_stand_beside_a_level(self):
        ((_figure, _weight, text),) = check_bands([*bands(AN_GIANG), printed("ntm", 33, 119)])
        assert "118, nhưng in 119" in text

    def test_bands_with_a_gap_are_no_whole(self):
        counts = dict(AN_GIANG)
        del counts["criteria-band:10-14"]
        assert not [*check_bands(bands(counts, 119))]

    def test_a_band_of_bands(self):
        ((figure, _weight, text),) = check_bands(bands(AN_GIANG | {"criteria-at-least:15": 41}))
        assert (figure.measure, text) == ("criteria-at-least:15", "33 + 7 = 40, nhưng in 41 (−1)")

    @given(st.lists(st.integers(1, 18), unique=True, min_size=1, max_size=6), st.data())
    def test_bands_cut_anywhere_add_up_to_their_whole_and_to_no_other(self, cuts, data):
        lows = [0, *sorted(cuts)]
        highs = [low - 1 for low in lows[1:]]
        parts = [Band(low, high) for low, high in zip(lows, [*highs, None], strict=True)]
        assert [sorted(way) for way in partitions(Band(0), parts)] == [sorted(parts, key=lambda band: band.low)]
        counts = {band.measure: data.draw(st.integers(0, 50)) for band in parts}
        assert {band_of(measure) for measure in counts} == {*parts}
        whole = sum(counts.values())
        assert not [*check_bands(bands(counts, whole))]
        assert len([*check_bands(bands(counts, whole + 1))]) == 1

    @pytest.mark.parametrize(
        ("average", "weight"),
        [("15.88", None), ("15.9", None), ("16", None), ("15.87", Weight.NOTE), ("15.98", Weight.DOUBT)],
    )
    def test_an_average_comes_of_the_sum(self, average, weight):
        figures = [printed("criteria-average", average, 116), printed("criteria-met", 1842)]
        assert [one[1] for one in check_averages(figures)] == [weight] * bool(weight)

    def test_the_base_of_an_average_may_stand_elsewhere(self):
        """“1.286 tiêu chí/92 xã”, 13,98 of each; 16,8 of 19 criteria is of no 19 communes."""
        of_communes = [printed("criteria-average", "13.98", 19), printed("criteria-met", 1286, 92)]
        assert not [*check_averages(of_communes)]
        ((_figure, _weight, text),) = check_averages([of_communes[0]._replace(value="14.98"), of_communes[1]])
        assert text == "1.286/92 = 13,98, nhưng in 14,98"
        beside = [printed("criteria-average", "15.98"), printed("criteria-met", 1842), printed("ntm", 40, 116)]
        assert [one[1] for one in check_averages(beside)] == [Weight.DOUBT]
        assert not [*check_averages([printed("criteria-average", "15.98"), printed("criteria-met", 1842)])]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "tier", "key"),
        [
            ("Số xã đạt 15-18 tiêu chí", "commune", "criteria-band:15-18"),
            ("Xã đạt từ 15 đến 18 TC", "commune", "criteria-band:15-18"),
            ("từ 15 đến dưới 19 tiêu chí", "commune", "criteria-band:15-18"),
            ("Số xã đạt 19/19 tiêu chí", "commune", "criteria-band:19-19"),
            ("Số xã đạt 15/19 tiêu chí", "commune", "criteria-band:15-15"),
            ("Xã đạt từ 15 tiêu chí trở lên", "commune", "criteria-at-least:15"),
            ("≥ 15 tiêu chí", "commune", "criteria-at-least:15"),
            ("Xã trên 14 tiêu chí", "commune", "criteria-at-least:15"),
            ("Số xã dưới 05 tiêu chí", "commune", "criteria-below:5"),
            ("<5 TC", "commune", "criteria-below:5"),
            ("tối đa 4 tiêu chí", "commune", "criteria-below:5"),
            ("Bình quân tiêu chí/xã", "commune", "criteria-average"),
            ("bình quân tiêu chí", "commune", "criteria-average"),
            ("Tổng số tiêu chí đạt", "commune", "criteria-met"),
            ("Xã đạt tiêu chí số 2 (Giao thông)", "commune", "criterion:2"),
            ("Số thôn đạt chuẩn nông thôn mới", "village", "ntm"),
            ("Số bản NTM kiểu mẫu", "village", "kieu-mau"),
            ("Tổng số thôn", "village", "units"),
            ("Thu nhập bình quân đầu người", "province", "income"),
            ("Xã NTM nâng cao tăng thêm trong năm", "commune", "nang-cao.added"),
            ("Số xã chưa đạt tiêu chí 17", "commune", None),
            ("Số xã đăng ký NTM", "commune", None),
            ("Xã đạt 18-15 tiêu chí", "commune", None),
            ("Số xã đạt 19 tiêu chí NTM nâng cao", "commune", None),
        ],
    )
    def test_what_a_figure_measures(self, text, tier, key):
        assert (tier_named(text), read_measure(text)) == (tier and Tier(tier), key)

    @pytest.mark.parametrize(
        ("measure", "of_19", "of_10"),
        [
            ("criteria-band:19-19", "criteria-at-least:19", None),
            ("criteria-band:5-9", "criteria-band:5-9", "criteria-band:5-9"),
            ("criteria-band:10-10", "criteria-band:10-10", "criteria-at-least:10"),
            ("criteria-below:5", "criteria-below:5", "criteria-below:5"),
            ("criteria-at-least:15", "criteria-at-least:15", None),
            ("criterion:17", "criterion:17", None),
            ("ntm", "ntm", "ntm"),
        ],
    )
    def test_bands_are_those_of_the_set_of_the_day(self, measure, of_19, of_10):
        assert (measure_in_set(measure, 19), measure_in_set(measure, 10)) == (of_19, of_10)

    @pytest.mark.parametrize(
        ("text", "measure", "share"),
        [
            ("tổng số xã", "nang-cao", "all"),
            ("Toàn bộ số xã", "ntm", "all"),
            ("Số xã đạt chuẩn NTM", "nang-cao", "ntm"),
            ("xã NTM", "kieu-mau", "ntm"),
            ("xã NTM nâng cao", "kieu-mau", "nested"),
            ("mức liền dưới", "kieu-mau", "nested"),
            ("nested", "kieu-mau", "nested"),
            ("xã NTM kiểu mẫu", "nang-cao", None),
            ("xã đăng ký", "ntm", None),
        ],
    )
    def test_what_a_per_cent_is_of(self, text, measure, share):
        assert read_share(text, programme("2021-2025"), measure) == share

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("54/94 (57,45%)", ("54", 94, "57,45", None)),
            ("33 xã, đạt 27.73 %", ("33", None, "27,73", None)),
            ("1.842 tiêu chí/116 xã", ("1842", 116, None, None)),
        ],
    )
    def test_counts_as_printed(self, text, told):
        assert read_count(text) == told

    @pytest.mark.parametrize("text", ["15,88 (1.842/116)", "1.842/116 = 15,88", "15,88 tiêu chí/xã (1.842/116)"])
    def test_averages_as_printed(self, text):
        assert read_decimal(text) == ("15.88", 116, None, 1842)

    @pytest.mark.parametrize(
        ("value", "shown", "percent"),
        [(0.2732, "0.00%", "27,32"), (0.2, "0%", "20"), (27.32, "General", "27,32"), ("27,32 %", "", "27,32")],
    )
    def test_a_per_cent_is_what_its_cell_shows(self, value, shown, percent):
        assert percent_in(Cell(value, format=shown)) == percent

    def test_what_is_no_per_cent(self):
        for text in ("khoảng 27", "27,32,1", "-5%", "—"):
            with pytest.raises(ValueMismatch):
                percent_in(Cell(text))


@pytest.fixture
def office_ledger(office):
    begin("Kiên Giang")
    return office / "so.db"


def publish(*words, source="Báo", as_of="31/12/2022"):
    return run("publish", *words, "--as-of", as_of, "--source", source)


@pytest.mark.usefixtures("office_ledger")
class TestTyped:
    def test_a_per_cent_is_kept_as_printed_and_weighed_at_once(self):
        kept = publish("--level", "ntm", "--value", "33", "--total", "119", "--percent", "27,32", "--share-of", "all")
        assert "33/119 xã đạt chuẩn NTM (27,32% tổng số)" in kept.both
        assert "Nghi vấn: Xã đạt chuẩn NTM, 31/12/2022: 33/119 = 27,73%, nhưng in 27,32%" in kept.err
        ((weight, text, _units),) = found("percents")["percents"]
        assert (weight, text.endswith("; nguồn: Báo")) == ("doubt", True)
        right = publish("--level", "ntm", "--value", "33/119 (27,73%)")
        assert "Nghi vấn" not in right.both
        assert found("percents") == {}
        assert run("undo").code == 0
        assert len(found("percents")["percents"]) == 1

    def test_the_ledger_tells_the_base(self):
        for unit in ("30838", "30802"):
            assert run("record", unit, "-l", "ntm", "--year", "2022").code == 0
        assert run("record", "30838", "-l", "nang-cao", "--year", "2022").code == 0
        said = publish("--level", "nang-cao", "--value", "1", "--total", "116", "--percent", "50")
        assert "mẫu số khác cho ra số đó: 1/2 = 50,00% (xã đạt chuẩn NTM, theo sổ)" in said.err
        assert "Nghi vấn" not in publish("-l", "nang-cao", "--value", "1", "--percent", "50", "--share-of", "ntm").both

    def test_bands_averages_and_villages(self):
        for measure, value in (("19 tiêu chí", "29"), ("15-18 tiêu chí", "47"), ("dưới 15 tiêu chí", "39")):
            assert publish("--measure", measure, "--value", value, "--total", "116").code == 0
        assert "29 + 47 + 39 = 115, nhưng in 116 (−1)" in found("parts")["parts"][0][1]
        average = publish("-m", "bình quân tiêu chí/xã", "--value", "15,98 (1.842/116)")
        assert "1.842/116 = 15,88, nhưng in 15,98" in average.err
        assert "601 thôn đạt chuẩn NTM kiểu mẫu" in publish("-l", "kieu-mau", "-t", "village", "--value", "601").both
        assert "816 thôn đạt chuẩn NTM" in publish("-m", "Số thôn đạt chuẩn NTM", "--value", "816").both
        told = found("published")["published"]
        assert [weight for weight, *_rest in told] == ["note", "note"]  # no doubt, and told once each
        assert "mới rà soát, kết luận 0/116 xã" in told[0][1]
        assert "không so với sổ: Thôn, bản" in told[1][1]

    def test_districts_have_a_set_of_their_own(self):
        assert "đơn vị cấp huyện đạt 9 tiêu chí" in publish("-m", "Số huyện đạt 9/9 tiêu chí", "--value", "5/15").both
        assert "có 9 tiêu chí" in publish("-m", "Số huyện đạt 10-14 tiêu chí", "--value", "5").err

    def test_in_a_set_of_ten_criteria(self):
        assert "xã đạt 10 tiêu chí" in publish("-m", "10 tiêu chí", "--value", "3", as_of="30/6/2026").both
        assert publish("-m", "15-18 tiêu chí", "--value", "3", as_of="30/6/2026").code == 2
        assert publish("-m", "bình quân tiêu chí", "--value", "15", as_of="30/6/2026").code == 2

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("-l", "ntm", "--value", "90", "--percent", "127,32"), "“127,32” không phải tỷ lệ"),
            (("-l", "ntm", "--value", "90", "--percent", "nhiều"), "“nhiều” không phải tỷ lệ"),
            (("-l", "ntm", "--value", "120", "--total", "116"), "120 trên 116 là không thể"),
            (("-l", "ntm", "--value", "1,5"), "“1,5” không phải con số"),
            (("-m", "20 tiêu chí", "--value", "3"), "bộ tiêu chí 2021-2025 có 19 tiêu chí"),
            (("-m", "xã giàu", "--value", "3"), "“xã giàu”"),
            (("-m", "bình quân tiêu chí", "--value", "20,5"), "20,5 trên 19 là không thể"),
            (("-m", "NTM", "-l", "ntm", "--value", "3"), "--level, --measure"),
            (("-m", "NTM"), "--value"),
            (("-l", "ntm", "--value", "33/119 (27,73%)", "--percent", "27,32"), "--percent 27,32, --value"),
            (("-l", "ntm", "--value", "33/119", "--total", "120"), "--total 120, --value"),
            (("-m", "xã đạt tiêu chí 17 tăng thêm", "--value", "3"), "tiêu chí 17 tăng thêm"),
            (("-l", "ntm", "--value", "3", "--percent", "3", "--share-of", "xã"), "--share-of"),
        ],
    )
    def test_what_cannot_be_is_refused(self, words, told):
        refused = publish(*words)
        assert refused.code in (1, 2)
        assert told in refused.err
        assert json.loads(run("history", "-f", "json").out)["actions"][0]["id"] == 1


HEAD = "Chỉ tiêu;Tính đến;Số lượng;Tổng số;Tỷ lệ (%);Tỷ lệ tính trên;Nguồn"


@pytest.mark.usefixtures("office_ledger")
class TestTables:
    def test_per_cents_their_base_bands_averages_and_villages_are_read(self, office):
        lines = (
            "Số xã đạt chuẩn NTM;12/2022;54/94 (57,45%);;;;Báo",
            "Số xã NTM nâng cao;12/2022;5;94;9,26;xã NTM;Báo",
            "Số xã NTM kiểu mẫu;12/2022;2;94;40;;Báo",
            "Số xã đạt 15-18 tiêu chí;12/2022;30;94;;;Báo",
            "Bình quân tiêu chí/xã;12/2022;15,88 (1.493/94);;;;Báo",
            "Tổng số tiêu chí;12/2022;1.493;;;;Báo",
            "Số thôn đạt chuẩn NTM;12/2022;816;;;;Báo",
        )
        read = run("import", str(table(office / "a.csv", "\n".join((HEAD, *lines)))), "--yes")
        assert read.code == 0
        (odd,) = [line for line in read.out.splitlines() if "Nghi vấn" in line]
        assert "2/94 = 2,13%, nhưng in 40%; mẫu số khác cho ra số đó: 2/5 = 40,00%" in odd
        ((_weight, text, _units),) = found("percents")["percents"]
        assert text in odd.replace("· Nghi vấn: ", "") + "; nguồn: Báo"
        said = run("history", "2").out
        for words in (
            "54/94; 57,45%",
            "5/94; 9,26%; tỷ lệ tính trên số đạt chuẩn NTM",
            "15,88",
            "Xã: tổng số tiêu chí đạt",
        ):
            assert words in said
        assert run("import", "a.csv").err.strip() == "Không có gì để ghi: sổ đã có đủ."

    def test_the_base_may_stand_as_words_in_the_column_of_totals(self, office):
        head = "Nội dung;Tính đến;Số lượng;Mẫu số;Tỷ lệ (%);Nguồn"
        lines = ("Số xã NTM;12/2022;26;115;22,61;Báo", "Số xã NTM nâng cao;12/2022;5;xã NTM;19,23;Báo")
        read = run("import", str(table(office / "a.csv", "\n".join((head, *lines)))), "--yes")
        assert "5 (19,23% số đạt chuẩn NTM), 12/2022" in read.out
        assert "Nghi vấn" not in read.out
        worse = run(
            "import", str(table(office / "b.csv", "\n".join((head, lines[1].replace("xã NTM;", "—;"))))), "--yes"
        )
        assert (worse.code, "cần số nguyên" in worse.out) == (3, True)

    def test_a_column_may_stand_for_each_measure(self, office):
        lines = (
            "Năm;Tổng số xã;Số xã đạt chuẩn NTM;Tỷ lệ (%);Số xã NTM nâng cao;Tỷ lệ (%);Số xã đạt 15-18 tiêu chí;"
            "Bình quân tiêu chí/xã;Tổng số tiêu chí;Số huyện NTM;Số thôn đạt chuẩn NTM",
            "2021;116;90;77,59;0;0;20;17,7;2.053;5;",
            "2022;116;101;87,07;3;2,97;10;18,1;2.100;7;300",
        )
        read = run("import", str(table(office / "a.csv", "\n".join(lines))), "--yes")
        assert read.code == 0, read.both
        for words in (
            "90/116 (77,59%), 2021",
            "3/116 (2,97%), 2022",
            "10/116, 2022",
            "18,1 (của 116 xã), 2022",
            "2.053 (của 116 xã), 2021",
            "300, 2022",
        ):
            assert words in read.out
        assert "5, 2021 " in read.out  # of districts the number of communes is no total
        assert "3/116 = 2,59%, nhưng in 2,97%; mẫu số khác cho ra số đó: 3/101 = 2,97% (xã đạt chuẩn NTM" in read.out
        assert "Bình quân" not in "".join(text for _weight, text, _units in found("parts").get("parts", []))

    @pytest.mark.parametrize(
        ("head", "line"),
        [
            ("Năm;Huyện;Số xã đạt chuẩn NTM", "2022;Hòn Đất;5"),
            ("Huyện;Chỉ tiêu;Năm;Số lượng", "Hòn Đất;Số xã đạt chuẩn NTM;2022;5"),
        ],
    )
    def test_figures_of_districts_are_none_of_the_province(self, office, head, line):
        file = str(table(office / "a.csv", f"{head}\n{line}"))
        refused = run("import", file, "--what", "published", "--yes", "-f", "json")
        cell = "ABCD"[head.split(";").index("Huyện")] + "2"
        assert [one["cell"] for one in json.loads(refused.out)["lines"] if one["state"] == "refused"] == [cell]
        for words in (("--map", f"{cell[0]}=skip"), ("--map", "Huyện=skip", "--scope", "Hòn Đất")):
            assert run("import", file, "--what", "published", "--yes", "--dry-run", *words).code == 0

    def test_such_columns_may_stand_below_a_heading_merged_over_them(self, office):
        lines = (
            "Thời điểm;Số xã đạt chuẩn NTM;;Số xã NTM nâng cao;;Nguồn",
            ";Số lượng;Tỷ lệ (%);Số lượng;Tỷ lệ (%);",
            "31/12/2023;108;93,10;5;4,31;Báo",
            "31/12/2024;117/116;100;;34,5;Báo",
        )
        file = str(table(office / "a.csv", "\n".join(lines)))
        refused = run("import", file, "--yes", "-f", "json")
        lines = json.loads(refused.out)["lines"]
        assert [one["cell"] for one in lines if one["state"] == "refused"] == ["B4", "E4"]
        assert [one["cell"] for one in lines if one["state"] == "new"] == ["B3", "D3"]

    def test_another_per_cent_is_a_correction(self, office):
        line = "Số xã đạt chuẩn NTM;12/2022;54;94;57,45;;Báo"
        run("import", str(table(office / "a.csv", f"{HEAD}\n{line}")), "--yes")
        changed = run("import", str(table(office / "b.csv", f"{HEAD}\n{line.replace('57,45', '57,5')}")), "--yes")
        assert "57,45 → 57,5" in changed.out
        assert "sửa 1" in changed.both

    @pytest.mark.parametrize(
        ("line", "cell"),
        [
            ("Số xã đạt chuẩn NTM;12/2022;54;94;157,45;;", "E2"),
            ("Số xã đạt chuẩn NTM;12/2022;54;94;nhiều;;", "E2"),
            ("Số xã đạt chuẩn NTM;12/2022;54 (57,45%);94;57,5;;", "E2"),
            ("Số xã NTM nâng cao;12/2022;5;94;9,3;trời;", "F2"),
            ("Số xã đạt chuẩn NTM;12/2022;95;94;;;", "C2"),
            ("Số xã đạt chuẩn NTM;12/2022;54/94;95;;;", "D2"),
            ("Số xã đạt chuẩn NTM;12/2022;;94;57,45;;", "E2"),
            ("Số xã đạt 15-18 tiêu chí;6/2026;3;94;;;", "A2"),
            ("Số xã đạt 20 tiêu chí;12/2022;3;94;;;", "A2"),
            ("Bình quân tiêu chí/xã;12/2022;19,5;;;;", "C2"),
            ("Tổng số tiêu chí;12/2022;1.787;94;;;", "C2"),
        ],
    )
    def test_a_cell_that_cannot_be_keeps_the_file_out(self, office, line, cell):
        good = "Số xã đạt chuẩn NTM;6/2022;54;94;57,45;;Báo"
        file = table(office / "a.csv", f"{HEAD}\n{line}Báo\n{good}")
        refused = run("import", str(file), "--yes", "-f", "json")
        assert refused.code == 3
        assert [one["cell"] for one in json.loads(refused.out)["lines"] if one["state"] == "refused"] == [cell]
        assert json.loads(run("history", "-f", "json").out)["actions"][0]["id"] == 1


@pytest.mark.usefixtures("office_ledger")
class TestCourse:
    def test_a_fall_is_a_doubt_with_a_falling_total_a_note(self):
        publish("-l", "ntm", "--value", "58/117", as_of="31/12/2022")
        publish("-l", "ntm", "--value", "55/117", as_of="31/12/2023")
        publish("-l", "ntm", "--value", "54/116", as_of="31/12/2024")
        publish("-l", "ntm", "--value", "50", as_of="31/12/2024", source="báo khác")
        doubt, note = found("falls")["falls"]
        assert (doubt[0], "31/12/2022 là 58, nay còn 55" in doubt[1]) == ("doubt", True)
        assert (note[0], "tổng số in cũng giảm, từ 117 còn 116" in note[1]) == ("note", True)

    def test_a_fall_that_the_record_explains_is_a_note(self):
        run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022")
        run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "1/3/2023")
        publish("-l", "ntm", "--value", "58", as_of="2022")
        publish("-l", "ntm", "--value", "57", as_of="2023")
        ((weight, text, units),) = found("falls")["falls"]
        assert (weight, units) == ("note", "xã Mỹ Thuận (huyện Hòn Đất)")
        assert "trong thời gian đó sổ ghi không còn: xã Mỹ Thuận" in text

    def years(self, *, before="64", added="13", after="77", source="Báo"):
        publish("-l", "ntm", "--value", before, as_of="2021", source=source)
        publish("-m", "Xã đạt chuẩn NTM tăng thêm trong năm", "--value", added, as_of="12/2022")
        publish("-l", "ntm", "--value", after, as_of="31/12/2022")
        return found("years").get("years", [])

    def test_a_year_that_adds_up_is_passed_over(self):
        assert self.years() == []

    def test_a_year_that_does_not_add_up_is_a_doubt(self):
        ((weight, text, _units),) = self.years(after="75")
        assert (weight, "năm trước 64 + tăng thêm 13 = 77, nhưng in 75 (+2)" in text) == ("doubt", True)

    def test_of_another_source_before_it_is_told(self):
        ((weight, text, _units),) = self.years(after="75", source="Báo cũ")
        assert (weight, "số năm trước là của nguồn khác: Báo cũ" in text) == ("note", True)

    def test_units_lost_or_recognised_again_are_asked_about(self):
        run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2021")
        run("revoke", "Mỹ Thuận", "-l", "ntm", "--date", "1/3/2022")
        again = run("record", "30802", "-l", "ntm", "--year", "2022", "--basis", "cong-nhan-lai")
        assert again.code == 0, again.err
        ((weight, text, units),) = self.years(after="75")
        assert weight == "note"
        assert "có tính những đơn vị này không? không còn: xã Mỹ Thuận (huyện Hòn Đất); công nhận lại: xã" in text
        assert units == "xã Mỹ Thuận (huyện Hòn Đất); xã Hòa Điền (huyện Kiên Lương)"
