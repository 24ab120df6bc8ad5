"""The guide for editors, read in the admin."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.factories.people import logged_in, person
from tests.servers import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

GUIDE = ROOT / "docs" / "editors.md"


def page(address: str) -> BeautifulSoup:
    answer = logged_in(person("superuser")).get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def test_the_help_menu_and_the_first_page_lead_to_it_in_place_of_wagtails():
    first = page(reverse("wagtailadmin_home"))
    links = [link["href"] for link in first.find_all("a") if "Hướng dẫn cho biên tập viên" in link.get_text()]
    assert links == [reverse("desk_guide")]
    assert "guide.wagtail.org" not in str(first)
    assert reverse("desk_guide") in str(first.find(id="wagtail-sidebar-props"))


def test_all_its_sections_and_pictures_are_shown():
    shown = page(reverse("desk_guide")).find("article")
    sections = re.findall(r"^## (.+)$", GUIDE.read_text(), re.MULTILINE)
    assert [heading.get_text() for heading in shown.find_all("h2")] == sections
    sources = [picture["src"] for picture in shown.find_all("img")]
    assert len(sources) == GUIDE.read_text().count("](images/editors/")
    assert all(finders.find(source.removeprefix("/static/")) for source in sources)


def test_each_link_within_it_leads_somewhere():
    shown = page(reverse("desk_guide"))
    targets = {each["id"] for each in shown.find_all(id=True)}
    links = {link["href"][1:] for link in shown.find_all("a", href=re.compile("^#"))}
    assert links - targets - {"main"} == set()


def test_who_may_not_use_the_admin_does_not_get_it(client):
    assert client.get(reverse("desk_guide")).status_code == 302
