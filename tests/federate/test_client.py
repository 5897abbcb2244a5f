"""A partner is asked once, at the address that was checked, and may answer only what was asked."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Awaitable, Callable

import pytest

from sparql.federation.client import Client
from sparql.federation.partners import Partner, PartnerFailedError
from sparql.refusals import Reason, RefusalError
from tests.federate.loopback import Behaviour, Canary, behaving, saying
from tests.federate.standing_in import partner

JSON = "HTTP/1.1 200 OK\nContent-Type: application/sparql-results+json\nConnection: close"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'


def run(test: Callable[[Client], Awaitable[None]]) -> None:
    async def bounded() -> None:
        client = Client("Keifu (test)")
        try:
            async with asyncio.timeout(30):
                await test(client)
        finally:
            await client.close()

    asyncio.run(bounded())


def at(port: int, **changes: object) -> Partner:
    return partner("theirs", f"http://127.0.0.1:{port}/sparql", **changes)


async def hang(_: bytes, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(10)


async def flood(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(JSON.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    for _part in range(64):
        writer.write(b" " * 65536)
        await writer.drain()


async def trickle(_: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(JSON.replace("\n", "\r\n").encode() + b"\r\n\r\n")
    for _part in range(100):
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.1)


PACKED = f"{JSON}\nContent-Encoding: gzip"
FAILING: dict[str, tuple[Behaviour, str]] = {
    "hangs": (hang, "within 0.5 seconds"),
    "trickles": (trickle, "within 0.5 seconds"),
    "hangs up": (saying(""), "cannot be asked"),
    "speaks no HTTP": (saying("SSH-2.0-OpenSSH_9.6"), "cannot be asked"),
    "breaks off": (saying(f"{JSON}\nContent-Length: 1000", ROWS), "cannot be asked"),
    "answers 500": (saying("HTTP/1.1 500 Oh\nContent-Length: 0"), "status 500"),
    "answers 204": (saying("HTTP/1.1 204 None"), "status 204"),
    "answers HTML": (saying("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 0"), "no SPARQL"),
    "answers XML": (
        saying("HTTP/1.1 200 OK\nContent-Type: application/sparql-results+xml\nContent-Length: 0"),
        "no SPARQL Results JSON",
    ),
    "answers without a type": (saying("HTTP/1.1 200 OK\nContent-Length: 0"), "no SPARQL Results JSON"),
    "packs as nobody asked": (saying(f"{JSON}\nContent-Encoding: br", ROWS), "not asked for"),
    "packs badly": (saying(PACKED, ROWS), "broken gzip"),
    "packs half": (saying(PACKED, gzip.compress(ROWS)[:-9]), "broken gzip"),
    "redirects elsewhere": (
        saying("HTTP/1.1 302 Go\nLocation: http://127.0.0.1:9/sparql\nContent-Length: 0"),
        "not on the list",
    ),
    "redirects to another path": (saying("HTTP/1.1 307 Go\nLocation: /admin\nContent-Length: 0"), "not on"),
    "redirects to a file": (
        saying("HTTP/1.1 302 Go\nLocation: file:///etc/passwd\nContent-Length: 0"),
        "not on",
    ),
    "redirects in circles": (
        saying("HTTP/1.1 307 Go\nLocation: /sparql\nContent-Length: 0"),
        "again and again",
    ),
    "redirects to nowhere": (saying("HTTP/1.1 302 Go\nContent-Length: 0"), "again and again"),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_partner_that_fails_is_told_from_one_that_answers(name: str) -> None:
    behaviour, what = FAILING[name]

    async def test(client: Client) -> None:
        async with behaving(behaviour) as port:
            with pytest.raises(PartnerFailedError, match=what):
                await client.ask(at(port, seconds=0.5), "SELECT * {}")

    run(test)


def test_a_partner_that_is_not_there_fails() -> None:
    async def test(client: Client) -> None:
        with Canary() as canary:
            port = canary.port
        with pytest.raises(PartnerFailedError, match="ConnectError"):
            await client.ask(at(port), "SELECT * {}")

    run(test)


@pytest.mark.parametrize(
    "behaviour", [flood, saying(PACKED, gzip.compress(b" " * 50_000_000))], ids=["flood", "gzip bomb"]
)
def test_too_long_an_answer_is_refused_as_soon_as_it_is(behaviour: Behaviour) -> None:
    async def test(client: Client) -> None:
        async with behaving(behaviour) as port:
            with pytest.raises(RefusalError) as refused:
                await client.ask(at(port), "SELECT * {}")
            assert refused.value.reason is Reason.TOO_MUCH

    run(test)


@pytest.mark.parametrize("body", [(JSON, ROWS), (PACKED, gzip.compress(ROWS))], ids=["plain", "gzip"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_request_says_what_the_protocol_wants_and_nothing_of_this_machine(
    body: tuple[str, bytes], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[bytes] = []

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        heads.append(head)
        await saying(f"{body[0]}\nSet-Cookie: id=1", body[1])(head, writer)

    async def test(client: Client) -> None:
        with Canary() as proxy:
            for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
                monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
            async with behaving(answer) as port:
                for _ in range(2):
                    assert await client.ask(at(port, method=method), "SELECT * {} #あ&x=1") == ROWS
            assert proxy.visitors == 0

    run(test)
    for head in heads:
        lines = head.decode("ascii").lower().split("\r\n")
        assert not [line for line in lines if line.startswith(("cookie:", "authorization:"))]
        assert "user-agent: keifu (test)" in lines
        if method == "GET":
            assert lines[0].startswith("get /sparql?query=select")
            assert "%e3%81%82%26x%3d1" in lines[0]
        else:
            assert lines[0] == "post /sparql http/1.1"
            assert "content-type: application/x-www-form-urlencoded" in lines
    assert len(heads) == 2


def test_a_redirect_to_another_address_of_the_list_is_followed() -> None:
    async def test(client: Client) -> None:
        async with behaving(saying(JSON, ROWS)) as target:
            there = f"http://127.0.0.1:{target}/new"
            head = f"HTTP/1.1 301 Go\nLocation: {there}?query=other\nContent-Length: 0"
            async with behaving(saying(head)) as port:
                old = f"http://127.0.0.1:{port}/sparql"
                both = partner(address=old, addresses=(old, there))
                assert await client.ask(both, "SELECT * {}") == ROWS
                with pytest.raises(PartnerFailedError, match="cannot be sent again"):
                    await client.ask(
                        partner(address=old, addresses=(old, there), method="POST"), "SELECT * {}"
                    )

    run(test)


@pytest.mark.parametrize("leads_to", [["127.0.0.1"], ["203.0.113.1", "127.0.0.1"], ["10.0.0.1"], ["::1"]])
def test_a_public_name_that_leads_inside_is_refused_and_nobody_connects(
    leads_to: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(_: object, port: int, *__: object, **___: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in leads_to]

    async def test(client: Client) -> None:
        with Canary() as canary:
            monkeypatch.setattr(socket, "getaddrinfo", resolve)
            outside = partner(address=f"https://partner.example:{canary.port}/sparql", loopback=False)
            with pytest.raises(RefusalError, match="which is not public") as refused:
                await client.ask(outside, "SELECT * {}")
            assert refused.value.reason is Reason.FORBIDDEN
            await asyncio.sleep(0.1)
            assert canary.visitors == 0

    run(test)


def test_a_partner_on_this_machine_is_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    addresses = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: addresses)

    async def test(client: Client) -> None:
        with pytest.raises(RefusalError, match="not public"):
            await client.ask(partner(address="http://partner.example/"), "SELECT * {}")

    run(test)


def test_a_name_without_an_address_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(*_: object, **__: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def test(client: Client) -> None:
        with pytest.raises(PartnerFailedError, match=r"no address for partner\.example"):
            await client.ask(partner(address="http://partner.example/"), "SELECT * {}")

    run(test)


def test_the_checked_address_is_connected_to_under_the_name_that_was_meant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name is looked up once; a second answer (DNS rebinding) would find no ear."""
    asked: list[object] = []
    heads: list[bytes] = []

    def resolve(host: object, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("127.0.0.2", "127.0.0.1")
        ]

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        heads.append(head)
        await saying(JSON, ROWS)(head, writer)

    async def test(client: Client) -> None:
        async with behaving(answer) as port:
            monkeypatch.setattr(socket, "getaddrinfo", resolve)
            named = partner(address=f"http://partner.example:{port}/sparql")
            assert await client.ask(named, "SELECT * {}") == ROWS
            assert f"Host: partner.example:{port}\r\n".encode() in heads[0]

    run(test)
    assert asked == ["partner.example"]


def test_tls_is_asked_for_the_name_and_not_for_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    hello = b""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal hello
        hello = await reader.read(4096)
        writer.close()

    async def test(client: Client) -> None:
        server = await asyncio.start_server(listen, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with pytest.raises(PartnerFailedError, match="ConnectError"):
            await client.ask(partner(address=f"https://partner.example:{port}/"), "SELECT * {}")
        server.close()

    run(test)
    assert b"partner.example" in hello
    assert hello[0] == 22, "a TLS handshake"


def test_a_partner_gets_no_more_requests_at_once_than_it_wants() -> None:
    here = most = 0

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        nonlocal here, most
        here += 1
        most = max(most, here)
        await asyncio.sleep(0.05)
        here -= 1
        await saying(JSON, ROWS)(head, writer)

    async def test(client: Client) -> None:
        async with behaving(answer) as port:
            await asyncio.gather(*(client.ask(at(port), f"SELECT * {{}} #{n}") for n in range(8)))

    run(test)
    assert most == 2
