"""Articles in GraphQL."""

from __future__ import annotations

from datetime import date

import graphene
from django.db.models import Q, QuerySet
from django.utils.text import slugify
from taggit.models import Tag

from articles.days import end_of, start_of
from articles.loading import article_counts, next_articles, previous_articles, public_campaigns, tag_names
from articles.models import ArticleCategory, ArticleLegalDocument, ArticlePage, ArticleTag
from articles.related import related_articles
from cms.content.models import LegalDocument
from cms.content.visibility import public
from cms.graphql.execution.loading import Context, all_of, read
from cms.graphql.schema.fields import Address, Batched, Children, Computed, Link, Root, fields_of
from cms.graphql.schema.lists.connections import Connection
from cms.graphql.schema.lists.filters import FilterInput
from cms.graphql.schema.lists.ordering import order_enum
from cms.graphql.schema.locales import locale_argument
from cms.graphql.schema.registry import root_query
from cms.graphql.schema.types import type_of
from cms.graphql.wagtail.blocks import Blocks
from cms.search.query import only_matching
from cms.search.registry import searchable, stream_text

searchable(
    ArticlePage,
    "ARTICLE",
    "Articles",
    text=lambda page: "\n".join([page.summary, stream_text(page, "body"), page.author]),
    published_at=lambda page: page.published_at,
)

ArticleOrder = order_enum(
    "ArticleOrder",
    "How articles are ordered.",
    PUBLISHED_AT_DESC=(["-published_at"], "The newest first."),
    PUBLISHED_AT_ASC=(["published_at"], "The oldest first."),
    TITLE_ASC=(["title_key"], "By title, in Vietnamese alphabetical order."),
)


class ArticleFilter(FilterInput):
    """Which articles; all conditions must be met."""

    category = graphene.String(description="Slug of their category.")
    campaign = graphene.ID(
        description="The public campaign that they report on: its id, or the last part of its address."
    )
    tag = graphene.String(description="A tag, by its name; capitals do not matter.")
    featured = graphene.Boolean(description="Only featured articles, or only the others.")
    author = graphene.String(description="Their author, as written.")
    legal_document = graphene.String(description="Number of a legal document that they cite.")
    published_from = graphene.Date(description="Dated on this day or later (Asia/Ho_Chi_Minh).")
    published_to = graphene.Date(description="Dated on this day or earlier (Asia/Ho_Chi_Minh).")

    def filter_category(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        # By its key, which is looked up first: joined, PostgreSQL goes through all articles to find those of none.
        found = public(ArticleCategory.objects.filter(slug=value), context.rule).values("pk")[:1]
        return queryset.filter(category=found)

    def filter_campaign(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        return queryset.filter(campaign__in=public_campaigns(value, context.rule))

    def filter_tag(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        if len(value) > Tag._meta.get_field("name").max_length:
            return queryset.none()
        # SQLite knows the capitals of ASCII only; a tag's slug is in small letters in both databases.
        tags = Tag.objects.filter(Q(name__iexact=value) | Q(slug=slugify(value, allow_unicode=True)))
        # The few tags first: joined, SQLite reads the tags of all articles.
        return queryset.filter(pk__in=ArticleTag.objects.filter(tag__in=tags).values("content_object"))

    def filter_legal_document(queryset: QuerySet, value: str, context: Context) -> QuerySet:
        cited = public(LegalDocument.objects.filter(number=value), context.rule)
        citing = ArticleLegalDocument.objects.filter(legal_document__in=cited)
        return queryset.filter(pk__in=citing.values("article"))

    def filter_published_from(queryset: QuerySet, value: date, context: Context) -> QuerySet:
        return queryset.filter(published_at__gte=start_of(value))

    def filter_published_to(queryset: QuerySet, value: date, context: Context) -> QuerySet:
        return queryset.filter(published_at__lte=end_of(value))


@fields_of(ArticlePage)
class ArticlePageFields:
    published_at = Computed(graphene.DateTime, required=True, description="The date that the article bears.")
    source_url = Address(required=True, description="Address of the source; may be empty.")
    category = Link("category", description="Its section; null where it has none.")
    tags = Batched(
        graphene.List(graphene.NonNull(graphene.String)),
        load=tag_names,
        empty=[],
        columns=[],
        required=True,
        description="What it is marked with.",
    )
    campaign = Link("campaign", description="The campaign that it reports on, if public.")
    hero_image = Link("hero_image", description="The main picture.")
    attachments = Children("attachments", to="document", description="Files to download.")
    legal_documents = Children(
        "legal_document_links", to="legal_document", description="Legal documents that it cites."
    )
    body = Blocks("body", description="The text, block by block.")
    related_articles = Batched(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(ArticlePage)))),
        load=related_articles,
        empty=[],
        columns=["campaign", "category", "locale"],
        args={"first": graphene.Argument(graphene.Int, default_value=4, description="How many; 1 to 20.")},
        description="Articles in its language of the same campaign, category or tags; those that share most first, "
        "then the newest.",
    )
    previous_article = Batched(
        lambda: type_of(ArticlePage),
        load=previous_articles,
        weight=40,
        columns=["published_at", "path"],
        description="The next older article of the same list.",
    )
    next_article = Batched(
        lambda: type_of(ArticlePage),
        load=next_articles,
        weight=40,
        columns=["published_at", "path"],
        description="The next newer article of the same list.",
    )


@fields_of(ArticleCategory)
class ArticleCategoryFields:
    article_count = Batched(
        graphene.Int,
        load=article_counts,
        empty=0,
        columns=[],
        required=True,
        args={"locale": locale_argument("Only articles in this language, e.g. vi.")},
        description="How many public articles.",
    )


@root_query
class ArticleQueries:
    articles = Connection(
        "articles.ArticlePage",
        filter=ArticleFilter,
        order=ArticleOrder,
        search=only_matching,
        localized=True,
        description="Public articles.",
    )
    article_categories = Root(
        lambda: graphene.NonNull(graphene.List(graphene.NonNull(type_of(ArticleCategory)))),
        load=lambda info: read(all_of(ArticleCategory), info),
        description="The sections of the news, by name.",
    )


# The model that `campaign` points to: this app knows it by name only.
@fields_of(ArticlePage._meta.get_field("campaign").related_model)
class CampaignArticles:
    articles = Connection(
        "articles.ArticlePage",
        via="campaign",
        filter=ArticleFilter,
        order=ArticleOrder,
        description="Public articles that report on the campaign.",
    )
