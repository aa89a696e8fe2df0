"""How many connections one address may have: the phones of a hall behind one router, and no more."""

from dataclasses import dataclass


@dataclass(slots=True)
class Held:
    """A place that an address holds until it leaves."""

    ceiling: "Ceiling | None"
    address: str

    def leave(self) -> None:
        if self.ceiling is not None:
            self.ceiling.left(self.address)
            self.ceiling = None


class Ceiling:
    """`hops` proxies are ours: then a connection's own address says nothing, the request's headers do."""

    def __init__(self, most: int, hops: int) -> None:
        self.most, self.hops = most, hops
        self.refused = 0
        self._held: dict[str, int] = {}

    def admit(self, address: str) -> Held | None:
        """None for one too many."""
        held = self._held.get(address, 0)
        if held >= self.most:
            self.refused += 1
            return None
        self._held[address] = held + 1
        return Held(self, address)

    def left(self, address: str) -> None:
        self._held[address] -= 1
        if not self._held[address]:
            del self._held[address]
