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
/// Who does what: a [Worker] is a thread that asks [Admission] for shards and sees each to its end;
/// a [ShardRun] is one shard's way there, through one [Attempt] or several, and through [Bisection]
/// where it is halved; a [Watchdog] cuts attempts short and replaces workers that do not come back;
/// [RenewedInterpreter] replaces interpreters. What they share, and how a run ends, is in [Run].
///
/// Decision: a worker stuck in a C function is given up together with its thread, which nothing can
/// end, and its shard goes to a new one. From the moment at which that is decided (one atomic step
/// of the attempt's) nothing of the old thread's counts: its output is refused where it would
/// arrive, and it closes its interpreter itself, should it ever come back. The rejected
/// alternative, to let the run wait, makes one bad regular expression cost a night.
///
/// Decision: the time limit of a shard does not run while it waits for the writer: with results in
/// input order a fast shard may wait for a slow one.
///
/// Decision: where shards may be tried again, all output of an attempt is held back, in memory and
/// then in a temporary file. The rejected alternative, to take back what was written, does not work
/// with pipes.
///
/// What an earlier run has finished comes from the journal, in the place it would have; an
/// interpreter is only opened for a shard that has to be run.
///
/// May import `workload`, `journal`, `merge`, `interpreter` and `job`.
@NullMarked
package org.pyparallel.pool;

import org.jspecify.annotations.NullMarked;
