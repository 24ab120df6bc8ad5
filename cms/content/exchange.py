"""Legal documents and redirects in imports and exports."""

from __future__ import annotations

from typing import Any

from wagtail.contrib.redirects.models import Redirect

from cms.content.models import LegalDocument
from cms.content.redirects import stored_path
from cms.exchange.columns import Exchange, SiteColumn, TextColumn, label_of
from cms.exchange.references import known_object
from cms.exchange.registry import register
from cms.exchange.resources import ModelResource


class LegalDocumentResource(ModelResource):
    """Legal documents, which records cite by their numbers, where a number is that of one alone."""

    def keys(self, record: dict[str, Any]) -> list[str]:
        number = record.get("number")
        return [*super().keys(record), *([str(number).strip()] if number else [])]

    def find_by_name(self, key: str) -> Any:
        if found := known_object(self, key):
            return found
        numbered = list(self.objects().filter(number=key)[:2])
        return numbered[0] if len(numbered) == 1 else None


class OldPathColumn(TextColumn):
    """The path that a redirect begins at, as Wagtail stores it."""

    def parse(self, value: Any) -> str:
        return stored_path(super().parse(value))


class RedirectResource(ModelResource):
    """Redirects; an old address leads to one place on each website."""

    order = 60
    extra = (OldPathColumn("old_path", label_of(Redirect._meta.get_field("old_path")), can_be_empty=False),)

    def find_by_natural_key(self, record: dict[str, Any], exchange: Exchange) -> Any:
        about = Redirect()
        if record.get("site"):
            SiteColumn("site").write(about, record["site"], exchange)
        path = self.columns["old_path"].parse(record["old_path"])
        return self.objects().filter(old_path=path, site=about.site).first()


register(
    LegalDocumentResource("legal_document", LegalDocument, natural_key=["number", "issuer"], order=10),
    RedirectResource(
        "redirect", Redirect, natural_key=["old_path"], without=["automatically_created", "old_path"]
    ),
)
