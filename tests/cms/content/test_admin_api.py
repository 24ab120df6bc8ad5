"""Wagtail's API within the admin: choosers read it, and nothing is changed by it."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from tests.factories.articles import ArticleFactory, article_list

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]


@pytest.mark.parametrize("action", sorted(PagesAdminAPIViewSet.actions))
def test_no_action_goes_past_the_views(admin_client: Client, action: str):
    article = ArticleFactory(live=False)
    values = {
        "destination_page_id": article_list().pk,
        "locale": "en",
        "revision_id": article.latest_revision_id,
    }
    before = list(Page.objects.order_by("path").values_list("path", "live", "slug"))
    address = f"/admin/api/main/pages/{article.pk}/action/{action}/"
    assert admin_client.post(address, values, "application/json").status_code == 404
    assert list(Page.objects.order_by("path").values_list("path", "live", "slug")) == before


def test_choosers_read_pages(admin_client: Client):
    article = ArticleFactory(title="Bài")
    assert admin_client.get(f"/admin/api/main/pages/{article.pk}/").json()["title"] == "Bài"
    answer = admin_client.get("/admin/api/main/pages/", {"child_of": article_list().pk, "for_explorer": 1})
    assert [each["title"] for each in answer.json()["items"]] == ["Bài"]
