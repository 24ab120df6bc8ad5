"""Passwords that everybody tries first, in Vietnamese too."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from cms.search.folding import fold

#: Without diacritics, digits and signs, which people put behind them and guessers try.
VIETNAMESE = """
    anhyeuem anhnhoem bandangky bientap bientapvien chaoban chaomung chungtoi congthongtin congthongtindientu congty
    congtytnhh cuocsong doimatkhau emyeuanh giadinh hanhphuc hanoi hanoivietnam hochiminh khongbiet khongcomatkhau
    khongnho khucongnghiep maimaiyeuem matkhau matkhaucuatoi matkhaumoi nhomatkhau phongvien phutho quantri
    quantrihethong quantrivien quantriweb saigon thanhpho thongtin thongtindientu toiyeuvietnam tongbientap trangchu
    ubnd uybannhandan vietnam vietnamvodich vinhphuc xinchao xinchaovietnam yeuem yeugiadinh
"""


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Django's list, and ours, also with something added to a word of them: `Matkhau@2026`."""

    vietnamese = frozenset(VIETNAMESE.split())

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        word = re.sub(r"[\W\d_]+", "", fold(password))
        if word in self.vietnamese or word in self.passwords:
            raise ValidationError(self.get_error_message(), code="password_too_common")
