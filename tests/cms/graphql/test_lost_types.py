"""Pages whose type is no longer installed, as an update that removes an app leaves them."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory


@pytest.fixture
def lost() -> Page:
    page = ArticlePageFactory(title="Lost")
    gone = ContentType.objects.create(app_label="gone", model="gonepage")
    Page.objects.filter(pk=page.pk).update(content_type=gone)
    return page


def test_it_is_shown_as_a_page_of_no_type(graphql: GraphQLClient, lost: Page):
    query = "query($id: ID!) { page(id: $id) { title contentType pageType } }"
    found = graphql.data(query, id=lost.pk)["page"]
    assert found == {"title": "Lost", "contentType": "wagtailcore.Page", "pageType": "Page"}


def test_the_other_addresses_of_the_site_are_listed(graphql: GraphQLClient, lost: Page):
    nodes = graphql.data("{ routes { nodes { contentType } } }")["routes"]["nodes"]
    assert {"wagtailcore.Page", "home.HomePage"} <= {node["contentType"] for node in nodes}
