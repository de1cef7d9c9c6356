"""Where failing records are, what is kept of them, and what a script can ask about a record."""

import random
import unittest
from unittest import mock

from harness import DriverTestCase, reading
from pyparallel import _driver, _places

SEED = 20_26
TOKENS = (b"a", b"bc", b"\n", b"\n", b"\r\n", b"\0", b"\0", "é".encode(), b"\xff", b"x" * 30)

FAIL = """
def process(record):
    if "bad" in str(record):
        raise ValueError(f"no {record}")
    return record
"""

# Format, options, data, and of each failing record: number, line, offset, and how it stands there.
CASES = (
    ("lines", {}, b"ok\r\nbad\r\n\n\xff\nbad", [
        (1, 1, 4, "bad"), (3, 3, 10, None), (4, 4, 12, "bad")]),
    ("jsonl", {}, b'1\n\n"bad"\n{x\n', [(2, 2, 3, '"bad"'), (3, 3, 9, "{x")]),
    ("values", {}, b"1\n\nbad\n", [(2, 2, 3, "bad")]),
    ("null", {}, b"a\nb\0bad\0\xff\0", [(1, 1, 4, "bad"), (2, 1, 8, None)]),
    ("csv", {}, b'a,"\n"\r\n\nbad,"x\ny"\r\n"bad', [(2, 3, 8, 'bad,"x\ny"'), (3, 5, 19, '"bad')]),
    ("tsv", {}, b"a\tb\nbad\t\n", [(1, 1, 4, "bad\t")]),
    ("json", {}, '["é",\n"bad" , x,{"bad":\n1}] "bad"'.encode(), [
        (1, 1, 7, '"bad"'), (2, 1, 15, "x"), (3, 1, 17, '{"bad":\n1}'), (4, 2, 29, '"bad"')]),
    ("records", {"separator": b"--".hex()}, b"a\n--bad\n--", [(1, 1, 4, "bad\n")]),
    ("records", {"start": "[0-9]"}, b"bad\n1 ok\n2\n bad\n", [(0, 0, 0, "bad"), (2, 2, 9, "2\n bad")]),
    ("text", {}, b"a\nbad\n", [(0, 0, 0, "a\nbad\n")]),
    ("bytes", {}, b"bad\xff", [(0, 0, 0, None)]),
    ("args", {}, b"a\0bad\0", [(1, -1, -1, "bad")]),
    ("args", {"width": "2"}, b"a\0bad\0c\0d\0", [(0, -1, -1, "a\0bad")]),
    ("files", {}, b"a\0bad\0", [(1, -1, -1, "bad")]),
)  # fmt: skip


class FailureTest(DriverTestCase):
    def test_every_format_knows_where_a_failing_record_is(self):
        for format, options, data, failures in CASES:
            options = {"header": "0", **options}
            with self.subTest(format=format, data=data):
                self.load(FAIL, format=format, rejects="1", **options)
                result = self.run_shard(data, start=100, first=10, line=20)
                self.assertEqual(
                    [failure[:3] for failure in failures],
                    [(error.record, error.line, error.offset) for error in result.errors],
                )
                self.assertEqual(
                    [self.reject(*failure) for failure in failures],
                    [
                        (each["record"], each["line"], each["offset"], each.get("data"))
                        for each in result.rejects
                    ],
                )

    def reject(self, number, line, offset, text):
        place = (None, None) if line < 0 else (line + 21, offset + 100)
        return (number + 11, *place, text)

    def test_a_reject_tells_all(self):
        self.load(FAIL, rejects="1")
        [reject] = self.run_shard("bad é\n", source="in.txt").rejects
        trace = reject.pop("traceback")
        self.assertTrue(trace.startswith("Traceback (most recent call last):\n"))
        self.assertTrue(trace.endswith("ValueError: no bad é"))
        self.assertEqual(
            {
                "source": "in.txt", "record": None, "line": None, "offset": 0,
                "error": {"type": "ValueError", "message": "no bad é"}, "data": "bad é",
            },
            reject,
        )

    def test_bytes_that_are_not_utf8_are_kept_in_base64(self):
        self.load(FAIL, rejects="1")
        [reject] = self.run_shard(b"\xff\x00\n").rejects
        self.assertNotIn("data", reject)
        self.assertEqual("/wA=", reject["dataBase64"])

    def test_an_integer_is_its_digits(self):
        self.load("def process(record): 1 // (record - 7)", format="range", rejects="1")
        result = self.run_shard("5 3 2", first=10)
        self.assertEqual([(1, -1, -1)], [(e.record, e.line, e.offset) for e in result.errors])
        self.assertEqual([("7", 12)], [(each["data"], each["record"]) for each in result.rejects])

    def test_every_failing_record_is_rejected(self):
        self.load(FAIL, rejects="1")
        result = self.run_shard("bad\n" * 100)
        self.assertEqual(_driver.KEPT_ERRORS, len(result.errors))
        self.assertEqual([4 * n for n in range(100)], [each["offset"] for each in result.rejects])

    def test_what_is_not_asked_for_is_not_rejected(self):
        self.load(FAIL)
        self.assertEqual([], self.run_shard("bad\n").rejects)

    def test_results_that_cannot_be_written_reject_their_record(self):
        self.load("def process(record):\n    return record + '\\ud800' * (record in 'bd')", rejects="1")
        result = self.run_shard("a\nb\nc\nd\n")
        self.assertEqual(b"a\nc\n", result.output)
        self.assertEqual(["b", "d"], [each["data"] for each in result.rejects])

    def test_an_unknown_record_is_rejected_without_its_text(self):
        self.load("def process(record):\n    yield 'x'\n    yield '\\ud800'", rejects="1")
        [reject] = self.run_shard("a\n", first=0, line=0).rejects
        self.assertEqual((None, None, None), (reject["record"], reject["offset"], reject["data"]))

    def test_a_name_that_is_not_utf8(self):
        self.load(FAIL, rejects="1")
        with mock.patch.object(_driver.Driver, "_describe_shard", lambda *_: ""):
            import pyparallel

            pyparallel.shard.source = "\udcff"
            [reject] = self.run_shard("bad\n").rejects
        self.assertEqual("\udcff", reject["source"])

    def test_the_shard_ends_when_nobody_wants_rejects(self):
        self.load(FAIL, rejects="1")
        self.wanted = False
        self.assertEqual("interrupted", self.run_shard("bad\n").status)

    def test_where_a_whole_shard_stopped(self):
        script = "def process_shard(records):\n    next(records)\n    next(records)\n    1 / 0\n"
        self.load(script, format="csv", rejects="1")
        result = self.run_shard('"a\n"\nb\nc\n', preamble="n")
        [error] = result.errors
        self.assertEqual((1, 2, 5), (error.record, error.line, error.offset))
        self.assertEqual((3, 4, []), (result.records, result.lines, result.rejects))

    def test_a_header_that_cannot_be_read_fails_the_shard(self):
        self.load(FAIL, format="csv")
        result = self.run_shard("1\n", preamble="\xff")
        self.assertEqual("failed", result.status)
        self.assertIn("the header row is not UTF-8", result.errors[0].message)

    def test_a_pattern_that_is_none_is_a_usage_error(self):
        kind, message = self.open(FAIL, format="records", start="(")
        self.assertEqual("usage", kind)
        self.assertIn("the regular expression '('", message)


