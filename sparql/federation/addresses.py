"""Where a name leads: every address is looked at before anything is sent, and just these are connected to."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterator

from sparql.federation.partners import Partner, PartnerFailedError
from sparql.refusals import Reason, RefusalError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses behind a translator (RFC 6052)."""


async def checked_addresses(partner: Partner, host: str, port: int) -> list[str]:
    """Return the addresses of a host; raises `RefusalError` where any of them is not the partner's to have.

    A partner is out in the public network, or, where its entry says so, on this very machine.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as fault:
        raise PartnerFailedError(partner, f"cannot be found: no address for {host}") from fault
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_allowed(address, loopback=partner.loopback):
            remedy = "Tell who runs the service: the name of the partner leads astray"
            what = f"the partner {partner.key} is not asked: {host} leads to {address}, which is not public"
            raise RefusalError(Reason.FORBIDDEN, what, remedy)
    return list(dict.fromkeys(addresses))


def is_allowed(address: str, *, loopback: bool) -> bool:
    """Whether an address is public (or, for a partner on this machine, loopback), also what it contains."""
    if "%" in address:
        return False
    return all(
        each.is_loopback if loopback else _is_public(each)
        for each in _with_embedded(ipaddress.ip_address(address))
    )


def _is_public(address: IPAddress) -> bool:
    is_site_local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not address.is_multicast and not is_site_local


def _with_embedded(address: IPAddress) -> Iterator[IPAddress]:
    """Yield an address, or the IPv4 addresses that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    embedded = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in TRANSLATED:
        embedded.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    inner = [each for each in embedded if each is not None]
    yield from inner
    if address.ipv4_mapped is None:
        yield address
