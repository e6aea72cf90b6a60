"""Names: cleaning · the same letters · match keys · numerals · kinds in front · the alphabet · safe printing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmtrack.text import clean, fold, fold_keys, letters, nearest, sort_key, visible, width
from ntmtrack.units import split_kind, split_plain_kind


@pytest.mark.parametrize(
    "written",
    ["Đắk  R'Lấp", "Ðắk R’Lấp", unicodedata.normalize("NFD", "Đắk R'Lấp"), "\u200bĐắk\u00a0R'Lấp ", "\ufeffĐắk R'Lấp"],
)
def test_one_spelling_however_it_was_typed(written):
    assert clean(written) == "Đắk R'Lấp"


@pytest.mark.parametrize(("one", "other"), [("Hoà", "Hòa"), ("HÒA AN", "Hoà An"), ("Thuỷ", "Thủy")])
def test_the_same_letters_wherever_the_tone_mark_sits(one, other):
    assert letters(one) == letters(other)


def test_other_letters_are_not_the_same():
    assert letters("Hòa") != letters("Hóa")
    assert letters("Tân") != letters("Tan")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Mỹ Thuận", "my thuan"),
        ("Đắk R'Lấp", "dak rlap"),
        ("Đak Rlấp", "dak rlap"),
        ("Tam Xuân II", "tam xuan 2"),
        ("Tam Xuân 2", "tam xuan 2"),
        ("Mường Vi", "muong vi"),
        ("Thạnh Đông A", "thanh dong a"),
        ("Phan Rang - Tháp Chàm", "phan rang thap cham"),
        ("Phan Rang-Tháp Chàm", "phan rang thap cham"),
        ("1", "1"),
    ],
)
def test_match_keys(name, key):
    assert fold(name) == key


@pytest.mark.parametrize(
    ("typed", "name"), [("tam xuan ii", "Tam Xuân II"), ("MUONG VI", "Mường Vi"), ("TAM XUÂN II", "Tam Xuân 2")]
)
def test_a_typed_numeral_is_read_both_ways(typed, name):
    assert fold(name) in fold_keys(typed)


@given(st.text(max_size=40))
def test_folding_and_cleaning_are_stable(text):
    assert clean(clean(text)) == clean(text)
    assert fold(fold(text)) == fold(text)
    assert letters(unicodedata.normalize("NFD", text)) == letters(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("Xã Mỹ Thuận", ("xã", "Mỹ Thuận")),
        ("TT. Minh Lương", ("thị trấn", "Minh Lương")),
        ("T.T Minh Lương", ("thị trấn", "Minh Lương")),
        ("T.P. Rạch Giá", ("thành phố", "Rạch Giá")),
        ("T. Tiền Giang", ("tỉnh", "Tiền Giang")),
        ("TP Hà Tiên", ("thành phố", "Hà Tiên")),
        ("H.Hòn Đất", ("huyện", "Hòn Đất")),
        ("P. 1", ("phường", "1")),
        ("Tân Hiệp", (None, "Tân Hiệp")),
        ("Xà Bang", (None, "Xà Bang")),
        ("Thị trấn", (None, "Thị trấn")),
    ],
)
def test_the_kind_in_front_of_a_name(typed, parts):
    assert split_kind(typed) == parts


def test_a_kind_without_marks_is_only_one_reading():
    assert split_plain_kind("thi tran soc son") == ("thị trấn", "soc son")
    assert split_plain_kind("xa bang") == ("xã", "bang")
    assert "xa bang" in fold_keys("xa bang")


def test_the_alphabet():
    names = ["Đông", "Dương", "Vĩnh", "An", "Ấp", "Âu", "Ăn", "Bình An", "Bình", "Ôn", "Ông", "Ơ", "U", "Ư"]
    ordered = ["An", "Ăn", "Ấp", "Âu", "Bình", "Bình An", "Dương", "Đông", "Ôn", "Ông", "Ơ", "U", "Ư", "Vĩnh"]
    assert sorted(names, key=sort_key) == ordered


def test_tones_in_dictionary_order():
    assert sorted(["má", "mạ", "ma", "mã", "mà", "mả"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_nearest_names_ignore_marks():
    assert nearest("My Thuanh", ["Mỹ Thuận", "Sơn Bình"]) == ["Mỹ Thuận"]
    assert nearest("zzz", ["Mỹ Thuận"]) == []


def test_nothing_that_moves_the_cursor_is_printed():
    assert width("Mỹ") == width(unicodedata.normalize("NFD", "Mỹ")) == 2
    assert visible("a\x1b[2Jb\u202ec") == "a\\x1b[2Jb\\u202ec"