class WalkTest(unittest.TestCase):
    def test_records_are_found_in_any_order(self):
        source = random.Random(SEED)
        for separator in (b"\n", b"\0"):
            for _ in range(200):
                data = b"".join(source.choice(TOKENS) for _ in range(source.randrange(1, 60)))
                expected = lines(data, separator)
                places = _places.Ends(data, 0, separator)
                base = 0
                with self.subTest(separator=separator, data=data):
                    for _ in range(30):
                        base = source.choice((base, source.randrange(base, len(expected))))
                        number = source.randrange(base, len(expected))
                        place = places.find(number, base)
                        self.assertEqual(
                            expected[number], (place.line, place.offset, place.end)
                        )

    def test_every_record_is_passed_about_twice_when_all_fail(self):
        data = b"ab\n" * 10_000
        places = _places.Ends(data, 0, b"\n")
        steps = 0
        skip = places.skip

        def counting(offset, count):
            nonlocal steps
            steps += count
            return skip(offset, count)

        places.skip = counting
        for number in range(10_000):
            self.assertEqual(3 * number, places.find(number, number // 64 * 64).offset)
        self.assertLess(steps, 25_000)


def lines(data, separator):
    places = []
    start = 0
    while start < len(data):
        end = data.find(separator, start)
        following = end + 1
        if end < 0:
            end = following = len(data)
        elif separator == b"\n" and data[start:end].endswith(b"\r"):
            end -= 1
        places.append((data[:start].count(b"\n"), start, end))
        start = following
    return places


class RecordTest(DriverTestCase):
    SCRIPT = """
        import pyparallel
        from pyparallel import record as current
        def process(record):
            return [current.number, current.line]
        def process_shard(records):
            for record in records:
                yield [current.number, current.line]
        """

    def results_of(self, data, call="process", first=7, **options):
        self.load(self.SCRIPT, call=call, json=True, **options)
        result = self.run_shard(data, first=first)
        self.assertEqual(("finished", []), (result.status, result.errors))
        return result.output.decode()

    def test_number_and_text(self):
        for format, data, expected in (
            ("lines", "a\r\nb", '[7,"a"]\n[8,"b"]\n'),
            ("jsonl", ' 1\n\n"x"', '[7," 1"]\n[9,"\\"x\\""]\n'),
            ("values", "1\n\nx", '[7,"1"]\n[9,"x"]\n'),
            ("csv", 'a,"b"\n"\n"\n', '[7,"a,\\"b\\""]\n[8,"\\"\\n\\""]\n'),
            ("json", '[1, {"a" : 2}]', '[7,"1"]\n[8,"{\\"a\\" : 2}"]\n'),
            ("range", "5 2 1", '[7,"5"]\n[8,"6"]\n'),
            ("args", "a\0b\0", '[7,"a"]\n[8,"b"]\n'),
        ):
            for call in ("process", "process_shard"):
                with self.subTest(format=format, call=call):
                    found = self.results_of(data, call=call, format=format, header="0")
                    self.assertEqual(expected, found)

    def test_without_a_count_there_is_no_number(self):
        self.assertEqual('[null,"a"]\n', self.results_of("a\n", first=-1))

    def test_outside_of_records_there_is_none(self):
        script = """
            import pyparallel
            def setup():
                assert (pyparallel.record.number, pyparallel.record.line) == (None, None)
            def process_shard(records):
                yield [pyparallel.record.number, pyparallel.record.line]
            def teardown():
                assert (pyparallel.record.number, pyparallel.record.line) == (None, None)
            """
        self.assertEqual("[null,null]\n", self.results(script, "a\n"))
        self.assertEqual(["ok"], self.close())


if __name__ == "__main__":
    unittest.main()
