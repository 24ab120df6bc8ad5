"""Polls, legal documents, categories and industries that were deleted."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from articles.models import ArticleCategory, ArticleLegalDocument
from cms.content.models import LegalDocument
from cms.search.indexing import refresh_entry
from cms.trash.models import TrashedItem
from cms.trash.moving import trash
from polls.models import Ballot, Poll
from tests.client import GraphQLClient
from tests.factories.blocks import page_with_body, raw
from tests.factories.campaigns import CampaignFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory, option_ids, vote
from tests.factories.portal import ArticlePageFactory, list_of_articles
from zones.models import Industry

pytestmark = pytest.mark.django_db

POLL = """query($id: ID!, $node: ID!) { poll(id: $id) { question totalVotes } polls { totalCount nodes { question } }
  node(id: $node) { __typename } search(query: "benh vien") { totalCount } snippets { __typename }
  pages(contentType: "articles.ArticlePage") { ... on ArticlePage { body { ... on PollBlock { poll { question } } } } } }"""
ARTICLE = """{ articleCategories { name articleCount }
  articles(filter: { category: "y-te" }) { totalCount }
  cited: articles(filter: { legalDocument: "12/QĐ" }) { totalCount }
  all: articles { nodes { category { name } legalDocuments { number } } } }"""


@pytest.fixture
def administrator() -> Any:
    return person("administrator")


LISTINGS = (
    "/admin/snippets/{name}/",
    "/admin/snippets/{name}/?q={words}",
    "/admin/snippets/choose/{name}/",
    "/admin/snippets/choose/{name}/results/?q={words}",
)


def shown(browser: Any, address: str) -> str:
    """A page of the admin, or what a chooser's dialog is sent, without blanks before texts."""
    response = browser.get(address)
    is_dialog = response["Content-Type"] == "application/json"
    return re.sub(r">\s+", ">", response.json()["html"] if is_dialog else response.content.decode()).replace(
        "<em>", ""
    )


def restore(browser: Any, title: str) -> Any:
    item = TrashedItem.objects.get(title=title)
    return browser.post(f"/admin/trash/{item.pk}/restore/", follow=True)


def test_a_deleted_poll_is_gone_with_its_ballots_kept_and_comes_back(graphql: GraphQLClient, administrator):
    poll = PollFactory(question="Bệnh viện nào?")
    number = vote(poll, 0).number
    page_with_body(raw("poll", poll=poll.pk, show_results=True))
    refresh_entry.call("polls", "poll", poll.pk)
    call_command("tend_polls")
    node = graphql.data("query($id: ID!) { poll(id: $id) { nodeId } }", id=poll.pk)["poll"]["nodeId"]
    shown = graphql.data(POLL, id=poll.pk, node=node)
    assert shown["poll"] == {"question": "Bệnh viện nào?", "totalVotes": 1}
    assert shown["polls"]["totalCount"] == shown["search"]["totalCount"] == 1
    assert shown["pages"][0]["body"] == [{"poll": {"question": "Bệnh viện nào?"}}]

    browser = logged_in(administrator)
    asked = browser.get(f"/admin/snippets/polls/poll/delete/{poll.pk}/").content.decode()
    assert "Chuyển “Bệnh viện nào?” vào thùng rác?" in asked
    told = browser.post(f"/admin/snippets/polls/poll/delete/{poll.pk}/", follow=True).content.decode()
    assert "“Bệnh viện nào?” đã vào thùng rác" in told

    gone = graphql.data(POLL, id=poll.pk, node=node)
    assert (gone["poll"], gone["node"], gone["snippets"]) == (None, None, [])
    assert (gone["polls"]["totalCount"], gone["search"]["totalCount"]) == (0, 0)
    assert gone["pages"][0]["body"] == [{"poll": None}]
    voted = graphql.data(
        """mutation($input: CastVoteInput!) { castVote(input: $input) { errors { code } } }""",
        input={"pollId": str(poll.pk), "optionIds": [str(option_ids(poll)[1])]},
    )
    assert [each["code"] for each in voted["castVote"]["errors"]] == ["POLL_UNKNOWN"]
    call_command("verify_polls")
    assert Ballot.objects.get().receipt == number

    restore(browser, "Bệnh viện nào?")
    assert graphql.data(POLL, id=poll.pk, node=node) == shown
    call_command("verify_polls")


def test_no_list_chooser_or_form_leads_to_what_is_in_the_trash(administrator):
    document = LegalDocument.objects.create(
        number="12QD", title="Viện phí", issuer="Bộ", issued_on=date(2026, 1, 2)
    )
    things = {
        "polls/poll": PollFactory(question="Benhvien"),
        "content/legaldocument": document,
        "articles/articlecategory": ArticleCategory.objects.create(name="Yte", slug="y-te"),
        "zones/industry": Industry.objects.create(name="Duoc", slug="duoc"),
    }
    browsers = [logged_in(administrator), logged_in(person("superuser"))]
    for name, thing in things.items():
        words = str(thing).split(" ")[0]
        listings = [address.format(name=name, words=words) for address in LISTINGS]
        hidden = [address for address in listings if f">{words}" not in shown(browsers[1], address)]
        assert hidden == [], name
        trash(thing, user=administrator)
        for browser in browsers:
            for address in listings:
                assert f">{words}" not in shown(browser, address), address
            for address in ("edit", "delete", "history", "usage"):
                response = browser.get(f"/admin/snippets/{name}/{address}/{thing.pk}/", follow=True)
                assert "Nội dung này ở trong thùng rác" in response.content.decode(), (name, address)
        assert words not in browser.get("/admin/").content.decode()
    assert TrashedItem.objects.count() == 4


