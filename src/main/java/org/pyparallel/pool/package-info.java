/// Runs a plan: workers, each a thread with one interpreter, pull shards and push output.
///
/// Where results are reduced there is no output until the end: what shards leave is combined by the
/// workers themselves, see [Reduction].
///
/// Decision: once the source is exhausted, a worker with nothing to do takes over the second half
/// of what another has not read yet of its shard. So the run does not wait for the one shard whose
/// records take long, and shards need not be small everywhere for the sake of the last ones. The
/// rejected alternative, to run the slow shard a second time elsewhere and take what ends first,
/// would call the script twice for a record.
///
/// What an earlier run has finished comes from the journal, in the place it would have; an
/// interpreter is only opened for a shard that has to be run.
///
/// May import `workload`, `journal`, `merge`, `interpreter` and `job`.
@NullMarked
package org.pyparallel.pool;

import org.jspecify.annotations.NullMarked;
