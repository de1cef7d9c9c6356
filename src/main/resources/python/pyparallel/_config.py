"""What the host tells the driver before it loads the script."""


def fields(text):
    """The list that was joined by NUL."""
    return text.split("\0")


class Config:
    """What the host's ``DriverProtocol`` made of its configuration, joined by NUL: how many names
    and values, these, how many shared files, their names and paths, the script's arguments."""

    def __init__(self, text):
        parts = fields(text)
        end = 1 + 2 * int(parts[0])
        given = dict(zip(parts[1:end:2], parts[2:end:2]))
        self.script = given["script"]
        # The folder that the script lies in, and what its module is called.
        self.folder = given["folder"]
        self.module = given["module"]
        self.kind = given["kind"]
        self.expression = given["expression"]
        self.call = given["call"]
        self.once = given["once"] == "1"
        self.format = given["format"]
        self.delimiter = given["delimiter"]
        self.header = given["header"] == "1"
        self.separator = bytes.fromhex(given["separator"])
        self.start = given["start"]
        self.width = int(given["width"])
        self.errors = given["errors"]
        self.output = given["output"]
        self.tag = given["tag"] == "1"
        self.live = given.get("live") == "1"
        # Whether there is another runtime for modules that refuse this one.
        self.fallback = given.get("fallback") == "1"
        # Whether the run may move to a runtime that compiles Python.
        self.tiers_up = given.get("tiers_up") == "1"
        self.divisible = given.get("divisible") == "1"
        self.rejects = given["rejects"] == "1"
        self.retries = int(given.get("retries", "0"))
        # Whether a failure is kept, so that somebody can look into it.
        self.keep = given.get("keep") == "1"
        # How many records at once an `async def` function works on; 0 where nobody said.
        self.concurrency = int(given.get("concurrency", "0"))
        self.fails_alone = given.get("on_error", "record") == "record"
        self.merging = given["merging"]
        self.key = given["key"] if given.get("keyed") == "1" else None
        self.descending = given.get("descending") == "1"
        self.distinct = given.get("distinct") == "1"
        self.function = given.get("function", "")
        self.worker = int(given["worker"])
        self.workers = int(given["workers"])
        seed = given.get("seed", "")
        self.seed = int(seed) if seed else None
        self.sandbox = given.get("sandbox") == "1"
        self.network = given.get("network") == "1"
        self.venv = given.get("venv", "")
        self.folders = [given[f"path{i}"] for i in range(int(given.get("paths", 0)))]
        shards = int(given["shards"])
        self.shards = None if shards < 0 else shards
        shares = int(parts[end])
        rest = end + 1 + 2 * shares
        self.shares = dict(zip(parts[end + 1 : rest : 2], parts[end + 2 : rest : 2]))
        self.arguments = parts[rest:]

    @property
    def output_errors(self):
        """The error handler for what is written: only what was escaped on the way in may leave."""
        return "surrogateescape" if self.errors == "surrogateescape" else "strict"
