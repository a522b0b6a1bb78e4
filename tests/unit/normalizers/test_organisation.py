import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.organisation import Place, find_place, is_within, organisation_words, parse_organisation, pointed_at

KNOWN = ("云澜市", "竹溪区")


@pytest.mark.parametrize(
    ("text", "place", "rest"),
    [
        ("云澜市竹溪区教育局", ("云澜市", "竹溪区"), "教育局"),
        ("山岚省云澜市竹溪县教育局", ("山岚省", "云澜市", "竹溪县"), "教育局"),
        ("青禾自治区云澜盟竹溪旗水利局", ("青禾自治区", "云澜盟", "竹溪旗"), "水利局"),
        ("云澜市市南区水务局", ("云澜市", "市南区"), "水务局"),
        ("云澜市民政局", ("云澜市",), "民政局"),
        ("竹溪新区市场监督管理局", ("竹溪新区",), "市场监督管理局"),
        ("竹溪区市民健身中心", ("竹溪区",), "市民健身中心"),
        ("石县林业局", ("石县",), "林业局"),
        ("石县区林业局", ("石县区",), "林业局"),
        ("云德镇市石桥县水利局", ("云德镇市", "石桥县"), "水利局"),
        ("镇溪市财政局", ("镇溪市",), "财政局"),
        ("东禾族西禾族南禾族自治州石桥禾族自治县水利局", ("东禾族西禾族南禾族自治州", "石桥禾族自治县"), "水利局"),
        ("市场监督管理局", (), "市场监督管理局"),
        ("城市管理行政执法局", (), "城市管理行政执法局"),
        ("石桥镇城市管理中心", (), "石桥镇城市管理中心"),
        ("社区管理办公室", (), "社区管理办公室"),
        ("区域发展中心", (), "区域发展中心"),
    ],
)
def test_the_places_in_front_are_found(text: str, place: tuple[str, ...], rest: str) -> None:
    assert find_place(text) == (place, rest)


ALIKE = [
    ("信访办公室", ["信访办", "人民政府信访办公室", "信访办公室（本级）", "信访办(盖章)"]),
    ("发展和改革委员会", ["发改委", "发展改革委", "发展改革委员会", "发展和改革委"]),
    ("人力资源和社会保障局", ["人社局", "人力资源社会保障局"]),
    ("文化和旅游局", ["文旅局", "文化旅游局"]),
    ("人民政府办公室", ["政府办公室", "府办", "政府办"]),
    ("石桥街道办事处", ["人民政府石桥街道办事处", "石桥街道办"]),
    ("教育局", ["教育局机关", "教育局本级", "教育局（汇总）"]),
    ("疾病预防控制中心", ["疾控中心"]),
]


@pytest.mark.parametrize(("name", "other"), [(name, other) for name, others in ALIKE for other in others])
def test_wordings_of_one_body_have_one_core(name: str, other: str) -> None:
    cores = {getattr(parse_organisation(f"竹溪区{each}"), "core", None) for each in (name, other)}
    assert len(cores) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("竹溪区委办公室", "竹溪区人民政府办公室"),
        ("竹溪区教育局", "竹溪区教育局财务科"),
        ("竹溪区水务局", "竹溪区水务管理所"),
        ("竹溪区第一小学", "竹溪区第二小学"),
        ("竹溪区和平中学", "竹溪区平中学"),
    ],
)
def test_other_bodies_have_other_cores(one: str, other: str) -> None:
    cores = {getattr(parse_organisation(each), "core", None) for each in (one, other)}
    assert len(cores) == 2


def test_a_section_is_told_from_its_body() -> None:
    name = parse_organisation("云澜市竹溪区农业农村局综合科")
    assert name and (name.body, name.office) == ("农业农村局", "综合科")


def test_the_party_and_its_committee_are_left_out() -> None:
    names = ("中共云澜市竹溪区委组织部", "中共竹溪区委员会组织部", "竹溪区委组织部")
    assert {getattr(parse_organisation(name), "core", None) for name in names} == {"组织部"}


def test_a_code_in_front_is_no_part() -> None:
    name = parse_organisation("219003-云澜市竹溪区文物保护所")
    assert name and (name.place, name.core) == (KNOWN, "文物保护所")


def test_a_place_without_its_ending_is_known_by_the_document() -> None:
    name = parse_organisation("竹溪信访办", KNOWN)
    assert name and (name.place, name.core) == (KNOWN, "信访办公室")
    bare = parse_organisation("竹溪信访办")
    assert bare and not bare.place


@pytest.mark.parametrize(
    ("text", "here"), [("区图书馆", "county"), ("县水利局", "county"), ("市博物馆", "city"), ("市场监管局", "")]
)
def test_a_place_pointed_at_is_told_from_a_word(text: str, here: str) -> None:
    name = parse_organisation(text)
    assert name and not name.place and name.here == here


@pytest.mark.parametrize(
    ("place", "level", "meant"),
    [
        (KNOWN, "county", KNOWN),
        (KNOWN, "city", ("云澜市",)),
        (("竹溪区",), "city", ()),
        (("云澜市",), "county", ()),
        (("云澜市", "石桥市"), "city", ("云澜市", "石桥市")),
        (("青禾自治区", "云澜市"), "county", ()),
        (("青禾自治区", "云澜市"), "province", ("青禾自治区",)),
    ],
)
def test_a_level_pointed_at_is_a_part_of_the_place(place: Place, level: str, meant: Place) -> None:
    assert pointed_at(place, level) == meant


@pytest.mark.parametrize("text", ["", "无", "本单位", "123", "—", "x" * 80, "相关部门"])
def test_what_names_nobody_is_nothing(text: str) -> None:
    assert parse_organisation(text) is None


def test_a_short_place_is_within_its_full_form() -> None:
    full = ("山岚省", "云澜市", "竹溪区")
    assert is_within(("竹溪区",), full) and is_within(KNOWN, full) and is_within(full, full)
    assert not is_within(("云澜市",), full) and not is_within(("松影市", "竹溪区"), full) and not is_within((), full)


@given(st.sampled_from(["云澜市竹溪区", "竹溪区", "山岚省云澜市竹溪区"]), st.sampled_from([name for name, _ in ALIKE]))
def test_a_place_in_front_does_not_change_the_core(place: str, body: str) -> None:
    name = parse_organisation(place + body)
    assert name and "".join(name.place) == place
    assert name.core == getattr(parse_organisation(body), "core", None)


@given(st.text(max_size=30))
def test_every_text_is_parsed_or_nothing(text: str) -> None:
    name = parse_organisation(text)
    assert name is None or name.core


def test_no_wording_stands_for_two_bodies() -> None:
    bodies = organisation_words()["bodies"]
    wordings = [wording for shorts in bodies.values() for wording in shorts]
    assert len(wordings) == len(set(wordings)) and not set(wordings) & set(bodies)
