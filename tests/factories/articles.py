from __future__ import annotations

from datetime import UTC, datetime

import factory
import wagtail_factories
from factory.django import DjangoModelFactory

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from tests.factories.home import HomePageFactory


class ArticleCategoryFactory(DjangoModelFactory):
    class Meta:
        model = ArticleCategory
        django_get_or_create = ("slug",)

    slug = "tin-tuc"
    name = "Tin tức"


class ArticleIndexPageFactory(wagtail_factories.PageFactory):
    class Meta:
        model = ArticleIndexPage
        django_get_or_create = ("slug", "parent")

    title = "Tin tức"
    slug = "tin-tuc"
    parent = factory.SubFactory(HomePageFactory)


class ArticlePageFactory(wagtail_factories.PageFactory):
    """A public article; its place in the tree is made with it."""

    class Meta:
        model = ArticlePage

    title = factory.Sequence(lambda number: f"Bài viết {number}")
    slug = factory.Sequence(lambda number: f"bai-viet-{number}")
    summary = "Tóm tắt"
    published_at = datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
    parent = factory.SubFactory(ArticleIndexPageFactory)
