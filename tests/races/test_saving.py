"""An autosave and a publish of the same form that overlap: what was published stays public, with its own words."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from typing import Any

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail import hooks
from wagtail.models import DraftStateMixin
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import list_of_articles

pytestmark = pytest.mark.django_db(transaction=True)

#: Seconds in which a publish that waits for nobody is long done. One that waits is not, however long that is.
LONG = 1.0


class Form:
    """The form of a page or poll that is no draft's first: what it sends, and where to."""

    def __init__(self, content: DraftStateMixin, address: str, words: str, **fields: Any) -> None:
        revision = content.get_latest_revision()
        self.content, self.address, self.words = content, address, words
        self.fields = {
            "loaded_revision_id": str(revision.pk),
            "loaded_revision_created_at": revision.created_at.isoformat(),
            **nested_form_data(fields),
        }

    def publish(self, client: Client, words: str) -> HttpResponse:
        return client.post(self.address, {**self.fields, self.words: words, "action-publish": "1"})

    def autosave(self, client: Client, words: str) -> HttpResponse:
        headers = {"accept": "application/json"}
        return client.post(self.address, {**self.fields, self.words: words}, headers=headers)

    def stored(self) -> tuple[bool, str]:
        found = type(self.content).objects.get(pk=self.content.pk)
        return found.live, getattr(found, self.words)


def page_form() -> Form:
    page = list_of_articles()
    page.unpublish()
    page.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    fields = {"title": page.title, "slug": page.slug, "comments": inline_formset([])}
    return Form(page, address, "introduction", **fields)


def poll_form() -> Form:
    poll = PollFactory(live=False)
    poll.save_revision()
    draft = poll.get_latest_revision_as_object()
    options = [
        {"id": each.pk, "text": each.text, "image": "", "key": each.key} for each in draft.options.all()
    ]
    return Form(
        poll,
        reverse("wagtailsnippets_polls_poll:edit", args=(poll.pk,)),
        "question",
        min_choices=1,
        max_choices=1,
        opens_at="2026-01-01 08:00",
        closes_at="2036-01-01 08:00",
        results_visibility="after_vote",
        proof_of_work="suspicious",
        options=inline_formset(options, initial=len(options), min=2, max=20),
    )


@pytest.mark.parametrize("make", [page_form, poll_form])
def test_an_autosave_that_is_under_way_does_not_take_back_what_is_published(tree: None, make: Any):
    form, user = make(), person("superuser")
    published: list[Future] = []

    def publish() -> int:
        try:
            return form.publish(logged_in(user), "đăng").status_code
        finally:
            connections.close_all()

    def overlap(request: HttpRequest, _content: DraftStateMixin) -> None:
        if "application/json" in request.headers.get("accept", "") and not published:
            published.append(thread.submit(publish))
            wait_for(published, timeout=LONG)

    with (
        ThreadPoolExecutor(1) as thread,
        hooks.register_temporarily([("before_edit_page", overlap), ("before_edit_snippet", overlap)]),
    ):
        saved = form.autosave(logged_in(user), "tự lưu")
        assert published[0].result() == 302
    assert saved.json()["success"]
    assert form.stored() == (True, "đăng")


@pytest.mark.parametrize("make", [page_form, poll_form])
def test_an_autosave_that_comes_after_a_publish_is_refused(tree: None, make: Any):
    form, client = make(), logged_in(person("superuser"))
    assert form.publish(client, "đăng").status_code == 302
    saved = form.autosave(client, "tự lưu")
    assert (saved.status_code, saved.json()["error_code"]) == (400, "invalid_revision")
    assert form.stored() == (True, "đăng")
