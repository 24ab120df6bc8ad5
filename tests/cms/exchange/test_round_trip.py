"""What is exported comes in again, on an empty server, without loss."""

from __future__ import annotations

import zipfile
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageViewRestriction, Site

from articles.models import ArticleAttachment, ArticleCategory, ArticlePage
from campaigns.models import Milestone, Participant, Target
from cms.content.models import LegalDocument
from cms.content.trashed import made_page_bin
from cms.exchange.json_schema import schema
from cms.exchange.models import ExternalId
from cms.exchange.registry import all_resources
from cms.media.models import Document, Image
from cms.trash.moving import trash
from polls.models import Poll
from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory, moment
from tests.factories.blocks import raw
from tests.factories.campaigns import CampaignFactory
from tests.factories.exchange import imported
from tests.factories.home import HomePageFactory
from tests.factories.languages import in_english
from tests.factories.media import DocumentFactory, ImageFactory, private_collection
from tests.factories.polls import PollFactory
from tests.factories.uploads import PDF
from tests.factories.zones import ZonePageFactory
from tests.servers import ROOT
from zones.models import Industry, Infrastructure

pytestmark = pytest.mark.django_db


def content() -> None:
    """One of everything, and what is easily lost."""
    HomePageFactory()
    image, document = (
        ImageFactory(caption="Lễ", credit="Văn phòng"),
        DocumentFactory(file=ContentFile(PDF, name="Ke hoach.pdf")),
    )
    ImageFactory(pixels=(41, 30), collection=private_collection())
    poll, law = PollFactory(), LegalDocumentFactory(document=document)
    zone = ZonePageFactory(area_ha="100.50")
    zone.industries = [Industry.objects.create(name="Dệt may", slug="det-may")]
    zone.infrastructure = [Infrastructure(kind="POWER", description="Trạm 110 kV")]
    zone.save_revision().publish()
    campaign = CampaignFactory(hero_image=image)
    campaign.targets = [Target(label="Hộ nghèo", unit="%", baseline="9.5", goal="3", current="5.25")]
    campaign.milestones = [Milestone(title="Phát động", date=date(2022, 11, 11), done=True)]
    campaign.participants = [Participant(name="Hội Phụ nữ"), Participant(name="Đoàn Thanh niên")]
    campaign.save_revision().publish()
    first = ArticleFactory(title="Một", category=CategoryFactory(), campaign=campaign, legal_documents=[law])
    link = (
        f'<p>Xem <a linktype="page" id="{first.pk}">bài</a>, <a href="https://example.vn/">nơi khác</a></p>'
    )
    table = {
        "columns": [{"type": "number", "heading": "Ha"}],
        "rows": [{"values": ["335.5"]}],
        "caption": "Đất",
    }
    body = [
        raw("paragraph", text=link),
        raw("picture", image=image.pk, caption="", credit=""),
        raw("gallery", pictures=[{"image": image.pk, "caption": "1"}, {"image": image.pk, "caption": "2"}]),
        raw("attachment", document=document.pk),
        raw("data_table", table=table),
        raw("poll", poll=poll.pk),
        raw("zone_map", zones=[zone.pk]),
        raw("call_to_action", text="Đọc", page=campaign.pk, url="", style="primary"),
    ]
    second = ArticleFactory(
        title="Hai", body=body, tags=["đầu tư", "hạ tầng"], hero_image=image, featured=True
    )
    second.attachments = [ArticleAttachment(document=document)]
    second.save_revision().publish()
    second.title = "Hai, sửa"
    second.save_revision()
    in_english(first, title="One", slug="one")
    ArticleFactory(title="Nháp", live=False)
    closed = ArticleFactory(title="Kín")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    Redirect.objects.create(old_path="/cu", redirect_page=second, site=Site.objects.get(is_default_site=True))
    Redirect.objects.create(old_path="/xa", redirect_link="https://example.vn/")
    # Factories publish past Wagtail, which would have noted it.
    for model in (Page, Poll):
        model.objects.filter(live=True).update(first_published_at=moment(1))


def test_what_is_in_the_trash_stays_there(tree: None, tmp_path: Path):
    HomePageFactory()
    page = ArticleFactory(title="Đã xóa")
    page.move(made_page_bin(), pos="last-child")
    category = CategoryFactory(name="Đã xóa")
    ArticleFactory(title="Còn lại", category=category)
    trash(category, user=None)
    records = exported(tmp_path / "1.zip")
    assert "Đã xóa" not in {record.get("title") or record.get("name") for record in records}
    assert [record["category"] for record in records if record.get("title") == "Còn lại"] == [None]


def emptied() -> None:
    """The database as a new server has it, below the root of the tree."""
    Redirect.objects.all().delete()
    ExternalId.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        Page.objects.get(pk=page.pk).delete()
    for model in (Poll, LegalDocument, Industry, ArticleCategory, Image, Document):
        model.objects.all().delete()
    welcome = Page(title="Welcome to your new Wagtail site!", slug="home")
    Page.get_first_root_node().add_child(instance=welcome)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def exported(path: Path) -> list[dict[str, Any]]:
    call_command("export_content", str(path), stdout=StringIO())
    with zipfile.ZipFile(path) as archive:
        return [orjson.loads(line) for line in archive.read("content.jsonl").splitlines()]


