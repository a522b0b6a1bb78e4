"""Points that a recogniser sees and nobody printed."""

import pytest

from normalizers.seen_text import in_context


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("道路养护面积.", "道路养护面积"),
        (">=1691.次", ">=1691次"),
        ("≥12.公里", "≥12公里"),
        ("工作已完成，效果良好.", "工作已完成，效果良好."),  # may be its full stop
        ("≥99.5%", "≥99.5%"),
        ("1.完善制度", "1.完善制度"),
    ],
)
def test_point_that_is_a_speck_goes(read: str, meant: str) -> None:
    assert in_context(read) == meant
