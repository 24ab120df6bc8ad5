"""Telling an edge cache what changed; here one that only writes down what it is told."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from articles.models import ArticlePage
from cms.invalidation.edge.purge import purge
from tests.factories.portal import ArticlePageFactory
from tests.servers import free_port


@pytest.fixture
def told(settings: LazySettings) -> Iterator[list[str]]:
    """The patterns that the edge cache was told to ban."""
    patterns: list[str] = []

    class Edge(BaseHTTPRequestHandler):
        def do_BAN(self) -> None:
            patterns.append(self.headers["X-Ban-Tags"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Edge)
    Thread(target=server.serve_forever, daemon=True).start()
    location = f"http://127.0.0.1:{server.server_port}"
    settings.WAGTAILFRONTENDCACHE = {
        "edge": {"BACKEND": "cms.invalidation.edge.backends.VarnishBackend", "LOCATION": location}
    }
    yield patterns
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("tree")
def test_a_change_is_told_after_its_commit(told: list[str]):
    page = ArticlePageFactory()
    told.clear()
    ArticlePage.objects.filter(pk=page.pk).update(author="Ai đó")
    [pattern] = told
    assert pattern.startswith("(^|,)(")
    assert pattern.endswith(")(,|$)")
    assert f"page:{page.pk}" in pattern.removeprefix("(^|,)(").removesuffix(")(,|$)").split("|")


def test_tags_are_told_in_headers_of_bounded_length(told: list[str]):
    assert purge(f"page:{number}" for number in range(3000)) == {}
    assert len(told) > 1
    assert max(map(len, told)) < 8000
    tags = [
        tag for pattern in told for tag in pattern.removeprefix("(^|,)(").removesuffix(")(,|$)").split("|")
    ]
    assert sorted(tags) == sorted(f"page:{number}" for number in range(3000))


def test_a_dot_in_a_tag_is_no_pattern(told: list[str]):
    purge(["list:articles.ArticlePage"])
    assert told == [r"(^|,)(list:articles\.ArticlePage)(,|$)"]


@pytest.mark.usefixtures("tree")
def test_an_edge_that_is_down_does_not_undo_a_change(
    settings: LazySettings, caplog: pytest.LogCaptureFixture
):
    page = ArticlePageFactory()
    location = f"http://127.0.0.1:{free_port()}"
    settings.WAGTAILFRONTENDCACHE = {
        "edge": {"BACKEND": "cms.invalidation.edge.backends.VarnishBackend", "LOCATION": location}
    }
    ArticlePage.objects.filter(pk=page.pk).update(author="Ai đó")
    assert ArticlePage.objects.get(pk=page.pk).author == "Ai đó"
    assert "manage.py purge --all" in caplog.text
    with pytest.raises(CommandError, match="edge was not purged"):
        call_command("purge", all=True)


def test_the_command_says_what_is_missing(settings: LazySettings):
    settings.WAGTAILFRONTENDCACHE = {}
    with pytest.raises(CommandError, match="VARNISH_URLS"):
        call_command("purge", all=True)
