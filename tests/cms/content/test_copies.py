"""Copies, aliases, copied trees and translations of every page type: they can be made, and what they were made of saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, get_page_models

from tests import databases
from tests.factories.campaigns import campaign_list
from tests.factories.languages import in_english
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory
from zones.models import ZonePage

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

TYPES = sorted(
    model.__name__ for model in get_page_models() if model is not Page and model.allowed_parent_page_models()
)
#: Of the zone that all tests of the module find.
CODE = "KCN-DA-CO"
WAYS: dict[str, dict[str, str]] = {
    "draft": {},
    "published": {"publish_copies": "on"},
    "alias": {"alias": "on"},
    "tree": {"copy_subpages": "on", "publish_copies": "on"},
    "tree of aliases": {"copy_subpages": "on", "alias": "on"},
}


@pytest.fixture(scope="module")
def content(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A public page of each type with its draft."""
    with django_db_blocker.unblock(), databases.rolled_back(tmp_path_factory.mktemp("media")):
        list_of_articles(), campaign_list()
        ArticlePageFactory(), CampaignPageFactory(), ZonePageFactory(code=CODE)
        for page in Page.objects.filter(depth__gt=1).specific():
            page.save_revision()
        yield


@pytest.fixture
def pages(content: None, db: None) -> dict[str, Page]:
    """The pages by their type's name."""
    found = {type(page).__name__: page for page in Page.objects.filter(depth__gt=1).specific()}
    assert set(found) >= set(TYPES)
    return found


def copy(client: Client, page: Page, **chosen: str) -> list[Page]:
    """Copy a page as an editor does; the copy and what was copied with it."""
    sent = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": page.get_parent().pk, **chosen}
    response = client.post(reverse("wagtailadmin_pages:copy", args=(page.pk,)), sent)
    assert response.status_code == 302
    made = Page.objects.get(slug="ban-sao")
    return list(made.get_descendants(inclusive=True).specific())


def publish_draft(page: Page) -> None:
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", TYPES)
def test_a_page_is_copied_and_both_are_published(
    admin_client: Client, pages: dict[str, Page], name: str, way: str
):
    original = pages[name]
    below = list(original.get_descendants().specific())
    copies = copy(admin_client, original, **WAYS[way])
    assert len(copies) == 1 + (len(below) if "tree" in way else 0)
    for page in [original, *below, *([] if "alias" in way else copies)]:
        publish_draft(page if page.latest_revision_id else type(page).objects.get(pk=page.pk))
    assert all(page.alias_of_id for page in copies) is ("alias" in way)


def test_a_copied_zone_has_the_next_free_code_in_its_draft_too(admin_client: Client):
    zone = ZonePageFactory(code="KCN-TV")
    zone.save_revision()
    ZonePageFactory(code="KCN-TV-2")
    [copied] = copy(admin_client, zone)
    assert copied.code == copied.get_latest_revision_as_object().code == "KCN-TV-3"
    zone.refresh_from_db()
    assert zone.code == zone.get_latest_revision_as_object().code == "KCN-TV"


def test_a_code_of_full_length_is_shortened_for_its_copy(admin_client: Client):
    [copied] = copy(admin_client, ZonePageFactory(code="KCN-0123456789012345"))
    assert copied.code == "KCN-01234567890123-2"


def test_a_copied_map_doubles_no_code(admin_client: Client):
    home = ZoneMapPageFactory()
    for number in range(3):
        ZonePageFactory(code=f"KCN-{number}", parent=home).save_revision().publish()
    copy(admin_client, home, copy_subpages="on", publish_copies="on")
    zones = ZonePage.objects.live().filter(code__regex=r"^KCN-\d").order_by("code")
    assert [zone.code for zone in zones] == ["KCN-0", "KCN-0-2", "KCN-1", "KCN-1-2", "KCN-2", "KCN-2-2"]
    assert [zone.get_latest_revision_as_object().code for zone in zones] == [zone.code for zone in zones]


def test_an_alias_has_the_code_of_its_source_also_when_it_changes(admin_client: Client):
    zone = ZonePageFactory(code="KCN-TV")
    [alias] = copy(admin_client, zone, alias="on")
    assert alias.code == "KCN-TV"
    zone.code = "KCN-TV1"
    zone.save_revision().publish()
    alias.refresh_from_db()
    assert alias.code == "KCN-TV1"


def test_a_translation_has_the_code_of_its_source():
    zone = ZonePageFactory(code="KCN-TV")
    assert in_english(zone).code == "KCN-TV"
    zone.save_revision().publish()
    zones = ZonePage.objects.filter(translation_key=zone.translation_key)
    assert list(zones.values_list("code", flat=True)) == ["KCN-TV", "KCN-TV"]


@pytest.mark.parametrize("chosen", [{}, {"alias": "on"}])
def test_a_page_is_not_copied_into_the_tree_of_another_language(admin_client: Client, chosen: dict[str, str]):
    article = ArticlePageFactory()
    english = in_english(article)
    address = reverse("wagtailadmin_pages:copy", args=(english.pk,))
    sent = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": article.get_parent().pk, **chosen}
    response = admin_client.post(address, sent)
    message = "Trang này viết bằng English, các trang ở đó bằng Tiếng Việt."
    assert message in response.content.decode()
    assert not Page.objects.filter(slug="copy").exists()
    assert admin_client.post(address, {**sent, "new_parent_page": english.get_parent().pk}).status_code == 302
    assert Page.objects.get(slug="copy").locale == english.locale
