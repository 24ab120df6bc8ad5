"""Resources of pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.exchange.columns import Column, Exchange, TextColumn
from cms.exchange.references import LeftOut, known_object
from cms.exchange.resources.drafts import DraftResource, refuse_locked
from cms.exchange.resources.models import external_id_of


class ParentColumn(Column):
    """The path of the page above, from the root of the tree: `/trang-chu/tin-tuc/`."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        parent = instance.get_parent()
        return "/" if parent is None or parent.is_root() else parent.url_path

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if instance.pk and value not in (None, "") and parent_of(value, exchange) != instance.get_parent():
            message = _("The page stands below “%(path)s”. Move it in the admin.")
            raise ValidationError(message % {"path": self.read(instance, exchange)})

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


class LanguageColumn(Column):
    """The code of the page's language."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        return instance.locale.language_code

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        if value not in (None, "") and instance.locale.language_code != value:
            message = _("The pages there are written in %(language)s.")
            raise ValidationError(message % {"language": instance.locale})

    def schema(self) -> dict[str, Any]:
        return {"enum": [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]}


class TranslationColumn(TextColumn):
    """What a page and its translations have in common; told once."""

    def read(self, instance: Any, exchange: Exchange) -> str:
        return str(instance.translation_key)

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        """Nothing to set: a new page has it from the start, and another one keeps its own."""


class PrivateColumn(Column):
    """Whether readers have to log in, or more, to see the page: `login`, `password` or `groups`.

    An import closes a page, by a login, and opens none: neither passwords nor groups leave in an export.
    """

    def read(self, instance: Any, exchange: Exchange) -> str:
        restriction = PageViewRestriction.objects.filter(page_id=instance.pk).first() if instance.pk else None
        return restriction.restriction_type if restriction else ""

    def write(self, instance: Any, value: Any, exchange: Exchange) -> None:
        types = {"", *(kind for kind, _label in PageViewRestriction.RESTRICTION_CHOICES)}
        if (value or "") not in types:
            raise ValidationError(
                _("“private” is one of: %(types)s.") % {"types": ", ".join(sorted(types - {""}))}
            )

    def schema(self) -> dict[str, Any]:
        return {"enum": ["", "login", "password", "groups"]}


class PageResource(DraftResource):
    """Pages of one type, each found by its external id, or by its parent and slug."""

    order = 40
    extra = (
        ParentColumn("parent", gettext_lazy("Page above")),
        LanguageColumn("language", gettext_lazy("Language")),
        TranslationColumn("translation_key", gettext_lazy("Translation key"), is_flat=False),
        PrivateColumn("private", gettext_lazy("Private")),
        *DraftResource.extra,
    )
    creation = "wagtail.edit"  # Wagtail has written down that the page was made, without a version
    unchecked = frozenset(
        {"path", "depth", "numchild", "url_path", "draft_title", "content_type", "parent", "language"}
        | {"translation_key", "private"}
    )

    def exported(self) -> Iterator[Any]:
        yield from self.objects().filter(alias_of=None).order_by("path").iterator(chunk_size=100)

    def keys(self, record: dict[str, Any]) -> list[str]:
        parent, slug = str(record.get("parent") or ""), record.get("slug")
        paths = [f"{parent.rstrip('/')}/{slug}/"] if parent.startswith("/") and slug else []
        return [*super().keys(record), *paths]

    def find_by_name(self, key: str) -> Any:
        if key.startswith("/"):
            path = _path_of(key)
            return self.objects().filter(url_path__in=[path, _below_site(path)]).order_by("pk").first()
        return super().find_by_name(key)

    def find(self, record: dict[str, Any], exchange: Exchange) -> Any:
        external_id = external_id_of(record)
        if external_id and (found := known_object(self, external_id)):
            return found
        if record.get("slug"):
            parent = self._parent(record, exchange)
            return (
                self.objects().child_of(parent).filter(slug=TextColumn("slug").parse(record["slug"])).first()
            )
        if not external_id:
            raise ValidationError(_("Nothing says which page this is: fill in “id” or “slug”."))
        return None

    def _parent(self, record: dict[str, Any], exchange: Exchange) -> Page:
        if record.get("parent") not in (None, ""):
            return parent_of(record["parent"], exchange)
        models = self.model.allowed_parent_page_models()
        possible = Page.objects.type(*models) if models else Page.objects.none()
        code = record.get("language") or Locale.get_default().language_code
        found = list(possible.filter(locale__language_code=code, alias_of=None)[:2])
        if len(found) != 1:
            raise ValidationError(_("Fill in “parent”: the path of the page below which this one stands."))
        return found[0].specific

    def new(self, record: dict[str, Any], exchange: Exchange) -> Any:
        parent = self._parent(record, exchange)
        if not self.model.can_create_at(parent):
            message = _("A page of this type can't stand below “%(path)s”.")
            raise ValidationError(message % {"path": parent.url_path or "/"})
        user = exchange.user
        if user is not None and not parent.permissions_for_user(user).can_add_subpage():
            raise ValidationError(_("You may not add pages below “%(path)s”.") % {"path": parent.url_path})
        page = self.model(live=False, locale=_locale(record, parent, user), owner=user)
        if key := record.get("translation_key"):
            _translate(page, TextColumn("translation_key").parse(key))
        return page

    def place(self, instance: Any, record: dict[str, Any], exchange: Exchange) -> None:
        parent = self._parent(record, exchange)
        if not record.get("slug"):
            # A check of the draft has made one, of any place: it is made anew for this one.
            instance.slug = ""
        parent.add_child(instance=instance)
        self._close(instance, record, exchange)

    def put(self, record: dict[str, Any], exchange: Exchange, *, publishes: bool) -> Any:
        outcome = super().put(record, exchange, publishes=publishes)
        self._close(outcome.instance, record, exchange)
        return outcome

    def _close(self, page: Any, record: dict[str, Any], exchange: Exchange) -> None:
        """Restrict a page that the record says is private, before it is published."""
        if record.get("private") and not page.get_view_restrictions().filter(page=page).exists():
            restriction = PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
            restriction.save(user=exchange.user)

    def authorize(self, found: Any, exchange: Exchange) -> None:
        refuse_locked(found, exchange.user)
        if found.alias_of_id:
            raise ValidationError(_("This page is an alias: change the page that it shows."))
        if exchange.user is not None and not found.permissions_for_user(exchange.user).can_edit():
            raise ValidationError(_("You may not change this page."))

    def may_publish(self, instance: Any, user: Any) -> bool:
        return user is None or instance.permissions_for_user(user).can_publish()


def parent_of(value: Any, exchange: Exchange) -> Page:
    """The page that a record stands below: by its path, or by its name. Raises ValidationError."""
    text = TextColumn("parent").parse(value).strip()
    if text == "/":
        return Page.get_first_root_node()
    if text.startswith("/"):
        path = _path_of(text)
        found = {page.url_path: page for page in Page.objects.filter(url_path__in=[path, _below_site(path)])}
        if page := found.get(path) or found.get(_below_site(path)):
            return page.specific
    try:
        return exchange.references.resolve(Page, text).specific
    except LeftOut as error:
        raise ValidationError(_("“%(path)s” is refused, too.") % {"path": text}) from error


def _path_of(text: str) -> str:
    return f"/{text.strip('/')}/" if text.strip("/") else "/"


def _below_site(path: str) -> str:
    """The path in the tree of a path of the default site."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page.url_path.rstrip("/") + path if site else path


def _locale(record: dict[str, Any], parent: Page, user: Any) -> Locale:
    """The language of a page: its parent's, or below the root its own."""
    code = record.get("language") or parent.locale.language_code
    if not parent.is_root():
        return parent.locale
    if code not in dict(settings.WAGTAIL_CONTENT_LANGUAGES):
        raise ValidationError(_("There is no language “%(code)s” here.") % {"code": code})
    locale = Locale.objects.filter(language_code=code).first()
    if locale is None and user is not None:
        raise ValidationError(_("There is no language “%(code)s” here.") % {"code": code})
    return locale or Locale.objects.create(language_code=code)


def _translate(page: Any, key: str) -> None:
    field = Page._meta.get_field("translation_key")
    key = field.to_python(key)
    if not Page.objects.filter(translation_key=key, locale=page.locale).exists():
        page.translation_key = key
