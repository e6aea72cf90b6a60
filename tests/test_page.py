"""A report as a page of HTML: figures as everywhere · every unit · text stays text · nothing from elsewhere · by
keyboard and for who hears it · the same bytes · years of two sets · a district · a year to come · nothing on record ·
as known · verified, and guarded, by its seal · as large as allowed."""

import base64
import hashlib
import re
import shutil
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.running import begin, keep_number, run

AGENCY = "UBND tỉnh Kiên Giang; Văn phòng Điều phối NTM"
ENDED_BY = {  # of elements whose end may be left out, those that end where another begins
    "tr": {"tr", "th", "td"}, "th": {"th", "td"}, "td": {"th", "td"}, "li": {"li"}, "dt": {"dd"}, "dd": {"dt"},
}  # fmt: skip
VOID = {"meta", "input"}


class Element:
    """An element of a page with its attributes, and all texts within it."""

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.texts = tag, attributes, []

    def __getitem__(self, name):
        return self.attributes.get(name)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


class Parsed(HTMLParser):
    """The elements of a page in their order."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        while self.open and self.open[-1].tag in ENDED_BY.get(tag, ()):
            self.open.pop()
        self.elements.append(one := Element(tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(one)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        while self.open.pop().tag != tag:
            pass

    def handle_data(self, data):
        for one in self.open:
            one.texts.append(data)

    def all(self, tag, **attributes):
        return [
            one
            for one in self.elements
            if one.tag == tag and all(one[name.strip("_")] == value for name, value in attributes.items())
        ]

    def one(self, tag, **attributes):
        (found,) = self.all(tag, **attributes)
        return found


def page(*argv, file="r.html", **when):
    done = run("export", str(file), *argv, **when)
    assert done.code == 0, done.both
    return Parsed(Path(file).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory, built_demo):
    """A page of the sample in its own folder beside its ledger, and the same page taken apart."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copy(built_demo / "ntmtrack-demo.db", folder / "so.db")
    options = ("--year", "2024", "--agency", AGENCY, "--db", str(folder / "so.db"))
    page(*options, file=folder / "r.html")  # which also keeps the letterhead
    return folder, page(*options, file=folder / "r.html")


@pytest.fixture
def of_2024(built, office):
    """The page of the sample, beside its ledger."""
    for file in built[0].iterdir():
        shutil.copy(file, office)
    return built[1]


def test_the_headlines_are_those_of_progress(of_2024):
    cards = of_2024.one("section", id="figures").text
    assert "Xã đạt chuẩn NTM 116 trên 116 100,00% Kế hoạch năm 2024 114 Chênh lệch +2" in cards
    assert "Xã đạt chuẩn NTM nâng cao 40 trên 116 34,48% Kế hoạch năm 2024 39 Chênh lệch +1" in cards
    assert "Tăng trong năm 2024 +16 (kế hoạch 15)" in cards
    assert cards.count("Số liệu MINH HOẠ, không phải số thật: 92/116 xã đạt chuẩn NTM") == 1
    assert of_2024.one("h1").text == "Tiến độ xây dựng nông thôn mới tỉnh Kiên Giang năm 2024"
    assert of_2024.one("header").text.startswith("UBND tỉnh Kiên Giang Văn phòng Điều phối NTM")


def test_each_chart_stands_beside_its_table(of_2024):
    first, *others = of_2024.all("figure")
    assert len(others) == 4
    assert "Kế hoạch 90 101 113 114 116 Thực hiện 90 105 112 116 –" in first.text
    assert first.text.endswith("Chênh lệch 0 +4 −1 +2 – Tỷ lệ % 77,59 90,52 96,55 100,00 –")
    drawn = of_2024.all("svg", role="img")
    assert len(drawn) == 5
    for one in drawn:
        title, description = one["aria-labelledby"].split()
        assert of_2024.one("title", id=title).text
        assert "2024: kế hoạch" in of_2024.one("desc", id=description).text


def test_every_unit_is_a_square_and_a_row(of_2024):
    squares = [one for one in of_2024.all("a") if one["aria-label"]]
    rows = {one["id"]: one.text for one in of_2024.all("tr") if one["id"]}
    assert len(squares) == 116
    assert len(rows) == 116 + 15
    for square in squares:
        name, level = square["aria-label"].rsplit(", ", 1)
        assert rows[square["href"].removeprefix("#")].startswith(f"{name} {level}")
    letters = {one.text for one in squares}
    assert letters <= {"K", "k", "N", "n", "Đ", "đ"}
    assert all((one.text.islower()) == ("m" in one["class"].split()) for one in squares)
    assert "Mỹ Thuận NTM nâng cao 2024" in rows.values()


def test_who_is_new_is_named(of_2024):
    new = of_2024.one("section", id="moved").text
    assert (
        "Xã đạt chuẩn NTM kiểu mẫu: đạt thêm 2 xã Phi Thông (thành phố Rạch Giá), xã Tiên Hải (thành phố Hà Tiên)"
        in new
    )
    assert "thêm 16 xã đạt chuẩn NTM nâng cao (mục “Mới trong năm”)" in of_2024.one("section", id="figures").text


