"""Reductions: their results over a shard, and that the tree of combinations does not matter."""

import json
import math
import pickle
import random
import statistics
import unittest

from harness import DriverTestCase
from pyparallel import _cpython, _order, _reduce
from pyparallel._counts import Counts
from pyparallel._reducers import NOTHING

ECHO = "def process(line): return line"
VALUES = "import json\ndef process(line): return json.loads(line)"


class ReduceTestCase(DriverTestCase):
    def open_reduce(self, source, function, **options):
        return self.open(source, merging="reduce", function=function, **options)

    def load_reduce(self, source, function, **options):
        self.assertEqual(["ok"], self.open_reduce(source, function, **options))

    def step(self, name, data=None, place="shards 0 and 1"):
        """One step; returns the status, what was sent and the errors' fields."""
        before = len(self.emitted)
        answer = _cpython.reduce(name.encode(), place.encode(), data).decode().split("\0")
        return answer[0], self.output(before), answer[5:]

    def reduce(self, source, function, data, **options):
        """What is written for one shard."""
        self.load_reduce(source, function, **options)
        self.result = self.run_shard(data)
        self.assertEqual(b"", self.result.output)
        status, output, errors = self.step("write")
        self.assertEqual("finished", status, errors)
        return output.decode()


class BuiltInTest(ReduceTestCase):
    def values(self, function, *values):
        """What is written when a record's result is each of the values in turn."""
        return self.reduce(VALUES, function, "".join(json.dumps(value) + "\n" for value in values))

    def test_sum(self):
        self.assertEqual("6\n", self.values("sum", 1, 2, "3"))
        self.assertEqual("6.5\n", self.values("sum", 1, 2.5, " 3 "))
        self.assertEqual(f"{10**30}\n", self.values("sum", 10**30 - 1, True))

    def test_count(self):
        self.assertEqual("4\n", self.values("count", 1, "a", [], {}))

    def test_min_and_max(self):
        self.assertEqual("2\n", self.values("min", "10", "2", 3))
        self.assertEqual("10\n", self.values("max", "10", "2", 3))
        self.assertEqual("apple\n", self.values("min", "pear", "apple"))
        self.assertEqual("[1,2]\n", self.values("max", [1, 1], "z", [1, 2], 9))

    def test_the_first_of_equal_extremes_is_kept(self):
        self.assertEqual("1\n", self.values("max", 1, 1.0))
        self.assertEqual("1.0\n", self.values("min", 1.0, 1))

    def test_mean(self):
        self.assertEqual("2.5\n", self.values("mean", 1, 2, 3, "4"))

    def test_stats(self):
        self.assertEqual(
            {"count": 4, "sum": 10, "mean": 2.5, "min": 1, "max": 4, "stdev": math.sqrt(5 / 3)},
            json.loads(self.values("stats", 4, 1, 3, 2)),
        )
        self.assertEqual(
            '{"count":1,"sum":7,"mean":7.0,"min":7,"max":7,"stdev":null}\n', self.values("stats", 7)
        )

    def test_uniq(self):
        self.assertEqual(
            '["b",1,true,[1],{"a":1},"1"]\n',
            self.values("uniq", "b", 1, "b", True, 1.0, [1], {"a": 1}, [1], "1"),
        )

    def test_top(self):
        self.assertEqual("[9,7,5.5]\n", self.values("top:3", 1, 5.5, 9, 3, "7"))
        self.assertEqual("[2,2.0]\n", self.values("top:2", 1, 2, 2.0, 2))
        self.assertEqual("[1]\n", self.values("top:3", 1))

    def test_histogram_of_text(self):
        self.assertEqual('{"b":3,"a":2,"c":1}\n', self.values("histogram", *"abbcab"))

    def test_histogram_of_few_numbers(self):
        self.assertEqual('{"2":2,"1.5":1,"true":1}\n', self.values("histogram", 1.5, 2, 2.0, True))

    def test_histogram_of_many_numbers(self):
        bins = json.loads(self.values("histogram", *range(100)))
        self.assertEqual([{"from": 8 * i, "to": 8 * i + 8, "count": 8} for i in range(12)], bins[:-1])
        self.assertEqual({"from": 96, "to": 104, "count": 4}, bins[-1])
        bins = json.loads(self.values("histogram", *(i / 1000 for i in range(-60, 60)), "x", "x"))
        self.assertEqual({"value": "x", "count": 2}, bins.pop())
        self.assertEqual(120, sum(part["count"] for part in bins))
        self.assertEqual(2**-7, bins[0]["to"] - bins[0]["from"])

    def test_merge_dict(self):
        self.assertEqual(
            '{"n":3,"l":[1,2],"d":{"x":1.5,"y":1},"s":"same","b":true}\n',
            self.values(
                "merge-dict",
                {"n": 1, "l": [1], "d": {"x": 1}, "s": "same"},
                {"d": {"y": 1}, "l": [2], "n": 2, "s": "same", "b": True},
                {"d": {"x": 0.5}, "b": True},
            ),
        )

    def test_merge_dict_takes_counters_and_sets(self):
        source = """
            from collections import Counter
            def process_shard(records):
                yield Counter(records)
                yield {"a": 1, "set": {3, 1}}
                yield {"set": frozenset([2, 1])}
        """
        self.assertEqual('{"b":2,"a":2,"set":[1,2,3]}\n', self.reduce(source, "merge-dict", "b\na\nb\n"))

    def test_collect_by(self):
        self.assertEqual(
            '{"b":[{"k":"b","n":1},{"k":"b","n":3}],"2":[{"k":2}],"null":[{"k":null}]}\n',
            self.values(
                "collect-by:k", {"k": "b", "n": 1}, {"k": 2}, {"k": "b", "n": 3}, {"k": None}
            ),
        )
        self.assertEqual('{"a":[[1,"a"],[2,"a"]]}\n', self.values("collect-by:2", [1, "a"], [2, "a"]))
        self.assertEqual('{"x":["x 1","x 2"]}\n', self.values("collect-by:1", "x 1", "x 2"))

    def test_what_nothing_gives(self):
        empty = {
            "count": "0\n", "sum": "0\n", "uniq": "[]\n", "merge-dict": "{}\n", "histogram": "{}\n",
            "collect-by:a": "{}\n", "min": "", "max": "", "mean": "", "stats": "", "top:3": "",
        }
        for function, expected in empty.items():
            with self.subTest(function=function):
                self.assertEqual(expected, self.values(function))

    def test_the_result_is_a_result_like_any_other(self):
        self.assertEqual("pear\n", self.values("max", "pear", "apple"))
        self.assertEqual('"pear"\n', self.reduce(ECHO, "max", "pear\napple\n", json=True))

    def test_prints_and_lines_of_filters_are_results(self):
        printing = "def process(line):\n    print(line)\n    print(2, end='')\n    return 10"
        self.assertEqual("13\n", self.reduce(printing, "sum", "1\n"))
        echo = "import sys\nfor line in sys.stdin: print(line, end='')"
        self.assertEqual("6\n", self.reduce(echo, "sum", "1\n2\n3"))

    def test_bytes_are_text(self):
        self.assertEqual("5\n", self.reduce("def process(line): return line.encode()", "sum", "2\n3\n"))


