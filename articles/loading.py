"""What articles lead to: tags and other articles, read for many articles at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from graphql import GraphQLResolveInfo

from articles.models import ArticleCategory, ArticlePage, ArticleTag
from cms.content.clusters import is_in_memory
from cms.content.visibility import PublicRule, public
from cms.graphql.execution.loading import (
    MAX_PATH,
    LoadGenerator,
    QueryTemplate,
    bind_param,
    by_pk,
    counted,
    keys_of_each,
    read,
)
from cms.graphql.schema.lists.cursors import Order
from cms.graphql.schema.locales import in_language
from cms.graphql.schema.sites import roots_of_site, within

BY_DATE = Order("date", ["-published_at", "-pk"])


def tag_names(articles: list[ArticlePage], info: GraphQLResolveInfo) -> LoadGenerator:
    """The tags of each article, by name; a preview's are in memory."""
    found: dict[Any, list[str]] = defaultdict(list)
    drafts = [each for each in articles if is_in_memory(each, "tagged_items")]
    for draft in drafts:
        found[draft.pk] = sorted(item.tag.name for item in draft.tagged_items.all())
    stored = [each.pk for each in articles if each not in drafts]
    links = QueryTemplate(
        ("tag names",),
        ArticleTag,
        lambda rule: (
            ArticleTag.objects.filter(content_object__any=bind_param("values"))
            .select_related("tag")
            .only("content_object", "tag__name")
            .order_by("tag__name")
        ),
        {"values": stored},
        key_column="content_object",
    )
    for link in (yield info.context.wanted(links)) if stored else ():
        found[link.content_object_id].append(link.tag.name)
    return found


def public_campaigns(named: str, rule: PublicRule) -> list[int]:
    """Keys of the public campaigns with this id, or else this slug: one to come must not be told by its articles.

    Keys and not a subquery: only from a key do both databases go through a campaign's articles by their dates.
    """
    key = int(named) if named.isascii() and named.isdigit() and len(named) < 10 else None
    campaigns = public(ArticlePage.campaign.get_queryset(), rule)
    condition = Q(slug=named) if key is None else Q(pk=key) | Q(slug=named)
    found = list(campaigns.filter(condition).values_list("pk", flat=True))
    return [key] if key in found else found


def article_counts(
    categories: list[ArticleCategory], info: GraphQLResolveInfo, *, locale: str | None = None
) -> LoadGenerator:
    """How many public articles of the site that is asked each category has, in one language or in all."""
    roots = roots_of_site(info, None)

    def statement(rule: PublicRule) -> QuerySet:
        articles = public(ArticlePage.objects.filter(category__any=bind_param("categories")), rule)
        articles = within(in_language(articles, bind_param("locale") if locale else None), roots)
        return articles.order_by().values_list("category").annotate(count=Count("pk"))

    values = {"categories": sorted(category.pk for category in categories), "locale": locale}
    articles = QueryTemplate(("article counts", bool(locale), roots), ArticlePage, statement, values)
    return dict((yield from counted(articles, info.context)))


def previous_articles(articles: list[ArticlePage], info: GraphQLResolveInfo) -> LoadGenerator:
    """The next older public article in each article's list."""
    return _neighbours(articles, info, older=True)


def next_articles(articles: list[ArticlePage], info: GraphQLResolveInfo) -> LoadGenerator:
    """The next newer public article in each article's list."""
    return _neighbours(articles, info, older=False)


def _neighbours(articles: list[ArticlePage], info: GraphQLResolveInfo, *, older: bool) -> LoadGenerator:
    places = {each.pk: _place(each) for each in articles if each.pk is not None and each.path}
    if len(places) == 1:
        [(pk, place)] = places.items()
        only = QueryTemplate(
            ("beside", older),
            ArticlePage,
            lambda rule: _beside(rule, bind_param, older),
            place,
            # Whether it is found by the dates or below the list depends on how many articles the list has.
            is_prepared=False,
        )
        return {pk: next(iter((yield from read(only, info, is_public=True))), None)}
    rule = info.context.rule
    slices = {pk: _beside(rule, place.__getitem__, older) for pk, place in places.items()}
    pairs = (yield keys_of_each(slices)) if slices else []
    found = yield from by_pk(ArticlePage, [pk for _key, pk in pairs], info)
    return {key: found.get(pk) for key, pk in pairs}


def _place(article: ArticlePage) -> dict[str, Any]:
    above = article.path[: -ArticlePage.steplen]
    return {
        "above": above,
        "last": above + MAX_PATH,
        "article": article.pk,
        "published_at": article.published_at,
    }


def _beside(rule: PublicRule, value: Callable[[str], Any], older: bool) -> QuerySet:
    rows = public(ArticlePage.objects.filter(path__gt=value("above"), path__lte=value("last")), rule)
    # In a preview the article may bear another date than its published self, which is no neighbour of it.
    same_list = rows.exclude(pk=value("article"))
    place = [value("published_at"), value("article")]
    order = BY_DATE.columns if older else BY_DATE.reversed()
    return BY_DATE.beyond(same_list, place, backward=not older).order_by(*order)[:1]
