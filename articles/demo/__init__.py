"""The articles of the demonstration: a module a section, and here how they are loaded."""

from __future__ import annotations

from datetime import datetime, time
from textwrap import shorten
from zoneinfo import ZoneInfo

from django.db.models import Model

from articles.demo import about, emulation, enterprises, investment, law, news, procedures
from articles.demo.text import Text, blocks, file_name
from articles.models import (
    ArticleAttachment,
    ArticleCategory,
    ArticleIndexPage,
    ArticleLegalDocument,
    ArticlePage,
)
from cms.content.demo import NOTE, Demo, paragraph

ORDER = 40
AUTHOR, SOURCE = "Nguyễn Việt Dũng", "Văn phòng"
SECTIONS = [
    emulation.SECTION,
    news.SECTION,
    enterprises.SECTION,
    investment.SECTION,
    procedures.SECTION,
    law.SECTION,
    about.SECTION,
]
MORNING = time(8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def load(demo: Demo) -> None:
    """Make the categories, the list and its articles."""
    index, _made = demo.child(
        demo.home,
        ArticleIndexPage,
        slug="tin-tuc",
        title="Tin tức – Sự kiện",
        introduction="Tin hoạt động, thông báo và văn bản của Ban quản lý các khu công nghiệp tỉnh Phú Thọ.",
    )
    for section in SECTIONS:
        described = {"name": section.name, "description": section.description}
        category, _made = ArticleCategory.objects.get_or_create(slug=section.slug, defaults=described)
        for text in section.texts:
            _article(demo, index, category, text)


def _article(demo: Demo, index: ArticleIndexPage, category: ArticleCategory, text: Text) -> None:
    summary = " ".join(text.summary.split())
    note = [paragraph(f"<i>{NOTE}</i>")] if text.illustrative else []
    demo.child(
        index,
        ArticlePage,
        slug=text.slug,
        parts=lambda article: _lists(demo, article, text),
        title=text.title,
        summary=summary,
        search_description=shorten(summary, 160, placeholder="…"),
        hero_image=demo.image(text.motif),
        body=[*blocks(text.body, demo), *note],
        published_at=datetime.combine(text.day, MORNING),
        author=AUTHOR,
        source=SOURCE,
        category=category,
        campaign=_campaign(text.campaign),
        featured=text.featured,
    )


def _campaign(slug: str) -> Model | None:
    return ArticlePage.campaign.get_queryset().filter(slug=slug).first() if slug else None


def _lists(demo: Demo, article: ArticlePage, text: Text) -> None:
    article.tags.add(*text.tags)
    legal_documents = [demo.legal_document(**vars(each)) for each in text.legal]
    article.legal_document_links = [
        ArticleLegalDocument(legal_document=each, sort_order=order)
        for order, each in enumerate(legal_documents)
    ]
    files = [each.document for each in legal_documents if each.document]
    files += [demo.document(file_name(title), title) for title in text.attachments]
    article.attachments = [
        ArticleAttachment(document=each, sort_order=order) for order, each in enumerate(files)
    ]
