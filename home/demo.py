"""The portal of the demonstration: home page, settings and menus."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings as django_settings
from wagtail.models import Locale, Page, Site

from cms.content.demo import NOTE, Demo, paragraph
from home.models import FooterItem, HomePage, MenuItem, MenuSubitem, SiteSettings, SocialLink
from home.setting_up import place_home, welcome_page

ORDER = 0
#: By this the demonstration's own home page is known again, whatever an editor calls it.
KEY = uuid5(NAMESPACE_URL, "portal-cms/demo/home")
NAME = "Trang thông tin điện tử Ban quản lý các khu công nghiệp Phú Thọ"
ORGANIZATION = "Ban quản lý các khu công nghiệp tỉnh Phú Thọ"


def load(demo: Demo) -> None:
    """Make the home page, in the place of Wagtail's welcome page where that is all there is."""
    locale = Locale.objects.get_or_create(language_code=django_settings.LANGUAGE_CODE)[0]
    demo.home = HomePage.objects.filter(locale=locale, translation_key=KEY).first() or _make_home(
        demo, locale
    )
    _make_settings(demo, _site(demo.home))


def finish(demo: Demo) -> None:
    """Make the menus, now that the pages of all apps are there."""
    settings = SiteSettings.objects.filter(site__root_page=demo.home).first()
    if settings is None or settings.main_menu_items.exists():
        return
    for order, (title, target, below) in enumerate(_main_menu(demo)):
        item = MenuItem.objects.create(settings=settings, sort_order=order, title=title, **_target(target))
        for suborder, (subtitle, subtarget) in enumerate(below):
            MenuSubitem.objects.create(item=item, sort_order=suborder, title=subtitle, **_target(subtarget))
    for order, (title, target, _below) in enumerate(_main_menu(demo)[-3:]):
        FooterItem.objects.create(settings=settings, sort_order=order, title=title, **_target(target))
    demo.count("menu")


def _make_home(demo: Demo, locale: Locale) -> HomePage:
    taken = welcome_page() is None and Page.objects.filter(depth=2, slug="home").exists()
    sections = [
        _hero(demo),
        {"type": "list", "value": {"heading": "Tin tức – Sự kiện", "kind": "articles", "limit": 6}},
        {"type": "list", "value": {"heading": "Các khu công nghiệp", "kind": "zones", "limit": 10}},
        {"type": "list", "value": {"heading": "Phong trào thi đua", "kind": "campaigns", "limit": 3}},
        {"type": "list", "value": {"heading": "Bình chọn", "kind": "polls", "limit": 1}},
        {"type": "text", "value": {"heading": "Về bản trình diễn", "text": [paragraph(NOTE)]}},
    ]
    home = HomePage(
        title="Trang chủ",
        slug="demo" if taken else "home",
        seo_title=NAME,
        locale=locale,
        translation_key=KEY,
        sections=sections,
    )
    place_home(home, site_name=ORGANIZATION)
    demo.count("homepage")
    return HomePage.objects.get(pk=home.pk)


def _hero(demo: Demo) -> dict[str, Any]:
    value = {
        "title": "Khu công nghiệp Phú Thọ – điểm đến của nhà đầu tư",
        "text": "Thông tin chính thức về quy hoạch, đầu tư và hoạt động của các khu công nghiệp trên địa bàn tỉnh.",
        "picture": {"image": demo.image("khu-cong-nghiep").pk, "caption": "", "credit": ""},
        "buttons": [],
    }
    return {"type": "hero", "value": value}


def _site(home: HomePage) -> Site:
    site = Site.objects.filter(root_page=home).first()
    if site is None:
        first = not Site.objects.filter(is_default_site=True).exists()
        site = Site.objects.create(
            hostname="demo.localhost", root_page=home, is_default_site=first, site_name=ORGANIZATION
        )
    return site


def _make_settings(demo: Demo, site: Site) -> None:
    if SiteSettings.objects.filter(site=site).exists():
        return
    settings = SiteSettings.objects.create(
        site=site,
        name=NAME,
        organization=ORGANIZATION,
        hotline="0210.3843021",
        address="Tỉnh Phú Thọ, Việt Nam",
        email="banquanly@example.vn",
        logo=demo.logo(),
        copyright=f"© {ORGANIZATION}",
        responsible="Trưởng ban Ban Quản lý các khu công nghiệp (bản trình diễn)",
        licence="Giấy phép: bản trình diễn, chưa cấp",
        source_note="Ghi rõ nguồn khi phát hành lại thông tin từ cổng này.",
    )
    links = [("facebook", "https://www.facebook.com/example"), ("zalo", "https://zalo.me/example")]
    for order, (platform, url) in enumerate(links):
        SocialLink.objects.create(settings=settings, sort_order=order, platform=platform, url=url)
    demo.count("settings")


def _target(target: Page | str | None) -> dict[str, Any]:
    return {"page": target} if isinstance(target, Page) else {"url": target or "/"}


def _main_menu(demo: Demo) -> list[tuple[str, Page | str | None, list[tuple[str, Page | str | None]]]]:
    def page(slug: str) -> Page | str:
        return demo.home.get_descendants().live().filter(slug=slug).first() or "/"

    news, zones = page("tin-tuc"), page("cac-khu-cong-nghiep")
    return [
        (
            "Giới thiệu",
            page("chuc-nang-nhiem-vu-cua-ban-quan-ly"),
            [("Cơ cấu tổ chức", page("co-cau-to-chuc"))],
        ),
        ("Tin tức – Sự kiện", news, []),
        ("Văn bản pháp luật", page("van-ban-moi-ve-khu-cong-nghiep"), []),
        ("Thủ tục hành chính", page("thu-tuc-cap-giay-chung-nhan-dang-ky-dau-tu"), []),
        ("Các khu công nghiệp", zones, [("Thụy Vân", page("thuy-van")), ("Phú Hà", page("phu-ha"))]),
        ("Xúc tiến đầu tư", page("moi-goi-dau-tu-vao-khu-cong-nghiep"), []),
        ("Phong trào thi đua", page("phong-trao-thi-dua"), []),
        ("Liên hệ", page("thong-tin-lien-he"), []),
    ]