class TroubleTest(ReduceTestCase):
    def test_a_value_that_is_no_number_fails_alone(self):
        for bad, message in (
            ('"x"', "'x' is not a number"),
            ('""', "'' is not a number"),
            ('"1_0"', "'1_0' is not a number"),
            ('"nan"', "'nan' is not a number"),
            ("[1]", "a list is not a number: [1]"),
            ("1e999", "inf is not a finite number"),
        ):
            for function in ("sum", "mean", "stats"):
                with self.subTest(bad=bad, function=function):
                    self.reduce(VALUES, function, f"1\n{bad}\n3\n")
                    self.assertEqual(("finished", 1), (self.result.status, self.result.failed))
                    self.assertEqual((1, message), (self.result.errors[0].record, self.result.errors[0].message))

    def test_a_dict_that_cannot_be_merged_leaves_no_trace(self):
        source = """
            VALUES = [{"a": 1, "s": "x", "l": [1]}, {"a": 1, "l": [2], "d": {"s": 1}, "s": "y"}, {"a": 1}]
            def process(line): return VALUES[int(line)]
        """
        self.assertEqual(
            '{"a":2,"s":"x","l":[1]}\n', self.reduce(source, "merge-dict", "0\n1\n2\n")
        )
        self.assertEqual("under s there is 'x', and now 'y'", self.result.errors[0].message)

    def test_numbers_are_never_added_to_anything_else(self):
        for one, other in (({"a": 1}, {"a": "x"}), ({"a": True}, {"a": False}), ({"a": [1]}, {"a": 1})):
            source = f"VALUES = [{one}, {other}]\ndef process(line): return VALUES[int(line)]"
            self.reduce(source, "merge-dict", "0\n1\n")
            self.assertEqual(1, self.result.failed, (one, other))

    def test_dicts_of_the_script_stay_as_they_are(self):
        source = """
            TOTAL = {"n": 1, "list": [1], "inner": {"n": 1}}
            def process(line):
                assert TOTAL == {"n": 1, "list": [1], "inner": {"n": 1}}
                return TOTAL
        """
        expected = '{"n":3,"list":[1,1,1],"inner":{"n":3}}\n'
        self.assertEqual(expected, self.reduce(source, "merge-dict", "0\n1\n2\n"))
        self.assertEqual(0, self.result.failed)

    def test_a_missing_key_fails_alone(self):
        self.reduce(VALUES, "collect-by:k", '{"k":1}\n{"j":1}\n7\n')
        self.assertEqual([1, 2], [error.record for error in self.result.errors])
        self.assertEqual("no k in {'j': 1}", self.result.errors[0].message)

    def test_one_bad_item_of_a_whole_shard_does_not_end_it(self):
        source = """
            def process_shard(records):
                for record in records:
                    yield record
        """
        self.assertEqual("4\n", self.reduce(source, "sum", "1\nx\n3\n"))
        self.assertEqual(("finished", 1), (self.result.status, self.result.failed))
        self.assertEqual([1], [error.record for error in self.result.errors])

    def test_a_bad_printed_line_is_an_error_of_its_record(self):
        self.reduce("def process(line): print(line)", "sum", "1\nx\n3\n")
        self.assertEqual([1], [error.record for error in self.result.errors])

    def test_results_of_a_shard_that_fails_count(self):
        source = "def process_shard(records):\n    yield 5\n    raise ValueError('no')"
        self.assertEqual("5\n", self.reduce(source, "sum", "1\n"))
        self.assertEqual("failed", self.result.status)

    def test_an_unknown_reduction_is_a_usage_error(self):
        source = "import os\ndef process(line): pass\ndef join(a, b): return a\nNUMBER = 1"
        for name in ("total", "NUMBER", "top", "collect-by", "sum:3"):
            with self.subTest(name=name):
                kind, message = self.open_reduce(source, name)
                self.assertEqual("usage", kind)
                self.assertIn(f"--reduce {name}: there is no reduction {name}: there are sum, count", message)
                self.assertTrue(message.endswith("script.py defines process, join"), message)

    def test_an_argument_that_does_not_fit_is_a_usage_error(self):
        self.assertEqual(
            ["usage", "--reduce top:x: top:x: it takes a number from 1, as in top:10"],
            self.open_reduce(ECHO, "top:x"),
        )

    def test_a_filter_has_no_function_to_reduce_with(self):
        kind, message = self.open_reduce("print(1)\ndef join(a, b): return a", "join")
        self.assertEqual("usage", kind)
        self.assertIn("only where the script has a function process", message)


