"""Loading scripts and running them over shards."""

import sys
import unittest

from harness import DriverTestCase, Error
from pyparallel import _cpython, _driver, _encode, _parts, _library

ECHO = "def process(record): return record\n"


class ScriptFormsTest(DriverTestCase):
    def test_process_is_called_for_each_record(self):
        script = "def process(record): return record.upper()"
        self.assertEqual("A\nB\n", self.results(script, "a\nb"))

    def test_process_shard_is_called_with_an_iterator(self):
        script = """
            def process_shard(records):
                first = next(records)
                yield first
                yield sum(map(int, records))
            """
        self.assertEqual("1\n5\n", self.results(script, "1\n2\n3\n"))

    def test_process_shard_goes_before_process(self):
        script = "def process_shard(records): return 'shard'\n" + ECHO
        self.assertEqual("shard\n", self.results(script, "a\nb\n"))

    def test_call_names_another_function(self):
        script = ECHO + "def other(record): return 'other'\n"
        self.assertEqual("other\n", self.results(script, "a\n", call="other"))

    def test_a_function_that_is_not_there_is_a_usage_error(self):
        kind, message = self.open(ECHO + "def _own(): pass\nvalue = 1\n", call="missing")
        self.assertEqual("usage", kind)
        self.assertIn("--call missing", message)
        self.assertTrue(message.endswith("it defines process"))
        self.assertIn("no other", self.open("x = 1", call="missing")[1])

    def test_a_script_without_functions_is_a_filter(self):
        script = """
            import sys
            for line in sys.stdin:
                sys.stdout.write(line.upper())
            """
        self.assertEqual("A\nB", self.results(script, "a\nb"))

    def test_names_bound_in_other_ways_count_too(self):
        self.write("steps.py", "def work(record): return record * 2\nprocess = work\n")
        for script in (
            "from steps import process",
            "from steps import work as process",
            "from functools import partial\nfrom steps import work\nprocess = partial(work)",
            "import steps\nprocess: object = steps.work",
            "process = lambda record: record * 2",
            "class process:\n    def __new__(cls, record): return record * 2",
            "if True:\n    from steps import process",
            "if False:\n    pass\nelse:\n    def process(record): return record * 2",
            "try:\n    import no_such\nexcept ImportError:\n    from steps import process",
            "try:\n    pass\nfinally:\n    from steps import process",
            "with open(__file__):\n    from steps import process",
            "for _ in range(1):\n    from steps import process",
        ):
            with self.subTest(script=script):
                self.assertEqual("aa\n", self.results(script + "\n", "a\n"))

    def test_a_name_inside_a_function_or_a_string_does_not_count(self):
        script = "def f():\n    process = 1\nprint('process')\n"
        self.assertEqual("process\n", self.results(script, "a\n"))

    def test_a_variable_called_process_does_not_count(self):
        script = "import os\nprocess = os.getpid()\nprint('once')\n"
        self.load(script)
        self.assertEqual("", self.diagnostics(0))
        self.assertEqual("once\n", self.run_shard("a\n").output.decode())

    def test_the_main_part_stays_out_of_function_mode(self):
        script = ECHO + "if __name__ == '__main__':\n    raise SystemExit('not here')\n"
        self.assertEqual("a\n", self.results(script, "a\n"))

    def test_the_module_is_known_under_its_name(self):
        script = """
            import pickle, sys
            class Point: pass
            def process(record):
                assert sys.modules[__name__].process is process
                return [__name__, type(pickle.loads(pickle.dumps(Point()))).__module__]
            """
        self.assertEqual('["my_job","my_job"]\n', self.results(script, "a\n", name="my_job.py"))

    def test_once_runs_as_main_whatever_it_defines(self):
        self.load(ECHO + "print(__name__)\n", once=True)
        self.assertEqual(b"__main__\n", self.run_shard(None).output)

    def test_a_script_may_be_called_like_a_module_of_the_library(self):
        for name, format, data in (
            ("json.py", "jsonl", '{"a":1}\n'),
            ("traceback.py", "lines", "a\n"),
            ("types.py", "lines", "a\n"),
            ("random.py", "lines", "a\n"),
        ):
            with self.subTest(name=name):
                self.forget_library()
                script = "def process(record):\n    1 / 0\n"
                self.load(script, name=name, format=format)
                [error] = self.run_shard(data).errors
                self.assertEqual("ZeroDivisionError", error.type)
                self.doCleanups()
                self.setUp()

    def test_a_file_beside_the_script_does_not_hide_the_library_from_the_runner(self):
        self.forget_library()
        self.write("json.py", "raise ImportError('the wrong one')")
        self.write("traceback.py", "raise ImportError('the wrong one')")
        self.load("def process(record): return [record, 1 / record]", format="jsonl")
        result = self.run_shard("1\n0\n")
        self.assertEqual(b"[1,1.0]\n", result.output)
        self.assertEqual(["ZeroDivisionError"], [error.type for error in result.errors])


    def test_the_script_gets_its_own_module_all_the_same(self):
        self.forget_library()
        self.write("json.py", "NAME = 'mine'")
        script = """
            import json
            def process(record):
                import json as again
                assert json is again
                return [record, json.NAME]
            """
        self.load(script, format="jsonl")
        self.assertEqual(b'[1,"mine"]\n', self.run_shard("1\n").output)

    def forget_library(self):
        """Makes the driver import what it needs anew, as in an interpreter of its own."""
        _library._found.clear()
        for module in ("json", "traceback"):
            sys.modules.pop(module, None)


