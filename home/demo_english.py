"""The demonstration in English: a home page, and what the site says of itself. Only where it is asked for."""

from __future__ import annotations

from wagtail.models import Locale

from cms.content.demo import Demo, paragraph
from home.models import HomePage, SiteSettings, SiteTranslation

ORDER = 0
NAME = "Portal of the Phu Tho Industrial Zones Authority"
ORGANIZATION = "Phu Tho Provincial Industrial Zones Authority"
NOTE = "Figures and pictures in this demonstration are for illustration only."


def load(demo: Demo) -> None:
    """Make the translation of the home page, and the site's texts."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    if not demo.home.has_translation(locale):
        _translate(demo, locale)
    settings = SiteSettings.objects.filter(site__root_page=demo.home).first()
    if settings and not settings.translations.filter(language="en").exists():
        SiteTranslation.objects.create(
            settings=settings,
            language="en",
            name=NAME,
            organization=ORGANIZATION,
            address="Phu Tho province, Viet Nam",
            copyright=f"© {ORGANIZATION}",
            responsible="Head of the Industrial Zones Authority (demonstration)",
            licence="Licence: a demonstration, none is given",
            source_note="Please name this portal as the source when you publish its content again.",
        )


def _translate(demo: Demo, locale: Locale) -> None:
    page: HomePage = demo.home.specific.copy_for_translation(locale).specific
    page.title, page.seo_title = "Home", NAME
    hero = {
        "title": "Industrial zones of Phu Tho – ready for your investment",
        "text": "Official information on planning, investment and operation of the industrial zones of the province.",
        "picture": {"image": demo.image("khu-cong-nghiep").pk, "caption": "", "credit": ""},
        "buttons": [],
    }
    page.sections = [
        {"type": "hero", "value": hero},
        {"type": "list", "value": {"heading": "News", "kind": "articles", "limit": 6}},
        {"type": "list", "value": {"heading": "Industrial zones", "kind": "zones", "limit": 10}},
        {"type": "list", "value": {"heading": "Your opinion", "kind": "polls", "limit": 1}},
        {"type": "text", "value": {"heading": "About this demonstration", "text": [paragraph(NOTE)]}},
    ]
    page.save_revision().publish()
    demo.count("homepage")
