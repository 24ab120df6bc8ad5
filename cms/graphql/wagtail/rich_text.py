"""Rich text as readers get it: links written out, and only those that lead somewhere public.

Wagtail's own expansion runs a query for each text and links to drafts; this one reads the targets of all sibling
texts at once, under the public rule. A link to what is not public loses its address and stays as text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Any

import graphene
from django.utils.html import escape, strip_tags
from graphql import GraphQLResolveInfo
from wagtail.documents import get_document_model
from wagtail.rich_text.rewriters import EmbedRewriter, LinkRewriter

from cms.content.numbers import whole_number
from cms.content.sanitizing import clean_html
from cms.content.visibility import public
from cms.graphql.execution.loading import page_paths
from cms.graphql.execution.scheduler import LoadGenerator, gather
from cms.graphql.schema.fields import Batched
from cms.media.addresses import absolute

REFERENCE = re.compile(r'<a\b[^>]*\blinktype="(\w+)"[^>]*>')
ID = re.compile(r'\bid="(\d{1,18})"')
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br\s*/?>|<hr\s*/?>")


@dataclass
class Targets:
    """Addresses of what a set of texts links to, by kind and id."""

    addresses: dict[str, dict[int, str]]

    @classmethod
    def of(cls, texts: Iterable[str], info: GraphQLResolveInfo) -> LoadGenerator:
        """Those of `texts`."""
        wanted: dict[str, set[int]] = defaultdict(set)
        for text in texts:
            for tag in REFERENCE.finditer(text):
                if identity := ID.search(tag.group(0)):
                    wanted[tag.group(1)].add(int(identity.group(1)))
        pages, documents = yield from gather(
            page_paths(wanted["page"], info), _document_addresses(wanted["document"], info)
        )
        return cls({"page": pages, "document": documents})

    def _link(self, kind: str, attributes: dict[str, str]) -> str:
        key = whole_number(attributes.get("id", ""))
        address = self.addresses[kind].get(key) if key is not None else None
        return f'<a href="{escape(address)}">' if address else "<a>"

    def expand(self, text: str) -> str:
        """The HTML of a stored rich text, harmless whatever was stored."""
        rules = {
            kind: lambda attributes, kind=kind: self._link(kind, attributes) for kind in ("page", "document")
        }
        return clean_html(EmbedRewriter()(LinkRewriter(rules)(text)))


def _document_addresses(pks: set[int], info: GraphQLResolveInfo) -> LoadGenerator:
    if not pks:
        return {}
    documents = public(get_document_model().objects.filter(pk__in=pks), info.context.rule)
    return {document.pk: absolute(document.url) for document in (yield documents.only("file"))}


def plain_text(html: str) -> str:
    """The words of a rich text, a line for each paragraph."""
    lines = (" ".join(unescape(strip_tags(part)).split()) for part in BLOCK_END.split(html))
    return "\n".join(line for line in lines if line)


def text_of(instance: Any, source: str) -> str:
    """The stored rich text of a model's field or of a block's child."""
    stored = instance.raw.get(source) if hasattr(instance, "raw") else getattr(instance, source)
    return stored or ""


class RichTextHtml(Batched):
    """A rich text as HTML, its links under the public rule."""

    def __init__(self, source: str, *, required: bool = True, **kwargs: Any) -> None:
        self.source = source
        super().__init__(graphene.String, load=self._load, required=required, **kwargs)

    def default_columns(self, name: str) -> list[str]:
        return [self.source]

    def _load(self, instances: list[Any], info: GraphQLResolveInfo) -> LoadGenerator:
        texts = {each.pk: text_of(each, self.source) for each in instances}
        targets = yield from Targets.of(texts.values(), info)
        return {pk: targets.expand(text) for pk, text in texts.items()}


class RichTextPlain(Batched):
    """A rich text without its markup."""

    def __init__(self, source: str, *, required: bool = True, **kwargs: Any) -> None:
        self.source = source
        super().__init__(graphene.String, load=self._load, required=required, **kwargs)

    def default_columns(self, name: str) -> list[str]:
        return [self.source]

    def _load(self, instances: list[Any], info: GraphQLResolveInfo) -> dict[Any, str]:
        return {each.pk: plain_text(text_of(each, self.source)) for each in instances}
