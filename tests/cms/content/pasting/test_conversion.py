"""What stays of a text that comes from elsewhere, and what goes."""

from __future__ import annotations

import unicodedata

import pytest

from cms.content.pasting.blocks import stored_blocks
from cms.content.pasting.conversion import convert
from cms.content.pasting.parts import Dropped, Heading, Paragraphs, Picture, Table
from tests.cms.content.pasting.samples import GOOGLE_DOCS, OLD_PORTAL, WORD

pytestmark = pytest.mark.one_database


def test_a_text_from_word_keeps_its_structure_and_loses_its_looks():
    converted = convert(WORD)
    assert converted.parts == [
        Heading("I. Diện tích", 2),
        Paragraphs(
            "<p>Khu công nghiệp <b>Thụy Vân</b> rộng <i>3.350.000</i> m<sup>2</sup>, xem "
            '<a href="https://phutho.gov.vn/kcn?id=1&amp;lang=vi">trang của tỉnh</a>[1].</p>'
            "<ul><li>Đường giao thông<ul><li>Quốc lộ 2</li></ul></li><li>Điện</li></ul><ol><li>Bước một</li></ol>"
        ),
        Table([["Tên", "Diện tích (m²)"], ["Thụy Vân", "3.350.000,5"], ["Cộng", ""]], has_headings=True),
        Picture(
            "file:///C:/Users/an/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png", "Cổng khu công nghiệp"
        ),
    ]
    assert converted.dropped == {
        Dropped.LOOKS,
        Dropped.OFFICE,
        Dropped.COMMENTS,
        Dropped.DELETED,
        Dropped.MERGED_CELLS,
    }


def test_a_text_from_google_docs_is_bold_only_where_it_is():
    assert convert(GOOGLE_DOCS).parts == [
        Heading("Mục tiêu", 2),
        Paragraphs(
            "<p><b>Đậm</b> và <i>nghiêng</i><sup>2</sup></p>"
            "<ol><li>Một<ol><li>Một a</li></ol></li><li>Hai</li></ol>"
        ),
    ]


def test_tables_that_lay_out_a_page_of_the_old_portal_are_no_tables():
    converted = convert(OLD_PORTAL)
    assert converted.parts == [
        Paragraphs("<p>(CTTĐT) - Sáng 11/11, tại xã Thụy Vân</p><p><b>Lễ phát động</b> đã diễn ra.</p>"),
        Picture("/Uploads/anh 1.jpg"),
        Paragraphs('<p><i>Toàn cảnh lễ phát động</i></p><p>Xem thêm <a href="/van-ban/12">văn bản</a>.</p>'),
    ]
    assert converted.dropped == {Dropped.LOOKS, Dropped.EMBEDS, Dropped.LINKS}


def test_text_is_nfc_and_has_single_blanks():
    decomposed = unicodedata.normalize("NFD", "Vì người nghèo")
    [paragraph] = convert(f"<p>{decomposed}&nbsp;&nbsp; và\u200b\n  vân<b>\u00a0</b></p>").parts
    assert paragraph == Paragraphs("<p>Vì người nghèo và vân</p>")


def test_raised_and_lowered_figures_of_headings_and_cells_are_characters():
    assert convert("<h3>10 m<sup>2</sup>, CO<sub>2</sub>, 1<sup>er</sup></h3>").parts == [
        Heading("10 m², CO₂, 1er", 3)
    ]


def test_a_figure_is_a_picture_with_its_caption():
    html = '<figure><a href="/to"><img src="a.png" alt="Cổng"></a><figcaption>Cổng <b>chính</b></figcaption></figure>'
    assert convert(html).parts == [Picture("a.png", "Cổng", "Cổng chính")]


def test_pictures_within_lists_and_headings_stand_after_them():
    parts = convert('<ul><li>Một<img src="1.png"></li></ul><h2>Hai<img src="2.png"></h2>').parts
    assert parts == [
        Paragraphs("<ul><li>Một</li></ul>"),
        Picture("1.png"),
        Heading("Hai", 2),
        Picture("2.png"),
    ]


def test_merged_cells_keep_the_columns_in_their_places():
    html = """<table><caption>Số liệu</caption><tr><th rowspan=2>Tên<th>A<th>B</tr><tr><td>1<td>2</tr>
    <tr><td><td><td></tr></table>"""
    assert convert(html).parts == [
        Table([["Tên", "A", "B"], ["", "1", "2"]], has_headings=True, caption="Số liệu")
    ]


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x()"><a href="javascript:x()">chữ</a><script>x()</script></p>',
        '<p><a href="data:text/html,x">chữ</a></p>',
        "<svg><text>x</text></svg><p>chữ</p><style>p{}</style>",
        "<p>chữ<template><p>x</p></template></p>",
    ],
)
def test_nothing_that_runs_comes_through(html):
    assert convert(html).parts == [Paragraphs("<p>chữ</p>")]


def test_text_that_looks_like_html_stays_text():
    assert convert("<p>a &lt;b&gt; &amp;amp; c</p>").parts == [Paragraphs("<p>a &lt;b&gt; &amp;amp; c</p>")]


@pytest.mark.parametrize("opening", ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<span>"])
def test_what_is_nested_without_end_is_text(opening):
    assert convert(f"{opening * 20_000}chữ &amp; nghĩa").parts == [Paragraphs("<p>chữ &amp; nghĩa</p>")]


def test_an_endless_table_is_cut():
    converted = convert("<table>" + "<tr><td>1<td>2</tr>" * 600 + "</table>")
    assert [len(part.rows) for part in converted.parts] == [500]
    assert converted.dropped == {Dropped.LONG_TABLES}


def test_parts_are_stored_as_blocks_of_a_body():
    parts = [
        Heading("Mục tiêu", 3),
        Paragraphs("<p>Chữ</p>"),
        Table([["Tên", "Số"], ["A", "1.234"]], has_headings=True, caption="Số liệu"),
        Table([["A", "B"]], has_headings=False),
        Picture("a.png", caption="Cổng"),
        Picture("không có"),
    ]
    assert stored_blocks(parts, image_of=lambda picture: 7 if picture.source == "a.png" else None) == [
        {"type": "heading", "value": {"text": "Mục tiêu", "level": "3"}},
        {"type": "paragraph", "value": {"text": "<p>Chữ</p>"}},
        {
            "type": "data_table",
            "value": {
                "table": {
                    "columns": [{"type": "text", "heading": "Tên"}, {"type": "text", "heading": "Số"}],
                    "rows": [{"values": ["A", "1.234"]}],
                    "caption": "Số liệu",
                }
            },
        },
        {
            "type": "data_table",
            "value": {
                "table": {
                    "columns": [{"type": "text", "heading": ""}, {"type": "text", "heading": ""}],
                    "rows": [{"values": ["A", "B"]}],
                    "caption": "",
                }
            },
        },
        {"type": "picture", "value": {"image": 7, "caption": "Cổng", "credit": ""}},
    ]
