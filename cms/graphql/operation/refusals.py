"""Requests that are answered without being executed."""

from __future__ import annotations

from typing import Any

#: The code of errors that are about the request: a variable of the wrong type, an unknown operation.
CLIENT_ERROR = "BAD_USER_INPUT"
#: Seconds after which a client may try again.
RETRY_AFTER = 1


class GraphQLHTTPError(Exception):
    """The request is answered without being executed.

    `status` is None for a well-formed request whose operation can't be: which it is depends on the media type.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = 400,
        code: str = "BAD_REQUEST",
        extensions: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.extensions = extensions or {}
        self.headers = headers or {}


def unavailable(message: str) -> GraphQLHTTPError:
    """The refusal (503) of a request that can be answered in a moment; clients are told to send it again."""
    return GraphQLHTTPError(
        message,
        status=503,
        code="UNAVAILABLE",
        extensions={"retryAfter": RETRY_AFTER},
        headers={"Retry-After": str(RETRY_AFTER)},
    )
