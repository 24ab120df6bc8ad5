"""`manage.py set_up_site`: from the database that `migrate` leaves to a portal that editors can work in."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import Locale, Page, Site

from home.models import HomePage, SiteSettings
from tests.client import GraphQLClient
from tests.factories.people import PASSWORD, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

PUBLISHED = """{
  pages { title }
  routes(first: 100) { totalCount }
  site { hostname rootPage { title } pages { title } }
  search(query: "welcome") { totalCount }
  welcome: page(slug: "home") { title }
  root: page(urlPath: "/") { title }
}"""


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first login, as the environment names it."""
    for name, value in {"USERNAME": "quantri", "EMAIL": "quantri@example.vn", "PASSWORD": PASSWORD}.items():
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)


def set_up(*arguments: Any) -> str:
    said = StringIO()
    call_command("set_up_site", "--no-input", *map(str, arguments), stdout=said)
    return said.getvalue()


def test_a_database_that_was_only_migrated_publishes_nothing(graphql: GraphQLClient):
    found = graphql.data(PUBLISHED)

    assert found["pages"] == found["site"]["pages"] == []
    assert found["site"]["rootPage"] is found["welcome"] is found["root"] is None
    assert (found["routes"]["totalCount"], found["search"]["totalCount"]) == (0, 0)


@pytest.mark.usefixtures("login")
def test_one_command_makes_a_portal_that_editors_can_work_in(graphql: GraphQLClient, client: Any):
    said = set_up("--hostname", "kcn.example.vn", "--port", 443, "--name", "Cổng KCN", "--language", "en")

    site = Site.objects.get()
    assert (site.hostname, site.port, site.site_name, site.is_default_site) == (
        "kcn.example.vn",
        443,
        "Cổng KCN",
        True,
    )
    found = graphql.data(PUBLISHED)
    assert [page["title"] for page in found["pages"]] == ["Trang chủ"]
    assert found["site"]["rootPage"] == {"title": "Trang chủ"}
    assert graphql.data("{ site { name } }") == {"site": {"name": "Cổng KCN"}}
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert set(Group.objects.values_list("name", flat=True)) >= {"Phóng viên", "Biên tập viên", "Quản trị"}
    assert client.login(username="quantri", password=PASSWORD)
    english = HomePage.objects.get(locale=Locale.objects.get(language_code="en"))
    assert (english.live, english.translation_key) == (False, site.root_page.translation_key)
    assert PASSWORD not in said


@pytest.mark.usefixtures("login")
def test_run_again_it_changes_only_what_is_named(settings: LazySettings):
    settings.FRONTEND_URL = "https://kcn.example.vn"
    set_up("--name", "Cổng KCN", "--language", "en")
    SiteSettings.objects.update(name="Tên do biên tập viên đặt")
    Site.objects.update(hostname="moi.example.vn")

    assert set_up("--name", "Cổng KCN", "--language", "en") == "all there\n"
    assert SiteSettings.objects.get().name == "Tên do biên tập viên đặt"
    assert (Site.objects.get().hostname, Site.objects.get().port) == ("moi.example.vn", 443)
    assert "site: port 8443" in set_up("--port", 8443, "--hotline", "0210.3843021")
    assert SiteSettings.objects.get().hotline == "0210.3843021"
    assert HomePage.objects.count() == 2
    assert get_user_model().objects.count() == 1


def test_without_a_login_nothing_is_made(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(CommandError, match="There is no superuser yet: set DJANGO_SUPERUSER_USERNAME"):
        set_up()
    for name, value in {"USERNAME": "quantri", "PASSWORD": "quantri"}.items():
        monkeypatch.setenv(f"DJANGO_SUPERUSER_{name}", value)
    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_PASSWORD: "):
        set_up()
    assert not HomePage.objects.exists()


def test_a_portal_that_has_a_superuser_needs_no_login():
    person("superuser")

    assert "home page: Trang chủ" in set_up()
    assert get_user_model().objects.count() == 1


@pytest.mark.usefixtures("login")
@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--email", "no address"),
        *(
            ("--hostname", name)
            for name in ("bad host/", "kcn.vn/", "kcn.vn:443", "https://kcn.vn", "kcn.vn?a")
        ),
        *(("--port", number) for number in (99999999, 65536, 0, -1)),
    ],
)
def test_values_that_a_site_can_not_have_are_refused_with_nothing_made(option: str, value: Any):
    with pytest.raises(CommandError, match=f"^{option}: "):
        set_up(f"{option}={value}")
    assert not HomePage.objects.exists()
    assert not get_user_model().objects.exists()


def test_on_a_terminal_it_asks(monkeypatch: pytest.MonkeyPatch):
    answers = iter(["kcn.example.vn", "Cổng KCN", "Ban quản lý", "", "", "quantri", "q@example.vn"])
    monkeypatch.setattr("builtins.input", lambda question="": next(answers))
    monkeypatch.setattr("getpass.getpass", lambda *_args, **_options: PASSWORD)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)

    call_command("set_up_site", stdout=StringIO())

    assert Site.objects.get().hostname == "kcn.example.vn"
    assert SiteSettings.objects.get().organization == "Ban quản lý"
    assert get_user_model().objects.get(is_superuser=True).username == "quantri"
