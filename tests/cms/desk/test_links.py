"""Broken links are found by a nightly command, which asks no address inside the network."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from ipaddress import ip_network
from threading import Thread

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from cms.desk.models import Link
from tests.factories.articles import ArticleFactory
from tests.factories.blocks import raw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_portal"), pytest.mark.one_database]


class Handler(BaseHTTPRequestHandler):
    """`/404` answers 404, `/to/X` redirects to X, `/no-head` has no HEAD; all else is found."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        if self.path.startswith("/to/"):
            self.answer(302, Location=self.path.removeprefix("/to/"))
        elif self.path == "/no-head" and self.command == "HEAD":
            self.answer(405)
        else:
            self.answer(int(self.path[1:]) if self.path[1:].isdecimal() else 200)

    do_GET = do_HEAD

    def answer(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A web server on this machine; `asked` has the requests that it got."""
    handler = type("Recorder", (Handler,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.asked = handler.asked
    server.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def reachable(settings: LazySettings) -> None:
    """This machine counts as one that may be asked."""
    settings.CMS_LINK_CHECK_NETWORKS = [ip_network("127.0.0.0/8")]


def linking(html: str, **values: object) -> ArticlePage:
    return ArticleFactory(body=[raw("paragraph", text=html)], **values)


def check(**options: object) -> str:
    out = StringIO()
    call_command("check_links", pause=0, stdout=out, **options)
    return out.getvalue()


def broken() -> dict[str, str]:
    return {link.address: link.problem for link in Link.objects.broken()}


@pytest.mark.usefixtures("reachable")
def test_what_is_gone_is_told_at_once_and_what_answers_is_not(server, admin_client: Client):
    gone, there = f"{server.address}/404", f"{server.address}/tin?a=1&b=2"
    linking(
        f'<p><a href="{gone}#muc-2">A</a> <a href="{there.replace("&", "&amp;")}">B</a></p>', title="Có lỗi"
    )
    linking("<p>Không.</p>", title="Không lỗi", source_url=f"{server.address}/410")
    linking("<p>Không.</p>", title="Bài tốt", source_url=f"{server.address}/to//no-head")
    linking(f'<p><a href="{server.address}/500">A</a><a href="{server.address}/403">B</a></p>', title="Bận")
    assert check() == "6 addresses asked, 2 links are broken\n"
    assert broken() == {gone: "gone", f"{server.address}/410": "gone"}
    assert "HEAD /tin?a=1&b=2" in server.asked

    home = admin_client.get(reverse("wagtailadmin_home")).content.decode()
    assert "<strong>2</strong> trang có liên kết hỏng" in home
    page = admin_client.get(reverse("desk_check", args=["broken-links"])).content.decode()
    assert "Có lỗi" in page
    assert f"{gone}: trang không còn" in page
    assert "Bài tốt" not in page
    assert "Bận" not in page


@pytest.mark.usefixtures("reachable")
def test_what_answered_is_not_asked_again_the_next_night(server):
    linking(f'<p><a href="{server.address}/tin">A</a></p>')
    check()
    check()
    assert server.asked == ["HEAD /tin"]


@pytest.mark.usefixtures("reachable")
def test_one_night_asks_no_more_than_it_may(server):
    linking("".join(f'<p><a href="{server.address}/tin-{number}">A</a></p>' for number in range(5)))
    assert check(most=2) == "2 addresses asked, 0 links are broken\n"
    assert len(server.asked) == 2
    check(most=2)
    assert len(set(server.asked)) == 4


def test_a_number_below_nought_is_refused():
    with pytest.raises(CommandError, match="--most, --minutes and --pause are numbers from 0 on"):
        call_command("check_links", "--most=-1")


def test_a_server_that_does_not_answer_is_told_of_the_second_time(server, settings: LazySettings):
    settings.CMS_LINK_CHECK_NETWORKS = [ip_network("127.0.0.0/8")]
    address = f"{server.address}/tin"
    server.shutdown()
    server.server_close()
    linking(f'<p><a href="{address}">A</a></p>')
    check()
    assert broken() == {}
    Link.objects.update(checked_at=None)
    check()
    assert broken() == {address: "no_answer"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0"]
)
def test_nothing_on_this_machine_is_asked(server, host: str):
    address = f"http://{host}:{server.server_port}/metrics"
    linking(f'<p><a href="{address}">A</a></p>')
    check()
    assert server.asked == []
    assert broken() == {address: "inside"}


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "http://[fd00::1]/",
        "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/",
    ],
)
def test_no_address_inside_the_network_is_asked(address: str):
    linking(f'<p><a href="{address}">A</a></p>')
    check()
    assert broken() == {address: "inside"}


def test_a_redirect_leads_to_no_address_inside_the_network(server, settings: LazySettings):
    settings.CMS_LINK_CHECK_NETWORKS = [ip_network("127.0.0.1/32")]
    address = f"{server.address}/to/http://127.0.0.2:{server.server_port}/metrics"
    linking(f'<p><a href="{address}">A</a></p>')
    check()
    assert server.asked == [f"HEAD {address.removeprefix(server.address)}"]
    assert broken() == {address: "inside"}


@pytest.mark.usefixtures("reachable")
def test_redirects_without_end_are_left(server):
    linking(f'<p><a href="{server.address}{"/to/" * 20}x">A</a></p>')
    check()
    Link.objects.update(checked_at=None)
    check()
    assert set(broken().values()) == {"loop"}


def test_links_within_the_cms_are_checked_by_the_public_rule():
    draft, closed, public = ArticleFactory(live=False), ArticleFactory(), ArticleFactory()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    links = "".join(
        f'<p><a linktype="page" id="{each}">A</a></p>' for each in (draft.pk, closed.pk, public.pk)
    )
    endless = f'<a id="{"9" * 4_400}" linktype="page">C</a>'
    article = linking(f'{links}<p><a id="99999" linktype="document">B</a>{endless}</p>')
    check()
    assert broken() == {
        f"page:{draft.pk}": "not_public",
        f"page:{closed.pk}": "not_public",
        "document:99999": "not_public",
    }
    article.body = [raw("paragraph", text="<p>Sửa rồi.</p>")]
    article.save()
    check()
    assert not Link.objects.exists()


def test_drafts_are_not_looked_at(server):
    linking(f'<p><a href="{server.address}/404">A</a></p>', live=False)
    check()
    assert not Link.objects.exists()
