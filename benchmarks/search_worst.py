"""Looks for the requests that are dearest within the limits: `python -m benchmarks.search_worst --requests 600`.

On the site of DATABASE_URL, an SQLite database, as `benchmarks.build` makes it, so that the database's work is the
process's own. Those of `worst.py` and requests of all shapes (`shapes.py`) go through the whole application, the answer cache off; those that
are refused are counted and drawn anew. Prints the five that took most of the processor, beside the clients' article.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import time
from random import Random

from benchmarks.ours import questions
from benchmarks.shapes import shape
from benchmarks.systems import production
from benchmarks.worst import WORST

PORT = 8064


def main() -> None:
    """Draw, ask, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=600, help="answered ones")
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    os.environ |= {
        **production(PORT),
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "ACCELERATORS_OFF": "answer_cache",
        "RATE_LIMIT_READ": "off",
    }
    from cms.wsgi import application

    def ask(body: str) -> tuple[float, bytes]:
        sent = body.encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": "/graphql/",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(PORT),
            "HTTP_HOST": f"127.0.0.1:{PORT}",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(sent),
            "wsgi.errors": io.StringIO(),
        }
        begun = time.process_time()
        response = application(environ, lambda *_args: None)
        answer = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return time.process_time() - begun, answer

    def seconds(body: str) -> float:
        return min(ask(body)[0] for _each in range(3))

    article = seconds(questions()["article"].bodies[0])
    from cms.graphql.wagtail.build import schema

    random = Random(options.seed)
    found: list[tuple[float, int, str]] = []
    refused = 0
    known = list(WORST.values())
    while len(found) < options.requests:
        query = known.pop() if known else shape(schema.graphql_schema, random)
        body = json.dumps({"query": query})
        _first, answer = ask(body)
        if b'"errors"' in answer:
            refused += 1
            continue
        cost = json.loads(answer)["extensions"]["cost"]["requestedQueryCost"]
        found.append((ask(body)[0], cost, query))
    print(f"{len(found)} answered, {refused} refused; the clients' article: {article * 1000:.1f} ms")
    for _once, cost, query in sorted(found, reverse=True)[:5]:
        took = seconds(json.dumps({"query": query}))
        per_point = 1_000_000 * took / cost
        print(
            f"{took * 1000:.0f} ms, {took / article:.0f} articles, cost {cost}, {per_point:.0f} µs a point\n  {query}"
        )


if __name__ == "__main__":
    main()
