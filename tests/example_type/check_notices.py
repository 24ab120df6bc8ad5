"""What test_new_content_type.py runs in a process of its own, with one app more."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.graphql.wagtail.build import schema
from tests.client import GraphQLClient
from tests.contract.test_schema import undescribed
from tests.example_type.notices.models import NoticePage
from tests.factories.exchange import imported, table
from tests.factories.home import HomePageFactory


def test_an_editor_publishes_one_and_a_reader_finds_it(
    graphql: GraphQLClient, admin_client, django_capture_on_commit_callbacks
):
    home = HomePageFactory()
    form = {
        "title": "Nghỉ lễ",
        "slug": "nghi-le",
        "reference": "12/TB",
        "valid_until": "02/09/2026",
        "body": streamfield([("quote", {"text": "Nghỉ hai ngày.", "attribution": ""})]),
        "action-publish": "1",
    }
    address = reverse("wagtailadmin_pages:add", args=("notices", "noticepage", home.pk))
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(address, nested_form_data(form)).status_code == 302

    node = {
        "title": "Nghỉ lễ",
        "url": "/nghi-le/",
        "reference": "12/TB",
        "validUntil": "2026-09-02",
        "body": [{"text": "Nghỉ hai ngày."}],
    }
    fields = "title url reference validUntil body { ... on QuoteBlock { text } }"
    notices = f'{{ notices(filter: {{ reference: "12/TB" }}) {{ totalCount nodes {{ {fields} }} }} }}'
    assert graphql.data(notices) == {"notices": {"totalCount": 1, "nodes": [node]}}
    assert (
        graphql.data(f'{{ page(urlPath: "/nghi-le/") {{ ... on NoticePage {{ {fields} }} }} }}')["page"]
        == node
    )
    found = graphql.data('{ search(query: "nghi hai ngay", types: [NOTICE]) { nodes { type title url } } }')
    assert found["search"]["nodes"] == [{"type": "NOTICE", "title": "Nghỉ lễ", "url": "/nghi-le/"}]


@pytest.mark.django_db
def test_its_drafts_are_hidden_without_a_line_about_it(graphql: GraphQLClient):
    home = HomePageFactory()
    draft = NoticePage(title="Nháp", slug="nhap", reference="1", valid_until=date(2026, 1, 1), live=False)
    home.add_child(instance=draft)
    assert graphql.data("{ notices { totalCount nodes { title } } }") == {
        "notices": {"totalCount": 0, "nodes": []}
    }
    assert Page.objects.filter(slug="nhap").exists()


def test_it_has_a_list_and_a_check_of_its_own(admin_client):
    home = HomePageFactory()
    home.add_child(
        instance=NoticePage(title="Nghỉ lễ", slug="nghi-le", reference="12/TB", valid_until=date(2026, 1, 1))
    )
    listed = admin_client.get("/admin/notices/?status=live&mine=").content.decode()
    assert "Nghỉ lễ" in listed
    assert "12/TB" in listed
    desk = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "<strong>1</strong> thông báo chưa có nội dung" in desk
    assert "/admin/notices/" in desk  # in the menu


def test_the_schema_with_it_is_described_throughout():
    assert "NoticePage" in schema.graphql_schema.type_map
    assert list(undescribed(schema.graphql_schema)) == []


@pytest.mark.django_db
def test_it_comes_in_from_a_spreadsheet(tmp_path):
    HomePageFactory()
    content = table(
        ["title", "slug", "reference", "valid_until"], ["Nghỉ lễ", "nghi-le", "12/TB", "02/09/2026"]
    )
    told = imported(tmp_path / "a.csv", content, "--type", "notice", "--publish")
    assert told == ["new 1, changed 0, unchanged 0, refused 0"]
    assert NoticePage.objects.get().valid_until == date(2026, 9, 2)
