"""Values for arguments: what the content holds, so that operations find something, and what nobody should send."""

from __future__ import annotations

import base64
import binascii
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any

from django.db.models import Model
from graphql import GraphQLObjectType, GraphQLSchema, get_named_type
from graphql_relay import to_global_id
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, get_page_models

from articles.models import ArticleCategory, ArticlePage
from campaigns.models import CampaignPage
from cms.content.models import LegalDocument
from cms.graphql.schema.lists.ordering import SAFE_ORDERS
from cms.media.models import Document, Image
from polls.models import Ballot, Poll
from zones.models import Industry, ZonePage

HOSTILE_TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "a\udfff",
    "%",
    "_",
    "'",
    '"',
    "\\",
    "?",
    "-",
    "AND NOT *",
    "đ" * 400,
    "\u202e",
    "-1",
    "0",
    "1e3",
    "٣",
    "2147483648",
    "9223372036854775808",
    "nope",
]
HOSTILE_NUMBERS = [-1, 0, 101, 501, 10_001, 2**31 - 1, 2**31, -(2**31), 2**63, 10**20]
#: Words that searches of Vietnamese content find something by, with and without diacritics.
WORDS = [
    "phong trào",
    "bai viet",
    "khu công nghiệp",
    "Phú Thọ",
    "bình chọn",
    "kế hoạch",
    "zzz",
    "nguoi",
    '"vì"',
]


@dataclass(frozen=True)
class Draft:
    """A preview that a token opens: the root field and its arguments, and the type that it shows."""

    root: str
    arguments: dict[str, Any]
    shows: str


