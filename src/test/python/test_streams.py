"""The streams a script sees."""

import io
import logging
import unittest

from pyparallel import _streams
from pyparallel._cpython import Host
from pyparallel._encode import Output


class DiagnosticStreamTest(unittest.TestCase):
    def setUp(self):
        self.taken = []
        self.stream = _streams.DiagnosticStream(self.taken.append)

    def test_whole_lines_are_handed_on(self):
        self.stream.write("a")
        self.assertEqual([], self.taken)
        self.stream.write("b\nc\nd")
        self.assertEqual(["ab\nc\n"], self.taken)
        self.stream.finish()
        self.stream.finish()
        self.assertEqual(["ab\nc\n", "d\n"], self.taken)

    def test_it_takes_text_only(self):
        with self.assertRaises(TypeError):
            self.stream.write(b"bytes")

    def test_its_buffer_takes_bytes(self):
        self.stream.buffer.write(b"caf\xc3\xa9 \xff\n")
        self.assertEqual(["café \\xff\n"], self.taken)


class ResultStreamTest(unittest.TestCase):
    def setUp(self):
        self.sent = []
        self.diagnosed = []
        self.diagnostics = _streams.DiagnosticStream(self.diagnosed.append)
        self.stream = _streams.ResultStream(self.diagnostics)

    def begin(self):
        def emit(kind, data):
            self.sent.append(data)
            return True

        self.stream.output = Output(Host(emit, "strict"), False, self.fail)

    def finish(self):
        self.stream.output.finish()
        return b"".join(self.sent)

    def test_between_shards_prints_are_diagnostics(self):
        print("hello", file=self.stream)
        self.stream.buffer.write(b"bytes\n")
        self.assertEqual(["hello\n", "bytes\n"], self.diagnosed)

    def test_text_and_bytes_are_results_in_place(self):
        self.begin()
        print("a", end="", file=self.stream)
        self.stream.buffer.write(b"\xff")
        print("b", "c", file=self.stream, flush=True)
        self.assertEqual(b"a\xffb c\n", self.finish())

    def test_it_takes_text_only(self):
        self.begin()
        with self.assertRaises(TypeError):
            self.stream.write(b"bytes")

    def test_it_stays_open(self):
        self.begin()
        self.stream.close()
        with self.stream:
            pass
        self.stream.buffer.close()
        print("a", file=self.stream)
        self.stream.buffer.write(b"b")
        self.stream.buffer.flush()
        self.assertEqual(b"a\nb", self.finish())

    def test_scripts_may_ask_it_what_they_ask_the_real_one(self):
        for stream in (self.stream, self.diagnostics):
            with self.subTest(stream=stream.name):
                self.assertFalse(stream.isatty())
                self.assertTrue(stream.writable())
                self.assertFalse(stream.readable())
                self.assertEqual("utf-8", stream.encoding)
                stream.reconfigure(line_buffering=True, encoding="utf-8")
                with self.assertRaises(io.UnsupportedOperation):
                    stream.fileno()

    def test_a_logging_handler_may_keep_it(self):
        handler = logging.StreamHandler(self.stream)
        record = logging.LogRecord("name", logging.INFO, __file__, 1, "message", None, None)
        handler.emit(record)
        self.begin()
        handler.emit(record)
        self.assertEqual(b"message\n", self.finish())
        self.assertEqual(["message\n"], self.diagnosed)


class FilterInputTest(unittest.TestCase):
    def test_it_is_a_text_stream_over_the_bytes(self):
        self.assertEqual(["a\n", "b"], list(_streams.filter_input(b"a\r\nb", "strict")))
        self.assertEqual("\udcff", _streams.filter_input(b"\xff", "surrogateescape").read())
        stream = _streams.filter_input(b"\xff\r\n", "strict")
        self.assertEqual(b"\xff\r\n", stream.buffer.read())


class FilterOutputTest(unittest.TestCase):
    def setUp(self):
        self.taken = []

    def make(self, split=False, line_buffering=False):
        output = _streams.FilterOutput("strict", split, line_buffering)
        output.open(self.taken.append)
        self.addCleanup(output.discard)
        return output

    def test_all_that_was_written_has_passed_after_finish(self):
        output = self.make()
        print("a", "é", file=output.stream, flush=True)
        output.stream.buffer.write(b"\xff")
        output.finish()
        self.assertEqual(b"a \xc3\xa9\n\xff", b"".join(self.taken))

    def test_only_whole_lines_pass_where_lines_are_values(self):
        output = self.make(split=True)
        output.stream.write("a\nb")
        output.stream.flush()
        self.assertEqual([b"a\n"], self.taken)
        output.finish()
        self.assertEqual([b"a\n", b"b"], self.taken)

    def test_a_person_sees_each_line_at_once(self):
        output = self.make(line_buffering=True)
        print("prompt", file=output.stream)
        self.assertEqual([b"prompt\n"], self.taken)

    def test_a_closed_stream_is_replaced(self):
        output = self.make()
        output.stream.write("a")
        output.stream.close()
        output.finish()
        self.assertEqual([b"a"], self.taken)
        output.open(self.taken.append).write("b")
        output.finish()
        self.assertEqual([b"a", b"b"], self.taken)

    def test_a_detached_stream_is_replaced(self):
        output = self.make()
        with io.TextIOWrapper(output.stream.detach()) as mine:
            mine.write("a")
        output.finish()
        output.open(self.taken.append).write("b")
        output.finish()
        self.assertEqual([b"a", b"b"], self.taken)


if __name__ == "__main__":
    unittest.main()
