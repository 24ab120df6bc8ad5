"""The first content of an installation: its languages, home page, site and settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.http.request import split_domain_port
from wagtail.models import Locale, Page, Site

from home.models import HomePage, SiteSettings

PORTS = range(1, 65536)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a portal is to be. `hostname` and `port` are set where they are given, their defaults on a new portal alone.

    `settings` has texts of SiteSettings by the names of their fields.
    """

    default_hostname: str
    default_port: int
    hostname: str = ""
    port: int | None = None
    home_title: str = "Trang chủ"
    languages: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)


def welcome_page() -> Page | None:
    """Wagtail's own first page, where it is still what the site shows and all of it: it makes room for ours."""
    root = Page.get_first_root_node()
    pages = Page.objects.child_of(root).filter(slug="home", title__startswith="Welcome to your new Wagtail")
    return pages.filter(numchild=0, sites_rooted_here__is_default_site=True).first()


def place_home(home: HomePage, *, site_name: str = "") -> bool:
    """Add a home page at the top, published, in the place of Wagtail's welcome page; whether that was there."""
    with in_place_of_welcome_page(home, site_name=site_name) as was_there:
        Page.get_first_root_node().add_child(instance=home)
        home.save_revision().publish()
    return was_there


@contextmanager
def in_place_of_welcome_page(home: HomePage, *, site_name: str = "") -> Iterator[bool]:
    """Free the address of Wagtail's welcome page, and let the site show what is added within; whether it was there."""
    welcome = welcome_page()
    if welcome:
        welcome.slug = "welcome-to-wagtail"
        welcome.save()
    yield welcome is not None
    if welcome:
        Site.objects.filter(is_default_site=True).update(root_page=home, site_name=site_name)
        Page.objects.get(pk=welcome.pk).delete()


def set_up_site(wanted: Wanted) -> list[str]:
    """Make what is missing, and set what is named; what was done, one line each. Raises ValidationError."""
    _refuse_no_address(wanted)
    locale, _made = Locale.objects.get_or_create(language_code=django_settings.LANGUAGE_CODE)
    done = []
    values = {"hostname": wanted.hostname, "port": wanted.port}
    if not Site.objects.filter(is_default_site=True).exists() or welcome_page():
        done.append(_make_home(wanted, locale))
        values = {
            "hostname": wanted.hostname or wanted.default_hostname,
            "port": wanted.port or wanted.default_port,
            "site_name": wanted.settings.get("organization") or wanted.settings.get("name"),
        }
    site = Site.objects.get(is_default_site=True)
    done += _change(site, {name: value for name, value in values.items() if value})
    settings = SiteSettings.for_site(site)
    # What an editor has written since is better than what a script says.
    texts = {name: text for name, text in wanted.settings.items() if text and not getattr(settings, name)}
    done += _change(settings, texts)
    for code in wanted.languages:
        done += _add_language(site, code)
    return done


def _refuse_no_address(wanted: Wanted) -> None:
    """Refuse a host name or a port that no request can name: readers would never reach the site."""
    errors = {}
    if wanted.hostname and split_domain_port(wanted.hostname) != (wanted.hostname.lower(), ""):
        errors["hostname"] = f"“{wanted.hostname}” is no host name. Write it as www.example.vn, without more."
    if wanted.port is not None and wanted.port not in PORTS:
        errors["port"] = f"{wanted.port} is no port: one is from {PORTS[0]} to {PORTS[-1]}."
    if errors:
        raise ValidationError(errors)


def _make_home(wanted: Wanted, locale: Locale) -> str:
    home = HomePage(title=wanted.home_title, slug="home", locale=locale)
    if not place_home(home):
        Site.objects.create(hostname=wanted.default_hostname, root_page=home, is_default_site=True)
    return f"home page: {home.title}"


def _change(row: Site | SiteSettings, values: dict[str, str | int]) -> list[str]:
    """Set what differs; raises ValidationError."""
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.full_clean()
        row.save()
    return [f"{row._meta.model_name}: {name} {value}" for name, value in changed.items()]


def _add_language(site: Site, code: str) -> list[str]:
    """A language, and a draft of the home page in it: what is below is written under that."""
    locale, _made = Locale.objects.get_or_create(language_code=code)
    home = Page.objects.get(pk=site.root_page_id).specific
    if home.locale_id == locale.pk or home.has_translation(locale):
        return []
    home.copy_for_translation(locale)
    return [f"language: {code}, with a draft of the home page"]
