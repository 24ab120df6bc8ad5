"""How long lists may be that clients send: looked at before they are converted to what they are to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graphql import ASTValidationRule, GraphQLError, ListValueNode

from cms.graphql.operation.refusals import GraphQLHTTPError
from cms.graphql.schema.descriptions import MAX_INPUT_LIST

TOO_LONG = f"A list that is sent has at most {MAX_INPUT_LIST} entries."


def check_lengths(values: Iterable[Any]) -> None:
    """Raises GraphQLHTTPError where one of the values of variables is a list that is too long."""
    for value in values:
        if isinstance(value, list) and len(value) > MAX_INPUT_LIST:
            raise GraphQLHTTPError(
                TOO_LONG,
                code="INPUT_LIST_LIMIT",
                extensions={"limit": MAX_INPUT_LIST, "requested": len(value)},
            )


class InputListsAreShortRule(ASTValidationRule):
    """A validation rule for lists that stand in a document; for variables see `http/request.py`."""

    def enter_list_value(self, node: ListValueNode, *_args: Any) -> None:
        if len(node.values) > MAX_INPUT_LIST:
            extensions = {"code": "INPUT_LIST_LIMIT", "limit": MAX_INPUT_LIST, "requested": len(node.values)}
            self.report_error(GraphQLError(TOO_LONG, node, extensions=extensions))
