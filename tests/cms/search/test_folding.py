from __future__ import annotations

import unicodedata

import pytest

from cms.search.folding import exact_words, fold, folded_places, folded_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Vì người nghèo", "vi nguoi ngheo"),
        ("ĐƯỜNG DÂY NÓNG", "duong day nong"),
        ("phương tiện", "phuong tien"),
        ("Ế ệ ỗ ữ ỳ Ặ", "e e o u y a"),
        ("FULL ｗｉｄｔｈ m²", "full width m2"),
        ("ß ½ 日本 😀", "ß ½ 日本 😀"),
    ],
)
def test_marks_and_capitals_are_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_unicode_forms_fold_to_the_same(form):
    assert fold(unicodedata.normalize(form, "Đường dây nóng")) == "duong day nong"


def test_every_vietnamese_letter_folds_to_ascii():
    vowels = "aăâeêioôơuưy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    letters = [unicodedata.normalize("NFC", vowel + tone) for vowel in vowels for tone in tones]
    assert len(letters) == 72
    assert fold("".join(letters) + "đ") == "a" * 18 + "e" * 12 + "i" * 6 + "o" * 18 + "u" * 12 + "y" * 6 + "d"
    assert fold("".join(letters).upper() + "Đ") == fold("".join(letters) + "đ")


def test_a_place_in_the_folded_text_is_the_same_place_in_the_original():
    text = "Đất – ½ héc-ta q\u0323 ﬁ İ người"
    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))


def test_words_are_divided_at_everything_that_is_no_letter_and_no_digit():
    assert folded_words('4524/KH-UBND, "Vì người nghèo" a_b!') == [
        "4524",
        "kh",
        "ubnd",
        "vi",
        "nguoi",
        "ngheo",
        "a",
        "b",
    ]
    assert exact_words("4524/KH-UBND") == ["4524", "kh", "ubnd"]


def test_exact_words_keep_their_marks():
    assert exact_words(unicodedata.normalize("NFD", "Đường DÂY")) == ["đường", "dây"]


def test_what_is_pasted_unseen_does_not_divide_a_word():
    assert folded_words("nghè\u00ado\u200b x\u0323y\u0323") == ["ngheo", "xy"]
    assert exact_words("nghè\u00ado\u200b") == ["nghèo"]


def test_the_places_of_words_are_those_of_the_original():
    text = "Vì người nghèo"
    assert [(word, text[start:end]) for word, start, end in folded_places(text)] == [
        ("vi", "Vì"),
        ("nguoi", "người"),
        ("ngheo", "nghèo"),
    ]


@pytest.mark.parametrize("text", ["", " ", "!?-–…", "😀🎉", "\x00", "\ud800", '"*:^()'])
def test_text_without_words_has_none(text):
    assert (exact_words(text), folded_words(text)) == ([], [])
