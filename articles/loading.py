"""What articles lead to: other articles, read for many articles at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from graphql import GraphQLResolveInfo

from articles.models import ArticleCategory, ArticlePage, ArticleTag
from cms.content.visibility import public
from cms.graphql.connections import page_size
from cms.graphql.loading import by_pk, read
from cms.graphql.nesting import keys_of_each, ranked

MAX_RELATED = 20
#: How many of the newest articles of a campaign, of a category and of all shared tags are weighed.
CANDIDATES = 50
NEWEST = ["-published_at", "-pk"]


def start_of(day: date, *, days_later: int = 0) -> datetime:
    """The first moment of a day in the portal's time zone."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time.min))


def tag_names(articles: list[ArticlePage], info: GraphQLResolveInfo) -> dict[Any, list[str]]:
    """The tags of each article, by name; a preview's are in memory."""
    found: dict[Any, list[str]] = defaultdict(list)
    drafts = [each for each in articles if "tagged_items" in getattr(each, "_cluster_related_objects", {})]
    for draft in drafts:
        found[draft.pk] = sorted(item.tag.name for item in draft.tagged_items.all())
    stored = [each.pk for each in articles if each not in drafts]
    links = ArticleTag.objects.filter(content_object__in=stored) if stored else ArticleTag.objects.none()
    for pk, name in links.order_by("tag__name").values_list("content_object", "tag__name"):
        found[pk].append(name)
    return found


def article_counts(categories: list[ArticleCategory], info: GraphQLResolveInfo) -> dict[Any, int]:
    """How many public articles each category has."""
    articles = public(ArticlePage.objects.filter(category__in=[each.pk for each in categories]), info.context.rule)
    return dict(articles.order_by().values_list("category").annotate(count=Count("pk")))


def related_articles(articles: list[ArticlePage], info: GraphQLResolveInfo, *, first: int) -> dict[Any, list[ArticlePage]]:
    """The public articles that share most with each article.

    A shared campaign weighs 4, a category 2, a tag 1; among equals the newest come first.
    """
    first = page_size(first, most=MAX_RELATED)
    candidates = _candidates(articles, info)
    tags = _tags([*(each.pk for each in articles), *candidates])
    chosen: dict[Any, list[int]] = {}
    for article in articles:
        scores = {
            pk: (_score(article, row, tags), row[1], pk) for pk, row in candidates.items() if pk != article.pk
        }
        best = sorted((pk for pk in scores if scores[pk][0]), key=lambda pk: scores[pk], reverse=True)
        chosen[article.pk] = best[:first]
    found = by_pk(ArticlePage, {pk for best in chosen.values() for pk in best}, info)
    return {pk: [found[each] for each in best if each in found] for pk, best in chosen.items()}


def _candidates(articles: list[ArticlePage], info: GraphQLResolveInfo) -> dict[int, tuple]:
    rows = public(ArticlePage.objects.order_by(), info.context.rule)
    shared = ArticleTag.objects.filter(tag__in=ArticleTag.objects.filter(content_object__in=_pks(articles)).values("tag"))
    tagged = rows.filter(pk__in=shared.values("content_object")).order_by(*NEWEST)[:CANDIDATES]
    parts = [
        ranked(rows.filter(campaign__in={each.campaign_id for each in articles}), "campaign_id", NEWEST, CANDIDATES),
        ranked(rows.filter(category__in={each.category_id for each in articles}), "category_id", NEWEST, CANDIDATES),
        ArticlePage.objects.filter(pk__in=tagged.values("pk")),
    ]
    columns = ("pk", "published_at", "campaign_id", "category_id")
    first, *others = (part.order_by().values_list(*columns) for part in parts)
    return {row[0]: row for row in first.union(*others)}


def _pks(articles: Iterable[ArticlePage]) -> list[int]:
    return [each.pk for each in articles if each.pk is not None]


def _tags(pks: list[int | None]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    links = ArticleTag.objects.filter(content_object__in=[pk for pk in pks if pk is not None])
    for pk, tag in links.values_list("content_object", "tag"):
        found[pk].add(tag)
    return found


def _score(article: ArticlePage, row: tuple, tags: dict[int, set[int]]) -> int:
    pk, _published_at, campaign, category = row
    same_campaign = article.campaign_id is not None and article.campaign_id == campaign
    same_category = article.category_id is not None and article.category_id == category
    return 4 * same_campaign + 2 * same_category + len(tags[article.pk] & tags[pk])


def previous_articles(articles: list[ArticlePage], info: GraphQLResolveInfo) -> dict[Any, ArticlePage]:
    """The next older public article in each article's list."""
    return _neighbours(articles, info, older=True)


def next_articles(articles: list[ArticlePage], info: GraphQLResolveInfo) -> dict[Any, ArticlePage]:
    """The next newer public article in each article's list."""
    return _neighbours(articles, info, older=False)


def _neighbours(articles: list[ArticlePage], info: GraphQLResolveInfo, *, older: bool) -> dict[Any, ArticlePage]:
    rows = public(ArticlePage.objects.all(), info.context.rule)
    slices = {each.pk: _beside(rows, each, older=older) for each in articles if each.pk is not None and each.path}
    if len(slices) == 1:
        pk, only = slices.popitem()
        return {pk: found for found in read(only, info, is_public=True)}
    pairs = keys_of_each(slices)
    found = by_pk(ArticlePage, [pk for _key, pk in pairs], info)
    return {key: found.get(pk) for key, pk in pairs}


def _beside(rows: QuerySet, article: ArticlePage, *, older: bool) -> QuerySet:
    parent = article.path[: -ArticlePage.steplen]
    step, order = ("lt", NEWEST) if older else ("gt", ["published_at", "pk"])
    beyond = Q(**{f"published_at__{step}": article.published_at}) | Q(
        **{"published_at": article.published_at, f"pk__{step}": article.pk}
    )
    return rows.filter(beyond, path__startswith=parent).order_by(*order)[:1]
