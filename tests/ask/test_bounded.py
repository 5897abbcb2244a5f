"""What is kept is what was used last, never more than the bounds allow."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as some

from sparql.bounded import Bounded

LIMIT, ENTRIES = 20, 4


def kept() -> Bounded[int, bytes]:
    return Bounded(LIMIT, lambda key, value: key + len(value), entries=ENTRIES)


def test_the_one_unused_longest_goes_first() -> None:
    store = kept()
    for key in (1, 2, 3, 4):
        store.keep(key, b"x")
    assert store.get(1) == b"x"
    store.keep(0, b"y")
    assert [key for key in range(5) if store.get(key)] == [0, 1, 3, 4]


def test_what_is_replaced_is_counted_once() -> None:
    store = kept()
    for length in (15, 18, 17):
        store.keep(0, b"x" * length)
    store.keep(1, b"x")
    assert store.get(0) == b"x" * 17
    assert store.get(1) == b"x"


def test_what_is_too_large_drives_nothing_out_but_its_own_earlier_value() -> None:
    store = kept()
    store.keep(1, b"x")
    store.keep(2, b"x")
    store.keep(2, b"x" * LIMIT)
    assert store.get(1) == b"x"
    assert store.get(2) is None


def test_nothing_is_kept_where_nothing_may_be() -> None:
    for store in (Bounded[int, bytes](0, lambda _, value: len(value)), Bounded(9, lambda *_: 1, entries=0)):
        store.keep(1, b"x")
        assert store.get(1) is None


@given(some.lists(some.tuples(some.integers(0, 9), some.integers(0, LIMIT + 2) | some.none())))
def test_any_use_leaves_what_a_plain_list_would(steps: Sequence[tuple[int, int | None]]) -> None:
    store = kept()
    expected: list[tuple[int, int]] = []
    for key, length in steps:
        known = [each for each in expected if each[0] == key]
        expected = [each for each in expected if each[0] != key]
        if length is None:
            assert store.get(key) == (b"x" * known[0][1] if known else None)
            expected += known
            continue
        store.keep(key, b"x" * length)
        expected += [(key, length)] if key + length <= LIMIT else []
        while len(expected) > ENTRIES or sum(map(sum, expected)) > LIMIT:
            expected.pop(0)
    found = {key: len(value) for key in range(10) if (value := store.get(key)) is not None}
    assert found == dict(expected)
