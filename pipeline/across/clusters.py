"""Putting things together that are the same, the strongest evidence first, and never what must stay apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

Node = TypeVar("Node", bound=tuple[str, ...])


class Link(NamedTuple, Generic[Node]):
    """Evidence that two nodes are one thing.

    Attributes:
        score: 0 to 1.
        one: a node.
        other: the node it is linked to.
        evidence: for people.
    """

    score: float
    one: Node
    other: Node
    evidence: str


class Clusters(Generic[Node]):
    """Nodes in groups; at first each is one of its own.

    Links are taken by falling score, then by their nodes: their order does not matter. A link that would put two
    nodes together that are kept apart is left out.
    """

    def __init__(self, nodes: Iterable[Node], apart: Iterable[tuple[Node, Node]] = ()) -> None:
        self._group = {node: {node} for node in nodes}
        self._apart: defaultdict[Node, set[Node]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def join(self, links: Iterable[Link[Node]]) -> dict[Node, Link[Node]]:
        """Join by the links; gives the links that were taken by the node they brought in (`one`)."""
        taken: dict[Node, Link[Node]] = {}
        for link in sorted(set(links), key=lambda link: (-link.score, link.one, link.other, link.evidence)):
            mine, theirs = self._group[link.one], self._group[link.other]
            if mine is not theirs and not self._kept_apart(mine, theirs):
                self._merge(mine, theirs)
                taken.setdefault(link.one, link)
        return taken

    def groups(self) -> Mapping[Node, frozenset[Node]]:
        """Of each node all nodes of its group."""
        return {node: frozenset(group) for node, group in self._group.items()}

    def _kept_apart(self, mine: set[Node], theirs: set[Node]) -> bool:
        few, many = sorted((mine, theirs), key=len)
        return any(not self._apart[node].isdisjoint(many) for node in few if node in self._apart)

    def _merge(self, mine: set[Node], theirs: set[Node]) -> None:
        few, many = sorted((mine, theirs), key=len)
        many |= few
        for node in few:
            self._group[node] = many
