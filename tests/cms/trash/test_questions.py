"""Confirmation pages say whether something moves to the trash or is deleted for good."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, list_of_articles

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_pages_and_files_are_asked_about_as_going_into_the_trash():
    index = list_of_articles()
    page = ArticlePageFactory(parent=index)
    image, document = ImageFactory(), DocumentFactory()
    client = logged_in(person("superuser"))
    for address, question in {
        f"pages/{index.pk}/delete/": "chuyển trang này vào thùng rác không?",
        f"bulk/wagtailcore/page/delete/?next=/admin/&id={page.pk}": "những trang này vào thùng rác không?",
        f"images/{image.pk}/delete/": "chuyển hình ảnh đã chọn vào thùng rác không?",
        f"bulk/media/image/delete/?next=/admin/&id={image.pk}": "hình ảnh đã chọn vào thùng rác không?",
        f"documents/delete/{document.pk}/": "chuyển tài liệu đã chọn vào thùng rác không?",
        f"bulk/media/document/delete/?next=/admin/&id={document.pk}": "tài liệu đã chọn vào thùng rác không?",
    }.items():
        assert question in client.get(f"/admin/{address}").content.decode(), address
    assert "1 trang con cũng vào thùng rác" in client.get(f"/admin/pages/{index.pk}/delete/").content.decode()
    told = client.post(f"/admin/images/{image.pk}/delete/", follow=True).content.decode()
    assert "vào thùng rác." in told


def test_snippets_are_asked_about_as_going_into_the_trash():
    poll = PollFactory(question="Bệnh viện nào?")
    client = logged_in(person("superuser"))
    for address, question in {
        f"snippets/polls/poll/delete/{poll.pk}/": "Chuyển “Bệnh viện nào?” vào thùng rác?",
        f"bulk/polls/poll/delete/?next=/admin/&id={poll.pk}": "này vào thùng rác không?",
    }.items():
        assert question in client.get(f"/admin/{address}").content.decode(), address


def test_what_has_no_trash_is_asked_about_as_gone_for_good():
    redirect = Redirect.objects.create(old_path="/cu", redirect_link="/moi")
    content = logged_in(person("superuser")).get(f"/admin/redirects/{redirect.pk}/delete/").content.decode()
    assert "vào thùng rác" not in content
