"""A small reverse proxy in a process of its own, for tests where the machine has none: as nginx with proxy_pass.

    python tests/kit/reverse_proxy.py PORT SERVER_ADDRESS SERVER_PORT

It passes the request's head on with the visitor's address added to X-Forwarded-For, and then bytes both ways, so that
WebSockets work through it. One request a connection.
"""

import asyncio
import contextlib
import sys


def passed_on(head: bytes, visitor: str) -> bytes:
    """The head of a request with the visitor's address, and the word that the connection serves this request alone."""
    first, *lines = head.rstrip(b"\r\n").split(b"\r\n")
    fields = [line.partition(b":") for line in lines]
    chain = [value.strip() for name, _, value in fields if name.lower() == b"x-forwarded-for"]
    ours = {b"x-forwarded-for", b"x-forwarded-proto"}
    upgrades = any(name.lower() == b"upgrade" for name, _, _ in fields)
    kept = [line for line, (name, _, _) in zip(lines, fields, strict=True) if name.lower() not in ours]
    kept = kept if upgrades else [line for line in kept if not line.lower().startswith(b"connection:")]
    added = [b"X-Forwarded-For: " + b", ".join([*chain, visitor.encode()]), b"X-Forwarded-Proto: https"]
    added += [] if upgrades else [b"Connection: close"]
    return b"\r\n".join([first, *kept, *added, b"", b""])


async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while chunk := await source.read(65_536):
            target.write(chunk)
            await target.drain()
    target.close()


async def main(port: int, server_address: str, server_port: int) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            visitor = writer.get_extra_info("peername")[0]
            from_server, to_server = await asyncio.open_connection(server_address, server_port)
            to_server.write(passed_on(head, visitor))
            await asyncio.gather(copy(reader, to_server), copy(from_server, writer))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
