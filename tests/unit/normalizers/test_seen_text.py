"""Points, letters and digits that a recogniser sees and nobody printed."""

import pytest

from normalizers.seen_text import in_context


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("道路养护面积.", "道路养护面积"),
        (">=1691.次", ">=1691次"),
        ("≥12.公里", "≥12公里"),
        (">=1691.\n次", ">=1691\n次"),
        ("工作已完成，效果良好.", "工作已完成，效果良好."),  # may be its full stop
        ("≥99.5%", "≥99.5%"),
        ("1.完善制度", "1.完善制度"),
    ],
)
def test_point_that_is_a_speck_goes(read: str, meant: str) -> None:
    assert in_context(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("年度资金总额\n7", "年度资金总额"),
        ("1\n道路养护面积", "道路养护面积"),
        ("≥12\n次", "≥12\n次"),
        ("二期\n3", "二期\n3"),  # too short to know
        ("道路养护面\n积", "道路养护面\n积"),
    ],
)
def test_lone_letter_or_digit_over_or_under_words_goes(read: str, meant: str) -> None:
    assert in_context(read) == meant
