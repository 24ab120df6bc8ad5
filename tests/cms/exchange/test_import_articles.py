"""Articles come in from files of every kind, by the command."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from articles.models import ArticleCategory, ArticlePage
from cms.media.models import Image
from tests.factories.articles import ArticleFactory, CategoryFactory
from tests.factories.exchange import archive, book, imported, lines, table
from tests.factories.media import ImageFactory, drawn
from tests.factories.people import person
from tests.factories.portal import list_of_articles
from tests.factories.uploads import png_bomb

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

#: By the portal's clock: a workbook knows no zones.
MOMENT = datetime(2022, 11, 11, 8, 30)  # noqa: DTZ001
ARTICLE = {"type": "article", "id": "bai-1", "title": "Đường mới", "summary": "Mở đường."}
HEADINGS = ["id", "Tiêu đề", "summary", "published_at", "tags", "featured"]
ROW = ["bai-1", "Đường Ngọc Hoà", "Chào mừng", "11/11/2022 08:30", "đầu tư; hạ tầng", "có"]


@pytest.fixture(autouse=True)
def vietnamese() -> Any:
    with translation.override("vi"):
        yield


@pytest.fixture
def index(db: None) -> Any:
    return list_of_articles()


def one() -> ArticlePage:
    return ArticlePage.objects.get()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_becomes_drafts_whatever_excel_wrote_it_in(
    index: Any, tmp_path: Path, encoding: str, delimiter: str
):
    content = table(HEADINGS, ROW, encoding=encoding, delimiter=delimiter)
    if delimiter == ";":
        content = content.replace("đầu tư; hạ tầng".encode(encoding), "đầu tư".encode(encoding))
    assert imported(tmp_path / "a.csv", content, "--type", "article")[-1].startswith("new 1, changed 0")
    page = one()
    assert (page.title, page.summary, page.live, page.featured) == (
        "Đường Ngọc Hoà",
        "Chào mừng",
        False,
        True,
    )
    assert page.published_at == datetime(2022, 11, 11, 1, 30, tzinfo=UTC)
    assert page.get_parent().specific == index
    assert page.slug == "duong-ngoc-hoa"


def test_a_csv_in_windows_1258_is_read_letter_by_letter(index: Any, tmp_path: Path):
    # In Windows-1258 a tone is a character of its own: Đường is "Đươ" + grave + "ng".
    content = "id,title\nbai-1,Đươ\u0300ng mơ\u0301i\n".encode("cp1258")
    assert imported(tmp_path / "a.csv", content, "--type", "article")[-1].startswith("new 1")
    assert one().title == "Đường mới"


def test_a_workbook_has_dates_numbers_and_vietnamese_headings(index: Any, tmp_path: Path):
    sheet = [["id", "Tiêu đề", "Ngày đăng", "Tác giả"], [12, "Bài", MOMENT, 7]]
    assert imported(tmp_path / "a.xlsx", book(article=sheet))[-1].startswith("new 1")
    page = one()
    assert (page.title, page.author) == ("Bài", "7")
    assert page.published_at == datetime(2022, 11, 11, 1, 30, tzinfo=UTC)


def test_formulas_of_a_csv_are_text(index: Any, tmp_path: Path):
    content = table(["id", "title", "author"], ["1", "=1+1", "'@cmd"])
    imported(tmp_path / "a.csv", content, "--type", "article")
    assert (one().title, one().author) == ("=1+1", "@cmd")


def test_the_same_file_again_changes_nothing(index: Any, tmp_path: Path):
    body = [{"type": "paragraph", "value": {"text": "<p>Chữ</p>"}}]
    content = lines(
        {**ARTICLE, "body": body, "tags": ["b", "a"], "published_at": "2022-11-11T08:30:00+07:00"}
    )
    imported(tmp_path / "a.jsonl", content, "--publish")
    page = one()
    assert page.live
    assert imported(tmp_path / "a.jsonl", content, "--publish") == [
        "new 0, changed 0, unchanged 1, refused 0"
    ]
    assert one().latest_revision_id == page.latest_revision_id


def test_a_changed_row_makes_a_draft_over_what_is_public(index: Any, tmp_path: Path):
    imported(tmp_path / "a.jsonl", lines(ARTICLE), "--publish")
    told = imported(tmp_path / "a.jsonl", lines({**ARTICLE, "title": "Đường cũ"}), "--preview")
    assert told == [
        "line 1: changed: article Đường cũ: title",
        "would be: new 0, changed 1, unchanged 0, refused 0",
    ]
    imported(tmp_path / "a.jsonl", lines({**ARTICLE, "title": "Đường cũ"}))
    page = one()
    assert (page.title, page.get_latest_revision_as_object().title) == ("Đường mới", "Đường cũ")
    imported(tmp_path / "a.jsonl", lines({**ARTICLE, "title": "Đường cũ"}), "--publish")
    assert one().title == "Đường cũ"


def test_a_table_of_what_is_live_leaves_a_newer_draft(index: Any, tmp_path: Path):
    imported(tmp_path / "a.jsonl", lines(ARTICLE), "--publish")
    imported(tmp_path / "a.jsonl", lines({**ARTICLE, "title": "Bản nháp mới"}))
    call_command("export_content", str(tmp_path / "a.csv"), "--type", "article", stdout=StringIO())
    live = (tmp_path / "a.csv").read_bytes()
    assert imported(tmp_path / "a.csv", live, "--type", "article")[-1].startswith("new 0, changed 0")
    changed = live.replace("Mở đường.".encode(), "Mở đường mới.".encode())
    told = imported(tmp_path / "a.csv", changed, "--type", "article", "--preview")
    assert told[0].endswith(": summary")
    imported(tmp_path / "a.csv", changed, "--type", "article")
    draft = one().get_latest_revision_as_object()
    assert (draft.title, draft.summary) == ("Bản nháp mới", "Mở đường mới.")
    assert (one().title, one().summary) == ("Đường mới", "Mở đường.")


def test_a_preview_says_what_will_happen_and_writes_nothing(index: Any, tmp_path: Path):
    content = archive(
        a_dot_jsonl=lines(
            {"type": "category", "name": "Đầu tư", "slug": "dau-tu"},
            {**ARTICLE, "category": "dau-tu", "hero_image": {"file": "anh/a.png", "description": "Lễ"}},
        ),
        anh__a_dot_png=drawn(30, 20).read(),
    )
    expected = ["new 2, changed 0, unchanged 0, refused 0"]
    assert imported(tmp_path / "a.zip", content, "--preview")[-1] == f"would be: {expected[0]}"
    assert (ArticlePage.objects.count(), ArticleCategory.objects.count(), Image.objects.count()) == (0, 0, 0)
    assert imported(tmp_path / "a.zip", content) == expected
    page = one()
    assert (page.category.name, page.hero_image.description, page.hero_image.width) == ("Đầu tư", "Lễ", 30)


def test_bad_rows_are_told_with_line_and_reason_and_the_good_ones_kept(index: Any, tmp_path: Path):
    content = table(
        ["id", "title", "published_at", "category"],
        ["1", "Tốt", "", ""],
        ["2", "Ngày sai", "31/02/2022", ""],
        ["", "Không mã", "", ""],
        ["4", "", "", ""],
        ["5", "Không chuyên mục", "", "khong-co"],
        ["1", "Trùng mã", "", ""],
    )
    told = imported(tmp_path / "a.csv", content, "--type", "article")
    assert [": ".join(line.split(": ")[:4]) for line in told[:-2]] == [
        "line 3: refused: article Ngày sai: Ngày đăng",
        "line 4: refused: article Không mã: Không rõ đây là trang nào",
        "line 5: refused: article 4: Tiêu đề",
        "line 6: refused: article Không chuyên mục: Chuyên mục",
        "line 7: refused: article Trùng mã: Trùng mã với dòng 2.",
    ]
    assert told[-2:] == ["new 1, changed 0, unchanged 0, refused 5", "5 of 6 rows were refused."]
    assert one().title == "Tốt"


def test_unknown_columns_types_and_blocks_are_refused_by_name(index: Any, tmp_path: Path):
    told = imported(
        tmp_path / "a.jsonl",
        lines(
            {**ARTICLE, "khong": 1},
            {"type": "khac"},
            {**ARTICLE, "id": "2", "body": [{"type": "x", "value": 1}]},
        )
        + b"{]\n",
    )
    assert [line.split(": ")[0] for line in told if "refused: " in line] == [
        "line 2",
        "line 4",
        "line 1",
        "line 3",
    ]
    assert "“khong”" in told[2]
    assert "“x”" in told[3]


def test_pictures_of_a_folder_are_stored_once_and_none_outside_it_is_read(index: Any, tmp_path: Path):
    folder = tmp_path / "anh"
    folder.mkdir()
    (folder / "a.png").write_bytes(drawn(30, 20).read())
    (tmp_path / "secret.png").write_bytes(drawn(31, 20).read())
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    headings = ["id", "title", "hero_image", "hero_image.description", "body"]
    content = table(
        headings,
        ["1", "Một", "a.png", "Lễ", 'Chữ\n<p>Ảnh: <img src="a.png" alt="Lễ"></p>'],
        ["2", "Hai", "a.png", "Lễ", ""],
        ["3", "Ba", "../secret.png", "Lễ", ""],
        ["4", "Bốn", "link.png", "Lễ", ""],
    )
    told = imported(tmp_path / "a.csv", content, "--type", "article", "--files", str(folder))
    assert told[-2] == "new 2, changed 0, unchanged 0, refused 2"
    image = Image.objects.get()
    assert set(ArticlePage.objects.values_list("hero_image", flat=True)) == {image.pk}
    blocks = ArticlePage.objects.get(title="Một").body
    assert [block.block_type for block in blocks] == ["paragraph", "picture"]
    assert blocks[1].value["image"] == image


def test_a_picture_of_too_many_pixels_is_refused(index: Any, tmp_path: Path):
    content = archive(a_dot_jsonl=lines({**ARTICLE, "hero_image": "a.png"}), a_dot_png=png_bomb(9000))
    told = imported(tmp_path / "a.zip", content)
    assert told[-2] == "new 0, changed 0, unchanged 0, refused 1"
    assert not Image.objects.exists()


def test_a_picture_without_words_waits_as_a_draft(index: Any, tmp_path: Path):
    image = ImageFactory(without_alt_text=True)
    content = archive(
        a_dot_jsonl=lines({**ARTICLE, "hero_image": "a.png"}), a_dot_png=image.file.open().read()
    )
    told = imported(tmp_path / "a.zip", content)
    assert "Chưa đăng được" in told[0]
    assert not one().live
    refused = imported(tmp_path / "a.zip", content, "--publish")
    assert refused[-2] == "new 0, changed 0, unchanged 0, refused 1"


def test_rows_that_refer_to_each_other_come_in_whatever_their_order(index: Any, tmp_path: Path):
    def to(target: str) -> list[dict[str, Any]]:
        text = f'<p><a linktype="page" ref="article:{target}">xem</a></p>'
        return [{"type": "paragraph", "value": {"text": text}}]

    content = lines(
        {**ARTICLE, "id": "a", "title": "A", "body": to("b")},
        {**ARTICLE, "id": "b", "title": "B", "body": to("a")},
    )
    assert imported(tmp_path / "a.jsonl", content, "--publish")[-1].startswith("new 2")
    first, second = ArticlePage.objects.order_by("title")
    assert (first.live, second.live) == (True, True)
    assert f'id="{second.pk}"' in first.body[0].value["text"].source
    assert f'id="{first.pk}"' in second.body[0].value["text"].source


def test_html_that_runs_does_not_come_in(index: Any, tmp_path: Path):
    text = '<p onclick="x()">Chữ<script>alert(1)</script><a href="javascript:x()">y</a></p>'
    imported(
        tmp_path / "a.jsonl", lines({**ARTICLE, "body": [{"type": "paragraph", "value": {"text": text}}]})
    )
    assert one().body[0].value["text"].source == "<p>Chữ<a>y</a></p>"


def test_links_that_do_not_end_stop_nobody(index: Any, tmp_path: Path):
    # Read anew from the begin of each, they would take hours.
    body = [{"type": "paragraph", "value": {"text": "<p>Chữ</p>" + "<a " * 500_000}}]
    imported(tmp_path / "a.jsonl", lines({**ARTICLE, "body": body}))
    assert one().body[0].value["text"].source.startswith("<p>Chữ</p>")


def test_a_person_imports_what_they_may_and_no_more(index: Any, tmp_path: Path):
    person("reporter")
    CategoryFactory(slug="dau-tu")
    ArticleFactory(slug="cua-nguoi-khac", title="Của người khác")
    content = lines(
        {**ARTICLE, "category": "dau-tu"},
        {**ARTICLE, "id": "2", "slug": "cua-nguoi-khac", "title": "Bị sửa"},
        {"type": "category", "name": "Mới", "slug": "moi"},
    )
    told = imported(tmp_path / "a.jsonl", content, "--publish", "--user", "reporter")
    assert told[-2] == "new 1, changed 0, unchanged 0, refused 2"
    page = ArticlePage.objects.get(title="Đường mới")
    assert (page.live, page.owner.username) == (False, "reporter")
    assert any("bản nháp" in line for line in told)
    assert ArticlePage.objects.filter(title="Của người khác", live=True).exists()


def test_what_somebody_locked_is_left_alone(index: Any, tmp_path: Path):
    page = ArticleFactory(slug="khoa", title="Khóa")
    page.locked = True
    page.save()
    told = imported(
        tmp_path / "a.jsonl", lines({"type": "article", "slug": "khoa", "title": "Sửa"}), "--publish"
    )
    assert told[-2] == "new 0, changed 0, unchanged 0, refused 1"


def test_an_archive_that_unpacks_to_too_much_is_refused_as_a_whole(
    index: Any, tmp_path: Path, monkeypatch: Any
):
    monkeypatch.setattr("cms.exchange.files.MOST_BYTES", 1000)
    told = imported(tmp_path / "a.zip", archive(a_dot_jsonl=lines(ARTICLE), b_dot_txt=b"0" * 2000))
    assert told == ["Nội dung trong tệp nén lớn hơn 1000\xa0byte."]


def test_files_that_are_none_are_refused_in_words(index: Any, tmp_path: Path):
    assert "Excel" in imported(tmp_path / "a.xlsx", b"no workbook")[0]
    assert "nén" in imported(tmp_path / "a.zip", b"no archive")[0]
    assert ".jsonl" in imported(tmp_path / "a.pdf", b"%PDF")[0]
