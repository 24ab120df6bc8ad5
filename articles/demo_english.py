"""The English articles of the demonstration: translations of two of the Vietnamese ones, and of their list."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Locale

from articles.demo.text import Part, blocks, table, zone_map
from articles.models import ArticleCategory, ArticleIndexPage, ArticlePage
from cms.content.demo import Demo

ORDER = 40
AUTHOR, SOURCE = "Nguyễn Việt Dũng", "Office of the Authority"
CATEGORIES = {"investment": "Investment", "about-us": "About us"}


@dataclass(frozen=True, kw_only=True)
class Translation:
    """An article in English; its day, picture and files are those of the article `of` (a slug) that it translates."""

    of: str
    section: str
    slug: str
    title: str
    summary: str
    tag: str
    body: tuple[Part, ...]


TRANSLATIONS = (
    Translation(
        of="moi-goi-dau-tu-vao-khu-cong-nghiep",
        section="investment",
        slug="invest-in-cam-khe-and-phu-ha",
        title="Invest in Cẩm Khê and Phú Hà",
        summary="Two industrial zones have cleared land left. Clean technology and links with companies of the "
        "province come first.",
        tag="investment",
        body=(
            """Cẩm Khê and Phú Hà lie near the interchanges of the Nội Bài – Lào Cai expressway. Electricity, clean
            water and central waste water treatment are in place. Investors can take over the land within 30 days after
            the contract is signed.""",
            zone_map("cam-khe", "phu-ha"),
            "## Terms of lease",
            table(
                "Prices for reference (illustration)",
                ("Industrial zone", "Land to lease (ha)", "Price (USD/m²/50 years)"),
                ("Cẩm Khê", "182", "60 – 65"),
                ("Phú Hà", "96", "65 – 72"),
            ),
            """## What we are looking for

            - Electronics, precision engineering, new materials.
            - Food processing that is supplied from within the province.
            - Logistics and services for industry.

            One contact at the Authority stays with your file, from the choice of a site to the test run.""",
        ),
    ),
    Translation(
        of="chuc-nang-nhiem-vu-cua-ban-quan-ly",
        section="about-us",
        slug="about-the-authority",
        title="About the Authority",
        summary="The Authority is the state's administration of the industrial zones of Phú Thọ province.",
        tag="about us",
        body=(
            """The Authority is where companies in the industrial zones apply for permits and bring
            their questions.

            ## What we do

            - Oversee planning, construction and infrastructure of the zones.
            - Decide on investment, labour and environment as far as this is delegated to us.
            - Promote investment and support companies.
            - Settle petitions of companies and citizens together with other offices.""",
            zone_map("thuy-van", "trung-ha", "phu-ha", "cam-khe", "tam-nong", "phu-ninh", "ha-hoa"),
        ),
    ),
)


def load(demo: Demo) -> None:
    """Translate the list of articles and two of them."""
    locale = Locale.objects.get(language_code="en")
    index = ArticleIndexPage.objects.descendant_of(demo.home).filter(slug="tin-tuc").first()
    if index is None:
        return
    if not index.has_translation(locale):
        _publish(
            index.copy_for_translation(locale).specific,
            demo,
            title="News",
            slug="news",
            introduction="News and notices of the Phu Tho Industrial Zones Authority.",
        )
    for text in TRANSLATIONS:
        original = ArticlePage.objects.child_of(index).filter(slug=text.of).first()
        if original and not original.has_translation(locale):
            _translate(demo, text, original.copy_for_translation(locale).specific)


def _translate(demo: Demo, text: Translation, article: ArticlePage) -> None:
    name = CATEGORIES[text.section]
    category, _made = ArticleCategory.objects.get_or_create(slug=text.section, defaults={"name": name})
    article.tags.set([text.tag])
    _publish(
        article,
        demo,
        slug=text.slug,
        title=text.title,
        summary=text.summary,
        search_description=text.summary,
        body=list(blocks(text.body, demo)),
        author=AUTHOR,
        source=SOURCE,
        category=category,
    )


def _publish(page: ArticlePage | ArticleIndexPage, demo: Demo, **fields: object) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    demo.count(page._meta.model_name)
