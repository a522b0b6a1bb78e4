"""Which printed names may be learned."""

import re

from normalizers.repair.levels import level1_name, level2_name
from normalizers.text import fold
from normalizers.vocabulary import base_vocabulary

_SHORTEST, _LONGEST = 2, 40  # characters
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_NUMBERED = re.compile(r"[0-9.…:、]+$")


def is_learnable(name: str) -> bool:
    """Whether a text is a name of its own: no number, no label or level of a form, no place holder such as 指标1."""
    if not _SHORTEST <= len(name) <= _LONGEST or len(_IDEOGRAPH.findall(name)) < _SHORTEST:
        return False
    plain = _NUMBERED.sub("", fold(name))
    return not (base_vocabulary().roles(plain) or level1_name(plain) or level2_name(plain))
