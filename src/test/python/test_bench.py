"""The parts of the benchmarks that do not measure: cutting, the model, the reports."""

import os
import sys
import tempfile
import unittest

BENCH = os.path.join(os.path.dirname(__file__), *[os.pardir] * 3, "bench")
PATH = os.path.abspath(BENCH)

# They are imported as the benchmarks import each other.
sys.path.insert(0, PATH)
import measuring  # noqa: E402
import model  # noqa: E402
import report_html  # noqa: E402
import report_markdown  # noqa: E402
import tasks  # noqa: E402

sys.path.remove(PATH)


class MeasuringTest(unittest.TestCase):
    def test_a_commands_memory_is_its_own(self):
        ours = bytearray(b"x") * 150_000_000
        done = measuring.run([sys.executable, "-I", "-S", "-c", "print('done')"])
        self.assertEqual(b"done\n", done.stdout)
        self.assertGreater(done.wall, 0)
        self.assertGreater(done.rss, 1_000_000)
        self.assertLess(done.rss, len(ours) // 2)

    def test_a_command_that_fails_ends_the_benchmark(self):
        with self.assertRaisesRegex(SystemExit, "ended with 3: sorry"):
            measuring.run(["sh", "-c", "echo sorry >&2; exit 3"])

    def test_a_command_that_answers_lines_is_fed_several_times(self):
        done, seconds = measuring.feed(["sed", "-u", "s/^/got /"], b"a\nb\n", 2)
        self.assertEqual(b"got a\ngot b\n" * 2, done.stdout)
        self.assertEqual(2, len(seconds))


def row(job, contender, workers, mode, wall):
    return {
        "job": job, "contender": contender, "label": f"<{contender}>", "workers": workers,
        "mode": mode, "wallSeconds": [wall], "wallMedian": wall, "cpuMedian": wall,
        "peakBytes": 10_000_000,
    }


def document():
    rows = [
        row("job", contender, workers, mode, wall)
        for contender in ("loop", "pyparallel-cpython")
        for workers, mode, wall in ((1, "cold", 10.5), (1, "warm", 10.0), (2, "warm", 5.5))
    ]
    return {
        "schema": "pyparallel.bench/1",
        "machine": {
            "cores": 2, "cpu": "a processor", "memoryBytes": 8e9, "system": "a system",
            "python": "Python 3.14", "pyparallel": "1", "gnuParallel": None,
        },
        "options": {"rounds": 1, "scale": 0.5, "workers": [1, 2]},
        "jobs": [
            {
                "name": "job", "title": "A job & more", "kind": "hot", "inputBytes": 1000,
                "outputBytes": 4_000_000, "pieces": 16, "waits": False, "note": None,
            }
        ],
        "measurements": rows,
        "skipped": [{"job": "job", "contender": "gnu-parallel", "reason": "it is not installed"}],
        "serial": {
            "startSeconds": 0.2, "writerBytesPerSecond": 1_000_000, "shardSeconds": 0.00004,
        },
        "parts": [],
    }


class ModelTest(unittest.TestCase):
    def test_without_contention_it_is_amdahl(self):
        perfect = model.Model(start=1.0, work=64.0, contention=0.0)
        self.assertEqual(65.0, perfect.seconds(1))
        self.assertEqual(2.0, perfect.seconds(64))
        self.assertEqual(32.5, perfect.speedup(64))

    def test_with_full_contention_nothing_is_gained(self):
        locked = model.Model(start=0.0, work=10.0, contention=1.0)
        self.assertAlmostEqual(1.0, locked.speedup(64))

    def test_contention_follows_from_two_points(self):
        self.assertEqual(0.0, model.contention(10.0, 5.0))
        self.assertEqual(1.0, model.contention(10.0, 10.0))
        self.assertAlmostEqual(0.1, model.contention(10.0, 5.5))
        self.assertEqual(0.0, model.contention(10.0, 4.0))
        self.assertEqual(1.0, model.contention(10.0, 30.0))
        self.assertEqual(0.0, model.contention(0.0, 1.0))

    def test_a_fit_goes_through_what_was_measured(self):
        fitted = model.fit(cold_one=10.5, warm_one=10.0, warm_two=5.5)
        self.assertAlmostEqual(10.5, fitted.seconds(1))
        self.assertAlmostEqual(0.5 + 5.5, fitted.seconds(2))

    def test_the_writer_and_the_pieces_are_bounds(self):
        bounded = model.Model(start=0.0, work=100.0, contention=0.0, serial=4.0, pieces=8)
        self.assertEqual(12.5, bounded.seconds(8))
        self.assertEqual(12.5, bounded.seconds(64))
        written = model.Model(start=0.0, work=100.0, contention=0.0, serial=4.0)
        self.assertEqual(4.0, written.seconds(64))

    def test_more_cores_are_never_slower(self):
        for contention in (0.0, 0.01, 0.5, 1.0):
            one = model.Model(0.5, 10.0, contention, 0.2, 40)
            times = [one.seconds(cores) for cores in model.CORES]
            self.assertEqual(sorted(times, reverse=True), times)

    def test_models_are_made_of_a_document(self):
        found = model.models(document())
        self.assertEqual({("job", "loop"), ("job", "pyparallel-cpython")}, set(found))
        self.assertEqual(4.0, found["job", "pyparallel-cpython"].serial)
        self.assertEqual(0.0, found["job", "loop"].serial)
        self.assertEqual(16, found["job", "loop"].pieces)


class TasksTest(unittest.TestCase):
    def test_every_line_is_in_one_task(self):
        lines = [f"line {number} {'x' * (number % 70)}" for number in range(500)]
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "lines.txt")
            with open(path, "w") as file:
                file.write("\n".join(lines) + "\n")
            for workers in (1, 2, 7):
                with self.subTest(workers=workers):
                    cut = tasks.tasks(object(), [path], workers)
                    self.assertGreater(len(cut), workers)
                    self.assertEqual(lines, [line for task in cut for line in tasks.read(*task)])

    def test_results_are_added_up(self):
        self.assertEqual({"a": 4, "b": 2}, tasks.add_up([{"a": 1}, {"b": 2}, {"a": 3}]))


class ReportTest(unittest.TestCase):
    def test_the_page_needs_nothing_else(self):
        page = report_html.page(document())
        self.assertIn("A job &amp; more", page)
        self.assertIn("&lt;loop&gt;", page)
        self.assertIn("modelled, not measured", page)
        self.assertEqual(2, page.count("<svg"))
        for outside in ("<script", "http:", "https:", "<link", "@import", "url("):
            self.assertNotIn(outside, page)

    def test_the_table_has_times_and_the_model(self):
        text = report_markdown.table(document())
        self.assertIn("| <loop> | **10.50 s** | **10.00 s** | **5.50 s** | 10 MB |", text)
        self.assertIn("## Up to 64 cores: a model", text)
        self.assertIn("- job, gnu-parallel: it is not installed", text)


if __name__ == "__main__":
    unittest.main()
