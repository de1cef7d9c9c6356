"""What a shard sends of its results in a run that sorts them."""

import random
import unittest
from unittest import mock

from harness import DriverTestCase
from pyparallel import _order, _sort

SHARED = 0xFFFFFFFF


def runs(output):
    """The runs in what was sent: kind, and a list of keys with lines."""
    found = []
    place = 0
    while place < len(output):
        kind = output[place : place + 1]
        size = int.from_bytes(output[place + 1 : place + 9], "big")
        body = output[place + 9 : place + 9 + size]
        assert len(body) == size
        found.append((kind, plain(body) if kind == _sort.PLAIN else framed(body)))
        place += 9 + size
    return found


def plain(body):
    assert body.endswith(b"\n")
    lines = body[:-1].split(b"\n")
    return [(_order.STRING.encode() + line, line) for line in lines]


def framed(body):
    entries = []
    while body:
        key_size = int.from_bytes(body[:4], "big")
        line_size = int.from_bytes(body[4:8], "big")
        body = body[8:]
        key = None
        if key_size != SHARED:
            key, body = body[:key_size], body[key_size:]
        line, body = body[:line_size], body[line_size:]
        entries.append((_order.STRING.encode() + line if key is None else key, line))
    return entries


class SortTest(DriverTestCase):
    def sort(self, source, data, key=None, descending=False, distinct=False, **options):
        options.setdefault("merging", "sort")
        self.load(
            source,
            keyed=str(int(key is not None)),
            key=key or "",
            descending=str(int(descending)),
            distinct=str(int(distinct)),
            **options,
        )
        self.result = self.run_shard(data)
        return runs(self.result.output)

    def lines(self, *arguments, **options):
        """All lines, merged as a host would."""
        found = self.sort(*arguments, **options)
        for _, entries in found:
            keys = [key for key, _ in entries]
            self.assertEqual(sorted(keys, reverse=options.get("descending", False)), keys)
        entries = [entry for _, run in found for entry in run]
        entries.sort(key=lambda entry: entry[0], reverse=options.get("descending", False))
        return [line.decode("utf-8", "surrogateescape") for _, line in entries]

    def test_text_is_sent_as_plain_lines(self):
        found = self.sort("def process(line): return line", "b\na\nab\n\nB\na\tx\n")
        self.assertEqual([_sort.PLAIN], [kind for kind, _ in found])
        self.assertEqual([b"", b"B", b"a", b"a\tx", b"ab", b"b"], [line for _, line in found[0][1]])

    def test_nothing_is_sent_for_no_results(self):
        self.assertEqual([], self.sort("def process(line): pass", "b\na\n"))

    def test_descending_keeps_the_order_of_equal_ones(self):
        lines = self.lines(
            "def process(line): return line", "1 a\n2 b\n1 c\n2 d\n", key="1", descending=True
        )
        self.assertEqual(["2 b", "2 d", "1 a", "1 c"], lines)

    def test_ascending_keeps_the_order_of_equal_ones(self):
        lines = self.lines("def process(line): return line", "2 b\n1 a\n2 d\n1 c\n", key="1")
        self.assertEqual(["1 a", "1 c", "2 b", "2 d"], lines)

    def test_every_kind_of_result_has_its_place(self):
        source = """
            VALUES = [{"b": 1}, [2], "text", 3, 2.5, True, False, "é", "a\\nb", b"raw\\n", -1]
            def process(line): return VALUES[int(line)]
        """
        lines = self.lines(source, "".join(f"{i}\n" for i in range(11)))
        expected = ["false", "true", "-1", "2.5", "3", "a\nb", "raw", "text", "é", "[2]", '{"b":1}']
        self.assertEqual(expected, lines)

    def test_every_kind_of_result_has_its_place_as_json(self):
        source = """
            VALUES = [{"b": 1}, [2], "text", 3, 2.5, True, False, "é", "a\\nb", b"raw", -1, "a"]
            def process(line): return VALUES[int(line)]
        """
        lines = self.lines(source, "".join(f"{i}\n" for i in range(12)), json=True)
        expected = [
            "false", "true", "-1", "2.5", "3", '"a"', '"a\\nb"', '"raw"', '"text"', '"é"', "[2]",
            '{"b":1}',
        ]
        self.assertEqual(expected, lines)

    def test_a_missing_item_is_null(self):
        source = """
            VALUES = [{"n": 1}, {"n": "1"}, {}, {"n": None}, {"n": [1]}, {"n": -1}]
            def process(line): return VALUES[int(line)]
        """
        lines = self.lines(source, "0\n1\n2\n3\n4\n5\n", key="n")
        expected = ["{}", '{"n":null}', '{"n":-1}', '{"n":1}', '{"n":"1"}', '{"n":[1]}']
        self.assertEqual(expected, lines)

    def test_equal_results_are_kept_once(self):
        source = "def process(line): return line"
        self.assertEqual(["a", "b"], self.lines(source, "b\na\nb\na\n", distinct=True))
        lines = self.lines(source, "1 b\n1 a\n1 b\n", key="1", distinct=True)
        self.assertEqual(["1 a", "1 b"], lines)

    def test_prints_are_results(self):
        source = """
            def process(line):
                print("p", line)
                print("open", end=" ")
                return line
        """
        self.assertEqual(["open 1", "open 2", "p 1", "p 2"], self.lines(source, "2\n1\n"))

    def test_lines_of_a_filter_are_results(self):
        source = """
            import sys
            sys.stdout.write("".join(reversed(sys.stdin.readlines())))
            print("z\\na", end="")
        """
        self.assertEqual(["a", "b", "c", "z"], self.lines(source, "b\nc\n"))

    def test_generators_give_many(self):
        source = """
            def process_shard(records):
                for record in records:
                    yield record
                    yield 1
                    yield None
        """
        self.assertEqual(["1", "1", "a", "b"], self.lines(source, "b\na\n"))

    def test_what_cannot_be_written_fails_alone(self):
        source = 'def process(line): return "\\ud800" if line == "bad" else line'
        lines = self.lines(source, "b\nbad\na\n")
        self.assertEqual(["a", "b"], lines)
        self.assertEqual(("finished", 1), (self.result.status, self.result.failed))
        self.assertEqual([1], [error.record for error in self.result.errors])

    def test_what_has_no_place_fails_alone(self):
        source = 'def process(line): return {1, 2} if line == "bad" else line'
        self.assertEqual(["a", "b"], self.lines(source, "b\nbad\na\n"))
        self.assertEqual([1], [error.record for error in self.result.errors])

    def test_bytes_that_are_no_text_sort_as_bytes(self):
        data = b"\xff\n\xee\x80\x80\n\xf0\x9f\x98\x80\na\n\x80\n"
        found = self.sort("def process(line): return line", data, errors="surrogateescape")
        self.assertEqual(sorted(data[:-1].split(b"\n")), [line for _, line in found[0][1]])

    def test_a_shard_that_fails_sends_what_it_has(self):
        source = """
            def process_shard(records):
                yield "b"
                yield "a"
                raise ValueError("no")
        """
        self.assertEqual(["a", "b"], self.lines(source, "1\n"))
        self.assertEqual("failed", self.result.status)

    def test_much_is_sent_in_several_runs(self):
        data = "".join(f"{number}\n" for number in random.Random(1).sample(range(100_000), 20_000))
        for limit in ("MOST_SIZE", "MOST_RESULTS"):
            with mock.patch.object(_sort, limit, 5_000):
                found = self.sort("def process(line): return line", data)
            self.assertGreater(len(found), 2)
            lines = [line for _, entries in found for _, line in entries]
            self.assertEqual(sorted(data.split()), sorted(line.decode() for line in lines))
            for _, entries in found:
                self.assertEqual(sorted(entries), entries)

    def test_a_key_that_is_the_line_is_sent_once(self):
        self.sort("def process(line): return line + '\\n' + line", "long line\n")
        self.assertEqual(9 + 8 + 19, len(self.result.output))