class FunctionTest(ReduceTestCase):
    JOIN = "def process(line): return line\ndef join(a, b): return a + b"

    def test_a_function_of_the_script_is_called_with_the_earlier_first(self):
        self.assertEqual("abc\n", self.reduce(self.JOIN, "join", "a\nb\nc\n"))

    def test_one_result_is_itself_and_none_is_nothing(self):
        self.assertEqual("a\n", self.reduce(self.JOIN, "join", "a\n"))
        self.assertEqual("", self.reduce(self.JOIN, "join", ""))

    def test_an_error_on_a_record_is_the_records(self):
        source = "def process(line): return int(line)\ndef join(a, b): return b // (b - 2) + a"
        self.assertEqual("2\n", self.reduce(source, "join", "1\n2\n7\n"))
        self.assertEqual("ZeroDivisionError", self.result.errors[0].type)
        self.assertEqual("join", self.result.errors[0].frames[-1][2])

    def test_a_function_that_returns_nothing_is_told(self):
        self.reduce("def process(line): return [line]\ndef join(a, b): a += b", "join", "a\nb\n")
        self.assertIn("join() returned None", self.result.errors[0].message)

    def test_a_built_in_reduction_comes_first(self):
        self.assertEqual("2\n", self.reduce(ECHO + "\ndef count(a, b): return 7", "count", "a\nb\n"))