class RecordsAndResultsTest(DriverTestCase):
    def test_kinds_of_results(self):
        script = """
            import json
            VALUES = {
                "none": None, "text": "é", "bytes": b"raw", "int": 1, "float": 0.5, "bool": False,
                "list": [1, "a"], "tuple": (1,), "dict": {"k": None},
            }
            def process(record):
                if record == "generator":
                    return (x for x in ("a", None, 1))
                return VALUES[record]
            """
        data = "none\ntext\nbytes\nint\nfloat\nbool\nlist\ntuple\ndict\ngenerator\n"
        self.assertEqual(
            'é\nraw1\n0.5\nfalse\n[1,"a"]\n[1]\n{"k":null}\na\n1\n', self.results(script, data)
        )

    def test_json_values(self):
        script = "def process(record):\n    print('p')\n    return record\n"
        self.assertEqual('"p"\n"a"\n"p"\n"b"\n', self.results(script, "a\nb\n", json=True))

    def test_formats(self):
        script = "def process(record): return repr(record)"
        for format, data, expected in (
            ("lines", "a\r\nb", "'a'\n'b'\n"),
            ("jsonl", '{"a": 1}\n\n[]\n', "{'a': 1}\n[]\n"),
            ("null", "a\nb\0c\0", "'a\\nb'\n'c'\n"),
            ("files", "a.txt\0b.txt\0", "'a.txt'\n'b.txt'\n"),
            ("text", "a\nb\n", "'a\\nb\\n'\n"),
            ("bytes", "a\n", "b'a\\n'\n"),
        ):
            with self.subTest(format=format):
                self.assertEqual(expected, self.results(script, data, format=format))

    def test_prints_are_results_in_place(self):
        script = """
            import sys
            def process(record):
                print(record, end="")
                print("!", file=sys.stderr)
                sys.stdout.buffer.write(b"-")
                if record == "b":
                    print()
                return record.upper()
            """
        self.load(script)
        result = self.run_shard("a\nb\n")
        self.assertEqual(b"a-A\nb-\nB\n", result.output)
        self.assertEqual("!\n!\n", result.diagnostics)

    def test_an_unfinished_line_at_the_end_is_kept(self):
        script = "def process(record): print(record, end='')"
        self.assertEqual("ab", self.results(script, "a\nb\n"))

    def test_a_logging_handler_kept_across_shards_prints_into_each(self):
        script = """
            import logging, sys
            log = logging.getLogger(__name__)
            log.propagate = False
            log.addHandler(logging.StreamHandler(sys.stdout))
            log.error("loading")
            def process(record):
                log.error(record)
            """
        self.load(script, name="logs.py")
        self.assertEqual("loading\n", self.diagnostics())
        self.assertEqual(b"a\n", self.run_shard("a\n").output)
        self.assertEqual(b"b\n", self.run_shard("b\n", index=1).output)

    def test_a_failing_record_fails_alone(self):
        self.load("def process(record): return 6 // int(record)")
        result = self.run_shard("1\n0\n3\nx\n")
        self.assertEqual(b"6\n2\n", result.output)
        self.assertEqual(("finished", 4, 2), (result.status, result.records, result.failed))
        self.assertEqual([1, 3], [error.record for error in result.errors])

    def test_what_a_failing_record_gave_is_kept(self):
        script = "def process(record):\n    print('p')\n    yield 1\n    yield 1 / 0\n"
        self.load(script)
        self.assertEqual(b"p\n1\n", self.run_shard("a\n").output)

    def test_only_the_first_errors_are_kept(self):
        self.load("def process(record): 1 / 0")
        result = self.run_shard("x\n" * 100)
        self.assertEqual((100, 100), (result.records, result.failed))
        self.assertEqual(list(range(_driver.KEPT_ERRORS)), [e.record for e in result.errors])

    def test_results_that_cannot_be_written_fail_their_record(self):
        self.load("def process(record): return {'s': '\\ud800', 'o': object()}.get(record, record)")
        result = self.run_shard("a\ns\no\nb\n")
        self.assertEqual(b"a\nb\n", result.output)
        self.assertEqual(
            {2: "TypeError", -1: "UnicodeEncodeError"},
            {error.record: error.type for error in result.errors},
        )

    def test_a_result_that_cannot_be_written_is_never_blamed_on_another_record(self):
        script = """
            def process(record):
                if record == "first":
                    yield "fine"
                    yield "\\ud800"
            """
        self.load(script)
        [error] = self.run_shard("first\nsecond\n").errors
        self.assertIn(error.record, (0, -1))
        script = """
            def process(record):
                if record == "first":
                    print("fine\\n\\ud800")
            """
        self.load(script)
        [error] = self.run_shard("first\nsecond\n").errors
        self.assertIn(error.record, (0, -1))

    def test_the_whole_shard_fails_where_its_function_raises(self):
        script = """
            def process_shard(records):
                yield next(records)
                next(records)
                raise ValueError("enough")
            """
        self.load(script)
        result = self.run_shard("a\nb\nc\n")
        self.assertEqual(b"a\n", result.output)
        self.assertEqual(("failed", 3, 0), (result.status, result.records, result.failed))
        [error] = result.errors
        self.assertEqual((1, "enough"), (error.record, error.message))

    def test_sys_exit_in_a_function_ends_the_shard(self):
        self.load("import sys\ndef process(record): sys.exit('done')")
        result = self.run_shard("a\nb\n")
        self.assertEqual("failed", result.status)
        self.assertEqual("the script called sys.exit('done')", result.errors[-1].message)
        self.assertEqual("failed", self.run_shard("a\n", index=1).status)

    def test_records_that_cannot_be_decoded_are_counted(self):
        self.load(ECHO)
        result = self.run_shard(b"a\n\xff\nb\n")
        self.assertEqual(b"a\nb\n", result.output)
        self.assertEqual((3, 1, 1), (result.records, result.failed, result.errors[0].record))

    def test_escaped_bytes_leave_as_they_came(self):
        self.load(ECHO, errors="surrogateescape")
        self.assertEqual(b"\xff\n", self.run_shard(b"\xff\n").output)

    def test_a_byte_order_mark_is_dropped_where_the_source_starts(self):
        self.load("def process(record): return len(record)")
        self.assertEqual(b"1\n", self.run_shard(b"\xef\xbb\xbfa\n").output)
        self.assertEqual(b"2\n", self.run_shard(b"\xef\xbb\xbfa\n", index=1, start=4).output)

    def test_a_shard_stops_when_nobody_wants_its_output(self):
        self.load("def process_shard(records):\n    while True:\n        yield 'x' * 1000\n")
        self.wanted = False
        self.assertEqual("interrupted", self.run_shard("a\n").status)

    def test_an_interrupt_is_no_error(self):
        script = """
            from pyparallel._driver import Interrupted
            def process(record):
                raise Interrupted
            """
        self.load(script)
        result = self.run_shard("a\n")
        self.assertEqual(("interrupted", []), (result.status, result.errors))

    def test_standard_input_is_empty(self):
        script = "import sys\ndef process(record): return [sys.stdin.read()]\n"
        self.assertEqual('[""]\n', self.results(script, "a\n"))


