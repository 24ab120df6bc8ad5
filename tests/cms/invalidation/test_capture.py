"""What is touched by a change, as those hear it who keep something that was made of the content."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Page

from articles.models import ArticleCategory, ArticlePage
from cms.invalidation.channel import publish_change
from cms.invalidation.models import ContentChange, current_version, log
from cms.invalidation.signals import content_changed
from cms.invalidation.tag_versions import MAX_STALENESS, TagVersions
from tests.factories.articles import CategoryFactory
from tests.factories.home import HomePageFactory
from tests.factories.media import ImageFactory
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.usefixtures("tree")

PAGES, ARTICLES = "list:wagtailcore.Page", "list:articles.ArticlePage"


@contextmanager
def heard() -> Iterator[set[str]]:
    """The tags that are announced within the block."""
    tags: set[str] = set()

    def receive(sender: Any, **signal: Any) -> None:
        tags.update(signal["tags"])

    content_changed.connect(receive)
    try:
        yield tags
    finally:
        content_changed.disconnect(receive)


def tags_of(change: Callable[[], Any]) -> set[str]:
    """The tags of a change, without those for readers that say nothing of what they read."""
    with heard() as tags:
        change()
    return {tag for tag in tags if not tag.startswith("any:")}


def test_a_draft_that_is_saved_touches_nothing():
    page = ArticlePageFactory()
    page.title = "Bản nháp"
    with heard() as tags:
        page.save_revision()
    assert tags == set()


def test_a_page_that_is_not_published_is_in_no_list():
    parent = ArticlePageFactory().get_parent()
    draft = ArticlePage(title="Nháp", slug="nhap", live=False, locale=parent.locale)
    tags = tags_of(lambda: parent.add_child(instance=draft))
    assert {tag for tag in tags if tag.startswith("list:")} == set()


def test_publishing_is_heard_by_the_page_and_by_the_lists_that_it_enters():
    page = ArticlePageFactory(live=False)
    tags = tags_of(lambda: page.save_revision().publish())
    assert tags >= {f"page:{page.pk}", PAGES, ARTICLES}
    assert "list:campaigns.CampaignPage" not in tags


def test_a_new_title_is_heard_by_lists_that_go_by_titles_only():
    page = ArticlePageFactory(title="Cũ")
    page.title = "Mới"
    tags = tags_of(lambda: page.save_revision().publish())
    assert tags >= {f"page:{page.pk}", f"{ARTICLES}.title", f"{PAGES}.title"}
    assert not tags & {PAGES, ARTICLES}


def test_another_category_is_heard_by_lists_of_categories():
    page, category = ArticlePageFactory(), CategoryFactory()
    page.category = category
    tags = tags_of(lambda: page.save_revision().publish())
    assert f"{ARTICLES}.category_id" in tags
    assert not tags & {PAGES, ARTICLES}


def test_what_belongs_to_a_page_is_the_page():
    page = ArticlePageFactory()
    page.tags.add("chính sách")
    assert f"page:{page.pk}" in tags_of(page.save)


@pytest.mark.parametrize("number", [1, 3])
def test_an_update_of_some_rows_tells_which(number: int):
    pages = [ArticlePageFactory() for _each in range(4)]
    keys = [page.pk for page in pages[:number]]
    tags = tags_of(lambda: ArticlePage.objects.filter(pk__in=keys).update(author="Ai đó"))
    assert {tag for tag in tags if tag.startswith("page:")} == {f"page:{key}" for key in keys}


def test_a_page_that_moves_takes_all_below_it_along():
    article = ArticlePageFactory()
    index = article.get_parent()
    other = HomePageFactory().add_child(instance=Page(title="Khác", slug="khac"))
    tags = tags_of(lambda: index.move(other, pos="last-child"))
    assert tags >= {f"page:{article.pk}", f"page:{index.pk}", PAGES, ARTICLES}


def test_what_is_deleted_leaves_its_lists():
    page = ArticlePageFactory()
    assert tags_of(page.delete) >= {f"page:{page.pk}", PAGES, ARTICLES}


def test_an_image_is_heard_alone():
    image = ImageFactory()
    image.description = "Cổng khu công nghiệp"
    tags = tags_of(image.save)
    assert f"image:{image.pk}" in tags
    assert not {tag for tag in tags if tag.startswith("page:")}


def test_a_vote_is_no_change_of_content():
    poll = PollFactory()
    before = current_version()
    vote(poll, 0)
    assert current_version() == before


def test_a_statement_that_cannot_be_read_touches_the_whole_table():
    ArticlePageFactory()
    statement = "INSERT INTO articles_articlecategory (name, slug, description) SELECT 'x', 'x', ''"

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert "table:articles_articlecategory" in tags_of(write)


@contextmanager
def django_savepoint() -> Iterator[None]:
    """A savepoint of `atomic()` that is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def named_savepoint() -> Iterator[None]:
    """A savepoint made by hand that is rolled back; callbacks of Django's `on_commit` stay."""
    savepoint = transaction.savepoint()
    yield
    transaction.savepoint_rollback(savepoint)


