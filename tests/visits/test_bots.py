"""Whose page views count: those of browsers, also within apps, and not those of programs that say what they are."""

from __future__ import annotations

import pytest

from visits.bots import is_bot

pytestmark = pytest.mark.one_database

SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0.148 "
        "Chrome/124.0.6367.148 Safari/537.36",
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) {SAFARI} Zalo iOS/25.07 ZaloLanguage/vn",
        f"Mozilla/5.0 (Linux; Android 14; SM-A546E; wv) {CHROME} Zalo android/25070123 ZaloLanguage/vi",
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {SAFARI} [FBAN/FBIOS;FBAV/470.0;FBDV/iPhone14,5]",
        f"Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 30) {CHROME}",
        "CongThongTin/1.2 CFNetwork/1494.0.7 Darwin/23.4.0",
    ],
)
def test_readers_count(agent: str):
    assert not is_bot(agent)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        " ",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "facebookexternalhit/1.1",
        "meta-externalagent/1.1",
        "Viber",
        "UptimeRobot/2.0",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
        "curl/8.0",
        "python-requests/2",
        "Go-http-client/2.0",
        "okhttp/4.12.0",
        "node",
        "Mozilla/5.0 (compatible; NobodyHeardOfItBot/1.0)",
    ],
)
def test_programs_do_not_count(agent: str):
    assert is_bot(agent)
