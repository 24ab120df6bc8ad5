"""The signal of a change of content."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent once content has changed and the change is committed, with `tags`: a frozenset of the tags (`tags.py`) of all
#: that answers made before may show otherwise than now. A receiver that fails does not undo the change.
content_changed = Signal()
