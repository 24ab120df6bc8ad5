"""Pages that were deleted: gone for readers and editors alike, and back as they were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site, WorkflowState

from articles.models import ArticlePage
from cms.trash.models import TrashedItem
from cms.trash.moving import trash
from tests.client import GraphQLClient
from tests.factories.people import logged_in, person
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = pytest.mark.django_db

PAGES = """{ page(urlPath: "/tin-tuc/mot/") { title } articles { totalCount nodes { title } }
  redirect(path: "/cu") { newUrl } search(query: "mot") { totalCount } }"""


@pytest.fixture
def index():
    return list_of_articles()


@pytest.fixture
def page(index) -> ArticlePage:
    return ArticlePageFactory(title="Một", slug="mot", parent=index)


@pytest.fixture
def administrator():
    return person("administrator")


def delete(client, page: Page, **data: str):
    return client.post(f"/admin/pages/{page.pk}/delete/", data, follow=True)


def test_who_waited_while_a_page_was_deleted_does_not_move_it_again(index):
    page = ArticlePageFactory(parent=index)
    first, second = (ArticlePage.objects.get(pk=page.pk) for _each in range(2))
    user = person("superuser")
    assert trash(first, user=user) == trash(second, user=user)
    index.refresh_from_db()
    assert (index.numchild, Page.find_problems()) == (0, ([], [], [], [], []))


def test_a_deleted_page_is_gone_and_comes_back_as_it_was(graphql: GraphQLClient, index, page, administrator):
    before, after = (
        ArticlePageFactory(title="Trước", parent=index),
        ArticlePageFactory(title="Sau", parent=index),
    )
    page.move(before, pos="right")
    page = ArticlePage.objects.get(pk=page.pk)
    page.save_revision()
    Redirect.objects.create(old_path="/cu", redirect_page=page)
    shown = graphql.data(PAGES)
    assert shown["page"] == {"title": "Một"}
    assert shown["articles"]["totalCount"] == 3
    was = Page.objects.values("path", "url_path", "live", "numchild", "latest_revision_id").get(pk=page.pk)

    client = logged_in(administrator)
    response = delete(client, page)
    assert "Một” đã vào thùng rác" in response.content.decode()
    gone = graphql.data(PAGES)
    assert gone["page"] is None
    assert gone["redirect"] is None
    assert [each["title"] for each in gone["articles"]["nodes"]] == ["Sau", "Trước"]
    item = TrashedItem.objects.get()
    assert (item.deleted_by, item.title, item.was_in.split(" › ")[-1]) == (administrator, "Một", index.title)

    listed = client.get("/admin/trash/").content.decode()
    assert "Một" in listed
    assert index.title in listed
    response = client.post(f"/admin/trash/{item.pk}/restore/", follow=True)
    assert "Một” đã trở lại chỗ cũ" in response.content.decode()
    assert graphql.data(PAGES) == shown
    assert Page.objects.values(*was).get(pk=page.pk) == was
    assert [each.title for each in index.get_children()] == ["Trước", "Một", "Sau"]
    assert not TrashedItem.objects.exists()
    after.refresh_from_db()


def test_children_go_and_come_back_with_their_page(graphql, index, page, administrator):
    other = ArticlePageFactory(title="Hai", parent=index)
    client = logged_in(administrator)
    delete(client, other)
    delete(client, index)
    assert graphql.data("{ articles { totalCount } }")["articles"]["totalCount"] == 0
    whole, single = (TrashedItem.objects.get(title=title) for title in (index.title, "Hai"))
    response = client.post(f"/admin/trash/{single.pk}/restore/", follow=True)
    assert "cũng ở trong thùng rác: hãy khôi phục trang ấy trước" in response.content.decode()
    for item in (whole, single):
        client.post(f"/admin/trash/{item.pk}/restore/")
    assert graphql.data("{ articles { totalCount } }")["articles"]["totalCount"] == 2
    page.refresh_from_db()
    assert page.url_path.endswith("/tin-tuc/mot/")


def test_many_pages_are_deleted_at_once_and_each_comes_back(index, page, administrator):
    client = logged_in(administrator)
    address = f"/admin/bulk/wagtailcore/page/delete/?next=/admin/&id={index.pk}&id={page.pk}"
    assert client.post(address).status_code == 302
    [item] = TrashedItem.objects.all()
    assert item.title == index.title
    # A website begins at the home page.
    home = Site.objects.get().root_page
    response = client.post(f"/admin/bulk/wagtailcore/page/delete/?next=/admin/&id={home.pk}", follow=True)
    assert "Một website bắt đầu từ đây" in response.content.decode()
    assert "Một website bắt đầu từ đây" in delete(client, home).content.decode()
    assert TrashedItem.objects.count() == 1


def test_a_trashed_page_is_on_nobodys_desk(page, administrator):
    page.save_revision(user=administrator)
    page.get_workflow().start(page, administrator)
    reporter = person("reporter")
    client = logged_in(administrator)
    delete(client, page)
    assert not WorkflowState.objects.active().exists()
    for somebody in (administrator, reporter, person("superuser")):
        browser = logged_in(somebody)
        for address in (
            "/admin/",
            "/admin/articles/",
            "/admin/pages/search/?q=M%E1%BB%99t",
            "/admin/choose-page/search/?q=M%E1%BB%99t",
        ):
            content = browser.get(address).content.decode()
            found = [text for text in (f"/pages/{page.pk}/", f'data-id="{page.pk}"') if text in content]
            assert not found, (somebody, address)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302


def test_an_address_that_was_taken_meanwhile_is_told(index, page, administrator):
    client = logged_in(administrator)
    delete(client, page)
    ArticlePageFactory(title="Khác", slug="mot", parent=index)
    item = TrashedItem.objects.get()
    response = client.post(f"/admin/trash/{item.pk}/restore/", follow=True)
    assert "đã có đường dẫn “mot”" in response.content.decode()
    assert TrashedItem.objects.filter(pk=item.pk).exists()


def test_what_others_deleted_only_administrators_see_and_delete_for_good(index, page, administrator):
    reporter = person("reporter")
    own = ArticlePageFactory(title="Nháp của tôi", parent=index, live=False, owner=reporter)
    trash(page, user=administrator)
    client = logged_in(reporter)
    delete(client, own)
    listed = client.get("/admin/trash/").content.decode()
    assert "Nháp của tôi" in listed
    assert "Xóa hẳn" not in listed
    assert "Một" not in listed
    item, others = TrashedItem.objects.get(title="Nháp của tôi"), TrashedItem.objects.get(title="Một")
    assert client.post(f"/admin/trash/{others.pk}/restore/").status_code == 404
    for address in (f"{item.pk}/purge/", "empty/"):
        client.post(f"/admin/trash/{address}")
    assert TrashedItem.objects.count() == 2
    client.post(f"/admin/trash/{item.pk}/restore/")
    assert Page.objects.get(pk=own.pk).is_child_of(index)
    logged_in(administrator).post(f"/admin/trash/{others.pk}/purge/")
    assert not Page.objects.filter(pk=page.pk).exists()
    assert not TrashedItem.objects.exists()


def test_the_clock_deletes_for_good_what_was_kept_long_enough(settings, index, page, administrator):
    settings.CMS_TRASH_DAYS = 7
    kept = ArticlePageFactory(title="Hai", parent=index)
    for each in (page, kept):
        trash(each, user=administrator)
    TrashedItem.objects.filter(title="Một").update(deleted_at=timezone.now() - timedelta(days=7))
    call_command("empty_trash")
    assert [item.title for item in TrashedItem.objects.all()] == ["Hai"]
    assert list(Page.objects.filter(pk__in=[page.pk, kept.pk]).values_list("pk", flat=True)) == [kept.pk]


def test_who_may_not_publish_there_restores_no_public_page(page, administrator):
    reporter = person("reporter")
    trash(page, user=reporter)
    item = TrashedItem.objects.get()
    response = logged_in(reporter).post(f"/admin/trash/{item.pk}/restore/", follow=True)
    assert "Bạn không được thêm nội dung này vào chỗ cũ" in response.content.decode()
    assert TrashedItem.objects.filter(pk=item.pk).exists()
