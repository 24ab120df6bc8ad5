from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

#: Passes the password policy, and is nobody's.
PASSWORD = "gió mùa đông bắc 1904"
ROLES = {"reporter": "Phóng viên", "editor": "Biên tập viên", "administrator": "Quản trị"}


def person(role: str = "", *, username: str = "", **values: Any) -> Any:
    """Somebody with a role ("superuser" too), or with none."""
    name = username or role or "nobody"
    values = {"email": f"{name}@example.vn", "first_name": "Thị", "last_name": name, **values}
    user = get_user_model().objects.create_user(
        name, password=PASSWORD, is_superuser=role == "superuser", is_staff=role == "superuser", **values
    )
    if role in ROLES:
        user.groups.add(Group.objects.get(name=ROLES[role]))
    return user


def logged_in(user: Any) -> Client:
    """The browser of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    return client
