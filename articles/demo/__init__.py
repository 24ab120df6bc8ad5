"""The articles of the demonstration."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Model

from articles.demo.first import first_article
from articles.demo.texts import CATEGORIES, TEXTS, Text
from articles.models import ArticleAttachment, ArticleCategory, ArticleIndexPage, ArticlePage
from cms.content.demo import NOTE, Demo, bullets, heading, paragraph, picture

ORDER = 40
AUTHOR, SOURCE = "Nguyễn Việt Dũng", "Văn phòng"
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NEWEST = datetime(2026, 10, 30, 8, 0, tzinfo=HANOI)


def load(demo: Demo) -> None:
    """Make the categories, the list and its articles."""
    for slug, name in CATEGORIES.items():
        ArticleCategory.objects.get_or_create(slug=slug, defaults={"name": name})
    index, _made = demo.child(demo.home, ArticleIndexPage, slug="tin-tuc", title="Tin tức – Sự kiện")
    first_article(demo, index)
    for number, text in enumerate(TEXTS):
        _article(demo, index, text, number)


def _campaign(slug: str) -> Model | None:
    return (
        ArticlePage._meta.get_field("campaign").related_model.objects.filter(slug=slug).first()
        if slug
        else None
    )


def _article(demo: Demo, index: ArticleIndexPage, text: Text, number: int) -> None:
    article, made = demo.child(
        index,
        ArticlePage,
        slug=text.slug,
        title=text.title,
        summary=text.summary,
        published_at=NEWEST - timedelta(days=9 * number, hours=number % 5),
        author=AUTHOR,
        source=SOURCE,
        category=ArticleCategory.objects.get(slug=text.category),
        campaign=_campaign(text.campaign),
        hero_image=demo.image(text.motif),
        featured=text.featured,
        body=_body(demo, text),
    )
    if made:
        article.tags.add(*text.tags)
        if text.attachment:
            document = demo.document(f"{text.slug}.pdf", text.attachment)
            article.attachments.add(ArticleAttachment(document=document, sort_order=0))
        article.save_revision().publish()


def _body(demo: Demo, text: Text) -> list[dict[str, Any]]:
    first, *others = text.paragraphs
    body = [paragraph(first)]
    if text.points:
        body += [heading("Nội dung chính"), bullets(*text.points)]
    body += [paragraph(each) for each in others]
    if text.quote:
        body.append({"type": "quote", "value": {"text": text.quote, "attribution": SOURCE}})
    body += [_special(demo, each, text) for each in text.blocks]
    return [*(each for each in body if each), paragraph(f"<i>{NOTE}</i>")]


def _special(demo: Demo, kind: str, text: Text) -> dict[str, Any] | None:
    makers = {"picture": _picture, "gallery": _gallery, "table": _table, "poll": _poll, "zones": _zones}
    simple = {
        "video": {
            "url": "https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            "title": "Phim giới thiệu (minh họa)",
        },
        "call_to_action": {
            "text": "Gửi câu hỏi cho Ban quản lý",
            "page": None,
            "url": "https://example.vn/hoi-dap",
            "style": "primary",
        },
    }
    return {"type": kind, "value": simple[kind]} if kind in simple else makers[kind](demo, text)


def _picture(demo: Demo, text: Text) -> dict[str, Any]:
    return picture(demo.image(text.motif), text.title)


def _gallery(demo: Demo, text: Text) -> dict[str, Any]:
    motifs = ["doi-che", "cau-qua-song", "nong-thon-moi"]
    pictures = [{"image": demo.image(motif).pk, "caption": "", "credit": ""} for motif in motifs]
    return {"type": "gallery", "value": {"pictures": pictures}}


def _table(demo: Demo, text: Text) -> dict[str, Any]:
    rows = [["Thụy Vân", "335", "97,9"], ["Trung Hà", "126", "84,5"], ["Phú Hà", "350", "62,0"]]
    table = {
        "columns": [
            {"type": "text", "heading": each} for each in ("Khu công nghiệp", "Diện tích (ha)", "Lấp đầy (%)")
        ],
        "rows": [{"values": row} for row in rows],
        "caption": "",
    }
    return {"type": "data_table", "value": {"caption": "Tình hình cho thuê đất (minh họa)", "table": table}}


def _poll(demo: Demo, text: Text) -> dict[str, Any] | None:
    poll = apps.get_model("polls.Poll").objects.filter(live=True).order_by("pk").first()
    return {"type": "poll", "value": {"poll": poll.pk}} if poll else None


def _zones(demo: Demo, text: Text) -> dict[str, Any] | None:
    zones = apps.get_model("zones.ZonePage").objects.live().descendant_of(demo.home).order_by("title")[:3]
    return {"type": "zone_map", "value": {"zones": [zone.pk for zone in zones]}} if zones else None
