"""What demonstration content is loaded with: find what is there, make what is missing, touch nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.content import drawing
from cms.content.models import LegalDocument

CREDIT = "Hình minh họa"
NOTE = "Số liệu và hình ảnh trong bản trình diễn này chỉ có tính minh họa."


class Demo:
    """A load of demonstration content. `home` is the home page that all of it hangs below; `made` counts by kind."""

    def __init__(self) -> None:
        self.home: Page | None = None
        self.made: dict[str, int] = {}

    def count(self, kind: str) -> None:
        self.made[kind] = self.made.get(kind, 0) + 1

    def child(
        self,
        parent: Page,
        model: type[Page],
        *,
        slug: str,
        parts: Callable[[Any], None] = lambda page: None,
        **fields: Any,
    ) -> tuple[Any, bool]:
        """The page with this slug below `parent`, published; whether it was made now. `parts` adds what hangs on it."""
        if found := model.objects.child_of(parent).filter(slug=slug).first():
            return found, False
        page = parent.add_child(instance=model(slug=slug, live=False, locale=parent.locale, **fields))
        parts(page)
        # It is checked when it is added, and again when it is published.
        page.save_revision(clean=False).publish()
        self.count(model._meta.model_name)
        return model.objects.get(pk=page.pk), True

    def image(self, motif: str) -> Any:
        """The drawn picture of a motif of `drawing.MOTIFS`."""
        alt = drawing.MOTIFS[motif][1]
        return self._image(f"demo-{motif}.jpg", alt, lambda: drawing.painted(motif))

    def logo(self) -> Any:
        """The drawn logo."""
        return self._image("demo-logo.png", "Biểu trưng minh họa của Cổng thông tin", drawing.logo)

    def _image(self, name: str, alt: str, paint: Any) -> Any:
        model = get_image_model()
        title = f"Minh họa: {alt}"
        if found := model.objects.filter(title=title).first():
            return found
        self.count("image")
        return model.objects.create(
            title=title, description=alt, credit=CREDIT, file=ContentFile(paint(), name=name)
        )

    def document(self, name: str, title: str) -> Any:
        """A one-page PDF with this file name and title."""
        model = get_document_model()
        if found := model.objects.filter(title=title).first():
            return found
        self.count("document")
        return model.objects.create(title=title, file=ContentFile(_pdf(Path(name).stem), name=name))

    def legal_document(
        self, number: str, *, title: str, issuer: str, issued_on: date, file: str = ""
    ) -> LegalDocument:
        """A legal document by its number and issuer."""
        document = self.document(file, f"Văn bản {number}") if file else None
        values = {"title": title, "issued_on": issued_on, "document": document}
        return LegalDocument.objects.get_or_create(number=number, issuer=issuer, defaults=values)[0]


def paragraph(*texts: str) -> dict[str, Any]:
    """A paragraph block of stored StreamField content."""
    return {"type": "paragraph", "value": {"text": "".join(f"<p>{text}</p>" for text in texts)}}


def heading(text: str, level: int = 2) -> dict[str, Any]:
    """A heading block."""
    return {"type": "heading", "value": {"text": text, "level": str(level)}}


def bullets(*items: str) -> dict[str, Any]:
    """A list, within a paragraph block."""
    return {
        "type": "paragraph",
        "value": {"text": f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"},
    }


def picture(image: Any, caption: str) -> dict[str, Any]:
    """A picture block."""
    return {"type": "picture", "value": {"image": image.pk, "caption": caption, "credit": CREDIT}}


def _pdf(text: str) -> bytes:
    """A page with one line of ASCII, as PDF 1.4 (ISO 32000-1, 7.5)."""
    stream = f"BT /F1 24 Tf 72 720 Td ({text} - minh hoa) Tj ET".encode("ascii", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + trailer
