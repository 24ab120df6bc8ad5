from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from articles.models import ArticleCategory, ArticleIndexPage, ArticleLegalDocument, ArticlePage
from cms.content.models import LegalDocument
from tests.factories.campaigns import portal


def article_list(slug: str = "tin-tuc") -> ArticleIndexPage:
    """The list that articles are put in; made when it is missing."""
    return ArticleIndexPage.objects.filter(slug=slug).first() or portal().add_child(
        instance=ArticleIndexPage(title="Tin tức", slug=slug)
    )


def moment(day: int, hour: int = 0) -> datetime:
    """A moment of January 2026, in UTC."""
    return datetime(2026, 1, day, hour, tzinfo=UTC)


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = ArticleCategory

    name = factory.Sequence(lambda number: f"Chuyên mục {number}")
    slug = factory.Sequence(lambda number: f"chuyen-muc-{number}")


class LegalDocumentFactory(DjangoModelFactory):
    class Meta:
        model = LegalDocument

    number = factory.Sequence(lambda number: f"{number}/KH-UBND")
    title = "Kế hoạch"
    issuer = "UBND tỉnh Phú Thọ"
    issued_on = datetime(2022, 11, 11, tzinfo=UTC).date()


class ArticleFactory(wagtail_factories.PageFactory):
    """A public article of January 2026, with `tags` and `legal_documents` as given."""

    class Meta:
        model = ArticlePage

    parent = factory.LazyFunction(article_list)
    title = factory.Sequence(lambda number: f"Bài {number}")
    slug = factory.Sequence(lambda number: f"bai-{number}")
    published_at = moment(1)

    @classmethod
    def _create_instance(
        cls, model_class: type[ArticlePage], parent: Any, kwargs: dict[str, Any]
    ) -> ArticlePage:
        tags, legal_documents = kwargs.pop("tags", ()), kwargs.pop("legal_documents", ())
        article = model_class(**kwargs)
        article.tags.add(*tags)
        article.legal_document_links = [ArticleLegalDocument(legal_document=each) for each in legal_documents]
        return parent.add_child(instance=article)


def titles(articles: list[dict[str, Any]]) -> list[str]:
    """Titles in an answer."""
    return [article["title"] for article in articles]
