/// Runs a plan: workers, each a thread with one interpreter, pull shards and push output.
///
/// Where results are reduced there is no output until the end: what shards leave is combined by the
/// workers themselves, see [Reduction].
///
/// May import `workload`, `merge`, `interpreter` and `job`.
@NullMarked
package org.pyparallel.pool;

import org.jspecify.annotations.NullMarked;
