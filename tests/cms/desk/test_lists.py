"""Lists of content by task: what they show, what narrows them, views that are kept, and what is done to many at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from articles.models import ArticlePage
from cms.desk.models import SavedView
from cms.media.models import Image
from polls.models import Poll
from tests.cms.desk.test_first_page import draft, rejected, scheduled, submitted
from tests.factories.articles import ArticleFactory, CategoryFactory, LegalDocumentFactory
from tests.factories.campaigns import CampaignFactory
from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.zones import ZonePageFactory
from tests.vietnamese.english import english_in, texts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]

LISTS = [
    "/admin/articles/",
    "/admin/campaigns/",
    "/admin/zones/",
    "/admin/snippets/polls/poll/",
    "/admin/snippets/content/legaldocument/",
]


def listed(client: Client, address: str, **query: Any) -> list[str]:
    """What a list shows, by title."""
    answer = client.get(address, query)
    assert answer.status_code == 200
    return [getattr(each, "draft_title", None) or str(each) for each in answer.context["object_list"]]


def test_articles_are_narrowed_by_where_they_stand():
    reporter, editor = person("reporter"), person("editor")
    ArticleFactory(title="live")
    changed = ArticleFactory(title="changed")
    changed.save_revision()
    draft(reporter, title="draft")
    submitted(reporter, title="waiting")
    rejected(reporter, editor, "Sửa", title="sent_back")
    scheduled("scheduled")
    expired = ArticleFactory(title="expired")
    ArticlePage.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(days=1))
    also = {"live": {"changed"}, "draft": {"waiting", "sent_back", "scheduled"}}
    ArticlePage.objects.filter(pk=changed.pk).update(has_unpublished_changes=True)
    client = logged_in(editor)
    for status in ("live", "changed", "draft", "waiting", "sent_back", "scheduled", "expired"):
        found = listed(client, "/admin/articles/", status=status)
        assert set(found) == {status} | also.get(status, set()), status


def test_articles_are_narrowed_to_ones_own_by_category_author_date_and_language(admin_client: Client):
    reporter = person("reporter")
    category = CategoryFactory()
    ArticleFactory(title="Của tôi", owner=reporter)
    ArticleFactory(title="Có mục", category=category)
    ArticleFactory(title="Có tác giả", author="Nguyễn Việt Dũng")
    ArticleFactory(title="Cũ", published_at="2020-05-05T00:00:00Z")
    assert listed(logged_in(reporter), "/admin/articles/", mine="me") == ["Của tôi"]
    for query, title in (
        ({"category": category.pk}, "Có mục"),
        ({"author": "Nguyễn Việt Dũng"}, "Có tác giả"),
        ({"published_at_to": "31/12/2020"}, "Cũ"),
    ):
        assert listed(admin_client, "/admin/articles/", **query) == [title], query


@pytest.mark.parametrize("query", ["nguoi ngheo", "người nghèo"])
def test_search_goes_with_any_filter_and_without_diacritics(django_capture_on_commit_callbacks, query: str):
    reporter = person("reporter")
    with django_capture_on_commit_callbacks(execute=True):
        draft(reporter, title="Vì người nghèo")
        ArticleFactory(title="Vì người nghèo, đã đăng")
        draft(reporter, title="Khác")
        ZonePageFactory(title="Khu vì người nghèo")
        PollFactory(question="Vì người nghèo?")
        LegalDocumentFactory(number="1/KH", title="Vì người nghèo")
    client = logged_in(person("editor"))
    assert listed(client, "/admin/articles/", q=query, status="draft") == ["Vì người nghèo"]
    assert listed(client, "/admin/articles/", q=query, ordering="title") == [
        "Vì người nghèo",
        "Vì người nghèo, đã đăng",
    ]
    assert listed(client, "/admin/zones/", q=query) == ["Khu vì người nghèo"]
    assert listed(client, "/admin/snippets/polls/poll/", q=query, status="live") == ["Vì người nghèo?"]
    assert listed(client, "/admin/snippets/content/legaldocument/", q=query) == ["1/KH – Vì người nghèo"]


@pytest.mark.parametrize("address", LISTS)
def test_what_is_searched_for_is_sorted_by_any_column(
    django_capture_on_commit_callbacks, admin_client: Client, address: str
):
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("B", "A"):
            ArticleFactory(title=f"Đường {name}", category=CategoryFactory(name=name))
            CampaignFactory(title=f"Đường {name}")
            ZonePageFactory(title=f"Đường {name}", code=f"KCN-{name}")
            PollFactory(question=f"Đường {name}?")
            LegalDocumentFactory(number=name, title=f"Đường {name}")
    columns = admin_client.get(address).context["table"].columns.values()
    keys = [key for column in columns if (key := getattr(column, "sort_key", None))]
    assert len(keys) > 2
    for key in keys:
        found = listed(admin_client, address, q="duong", ordering=key)
        assert len(found) == 2, key
        if key in {"category__name", "title", "question", "number"}:
            assert listed(admin_client, address, q="duong", ordering=f"-{key}") == found[::-1]
            assert found == sorted(found)
    assert listed(admin_client, address, q="...", ordering=keys[0]) == []


def test_campaigns_zones_and_legal_documents_have_filters_of_their_own(admin_client: Client):
    CampaignFactory(title="Cũ", starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31))
    CampaignFactory(title="Mới", starts_on=date(2026, 1, 1), ends_on=date(2030, 12, 31))
    assert listed(admin_client, "/admin/campaigns/", starts_on_from="01/01/2025") == ["Mới"]
    ZonePageFactory(title="Quy hoạch", state="PLANNED")
    ZonePageFactory(title="Hoạt động", state="OPERATING")
    assert listed(admin_client, "/admin/zones/", state="PLANNED") == ["Quy hoạch"]
    LegalDocumentFactory(number="1/QĐ", title="Một", issuer="Ban quản lý")
    LegalDocumentFactory(number="2/QĐ", title="Hai", issuer="UBND tỉnh")
    address = "/admin/snippets/content/legaldocument/"
    assert listed(admin_client, address, issuer="Ban quản lý") == ["1/QĐ – Một"]
    assert listed(admin_client, address, issued_on_from="01/01/2024") == []


@pytest.mark.parametrize("address", LISTS)
def test_each_list_is_exported(admin_client: Client, address: str):
    ArticleFactory(title="Bài")
    CampaignFactory(title="Phong trào")
    ZonePageFactory(title="Khu", state="PLANNED")
    PollFactory(question="Câu hỏi?")
    LegalDocumentFactory(title="Văn bản")
    answer = admin_client.get(address, {"export": "csv"})
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert any(name in rows[1] for name in ("Bài", "Phong trào", "Khu", "Câu hỏi?", "Văn bản"))


def test_the_library_is_narrowed_to_ones_own_by_date_and_by_missing_texts(django_capture_on_commit_callbacks):
    editor = person("editor")
    with django_capture_on_commit_callbacks(execute=True):
        ImageFactory(title="Ảnh của tôi", uploaded_by_user=editor)
        ImageFactory(title="Ảnh câm", description="")
        old = ImageFactory(title="Ảnh cũ")
        DocumentFactory(title="Tệp của tôi", uploaded_by_user=editor)
        DocumentFactory(title="Tệp khác")
    Image.objects.filter(pk=old.pk).update(created_at="2020-05-05T00:00:00Z")
    client = logged_in(editor)
    for query, title in (
        ({"mine": "me"}, "Ảnh của tôi"),
        ({"lacks": "alt_text"}, "Ảnh câm"),
        ({"created_at_to": "31/12/2020"}, "Ảnh cũ"),
        ({"mine": "me", "q": "anh"}, "Ảnh của tôi"),
        ({"lacks": "alt_text", "q": "anh cam"}, "Ảnh câm"),
        ({"created_at_to": "31/12/2020", "q": "ảnh"}, "Ảnh cũ"),
    ):
        assert listed(client, "/admin/images/", **query) == [title], query
    for query in ({"mine": "me"}, {"mine": "me", "q": "tep"}):
        assert listed(client, "/admin/documents/", **query) == ["Tệp của tôi"]


def save(client: Client, name: str, query: str, list_name: str = "articles:index") -> Any:
    return client.post(
        reverse("desk_save_view"), {"list_name": list_name, "name": name, "query": query}, follow=True
    )


def test_a_view_is_saved_followed_replaced_and_deleted_by_its_owner_alone():
    editor, other = person("editor"), person("editor", username="other")
    client = logged_in(editor)
    answer = save(client, "Nháp của tôi", "?status=draft&mine=me&p=3&export=csv")
    assert answer.redirect_chain[-1][0] == "/admin/articles/?status=draft&mine=me"
    page = client.get("/admin/articles/").content.decode()
    assert 'href="/admin/articles/?status=draft&amp;mine=me">Nháp của tôi</a>' in page
    assert "Nháp của tôi" not in logged_in(other).get("/admin/articles/").content.decode()
    assert "Nháp của tôi" not in client.get("/admin/zones/").content.decode()

    save(client, "Nháp của tôi", "status=draft")
    view = SavedView.objects.get()
    assert view.query == "status=draft"
    delete = reverse("desk_delete_view", args=[view.pk])
    assert logged_in(other).post(delete).status_code == 404
    client.post(delete)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtaildocs:index"])
def test_views_of_the_library_are_saved_too(name: str):
    client, address = logged_in(person("editor")), reverse(name)
    answer = save(client, "Của tôi", "mine=me", list_name=name)
    assert answer.redirect_chain[-1][0] == f"{address}?mine=me"
    page = client.get(address).content.decode()
    assert f'href="{address}?mine=me">Của tôi</a>' in page
    assert f'name="list_name" value="{name}"' in page


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "x" * 61}, "hãy đặt tên không quá 60 ký tự"),
        ({"name": ""}, "hãy đặt tên không quá 60 ký tự"),
        ({"query": "q=" + "a" * 5000}, "điều kiện tìm và lọc quá dài"),
        # Short as it is sent, and long as an address has it.
        ({"query": "q=" + "ế" * 1000}, "điều kiện tìm và lọc quá dài"),
        ({"list_name": "no-such-list"}, "Không có danh sách này."),
    ],
    ids=["long name", "no name", "long query", "long query of an address", "no list"],
)
def test_why_a_view_is_not_saved_is_told(values: dict[str, str], message: str):
    answer = save(logged_in(person("editor")), **{"name": "Của tôi", "query": "mine=me", **values})
    assert [str(each).strip() for each in answer.context["messages"] if message in str(each)]
    assert not SavedView.objects.exists()


def test_views_lead_to_lists_of_the_admin_only_and_are_bounded():
    client = logged_in(person("editor"))
    for name in ("https://evil.example/", "no-such-list"):
        save(client, "Xấu", "", list_name=name)
    save(client, "x" * 61, "")
    assert not SavedView.objects.exists()
    for number in range(21):
        save(client, f"Bộ lọc {number}", "")
    assert SavedView.objects.count() == 20


def bulk(client: Client, action: str, pages: list[Page], **values: Any) -> str:
    """Do something to pages, from the list of articles; what the list says then."""
    ids = "&".join(f"id={page.pk}" for page in pages)
    address = reverse("wagtail_bulk_action", args=["articles", "articlepage", action])
    query = f"{address}?next=/admin/articles/&{ids}"
    assert client.get(query).status_code == 200
    return client.post(query, values, follow=True).content.decode()


def latest(page: Page) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_drafts_are_submitted_together_and_what_came_back_goes_on():
    reporter, editor = person("reporter"), person("editor")
    fresh, back = draft(reporter, title="Mới"), rejected(reporter, editor, "Sửa", title="Bị trả")
    incomplete = draft(reporter, title="Thiếu")
    incomplete.title = ""
    revision = incomplete.latest_revision
    revision.content["title"] = ""
    revision.save()
    others = draft(editor, title="Của người khác")
    page = bulk(logged_in(reporter), "submit", [fresh, back, incomplete, others])
    assert "Đã gửi duyệt 2 trang" in page
    assert "Các trang sau được giữ nguyên:" in page
    states = {
        each.pk: ArticlePage.objects.get(pk=each.pk).workflow_in_progress
        for each in (fresh, back, incomplete, others)
    }
    assert states == {fresh.pk: True, back.pk: True, incomplete.pk: False, others.pk: False}


def on_polls(client: Client, action: str, polls: list[Poll]) -> str:
    """Do something to polls, from their list; what the list says then."""
    ids = "&".join(f"id={poll.pk}" for poll in polls)
    address = reverse("wagtail_bulk_action", args=["polls", "poll", action])
    query = f"{address}?next=/admin/snippets/polls/poll/&{ids}"
    question = client.get(query)
    assert question.status_code == 200
    assert english_in(" ".join(texts(question.content.decode()))) == []
    return client.post(query, follow=True).content.decode()


def test_polls_are_submitted_and_unpublished_together():
    reporter, administrator = person("reporter"), person("administrator")
    fresh, public = PollFactory(question="Mới", live=False), PollFactory(question="Đang đăng")
    said = on_polls(logged_in(reporter), "submit", [fresh, public])
    assert "Đã gửi duyệt 1 mục" in said
    assert "Đang đăng: Bạn đọc đã thấy đúng bản này." in said
    assert Poll.objects.get(pk=fresh.pk).workflow_in_progress

    said = on_polls(logged_in(administrator), "unpublish", [fresh, public])
    assert "Đã gỡ 1 mục" in said
    assert "Mới: Mục này chưa được đăng." in said
    assert not Poll.objects.filter(live=True).exists()


def test_who_may_not_publish_polls_unpublishes_none():
    reporter, poll = person("reporter"), PollFactory(question="Đang đăng")
    on_polls(logged_in(reporter), "unpublish", [poll])
    assert Poll.objects.get(pk=poll.pk).live


def test_an_administrator_changes_the_category_of_many_at_once():
    category = CategoryFactory(name="Xúc tiến đầu tư")
    public, unpublished = ArticleFactory(), draft(None, title="Nháp")
    edited = ArticleFactory(title="Đang sửa")
    edited.title = "Sửa dở"
    edited.save_revision()
    page = bulk(
        logged_in(person("administrator")), "category", [public, unpublished, edited], category=category.pk
    )
    assert "Đã thay đổi 3 trang" in page
    assert {latest(each).category for each in (public, unpublished, edited)} == {category}
    public.refresh_from_db()
    unpublished.refresh_from_db()
    edited.refresh_from_db()
    assert (public.category, public.live, public.has_unpublished_changes) == (category, True, False)
    assert unpublished.live is False
    assert (edited.title, edited.category) == ("Đang sửa", None)


def test_what_an_editor_changes_in_public_articles_waits_for_approval():
    category = CategoryFactory()
    public = ArticleFactory()
    bulk(logged_in(person("editor")), "category", [public], category=category.pk)
    public.refresh_from_db()
    assert (public.category, public.has_unpublished_changes) == (None, True)
    assert latest(public).category == category


def test_tags_are_added_and_taken_away():
    article = ArticleFactory(tags=("cũ", "giữ"))
    bulk(logged_in(person("administrator")), "tags", [article], add="mới, đầu tư", remove="cũ")
    assert set(ArticlePage.objects.get(pk=article.pk).tags.names()) == {"giữ", "mới", "đầu tư"}


@pytest.mark.parametrize("name", ["add", "remove"])
def test_a_tag_that_is_too_long_is_refused_as_in_the_form_of_an_article(name: str):
    article = ArticleFactory(tags=("cũ",))
    page = bulk(logged_in(person("administrator")), "tags", [article], **{name: "x" * 101})
    assert "dài quá 100 ký tự" in page
    assert "x" * 101 in page
    assert list(ArticlePage.objects.get(pk=article.pk).tags.names()) == ["cũ"]


def test_articles_are_published_and_unpublished_from_their_list():
    client = logged_in(person("administrator"))
    article = draft(None, title="Nháp")
    bulk(client, "publish", [article])
    assert ArticlePage.objects.get(pk=article.pk).live is True
    bulk(client, "unpublish", [article])
    assert ArticlePage.objects.get(pk=article.pk).live is False
    assert ArticlePage.objects.filter(pk=article.pk).exists()


def test_an_editor_unpublishes_nothing_and_a_reporter_changes_only_their_own():
    public, reporter = ArticleFactory(), person("reporter")
    bulk(logged_in(person("editor")), "unpublish", [public])
    bulk(logged_in(reporter), "category", [public], category=CategoryFactory().pk)
    public.refresh_from_db()
    assert (public.live, public.category, public.has_unpublished_changes) == (True, None, False)


def test_the_calendar_shows_what_is_planned_by_day_and_begins_its_weeks_on_monday():
    reporter, editor = person("reporter"), person("editor")
    article = ArticleFactory(title="Đăng đầu tháng", live=False)
    ahead = timezone.localtime().replace(day=1, hour=9, minute=30) + timedelta(days=62)
    at = ahead.replace(day=1)
    article.go_live_at = at
    article.save_revision().publish()
    client = logged_in(editor)
    answer = client.get(reverse("desk_calendar"), {"month": f"{at:%Y-%m}"})
    days = [day for week in answer.context["weeks"] for day in week]
    assert all(week[0].date.weekday() == 0 for week in answer.context["weeks"])
    assert [(day.date, [line.title for line in day.lines]) for day in days if day.lines] == [
        (at.date(), ["Đăng đầu tháng"])
    ]
    page = answer.content.decode()
    assert "09:30 Đăng đầu tháng" in page
    assert page.index("Thứ Hai") < page.index("Chủ Nhật")
    theirs = logged_in(reporter).get(reverse("desk_calendar"), {"month": f"{at:%Y-%m}"})
    assert "Đăng đầu tháng" not in theirs.content.decode()
    for month in ("2026-13", "x", "9999-12", "0001-01"):
        assert client.get(reverse("desk_calendar"), {"month": month}).status_code == 404


def test_the_lists_are_vietnamese():
    user = person("administrator", last_name="Lê", first_name="Mai")
    article = draft(user, title="Một")
    ZonePageFactory(title="Khu")
    CampaignFactory(title="Hai")
    PollFactory(question="Ba?")
    LegalDocumentFactory()
    client = logged_in(user)
    save(client, "Của tôi", "mine=me")
    addresses = [
        *LISTS,
        "/admin/images/",
        "/admin/documents/",
        "/admin/articles/?mine=me&status=draft",
        reverse("desk_calendar"),
        *(
            f"{reverse('wagtail_bulk_action', args=['articles', 'articlepage', action])}?id={article.pk}"
            for action in ("submit", "category", "tags", "publish", "unpublish")
        ),
    ]
    found = {
        address: words
        for address in addresses
        for text in texts(client.get(address).content.decode())
        if (words := english_in(text))
    }
    assert found == {}
