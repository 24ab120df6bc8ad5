"""Articles in imports and exports."""

from __future__ import annotations

from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from cms.exchange.registry import register
from cms.exchange.resources import ModelResource, PageResource

register(
    ModelResource("category", ArticleCategory, natural_key=["slug"]),
    PageResource("article_list", ArticleIndexPage),
    PageResource("article", ArticlePage, order=42),
)
