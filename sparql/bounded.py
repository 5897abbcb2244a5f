"""What is kept in memory within bounds: the one unused longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Values by key, together no more than `limit` bytes by `size_of`, and no more than `entries` of them."""

    def __init__(
        self, limit: int, size_of: Callable[[Key, Value], int], *, entries: int | None = None
    ) -> None:
        self._limit = limit
        self._size_of = size_of
        self._entries = entries
        self._size = 0
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self.hits = 0
        self.misses = 0

    @property
    def size(self) -> int:
        """The bytes that are taken."""
        return self._size

    def get(self, key: Key) -> Value | None:
        """Return what is kept under a key, which counts as a use."""
        value = self._kept.get(key)
        if value is None:
            self.misses += 1
            return None
        self._kept.move_to_end(key)
        self.hits += 1
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value in the place of an earlier one, unless it is larger than all there may be."""
        self.drop(key)
        size = self._size_of(key, value)
        if size > self._limit or self._entries == 0:
            return
        self._kept[key] = value
        self._size += size
        while self._size > self._limit or (self._entries is not None and len(self._kept) > self._entries):
            self.drop(next(iter(self._kept)))

    def drop(self, key: Key) -> None:
        """Forget what is kept under a key, if there is anything."""
        if key in self._kept:
            self._size -= self._size_of(key, self._kept.pop(key))