def logged_after(number: int) -> list[str]:
    """Tags of rows that the log got after one of this number."""
    rows = ContentChange.objects.filter(number__gt=number).values_list("tags", flat=True)
    return [tag for tags in rows for tag in tags if tag.startswith("page:")]


@pytest.mark.parametrize("savepoint", [django_savepoint, named_savepoint])
def test_a_savepoint_rolls_back_its_own_tags_and_no_others(savepoint: Callable[[], Any]):
    kept, lost = ArticlePageFactory(), ArticlePageFactory()
    before = current_version().number
    with transaction.atomic():
        ArticlePage.objects.filter(pk=kept.pk).update(author="A")
        with savepoint():
            ArticlePage.objects.filter(pk=lost.pk).update(author="B")
        ArticlePage.objects.filter(pk=kept.pk).update(author="C")
    assert set(logged_after(before)) == {f"page:{kept.pk}"}


@pytest.mark.parametrize("savepoint", [django_savepoint, named_savepoint])
def test_what_was_rolled_back_is_logged_when_it_is_done_again(savepoint: Callable[[], Any]):
    page, before = ArticlePageFactory(), current_version().number
    with transaction.atomic():
        with savepoint():
            ArticlePage.objects.filter(pk=page.pk).update(author="B")
        assert logged_after(before) == []
        ArticlePage.objects.filter(pk=page.pk).update(author="B")
    assert logged_after(before) == [f"page:{page.pk}"]


def written_to_log(number: int) -> int:
    """Characters of the statements by which as many changes in one transaction are logged."""
    categories = [CategoryFactory() for _each in range(number)]
    with CaptureQueriesContext(connection) as captured, transaction.atomic():
        for category in categories:
            ArticleCategory.objects.filter(pk=category.pk).update(description="Mới")
    return sum(len(each["sql"]) for each in captured if "invalidation_contentchange" in each["sql"])


def test_what_a_transaction_logs_grows_with_its_changes_and_not_faster():
    assert written_to_log(80) < 5 * written_to_log(20)


def test_a_receiver_that_fails_does_not_undo_the_change():
    page = ArticlePageFactory()

    def fail(sender: Any, **signal: Any) -> None:
        raise RuntimeError

    content_changed.connect(fail)
    try:
        ArticlePage.objects.filter(pk=page.pk).update(author="A")
    finally:
        content_changed.disconnect(fail)
    assert ArticlePage.objects.get(pk=page.pk).author == "A"


def test_a_process_learns_of_the_changes_of_others():
    versions = TagVersions()
    begun = versions.refresh()
    log(frozenset(["page:1"]))
    publish_change()
    assert versions.refresh() > begun
    assert not versions.are_unchanged(["page:1", "page:2"], begun)
    assert versions.are_unchanged(["page:2"], begun)
    assert versions.are_unchanged(["page:1"], versions.refresh())


@pytest.mark.parametrize(
    "happens",
    [
        lambda: ContentChange.objects.all().delete(),
        lambda: ContentChange.objects.update(token=1),
        lambda: ContentChange.objects.filter(
            number__lt=ContentChange.objects.latest("number").number
        ).delete(),
    ],
    ids=["an empty log", "a restored backup", "a log that begins later"],
)
def test_a_log_that_does_not_go_on_makes_all_outdated(happens: Callable[[], Any]):
    log(frozenset(["page:1"]))
    versions = TagVersions()
    begun = versions.refresh()
    log(frozenset(["page:2"]))
    happens()
    with freeze_time(timezone.now() + timedelta(seconds=MAX_STALENESS)):
        versions.refresh()
    assert not versions.are_unchanged(["page:3"], begun)


def test_rows_that_a_write_returns_are_still_there_to_be_read():
    with connection.cursor() as cursor:
        insert = (
            "INSERT INTO articles_articlecategory (name, slug, description) "
            "VALUES (%s, %s, '') RETURNING slug, id"
        )
        cursor.execute(insert, ["a", "a"])
        slug, pk = cursor.fetchone()
        assert (slug, cursor.fetchone()) == ("a", None)
        assert ArticleCategory.objects.get(slug="a").pk == pk
        cursor.execute(insert, ["b", "b"])
        assert [row[0] for row in cursor] == ["b"]
        cursor.execute("SELECT slug FROM articles_articlecategory ORDER BY slug")
        assert cursor.fetchmany(1) == [("a",)]
        assert cursor.fetchall() == [("b",)]
