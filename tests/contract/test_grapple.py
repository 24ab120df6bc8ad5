"""What wagtail-grapple's own schema has and ours has not, or has otherwise: the table in docs/graphql.md, and no more."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import graphene
import pytest
from django.conf import settings
from graphene.utils.str_converters import to_camel_case
from graphql import get_named_type
from grapple.types import (
    collections,
    documents,
    images,
    interfaces,
    pages,
    redirects,
    search,
    sites,
    snippets,
    streamfield,
    tags,
)
from grapple.types import settings as site_settings

from cms.graphql.wagtail.build import schema
from tests.client import GraphQLClient
from tests.factories.home import HomePageFactory
from tests.factories.media import ImageFactory
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.one_database
TYPES = schema.graphql_schema.type_map
#: grapple's types that have another name than ours; it makes those of pages, images and so on from the models.
STOCK = {
    "PageInterface": interfaces.PageInterface,
    "StreamFieldInterface": interfaces.StreamFieldInterface,
    "SnippetInterface": interfaces.SnippetInterface,
    "Image": images.ImageObjectType,
    "Rendition": images.ImageRenditionObjectType,
    "Document": documents.DocumentObjectType,
    "Site": sites.SiteObjectType,
    "Redirect": redirects.RedirectObjectType,
    "Tag": tags.TagObjectType,
    "Collection": collections.CollectionObjectType,
}
QUERIES = (
    *(pages.PagesQuery(), sites.SitesQuery(), images.ImagesQuery(), documents.DocumentsQuery()),
    *(snippets.SnippetsQuery(), site_settings.SettingsQuery(), search.SearchQuery(), tags.TagsQuery()),
    *(collections.CollectionsQuery(), redirects.RedirectsQuery),
)
NAMES = {**{each.__name__: name for name, each in STOCK.items()}, "Search": "SearchResult"}


def differences() -> Iterator[str]:
    for name, each in [("Query", type("Query", (*QUERIES, graphene.ObjectType), {})), *STOCK.items()]:
        for field, stock in each._meta.fields.items():
            # What graphene-django adds of itself, relations to all that points to a model, is no part of grapple's.
            if not isinstance(stock, graphene.Dynamic):
                yield from of_field(name, to_camel_case(stock.name or field), stock)
    yield from of_blocks()


def of_field(name: str, field: str, stock: Any) -> Iterator[str]:
    ours = TYPES[name].fields.get(field)
    if ours is None:
        yield f"{name}.{field}"
        return
    for key, given in stock.args.items():
        argument = to_camel_case(given.name or key)
        if argument not in ours.args or str(ours.args[argument].type) != str(given.type):
            yield f"{name}.{field}({argument})"
    stock_name = re.sub(r"\W", "", str(stock.type))
    if NAMES.get(stock_name, stock_name) != get_named_type(ours.type).name:
        yield f"{name}.{field}"


def of_blocks() -> Iterator[str]:
    """grapple makes the types of choosers within a function; those that we have, too, may have lost fields by now."""
    choosers = streamfield.register_streamfield_blocks.__code__.co_varnames
    yield from (name for name in choosers if name[0].isupper() and name not in TYPES)
    for name, each in vars(streamfield).items():
        if not (inspect.isclass(each) and issubclass(each, graphene.ObjectType)):
            continue
        if name not in TYPES:
            yield name
        else:
            fields = map(to_camel_case, list(inspect.signature(each.__init__).parameters)[1:])
            yield from (f"{name}.{field}" for field in fields if field not in TYPES[name].fields)


def test_the_docs_say_what_differs_from_grapple():
    text = (settings.BASE_DIR / "docs" / "graphql.md").read_text()
    table = text.partition("## Beside wagtail-grapple")[2].partition("\n## ")[0]
    first = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    said = {each for cell in first for each in re.findall(r"`([^`]+)`", cell)}
    assert said == set(differences())


def test_pages_of_a_site_and_names_of_types_are_answered_as_grapple_does(graphql: GraphQLClient):
    home = HomePageFactory()
    article = ArticlePageFactory(title="Bài")
    image = ImageFactory(description="Một cái cây")
    query = """{ site { pages { id } articles: pages(contentType: "articles.ArticlePage") { title } }
      sites { pages(limit: 1) { id } } imageType documentType image { id } document { id } tag { id }
      images { id alt description } }"""
    pages_of_tree = [str(home.pk), str(article.get_parent().pk), str(article.pk)]
    found = graphql.data(query)
    assert [page["id"] for page in found["site"]["pages"]] == pages_of_tree
    assert found["site"]["articles"] == [{"title": article.title}]
    assert found["sites"] == [{"pages": [{"id": str(home.pk)}]}]
    assert (found["imageType"], found["documentType"]) == ("Image", "Document")
    assert (found["image"], found["document"], found["tag"]) == (None, None, None)
    assert found["images"] == [{"id": str(image.pk), "alt": "Một cái cây", "description": "Một cái cây"}]