def test_what_is_in_the_trash_is_not_counted_among_snippets_or_offered_as_a_filter(administrator):
    index = list_of_articles()
    kept = ArticleCategory.objects.create(name="Yte", slug="y-te")
    deleted = ArticleCategory.objects.create(name="Duoc", slug="duoc")
    campaigns = [CampaignFactory(title=title) for title in ("Phong trào cũ", "Phong trào mới")]
    ArticlePageFactory(parent=index, category=kept)
    for each in (deleted, campaigns[0]):
        trash(each, user=administrator)
    for browser in (logged_in(administrator), logged_in(person("superuser"))):
        types = browser.get("/admin/snippets/").context["object_list"]
        assert [each["count"] for each in types if each["model"] is ArticleCategory] == [1]
        fields = browser.get("/admin/articles/").context["filters"].form.fields
        assert [str(each) for each in fields["category"].queryset] == ["Yte"]
        assert [each.title for each in fields["campaign"].queryset] == ["Phong trào mới"]


def test_links_to_a_category_and_a_document_come_back_with_them(graphql: GraphQLClient, administrator):
    category = ArticleCategory.objects.create(name="Y tế", slug="y-te")
    document = LegalDocument.objects.create(
        number="12/QĐ", title="Viện phí", issuer="Bộ", issued_on=date(2026, 1, 2)
    )
    page = ArticlePageFactory(parent=list_of_articles(), category=category)
    ArticleLegalDocument.objects.create(article=page, legal_document=document)
    shown = graphql.data(ARTICLE)
    assert shown["articles"]["totalCount"] == shown["cited"]["totalCount"] == 1
    browser = logged_in(administrator)
    browser.post(f"/admin/bulk/articles/articlecategory/delete/?next=/admin/&id={category.pk}")
    told = browser.post(
        f"/admin/bulk/content/legaldocument/delete/?next=/admin/&id={document.pk}", follow=True
    ).content.decode()
    assert "1 mục đã vào thùng rác" in told
    assert graphql.data(ARTICLE) == {
        "articleCategories": [],
        "articles": {"totalCount": 0},
        "cited": {"totalCount": 0},
        "all": {"nodes": [{"category": None, "legalDocuments": []}]},
    }
    # A form that is saved meanwhile keeps the links.
    draft = page.save_revision(user=administrator)
    draft.publish()
    for title in (str(category), str(document)):
        restore(browser, title)
    assert graphql.data(ARTICLE) == shown


def test_what_would_be_a_second_one_beside_the_trash_is_told_so(administrator):
    category = ArticleCategory.objects.create(name="Y tế", slug="y-te")
    trash(category, user=administrator)
    told = logged_in(administrator).post(
        "/admin/snippets/articles/articlecategory/add/", {"name": "Y tế", "slug": "y-te", "description": ""}
    )
    assert "Một mục có cùng đường dẫn đang ở trong thùng rác" in told.content.decode()
    assert ArticleCategory.objects.count() == 1


def test_a_poll_with_ballots_is_never_deleted_for_good(settings, administrator):
    kept, empty = PollFactory(question="Có phiếu"), PollFactory(question="Không phiếu")
    vote(kept, 0)
    for poll in (kept, empty):
        trash(poll, user=administrator)
    browser = logged_in(administrator)
    assert "mãi mãi: có phiếu bầu" in browser.get("/admin/trash/").content.decode()
    TrashedItem.objects.update(deleted_at=timezone.now() - timedelta(days=settings.CMS_TRASH_DAYS))
    call_command("empty_trash")
    assert [poll.question for poll in Poll.objects.all()] == ["Có phiếu"]
    browser.post("/admin/trash/empty/")
    told = browser.post(f"/admin/trash/{TrashedItem.objects.get().pk}/purge/", follow=True).content.decode()
    assert "Có phiếu" in told
    assert (Poll.objects.count(), Ballot.objects.count()) == (1, 1)


def test_a_revision_that_is_published_on_time_leaves_a_poll_in_the_trash(graphql, administrator):
    poll = PollFactory(question="Cũ")
    poll.question = "Mới"
    revision = poll.save_revision(user=administrator)
    trash(Poll.objects.get(pk=poll.pk), user=administrator)
    Revision.objects.get(pk=revision.pk).publish()
    assert graphql.data("{ polls { totalCount } }")["polls"]["totalCount"] == 0
    assert restore(logged_in(administrator), "Cũ").status_code == 200
    assert graphql.data("{ polls { nodes { question } } }")["polls"]["nodes"] == [{"question": "Mới"}]


def test_who_may_not_publish_polls_restores_no_public_one(administrator):
    reporter = person("reporter")
    poll = PollFactory(question="Cũ")
    trash(poll, user=reporter)
    told = restore(logged_in(reporter), "Cũ").content.decode()
    assert "Bạn không được thêm nội dung này vào chỗ cũ" in told
    assert Poll.objects.get().is_trashed
