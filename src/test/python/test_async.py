"""Scripts whose functions are ``async def``."""

import os
import subprocess
import sys
import textwrap
import unittest

import harness
from harness import DriverTestCase
from pyparallel import _cpython
from pyparallel._definitions import is_async

# Later records are ready earlier.
BACKWARDS = """\
    import asyncio
    import sys

    async def process(record):
        print("begin", record)
        await asyncio.sleep((9 - int(record)) / 200)
        print("end", record)
        return record * 2
"""


class AsyncTestCase(DriverTestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(self.close_driver)

    def close_driver(self):
        if _cpython.driver is not None:
            self.close()

    def run_lines(self, source, data, **options):
        self.load(source, **options)
        return self.run_shard(data)


class WindowTest(AsyncTestCase):
    def test_results_and_prints_are_in_the_order_of_the_records(self):
        result = self.run_lines(BACKWARDS, "1\n5\n9\n")

        expected = "".join(f"begin {r}\nend {r}\n{r}{r}\n" for r in "159")
        self.assertEqual(expected, result.output.decode())
        self.assertEqual(("finished", 3, 0), (result.status, result.records, result.failed))

    def test_as_many_as_allowed_are_under_way(self):
        source = """\
            import asyncio
            now = most = 0

            async def process(record):
                global now, most
                now += 1
                most = max(most, now)
                await asyncio.sleep(0.001)
                now -= 1
                return most
        """
        for given, expected in (("", 100), ("1", 1), ("7", 7), ("1000", 300)):
            with self.subTest(concurrency=given):
                options = {"concurrency": given} if given else {}
                result = self.run_lines(source, "x\n" * 300, **options)
                self.assertEqual(expected, int(result.output.split()[-1]))
                self.close()

    def test_no_more_records_are_taken_up_than_can_be_held(self):
        source = """\
            import asyncio
            begun = 0

            async def process(record):
                global begun
                begun += 1
                if record == "slow":
                    await asyncio.sleep(0.05)
                    return begun
        """
        result = self.run_lines(source, "slow\n" + "x\n" * 500, concurrency="20")

        self.assertEqual(b"20\n", result.output)

    def test_all_kinds_of_results(self):
        source = """\
            import asyncio

            async def process(record):
                await asyncio.sleep(0)
                if record == "generator":
                    return (f"{record} {i}" for i in range(2))
                return {"none": None, "bytes": b"raw", "dict": {"a": 1}, "list": [1, 2]}[record]
        """
        result = self.run_lines(source, "dict\nnone\nbytes\ngenerator\nlist\n")

        self.assertEqual(
            b'{"a":1}\nrawgenerator 0\ngenerator 1\n[1,2]\n', result.output
        )

    def test_an_async_generator_gives_its_items(self):
        source = """\
            import asyncio

            async def process(record):
                for i in range(int(record)):
                    yield f"{record} {i}"
                    if i % 100 == 0:
                        print("at", i)
                        await asyncio.sleep(0)
        """
        result = self.run_lines(source, "2\n1000\n0\n700\n3\n")

        expected = ""
        for record in (2, 1000, 0, 700, 3):
            for i in range(record):
                expected += f"{record} {i}\n" + (f"at {i}\n" if i % 100 == 0 else "")
        self.assertEqual(expected, result.output.decode())

    def test_a_generator_is_closed_when_an_item_cannot_be_written(self):
        source = """\
            import asyncio

            async def process(record):
                try:
                    yield record
                    await asyncio.sleep(0.01)
                    yield object() if record == "b" else 1
                    await asyncio.sleep(0.01)
                    yield 2
                finally:
                    print("closed", record)
        """
        result = self.run_lines(source, "a\nb\nc\n")

        self.assertEqual(1, result.failed)
        self.assertEqual(1, result.errors[0].record)
        self.assertIn(b"a\n1\n2\nclosed a\nb\n", result.output)
        self.assertTrue(result.output.endswith(b"c\n1\n2\nclosed c\n"), result.output)

    def test_what_a_task_started_belongs_to_its_record(self):
        source = """\
            import asyncio
            import pyparallel

            async def part(record, number):
                await asyncio.sleep(0.01 if record == "a" else 0)
                print(record, number, pyparallel.record.number, pyparallel.record.line)

            async def process(record):
                await asyncio.gather(part(record, 1), part(record, 2))
        """
        self.load(source)
        result = self.run_shard("a\nb\n", first=10)

        self.assertEqual(b"a 1 10 a\na 2 10 a\nb 1 11 b\nb 2 11 b\n", result.output)

    def test_functions_that_are_async_in_other_ways(self):
        body = "import functools\nasync def work(a, record):\n    return a + record\n"
        for definition in (
            "process = functools.partial(work, 'x')",
            "class Caller:\n    async def __call__(self, record):\n        return 'x' + record\n"
            "process = make = Caller()",
            "class Owner:\n    async def run(self, record):\n        return 'x' + record\n"
            "process = Owner().run",
        ):
            with self.subTest(definition=definition):
                source = body + definition + "\n"
                self.assertEqual("xa\n", self.results(source, "a\n", call="process"))
                self.close()

    def test_a_whole_shard(self):
        source = """\
            import asyncio

            async def process_shard(records):
                count = 0
                for record in records:
                    await asyncio.sleep(0)
                    print("seen", record)
                    count += 1
                return count
        """
        self.assertEqual("seen a\nseen b\n2\n", self.results(source, "a\nb\n"))

    def test_a_whole_shard_as_a_generator(self):
        source = """\
            import asyncio

            async def process_shard(records):
                for record in records:
                    await asyncio.sleep(0)
                    yield record.upper()
        """
        self.assertEqual("A\nB\n", self.results(source, "a\nb\n"))

    def test_tags_are_those_of_the_records(self):
        result = self.run_lines(BACKWARDS, "1\0" "9\0", format="args", tag="1")

        expected = "".join(f"{r}\tbegin {r}\n{r}\tend {r}\n{r}\t{r}{r}\n" for r in "19")
        self.assertEqual(expected, result.output.decode())

    def test_json_values(self):
        result = self.run_lines(BACKWARDS, "1\n9\n", json=True)

        self.assertEqual(b'"begin 1"\n"end 1"\n"11"\n"begin 9"\n"end 9"\n"99"\n', result.output)

    def test_rows(self):
        source = "def process(record):\n    return [record, 1]\n"
        plain = self.run_lines(source, "a\nb\n", output="csv")
        result = self.run_lines("async " + source, "a\nb\n", output="csv")

        self.assertEqual(plain.output, result.output)

    def test_tails_are_given_away(self):
        source = """\
            import asyncio

            async def process(record):
                await asyncio.sleep(0.02)
                return record
        """
        self.takes = lambda unread: True
        self.load(source, divisible="1", concurrency="2")
        data = "".join(f"{i}\n" for i in range(200))
        result = self.run_shard(data)

        self.assertTrue(self.tails)
        self.assertEqual(self.tails[-1][0], result.records)
        kept = "".join(f"{i}\n" for i in range(result.records))
        self.assertEqual(kept, result.output.decode())


class FailureTest(AsyncTestCase):
    FAILING = """\
        import asyncio

        async def step(record):
            await asyncio.sleep(0.01 if record == "bad" else 0)
            if record.startswith("bad"):
                raise ValueError(record)

        async def process(record):
            print("try", record)
            await step(record)
            return record
    """

    def test_a_record_fails_alone_at_its_place(self):
        result = self.run_lines(self.FAILING, "a\nbad\nb\nbad2\n", rejects="1")

        self.assertEqual(b"try a\na\ntry bad\ntry b\nb\ntry bad2\n", result.output)
        self.assertEqual(("finished", 4, 2), (result.status, result.records, result.failed))
        first, second = result.errors
        self.assertEqual((1, 1, 2), (first.record, first.line, first.offset))
        self.assertEqual((3, 3, 8), (second.record, second.line, second.offset))
        self.assertEqual(("ValueError", "bad"), (first.type, first.message))
        self.assertEqual(["process", "step"], [frame[2] for frame in first.frames])
        self.assertNotIn("asyncio", first.traceback)
        self.assertEqual(["bad", "bad2"], [line["data"] for line in result.rejects])

    def test_many_failures_keep_their_places(self):
        data = "".join(f"bad{i}\n" if i % 3 else f"{i}\n" for i in range(500))
        self.load(self.FAILING, rejects="1")
        result = self.run_shard(data, first=0, line=0)

        numbers = [i for i in range(500) if i % 3]
        self.assertEqual([f"bad{i}" for i in numbers], [line["data"] for line in result.rejects])
        self.assertEqual([i + 1 for i in numbers], [line["line"] for line in result.rejects])
        self.assertEqual(len(numbers), result.failed)

    def test_records_of_each_format_are_rejected_as_they_stand(self):
        source = "async def process(record):\n    raise ValueError(str(record))\n"
        for format, data, expected in (
            ("jsonl", '{"a":1}\n\n[2]\n', ['{"a":1}', "[2]"]),
            ("json", '[{"a":1},\n[2]]', ['{"a":1}', "[2]"]),
            ("args", "x\0y\0", ["x", "y"]),
            ("range", "5 3 2", ["5", "7", "9"]),
            ("csv", 'a,b\n1,2\n"x\ny",3\n', ["1,2", '"x\ny",3']),
            ("null", "x\0y\0", ["x", "y"]),
        ):
            with self.subTest(format=format):
                self.load(source, format=format, rejects="1", header="0")
                result = self.run_shard(data, first=0, line=0)
                given = [line["data"] for line in result.rejects]
                self.assertEqual(expected, given[-len(expected) :])
                self.close()

    def test_long_json_of_which_each_value_fails(self):
        source = "async def process(record):\n    raise ValueError(record['n'])\n"
        values = [f'{{"n": {i}, "x": "{"y" * 100}"}}' for i in range(600)]
        result = self.run_lines(source, "[" + ",\n".join(values) + "]", format="json", rejects="1")

        self.assertEqual(values, [line["data"] for line in result.rejects])

    def test_undecodable_records_have_their_turn(self):
        data = b"a\n\xff\nbad\nb\n\xfe\n\xfe\n"
        result = self.run_lines(self.FAILING, data)

        self.assertEqual(b"try a\na\ntry bad\ntry b\nb\n", result.output)
        self.assertEqual([1, 2, 4, 5], [error.record for error in result.errors])

    def test_undecodable_records_are_not_all_held(self):
        data = b"a\n" + b"\xff\n" * 1000 + b"b\n"
        result = self.run_lines(self.FAILING, data, concurrency="5")

        self.assertEqual((1002, 1000), (result.records, result.failed))
        self.assertEqual(b"try a\na\ntry b\nb\n", result.output)

    def test_the_shard_ends_with_the_first_that_fails(self):
        for data, records, failed in (
            ("a\nb\nbad\nc\nbad\n", 5, 2),
            (b"a\n\xff\nb\n", 3, 1),
            (b"a\nbad\n\xff\nb\n", 4, 1),
        ):
            with self.subTest(data=data):
                result = self.run_lines(self.FAILING, data, on_error="shard")
                self.assertEqual("failed", result.status)
                self.assertEqual(records, result.records)
                self.assertEqual([failed], [error.record for error in result.errors])
                self.assertTrue(result.output.startswith(b"try a\na\n"))
                self.assertNotIn(b"c", result.output)
                self.assertEqual(b"try z\nz\n", self.run_shard("z\n").output)
                self.close()

    def test_json_ends_with_the_first_that_fails(self):
        source = "async def process(record):\n    return 1 / record\n"
        data = "[" + ",".join(["1"] * 9000 + ["0"] + ["1"] * 20000) + "]"
        result = self.run_lines(source, data, format="json", on_error="shard")

        self.assertEqual(("failed", 29001), (result.status, result.records))
        self.assertEqual([9000], [error.record for error in result.errors])
        self.assertEqual(9000, result.output.count(b"1.0\n"))

    def test_results_that_cannot_be_encoded(self):
        source = "async def process(record):\n    return '\\ud800' if record == 'b' else record\n"
        result = self.run_lines(source, "a\nb\nc\n")

        self.assertEqual(b"a\nc\n", result.output)
        self.assertEqual([1], [error.record for error in result.errors])

    def test_records_are_tried_again(self):
        source = """\
            import asyncio
            tries = {}

            async def process(record):
                tries[record] = tries.get(record, 0) + 1
                print("try", record, tries[record])
                await asyncio.sleep(0)
                yield "begun"
                if record.startswith("bad") and tries[record] <= int(record[3:]):
                    raise ValueError(record)
                yield record
        """
        result = self.run_lines(source, "a\nbad2\nbad9\nb\n", retries="2")

        self.assertEqual(
            b"try a 1\nbegun\na\ntry bad2 3\nbegun\nbad2\ntry bad9 3\nbegun\ntry b 1\nbegun\nb\n",
            result.output,
        )
        self.assertEqual([2], [error.record for error in result.errors])

    def test_a_generator_that_gave_much_is_not_called_again(self):
        source = """\
            async def process(record):
                for i in range(5000):
                    yield i
                raise ValueError(record)
        """
        result = self.run_lines(source, "a\nb\n", retries="3")

        self.assertEqual(2 * "".join(f"{i}\n" for i in range(5000)), result.output.decode())
        self.assertEqual(2, result.failed)

    def test_cancelling_itself_fails_the_record(self):
        source = """\
            import asyncio

            async def process(record):
                if record == "b":
                    raise asyncio.CancelledError("b")
                if record == "c":
                    asyncio.current_task().cancel()
                    await asyncio.sleep(9)
                return record
        """
        result = self.run_lines(source, "a\nb\nc\nd\n")

        self.assertEqual(b"a\nd\n", result.output)
        self.assertEqual(2, result.failed)

    def test_exit_ends_the_shard_and_cancels_the_others(self):
        source = """\
            import asyncio, sys

            async def process(record):
                if record == "b":
                    sys.exit("enough")
                try:
                    await asyncio.sleep(0 if record == "a" else 60)
                finally:
                    print("over", record, file=sys.stderr)
                return record
        """
        result = self.run_lines(source, "a\nb\nc\n")

        self.assertEqual(("failed", b"a\n"), (result.status, result.output))
        self.assertIn("sys.exit('enough')", result.errors[0].message)
        self.assertEqual("over a\nover c\n", result.diagnostics)

    def test_nobody_wants_more(self):
        source = """\
            import asyncio

            async def process(record):
                await asyncio.sleep(0)
                return record * 1000
        """
        self.load(source)
        self.wanted = False
        result = self.run_shard("abcdefghi\n" * 5000)

        self.assertEqual("interrupted", result.status)

    def test_an_interruption_cancels_the_others(self):
        source = """\
            import asyncio, sys
            from pyparallel._driver import Interrupted

            async def process(record):
                if record == "b":
                    await asyncio.sleep(0.01)
                    raise Interrupted
                try:
                    await asyncio.sleep(60)
                finally:
                    print("over", record, file=sys.stderr)
        """
        result = self.run_lines(source, "a\nb\nc\n")

        self.assertEqual("interrupted", result.status)
        self.assertEqual(["over a", "over c"], sorted(result.diagnostics.split("\n")[:-1]))

    def test_an_interruption_of_a_callback(self):
        source = """\
            import asyncio
            from pyparallel._driver import Interrupted

            def stop():
                raise Interrupted

            async def process(record):
                asyncio.get_running_loop().call_later(0.01, stop)
                await asyncio.sleep(60)
        """
        self.assertEqual("interrupted", self.run_lines(source, "a\nb\n").status)


class LifeTest(AsyncTestCase):
    def test_setup_and_teardown_share_the_loop(self):
        source = """\
            import asyncio

            async def setup():
                global queue, worker
                queue = asyncio.Queue()
                worker = asyncio.create_task(work())
                print("setup")

            async def work():
                while True:
                    record, future = await queue.get()
                    future.set_result(record.upper())

            async def process(record):
                future = asyncio.get_running_loop().create_future()
                await queue.put((record, future))
                return await future

            async def teardown():
                await asyncio.sleep(0)
                worker.cancel()
                print("teardown")
        """
        self.load(source)
        self.assertEqual(b"A\nB\n", self.run_shard("a\nb\n").output)
        self.assertEqual(b"C\n", self.run_shard("c\n").output)
        before = len(self.emitted)
        self.assertEqual(["ok"], self.close())
        self.assertEqual("setup\n", self.diagnostics(0)[:6])
        self.assertEqual("teardown\n", self.diagnostics(before))

    def test_setup_may_be_async_where_process_is_not(self):
        source = """\
            import asyncio

            async def setup():
                global prefix
                await asyncio.sleep(0)
                prefix = "x"

            def process(record):
                return prefix + record
        """
        self.assertEqual("xa\n", self.results(source, "a\n"))

    def test_failures_around_shards_are_the_scripts(self):
        answer = self.open(
            "async def setup():\n    1 / 0\nasync def process(record):\n    return record\n"
        )
        self.assertEqual(("script", "ZeroDivisionError"), (answer[0], answer[4]))
        self.load(
            "async def process(record):\n    return record\nasync def teardown():\n    1 / 0\n"
        )
        answer = self.close()
        self.assertEqual(("script", "ZeroDivisionError"), (answer[0], answer[4]))

    def test_what_is_left_is_cancelled_at_the_end(self):
        source = """\
            import asyncio, sys

            async def linger():
                try:
                    await asyncio.sleep(60)
                finally:
                    print("cancelled", file=sys.stderr)

            async def process(record):
                global task
                task = asyncio.create_task(linger())
                await asyncio.sleep(0)
                return record
        """
        self.assertEqual("a\n", self.results(source, "a\n"))
        self.assertEqual(["ok"], self.close())
        self.assertIn("cancelled\n", self.diagnostics(0))

    def test_concurrency_is_for_async_functions(self):
        for source in (
            "def process(record):\n    return record\n",
            "async def process_shard(records):\n    return 1\n",
            "print(1)\n",
        ):
            with self.subTest(source=source):
                answer = self.open(source, concurrency="5")
                self.assertEqual("usage", answer[0])
                self.assertIn("--concurrency 5 is for async def process", answer[1])
                self.assertIn("leave it out", answer[1])

    def test_asyncio_is_imported_only_where_it_is_needed(self):
        code = """
            import sys
            sys.path.insert(0, sys.argv[1])
            import harness
            case = harness.DriverTestCase()
            case.setUp()
            case.results("def process(record):\\n    return record\\n", "a\\n")
            imported = "asyncio" in sys.modules
            case.doCleanups()
            print(imported)
        """
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), os.path.dirname(harness.__file__)],
            capture_output=True,
            text=True,
        )
        self.assertEqual(("False\n", ""), (done.stdout, done.stderr))

    def test_which_functions_are_async(self):
        async def coroutine():
            """Is one."""

        async def generator():
            yield

        for function, expected in (
            (coroutine, True),
            (generator, True),
            (len, False),
            (str, False),
            (None, False),
            (lambda: 1, False),
            (self.setUp, False),
        ):
            with self.subTest(function=function):
                self.assertEqual(expected, is_async(function))


if __name__ == "__main__":
    unittest.main()