class StepTest(ReduceTestCase):
    def take(self, data):
        self.run_shard(data)
        status, taken, _ = self.step("take")
        self.assertEqual("finished", status)
        return taken

    def test_partial_results_are_combined_in_order(self):
        self.load_reduce(FunctionTest.JOIN, "join")
        earlier, later = self.take("a\nb\n"), self.take("e\n")
        self.run_shard("c\nd\n")
        self.step("earlier", earlier)
        self.step("later", later)
        self.assertEqual(("finished", b"abcde\n", []), self.step("write"))

    def test_a_shard_without_results_changes_nothing(self):
        self.load_reduce(FunctionTest.JOIN, "join")
        taken = self.take("a\n")
        self.assertEqual(b"", self.take(""))
        self.step("later", taken)
        self.assertEqual(b"a\n", self.step("write")[1])

    def test_objects_of_the_script_can_be_passed_on(self):
        source = """
            class Box:
                def __init__(self, text): self.text = text
            def process(line): return Box(line)
            def join(a, b): return Box(a.text + b.text)
            def text(box): return box.text
        """
        self.load_reduce(source, "join")
        taken = self.take("a\n")
        self.assertEqual("ab", pickle.loads(self.combined(taken, "b\n")).text)

    def combined(self, taken, data):
        self.run_shard(data)
        self.step("earlier", taken)
        return self.step("take")[1]

    def test_what_cannot_be_passed_on_is_told(self):
        self.load_reduce("def process(line): return lambda: 1\ndef join(a, b): return a", "join")
        self.run_shard("a\n")
        status, output, errors = self.step("take")
        self.assertEqual(("failed", b""), (status, output))
        self.assertIn("a function cannot be passed on to another interpreter", errors[4])
        self.assertNotIn("0x", errors[4])

    def test_what_cannot_be_combined_is_told(self):
        source = "def process(line): return int(line)\ndef join(a, b): return a // b"
        self.load_reduce(source, "join")
        zero = self.take("0\n")
        self.run_shard("7\n")
        status, output, errors = self.step("later", zero, "shards 0 to 1 and 2 to 3")
        self.assertEqual(("failed", b"", "ZeroDivisionError"), (status, output, errors[3]))
        self.assertTrue(
            errors[4].endswith(
                "(where two results were reduced: shards 0 to 1 and 2 to 3; the latter is left out: 0)"
            ),
            errors[4],
        )
        self.assertIn("in join", errors[5])
        self.assertEqual(b"7\n", self.step("write")[1])

    def test_a_result_that_cannot_be_written_is_told(self):
        self.load_reduce("def process(line): return float(line)\ndef join(a, b): return b", "join")
        self.run_shard("nan\n")
        status, output, errors = self.step("write")
        self.assertEqual(("failed", b"", "ValueError"), (status, output, errors[3]))

    def test_prints_of_the_function_go_to_standard_error_between_shards(self):
        source = "def process(line): return line\ndef join(a, b):\n    print('joining')\n    return a + b"
        self.load_reduce(source, "join")
        taken = self.take("a\n")
        self.run_shard("b\n")
        self.step("earlier", taken)
        self.assertEqual("joining\n", self.diagnostics())


