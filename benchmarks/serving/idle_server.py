"""A server that does nothing but answer: what the load generator reaches here is its own limit."""

from __future__ import annotations

import json
import selectors
import socket

BODY = json.dumps({"results": {"bindings": []}, "padding": "x" * 1400}).encode()
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY


def serve(listener: socket.socket) -> None:
    """Answer every request on every connection, until the process is ended."""
    selector = selectors.DefaultSelector()
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                selector.register(listener.accept()[0], selectors.EVENT_READ, data=True)
            elif isinstance(key.fileobj, socket.socket):
                if key.fileobj.recv(1 << 16).endswith(b"\r\n\r\n"):
                    key.fileobj.sendall(ANSWER)
                else:
                    selector.unregister(key.fileobj)
                    key.fileobj.close()


if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        serve(listener)
