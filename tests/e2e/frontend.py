"""The smallest frontend there can be, on an origin of its own: it knows the endpoint, and what docs/previews.md says."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

PAGE = """query ($contentType: String!, $token: String!) { page(contentType: $contentType, token: $token) {
  title ... on ArticlePage { summary body { ... on ParagraphBlock { html } } } } }"""
POLL = "query ($token: String!) { poll(token: $token) { title: question } }"
SITE = "query ($token: String!) { site(token: $token) { title: name mainMenu { title } } }"
QUERIES = {"polls.Poll": POLL, "home.SiteSettings": SITE}
#: Long enough to scroll; a picture whose text is a file's name, which Wagtail's checks find.
BODY = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>
<body><main><h1>{title}</h1><p id="summary">{summary}</p><img src="data:," alt="anh_1.jpg" width="80" height="80">
{paragraphs}<div id="body">{body}</div></main><script async src="{cms}/static/preview/userbar.js"></script></body></html>"""


@contextmanager
def frontend(cms: str) -> Iterator[str]:
    """A server of previews of `cms`, until the end of the block; its address."""
    handler = type("Handler", (_Handler,), {"cms": cms})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    cms: str

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        found = self._asked(asked)
        shown = next(iter((found.get("data") or {}).values()), None)
        status = 403 if "errors" in found or shown is None else 200
        page = self._page(shown) if shown else escape(json.dumps(found))
        self.send_response(status)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": f"frame-ancestors {self.cms}; default-src 'none'; script-src {self.cms}; "
            f"style-src {self.cms}; img-src data: {self.cms}; connect-src {self.cms}",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page.encode())

    def _asked(self, variables: dict[str, str]) -> dict[str, Any]:
        query = QUERIES.get(variables.get("contentType", ""), PAGE)
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = Request(f"{self.cms}/graphql/", body, {"Content-Type": "application/json"})  # noqa: S310
        with urlopen(request) as answer:  # noqa: S310 - our own server
            return json.load(answer)

    def _page(self, shown: dict[str, Any]) -> str:
        paragraphs = "".join(f"<p>Dòng {number}</p>" for number in range(150))
        body = "".join(block.get("html", "") for block in shown.get("body", ()))
        body += " ".join(item["title"] for item in shown.get("mainMenu", ()))
        summary, title = escape(shown.get("summary", "")), escape(shown["title"])
        return BODY.format(title=title, summary=summary, paragraphs=paragraphs, body=body, cms=self.cms)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""