class KeepTest(ReduceTestCase):
    """Partial results that stay where they are until the end."""

    def keep(self, data, shard):
        self.run_shard(data)
        status, answer, _ = self.step("keep", place=str(shard))
        self.assertEqual("finished", status)
        return answer

    def test_counts_are_kept_beside_later_ones(self):
        self.load_reduce("def process(line): return {line: 1}", "merge-dict")
        self.assertEqual(b"kept", self.keep("b\na\nb\n", 0))
        self.assertEqual(b"kept", self.keep("c\na\n", 1))
        self.assertEqual(b"", self.step("take")[1])
        self.assertEqual(b'{"b":2,"a":2,"c":1}\n', self.step("write")[1])
        self.assertEqual(b"{}\n", self.step("write")[1])

    def test_counts_are_handed_in_and_received_in_the_order_of_shards(self):
        self.load_reduce("def process(line): return {line: 1}", "merge-dict")
        self.keep("a\n", 1)
        self.keep("d\nz\n", 4)
        others = self.step("hand_in")[1]
        self.assertEqual(b"", self.step("hand_in")[1])
        self.keep("z\ny\n", 0)
        self.keep("a\nc\n", 3)
        self.assertEqual(("finished", b"", []), self.step("receive", others))
        both = self.step("hand_in")[1]
        self.step("receive", both)
        self.assertEqual(b'{"z":2,"y":1,"a":2,"c":1,"d":1}\n', self.step("write")[1])

    def test_what_is_no_count_is_held_on_to(self):
        self.load_reduce("def process(line): return {line: float(line) or 0}", "merge-dict")
        self.assertEqual(b"other", self.keep("1.5\n", 0))
        self.assertNotEqual(b"", self.step("take")[1])
        self.assertEqual(b"kept", self.keep("0\n", 1))
        self.assertEqual(b"", self.keep("", 2))

    def test_true_is_no_count(self):
        self.load_reduce("def process(line): return {line: True}", "merge-dict")
        self.assertEqual(b"other", self.keep("a\n", 0))

    def test_reductions_of_other_things_never_keep(self):
        for function in ("sum", "uniq", "top:2", "join"):
            with self.subTest(function=function):
                self.load_reduce(FunctionTest.JOIN, function)
                self.assertEqual(b"never", self.keep("1\n", 0))

    def test_kept_counts_and_the_rest_make_one_result(self):
        source = "def process(line): return {line[0]: len(line) - 1 or [line]}"
        self.load_reduce(source, "merge-dict")
        self.keep("axx\nbx\n", 0)
        self.assertEqual(b"other", self.keep("c\n", 1))
        rest = self.step("take")[1]
        self.keep("ax\n", 2)
        self.step("later", rest)
        self.assertEqual(b'{"a":3,"b":1,"c":["c"]}\n', self.step("write")[1])

    def test_a_rest_that_does_not_go_with_the_counts_is_told(self):
        source = "def process(line): return {line[0]: len(line) - 1 or [line]}"
        self.load_reduce(source, "merge-dict")
        self.keep("ax\n", 0)
        self.keep("a\n", 1)
        status, written, errors = self.step("write")
        self.assertEqual(("failed", b'{"a":1}\n'), (status, written))
        self.assertIn("nothing but integers, and the others; the latter is left out", "".join(errors))

    def test_histograms_of_text(self):
        self.load_reduce(ECHO, "histogram")
        self.assertEqual(b"kept", self.keep("b\na\n", 0))
        self.assertEqual(b"kept", self.keep("a\nc\n", 1))
        self.assertEqual(b'{"a":2,"b":1,"c":1}\n', self.step("write")[1])
        self.load_reduce(VALUES, "histogram")
        self.assertEqual(b"other", self.keep("1\n", 0))

    def test_it_does_not_matter_who_keeps_what(self):
        for seed in range(200):
            pick = random.Random(seed)
            shards = [
                {pick.choice("abcdefgh") * pick.randrange(1, 3): pick.randrange(-9, 9) for _ in range(4)}
                for _ in range(pick.randrange(20))
            ]
            expected = {}
            for shard in shards:
                for key, value in shard.items():
                    expected[key] = expected.get(key, 0) + value
            workers = [Counts() for _ in range(pick.randrange(1, 4))]
            for number, shard in enumerate(shards):
                if shard:
                    pick.choice(workers).add(number, dict(shard))
            writer = pick.choice(workers)
            for worker in workers:
                if worker is not writer and worker:
                    writer.receive(pickle.loads(pickle.dumps(worker.hand_in())))
            self.assertEqual(list(expected.items()), list(writer.hand_in()[0].items()))


