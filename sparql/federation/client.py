"""How a partner is asked: one request, one bounded answer, and no way to anywhere else.

The address that was checked is the one connected to: the name goes along in the header Host and in TLS, and
is not looked up again. No redirect is followed unseen; cookies, proxies and passwords of the machine play no
part.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlencode, urljoin

import httpx

from sparql.federation.addresses import checked_addresses
from sparql.federation.partners import Partner, PartnerFailedError
from sparql.refusals import Reason, RefusalError

ACCEPT = "application/sparql-results+json, application/json;q=0.5"
MEDIA_TYPES = {"application/sparql-results+json", "application/json"}
REDIRECTS = {301, 302, 303, 307, 308}
REDIRECTS_AT_MOST = 3
GZIP = 31
"""The window size by which zlib knows the format (RFC 1952)."""


class Client:
    """Asks partners; each has connections of its own, and requests beyond their number wait."""

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._places: dict[str, asyncio.Semaphore] = {}
        self._context: ssl.SSLContext | None = None

    async def close(self) -> None:
        """Close every connection."""
        clients = list(self._clients.values())
        self._clients.clear()
        for client in clients:
            await client.aclose()

    async def ask(self, partner: Partner, query: str) -> bytes:
        """Return SPARQL Results JSON, unread.

        Raises `PartnerFailedError`, and `RefusalError` where a partner must not be asked or says too much.
        """
        async with self._places.setdefault(partner.key, asyncio.Semaphore(partner.connections)):
            try:
                async with asyncio.timeout(partner.seconds):
                    return await self._follow(partner, query)
            except TimeoutError as fault:
                what = f"gave no answer within {partner.seconds:g} seconds"
                raise PartnerFailedError(partner, what) from fault
            except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as fault:
                what = f"cannot be asked: {type(fault).__name__}"
                raise PartnerFailedError(partner, what) from fault

    async def _follow(self, partner: Partner, query: str) -> bytes:
        url = partner.endpoint
        for _ in range(REDIRECTS_AT_MOST + 1):
            response = await self._send(partner, url, query)
            try:
                if response.status_code not in REDIRECTS:
                    return await _answer(partner, response)
                url = _target(partner, response, url)
            finally:
                await response.aclose()
        raise PartnerFailedError(partner, "redirects again and again")

    async def _send(self, partner: Partner, url: str, query: str) -> httpx.Response:
        name = httpx.URL(url)
        port = name.port or {"https": 443, "http": 80}[name.scheme]
        addresses = await checked_addresses(partner, name.host, port)
        for address in addresses[:-1]:
            try:
                return await self._send_to(address, partner, name, query)
            except httpx.ConnectError:
                continue
        return await self._send_to(addresses[-1], partner, name, query)

    async def _send_to(self, address: str, partner: Partner, name: httpx.URL, query: str) -> httpx.Response:
        headers = {
            "Host": name.netloc.decode("ascii"),
            "User-Agent": self._user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip",
        }
        target = name.copy_with(host=address)
        body = None
        if partner.method == "GET":
            target = target.copy_merge_params({"query": query})
        else:
            body = urlencode({"query": query}).encode("ascii")
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        client = self._client(partner)
        request = client.build_request(partner.method, target, content=body, headers=headers)
        request.extensions["sni_hostname"] = name.host
        return await client.send(request, stream=True, follow_redirects=False, auth=None)

    def _client(self, partner: Partner) -> httpx.AsyncClient:
        if partner.key not in self._clients:
            self._context = self._context or ssl.create_default_context()
            self._clients[partner.key] = httpx.AsyncClient(
                verify=self._context,
                trust_env=False,
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
                timeout=partner.seconds,
                limits=httpx.Limits(max_connections=partner.connections),
            )
        return self._clients[partner.key]


def _target(partner: Partner, response: httpx.Response, url: str) -> str:
    """Return where a redirect leads, if that is one of the partner's own addresses."""
    target: str = urljoin(url, response.headers.get("location", "")).partition("#")[0].partition("?")[0]
    if partner.method == "POST" and response.status_code not in {307, 308}:
        raise PartnerFailedError(partner, "redirects a request that cannot be sent again")
    if target not in {*partner.addresses, partner.endpoint}:
        raise PartnerFailedError(partner, "redirects to an address that is not on the list")
    if not target.startswith("https://") and not partner.loopback:
        raise PartnerFailedError(partner, "redirects to an address without TLS")
    return target


async def _answer(partner: Partner, response: httpx.Response) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise PartnerFailedError(partner, f"answered with status {response.status_code}")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in MEDIA_TYPES:
        raise PartnerFailedError(partner, "answered in a format that is no SPARQL Results JSON")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise PartnerFailedError(partner, "answered in an encoding that was not asked for")
    return await _body(partner, response, zlib.decompressobj(GZIP) if encoding == "gzip" else None)


async def _body(partner: Partner, response: httpx.Response, packed: zlib._Decompress | None) -> bytes:
    """Return the body, unpacked; refuses one that is too long as soon as it is."""
    limit = partner.mb * 1024 * 1024
    body = bytearray()
    async for part in response.aiter_raw():
        try:
            body += packed.decompress(part, limit - len(body) + 1) if packed else part
        except zlib.error as fault:
            raise PartnerFailedError(partner, "answered with broken gzip") from fault
        if len(body) > limit:
            remedy = "Ask for less: add LIMIT to the pattern in SERVICE, or bind more variables"
            what = f"the partner {partner.key} answers with more than {partner.mb} MiB"
            raise RefusalError(Reason.TOO_MUCH, what, remedy)
    if packed and not packed.eof:
        raise PartnerFailedError(partner, "answered with broken gzip")
    return bytes(body)
