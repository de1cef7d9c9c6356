"""Output whose lines say what they come from."""

import unittest

from harness import DriverTestCase


class TagsTest(DriverTestCase):
    def test_lines_have_the_name_of_their_source(self):
        script = "def process(record): return record.upper()"
        self.assertEqual("in\tA\nin\tB\n", self.results(script, "a\nb\n", tag="1"))

    def test_items_are_their_own_tags(self):
        script = "def process(record): return len(record)"
        self.assertEqual(
            "a\t1\nb\\n\\tc\t4\n\t0\n", self.results(script, "a\0b\n\tc\0\0", format="null", tag="1")
        )

    def test_every_kind_of_result(self):
        script = """
            import sys
            def process(record):
                print("one")
                print("two\\nthree", end="")
                print(" and")
                print()
                yield "four\\nfive"
                yield [6]
                yield b"seven\\neight\\n"
                sys.stdout.buffer.write(b"nine ")
                print("more")
                yield "ten\\n"
                yield b"eleven "
                yield {"a": 1}
                yield ""
                yield b""
            """
        self.assertEqual(
            [
                "x\tone", "x\ttwo", "x\tthree and", "x\t", "x\tfour", "x\tfive", "x\t[6]",
                "x\tseven", "x\teight", "x\tnine more", "x\tten", "x\t", 'x\televen {"a":1}',
                "x\t", "",
            ],
            self.results(script, "x\0", format="files", tag="1").split("\n"),
        )

    def test_a_line_has_the_tag_it_began_with(self):
        script = """
            def process(record):
                print(record, end=" ")
                return None if record == "a" else record
            """
        self.assertEqual("a\ta b b\n", self.results(script, "a\0b\0", format="null", tag="1"))

    def test_a_function_over_all_records_tags_with_the_last_one(self):
        script = """
            def process_shard(records):
                for record in records:
                    yield record * 2
                yield "end"
            """
        self.assertEqual(
            "a\taa\nb\tbb\nb\tend\n", self.results(script, "a\0b\0", format="null", tag="1")
        )

    def test_failing_records_are_counted_as_without_tags(self):
        self.load("def process(record): return [record, 1 / int(record)]", format="null", tag="1")
        result = self.run_shard("1\0" "0\0" "2\0")
        self.assertEqual(b'1\t["1",1.0]\n2\t["2",0.5]\n', result.output)
        self.assertEqual([1], [error.record for error in result.errors])

    def test_filters(self):
        script = """
            import sys
            sys.stdout.write(sys.stdin.read().upper())
            """
        self.assertEqual("in\tA\nin\tB\n", self.results(script, "a\nb", tag="1"))
        self.assertEqual("", self.results(script, "", tag="1"))

    def test_what_a_shard_leaves_unfinished_is_ended(self):
        script = "def process(record): print(record, end='')"
        self.load(script, tag="1")
        for _ in range(2):
            self.assertEqual(b"in\tab\n", self.run_shard("a\nb\n").output)


if __name__ == "__main__":
    unittest.main()