class StreamHabitsTest(DriverTestCase):
    """What scripts do to their streams at the top level."""

    def test_reconfigure(self):
        script = """
            import sys
            for stream in (sys.stdin, sys.stdout, sys.stderr):
                stream.reconfigure(encoding="utf-8")
            def process(record): return record
            """
        self.assertEqual("a\n", self.results(script, "a\n"))

    def test_a_wrapper_of_ones_own_around_the_buffer(self):
        wrapper = "import io, sys\nsys.stdout = io.TextIOWrapper(sys.stdout.buffer, 'utf-8')\n"
        self.assertEqual("a\n", self.results(wrapper + ECHO, "a\n"))
        self.load(wrapper + "print(sys.stdin.read())\n")
        for index, data in enumerate(("a", "b")):
            self.assertEqual(data + "\n", self.run_shard(data, index).output.decode())

    def test_a_wrapper_around_the_detached_buffer(self):
        script = """
            import io, sys
            sys.stdout = io.TextIOWrapper(sys.stdout.detach(), "utf-8")
            print(sys.stdin.read())
            """
        self.load(script)
        for index, data in enumerate(("a", "b")):
            self.assertEqual(data + "\n", self.run_shard(data, index).output.decode())

    def test_bytes_to_standard_error(self):
        script = "import sys\ndef process(record): sys.stderr.buffer.write(b'caf\\xc3\\xa9\\n')\n"
        self.load(script)
        self.assertEqual("café\n", self.run_shard("a\n").diagnostics)