def test_who_remains_is_told_where_the_page_lists_them(demo):
    figures = page("--year", "2021").one("section", id="figures").text
    assert "26 xã chưa đạt chuẩn NTM (mục “Xã chưa đạt từng mức”)" in figures
    assert "danh sách kèm theo" not in figures


def test_who_is_counted_no_more_is_named(demo):
    assert run("revoke", "Phi Thông", "--level", "kieu-mau", "--date", "1/3/2025", "--reason", "rớt").code == 0
    whole = page("--as-of", "31/12/2025")
    assert "Xã đạt chuẩn NTM kiểu mẫu: không còn 1 xã Phi Thông" in whole.one("section", id="moved").text
    assert "Thay đổi trong năm 2025" in whole.one("section", id="figures").text


def test_the_rest_is_ranked_and_listed_as_elsewhere(of_2024):
    ranking = of_2024.one("section", id="ranking").text
    assert "Xếp hạng theo tỷ lệ Xã đạt chuẩn NTM, rồi" in ranking
    assert "4 huyện An Biên 8 8 100,00 0 4 50,00 +2 0 0,00 0 4 huyện Kiên Hải 4" in ranking
    remaining = of_2024.one("section", id="remaining").text
    assert "Xã đạt chuẩn NTM: tất cả 116 xã" in remaining
    assert "Xã đạt chuẩn NTM nâng cao: còn 76/116 xã chưa đạt" in remaining
    assert "huyện Kiên Lương 3 Dương Hòa, Bình An, Bình Trị" in remaining


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_can_be_found_through_without_seeing_it(demo, lang):
    whole = page("--year", "2024", "--lang", lang)
    assert whole.one("html")["lang"] == lang
    levels = [int(one.tag[1]) for one in whole.elements if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {one.tag for one in whole.elements} >= {"header", "nav", "main"}
    assert whole.all("a", class_="skip")[0]["href"] == "#main"
    ids = [one["id"] for one in whole.elements if one["id"]]
    assert len(ids) == len(set(ids))
    for one in whole.elements:
        if one.tag == "a":
            assert one["href"].removeprefix("#") in ids
        if one.tag == "th":
            assert one["scope"] in ("row", "col", "colgroup"), one.text
            assert one.text


def test_nothing_comes_from_elsewhere_and_nothing_foreign_runs(of_2024):
    text = Path("r.html").read_text(encoding="utf-8")
    assert not re.findall(r"https?://|//[a-z]|@import|url\(|<link|<img|<iframe|\son[a-z]+=| style=", text)
    policy = next(one["content"] for one in of_2024.all("meta") if one["http-equiv"] == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_a_paper_speaks_as_papers_do(of_2024):
    visible = of_2024.one("body").text.replace(of_2024.one("script").text, "")
    for word in (r"\bsổ\b", "thao tác", "dấu vân tay", "ntmtrack", "khoá", "--", "None"):
        assert not re.search(word, visible, re.IGNORECASE), word
    assert len({word for word in re.findall("luỹ|lũy", visible.lower())}) <= 1


def test_what_is_written_in_it_stays_text(demo, office):
    odd = 'Mỹ <b>&amp; "x" \' </script><script>alert(1)</script> \u2028Z'
    assert run("add-commune", odd, "--district", "903").code == 0
    assert run("record", odd, "--level", "ntm", "--year", "2024", "--decision", "7/QĐ-UBND").code == 0
    keep_number(demo, "7/QĐ-UBND", '7/"QĐ"<i>')
    whole = page("--year", "2024", "--agency", "</title><script>A")
    text = (office / "r.html").read_text(encoding="utf-8")
    assert text.count("<script>") == text.count("</script>") == 1
    assert not {"b", "i"} & {one.tag for one in whole.elements if one.text.startswith(("&amp;", "'"))}
    assert "\u2028" not in text
    (row,) = [one for one in whole.all("tr") if one["id"] and "alert" in one.text]
    assert '<b>&amp; "x" \' </script><script>alert(1)</script>' in row.text
    assert '7/"QĐ"<i>' in row.text
    (square,) = [one for one in whole.all("a") if "alert" in (one["aria-label"] or "")]
    assert square["href"] == f"#{row['id']}"


def test_the_same_figures_give_the_same_bytes(of_2024, office):
    page("--year", "2024", file=office / "again.html")
    assert (office / "again.html").read_bytes() == (office / "r.html").read_bytes()


def test_it_is_small(of_2024, office):
    assert (office / "r.html").stat().st_size < 90_000


def test_of_a_year_of_two_sets_each_stands_apart(demo):
    assert run("rearrange", "--national", "--yes").code == 0
    whole = page("--year", "2026")
    assert "Tính đến 21/11/2026" in whole.one("header").text
    assert "hôm nay" not in whole.one("header").text
    squares = [one for one in whole.all("a") if one["aria-label"]]
    assert len(squares) == 2 * 41
    assert [one.text for one in whole.all("h3")][:2] == ["Theo bộ 2026–2030", "Giữ từ giai đoạn 2021–2025"]
    assert "huyện Hòn Đất" in whole.one("section", id="map").text
    listed = next(one.text for one in whole.all("tr") if one.text.startswith("Hòn Nghệ"))
    assert listed == "Hòn Nghệ chưa đạt NTM nâng cao đến 10/2023"
    ranked = whole.one("section", id="ranking").text
    assert "Theo bộ 2026–2030" not in ranked.replace("(theo bộ", "")  # nobody has anything by that set
    assert "1 thành phố Hà Tiên 1 1 100,00" in ranked
    assert run("verify", "r.html").code == 0


def test_of_a_district_it_has_its_communes(demo):
    whole = page("--year", "2024", "--scope", "Hòn Đất")
    assert len([one for one in whole.all("a") if one["aria-label"]]) == 12
    assert not whole.all("section", id="ranking")


def test_of_a_year_to_come_there_is_the_plan_alone(demo):
    whole = page("--year", "2025", now=datetime(2024, 11, 21, tzinfo=UTC))
    assert "chưa có số liệu Kế hoạch năm 2025 116" in whole.one("section", id="figures").text
    assert not whole.all("section", id="map")
    assert not whole.all("section", id="units")
    assert not [one for one in whole.all("dt") if one.text == "Chênh lệch"]


def test_of_what_is_not_due_no_difference_is_told(demo):
    whole = page("--as-of", "30/6/2025", now=datetime(2025, 6, 30, 9, tzinfo=UTC))
    figures = whole.one("section", id="figures").text
    assert "Kế hoạch năm 2025 15 Còn phải đạt" in figures
    assert "Chênh lệch" not in figures


def test_with_nothing_on_record_it_says_so(office):
    begin("Lai Châu")
    whole = page("--year", "2024")
    assert "chưa ghi nhận kết quả công nhận nào" in whole.one("section", id="figures").text
    assert "Xã đạt chuẩn NTM: chưa xã nào trong 94 xã" in whole.one("section", id="remaining").text
    assert not whole.all("section", id="ranking")


def test_as_known_on_an_earlier_day_it_says_so(demo):
    run("record", "30836", "--level", "nang-cao", "--year", "2024", now=datetime(2026, 11, 25, tzinfo=UTC))
    whole = page("--year", "2024", "--as-known", "22/11/2026", now=datetime(2026, 11, 26, tzinfo=UTC))
    assert "theo thông tin ghi nhận đến hết ngày 22/11/2026" in whole.one("header").text
    assert "Xã đạt chuẩn NTM nâng cao 40 trên 116" in whole.one("section", id="figures").text


def test_verify_holds_it_against_the_ledger(of_2024, office):
    assert run("verify", "r.html").code == 0
    run("record", "30836", "--level", "nang-cao", "--year", "2024")
    moved = run("verify", "r.html")
    assert (moved.code, "Xã đạt chuẩn NTM nâng cao" in moved.out) == (3, True)


def test_what_somebody_changed_in_it_is_found_and_kept(of_2024, office):
    text = (office / "r.html").read_text(encoding="utf-8")
    (office / "r.html").write_text(text.replace("<b>40</b>", "<b>41</b>"), encoding="utf-8")
    told = run("verify", "r.html")
    assert told.code == 3
    assert "ghi “41”, lẽ ra là “40”" in told.out
    assert "1 chỗ khác với khi xuất" in told.out
    (office / "r.html").rename(office / "s.html")  # of which the register knows nothing
    assert run("export", "s.html", "--year", "2024").code == 1
    assert run("verify", "khong-co.html").code == 1
    (office / "s.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    assert "không có dấu của chương trình" in run("verify", "s.html").err


def test_a_page_sent_elsewhere_is_still_ours(of_2024, office):
    (office / "r.html").rename(office / "s.html")
    assert run("export", "s.html", "--year", "2023").code == 0


def test_a_page_is_whole(demo):
    refused = run("export", "r.html", "--sheets", "list")
    assert (refused.code, "--sheets" in refused.err) == (2, True)


def test_of_many_districts_the_page_says_where_it_lists_them(office):
    assert run("init", "-p", "Thanh Hóa", "--programme", "2021-2025").code == 0
    assert run("record", "huyện Yên Định", "--level", "ntm", "--year", "2021").code == 0
    figures = page("--year", "2024").one("section", id="figures").text
    assert "đơn vị cấp huyện chưa đạt chuẩn NTM (mục “Danh sách đơn vị”)" in figures


def test_districts_that_have_ended_are_called_former_ones(office):
    assert run("init", "-p", "An Giang").code == 0
    assert run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2026").code == 0
    whole = page("--year", "2026").one("body").text
    assert "Hạng Huyện cũ" in whole
    assert "huyện Châu Thành (cũ), tỉnh Kiên Giang" in whole
    assert "Đơn vị cấp huyện" not in whole
    assert "Số liệu chưa đầy đủ: mới có số liệu công nhận xã từ năm 2026" in whole
