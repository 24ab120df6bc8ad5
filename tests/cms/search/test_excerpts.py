from __future__ import annotations

import unicodedata
from html import unescape

import pytest

from cms.search.excerpts import excerpt
from tests.work import calls

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("query", ["người nghèo", "nguoi ngheo", "NGƯỜI NGHÈO", '"nghèo" người!'])
def test_hits_are_marked_in_the_original_spelling(query):
    assert excerpt("Vì người nghèo.", query) == "Vì <mark>người nghèo</mark>."


def test_a_text_in_decomposed_form_is_marked_as_well():
    text = unicodedata.normalize("NFD", "Đường dây nóng")
    assert excerpt(text, "duong nong") == "<mark>Đường</mark> dây <mark>nóng</mark>"


def test_the_last_word_may_be_the_beginning_of_one():
    assert excerpt("khu công nghiệp", "cong ngh") == "khu <mark>công nghiệp</mark>"
    assert excerpt("khu công nghiệp", "con nghiep") == "khu công <mark>nghiệp</mark>"


def test_the_text_is_escaped():
    assert excerpt('<script>nghèo</script> & "x"', "script x") == (
        "&lt;<mark>script</mark>&gt;nghèo&lt;/<mark>script</mark>&gt; &amp; &quot;<mark>x</mark>&quot;"
    )


def test_a_long_text_is_cut_between_words_with_ellipses():
    text = "đầu " * 200 + "đường dây nóng " + "cuối " * 200
    found = excerpt(text, "duong day nong")
    assert found.startswith("… đầu ")
    assert found.endswith(" cuối …")
    assert "<mark>đường dây nóng</mark>" in found
    plain = found.replace("<mark>", "").replace("</mark>", "").strip("… ")
    assert len(plain) < 210
    assert set(plain.split()) == {"đầu", "đường", "dây", "nóng", "cuối"}


def test_the_part_with_most_words_of_the_query_is_shown_and_not_the_first_syllable():
    text = "vị trí " * 100 + "phong trào vì người nghèo " + "khác " * 100
    assert "<mark>vì người nghèo</mark>" in excerpt(text, "vi nguoi ngheo")


def test_without_a_hit_the_beginning_is_shown():
    assert excerpt("một hai ba " * 50, "xyz", length=20) == "một hai ba một hai …"
    assert excerpt("một hai ba", "xyz") == "một hai ba"
    assert excerpt("một hai ba", "!!!") == "một hai ba"
    assert excerpt("", "một") == ""


def test_a_hit_at_the_end_of_a_text_is_shown():
    found = excerpt("đầu " * 200 + "nghèo", "ngheo")
    assert found.startswith("… ")
    assert found.endswith("<mark>nghèo</mark>")


def test_a_text_without_blanks_is_cut_all_the_same():
    found = excerpt("x" * 5000 + " nghèo " + "y" * 5000, "ngheo")
    assert "<mark>nghèo</mark>" in found
    assert len(found) < 300


def test_nothing_is_lost_or_doubled():
    text = "Vì người nghèo & <b>không</b> để ai bị bỏ lại phía sau"
    assert unescape(excerpt(text, "ai la").replace("<mark>", "").replace("</mark>", "")) == text


def test_the_work_for_an_excerpt_grows_with_the_text_and_no_faster():
    text = "vì người nghèo không để ai "
    _found, short = calls(lambda: excerpt(text * 400, "vi nguoi ngheo xyz"))
    _found, long = calls(lambda: excerpt(text * 4000, "vi nguoi ngheo xyz"))
    assert long < 12 * short
