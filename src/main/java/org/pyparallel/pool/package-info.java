/// Runs a plan: workers, each a thread with one interpreter, pull shards and push output.
///
/// May import `workload`, `merge`, `interpreter` and `job`.
@NullMarked
package org.pyparallel.pool;

import org.jspecify.annotations.NullMarked;
