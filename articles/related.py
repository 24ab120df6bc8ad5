"""Which articles belong together: told by campaign, category and tags, for many articles at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from articles.loading import BY_DATE
from articles.models import ArticlePage, ArticleTag
from cms.content.visibility import PublicRule, public
from cms.graphql.connections import page_size
from cms.graphql.loading import by_pk, having_any, public_rows
from cms.graphql.nesting import ranked
from cms.graphql.rounds import Load
from cms.graphql.statements import Shape, slot

MAX_RELATED = 20
#: How many of the newest articles of a campaign, of a category and of a tag are weighed; above MAX_RELATED, so that
#: enough are left when the article itself and doubles are taken out.
CANDIDATES = 50

SAME_CAMPAIGN, SAME_CATEGORY, SAME_TAG = 4, 2, 1


class Candidate(NamedTuple):
    """What an article is weighed by."""

    pk: int
    published_at: Any
    campaign_id: int | None
    category_id: int | None


def related_articles(articles: list[ArticlePage], info: GraphQLResolveInfo, *, first: int) -> Load:
    """The public articles that share most with each article: a campaign, a category, tags; the newest among equals."""
    first = page_size(first, most=MAX_RELATED)
    tags = yield from _tags_of((each.pk for each in articles), info)
    candidates = [Candidate(*row) for row in (yield info.context.wanted(_candidates(articles, tags)))]
    tags |= yield from _tags_of((each.pk for each in candidates), info)
    chosen = {each.pk: _closest(each, candidates, tags)[:first] for each in articles}
    found = yield from by_pk(ArticlePage, {pk for best in chosen.values() for pk in best}, info)
    return {pk: [found[each] for each in best if each in found] for pk, best in chosen.items()}


def _tags_of(pks: Iterable[int | None], info: GraphQLResolveInfo) -> Load:
    found: dict[int | None, set[int]] = defaultdict(set)
    links = having_any(ArticleTag, "content_object", [pk for pk in pks if pk is not None])
    for link in (yield public_rows(links, info.context, "content_object", "tag")):
        found[link.content_object_id].add(link.tag_id)
    return found


def _candidates(articles: list[ArticlePage], tags: dict[Any, set[int]]) -> Shape:
    values = {
        "campaigns": sorted({each.campaign_id for each in articles} - {None}),
        "categories": sorted({each.category_id for each in articles} - {None}),
        "tags": sorted(set().union(*tags.values())),
    }
    return Shape(("related",), ArticlePage, _newest_alike, values)


def _newest_alike(rule: PublicRule) -> QuerySet:
    rows = public(ArticlePage.objects.order_by(), rule)
    tagged = ArticleTag.objects.filter(tag__any=slot("tags"), content_object__in=rows)
    newest_tagged = ranked(tagged, "tag_id", ["-content_object__published_at", "-content_object"], CANDIDATES)
    parts = [
        ranked(rows.filter(campaign__any=slot("campaigns")), "campaign_id", BY_DATE.columns, CANDIDATES),
        ranked(rows.filter(category__any=slot("categories")), "category_id", BY_DATE.columns, CANDIDATES),
        ArticlePage.objects.filter(pk__in=newest_tagged.order_by().values("content_object")),
    ]
    first, *others = (part.order_by().values_list(*Candidate._fields) for part in parts)
    return first.union(*others)


def _closest(article: ArticlePage, candidates: list[Candidate], tags: dict[Any, set[int]]) -> list[int]:
    weighed = [
        (_weight(article, each, tags), each.published_at, each.pk)
        for each in candidates
        if each.pk != article.pk
    ]
    return [pk for weight, _published_at, pk in sorted(weighed, reverse=True) if weight]


def _weight(article: ArticlePage, other: Candidate, tags: dict[Any, set[int]]) -> int:
    same_campaign = article.campaign_id is not None and article.campaign_id == other.campaign_id
    same_category = article.category_id is not None and article.category_id == other.category_id
    same_tags = len(tags.get(article.pk, set()) & tags.get(other.pk, set()))
    return SAME_CAMPAIGN * same_campaign + SAME_CATEGORY * same_category + SAME_TAG * same_tags
