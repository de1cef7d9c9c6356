/// Cuts an input into shards on record boundaries.
///
/// Files are cut by byte range and never read whole here: a [ShardSource] only looks for the record
/// boundary nearest to where it wants to cut. Streams are read by one thread into blocks, and the
/// reader waits when nobody takes them.
///
/// May import `job` only.
@NullMarked
package org.pyparallel.workload;

import org.jspecify.annotations.NullMarked;
