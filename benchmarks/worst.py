"""The slowest requests within the limits, beside the clients' list: `python -m benchmarks.worst`.

For the site of DATABASE_URL, as `benchmarks.build` makes it, on one server with the answer cache off. All are asked in
turn, so that whatever disturbs the machine disturbs all. Prints the medians, and what a point of cost takes compared
with a point of the list's: a field that is dear beside its cost needs a `weight` where it is declared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics

from benchmarks.growth import Reader
from benchmarks.ours import questions
from benchmarks.systems import Question, System, granian, production

PORT = 8063
#: Requests of each kind after which PostgreSQL's prepared statements and ours are there.
WARM_UP = 5
AROUND = " ".join(f"{name}(limit: 5) {{ title }}" for name in ("siblings", "children", "descendants"))
#: Found at random, among lists of all kinds with everything dear below them.
WORST = {
    "pages around pages that are found": f"""{{ search(query: "khu công nghiệp", first: 100) {{
      totalCount facets {{ count }} suggestion
      nodes {{ excerpt page {{ ancestors {{ title url }} translations {{ title }} {AROUND} }} }}
    }} }}""",
    "what stands beside each article": """{ articles(first: 100) { nodes {
      campaign { title articles(first: 5) { totalCount nodes { title } } } breadcrumbs { title url } locale { code }
      nextArticle { title url tags } previousArticle { title summary url tags author source }
    } } }""",
    "many searches": "{ "
    + " ".join(
        f's{n}: articles(first: 5, search: "khu công nghiệp {n}") {{ totalCount nodes {{ title }} }}'
        for n in range(16)
    )
    + " }",
    "whole articles": """{ articles(first: 100) { nodes {
      title summary tags attachments { title url } category { name articleCount }
      body { id blockType rawValue ... on ParagraphBlock { html plainText } ... on HeadingBlock { text } }
      relatedArticles(first: 5) { title url }
    } } }""",
    "what search engines are told": """{ pages(limit: 100) {
      title url seo { title description canonicalUrl robots jsonLd image { url } } parent { title url }
    } }""",
}


def main() -> None:
    """Ask, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=20)
    requests = parser.parse_args().requests
    listed = questions()["list"]
    asked = {"the clients' list": listed, **{name: _question(query) for name, query in WORST.items()}}
    environment = {
        **production(PORT),
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "ACCELERATORS_OFF": "answer_cache",
        "RATE_LIMIT_READ": "off",
    }
    site = System("ours", granian("cms.wsgi:application", PORT), PORT, asked, environment, ready="/healthz")
    found: dict[str, list[float]] = {name: [] for name in asked}
    with site.running():
        readers = {name: Reader(PORT, question) for name, question in asked.items()}
        costs = {name: reader.cost() for name, reader in readers.items()}
        for _each in range(WARM_UP + requests):
            for name, reader in readers.items():
                found[name].append(reader.milliseconds())
    medians = {name: statistics.median(times[WARM_UP:]) for name, times in found.items()}
    usual = medians["the clients' list"] / costs["the clients' list"]
    for name, median in medians.items():
        print(
            f"{name}: {median:.0f} ms, cost {costs[name]}, {median / costs[name] / usual:.2f} of the list's per point"
        )


def _question(query: str) -> Question:
    return Question([json.dumps({"query": query})])


if __name__ == "__main__":
    main()
