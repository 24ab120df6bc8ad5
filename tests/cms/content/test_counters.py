"""Forms of pages say how many characters of a title, a sapo and the texts for search engines are read."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.articles import article_list

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_form_of_an_article_counts_characters_and_words_in_vietnamese(admin_client: Client):
    address = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", article_list().pk])
    page = admin_client.get(address, headers={"accept-language": "vi"}).content.decode()
    assert page.count('data-counted-characters="70"') == 2
    for attribute in (
        'data-counted-characters="300"',
        'data-counted-characters="160"',
        'data-counted-words="true"',
        'data-within="{count}/{most} ký tự"',
        'data-words="{count} chữ, đọc khoảng {minutes} phút"',
    ):
        assert attribute in page, attribute


def test_more_characters_than_are_read_are_saved_all_the_same(admin_client: Client):
    title = "Dài " * 30
    form = {
        "title": title,
        "slug": "dai",
        "introduction": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    address = reverse(
        "wagtailadmin_pages:add", args=["articles", "articleindexpage", article_list().get_parent().pk]
    )
    assert admin_client.post(address, form).status_code == 302
