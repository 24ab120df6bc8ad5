"""Saved pages of an old portal become articles, and their old addresses redirects."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from articles.models import ArticlePage
from cms.media.models import Document, Image
from tests.factories.media import drawn
from tests.factories.portal import list_of_articles
from tests.factories.uploads import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGE = """<!DOCTYPE html>
<!-- saved from url=(0063)http://bqlkcn.phutho.gov.vn/tin-tuc/phong-trao-vi-nguoi-ngheo.html?id=12 -->
<html><head><title>Phong trào - Ban quản lý</title></head><body>
<nav><a href="/">Trang chủ</a></nav>
<h1 class="title-detail">Phát động phong trào “Vì người nghèo”</h1>
<div class="ngay-dang">Thứ sáu, 11/11/2022 - 08:30</div>
<p class="sapo">UBND tỉnh ban hành kế hoạch.</p>
<div class="noi-dung" style="font-family: Arial">
  <p class="MsoNormal">Kế hoạch số 4524/KH-UBND nêu mục đích, yêu cầu và các giải pháp của phong trào trên địa bàn tỉnh
  trong giai đoạn 2021 - 2025, giao việc cho từng sở, ngành và địa phương.</p>
  <h2>Mục đích</h2><p>Diện tích 100 m<sup>2</sup> <script>alert(1)</script></p>
  <p><img src="bai_files/le.png" alt="Lễ phát động"></p>
  <p><img src="bai_files/mat.png" alt="Mất"></p>
  <p><a href="bai_files/ke-hoach.pdf">Kế hoạch</a></p>
  <p>Nguồn: Văn phòng</p><p>Tác giả: Nguyễn Việt Dũng</p>
</div><footer>Bản quyền</footer></body></html>"""


def run(folder: Path, *options: str) -> list[str]:
    told = StringIO()
    call_command("import_portal", str(folder), *options, stdout=told)
    return told.getvalue().splitlines()


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    list_of_articles()
    made = tmp_path / "portal"
    (made / "bai_files").mkdir(parents=True)
    (made / "bai.html").write_text(PAGE)
    (made / "bai_files" / "le.png").write_bytes(drawn(30, 20).read())
    (made / "bai_files" / "ke-hoach.pdf").write_bytes(PDF)
    return made


def test_a_saved_page_becomes_a_draft_with_all_that_it_says(folder: Path):
    assert run(folder) == ["bai.html: unclear: bai_files/mat.png", "new 2, changed 0, unchanged 0, refused 0"]
    page = ArticlePage.objects.get()
    assert (page.title, page.live) == ("Phát động phong trào “Vì người nghèo”", False)
    assert page.summary == "UBND tỉnh ban hành kế hoạch."
    assert (page.author, page.source) == ("Nguyễn Việt Dũng", "Văn phòng")
    assert page.published_at == datetime(2022, 11, 11, 1, 30, tzinfo=UTC)
    blocks = [(block.block_type, block.value) for block in page.body]
    assert [kind for kind, _value in blocks][:4] == ["paragraph", "heading", "paragraph", "picture"]
    assert "m<sup>2</sup>" in blocks[2][1]["text"].source
    assert "alert" not in str(page.body.get_prep_value())
    assert "Văn phòng" not in str(page.body.get_prep_value())
    assert blocks[3][1]["image"] == Image.objects.get(description="Lễ phát động")
    assert [each.document for each in page.attachments.all()] == [Document.objects.get()]
    redirect = Redirect.objects.get()
    assert redirect.old_path == "/tin-tuc/phong-trao-vi-nguoi-ngheo.html?id=12"
    assert redirect.redirect_page.specific == page


def test_the_same_folder_again_changes_nothing_and_a_preview_writes_nothing(folder: Path):
    assert run(folder, "--preview")[-1] == "would be: new 2, changed 0, unchanged 0, refused 0"
    assert not ArticlePage.objects.exists()
    run(folder)
    assert run(folder)[-1] == "new 0, changed 0, unchanged 2, refused 0"


def test_only_what_is_clear_is_published(folder: Path):
    (folder / "bai_files" / "mat.png").write_bytes(drawn(31, 20).read())
    (folder / "khac.html").write_text("<html><body><h1>Không ngày</h1><p>Chữ</p></body></html>")
    told = run(folder, "--publish")
    assert told[:-1] == ["khac.html: unclear: published_at, summary, body, path"]
    assert ArticlePage.objects.get(live=True).title.startswith("Phát động")
    assert ArticlePage.objects.get(live=False).title == "Không ngày"
