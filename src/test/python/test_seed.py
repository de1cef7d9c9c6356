import random
import sys
import types
import unittest

import pyparallel
from pyparallel import _seed
from harness import DriverTestCase


class SeedTest(DriverTestCase):
    def test_mixing_never_changes(self):
        self.assertEqual(3069472533636442495, _seed.mix(0, 0))
        self.assertEqual(16247700015443706586, _seed.mix(5, 0))
        self.assertEqual(12064417309231021417, _seed.mix(5, 1))

    def test_neighbours_have_nothing_in_common(self):
        numbers = {_seed.mix(seed, index) for seed in range(50) for index in range(-1, 50)}
        self.assertEqual(50 * 51, len(numbers))
        changed = [bin(_seed.mix(7, i) ^ _seed.mix(7, i + 1)).count("1") for i in range(200)]
        self.assertTrue(28 < sum(changed) / len(changed) < 36)

    def test_seeds_each_shard_and_what_comes_before(self):
        source = """
            import random, pyparallel
            FIRST = pyparallel.seed
            def process(record):
                return f"{FIRST} {pyparallel.seed} {random.random()}"
            """
        self.load(source, seed="5")
        outputs = [self.run_shard("a\n", index=i).output for i in (0, 1, 0)]
        self.assertEqual(outputs[0], outputs[2])
        expected = random.Random(_seed.mix(5, 1)).random()
        self.assertEqual(f"{_seed.mix(5, -1)} {_seed.mix(5, 1)} {expected}\n", outputs[1].decode())

    def test_seeds_numpy_where_it_is_loaded(self):
        seeds = []
        numpy = types.ModuleType("numpy")
        numpy.random = types.SimpleNamespace(seed=seeds.append)
        sys.modules["numpy"] = numpy
        self.addCleanup(sys.modules.pop, "numpy")
        _seed.begin(5, 0)
        self.assertEqual([_seed.mix(5, 0) % 2**32], seeds)
        self.assertEqual(_seed.mix(5, 0), pyparallel.seed)


if __name__ == "__main__":
    unittest.main()
