"""Whatever can be previewed is seen as it is typed: saved or not, from the form, the history and a workflow."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page, get_page_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html

from articles.models import ArticlePage
from cms.preview.models import Preview
from home.models import FooterItem, HomePage, MenuItem, MenuSubitem, SiteSettings
from polls.models import Poll
from tests.factories.campaigns import campaign_list
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.people import logged_in, person
from tests.factories.polls import PollFactory
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory, list_of_articles
from tests.factories.zones import ZonePageFactory

pytestmark = pytest.mark.django_db

PAGE = """query ($contentType: String!, $token: String!) {
  page(contentType: $contentType, token: $token) { __typename title live } }"""
POLL = "query ($token: String!) { poll(token: $token) { question } }"
SITE = """query ($token: String!) { site(token: $token) { name logo { id }
  mainMenu { title url children { title url } } footerMenu { title url } } }"""
#: Wagtail lets a preview do without texts, not without numbers and dates.
NEEDED = {
    "CampaignPage": {"starts_on": "01/01/2026", "ends_on": "31/12/2026"},
    "ZonePage": {
        "center_latitude": "21.3",
        "center_longitude": "105.2",
        "area_ha": "100",
        "leasable_area_ha": "80",
    },
}
OPTIONS = nested_form_data(
    {
        "options": inline_formset(
            [{"text": text, "image": "", "ORDER": number} for number, text in enumerate("AB", 1)]
        ),
        "closes_at": "31/12/2099 08:00",
    }
)
PAGE_TYPES = [model for model in get_page_models() if model is not Page]


@pytest.fixture
def admin(admin_user: Any) -> Client:
    return logged_in(admin_user)


@pytest.fixture(scope="module", autouse=True)
def content(shared: None) -> None:
    """A public page of each type."""
    HomePageFactory(), list_of_articles(), campaign_list()
    ArticlePageFactory(), CampaignPageFactory(), ZonePageFactory()


@pytest.fixture
def pages(db: None) -> dict[str, Page]:
    """A public page of each type, by its name."""
    found = {type(page).__name__: page for page in Page.objects.filter(depth__gt=1).specific()}
    assert set(found) >= {model.__name__ for model in PAGE_TYPES}
    return found


def typed(response: HttpResponse, model: type[Model], **values: str) -> QueryDict:
    """A form as it came from the admin, with some values typed into it."""
    html = response.content.decode()
    data = querydict_from_html(html, form_id=re.search(r'id="([a-z-]+)"[^>]*data-edit-form', html)[1])
    # Blocks are put into the form by scripts.
    streams = {
        f"{field.name}-count": "0" for field in model._meta.get_fields() if isinstance(field, StreamField)
    }
    for name, value in {**streams, **values}.items():
        data[name] = value
    return data


def asked(response: HttpResponse) -> dict[str, str]:
    assert response.status_code == 302, response.content[:500]
    assert urlsplit(response["Location"]).path == "/preview/"
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def looked_at(admin: Client, address: str, data: Any) -> dict[str, str]:
    """What the frontend is asked with, after somebody has typed."""
    assert admin.post(address, data).json() == {"is_valid": True, "is_available": True}
    # Put together by hand: the test client would leave out what stands in the address.
    return asked(admin.get(f"{address}{'&' if '?' in address else '?'}in_preview_panel=true"))


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_a_saved_page_of_each_type_is_seen_as_it_is_typed(admin, graphql, pages, model):
    page = pages[model.__name__]
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    data = typed(form, model, title="Đang gõ")
    found = looked_at(admin, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), data)
    assert found["contentType"] == model._meta.label
    assert found["inPanel"] == "true"
    shown = graphql.data(PAGE, contentType=found["contentType"], token=found["token"])["page"]
    assert shown == {"__typename": model.__name__, "title": "Đang gõ", "live": False}
    page.refresh_from_db()
    assert page.title != "Đang gõ"


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_a_page_of_each_type_is_seen_before_it_is_saved(admin, graphql, pages, model):
    parent = Page.objects.get(depth=1) if model is HomePage else pages[model.__name__].get_parent()
    where = [model._meta.app_label, model._meta.model_name, parent.pk]
    data = typed(
        admin.get(reverse("wagtailadmin_pages:add", args=where)),
        model,
        title="Chưa lưu",
        **NEEDED.get(model.__name__, {}),
    )
    found = looked_at(admin, reverse("wagtailadmin_pages:preview_on_add", args=where) + "?form=abc", data)
    shown = graphql.data(PAGE, contentType=found["contentType"], token=found["token"])["page"]
    assert shown == {"__typename": model.__name__, "title": "Chưa lưu", "live": False}


def test_a_poll_is_seen_as_it_is_typed_and_before_it_is_saved(admin, graphql):
    poll = PollFactory(question="Đã lưu")
    for view, form, args in (("edit", "preview_on_edit", [poll.pk]), ("add", "preview_on_add", [])):
        address = reverse(f"wagtailsnippets_polls_poll:{view}", args=args)
        data = typed(admin.get(address), Poll, question=f"Đang gõ {view}", **OPTIONS)
        found = looked_at(admin, reverse(f"wagtailsnippets_polls_poll:{form}", args=args), data)
        assert found["contentType"] == "polls.Poll"
        assert graphql.data(POLL, token=found["token"])["poll"]["question"] == f"Đang gõ {view}"
    assert Poll.objects.get().question == "Đã lưu"


def menu_form(page: Page, hidden: Page, old: tuple[Any, ...] = ()) -> dict[str, str]:
    link = {"title": "", "page": "", "url": "", "open_in_new_tab": ""}
    gone = [{**link, "page": page.pk, "id": each.pk, "DELETE": "on"} for each in old]
    below = inline_formset([{**link, "page": page.pk, "title": "Dưới"}, {**link, "page": hidden.pk}])
    item = {**link, "page": page.pk, "title": "Mục mới", "subitems": below}
    other = {**link, "page": hidden.pk, "subitems": inline_formset([])}
    empty = inline_formset([])
    foot = {**link, "url": "https://example.vn/", "title": "Chân"}
    main = [{**each, "subitems": empty} for each in gone[:1]]
    menus = {
        "main_menu_items": inline_formset([*main, item, other], initial=len(main)),
        "footer_menu_items": inline_formset([*gone[1:], foot], initial=len(gone[1:])),
    }
    english = {"language": "en", "name": "Typed name", "organization": "", "address": "", "copyright": ""}
    lists = {"social_links": empty, "translations": inline_formset([english]), **menus}
    return nested_form_data({"name": "Tên đang gõ", **lists})


def test_menus_and_settings_are_seen_as_they_are_typed(admin, graphql):
    page, hidden = ArticlePageFactory(slug="bai"), ArticlePageFactory(title="bimat", live=False)
    settings = settings_of(HomePageFactory())
    SiteSettings.objects.update(name="Tên cũ")
    saved = MenuItem.objects.create(settings=settings, page=page, title="Mục cũ", sort_order=0)
    MenuSubitem.objects.create(item=saved, page=page, title="Dưới cũ", sort_order=0)
    foot = FooterItem.objects.create(settings=settings, page=page, title="Chân cũ", sort_order=0)
    address = reverse("home_sitesettings:preview_on_edit", args=[settings.pk])
    found = looked_at(admin, address, menu_form(page, hidden, (saved, foot)))
    assert found["contentType"] == "home.SiteSettings"
    assert graphql.data(SITE, token=found["token"])["site"] == {
        "name": "Tên đang gõ",
        "logo": None,
        # What leads to hidden pages is left out, as for readers.
        "mainMenu": [
            {
                "title": "Mục mới",
                "url": "/tin-tuc/bai/",
                "children": [{"title": "Dưới", "url": "/tin-tuc/bai/"}],
            }
        ],
        "footerMenu": [{"title": "Chân", "url": "https://example.vn/"}],
    }
    in_english = 'query ($token: String!) { site(token: $token) { name(locale: "en") footerMenu(locale: "en") { title } } }'
    assert graphql.data(in_english, token=found["token"])["site"] == {"name": "Typed name", "footerMenu": []}
    public = graphql.data("{ site { name mainMenu { title children { title } } footerMenu { title } } }")[
        "site"
    ]
    assert public == {
        "name": "Tên cũ",
        "mainMenu": [{"title": "Mục cũ", "children": [{"title": "Dưới cũ"}]}],
        "footerMenu": [{"title": "Chân cũ"}],
    }


def test_the_site_is_asked_for_with_and_without_a_draft_in_one_request(admin, graphql):
    settings = settings_of(HomePageFactory())
    address = reverse("home_sitesettings:preview_on_edit", args=[settings.pk])
    page = ArticlePageFactory()
    found = looked_at(admin, address, menu_form(page, page))
    query = "query ($token: String!) { a: site { name } b: site(token: $token) { name } c: sites { name } }"
    names = graphql.data(query, token=found["token"])
    assert names == {"a": {"name": ""}, "b": {"name": "Tên đang gõ"}, "c": [{"name": ""}]}


def test_a_token_opens_only_by_the_field_for_its_kind(admin, graphql):
    settings = settings_of(HomePageFactory())
    address = reverse("home_sitesettings:preview_on_edit", args=[settings.pk])
    page = ArticlePageFactory()
    found = looked_at(admin, address, menu_form(page, page))
    graphql.errors(PAGE, code="PREVIEW_TOKEN_INVALID", **found)
    graphql.errors(POLL, code="PREVIEW_TOKEN_INVALID", token=found["token"])
    revision = page.save_revision()
    found = asked(admin.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk])))
    graphql.errors(SITE, code="PREVIEW_TOKEN_INVALID", token=found["token"])


def test_two_new_pages_written_at_once_do_not_show_each_other(admin, graphql):
    parent = list_of_articles()
    where = ["articles", "articlepage", parent.pk]
    forms = [admin.get(reverse("wagtailadmin_pages:add", args=where)) for _each in range(2)]
    addresses = [form.content.decode().split('data-w-preview-url-value="')[1].split('"')[0] for form in forms]
    assert addresses[0] != addresses[1]
    for number, (form, address) in enumerate(zip(forms, addresses, strict=True)):
        assert admin.post(address, typed(form, ArticlePage, title=f"Bài {number}")).json()["is_valid"]
    # The second was typed last; the first is still the first.
    tokens = [asked(admin.get(address))["token"] for address in addresses]
    shown = [graphql.data(PAGE, contentType="articles.ArticlePage", token=token) for token in tokens]
    assert [answer["page"]["title"] for answer in shown] == ["Bài 0", "Bài 1"]


def test_two_new_polls_written_at_once_do_not_show_each_other(admin, graphql):
    form = admin.get(reverse("wagtailsnippets_polls_poll:add"))
    address = reverse("wagtailsnippets_polls_poll:preview_on_add")
    for number in range(2):
        data = typed(form, Poll, question=f"Hỏi {number}", **OPTIONS)
        assert admin.post(f"{address}?form={number}", data).json()["is_valid"]
    tokens = [asked(admin.get(f"{address}?form={number}"))["token"] for number in range(2)]
    assert [graphql.data(POLL, token=token)["poll"]["question"] for token in tokens] == ["Hỏi 0", "Hỏi 1"]


def test_each_revision_keeps_its_own_preview_beside_the_form(admin, graphql):
    page = ArticlePageFactory(title="một")
    first = page.save_revision()
    page.title = "hai"
    second = page.save_revision()
    form = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    data = typed(form, ArticlePage, title="ba")
    views = [
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, each.pk]) for each in (first, second)
    ]
    found = [asked(admin.get(view)) for view in views]
    found.append(looked_at(admin, reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), data))
    found.append(asked(admin.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))))
    shown = [graphql.data(PAGE, contentType=each["contentType"], token=each["token"]) for each in found]
    assert [answer["page"]["title"] for answer in shown] == ["một", "hai", "ba", "hai"]
    # The saved draft is the second revision.
    assert Preview.objects.count() == 3
    second.delete()
    graphql.errors(PAGE, code="PREVIEW_TOKEN_INVALID", **{k: found[1][k] for k in ("contentType", "token")})


def test_who_reviews_a_step_of_the_workflow_sees_what_waits_in_it(graphql):
    reporter, editor = person("reporter"), person("editor")
    page = ArticlePageFactory(title="Đã đăng", live=False)
    page.title = "Chờ duyệt"
    page.save_revision(user=reporter)
    page.get_workflow().start(page, reporter)
    view = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, page.current_workflow_task.pk])
    found = asked(logged_in(editor).get(view))
    assert graphql.data(PAGE, **found)["page"]["title"] == "Chờ duyệt"


def test_who_reviews_a_poll_sees_what_waits(graphql):
    reporter, editor = person("reporter"), person("editor")
    poll = PollFactory(question="Chờ duyệt", live=False)
    poll.save_revision(user=reporter)
    poll.get_workflow().start(poll, reporter)
    view = reverse(
        "wagtailsnippets_polls_poll:workflow_preview", args=[poll.pk, poll.current_workflow_task.pk]
    )
    found = asked(logged_in(editor).get(view))
    assert graphql.data(POLL, token=found["token"])["poll"]["question"] == "Chờ duyệt"
