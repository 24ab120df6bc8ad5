from __future__ import annotations

from articles.models.categories import ArticleCategory
from articles.models.pages import (
    ArticleAttachment,
    ArticleIndexPage,
    ArticleLegalDocument,
    ArticlePage,
    ArticleTag,
)
from articles.models.templates import ArticleTemplate

__all__ = [
    "ArticleAttachment",
    "ArticleCategory",
    "ArticleIndexPage",
    "ArticleLegalDocument",
    "ArticlePage",
    "ArticleTag",
    "ArticleTemplate",
]
