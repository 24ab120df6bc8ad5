from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page, Site

from articles.models import ArticleIndexPage, ArticlePage
from cms.content.streamfield import BodyField
from home.models import HomePage


def raw(kind: str, **value: Any) -> dict[str, Any]:
    """A block of a body as it is stored."""
    return {"type": kind, "value": value}


def body_of(*blocks: dict[str, Any]) -> Any:
    """A stream of body blocks, as an editor's form would hand it over."""
    return BodyField(blank=True).stream_block.to_python(list(blocks))


def home() -> HomePage:
    """The home page of the default site, made at its first use."""
    if found := HomePage.objects.first():
        return found
    page = Page.get_first_root_node().add_child(instance=HomePage(title="Portal", slug="portal"))
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=page, is_default_site=True)
    return page


def page_with_body(*blocks: dict[str, Any], title: str = "Body", live: bool = True) -> ArticlePage:
    """A page, live unless said otherwise, with a body of these stored blocks."""
    index = ArticleIndexPage.objects.first()
    if index is None:
        index = home().add_child(instance=ArticleIndexPage(title="News", slug="tin-tuc"))
    page = ArticlePage(title=title, slug=slugify(title), body=list(blocks), live=live)
    return index.add_child(instance=page)
