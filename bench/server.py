"""A web server on loopback that takes its time to answer."""

import asyncio
import threading

# How long it takes for each request, in seconds.
DELAY = 0.05


def start():
    """Starts a server in a thread of this process, which ends with it; returns its port."""
    ready = threading.Event()
    ports = []

    def serve():
        asyncio.run(_serve(ports, ready))

    threading.Thread(target=serve, daemon=True).start()
    ready.wait()
    return ports[0]


async def _serve(ports, ready):
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=1000)
    ports.append(server.sockets[0].getsockname()[1])
    ready.set()
    await server.serve_forever()


async def _answer(reader, writer):
    first = await reader.readline()
    while (await reader.readline()).strip():
        pass
    await asyncio.sleep(DELAY)
    body = first.split()[1].lstrip(b"/")
    writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body)
    await writer.drain()
    writer.close()
