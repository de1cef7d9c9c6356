"""The article's I/O workload: 20 small requests to a server that takes its time."""

import asyncio

TITLE = "article, I/O: 20 HTTP requests"
KIND = "article"
# All in one shard, so that all wait at once.
OPTIONS = ("-N", "20")
NOTE = (
    "ThreadPoolExecutor gets a thread for each request; pyparallel runs `async def process`, up to 100"
    " at once in each worker; the others wait for one request after the other in each worker"
)
RECORDS_PER_TASK = 1
REQUESTS = 20

# Waiting costs no processor: a pool of threads gets one for each request.
THREADS = REQUESTS


def make(folder, scale):
    """Starts a server in this process, and names its pages."""
    from server import start

    port = start()
    path = folder / "urls.txt"
    path.write_text("".join(f"127.0.0.1:{port}/{page}\n" for page in range(REQUESTS)))
    return [path]


async def process(record):
    address, _, page = record.partition("/")
    host, _, port = address.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request(page))
    answer = await reader.read()
    writer.close()
    return counted(answer)


def process_blocking(record):
    """The same for a thread that waits."""
    import socket

    address, _, page = record.partition("/")
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(request(page))
        answer = b""
        while data := connection.recv(4096):
            answer += data
    return counted(answer)


def request(page):
    return f"GET /{page} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode()


def counted(answer):
    head, _, body = answer.partition(b"\r\n\r\n")
    return {"answers": int(head.startswith(b"HTTP/1.0 200")), "sum": int(body)}