class MemoryTest(DriverTestCase):
    def test_large_results_of_small_records_are_sent_early(self):
        self.load("def process(record):\n    return record * 30_000\n")
        sizes = []
        emit = _cpython.driver.host._emit
        _cpython.driver.host._emit = lambda kind, data: sizes.append(len(data)) or True
        self.addCleanup(setattr, _cpython.driver.host, "_emit", emit)
        result = self.run_shard("x\n" * 8192)
        self.assertEqual("finished", result.status)
        self.assertEqual(8192 * 30_001, sum(sizes))
        self.assertLess(max(sizes), 4_000_000)


class LiveTest(DriverTestCase):
    """Results that are not to wait for others."""

    def setUp(self):
        super().setUp()
        patience = _encode.PATIENCE, _parts.PATIENCE
        _encode.PATIENCE = _parts.PATIENCE = 0

        def restore():
            _encode.PATIENCE, _parts.PATIENCE = patience

        self.addCleanup(restore)

    def sent(self, script, data, **options):
        self.load(script, live="1", **options)
        self.run_shard(data)
        return [data for _, data in self.emitted]

    def test_each_record_s_result_where_they_take_long(self):
        self.assertEqual([b"a\n", b"b\n", b"c\n"], self.sent(ECHO, "a\nb\nc\n"))
        self.emitted.clear()
        self.assertEqual([b'"a"\n', b'"b"\n'], self.sent(ECHO, "a\nb\n", json=True))

    def test_more_at_a_time_where_they_are_fast(self):
        _encode.PATIENCE = _parts.PATIENCE = 3600
        self.assertEqual([b"a\n", b"b\nc\n", b"d\n"], self.sent(ECHO, "a\nb\nc\nd\n"))

    def test_each_item_of_a_generator(self):
        script = "def process_shard(records): yield from records"
        self.assertEqual([b"a\n", b"b\n"], self.sent(script, "a\nb\n"))

    def test_each_printed_line(self):
        script = "def process_shard(records):\n    for record in records: print(record)"
        self.assertEqual([b"a\n", b"b\n"], self.sent(script, "a\nb\n"))

    def test_a_filter_s_lines(self):
        script = "import sys\nfor line in sys.stdin: print(line.upper(), end='')"
        self.assertEqual([b"A\n", b"B\n"], self.sent(script, "a\nb\n"))
        self.emitted.clear()
        self.assertEqual([b"in\tA\n", b"in\tB\n"], self.sent(script, "a\nb\n", tag="1"))


