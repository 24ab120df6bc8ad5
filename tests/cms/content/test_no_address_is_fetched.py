"""The server fetches nothing from an address that an editor typed.

`check_links` asks whether such addresses answer, none inside the network: `tests/cms/desk/test_links.py`.
"""

from __future__ import annotations

import ast
import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings, settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.models import Embed

from tests.client import GraphQLClient
from tests.cms.content.test_harmless_html import html_of
from tests.factories.uploads import office

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ADDRESSES = [
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://vimeo.com/76979871",
    "https://evil.example/watch",
    "http://127.0.0.1:8000/metrics",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
]
#: Modules that open connections, and ours that may import them: to addresses of settings only.
CLIENTS = {"urllib.request", "http.client", "requests", "urllib3", "httpx", "aiohttp", "ftplib", "socket"}
ALLOWED = {"cms/invalidation/edge/backends.py", "cms/operations/outbound.py"}


@pytest.fixture
def no_connections(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Names are looked up and connections made for the services of the settings, and for nothing else."""
    redis = urlsplit(settings.REDIS_URL)
    find = socket.getaddrinfo

    def look_up(host: object, port: object, *args: object, **kwargs: object) -> object:
        if settings.REDIS_URL and (host, port) == (redis.hostname, redis.port):
            return find(host, port, *args, **kwargs)
        raise AssertionError(f"a connection to {host}:{port}")

    def connect(address: object, *args: object, **kwargs: object) -> None:
        raise AssertionError(f"a connection to {address}")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("no_connections")
def test_embed_is_refused_and_its_address_is_not_asked(admin_client: Client, address: str) -> None:
    response = admin_client.post(
        reverse("wagtailembeds:chooser_upload"),
        {"embed-chooser-url": address},
        headers={"accept-language": "vi"},
    )
    answer = json.loads(response.content)
    assert answer["step"] == "chooser"
    assert response.context["form"].errors["url"]
    assert not Embed.objects.exists()


@pytest.mark.usefixtures("no_connections")
def test_embed_is_refused_in_vietnamese(admin_client: Client) -> None:
    values = {"embed-chooser-url": ADDRESSES[0]}
    response = admin_client.post(
        reverse("wagtailembeds:chooser_upload"), values, headers={"accept-language": "vi"}
    )
    assert response.context["form"].errors["url"] == ["Không nhúng được địa chỉ này."]


@pytest.mark.usefixtures("no_connections")
def test_html_that_a_host_gave_for_an_embed_reaches_no_reader(graphql: GraphQLClient) -> None:
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    Embed.objects.create(hash="x", url=address, html="<script>alert(1)</script>", type="video")
    assert html_of(graphql, f'<p>a<embed embedtype="media" url="{address}"/></p>') == "<p>a</p>"


def imported(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text()))
    names = [[alias.name for alias in node.names] for node in tree if isinstance(node, ast.Import)]
    tree = ast.walk(ast.parse(path.read_text()))
    names += [
        [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for node in tree
        if isinstance(node, ast.ImportFrom) and node.module
    ]
    return {name for each in names for name in each}


def test_only_two_modules_open_connections() -> None:
    root = Path(settings.BASE_DIR)
    folders = ["cms", "home", "articles", "campaigns", "zones", "polls", "settings"]
    found = {
        str(path.relative_to(root))
        for folder in folders
        for path in (root / folder).rglob("*.py")
        if imported(path) & CLIENTS
    }
    assert found == ALLOWED


def test_workbook_of_redirects_is_not_unpacked(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", office("xl", bytes(10_000_000)))
    response = admin_client.post(reverse("wagtailredirects:start_import"), {"import_file": file})
    assert response.status_code == 302
    assert not Redirect.objects.exists()


def test_list_of_redirects_is_bounded_and_its_addresses_are_checked(admin_client: Client) -> None:
    start = reverse("wagtailredirects:start_import")
    large = SimpleUploadedFile("a.csv", b"a,b\n" * 1_000_000)
    response = admin_client.post(start, {"import_file": large}, headers={"accept-language": "vi"})
    assert response.context["form"].errors["import_file"] == ["Tệp này lớn hơn 2,0\xa0MB."]

    rows = b"from,to\n/a,javascript:alert(1)\n/b,https://example.vn/b\n"
    form = admin_client.post(start, {"import_file": SimpleUploadedFile("a.csv", rows)}).context["form"]
    values = {name: form[name].value() for name in ("import_file_name", "input_format")}
    admin_client.post(
        reverse("wagtailredirects:process_import"),
        {**values, "from_index": "0", "to_index": "1", "permanent": "on"},
    )
    assert list(Redirect.objects.values_list("old_path", "redirect_link")) == [("/b", "https://example.vn/b")]
