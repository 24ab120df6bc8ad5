"""A Varnish in front of a server: readers get what was published within a second, and the rest stays kept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from articles.models import ArticlePage
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.servers import free_port, server
from tests.waiting import wait_until

VCL = Path(__file__).parents[2] / "deploy" / "varnish" / "default.vcl"
VARNISHD = shutil.which("varnishd") or shutil.which("varnishd", path="/usr/sbin")
ONE = "query One($id: ID!) { page(id: $id) { title } }"
LIST = "{ articles { nodes { title } } }"
CAMPAIGNS = "{ campaigns { nodes { title } } }"

pytestmark = [
    pytest.mark.usefixtures("tree"),
    pytest.mark.skipif(
        VARNISHD is None and not os.environ.get("REQUIRE_ALL"), reason="there is no varnishd on this machine"
    ),
    pytest.mark.one_database,
]


class Edge:
    """A client of Varnish."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, query: str, *, variables: str = "{}", **headers: str) -> tuple[str, HTTPResponse]:
        """The body of an answer, and the response."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        path = "/graphql/?" + urlencode({"query": query, "variables": variables})
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        response = connection.getresponse()
        return response.read().decode("utf-8", "replace"), response

    def cache(self, query: str, **options: str) -> str:
        """HIT or MISS."""
        return self.get(query, **options)[1].headers["X-Cache"]


@pytest.fixture
def edge(tmp_path: Path, settings) -> Iterator[Edge]:
    """A Varnish before a server of ours, told of changes by this process."""
    origin, port = free_port(), free_port()
    vcl = tmp_path / "default.vcl"
    vcl.write_text(re.sub(r'\.port = "\d+"', f'.port = "{origin}"', VCL.read_text()))
    command = [VARNISHD, "-F", "-n", str(tmp_path / "varnish"), "-f", str(vcl), "-a", f"127.0.0.1:{port}"]
    command += ["-s", "malloc,32m", "-p", "http_gzip_support=off", "-j", "none"]
    settings.WAGTAILFRONTENDCACHE = {
        "edge": {
            "BACKEND": "cms.invalidation.edge.backends.VarnishBackend",
            "LOCATION": f"http://127.0.0.1:{port}",
        }
    }
    with server(origin, CORS_ALLOWED_ORIGINS="https://portal.example.vn", CACHE_TAG_HEADER="Cache-Tag"):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - Debian's
        try:
            client = Edge(port)
            _wait(client)
            yield client
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(client: Edge) -> None:
    wait_until(lambda: client.get("{ __typename }")[1].status == 200, what="Varnish answers")


def publish_in_the_admin(page: ArticlePage, title: str) -> None:
    """Send the edit form of an article with another title, and publish it."""
    user = get_user_model().objects.filter(username="bientap").first()
    user = user or get_user_model().objects.create_superuser("bientap", "bientap@example.vn", "mat-khau")
    client = Client()
    client.force_login(user)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    data = {
        name: "" if value is None else value for name, value in values.items() if not isinstance(value, list)
    }
    for formset in form.formsets.values():
        management = formset.management_form
        data |= {f"{management.prefix}-{name}": management[name].value() for name in management.fields}
    data |= {"title": title, "body-count": "0", "published_at": "2026-11-20 08:00", "action-publish": "1"}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors


def test_what_is_published_in_the_admin_is_at_the_edge_at_once(edge: Edge):
    page, beside = ArticlePageFactory(title="Cũ", body=[]), ArticlePageFactory(title="Bên cạnh")
    CampaignPageFactory()
    shown, other = f'{{"id": "{page.pk}"}}', f'{{"id": "{beside.pk}"}}'
    for query, variables in ((ONE, shown), (ONE, other), (LIST, "{}"), (CAMPAIGNS, "{}")):
        edge.cache(query, variables=variables)
        assert edge.cache(query, variables=variables) == "HIT"
    publish_in_the_admin(page, "Mới")
    body, response = edge.get(ONE, variables=shown)
    assert json.loads(body)["data"] == {"page": {"title": "Mới"}}
    assert response.headers["X-Cache"] == "MISS"
    assert "Mới" in edge.get(LIST)[0]
    assert edge.cache(ONE, variables=other) == "HIT"
    assert edge.cache(CAMPAIGNS) == "HIT"


def test_what_becomes_private_is_gone_from_the_edge(edge: Edge):
    page = ArticlePageFactory(title="Tin")
    assert "Tin" in edge.get(LIST)[0]
    assert "Tin" in edge.get(LIST)[0]
    page.unpublish()
    assert json.loads(edge.get(LIST)[0])["data"] == {"articles": {"nodes": []}}


def test_the_edge_keeps_one_answer_for_all_readers(edge: Edge):
    ArticlePageFactory()
    edge.cache(LIST, accept_encoding="gzip, deflate, br", accept_language="vi-VN,vi;q=0.9")
    assert edge.cache(LIST, accept_encoding="br", accept_language="vi", cookie="voter=abc") == "HIT"
    assert edge.cache(LIST, accept_encoding="br", accept_language="en-GB,vi;q=0.5") == "MISS"
    assert edge.cache(LIST, accept_encoding="zstd", accept_language="vi") == "MISS"
    _body, response = edge.get(LIST, accept_encoding="br")
    assert "Cache-Tag" not in response.headers
    assert response.headers["Age"].isdigit()


def test_the_edge_keeps_nothing_that_is_somebodys(edge: Edge):
    ArticlePageFactory()
    edge.cache(LIST)
    for headers in (
        {"cookie": "sessionid=abc"},
        {"cookie": "a=b; __Host-sessionid=abc"},
        {"authorization": "Bearer x"},
    ):
        assert [edge.cache(LIST, **headers) for _each in range(2)] == ["MISS", "MISS"]
    broken = '{ page(slug: "x", site: "nirgends.example") { id } }'
    assert [edge.cache(broken) for _each in range(2)] == ["MISS", "MISS"]


def test_a_command_purges_tags_and_all(edge: Edge):
    ArticlePageFactory()
    for options in ({"tag": ["list:articles.ArticlePage"]}, {"all": True}):
        edge.cache(LIST)
        assert edge.cache(LIST) == "HIT"
        call_command("purge", **options)
        assert edge.cache(LIST) == "MISS"
    call_command("purge", tag=["list:campaigns.CampaignPage"])
    assert edge.cache(LIST) == "HIT"


def test_a_purge_that_fails_is_tried_again(edge: Edge, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page = ArticlePageFactory(title="Cũ")
    edge.cache(LIST)
    location = settings.WAGTAILFRONTENDCACHE["edge"]["LOCATION"]
    settings.WAGTAILFRONTENDCACHE["edge"]["LOCATION"] = f"http://127.0.0.1:{free_port()}"
    ArticlePage.objects.filter(pk=page.pk).update(title="Mới")
    assert "Cũ" in edge.get(LIST)[0]
    settings.WAGTAILFRONTENDCACHE["edge"]["LOCATION"] = location
    purges = DBTaskResult.objects.filter(task_path="cms.invalidation.edge.purge.purge_again")
    assert purges.filter(run_after__gt=timezone.now()).update(run_after=timezone.now()) == 1
    work()
    assert "Mới" in edge.get(LIST)[0]


def work() -> None:
    """What a worker does with the tasks that are due."""
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
    )
    worker.run()


def test_each_media_type_and_each_origin_has_an_answer_of_its_own(edge: Edge):
    ArticlePageFactory()
    portal = "https://portal.example.vn"
    kinds = [
        ({}, "application/json", None),
        ({"Accept": "application/graphql-response+json"}, "application/graphql-response+json", None),
        ({"Origin": portal}, "application/json", portal),
        ({"Origin": "https://evil.example"}, "application/json", None),
    ]
    for expected in ("MISS", "HIT"):
        for headers, media_type, allowed in kinds:
            _body, response = edge.get(LIST, **headers)
            assert response.headers["X-Cache"] == expected
            assert response.headers["Content-Type"] == f"{media_type}; charset=utf-8"
            assert response.headers["Access-Control-Allow-Origin"] == allowed
    same = {"Accept": "text/html, */*;q=0.8"}, {"Accept": "application/json, text/plain, */*"}
    assert [edge.cache(LIST, **headers) for headers in same] == ["HIT", "HIT"]
