"""Tests of ``_quick_streams.py``: that nobody can tell its streams from the stock ones."""

import io
import random
import unittest

from pyparallel import _quick_streams, _streams

LINES = ("", "a", "é", "some words", "x" * 9000, "\ufeff", "\x85", "\u2028", "\x0c", "€" * 3000)
ENDS = ("\n", "\n", "\n", "\r\n", "\r", "")

READS = (
    lambda stream: next(stream, None),
    lambda stream: stream.readline(),
    lambda stream: [line for _, line in zip(range(3), stream)],
)
OTHERS = (
    lambda stream: stream.read(),
    lambda stream: list(stream),
    lambda stream: stream.readlines(),
    lambda stream: stream.readlines(10),
    lambda stream: stream.read(5),
    lambda stream: stream.readline(2),
    lambda stream: stream.buffer.read(7),
    lambda stream: stream.buffer.tell(),
    lambda stream: stream.newlines,
    lambda stream: stream.tell() and None,
    lambda stream: stream.seek(0),
    lambda stream: stream.detach().read(),
    lambda stream: stream.closed,
    lambda stream: (stream.encoding, stream.errors, stream.readable(), stream.isatty()),
    lambda stream: stream.fileno(),
    lambda stream: stream.name,
)


def outcome(action, stream):
    try:
        return action(stream)
    except Exception as error:
        return type(error), str(error).replace("TextInput", "TextIOWrapper")


class TextInputTest(unittest.TestCase):
    def test_it_does_what_the_stock_stream_does(self):
        for seed in range(400):
            numbers = random.Random(seed)
            text = "".join(
                numbers.choice(LINES) + numbers.choice(ENDS) for _ in range(numbers.randrange(12))
            )
            data = text.encode()
            stock = _streams.filter_input(data, "strict")
            quick = _quick_streams.TextInput(text, "strict", lambda data=data: data)
            actions = numbers.choices(READS, k=numbers.randrange(5))
            actions += numbers.choices(OTHERS, k=3)
            if numbers.random() < 0.3:
                actions += [lambda stream: stream.close(), *READS, lambda stream: stream.closed]
            for action in actions:
                with self.subTest(seed=seed):
                    self.assertEqual(outcome(action, stock), outcome(action, quick))

    def test_bytes_are_only_asked_for_where_text_is_not_enough(self):
        asked = []
        quick = _quick_streams.TextInput("a\nb\n", "strict", lambda: asked.append(1) or b"a\nb\n")
        self.assertEqual("a\n", quick.readline())
        self.assertEqual(["b\n"], list(quick))
        self.assertEqual("", quick.read())
        self.assertEqual([], asked)
        self.assertEqual(b"", quick.buffer.read())
        self.assertEqual([1], asked)


class Sink:
    """Collects what an output passes on."""

    def __init__(self):
        self.data = b""

    def add_text(self, text):
        self.data += text.encode("utf-8", "surrogateescape")

    def add_bytes(self, data):
        self.data += data


class QuickOutputTest(unittest.TestCase):
    def make(self):
        output = _quick_streams.QuickOutput("strict")
        self.addCleanup(output.discard)
        return output

    def test_it_passes_on_what_the_stock_stream_does(self):
        actions = (
            lambda stream: print("a", "é", file=stream),
            lambda stream: stream.write("x" * 70_000) and None,
            lambda stream: stream.writelines(["a", "b\n"]),
            lambda stream: stream.write("\ud800"),
            lambda stream: stream.write(b"a"),
            lambda stream: stream.flush(),
            lambda stream: stream.flush() or stream.buffer.write(b"\xff"),
            lambda stream: stream.reconfigure(line_buffering=True),
            lambda stream: stream.flush() or stream.reconfigure(errors="surrogateescape"),
            lambda stream: stream.line_buffering,
            lambda stream: stream.close(),
        )
        for seed in range(300):
            numbers = random.Random(seed)
            sinks = Sink(), Sink()
            outputs = _streams.FilterOutput("strict", False, False), self.make()
            for _ in range(2):
                streams = [
                    output.open(sink.add_bytes, sink) for output, sink in zip(outputs, sinks)
                ]
                for action in numbers.choices(actions, k=5):
                    with self.subTest(seed=seed):
                        stock, quick = (outcome(action, stream) for stream in streams)
                        self.assertEqual(stock, quick)
                for output in outputs:
                    output.finish()
            self.assertEqual(sinks[0].data, sinks[1].data, seed)
            outputs[0].discard()

    def test_what_a_shard_did_not_pass_on_is_not_in_the_next_one(self):
        output, sink = self.make(), Sink()
        stale = output.open(sink.add_bytes, sink)
        stale.write("stale")
        output.discard()
        output.open(sink.add_bytes, sink).write("fresh")
        stale.write("late")
        stale.close()
        output.finish()
        self.assertEqual(b"fresh", sink.data)

    def test_a_detached_stream_is_replaced(self):
        output, sink = self.make(), Sink()
        stream = output.open(sink.add_bytes, sink)
        stream.write("a")
        with io.TextIOWrapper(stream.detach()) as mine:
            mine.write("b")
        output.finish()
        output.open(sink.add_bytes, sink).write("c")
        output.finish()
        self.assertEqual(b"abc", sink.data)


if __name__ == "__main__":
    unittest.main()
