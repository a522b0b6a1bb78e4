from hypothesis import given
from hypothesis import strategies as st

from pipeline.across.clusters import Clusters, Link

NODES = [(name,) for name in "abcdef"]
Node = tuple[str, ...]

pairs = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1])
links = st.builds(lambda score, pair: Link(score / 4, *pair, "why"), st.integers(1, 4), pairs)


def _groups(found: list[Link[Node]], apart: set[tuple[Node, Node]]) -> set[frozenset[Node]]:
    clusters = Clusters(NODES, apart)
    clusters.join(found)
    return set(clusters.groups().values())


@given(st.lists(links), st.sets(pairs), st.randoms())
def test_the_order_of_links_does_not_matter(
    found: list[Link[Node]], apart: set[tuple[Node, Node]], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _groups(found, apart) == _groups(shuffled, apart)


@given(st.lists(links), st.sets(pairs))
def test_what_is_kept_apart_is_never_joined(found: list[Link[Node]], apart: set[tuple[Node, Node]]) -> None:
    for group in _groups(found, apart):
        assert not any(one in group and other in group for one, other in apart)


@given(st.lists(links))
def test_without_anything_apart_every_link_joins(found: list[Link[Node]]) -> None:
    groups = _groups(found, set())
    assert all(any(link.one in group and link.other in group for group in groups) for link in found)
    assert sum(len(group) for group in groups) == len(NODES)


def test_the_stronger_of_two_links_that_exclude_each_other_holds() -> None:
    weak, strong = Link(0.5, ("c",), ("a",), ""), Link(0.9, ("c",), ("b",), "")
    assert frozenset({("b",), ("c",)}) in _groups([weak, strong], {(("a",), ("b",))})
