"""Purging Fastly and Cloudflare, here by servers that take and refuse what their documentation says that they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from itertools import chain
from threading import Thread

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from articles.models import ArticlePage
from cms.invalidation.edge.purge import purge
from cms.operations.tasks import SurvivingWorker
from tests.factories.portal import ArticlePageFactory

TOKEN = "token-of-the-test"

pytestmark = pytest.mark.one_database


class API:
    """Both APIs on one port of this machine; `asked` are the calls that were taken."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, object]]] = []
        #: Statuses that the next calls get, whatever they ask.
        self.refusals: list[int] = []
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = api.answer(self.path, dict(self.headers), body)
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Location", f"http://127.0.0.1:{api.server.server_port}/elsewhere")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    def answer(self, path: str, headers: dict[str, str], body: dict[str, list[str]]) -> tuple[int, object]:
        if self.refusals:
            return self.refusals.pop(0), {"success": False}
        if path.startswith("/service/"):
            is_known, most = headers.get("Fastly-Key") == TOKEN, 256
        else:
            is_known, most = headers.get("Authorization") == f"Bearer {TOKEN}", 100
        if not is_known:
            return 401, {"msg": "Provided credentials are missing or invalid"}
        if len(body.get("surrogate_keys") or body.get("tags") or []) > most:
            return 400, {"success": False}
        self.asked.append((path, body))
        return 200, {"status": "ok"} if path.startswith("/service/") else {"success": True, "errors": []}


@pytest.fixture
def api() -> Iterator[API]:
    found = API()
    Thread(target=found.server.serve_forever, daemon=True).start()
    yield found
    found.server.shutdown()
    found.server.server_close()


def configured(settings: LazySettings, api: API, *, token: str = TOKEN) -> None:
    shared = {
        "API": f"http://127.0.0.1:{api.server.server_port}",
        "NETWORKS": [ip_network("127.0.0.0/8")],
        "TOKEN": token,
    }
    settings.WAGTAILFRONTENDCACHE = {
        "fastly": {
            "BACKEND": "cms.invalidation.edge.cdn.FastlyBackend",
            "SERVICE": "SU1Z0isxPaozGVKXdv0eY",
            **shared,
        },
        "cloudflare": {
            "BACKEND": "cms.invalidation.edge.cdn.CloudflareBackend",
            "ZONE": "023e105f4ecef8ad",
            **shared,
        },
    }


@pytest.mark.usefixtures("tree")
def test_a_change_purges_its_tags_after_the_commit(settings: LazySettings, api: API) -> None:
    page = ArticlePageFactory()
    configured(settings, api)

    ArticlePage.objects.filter(pk=page.pk).update(author="Ai đó")

    told = dict(api.asked)
    assert told.keys() == {"/service/SU1Z0isxPaozGVKXdv0eY/purge", "/zones/023e105f4ecef8ad/purge_cache"}
    for body in told.values():
        [tags] = body.values()
        assert f"page:{page.pk}" in tags


def test_no_call_names_more_tags_than_it_may(settings: LazySettings, api: API) -> None:
    configured(settings, api)
    wanted = sorted(f"page:{number}" for number in range(300))

    assert purge(wanted) == {}

    fastly = [body["surrogate_keys"] for path, body in api.asked if "service" in path]
    cloudflare = [body["tags"] for path, body in api.asked if "zones" in path]
    assert [len(each) for each in fastly] == [256, 44]
    assert [len(each) for each in cloudflare] == [100, 100, 100]
    assert [*chain(*fastly)] == [*chain(*cloudflare)] == wanted


def test_all_can_be_purged(settings: LazySettings, api: API) -> None:
    configured(settings, api)

    call_command("purge", all=True)

    assert api.asked == [
        ("/service/SU1Z0isxPaozGVKXdv0eY/purge_all", {}),
        ("/zones/023e105f4ecef8ad/purge_cache", {"purge_everything": True}),
    ]


@pytest.mark.django_db(transaction=True)
def test_what_was_not_taken_is_sent_again_by_the_worker(settings: LazySettings, api: API) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page = ArticlePageFactory()
    DBTaskResult.objects.all().delete()
    configured(settings, api)
    api.refusals = [429, 503]

    ArticlePage.objects.filter(pk=page.pk).update(author="Ai đó")
    assert api.asked == []
    for again in DBTaskResult.objects.filter(task_path__endswith="purge_again"):
        names = {
            "queue_names": ["*"],
            "excluded_queue_names": [],
            "backend_name": "default",
            "worker_id": "w",
        }
        SurvivingWorker(interval=0, batch=True, startup_delay=False, max_tasks=None, **names).run_task(again)

    assert sorted(path for path, _body in api.asked) == [
        "/service/SU1Z0isxPaozGVKXdv0eY/purge",
        "/zones/023e105f4ecef8ad/purge_cache",
    ]


def test_a_redirect_and_a_failure_that_says_200_are_no_purge(settings: LazySettings, api: API) -> None:
    configured(settings, api)
    api.refusals = [307, 200]

    failures = purge(["page:1"])

    assert failures.keys() == {"fastly", "cloudflare"}
    assert api.asked == [], "the token goes nowhere else"


@pytest.mark.usefixtures("tree")
def test_a_token_that_is_refused_is_not_told(
    settings: LazySettings, api: API, caplog: pytest.LogCaptureFixture
) -> None:
    page = ArticlePageFactory()
    configured(settings, api, token="a-wrong-one")

    ArticlePage.objects.filter(pk=page.pk).update(author="Ai đó")
    with pytest.raises(CommandError, match=r": 401$") as raised:
        call_command("purge", all=True)

    assert "401" in caplog.text
    assert "a-wrong-one" not in caplog.text + str(raised.value)
