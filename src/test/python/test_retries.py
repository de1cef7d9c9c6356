"""Records that fail: tried again in place, or taking their shard with them."""

import unittest

from harness import DriverTestCase

FLAKY = """\
    tries = {}

    def process(record):
        tries[record] = tries.get(record, 0) + 1
        if record.startswith("bad") and tries[record] <= int(record[3:]):
            raise ValueError(f"{record} {tries[record]}")
        return f"{record} {tries[record]}"
"""


class RetriesTest(DriverTestCase):
    def run_lines(self, source, data, **options):
        self.load(source, **options)
        return self.run_shard(data)

    def test_a_record_that_fails_is_tried_again_alone(self):
        result = self.run_lines(FLAKY, "a\nbad2\nb\n", retries="2")

        self.assertEqual(b"a 1\nbad2 3\nb 1\n", result.output)
        self.assertEqual(("finished", 3, 0), (result.status, result.records, result.failed))

    def test_the_last_attempt_is_what_is_reported(self):
        result = self.run_lines(FLAKY, "a\nbad3\nb\n", retries="2")

        self.assertEqual(b"a 1\nb 1\n", result.output)
        self.assertEqual((1, 1), (result.failed, result.errors[0].record))
        self.assertEqual("bad3 3", result.errors[0].message)

    def test_what_an_attempt_printed_and_gave_is_dropped(self):
        source = """\
            import sys
            tries = []

            def process(record):
                tries.append(record)
                print("print", len(tries))
                yield f"{record} first"
                sys.stdout.buffer.write(b"bytes\\n")
                if len(tries) < 3:
                    raise ValueError
                yield f"{record} second"
        """
        result = self.run_lines(source, "a\n", retries="5")

        self.assertEqual(b"print 3\na first\nbytes\na second\n", result.output)
        self.assertEqual(0, result.failed)

    def test_the_last_attempt_keeps_what_it_gave(self):
        source = """\
            def process(record):
                print("seen", record)
                raise ValueError(record)
        """
        without = self.run_lines(source, "a\nb\n")
        again = self.run_lines(source, "a\nb\n", retries="1")

        self.assertEqual(without.output, again.output)
        self.assertEqual(b"seen a\nseen b\n", again.output)
        self.assertEqual(2, again.failed)

    def test_a_generator_that_gave_much_is_not_called_again(self):
        source = """\
            def process(record):
                yield from map(str, range(5000))
                raise ValueError(record)
        """
        result = self.run_lines(source, "a\n", retries="3")

        self.assertEqual("".join(f"{i}\n" for i in range(5000)).encode(), result.output)
        self.assertEqual(1, result.failed)

    def test_results_are_the_same_with_and_without_retries(self):
        source = """\
            def process(record):
                number = int(record)
                if number % 3 == 0:
                    print("three", end="")
                if number % 5 == 0:
                    return None
                if number % 7 == 0:
                    return {"seven": number}
                if number % 11 == 0:
                    return (str(number * i) for i in range(3))
                return record
        """
        data = "".join(f"{i}\n" for i in range(10_000))
        without = self.run_lines(source, data)
        again = self.run_lines(source, data, retries="1")

        self.assertEqual(without.output, again.output)

    def test_reductions_take_a_record_once(self):
        source = """\
            tries = []

            def process(record):
                tries.append(record)
                yield 1
                if len(tries) < 3:
                    raise ValueError
        """
        self.load(source, retries="3", merging="reduce", function="sum")
        self.assertEqual("finished", self.run_shard("a\nb\n").status)
        before = len(self.emitted)
        from pyparallel import _cpython

        _cpython.reduce(b"write", b"", None)
        self.assertEqual(b"2\n", self.output(before))


class ShardFailsTest(DriverTestCase):
    def run_lines(self, source, data, **options):
        self.load(source, on_error="shard", **options)
        return self.run_shard(data)

    def test_the_shard_ends_at_the_first_record_that_fails(self):
        source = """\
            def process(record):
                if record.startswith("bad"):
                    raise ValueError(record)
                return record
        """
        result = self.run_lines(source, "a\nbad1\nb\nbad2\n")

        self.assertEqual(("failed", 4, 4), (result.status, result.records, result.lines))
        self.assertEqual(b"a\n", result.output)
        self.assertEqual(1, len(result.errors))
        error = result.errors[0]
        self.assertEqual((1, 1, 2), (error.record, error.line, error.offset))
        self.assertEqual("bad1", error.message)
        self.assertNotIn("_RecordFailed", error.traceback)

    def test_the_next_shard_begins_anew(self):
        source = """\
            def process(record):
                if record == "bad":
                    raise ValueError(record)
                return record
        """
        self.assertEqual("failed", self.run_lines(source, "bad\n").status)
        result = self.run_shard("a\n")
        self.assertEqual(("finished", b"a\n"), (result.status, result.output))

    def test_so_it_does_where_a_record_cannot_be_decoded(self):
        result = self.run_lines("process = str.upper", b"a\nb\n\xff\nc\n")

        self.assertEqual(("failed", 4), (result.status, result.records))
        self.assertEqual(b"A\nB\n", result.output)
        self.assertEqual((2, "UnicodeDecodeError"), (result.errors[0].record, result.errors[0].type))

    def test_and_where_a_value_is_no_json(self):
        source = """\
            def process(record):
                return record["a"]
        """
        data = '{"a": 1}\n{"a":\n{"a": 3}\n'
        result = self.run_lines(source, data, format="jsonl")

        self.assertEqual(("failed", 3, b"1\n"), (result.status, result.records, result.output))
        self.assertEqual(1, result.errors[0].record)

    def test_and_inside_process_shard(self):
        source = """\
            def process_shard(records):
                for record in records:
                    yield record
        """
        result = self.run_lines(source, b"a\nb\n\xff\nc\n")

        self.assertEqual(("failed", b"a\nb\n"), (result.status, result.output))
        self.assertEqual([2], [error.record for error in result.errors])

    def test_and_where_a_result_cannot_be_written(self):
        source = """\
            def process(record):
                return "\\ud800" if record == "b" else record
        """
        result = self.run_lines(source, "a\nb\nc\n")

        self.assertEqual("failed", result.status)
        self.assertEqual([1], [error.record for error in result.errors])

    def test_the_record_is_rejected(self):
        source = """\
            def process(record):
                raise ValueError(record)
        """
        result = self.run_lines(source, "a\nb\n", rejects="1")

        self.assertEqual(["a"], [reject["data"] for reject in result.rejects])

    def test_a_filter_fails_as_ever(self):
        result = self.run_lines("raise ValueError(1)", "a\n")

        self.assertEqual(("failed", "1"), (result.status, result.errors[0].message))


if __name__ == "__main__":
    unittest.main()