class DistinctTest(DriverTestCase):
    SOURCE = "def process(line): return line"

    def test_each_result_is_sent_once(self):
        self.load(self.SOURCE, merging="distinct")
        self.assertEqual(b"b\na\n", self.run_shard("b\na\nb\na\na\n").output)
        self.assertEqual(b"c\n", self.run_shard("b\nc\nc\n").output)

    def test_results_of_several_lines_are_one(self):
        self.load("def process(line): return VALUES[line]\nVALUES = {'1': 'a\\nb', '2': 'a\\0', '3': 'a'}",
                  merging="distinct")
        self.assertEqual(b"a\0nb\na\x000\na\n", self.run_shard("1\n2\n3\n1\n2\n").output)

    def test_other_values_are_told_apart_by_what_is_written(self):
        source = "VALUES = [1, '1', {'a': 1}, {'a': 1}, 1.0, b'x\\n', 'x']\ndef process(line): return VALUES[int(line)]"
        data = "".join(f"{i}\n" for i in range(7))
        self.load(source, merging="distinct")
        self.assertEqual(b'1\n{"a":1}\n1.0\nx\n', self.run_shard(data).output)
        self.load(source, merging="distinct", json=True)
        self.assertEqual(b'1\n"1"\n{"a":1}\n1.0\n"x\\n"\n"x"\n', self.run_shard(data).output)

    def test_what_a_filter_prints_counts_by_lines(self):
        source = "import sys\nfor line in sys.stdin: print(line.upper(), end='')"
        self.load(source, merging="distinct")
        self.assertEqual(b"A\nB\n", self.run_shard("a\nb\nA\nb").output)

    def test_an_unfinished_line_is_a_result(self):
        self.load("def process(line): print(line, end='')", merging="distinct")
        self.assertEqual(b"ab\n", self.run_shard("a\nb\n").output)

    def test_every_record_that_cannot_be_written_fails(self):
        self.load('def process(line): return "\\ud800" if line == "bad" else line', merging="distinct")
        result = self.run_shard("a\nbad\na\nbad\nb\n")
        self.assertEqual((b"a\nb\n", 2), (result.output, result.failed))
        self.assertEqual([1, 3], [error.record for error in result.errors])
        self.assertEqual(1, self.run_shard("bad\n").failed)

    def test_memory_is_bounded(self):
        from pyparallel import _cpython, _distinct

        self.load(self.SOURCE, merging="distinct")
        with mock.patch.object(_distinct, "MOST_SEEN", 1_000):
            self.run_shard("".join(f"{i}\n" for i in range(100_000)))
        self.assertLess(len(_cpython.driver._merging.seen), 20_000)


if __name__ == "__main__":
    unittest.main()
