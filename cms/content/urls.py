"""Addresses of pages as readers see them: paths within a site, a prefix for every language but the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.models import Page, Site


class HasUrlPath(Protocol):
    url_path: str


@dataclass(frozen=True)
class Root:
    """The page at the top of a site, in one language."""

    site: Site
    url_path: str
    prefix: str
    path: str


class SiteUrls:
    """The sites of this installation, and the one that a request with this Host header is about.

    `sites` and `translated_homes` are rows of the querysets of these names.
    """

    def __init__(self, host: str, sites: list[Site], translated_homes: Iterable[Page]) -> None:
        self._host = host
        self.all = sites
        self._homes = translated_homes

    @staticmethod
    def sites() -> QuerySet:
        """The sites, the default one first, each with its home page."""
        page = [f"root_page__{name}" for name in ("path", "url_path", "translation_key", "locale")]
        return (
            Site.objects.select_related("root_page__locale")
            .only(
                "hostname", "port", "site_name", "is_default_site", *page, "root_page__locale__language_code"
            )
            .order_by("-is_default_site", "hostname", "port")
        )

    @staticmethod
    def translated_homes() -> QuerySet:
        """The home pages of sites in all languages but the site's own."""
        homes = Site.objects.order_by()
        return (
            Page.objects.filter(translation_key__in=homes.values("root_page__translation_key"))
            .exclude(pk__in=homes.values("root_page"))
            .select_related("locale")
            .only("path", "url_path", "translation_key", "locale__language_code")
        )

    @cached_property
    def current(self) -> Site | None:
        """The site whose host was asked for, else the default site."""
        hostname, port = _named(self._host)
        named = [site for site in self.all if site.hostname.lower() == hostname]
        for site in named:
            if str(site.port) == port:
                return site
        return next(iter([*named, *self.all]), None)

    def by_hostname(self, hostname: str) -> Site | None:
        """The site of a host name, `portal.example` or `portal.example:8080`; None where there is none."""
        name, port = _named(hostname)
        named = (site for site in self.all if site.hostname.lower() == name)
        return next((site for site in named if not port or str(site.port) == port), None)

    @cached_property
    def _main_roots(self) -> list[Root]:
        pages = [(site, site.root_page) for site in self.all]
        return [
            Root(site, page.url_path, _prefix(page.locale.language_code), page.path) for site, page in pages
        ]

    @cached_property
    def _translated_roots(self) -> list[Root]:
        sites = {site.root_page.translation_key: site for site in self.all}
        return [
            Root(sites[page.translation_key], page.url_path, _prefix(page.locale.language_code), page.path)
            for page in self._homes
        ]

    def roots(self, site: Site | None = None) -> list[Root]:
        """The home pages of a site, the current one if none is given, in all its languages."""
        site = site or self.current
        found = [*self._main_roots, *self._translated_roots]
        return [root for root in found if site and root.site.pk == site.pk]

    def root_of(self, page: HasUrlPath) -> Root | None:
        """The root that a page lies under; None for a page of no site."""
        return _deepest(self._main_roots, page.url_path) or _deepest(self._translated_roots, page.url_path)

    def path(self, page: HasUrlPath) -> str | None:
        """Where readers of the current site find a page: a path, or an absolute address on another site."""
        root = self.root_of(page)
        if root is None:
            return None
        path = root.prefix + page.url_path[len(root.url_path) - 1 :]
        return path if self.current and root.site.pk == self.current.pk else origin(root.site) + path

    def absolute(self, page: HasUrlPath) -> str | None:
        """The page's whole address at the frontend."""
        return self.whole(self.path(page))

    def whole(self, path: str | None) -> str | None:
        """The whole address of a path of the current site; one that is whole already, and None, stay as they are."""
        return origin(self.current) + path if path and path.startswith("/") else path

    def url_path(self, path: str, *, site: Site | None = None) -> str | None:
        """The tree path of the page that a reader's `path` names, None where no site has such an address."""
        site = site or self.current
        path = "/" + path.strip("/") + "/" if path.strip("/") else "/"
        for root in sorted(self._roots_for(path), key=lambda root: len(root.prefix), reverse=True):
            if site and root.site.pk == site.pk and path.startswith(root.prefix + "/"):
                return root.url_path + path[len(root.prefix) + 1 :]
        return None

    def _roots_for(self, path: str) -> list[Root]:
        first = path.split("/")[1]
        translated = any(code == first for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES)
        return [*self._main_roots, *(self._translated_roots if translated else [])]


def origin(site: Site | None) -> str:
    """Where readers find a site: the default one at FRONTEND_URL, others at their own host."""
    return site.root_url if site and not site.is_default_site else settings.FRONTEND_URL.rstrip("/")


def _named(host: str) -> tuple[str, str]:
    """The name and the port of a Host header; capitals and a dot at the end mean nothing (RFC 3986, 3.2.2)."""
    name, _, port = host.lower().partition(":")
    return name.removesuffix("."), port


def _prefix(language_code: str) -> str:
    return "" if language_code == settings.LANGUAGE_CODE else f"/{language_code}"


def _deepest(roots: list[Root], url_path: str) -> Root | None:
    under = [root for root in roots if url_path.startswith(root.url_path)]
    return max(under, key=lambda root: len(root.url_path), default=None)
