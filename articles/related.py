"""Which articles belong together: told by campaign, category and tags, for many articles at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet
from graphql import GraphQLResolveInfo

from articles.loading import BY_DATE
from articles.models import ArticlePage, ArticleTag
from cms.content.visibility import PublicRule, public
from cms.graphql.execution.loading import (
    LoadGenerator,
    QueryTemplate,
    bind_param,
    by_pk,
    having_any,
    public_rows,
    top_n_per_group,
)
from cms.graphql.schema.lists.paging import page_size
from cms.graphql.schema.sites import root_at

MAX_RELATED = 20
#: How many of the newest articles of a campaign, of a category and of a tag are weighed; above MAX_RELATED, so that
#: enough are left when the article itself and doubles are taken out.
CANDIDATES = 50

#: Campaigns, categories and tags that one statement has a part for each of.
MOST_SLICES = 12

SAME_CAMPAIGN, SAME_CATEGORY, SAME_TAG = 4, 2, 1


class Candidate(NamedTuple):
    """What an article is weighed by."""

    pk: int
    published_at: Any
    campaign_id: int | None
    category_id: int | None
    locale_id: int
    path: str


def related_articles(articles: list[ArticlePage], info: GraphQLResolveInfo, *, first: int) -> LoadGenerator:
    """The public articles that share most with each article: a campaign, a category, tags; the newest among equals.

    All are in the article's own language, and of its site.
    """
    first = page_size(first, most=MAX_RELATED)
    tags = yield from _tags_of((each.pk for each in articles), info)
    candidates = yield from _weighed(articles, tags, info)
    tags |= yield from _tags_of((each.pk for each in candidates), info)
    root = root_at(info)
    chosen = {
        each.pk: _closest(each, _on_its_site(each, candidates, root), tags)[:first] for each in articles
    }
    found = yield from by_pk(ArticlePage, {pk for best in chosen.values() for pk in best}, info)
    return {pk: [found[each] for each in best if each in found] for pk, best in chosen.items()}


def _tags_of(pks: Iterable[int | None], info: GraphQLResolveInfo) -> LoadGenerator:
    found: dict[int | None, set[int]] = defaultdict(set)
    links = having_any(ArticleTag, "content_object", [pk for pk in pks if pk is not None])
    for link in (yield public_rows(links, info.context, "content_object", "tag")):
        found[link.content_object_id].add(link.tag_id)
    return found


def _weighed(
    articles: list[ArticlePage], tags: dict[Any, set[int]], info: GraphQLResolveInfo
) -> LoadGenerator:
    if not any(each.campaign_id or each.category_id or tags.get(each.pk) for each in articles):
        return []
    found = [Candidate(*row) for row in (yield info.context.wanted(_candidates(articles, tags)))]
    return sorted(found, key=attrgetter("published_at", "pk"), reverse=True)


def _candidates(articles: list[ArticlePage], tags: dict[Any, set[int]]) -> QueryTemplate:
    shared = {
        "campaign": sorted({each.campaign_id for each in articles} - {None}),
        "category": sorted({each.category_id for each in articles} - {None}),
        "tagged_items__tag": sorted(set().union(*tags.values())),
    }
    if sum(len(values) for values in shared.values()) > MOST_SLICES:
        return QueryTemplate(("related",), ArticlePage, _newest_of_many, shared)
    # One list of the newest for each campaign, category and tag: each is read off its index.
    lists = [
        (column, f"{column}{place}") for column, values in shared.items() for place in range(len(values))
    ]
    values = {
        f"{column}{place}": value for column, each in shared.items() for place, value in enumerate(each)
    }
    key = ("related", *(name for _column, name in lists))
    return QueryTemplate(key, ArticlePage, lambda rule: _newest_of_each(lists, rule), values)


def _newest_of_each(lists: list[tuple[str, str]], rule: PublicRule) -> QuerySet:
    rows = public(ArticlePage.objects.all(), rule)
    slices = [
        rows.filter(**{column: bind_param(name)}).order_by(*BY_DATE.columns)[:CANDIDATES]
        for column, name in lists
    ]
    # A slice can't be part of a compound statement in SQLite; a condition on a slice can.
    return _together([ArticlePage.objects.filter(pk__in=each.values("pk")) for each in slices])


def _newest_of_many(rule: PublicRule) -> QuerySet:
    rows = public(ArticlePage.objects.order_by(), rule)
    columns = ("campaign", "category", "tagged_items__tag")
    return _together(
        [
            top_n_per_group(
                rows.filter(**{f"{column}__any": bind_param(column)}), column, BY_DATE.columns, CANDIDATES
            )
            for column in columns
        ]
    )


def _together(parts: list[QuerySet]) -> QuerySet:
    # An article that has several of them comes once.
    first, *others = (part.order_by().values_list(*Candidate._fields) for part in parts)
    return first.union(*others) if others else first.distinct()


def _on_its_site(
    article: ArticlePage, candidates: list[Candidate], root: Callable[[str], str | None] | None
) -> list[Candidate]:
    if root is None:
        return candidates
    own = root(article.path)
    return [each for each in candidates if root(each.path) == own]


def _closest(article: ArticlePage, candidates: list[Candidate], tags: dict[Any, set[int]]) -> list[int]:
    """The keys of an article's candidates, the closest first; `candidates` are those of its whole batch, newest first.

    Of what articles beside it bring in, only what is among the newest of its own campaign, category and tags counts:
    what an article is shown with does not change what is related to it.
    """
    newer: Counter[tuple[int, int]] = Counter()
    weighed = []
    for each in candidates:
        shared = _shared(article, each, tags)
        is_new = any(newer[what] < CANDIDATES for what in shared)
        newer.update(shared)
        if is_new and each.pk != article.pk and each.locale_id == article.locale_id:
            weighed.append((sum(weight for weight, _key in shared), each.pk))
    return [pk for _weight, pk in sorted(weighed, key=itemgetter(0), reverse=True)]


def _shared(article: ArticlePage, other: Candidate, tags: dict[Any, set[int]]) -> list[tuple[int, int]]:
    """What both have, each with its weight and its key."""
    shared = [(SAME_TAG, tag) for tag in tags.get(article.pk, set()) & tags.get(other.pk, set())]
    if article.campaign_id is not None and article.campaign_id == other.campaign_id:
        shared.append((SAME_CAMPAIGN, article.campaign_id))
    if article.category_id is not None and article.category_id == other.category_id:
        shared.append((SAME_CATEGORY, article.category_id))
    return shared
