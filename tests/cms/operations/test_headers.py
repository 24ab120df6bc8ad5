"""What browsers are told to do with our answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import Collection, CollectionViewRestriction

from cms.operations.headers import BrowserHeadersMiddleware
from tests.client import Reader
from tests.factories.media import DocumentFactory

pytestmark = pytest.mark.one_database

STRICT = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
FILE = "default-src 'none'; sandbox; frame-ancestors 'none'"


def directives(response: HttpResponse) -> dict[str, str]:
    parts = (part.partition(" ") for part in response["Content-Security-Policy"].split("; "))
    return {name: sources for name, _space, sources in parts}


@pytest.mark.parametrize("path", ["/graphql/", "/graphql/?query={__typename}", "/healthz", "/nothing/"])
@pytest.mark.django_db
def test_what_is_no_page_may_load_nothing(path: str):
    response = Reader().get(path)
    assert response["Content-Security-Policy"] == STRICT
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/admin/login/", "/graphiql/", "/preview/", "/admin/nothing/"])
@pytest.mark.django_db
def test_a_page_runs_only_scripts_from_files_of_ours(client: Client, path: str):
    found = directives(client.get(path, follow=True))
    assert (found["default-src"], found["script-src"]) == ("'none'", "'self'")
    assert "unsafe-eval" not in str(found)
    assert (found["base-uri"], found["connect-src"]) == ("'none'", "'self'")


@pytest.mark.django_db
def test_only_what_wagtail_frames_itself_may_be_framed_by_us(client: Client):
    assert directives(client.get("/admin/login/"))["frame-ancestors"] == "'none'"
    assert directives(client.get("/graphiql/"))["frame-ancestors"] == "'none'"
    assert directives(client.get("/preview/"))["frame-ancestors"] == "'self'"


@pytest.mark.django_db
def test_a_document_is_opened_in_a_sandbox(client: Client):
    document = DocumentFactory(file=ContentFile(b"12345", name="a.txt"))
    response = client.get(document.url)
    assert (response.status_code, response["Content-Security-Policy"]) == (200, FILE)
    assert response["X-Content-Type-Options"] == "nosniff"
    again = client.get(document.url, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.has_header("Content-Security-Policy")) == (304, False)


@pytest.mark.django_db
def test_a_documents_password_can_be_sent(client: Client):
    collection = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.PASSWORD, password="mat-khau"
    )
    response = client.get(DocumentFactory(collection=collection).url)
    found = directives(response)
    assert b"<form" in response.content
    assert found["form-action"] == "'self'"
    assert "sandbox" not in found


def test_pictures_are_there_for_pages_of_other_sites(settings: LazySettings):
    def answer(path: str) -> Any:
        response = BrowserHeadersMiddleware(lambda request: HttpResponse())(RequestFactory().get(path))
        return response["Cross-Origin-Resource-Policy"]

    assert answer("/media/images/a.avif") == "cross-origin"
    assert answer("/graphql/media/") == "same-origin"


@pytest.mark.django_db
def test_graphiql_is_there_only_where_its_setting_has_it(client: Client, settings: LazySettings):
    assert client.get("/graphiql/").status_code == 200
    settings.CMS_GRAPHIQL = False
    assert client.get("/graphiql/").status_code == 404


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_whatever_a_proxy_header_says(settings: LazySettings):
    settings.ALLOWED_HOSTS = ["cms.example.vn"]
    ours = {"host": "cms.example.vn", "x-forwarded-host": "evil.example"}
    assert Reader().get("/graphql/", {"query": "{__typename}"}, headers=ours).status_code == 200
    theirs = {"host": "evil.example", "x-forwarded-host": "cms.example.vn"}
    assert Reader().get("/graphql/", {"query": "{__typename}"}, headers=theirs).status_code == 400


@pytest.mark.django_db
def test_cookies_of_the_admin_are_for_its_own_pages(client: Client, settings: LazySettings, admin_user: Any):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    csrf = client.get("/admin/login/").cookies["csrftoken"]
    admin_user.set_password("mat-khau")
    admin_user.save()
    login = {"username": admin_user.get_username(), "password": "mat-khau"}
    session = client.post("/admin/login/", login).cookies["sessionid"]
    assert (csrf["samesite"], bool(csrf["secure"])) == ("Lax", True)
    assert (session["samesite"], bool(session["secure"]), bool(session["httponly"])) == ("Lax", True, True)