class FilterTest(DriverTestCase):
    def test_it_runs_as_main_for_each_shard(self):
        self.load("import sys\nprint(__name__, sys.stdin.read())\nassert 'x' not in dir()\nx = 1\n")
        for index in range(3):
            result = self.run_shard(str(index), index)
            self.assertEqual("finished", result.status, result.errors)
            self.assertEqual(f"__main__ {index}\n", result.output.decode())

    def test_functions_can_be_pickled(self):
        script = """
            import pickle
            class Point: pass
            print(type(pickle.loads(pickle.dumps(Point()))).__name__)
            """
        self.assertEqual("Point\n", self.results(script, ""))

    def test_exit_codes(self):
        for call, status, message in (
            ("sys.exit()", "finished", None),
            ("sys.exit(0)", "finished", None),
            ("sys.exit(3)", "failed", "the script called sys.exit(3)"),
            ("sys.exit('bad')", "failed", "the script called sys.exit('bad')"),
            ("raise SystemExit", "finished", None),
        ):
            with self.subTest(call=call):
                self.load(f"import sys\nprint('before')\n{call}\n")
                result = self.run_shard("")
                self.assertEqual(status, result.status)
                self.assertEqual(b"before\n", result.output)
                self.assertEqual(
                    [message] if message else [], [error.message for error in result.errors]
                )

    def test_an_exception_fails_the_shard_after_its_output(self):
        self.load("print('before')\n1 / 0\n")
        result = self.run_shard("")
        self.assertEqual((b"before\n", "failed"), (result.output, result.status))
        self.assertEqual("ZeroDivisionError", result.errors[0].type)
        self.assertEqual(-1, result.errors[0].record)

    def test_bytes_pass_unchanged(self):
        script = "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])\n"
        data = bytes(range(256))
        self.load(script)
        self.assertEqual(data[::-1], self.run_shard(data).output)

    def test_text_and_bytes_stay_in_order_after_a_flush(self):
        script = "import sys\nprint('a', flush=True)\nsys.stdout.buffer.write(b'b\\n')\n"
        self.assertEqual("a\nb\n", self.results(script, ""))

    def test_closing_stdout_is_no_harm(self):
        self.load("import sys\nprint('a')\nsys.stdout.close()\n")
        for index in range(2):
            result = self.run_shard("", index)
            self.assertEqual((b"a\n", "finished"), (result.output, result.status))

    def test_each_line_is_a_value_in_json(self):
        script = "print('é\\nb', end='')\n"
        self.assertEqual('"é"\n"b"\n', self.results(script, "", json=True))

    def test_lines_do_not_wait_where_a_person_may_read(self):
        self.load("print('a')\nprint('b')\n", once=True)
        self.run_shard(None)
        self.assertEqual([b"a\n", b"b\n"], [data for kind, data in self.emitted])

    def test_invalid_input_raises_as_elsewhere(self):
        self.load("import sys\nsys.stdin.read()\n")
        self.assertEqual("UnicodeDecodeError", self.run_shard(b"\xff").errors[0].type)
        self.load("import sys\nprint(sys.stdin.read())\n", errors="surrogateescape")
        self.assertEqual(b"\xff\n", self.run_shard(b"\xff").output)

    def test_universal_newlines_hold_for_standard_input(self):
        script = "import sys\nprint(sys.stdin.readlines())\n"
        self.assertEqual("['a\\n', 'b']\n", self.results(script, "a\r\nb"))

    def test_what_cannot_be_written_stays_out_of_the_next_shard(self):
        script = """
            import sys
            data = sys.stdin.buffer.read()
            print("before", flush=True)
            sys.stdout.buffer.write(data)
            """
        self.load(script, json=True)
        result = self.run_shard(b"\xff\n")
        self.assertEqual((b'"before"\n', "failed"), (result.output, result.status))
        result = self.run_shard(b"fine\n", index=1)
        self.assertEqual((b'"before"\n"fine"\n', "finished"), (result.output, result.status))

    def test_a_stream_of_the_scripts_own_is_flushed_and_no_more(self):
        script = """
            import sys
            class Upper:
                def __init__(self, stream): self.write = lambda text: stream.write(text.upper())
                def flush(self): self.write("bye")
            sys.stdout = Upper(sys.stdout)
            print("a")
            """
        self.assertEqual("A\nBYE", self.results(script, ""))
        for end in ("sys.stdout = None", "del sys.stdout"):
            with self.subTest(end=end):
                self.assertEqual("a\n", self.results(f"import sys\nprint('a')\n{end}\n", ""))

    def test_nobody_wants_more(self):
        self.load("while True: print('x' * 1000)\n")
        self.wanted = False
        self.assertEqual("interrupted", self.run_shard("").status)


