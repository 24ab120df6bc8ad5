"""Content of which every list, link and text holds something that is not as it should be, and is in every database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Page,
    PageViewRestriction,
    Site,
    get_page_models,
)

from articles.models import ArticleIndexPage, ArticlePage
from campaigns.models import CampaignPage
from cms.media.models import Document, Image
from home.models import FooterItem, HomePage, MenuItem, MenuSubitem, SiteSettings, SiteTranslation
from polls.models import Poll, ResultsVisibility
from tests.drafts import token_of
from tests.factories.articles import CategoryFactory, LegalDocumentFactory, moment
from tests.factories.home import HomePageFactory, settings_of
from tests.factories.languages import in_english
from tests.factories.media import DocumentFactory, ImageFactory, private_collection
from tests.factories.polls import PollFactory, vote
from tests.factories.portal import ArticlePageFactory, CampaignPageFactory
from tests.factories.zones import ZoneMapPageFactory, ZonePageFactory, square
from tests.oracle.values import Draft
from zones.models import Industry, ZonePage

#: Keys that nothing has: of what was deleted, or never was.
GONE = 999_999
OTHER_HOST = "khac.example.vn"


@dataclass
class Shelf:
    """What many pages point to: things that are public, that are hidden, and that are gone."""

    images: list[Image]
    documents: list[Document]
    polls: list[Poll]

    @classmethod
    def stocked(cls) -> Shelf:
        private = private_collection()
        below = private.add_child(name="Below private")
        images = [
            ImageFactory(),
            ImageFactory(pixels=(90, 60)),
            ImageFactory(pixels=(300, 200)),
            ImageFactory(collection=private),
            ImageFactory(collection=below, focal_point_x=30, focal_point_y=40),
        ]
        images[0].tags.add("ảnh", "Chung")
        images[3].tags.add("chung")
        documents = [DocumentFactory(), DocumentFactory(title=""), DocumentFactory(collection=private)]
        documents[0].tags.add("chung")
        polls = [
            PollFactory(question="Mở?"),
            PollFactory(question="Sắp mở?", scheduled=True),
            PollFactory(question="Đã đóng?", closed=True, results_visibility=ResultsVisibility.AFTER_CLOSING),
            PollFactory(question="Kín?", results_visibility=ResultsVisibility.NEVER),
            PollFactory(question="Sau khi bầu?", results_visibility=ResultsVisibility.AFTER_VOTE, texts=()),
            PollFactory(question="Nháp?", live=False),
        ]
        for place in (0, 1, 0):
            vote(polls[0], place)
            vote(polls[3], place)
        return cls(images, documents, polls)


def nasty_content() -> None:
    """Build it: two sites, two languages, drafts, expired and private pages, choosers of what is gone, equal titles."""
    home = HomePageFactory()
    shelf = Shelf.stocked()
    categories = [CategoryFactory(name="Chuyên mục"), CategoryFactory(name="Chuyên mục"), CategoryFactory()]
    laws = [
        LegalDocumentFactory(document=shelf.documents[0]),
        LegalDocumentFactory(document=shelf.documents[2]),
        LegalDocumentFactory(number="1/QD", issuer="A"),
        LegalDocumentFactory(number="1/QD", issuer="B"),
    ]
    campaigns = _campaigns(shelf, laws)
    zones = _zones(shelf)
    articles = _articles(shelf, categories, laws, campaigns, zones)
    _home(home, shelf, [*articles, *campaigns, *zones])
    _hide(articles, campaigns, zones)
    _in_english([home, *articles[:3], campaigns[0], zones[0]])
    _second_site(shelf)
    _settings(home, shelf, [*articles, *campaigns, *zones])
    _redirects([*articles, *campaigns])
    # Editors are told that a picture needs alternative text; old ones may have none.
    Image.objects.filter(pk=shelf.images[1].pk).update(description="")
    # A page whose type lacks what others have, and lists that are empty.
    HomePage.objects.get(pk=home.pk).add_child(
        instance=ArticleIndexPage(title="Trống", slug="trong", show_in_menus=True)
    )
    call_command("reindex_search", verbosity=0)


def _campaigns(shelf: Shelf, laws: list[Model]) -> list[CampaignPage]:
    made = []
    for number in range(5):
        campaign = CampaignPageFactory(
            title="Phong trào" if number % 2 else f"Phong trào thi đua {number}",
            hero_image=shelf.images[number] if number < 4 else None,
            social_image=shelf.images[0] if number == 3 else None,
            objectives=[_paragraph(number)] * (number % 3),
            measures=[_block("measure", title="Việc", description=[_paragraph(number)] * (number % 2))]
            * number,
        )
        for _each in range(number % 3):
            campaign.milestones.create(title="Mốc", date=date(2026, 2, 1))
            campaign.participants.create(name="Sở")
            campaign.targets.create(label="Hộ", baseline=10, goal=10 + number, current=11)
        for law in laws[:number]:
            campaign.legal_basis_links.create(legal_document=law)
        campaign.save()
        made.append(campaign)
    return made


def _zones(shelf: Shelf) -> list[ZonePage]:
    maps = [ZoneMapPageFactory(introduction='<p><a linktype="page" id="999999">x</a> y</p>')]
    maps.append(ZoneMapPageFactory(title="Bản đồ trống", slug="ban-do-trong"))
    industries = [Industry.objects.create(name="Ngành", slug=f"nganh-{number}") for number in range(3)]
    made = []
    for number in range(6):
        zone = ZonePageFactory(
            parent=maps[0],
            title="Khu" if number % 2 else f"Khu công nghiệp {number}",
            boundary=square(105.2 + number / 50, 21.3) if number % 3 else None,
            center_longitude=105.205 + number / 50,
            leasable_area_ha=80 if number else 0,
            leased_area_ha=10 * number,
            pictures=[_picture(shelf.images[number % 5].pk), _picture(GONE), _picture(None)][: number % 4],
            body=_body(number, shelf, [], []),
        )
        zone.industries.add(*industries[: number % 4])
        for document in shelf.documents[: number % 4]:
            zone.document_links.create(document=document)
        for _each in range(number % 3):
            zone.enterprises.create(name="Công ty", website="javascript:alert(1)")
            zone.transport.create(kind="port", name="Cảng", distance_km=number)
        zone.save()
        made.append(zone)
    return made


def _articles(
    shelf: Shelf,
    categories: list[Model],
    laws: list[Model],
    campaigns: list[CampaignPage],
    zones: list[ZonePage],
) -> list[ArticlePage]:
    made: list[ArticlePage] = []
    for number in range(10):
        article = ArticlePageFactory(
            # Equal titles and days: only the key tells such rows apart in an order.
            title="Bài" if number % 3 == 0 else f"Bài viết {number}",
            published_at=moment(1 + number // 3),
            author="Nguyễn" if number % 2 else "",
            featured=number % 4 == 0,
            category=categories[number % 3] if number % 4 else None,
            campaign=campaigns[number % 5] if number % 3 else None,
            hero_image=shelf.images[number % 5] if number % 2 else None,
            social_image=shelf.images[(number + 1) % 5] if number % 4 == 0 else None,
            canonical_url="https://khac.example.vn/bai/" if number == 4 else "",
            search_description="Mô tả" if number % 2 else "",
            seo_title="Tiêu đề" if number == 5 else "",
            robots_noindex=number == 6,
            body=_body(number, shelf, [*made, *campaigns], zones),
            tags=["thẻ", "Thẻ khác"][: number % 3],
            legal_documents=laws[: number % 5],
            show_in_menus=number % 2 == 0,
        )
        for document in shelf.documents[: number % 4]:
            article.attachments.create(document=document)
        article.save()
        made.append(article)
    return made


def _hide(articles: list[ArticlePage], campaigns: list[CampaignPage], zones: list[ZonePage]) -> None:
    """Hide some of each in every way, leave the search index and links as they are, and delete what others point to."""
    for hidden in (articles[1:5], campaigns[3:5], zones[4:6]):
        for page, way in zip(hidden, (_unpublish, _expire, _restrict, _expire_later), strict=False):
            way(page)
    articles[9].delete()


def _unpublish(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(live=False)


def _expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(hours=1))


def _expire_later(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(days=2))


def _restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")


def _in_english(pages: list[Page]) -> None:
    for page in pages:
        in_english(page.specific)
    # A translation that is not public any more.
    english = ArticlePage.objects.filter(locale__language_code="en").order_by("pk").last()
    _unpublish(english)


def _second_site(shelf: Shelf) -> None:
    """Another site, whose pages have slugs and titles of the first, one of them closed to the public as a whole."""
    root = Page.get_first_root_node()
    other = root.add_child(instance=HomePage(title="Trang khác", slug="khac"))
    Site.objects.create(hostname=OTHER_HOST, port=8080, root_page=other, site_name="Khác")
    index = other.add_child(instance=ArticleIndexPage(title="Tin tức", slug="tin-tuc"))
    for number in range(3):
        body = _body(number, shelf, [index], [])
        index.add_child(
            instance=ArticlePage(title="Bài", slug=f"bai-{number}", published_at=moment(2), body=body)
        )
    closed = other.add_child(instance=ArticleIndexPage(title="Kín", slug="kin"))
    PageViewRestriction.objects.create(page=closed.page_ptr, restriction_type="password", password="x")
    closed.add_child(instance=ArticlePage(title="Bài kín", slug="bai-kin", published_at=moment(3)))
    # Pages of no site, which have no address.
    root.add_child(instance=HomePage(title="Không có trang", slug="khong-co-trang"))


def _home(home: HomePage, shelf: Shelf, pages: list[Page]) -> None:
    button = {"text": "Xem", "page": pages[1].pk, "url": "", "style": "primary"}
    hero = _block(
        "hero",
        title="Chào",
        text="",
        picture={"image": shelf.images[3].pk, "caption": "", "credit": ""},
        buttons=[button, {**button, "page": GONE}, {**button, "page": None, "url": "javascript:x"}],
    )
    text = _block("text", heading="Chữ", text=[_paragraph(1), _picture(shelf.images[0].pk), _picture(GONE)])
    listed = _block("list", heading="Mới", kind="articles", limit=3)
    home.refresh_from_db()
    home.sections = [hero, listed, text, _block("text", heading="Trống", text=[])]
    home.save()


def _settings(home: HomePage, shelf: Shelf, pages: list[Page]) -> None:
    settings = settings_of(home)
    settings.name, settings.hotline, settings.logo = "Cổng", "0210", shelf.images[3]
    settings.social_links.create(platform="zalo", url="javascript:alert(1)")
    settings.social_links.create(platform="facebook", url="https://facebook.example/x")
    settings.translations.add(SiteTranslation(language="en", name="Portal"))
    settings.save()
    for order, page in enumerate([*pages[:4], pages[-1]]):
        item = MenuItem.objects.create(settings=settings, page=page.page_ptr, sort_order=order)
        MenuSubitem.objects.create(item=item, page=pages[5].page_ptr, sort_order=0)
        MenuSubitem.objects.create(item=item, url="/x/", title="Địa chỉ", sort_order=0)
        FooterItem.objects.create(settings=settings, page=page.page_ptr, title="Chân", sort_order=0)


def _redirects(pages: list[Page]) -> None:
    site = Site.objects.get(is_default_site=True)
    for number, page in enumerate(Page.objects.filter(pk__in=[each.pk for each in pages[:6]])):
        Redirect.objects.create(
            old_path=f"/cu/{number}", redirect_page=page, site=site if number % 2 else None
        )
    Redirect.objects.create(old_path="/cu/0", redirect_link="https://khac.example.vn/", site=site)
    Redirect.objects.create(old_path="/cu/js", redirect_link="javascript:alert(1)")


def _body(number: int, shelf: Shelf, pages: list[Any], zones: list[ZonePage]) -> list[dict[str, Any]]:
    """A body that holds every kind of block; what it chooses is public, hidden or gone, by turns."""
    page = pages[number % len(pages)].pk if pages else GONE
    image = [*(each.pk for each in shelf.images), GONE, None][number % 7]
    document = [*(each.pk for each in shelf.documents), GONE, None][number % 5]
    poll = [*(each.pk for each in shelf.polls), GONE, None][number % 8]
    button = {"text": "Xem", "page": page, "url": "", "style": "primary"}
    blocks = [
        _paragraph(page, document),
        _picture(image),
        _block("gallery", pictures=[{"image": image, "caption": "", "credit": ""}] * (number % 3)),
        _block("attachment", document=document),
        _block("call_to_action", **button),
        _block("poll", poll=poll),
        _block("zone_map", zones=[*(each.pk for each in zones[number % 3 :]), GONE]),
        _block("quote", text="Lời", attribution=""),
        _block("heading", text="Đề mục", level="h2"),
        _block("khong_con", x=1),
    ]
    return blocks[: number + 2] if number % 2 else blocks[::-1]


def _block(kind: str, /, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value}


def _picture(image: int | None) -> dict[str, Any]:
    return _block("picture", image=image, caption="Chú thích", credit="")


def _paragraph(page: int, document: int | None = GONE) -> dict[str, Any]:
    links = f'<a linktype="page" id="{page}">trang</a> <a linktype="document" id="{document}">tệp</a>'
    return _block("paragraph", text=f"<p>Phong trào {links} <a>trống</a></p><p><script>x</script></p>")


def drafts_of_content(editor: Any) -> list[Draft]:
    """A preview of one page of each type, of a page that was never saved, of a poll and of a site's settings."""
    made: list[Draft] = []
    for model in get_page_models():
        page = (
            model.objects.filter(depth__gt=1).exact_type(model).order_by("pk").first()
            if model is not Page
            else None
        )
        if page is not None:
            made.append(_draft("page", _changed(page), editor))
    made.append(_draft("page", _never_saved(), editor))
    made.append(_draft("poll", _changed(Poll.objects.order_by("pk").first()), editor))
    made.append(_draft("site", _changed(SiteSettings.objects.order_by("pk").first()), editor))
    return made


def _draft(root: str, thing: Any, editor: Any) -> Draft:
    arguments = {"token": token_of(thing, editor)}
    if root == "page":
        arguments["contentType"] = thing._meta.label
    return Draft(root, arguments, "Site" if root == "site" else type(thing).__name__)


def _changed(thing: Any) -> Any:
    for name in ("title", "question", "name"):
        if hasattr(thing, name):
            setattr(thing, name, f"Nháp: {getattr(thing, name)}")
    if isinstance(thing, ArticlePage):
        thing.tags.add("nháp")
        thing.published_at = moment(2)
    if isinstance(thing, Poll):
        thing.options.first().text = "Nháp"
    return thing


def _never_saved() -> ArticlePage:
    index = ArticleIndexPage.objects.filter(live=True).order_by("pk").first()
    page = ArticlePage(title="Chưa lưu", slug="chua-luu", published_at=moment(2), owner=None)
    page.set_url_path(index)
    # As Wagtail's view of a new page's preview leaves it: below its parent, without a place in the tree.
    page.get_parent = lambda update=False: index
    return page