class TreeTest(unittest.TestCase):
    """Over random trees of combinations the result is that of a plain loop."""

    def fold(self, function, values, seed):
        reducer = _reduce.built_in(function)
        pick = random.Random(seed)

        def build(part):
            if len(part) > 1 and pick.random() < 0.8:
                middle = pick.randrange(len(part) + 1)
                earlier, later = build(part[:middle]), build(part[middle:])
                if earlier is NOTHING or later is NOTHING:
                    return later if earlier is NOTHING else earlier
                if pick.random() < 0.5:
                    later = pickle.loads(pickle.dumps(later, 5))
                return reducer.combine(earlier, later)
            partial = NOTHING
            for value in part:
                partial = reducer.fold(partial, value)
            return partial

        return reducer.result(build(values))

    def check(self, function, make, oracle, rounds=150):
        for seed in range(rounds):
            pick = random.Random(seed)
            values = [make(pick) for _ in range(pick.choice([0, 1, 2, 10, 60, 300]))]
            with self.subTest(function=function, seed=seed):
                self.assertEqual(oracle(values), self.fold(function, values, seed))

    def integer(self, pick):
        return pick.choice([pick.randrange(-5, 5), pick.randrange(-1000, 1000), 10**20])

    def word(self, pick):
        return pick.choice(["a", "b", "c", "dd", "é", "e f"])

    def any(self, pick):
        return pick.choice([self.integer(pick), self.word(pick), [self.integer(pick)], True, 1.5])

    def test_sums_counts_and_means(self):
        self.check("sum", self.integer, sum)
        self.check("count", self.any, len)
        self.check("mean", self.integer, lambda values: sum(values) / len(values) if values else None)

    def test_extremes(self):
        def largest(values):
            return max(values, key=_order.key) if values else None

        self.check("min", self.any, lambda values: min(values, key=_order.key, default=None))
        self.check("max", self.any, largest)

    def test_top(self):
        def top(values):
            return sorted(values, key=_order.key, reverse=True)[:7] if values else None

        self.check("top:7", self.any, top)

    def test_top_with_more_than_it_keeps(self):
        values = random.Random(1).sample(range(10_000), 5_000)
        self.assertEqual(sorted(values, reverse=True)[:3], self.fold("top:3", values, 1))

    def test_uniq(self):
        def uniq(values):
            seen = {}
            for value in values:
                seen.setdefault(_order.key(value), value)
            return list(seen.values())

        self.check("uniq", self.any, uniq)

    def test_histograms_of_words(self):
        def count(values):
            counts = {value: values.count(value) for value in values}
            return dict(sorted(counts.items(), key=lambda entry: -entry[1]))

        self.check("histogram", self.word, count)

    def test_histograms_do_not_depend_on_the_tree(self):
        makers = (
            self.integer,
            lambda pick: pick.uniform(-1e-3, 1e6),
            lambda pick: pick.choice([pick.random(), pick.randrange(2**70), -(10**400)]),
            lambda pick: pick.lognormvariate(0, 5),
        )
        for make in makers:
            for seed in range(60):
                pick = random.Random(seed)
                values = [make(pick) for _ in range(pick.choice([40, 60, 500]))]
                expected = self.fold("histogram", values, 0)
                with self.subTest(seed=seed):
                    self.assertEqual(expected, self.fold("histogram", values, seed + 1))
                    if isinstance(expected, list):
                        self.assertLessEqual(len(expected), 20)
                        for part in expected:
                            inside = [v for v in values if part["from"] <= v < part["to"]]
                            self.assertEqual(len(inside), part["count"])
                        self.assertEqual(len(values), sum(part["count"] for part in expected))

    def test_merging_dicts(self):
        def make(pick):
            return {
                self.word(pick): self.integer(pick) for _ in range(3)
            } | {"list": [self.integer(pick)], "inner": {self.word(pick): 1}}

        def merge(values):
            total = {}
            for value in values:
                for key, item in value.items():
                    if key == "list":
                        total.setdefault(key, []).extend(item)
                    elif key == "inner":
                        inner = total.setdefault(key, {})
                        for name, count in item.items():
                            inner[name] = inner.get(name, 0) + count
                    else:
                        total[key] = total.get(key, 0) + item
            return total

        self.check("merge-dict", make, merge)

    def test_collecting(self):
        def collect(values):
            groups = {}
            for value in values:
                groups.setdefault(value["k"], []).append(value)
            return groups

        def make(pick):
            return {"k": self.word(pick), "n": self.integer(pick)}

        self.check("collect-by:k", make, collect)

    def test_statistics_stay_exact_far_from_zero(self):
        pick = random.Random(5)
        values = [1e9 + pick.gauss(0, 1) for _ in range(2_000)]
        for seed in range(20):
            result = self.fold("stats", values, seed)
            self.assertAlmostEqual(statistics.stdev(values), result["stdev"], places=6)
            self.assertEqual((min(values), max(values)), (result["min"], result["max"]))


if __name__ == "__main__":
    unittest.main()
