"""Addresses that editors write: none that reaches a reader runs a script, even if it was written past the forms."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import Block, RawHTMLBlock, RichTextBlock, URLBlock
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import inline_formset

from articles.models import ArticlePage
from cms.content.links import WebAddressField, safe_address, validate_address
from home.models import MenuItem, MenuSubitem, SocialLink
from tests.client import GraphQLClient
from tests.cms.content.test_harmless_html import SCRIPTS
from tests.factories.blocks import page_with_body, raw
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.portal import ArticlePageFactory
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory
from tests.home.test_site import item, save
from zones.models import Enterprise, ZoneMapPage, ZonePage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCRIPT = "javascript:alert(1)"

#: Every column with an address, and the test or rule that keeps a script out of it.
COLUMNS = {
    "articles.ArticlePage.source_url": "Address",
    "articles.ArticlePage.canonical_url": "seo",
    "articles.ArticleIndexPage.canonical_url": "seo",
    "campaigns.CampaignPage.canonical_url": "seo",
    "campaigns.CampaignIndexPage.canonical_url": "seo",
    "home.HomePage.canonical_url": "seo",
    "home.FooterItem.url": "menus",
    "home.MenuItem.url": "menus",
    "home.MenuSubitem.url": "menus",
    "home.SocialLink.url": "Address",
    "wagtailredirects.Redirect.redirect_link": "redirects",
    "zones.Enterprise.website": "Address",
    "zones.ZoneMapPage.canonical_url": "seo",
    "zones.ZoneMapPage.tile_url": "tiles",
    "zones.ZonePage.canonical_url": "seo",
    "zones.ZonePage.investor_website": "investor",
}
#: Made by Wagtail, and shown to nobody but the admin; or no address of a link.
NOT_SHOWN = {
    "wagtailcore.Page.url_path",
    "wagtailcore.GroupApprovalTask.url",
    "wagtailembeds.Embed.url",
    "wagtailembeds.Embed.thumbnail_url",
    "events.Webhook.url",
    "wagtailcore.ModelLogEntry.object_url",
}


def is_address(field: Any) -> bool:
    named = field.name.endswith(("url", "link", "website", "href", "src")) and isinstance(
        field, models.CharField | models.TextField
    )
    return isinstance(field, models.URLField) or named


def test_every_column_that_holds_an_address_is_known_here() -> None:
    found = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if is_address(field)
    }
    assert found - NOT_SHOWN - {name for name in found if name.startswith("notices.")} == set(COLUMNS)


def blocks_within(block: Block) -> list[Block]:
    children = list(getattr(block, "child_blocks", {}).values())
    children += [block.child_block] if hasattr(block, "child_block") else []
    return [block, *(each for child in children for each in blocks_within(child))]


def test_every_block_that_holds_an_address_or_html_is_known_here() -> None:
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, StreamField)
    ]
    blocks = [block for field in fields for block in blocks_within(field.stream_block)]
    addresses = {type(block).__name__ for block in blocks if isinstance(block, URLBlock)}
    html = {type(block).__name__ for block in blocks if isinstance(block, RichTextBlock | RawHTMLBlock)}
    tables = [block for block in blocks if isinstance(block, BaseTypedTableBlock)]

    assert addresses == {"WebAddressBlock", "VideoUrlBlock"}
    assert html == {"RichTextBlock"}
    assert {type(child).__name__ for table in tables for child in table.child_blocks.values()} == {
        "CharBlock",
        "DecimalBlock",
    }


def test_our_address_columns_refuse_other_schemes_than_http() -> None:
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.URLField) and model._meta.app_label in {
                "articles",
                "home",
                "zones",
                "campaigns",
            }:
                assert isinstance(field, WebAddressField), field


@pytest.mark.parametrize(
    "address",
    [
        *SCRIPTS,
        "//evil.example/",
        "/\\evil.example",
        "https://",
        "http:/x",
        "tin-tuc",
        'https://x.vn/"onclick=',
        "",
    ],
)
def test_what_no_link_may_lead_to_is_refused_in_vietnamese(address: str) -> None:
    assert safe_address(address) is None
    with translation.override("vi"), pytest.raises(ValidationError) as error:
        validate_address(address)
    assert error.value.messages == [
        "Hãy nhập địa chỉ bắt đầu bằng https://, đường dẫn bắt đầu bằng /, mailto: hoặc tel:."
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://phutho.gov.vn",
        "HTTPS://x.vn/Tin?a=1&b=(2)#c",
        "http://khu-công-nghiệp.vn/bài",
        "/",
        "/tin-tuc/?a=b",
        "mailto:a@b.vn?subject=x",
        "tel:+84 210 384-66.47",
    ],
)
def test_what_links_lead_to_is_taken(address: str) -> None:
    assert safe_address(address) == address
    validate_address(address)


@pytest.mark.parametrize("address", SCRIPTS)
def test_blocks_answer_no_script(graphql: GraphQLClient, address: str) -> None:
    page = page_with_body(
        raw("call_to_action", text="Go", url=address, page=None, style="primary"),
        raw("video", url=address, title="T"),
    )
    query = """query ($id: ID!) { page(id: $id) { ... on ArticlePage { body {
        rawValue ... on CallToActionBlock { link: url } ... on VideoBlock { url thumbnailUrl html } } } } }"""
    button, video = graphql.data(query, id=page.pk)["page"]["body"]
    assert json.loads(button.pop("rawValue")) == {"text": "Go", "url": "", "page": None, "style": "primary"}
    assert json.loads(video.pop("rawValue")) == {"url": "", "title": "T"}
    assert button == {"link": None}
    assert video == {"url": None, "thumbnailUrl": None, "html": ""}


def test_title_of_a_video_cannot_break_out_of_its_frame(graphql: GraphQLClient) -> None:
    page = page_with_body(raw("video", url="https://vimeo.com/76979871", title='"><script>x()</script>'))
    query = (
        "query ($id: ID!) { page(id: $id) { ... on ArticlePage { body { ... on VideoBlock { html } } } } }"
    )
    assert graphql.data(query, id=page.pk)["page"]["body"][0]["html"] == (
        '<iframe src="https://player.vimeo.com/video/76979871?dnt=1"'
        ' title="&quot;&gt;&lt;script&gt;x()&lt;/script&gt;" loading="lazy" allowfullscreen'
        ' referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    )


def test_pages_answer_no_script(graphql: GraphQLClient) -> None:
    article = ArticlePageFactory(slug="bai")
    ArticlePage.objects.update(source_url=SCRIPT, canonical_url=SCRIPT)
    query = "query ($id: ID!) { page(id: $id) { seo { canonicalUrl } ... on ArticlePage { sourceUrl } } }"
    assert graphql.data(query, id=article.pk)["page"] == {
        "sourceUrl": "",
        "seo": {"canonicalUrl": "http://127.0.0.1:8000/tin-tuc/bai/"},
    }


def test_zones_and_their_map_answer_no_script(graphql: GraphQLClient) -> None:
    zone, map_page = ZonePageFactory(investor_name="I"), ZoneMapPageFactory()
    Enterprise.objects.create(zone=zone, name="E", website=SCRIPT)
    ZonePage.objects.update(investor_website=SCRIPT)
    ZoneMapPage.objects.update(tile_url="javascript:{z}{x}{y}")
    query = """query ($zone: ID!, $map: ID!) {
        zone: page(id: $zone) { ... on ZonePage { investor { website } enterprises { website } } }
        map: page(id: $map) { ... on ZoneMapPage { tiles { url } } } }"""
    assert graphql.data(query, zone=zone.pk, map=map_page.pk) == {
        "zone": {"investor": {"website": ""}, "enterprises": [{"website": ""}]},
        "map": {"tiles": None},
    }


def test_attribution_of_tiles_may_hold_links_and_nothing_else(graphql: GraphQLClient) -> None:
    page = ZoneMapPageFactory()
    attribution = (
        '© <a href="https://osm.org" onclick=x()>OSM</a><img src=x onerror=y()><a href=javascript:z()>z</a>'
    )
    ZoneMapPage.objects.update(tile_url="https://t.example/{z}/{x}/{y}.png", tile_attribution=attribution)
    query = "query ($id: ID!) { page(id: $id) { ... on ZoneMapPage { tiles { url attribution } } } }"
    assert graphql.data(query, id=page.pk)["page"]["tiles"] == {
        "url": "https://t.example/{z}/{x}/{y}.png",
        "attribution": '© <a href="https://osm.org" rel="noopener noreferrer">OSM</a><a rel="noopener noreferrer">z</a>',
    }


def test_menus_leave_out_what_would_run_a_script(graphql: GraphQLClient) -> None:
    settings = settings_of(HomePageFactory())
    shown = MenuItem.objects.create(settings=settings, title="Shown", url="/x/", sort_order=0)
    MenuItem.objects.create(settings=settings, title="Hidden", url=SCRIPT, sort_order=1)
    MenuSubitem.objects.create(item=shown, title="Hidden", url=SCRIPT)
    SocialLink.objects.create(settings=settings, platform="zalo", url=SCRIPT)
    query = "{ site { mainMenu { title url children { title } } socialLinks { url } } }"
    assert graphql.data(query)["site"] == {
        "mainMenu": [{"title": "Shown", "url": "/x/", "children": []}],
        "socialLinks": [{"url": ""}],
    }


def test_redirect_to_a_script_leads_nowhere(graphql: GraphQLClient) -> None:
    Redirect.objects.create(old_path="/a", redirect_link=SCRIPT)
    Redirect.objects.create(old_path="/b", redirect_link="https://example.vn/b")
    assert graphql.data('{ redirects { newUrl } redirect(path: "/a") { newUrl } }') == {
        "redirects": [{"newUrl": None}, {"newUrl": "https://example.vn/b"}],
        "redirect": {"newUrl": None},
    }


def test_form_of_redirects_refuses_a_script_in_vietnamese(admin_client: Client) -> None:
    values = {"old_path": "/a", "redirect_link": SCRIPT, "is_permanent": "on"}
    response = admin_client.post(reverse("wagtailredirects:add"), values, headers={"accept-language": "vi"})
    assert response.status_code == 200
    assert response.context["form"].errors["redirect_link"] == [
        "Viết địa chỉ bắt đầu bằng https://, hoặc đường dẫn bắt đầu bằng /."
    ]
    assert not Redirect.objects.exists()


def test_form_of_menus_refuses_a_script(admin_client: Client) -> None:
    response = save(admin_client, main_menu_items=inline_formset([item(url=SCRIPT, title="X")]))
    assert response.status_code == 200
    assert "đường dẫn bắt đầu bằng /, mailto: hoặc tel:." in response.content.decode()
    assert not MenuItem.objects.exists()


@pytest.mark.parametrize("url", ["ftp://example.vn/a", SCRIPT])
def test_form_of_the_portal_refuses_what_is_no_web_address(admin_client: Client, url: str) -> None:
    links = inline_formset([{"platform": "zalo", "url": url}])
    assert save(admin_client, social_links=links).status_code == 200
    assert not SocialLink.objects.exists()
