"""Shards that give away what they have left: both parts together are what the whole would be."""

import unittest

import pyparallel
from harness import DriverTestCase
from pyparallel import _parts

ECHO = """
    def process(record):
        if "bad" in str(record):
            raise ValueError(record)
        return repr(record)
"""

# Options of a format, a shard in it, and how many records that has.
SHARDS = {
    "lines": ({}, b"a\nbb\r\n\nbad\n\xff\nc\n\xfe\xfe\nbad c\nd", 9),
    "a byte order mark": ({}, b"\xef\xbb\xbfa\nbb\nbad\nc\n", 4),
    "jsonl": ({}, b'1\n\n{"a":"bad"}\nno\n[2]\n"\xff"\n"z"\n', 7),
    "values": ({}, b'1\n\n"bad"\nx y\n\xff\n2\n', 6),
    "null": ({}, b"a\nb\0\0bad\0\xff\0c\0d\n\0e\0", 7),
    "csv": (
        {"header": "0"},
        b'a,b\n"x\ny",2\n\nbad,3\n"\xff",4\n"5"\n\xfe\n"a ""quoted""\n\nrow",8\nz,9\n',
        9,
    ),
    "tsv": ({"preamble": "k\tv\n"}, b"a\tb\nbad\t1\nc\td\te\nf\ng\th\n", 5),
    "records": ({"separator": b";;".hex()}, b"a\nb;;;bad;;\n;;\xff;;c;;d", 6),
    "records by start": ({"start": "#"}, b"x\n# a\nb\n#bad\n# \xff\n#c\nd\n#e\n", 6),
    "args": ({}, b"a\0bad\0c\0\0d\0e\0", 6),
    "args in pairs": ({"width": "2"}, b"a\0b\0bad\0c\0\xff\0d\0e\0f\0", 4),
    "files": ({}, b"a\0bad\0c\0\xff\0e\0", 5),
    "range": ({}, b"3 20 -7", 20),
}


