"""Cuts a shard's batches into parts, and gives the rest of a shard away when somebody has nothing
left to do.

A *part* is what is worked on before anything else is looked at: its results are packed, and between
two parts the host is asked whether another interpreter would take a *tail*, the second half of what
the shard has left. The shard then ends before the tail's first record.
"""

import sys

import pyparallel
from pyparallel._encode import PATIENCE, SEND_SIZE
from pyparallel._library import library

# How many records make a part: at first, and at most.
FEW_RECORDS = 64
MOST_RECORDS = 8192

# In seconds: how often somebody is looked for, and how much work must be left to give half of it
# away. Less is done before another interpreter has begun with it.
WORTHWHILE = 0.1

ALL = sys.maxsize


class Parts:
    """Cuts batches so that what each part gives stays about as large as what is sent at a time.

    A record of a few bytes may give a megabyte, and what it gives is only counted afterwards. Where
    results are not to wait for others, or others wait for work, a part must not take long either.

    Args:
        config: the driver's.
        host: as for the driver; only asked where tails may be given away.
    """

    def __init__(self, config, host):
        self._host = host
        self._divisible = config.divisible
        self._clock = library("time").monotonic if config.divisible else None
        self._limit = 1 if config.live else FEW_RECORDS

    def of(self, decoder, output):
        """The parts of a shard, one after the other; each is to be opened before the next."""
        cursor = decoder.cursor
        clock = output.live or self._clock
        tails = Tails(decoder, self._host, clock) if self._divisible else None
        end = ALL
        # Fast records of other shards say nothing of this one's, and only between parts may others
        # take over.
        limit = 1 if tails else self._limit
        began = took = 0.0
        for batch in decoder.batches:
            start = 0
            size = min(len(batch), end - cursor.total)
            while start < size:
                stop = min(start + limit, size)
                part = batch if stop - start == len(batch) else batch[start:stop]
                before = output.packed
                if clock:
                    began = clock()
                yield part
                given = output.packed - before
                start = stop
                if clock:
                    now = clock()
                    took = now - began
                    if tails and now >= tails.due and tails.give(now):
                        end = tails.end
                        size = min(size, start + end - cursor.total)
                if took > PATIENCE:
                    limit = max(1, int(len(part) * PATIENCE / took))
                elif given > SEND_SIZE:
                    limit = max(1, len(part) * SEND_SIZE // given)
                elif limit < MOST_RECORDS:
                    limit *= 2
                self._limit = limit
            if cursor.total >= end:
                return


class Tails:
    """Gives away what a shard has left, half of it at a time.

    Attributes:
        due: from when on, by the clock, somebody may be looked for.
        end: the number of the first record that was given away.
    """

    def __init__(self, decoder, host, clock):
        self._decoder = decoder
        self._host = host
        self._began = clock()
        # What is known once somebody was found: where the shard ends.
        self._size = None
        self.due = self._began + WORTHWHILE
        self.end = ALL

    def give(self, now):
        """Gives a tail away if somebody wants one and enough is left; returns whether it did.

        How long the rest will take is guessed from how long the bytes so far took.
        """
        self.due = now + WORTHWHILE
        if not self._host.wanted():
            return False
        decoder = self._decoder
        number = decoder.cursor.total
        if number >= self.end:
            return False
        if self._size is None:
            self._size = decoder.size()
        done = decoder.boundary(number).offset
        left = self._size - done
        seconds = (now - self._began) * left / done if done else 0.0
        if left <= 0 or seconds < WORTHWHILE:
            return False
        place = self._cut(number, -(-number * left // (2 * done)))
        if place is None:
            return False
        first, place = place
        if not self._host.give(first, place.line, place.offset, int(seconds * 1000)):
            return False
        decoder.end_at(first, place)
        shard = pyparallel.shard
        shard.end = shard.start + place.offset
        self.end = first
        self._size = place.offset
        return True

    def _cut(self, number, ahead):
        """The number and the place of a record that the rest can be cut at, up to ``ahead`` behind
        ``number``; None where there is none behind it."""
        while ahead > 0:
            place = self._decoder.boundary(number + ahead)
            if place.offset < self._size:
                return number + ahead, place
            ahead //= 2
        return None
