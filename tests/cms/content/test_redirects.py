"""Old addresses lead to where the content is, however they are written, and never in a circle."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.client import GraphQLClient
from tests.factories.portal import ArticlePageFactory

pytestmark = pytest.mark.django_db
FIND = "query ($path: String!) { redirect(path: $path) { newUrl } }"


def found(graphql: GraphQLClient, path: str) -> str | None:
    redirect = graphql.data(FIND, path=path)["redirect"]
    return redirect and redirect["newUrl"]


def test_a_page_that_has_its_old_address_again_is_not_redirected(graphql: GraphQLClient):
    page = ArticlePageFactory(slug="cu")
    query = "query ($id: ID) { page(id: $id) { url } }"
    parent = graphql.data(query, id=str(page.pk))["page"]["url"].removesuffix("cu/")
    # As Wagtail leaves them behind a page that was renamed from `cu` to `moi` and back.
    for slug in ("cu", "moi"):
        Redirect.objects.create(old_path=f"{parent}{slug}", redirect_page=page)
    assert (found(graphql, f"{parent}cu/"), found(graphql, f"{parent}moi/")) == (None, f"{parent}cu/")
    assert graphql.data("{ redirects { oldPath } }")["redirects"] == [{"oldPath": f"{parent}moi"}]


def test_the_address_of_a_page_that_is_not_public_leads_on(graphql: GraphQLClient):
    page = ArticlePageFactory(slug="cu")
    query = "query ($id: ID) { page(id: $id) { url } }"
    path = graphql.data(query, id=str(page.pk))["page"]["url"].removesuffix("/")
    Redirect.objects.create(old_path=path, redirect_link="/khac/")
    assert found(graphql, path) is None
    page.unpublish()
    assert found(graphql, path) == "/khac/"


@pytest.mark.parametrize(
    "path",
    [
        "/Tin-Tuc/Bai.aspx?id=5",
        "/tin-tuc/bai.ASPX?ID=5",
        "/TIN-TUC/BAI.ASPX?id=5",
        "/Tin-Tuc/Bai.aspx?utm_source=zalo&id=5&utm_campaign=a",
        "/Tin-Tuc/Bai.aspx?id=5&fbclid=IwAR0&gclid=x&zarsrc=30&UTM_Medium=y",
    ],
)
def test_case_and_tracking_change_no_address(graphql: GraphQLClient, path: str):
    Redirect.objects.create(old_path=Redirect.normalise_path("/Tin-Tuc/Bai.aspx?id=5"), redirect_link="/moi/")
    assert found(graphql, path) == "/moi/"


def test_other_parameters_are_part_of_an_address(graphql: GraphQLClient):
    Redirect.objects.create(old_path="/bai.aspx?id=5", redirect_link="/nam/")
    assert found(graphql, "/bai.aspx?id=6&utm_source=a") is None
    Redirect.objects.create(old_path="/bai.aspx", redirect_link="/tat-ca/")
    assert found(graphql, "/bai.aspx?id=6&utm_source=a") == "/tat-ca/"
    assert found(graphql, "/bai.aspx?id=5&utm_source=a") == "/nam/"


def test_the_address_as_it_is_written_comes_before_others(graphql: GraphQLClient):
    Redirect.objects.create(old_path="/A", redirect_link="/lon/")
    Redirect.objects.create(old_path="/a", redirect_link="/nho/")
    assert (found(graphql, "/A"), found(graphql, "/a")) == ("/lon/", "/nho/")


def test_a_redirect_to_itself_is_none(graphql: GraphQLClient):
    Redirect.objects.create(old_path="/a", redirect_link="/A/")
    assert found(graphql, "/a") is None
    assert graphql.data("{ redirects { oldPath } }")["redirects"] == []


@pytest.mark.parametrize(
    "path", ["/a?" + "&".join(f"p{each}=1" for each in range(3000)), "/" + "a" * 100_000, "?", ""]
)
def test_any_path_can_be_asked_for(graphql: GraphQLClient, path: str):
    assert found(graphql, path) is None


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("target", "is_taken"),
    [
        ("/tin-tuc/moi/?a=1", True),
        ("https://example.vn/a", True),
        ("//evil.example/", False),
        ("tin-tuc", False),
        ("mailto:a@b.vn", False),
    ],
)
def test_a_form_takes_a_path_as_the_target(admin_client: Client, target: str, is_taken: bool):
    values = {"old_path": "/cu", "redirect_link": target, "is_permanent": "on"}
    admin_client.post(reverse("wagtailredirects:add"), values)
    assert list(Redirect.objects.values_list("redirect_link", flat=True)) == [target] * is_taken


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("http://[::1", "Viết địa chỉ bắt đầu bằng https://, hoặc đường dẫn bắt đầu bằng /."),
        ("//a℀b/", "Viết địa chỉ bắt đầu bằng https://, hoặc đường dẫn bắt đầu bằng /."),
        # With the / that is put before it, longer than its column.
        ("a" * 255, "256"),
    ],
)
@pytest.mark.parametrize("is_there", [False, True], ids=["new", "there"])
def test_an_old_address_that_is_none_is_refused_and_what_was_typed_stays(
    admin_client: Client, old: str, message: str, is_there: bool
):
    address = reverse("wagtailredirects:add")
    if is_there:
        redirect = Redirect.objects.create(old_path="/cu", redirect_link="/moi/")
        address = reverse("wagtailredirects:edit", args=[redirect.pk])
    values = {"old_path": old, "redirect_link": "/khac/", "is_permanent": "on"}
    response = admin_client.post(address, values, headers={"accept-language": "vi"})
    form = response.context["form"]
    assert list(form.errors) == ["old_path"]
    assert message in form.errors["old_path"][0]
    assert (form["old_path"].value(), form["redirect_link"].value()) == (old, "/khac/")
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/cu"] * is_there


@pytest.mark.one_database
def test_an_old_address_that_is_none_is_named_among_the_rows_of_a_list(admin_client: Client):
    file = SimpleUploadedFile("a.csv", "từ,đến\nhttp://[::1,/a/\n/b,/moi/\n".encode())
    form = admin_client.post(reverse("wagtailredirects:start_import"), {"import_file": file}).context["form"]
    values = {name: form[name].value() for name in ("import_file_name", "input_format")}
    response = admin_client.post(
        reverse("wagtailredirects:process_import"),
        {**values, "from_index": "0", "to_index": "1", "permanent": "on"},
    )
    assert "http://[::1" in response.content.decode()
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/b"]


ROWS = "từ,đến\n/Đường-cũ,/duong-moi/\n/b,https://example.vn/b\n"


@pytest.mark.one_database
@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode(),
        ROWS.encode("utf-8-sig"),
        ROWS.encode("utf-16"),
        ("\ufeff" + ROWS).encode("utf-16-be"),
        ROWS.replace(",", ";").encode("utf-8-sig"),
        ROWS.replace(",", "\t").encode("utf-16"),
        # As Windows-1258 spells it: some vowels with a combining mark.
        "t\u01b0\u0300,\u0111\u00ea\u0301n\n/\u0110\u01b0\u01a1\u0300ng-cu\u0303,/duong-moi/\n/b,https://example.vn/b\n".encode(
            "cp1258"
        ),
    ],
)
def test_lists_are_read_as_excel_writes_them(admin_client: Client, data: bytes):
    file = SimpleUploadedFile("Chuyen-huong.CSV", data)
    form = admin_client.post(reverse("wagtailredirects:start_import"), {"import_file": file}).context["form"]
    assert [label for _value, label in form.fields["from_index"].choices] == ["---", "từ", "đến"]
    values = {name: form[name].value() for name in ("import_file_name", "input_format")}
    admin_client.post(
        reverse("wagtailredirects:process_import"),
        {**values, "from_index": "0", "to_index": "1", "permanent": "on"},
    )
    assert set(Redirect.objects.values_list("old_path", "redirect_link")) == {
        ("/Đường-cũ", "/duong-moi/"),
        ("/b", "https://example.vn/b"),
    }


@pytest.mark.one_database
@pytest.mark.parametrize(
    "data", [bytes(range(256)), "từ,đến".encode("utf-16-le"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"]
)
def test_a_list_that_is_no_text_is_refused_with_what_to_do(admin_client: Client, data: bytes):
    file = {"import_file": SimpleUploadedFile("a.csv", data)}
    response = admin_client.post(
        reverse("wagtailredirects:start_import"), file, headers={"accept-language": "vi"}
    )
    assert "CSV UTF-8" in response.context["form"].errors["import_file"][0]
    assert "Không đọc được tệp này" in response.content.decode()