class TailTest(DriverTestCase):
    def setUp(self):
        super().setUp()
        before = _parts.PATIENCE, _parts.WORTHWHILE
        _parts.PATIENCE = _parts.WORTHWHILE = 0

        def restore():
            _parts.PATIENCE, _parts.WORTHWHILE = before

        self.addCleanup(restore)

    def whole(self, name, **more):
        """Loads the script for a format; returns what the undivided shard gives."""
        options, data, count = SHARDS[name]
        format = {"a byte order mark": "lines"}.get(name, name.split()[0])
        options = {**options, **more}
        self.preamble = options.pop("preamble", "")
        self.load(ECHO, divisible="1", format=format, **options)
        self.takes = lambda unread: False
        result = self.run_shard(data, first=0, line=0, preamble=self.preamble)
        self.assertEqual(count, result.records)
        return data, result

    def parts(self, name, data, start=0, before=(0, 0)):
        """Runs a shard and the tails it gives away; returns the results in the input's order, each
        with the records, lines and bytes before it."""
        first, line = before
        self.tails.clear()
        result = self.run_shard(data, start=start, first=first, line=line, preamble=self.preamble)
        parts = [(result, (first, line, start))]
        end = None
        for records, lines, offset, _ in reversed(self.tails):
            rest, last = self.cut(name, data, records, offset, end)
            tail = self.run_shard(
                rest,
                start=start + offset,
                first=first + records,
                line=line + lines,
                preamble=self.preamble,
            )
            parts.append((tail, (first + records, line + lines, start + offset)))
        return parts

    def cut(self, name, data, records, offset, end):
        if name == "range":
            first, count, step = map(int, data.split())
            return b"%d %d %d" % (first + offset * step, count - offset, step), None
        return data[offset:], None

    def failures(self, result, before=(0, 0, 0)):
        places = zip(before, (0, 0, 0))
        first, line, start = before
        return [
            (
                first + error.record,
                error.line if error.line < 0 else line + error.line,
                error.offset if error.offset < 0 else start + error.offset,
                error.type,
                error.message,
            )
            for error in result.errors
        ]

    def test_both_parts_give_what_the_whole_gives(self):
        for name, (_, _, count) in SHARDS.items():
            for more in ({}, {"output": "json"}, {"errors": "replace"}, {"rejects": "1"}):
                data, whole = self.whole(name, **more)
                for at in range(1, count):
                    with self.subTest(name, at=at, **more):
                        asked = []
                        self.takes = lambda unread: unread == at and not asked and not asked.append(1)
                        parts = self.parts(name, data)
                        self.check(whole, parts)

    def check(self, whole, parts):
        self.assertEqual(whole.output, b"".join(part.output for part, _ in parts))
        self.assertEqual(whole.records, sum(part.records for part, _ in parts))
        self.assertEqual(whole.failed, sum(part.failed for part, _ in parts))
        self.assertEqual(
            self.failures(whole),
            [failure for part, before in parts for failure in self.failures(part, before)],
        )
        self.assertEqual(
            [{**reject, "traceback": ""} for reject in whole.rejects],
            [{**reject, "traceback": ""} for part, _ in parts for reject in part.rejects],
        )

    def test_a_tail_is_given_for_every_format(self):
        for name in SHARDS:
            with self.subTest(name):
                data, _ = self.whole(name)
                self.takes = lambda unread: not self.tails
                self.assertEqual(2, len(self.parts(name, data)))

    def test_again_and_again_up_to_the_last_record(self):
        data = b"".join(b"line %d\n" % number for number in range(40))
        self.load(ECHO, divisible="1")
        whole = self.run_shard(data)
        self.takes = lambda unread: True
        result = self.run_shard(data)
        starts = [records for records, *_ in self.tails]
        self.assertEqual(sorted(starts, reverse=True), starts)
        self.assertGreater(len(starts), 3)
        self.assertEqual(starts[-1], result.records)
        self.assertEqual(starts[-1], result.lines)
        ends = [40, *starts]
        output = result.output
        for (records, _, offset, _), end in zip(reversed(self.tails[:]), reversed(ends[:-1])):
            lines = data.splitlines(keepends=True)[records:end]
            self.takes = lambda unread: False
            self.assertEqual(offset, len(b"".join(data.splitlines(keepends=True)[:records])))
            output += self.run_shard(b"".join(lines)).output
        self.assertEqual(whole.output, output)

    def test_the_shard_s_end_is_known_to_the_script(self):
        script = """
            import pyparallel
            def process(record): return f"{pyparallel.shard.start} {pyparallel.shard.end}"
        """
        self.load(script, divisible="1")
        self.takes = lambda unread: not self.tails
        result = self.run_shard("a\nb\nc\nd\n", start=100)
        [[records, _, offset, _]] = self.tails
        self.assertEqual(b"100 108\n", result.output[:8])
        self.assertEqual(f"100 {100 + offset}", result.output.decode().split("\n")[records - 1])
        self.assertEqual(100 + offset, pyparallel.shard.end)

    def test_the_last_record_is_kept(self):
        self.load(ECHO, divisible="1")
        self.takes = lambda unread: unread == 3
        self.assertEqual(4, self.run_shard("a\nb\nc\nd\n").records)
        self.assertEqual([], self.tails)

    def test_longer_records_at_the_end_are_given_too(self):
        self.load(ECHO, divisible="1")
        self.takes = lambda unread: unread == 6
        self.run_shard("a\n" * 7 + "b" * 1000)
        self.assertEqual([[7, 7, 14]], [tail[:3] for tail in self.tails])

    def test_a_shard_that_breaks_off_ends_where_its_tail_begins(self):
        script = """
            def process(record):
                if record == "b":
                    raise SystemExit("no more")
                return record
        """
        self.load(script, divisible="1")
        self.takes = lambda unread: not self.tails
        result = self.run_shard("a\nb\nc\nd\ne\nf\n")
        [[records, lines, *_]] = self.tails
        self.assertEqual(("failed", records, lines), (result.status, result.records, result.lines))
        self.assertEqual(b"a\n", result.output)

    def test_nobody_is_asked_where_shards_are_not_divisible(self):
        def takes(unread):
            raise AssertionError("asked")

        self.takes = takes
        for options in ({}, {"live": "1"}):
            self.load(ECHO, **options)
            self.assertEqual(3, self.run_shard("a\nb\nc\n").records)
        self.load("def process_shard(records): yield from records", divisible="1")
        self.assertEqual(3, self.run_shard("a\nb\nc\n").records)
        self.load("import sys\nfor line in sys.stdin: print(line)", divisible="1")
        self.assertEqual("finished", self.run_shard("a\nb\nc\n").status)

    def test_little_work_is_not_given_away(self):
        _parts.WORTHWHILE = 3600
        self.load(ECHO, divisible="1")
        self.takes = lambda unread: True
        self.assertEqual(3, self.run_shard("a\nb\nc\n").records)
        self.assertEqual([], self.tails)

    def test_sorted_and_distinct_results(self):
        for merging in ("sort", "distinct"):
            with self.subTest(merging):
                script = "def process(record): return record"
                self.load(script, divisible="1", merging=merging, key="")
                self.takes = lambda unread: not self.tails
                result = self.run_shard("d\nc\nb\na\n")
                self.assertEqual(1, len(self.tails))
                self.assertEqual(self.tails[0][0], result.records)
                self.tails.clear()

    def test_a_tail_repeats_what_comes_behind_it(self):
        self.load("def process(record): return record", merging="distinct")
        self.assertEqual(b"a\nb\n", self.run_shard("a\nb\n", index=1, start=10).output)
        self.assertEqual(b"c\n", self.run_shard("b\nc\n", index=1, start=14).output)
        self.assertEqual(b"b\nc\nd\n", self.run_shard("b\nc\nd\n", index=0, start=4).output)


class SizeTest(DriverTestCase):
    """How many records are worked on before somebody else may be asked."""

    def sizes(self, patience):
        before = _parts.PATIENCE
        _parts.PATIENCE = patience
        self.addCleanup(setattr, _parts, "PATIENCE", before)
        self.load("def process(record): return record", divisible="1")
        pack = []
        import pyparallel._encode as encode

        original = encode.Output.pack

        def spy(output, first=-1, count=0):
            if count:
                pack.append(count)
            return original(output, first, count)

        encode.Output.pack = spy
        self.addCleanup(setattr, encode.Output, "pack", original)
        self.run_shard("x\n" * 100)
        return pack

    def test_few_where_they_take_long(self):
        self.assertEqual({1}, set(self.sizes(0)))

    def test_more_and_more_where_they_are_fast(self):
        self.assertEqual([1, 2, 4, 8, 16, 32, 37], self.sizes(3600))


if __name__ == "__main__":
    unittest.main()