class EnvironmentTest(DriverTestCase):
    def test_arguments(self):
        script = "import sys\ndef process(record): return sys.argv[1:]\n"
        self.load(script, "--flag", "", "é")
        self.assertEqual('["--flag","","é"]\n', self.run_shard("a\n").output.decode())
        self.load("import sys\nprint(sys.argv[1:])\nsys.argv.clear()\n", "x")
        for index in range(2):
            self.assertEqual(b"['x']\n", self.run_shard("", index).output)

    def test_no_arguments(self):
        self.assertEqual(
            "[]\n", self.results("import sys\ndef process(record): return sys.argv[1:]\n", "a\n")
        )

    def test_the_scripts_folder_comes_first(self):
        self.write("beside.py", "VALUE = 'found'")
        script = "import beside\ndef process(record): return beside.VALUE\n"
        self.assertEqual("found\n", self.results(script, "a\n"))

    def test_what_the_script_can_ask(self):
        script = """
            import pyparallel
            from pyparallel import shard
            def process(record):
                return [
                    shard.index, shard.count, shard.source, shard.start, shard.end,
                    shard.first_record, pyparallel.worker, pyparallel.workers,
                ]
            """
        self.load(script, worker=1, workers=4, shards=9)
        result = self.run_shard("abc\n", index=2, source="in.txt", start=10, first=5)
        self.assertEqual('[2,9,"in.txt",10,14,5,1,4]\n', result.output.decode())
        self.load(script)
        result = self.run_shard("a\n")
        self.assertEqual('[0,null,"in",0,2,null,0,1]\n', result.output.decode())

    def test_setup_runs_once_before_the_first_shard(self):
        script = """
            calls = []
            def setup():
                print("setting up")
                calls.append(1)
            def process(record): return len(calls)
            """
        self.load(script)
        self.assertEqual("setting up\n", self.diagnostics())
        for index in range(2):
            self.assertEqual(b"1\n", self.run_shard("a\n", index).output)

    def test_a_setup_that_raises_is_the_scripts_failure(self):
        kind, *fields = self.open(ECHO + "def setup(): raise OSError('no database')\n")
        error = Error(fields)
        self.assertEqual(("script", "OSError"), (kind, error.type))
        self.assertEqual("no database", error.message)
        self.assertEqual(["setup"], [frame[2] for frame in error.frames])

    def test_a_script_that_raises_while_it_loads_is_its_failure(self):
        kind, *fields = self.open(ECHO + "import sys\nsys.exit('not today')\n")
        self.assertEqual(("script", "SystemExit"), (kind, Error(fields).type))

    def test_teardown_runs_once(self):
        self.load(ECHO + "def teardown(): print('bye')\n")
        self.run_shard("a\n")
        self.assertEqual(["ok"], self.close())
        self.assertEqual(["ok"], self.close())
        self.assertEqual("bye\n", self.diagnostics())

    def test_a_teardown_that_raises_is_told(self):
        self.load(ECHO + "def teardown(): 1 / 0\n")
        kind, *fields = self.close()
        self.assertEqual(("script", "ZeroDivisionError"), (kind, Error(fields).type))

    def test_diagnostics_end_with_their_line(self):
        self.load("import sys\ndef process(record): print(record, end='', file=sys.stderr)\n")
        self.assertEqual("ab\n", self.run_shard("a\nb\n").diagnostics)
        self.assertEqual("c\n", self.run_shard("c\n", index=1).diagnostics)


if __name__ == "__main__":
    unittest.main()