def test_an_export_that_can_not_be_whole_says_why_and_leaves_nothing(tree: None, tmp_path: Path):
    HomePageFactory()
    with pytest.raises(
        CommandError, match=r"x\.zip was not written: .*Name a file in a folder that is there"
    ):
        call_command("export_content", str(tmp_path / "missing" / "x.zip"), stdout=StringIO())
    image = ImageFactory(title="Lễ khởi công")
    image.file.storage.delete(image.file.name)
    with pytest.raises(
        CommandError, match=r"The file of image \w+ “Lễ khởi công” can't be read: .*Put it back"
    ):
        call_command("export_content", str(tmp_path / "all.zip"), stdout=StringIO())
    assert list(tmp_path.glob("all*")) == []


def test_all_of_it_comes_back(tree: None, settings: Any, tmp_path: Path):
    content()
    before = exported(tmp_path / "1.zip")
    assert {record["type"] for record in before} == {resource.name for resource in all_resources()}
    emptied()
    settings.MEDIA_ROOT = tmp_path / "new"
    told = imported(tmp_path / "1.zip", (tmp_path / "1.zip").read_bytes(), "--publish")
    assert told == [f"new {len(before)}, changed 0, unchanged 0, refused 0"]
    after = exported(tmp_path / "2.zip")
    for old, new in zip(before, after, strict=True):
        assert new == old
    second = ArticlePage.objects.get(title="Hai")
    assert (second.live, second.has_unpublished_changes) == (True, True)
    assert ArticlePage.objects.get(title="Kín").get_view_restrictions().exists()
    assert Image.objects.get(width=41).collection.get_view_restrictions().exists()
    again = imported(tmp_path / "1.zip", (tmp_path / "1.zip").read_bytes(), "--publish")
    assert again == [f"new 0, changed 0, unchanged {len(before)}, refused 0"]


def test_characters_that_an_import_refuses_are_in_no_export(tree: None, tmp_path: Path):
    ArticleFactory(title="Giá\x0blúa")
    titles = {record["title"] for record in exported(tmp_path / "1.zip") if record["type"] == "article"}
    assert titles == {"Giá lúa"}


def test_files_with_the_same_content_stay_two(tree: None, tmp_path: Path):
    root = Collection.get_first_root_node()
    ImageFactory(title="Một", description="Cổng chính", collection=root.add_child(name="A"))
    ImageFactory(title="Hai", description="Ảnh minh họa", collection=root.add_child(name="B"))
    for title in ("Một", "Hai"):
        DocumentFactory(title=title, file=ContentFile(PDF, name="van-ban.pdf"))
    exported(tmp_path / "1.zip")
    emptied()
    HomePageFactory()
    archive = (tmp_path / "1.zip").read_bytes()
    for _time in range(2):
        imported(tmp_path / "2.zip", archive)
        assert sorted(Image.objects.values_list("title", "description", "collection__name")) == [
            ("Hai", "Ảnh minh họa", "B"),
            ("Một", "Cổng chính", "A"),
        ]
        assert sorted(Document.objects.values_list("title", flat=True)) == ["Hai", "Một"]


def test_spreadsheets_hold_the_flat_columns(tree: None, tmp_path: Path):
    content()
    for name, options in (("a.xlsx", []), ("a.csv", ["--type", "article"])):
        call_command("export_content", str(tmp_path / name), *options, stdout=StringIO())
        told = imported(tmp_path / name, (tmp_path / name).read_bytes(), "--publish", *options)
        assert [line for line in told if "refused" in line] == told
        assert "new 0, changed 0, " in told[-1]
        assert told[-1].endswith(", refused 0")


def test_the_schema_in_the_documents_is_that_of_the_command(tree: None):
    told = StringIO()
    call_command("export_content", "--schema", stdout=told)
    assert (ROOT / "docs" / "content.schema.json").read_text() == told.getvalue()


def test_each_exported_record_is_as_the_schema_says(tree: None, tmp_path: Path):
    content()
    definitions = schema()["$defs"]
    for record in exported(tmp_path / "1.zip"):
        parts = definitions[record["type"]]["properties"]
        assert record.keys() <= parts.keys()
        for name, value in record.items():
            assert is_of_kind(value, parts[name]), (record["type"], name, value)


def is_of_kind(value: Any, part: dict[str, Any]) -> bool:
    """Whether a value is of the kinds that a schema names, or one of its words."""
    if "anyOf" in part:
        return any(is_of_kind(value, each) for each in part["anyOf"])
    if "enum" in part:
        return value in part["enum"]
    kinds = part.get("type", [])
    names = {
        "string": str,
        "boolean": bool,
        "integer": int,
        "number": int | float,
        "array": list,
        "object": dict,
    }
    wanted = [kinds] if isinstance(kinds, str) else kinds
    return not wanted or any(
        value is None if name == "null" else isinstance(value, names[name]) for name in wanted
    )
