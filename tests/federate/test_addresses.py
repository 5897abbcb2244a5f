"""Only public addresses are connected to, whatever form an inner one takes; loopback where it is said."""

from __future__ import annotations

import pytest

from sparql.federation.addresses import is_allowed

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
INNER = [
    "127.0.0.1",
    "127.255.0.9",
    "0.0.0.0",  # noqa: S104  refused, not bound
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2002:a00:1::1",
    "2001:0:808:808::80ff:fffe",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_allowed(address: str) -> None:
    assert is_allowed(address, loopback=False)
    assert not is_allowed(address, loopback=True)


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not(address: str) -> None:
    assert not is_allowed(address, loopback=False)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("::ffff:127.0.0.1", True),
    ],
)
def test_a_partner_on_this_machine_may_be_on_loopback_alone(address: str, *, allowed: bool) -> None:
    assert is_allowed(address, loopback=True) is allowed


def test_the_number_of_addresses_tried() -> None:
    assert (len(PUBLIC), len(INNER)) == (5, 30)
