"""Apart from the backends: theirs of Wagtail load an HTTP client, which a portal without an edge cache never needs."""


class PurgeFailed(Exception):
    """An edge cache did not take a purge; its reason is the message."""
