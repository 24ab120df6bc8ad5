from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who edits and publishes."""
    user = get_user_model().objects.create_user("bientap", "bientap@example.test", "x")
    user.groups.add(Group.objects.get(name="Biên tập viên"))
    return user