@dataclass
class Values:
    """What arguments may be given, by their names, and by the names of their types where a name says nothing."""

    by_name: dict[str, list[Any]]
    by_type: dict[str, list[Any]]
    #: Values of single fields' arguments, as `image.id`.
    by_field: dict[str, list[Any]] = field(default_factory=dict)
    #: Cursors by the list and the order that they are of, as `Query.articles:TITLE_ASC`.
    cursors: dict[str, list[str]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    hosts: list[str] = field(default_factory=lambda: ["localhost"])

    def pick(self, random: Random, name: str, kind: str) -> Any:
        """A value for an argument (`image.id`), or an input's field (`filter.category`), of this type."""
        known = (
            self.by_field.get(name)
            or self.by_name.get(name.rpartition(".")[2])
            or self.by_type.get(kind)
            or HOSTILE_TEXTS
        )
        if kind != "Boolean" and random.random() < 0.06:
            known = HOSTILE_NUMBERS if kind in {"Int", "PositiveInt", "Float"} else HOSTILE_TEXTS
        return random.choice(known)

    def cursor(self, random: Random, name: str) -> str:
        """A cursor of this list in this order; now and then one of another."""
        own = self.cursors.get(name)
        if not own or random.random() < 0.1:
            own = [each for found in self.cursors.values() for each in found] or HOSTILE_TEXTS
        return random.choice(own)


def values_of_content(
    schema: GraphQLSchema, ask: Callable[[str], dict[str, Any]], drafts: Iterable[Draft] = ()
) -> Values:
    """The values that the content in the database offers; `ask` answers the data of a document."""
    sites = list(Site.objects.order_by("pk"))
    values = Values(_by_name(sites), _by_type(), _by_field(), drafts=list(drafts))
    values.hosts = [each.hostname for each in sites]
    values.cursors = _cursors(schema, ask)
    return values


def _column(model: type[Model], name: str) -> list[Any]:
    return list(model._default_manager.order_by("pk").values_list(name, flat=True))


def _ids(*models: type[Model]) -> list[str]:
    return [str(pk) for model in models for pk in _column(model, "pk")] + ["999999"]


def _node_ids() -> list[str]:
    kinds = (ArticlePage, CampaignPage, Image, Tag, Poll, Site)
    return [to_global_id(kind.__name__, pk) for kind in kinds for pk in _ids(kind)]


def _addresses() -> list[str]:
    roots = [site.root_page.url_path for site in Site.objects.select_related("root_page")]
    paths = _column(Page, "url_path")
    within = [
        path.removeprefix(root.rstrip("/")) for path in paths for root in roots if path.startswith(root)
    ]
    return [*within, *(f"/en{path}" for path in within[:5]), "/khong-co/", *paths[:5]]


def _by_name(sites: list[Site]) -> dict[str, list[Any]]:
    pages, labels = _ids(Page), [model._meta.label for model in get_page_models()]
    days = sorted({str(moment.date()) for moment in _column(ArticlePage, "published_at")})
    orders = [*SAFE_ORDERS, *(f"-{each}" for each in SAFE_ORDERS), "title,-id", "owner__password", "?"]
    titles = [title.split()[0] for title in _column(Page, "title") if title.split()]
    hosts = [name for site in sites for name in (site.hostname, f"{site.hostname}:{site.port}")] + ["nowhere"]
    return {
        "id": [*pages, *_ids(Image, Document, Tag, Collection, Poll, Site), *_node_ids()],
        "pollId": _ids(Poll),
        "ancestor": pages,
        "parent": pages,
        "collection": _ids(Collection),
        "campaign": [*_ids(CampaignPage), *_column(CampaignPage, "slug")],
        "slug": [*_column(Page, "slug"), "khong-co"],
        "urlPath": _addresses(),
        "contentType": [*labels, *(f"{one},{other}" for one, other in pairwise(labels))],
        "site": hosts,
        "hostname": hosts,
        "locale": ["vi", "en", "fr"],
        "order": orders,
        "search": [*WORDS, *titles],
        "searchQuery": [*WORDS, *titles],
        "query": [*WORDS, *titles],
        "category": [*_column(ArticleCategory, "slug"), "khong-co"],
        "tag": _column(Tag, "name") or ["thẻ"],
        "author": _column(ArticlePage, "author"),
        "legalDocument": _column(LegalDocument, "number") or ["1/QD"],
        "publishedFrom": days or ["2026-01-01"],
        "publishedTo": days or ["2026-01-01"],
        "from": ["2026-11-01", "2026-11-20"],
        "to": ["2026-11-05", "2026-11-28"],
        "industry": [*_column(Industry, "slug"), "khong-co"],
        "locality": _column(ZonePage, "locality") or ["Xã"],
        "path": [*_column(Redirect, "old_path"), "/khong-co"],
        "receipt": [*_column(Ballot, "receipt")[:20], "KHONG-CO"],
        "name": ["home.SiteSettings", "SiteSettings", "site_settings", "nope"],
        "offset": [0, 0, 1, 2, 5],
        "west": [104.0, 105.0, 105.2],
        "south": [20.0, 21.0, 21.3],
        "east": [105.3, 106.0, 104.5],
        "north": [21.35, 22.0, 20.5],
    }


def _by_field() -> dict[str, list[Any]]:
    return {
        "page.id": _ids(Page),
        "poll.id": _ids(Poll),
        "image.id": _ids(Image),
        "images.id": _ids(Image),
        "document.id": _ids(Document),
        "documents.id": _ids(Document),
        "tag.id": _ids(Tag),
        "site.id": _ids(Site),
    }


def _by_type() -> dict[str, list[Any]]:
    return {
        "Int": [1, 2, 3, 5, 20],
        "PositiveInt": [1, 2, 5, 10, 20],
        "Float": [0.0, 10.0, 40.0, 1e6],
        "Date": ["2026-01-01", "2026-01-15", "2030-01-01"],
        "ID": _ids(Page),
        "Boolean": [True, False],
    }


def _cursors(schema: GraphQLSchema, ask: Callable[[str], dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind in schema.type_map.values():
        for name, defined in getattr(kind, "fields", {}).items():
            if not isinstance(kind, GraphQLObjectType) or "after" not in getattr(defined, "args", {}):
                continue
            for arguments in _orders(defined):
                asked = f"{name}{arguments} {{ edges {{ cursor }} }}"
                is_root = kind is schema.query_type
                data = ask(
                    f"{{ {asked} }}"
                    if is_root
                    else f"{{ pages(limit: 100) {{ ... on {kind.name} {{ {asked} }} }} }}"
                )
                for cursor in _all_cursors(data):
                    found[_list_of(cursor)].append(cursor)
    return dict(found)


def _orders(defined: Any) -> list[str]:
    if "query" in defined.args:
        return [f"(query: {json.dumps(word)})" for word in WORDS]
    orders = get_named_type(defined.args["orderBy"].type).values if "orderBy" in defined.args else ()
    return [f"(orderBy: {each})" for each in orders]


def _all_cursors(data: Any) -> Iterable[str]:
    if isinstance(data, list):
        for each in data:
            yield from _all_cursors(each)
    elif isinstance(data, dict):
        if "cursor" in data:
            yield data["cursor"]
        for each in data.values():
            yield from _all_cursors(each)


def _list_of(cursor: str) -> str:
    try:
        return json.loads(base64.urlsafe_b64decode(cursor + "=="))[0]
    except (binascii.Error, ValueError):
        return "Query.search"
