from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from campaigns.models import CampaignIndexPage, CampaignPage
from tests.factories.articles import LegalDocumentFactory, article_list
from tests.factories.campaigns import CampaignFactory, campaign_list

pytestmark = pytest.mark.one_database


@pytest.fixture
def editor(admin_user) -> Client:
    client = Client()
    client.force_login(admin_user)
    return client


TARGET = {"label": "Nhà ở", "unit": "nhà", "baseline": "0", "goal": "1200", "current": "600"}
MILESTONE = {"title": "Ban hành", "date": "2022-11-11", "done": "on"}


def saved(relation, **values):
    """A list of one row that is stored already."""
    return inline_formset([{"id": relation.get().pk, **values}], initial=1)


def form(**values):
    """What the browser sends for a campaign with all that it can have."""
    text = streamfield([("paragraph", {"text": rich_text("<p>Giảm nghèo bền vững.</p>")})])
    basics = {
        "title": "Vì người nghèo",
        "slug": "vi-nguoi-ngheo",
        "slogan": "Không để ai bị bỏ lại phía sau",
        "starts_on": "2021-01-01",
        "ends_on": "2025-12-31",
        "objectives": text,
        "requirements": text,
        "measures": streamfield([("measure", {"title": "Tín dụng", "description": text})]),
        "targets": inline_formset([TARGET]),
        "milestones": inline_formset([MILESTONE]),
        "participants": inline_formset([{"name": "Các sở", "role": ""}]),
        "legal_basis_links": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**basics, **values})


def create(editor: Client, data, parent=None):
    parent = parent or campaign_list()
    return editor.post(reverse("wagtailadmin_pages:add", args=["campaigns", "campaignpage", parent.pk]), data)


def test_an_editor_creates_edits_and_publishes_a_campaign(editor, graphql):
    query = """{ page(urlPath: "/phong-trao/vi-nguoi-ngheo/") { title ... on CampaignPage {
        startYear measures { title description { blockType } } targets { label progressPercent }
        milestones { title done } participants { name role } legalBasis { number } } } }"""
    plan = LegalDocumentFactory(number="4524/KH-UBND")
    create(editor, form(legal_basis_links=inline_formset([{"legal_document": plan.pk}])))
    campaign = CampaignPage.objects.get(slug="vi-nguoi-ngheo")
    assert graphql.data(query) == {"page": None}

    data = form(
        legal_basis_links=saved(campaign.legal_basis_links, legal_document=plan.pk),
        targets=saved(campaign.targets, **{**TARGET, "current": "900"}),
        milestones=saved(campaign.milestones, **MILESTONE),
        participants=saved(campaign.participants, name="Các sở", role=""),
    )
    editor.post(
        reverse("wagtailadmin_pages:edit", args=[campaign.pk]), {**data, "action-publish": "action-publish"}
    )
    assert graphql.data(query)["page"] == {
        "title": "Vì người nghèo",
        "startYear": 2021,
        "measures": [{"title": "Tín dụng", "description": [{"blockType": "ParagraphBlock"}]}],
        "targets": [{"label": "Nhà ở", "progressPercent": 75.0}],
        "milestones": [{"title": "Ban hành", "done": True}],
        "participants": [{"name": "Các sở", "role": ""}],
        "legalBasis": [{"number": "4524/KH-UBND"}],
    }


def test_a_campaign_cannot_end_before_it_starts(editor):
    response = create(editor, form(ends_on="2020-12-31"))
    assert response.context["form"].errors["ends_on"] == ["Phong trào kết thúc trước khi bắt đầu."]
    assert not CampaignPage.objects.exists()


def test_the_database_refuses_it_too(db):
    campaign = CampaignFactory()
    with pytest.raises(IntegrityError):
        CampaignPage.objects.filter(pk=campaign.pk).update(ends_on=date(1999, 1, 1))


def test_a_campaign_can_be_put_below_a_list_of_campaigns_only(editor):
    assert CampaignPage.allowed_parent_page_models() == [CampaignIndexPage]
    create(editor, form(), parent=article_list())
    assert not CampaignPage.objects.exists()


def test_the_list_of_campaigns_is_in_the_menu(editor):
    CampaignFactory(title="Chung sức xây dựng nông thôn mới")
    assert "/admin/campaigns/" in editor.get("/admin/").content.decode()
    page = editor.get("/admin/campaigns/").content.decode()
    assert "Chung sức xây dựng nông thôn mới" in page
