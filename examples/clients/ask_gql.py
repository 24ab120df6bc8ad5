"""gql asks the CMS: two pages of a list, an article with its blocks, a vote; what the schema has not is not sent."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXTransport
from graphql import GraphQLError

CMS = os.environ.get("CMS_URL", "http://127.0.0.1:8000")

transport = HTTPXTransport(url=f"{CMS}/graphql/", headers={"Accept-Language": "vi"})
client = Client(transport=transport, schema=Path("schema.graphql").read_text())

LIST = """query List($after: String) { articles(locale: "vi", first: 3, after: $after) {
  nodes { title } pageInfo { endCursor } } }"""
PAGE = """query Page($urlPath: String!) { page(urlPath: $urlPath) { ...Shown } }
  fragment Shown on PageInterface { title ... on ArticlePage { summary body { ... on HeadingBlock { text } } } }"""
POLLS = "{ polls(last: 1, filter: { state: OPEN }) { nodes { id options { id votes } } } }"
VOTER = "mutation { issueVoterToken { voterToken } }"
VOTE = """mutation Vote($input: CastVoteInput!) { castVote(input: $input) {
  errors { code } poll { options { votes } } } }"""


def ask(query: str, **variables: Any) -> dict[str, Any]:
    return client.execute(GraphQLRequest(query, variable_values=variables))


def votes_for(poll: dict[str, Any]) -> list[int | None]:
    return [option["votes"] for option in poll["options"]]


def refusal(query: str) -> str:
    """What gql says of a query that it does not send."""
    try:
        ask(query)
    except GraphQLError as error:
        return error.message
    return ""


first = ask(LIST)["articles"]
second = ask(LIST, after=first["pageInfo"]["endCursor"])["articles"]
page = ask(PAGE, urlPath="/tin-tuc/phu-tho-trien-khai-phong-trao-vi-nguoi-ngheo/")["page"]
poll = ask(POLLS)["polls"]["nodes"][0]
token = ask(VOTER)["issueVoterToken"]["voterToken"]
vote = {"pollId": poll["id"], "optionIds": [poll["options"][0]["id"]], "idempotencyKey": str(uuid4())}
cast = ask(VOTE, input={**vote, "voterToken": token})["castVote"]
found = {
    "list": [[node["title"] for node in part["nodes"]] for part in (first, second)],
    "page": {
        "title": page["title"],
        "summary": page["summary"],
        "headings": [block["text"] for block in page["body"] if "text" in block],
    },
    "votes": [votes_for(poll), votes_for(cast["poll"])],
    "errors": cast["errors"],
    "refusal": refusal("{ polls(first: 1) { nodes { id answers } } }"),
}
print(json.dumps(found, ensure_ascii=False))
