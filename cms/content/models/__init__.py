from __future__ import annotations

from cms.content.models.legal_documents import LegalDocument
from cms.content.models.pages import BasePage

__all__ = ["BasePage", "LegalDocument"]
