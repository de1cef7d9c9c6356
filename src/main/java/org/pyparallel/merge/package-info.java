/// Puts the shards' output in order, in bounded memory, and hands it to one writer; or sorts it, or
/// writes each result once.
///
/// [MergeStage] makes one stream of many. A [MergingSink] behind it makes of the stream what the
/// plan wants: workers do what can be done within a shard, in Python, and say in which form they
/// send it; here is what concerns several shards.
///
/// Decisions:
/// - Sorting: each shard is sorted in its worker, and the sorted runs are merged. The rejected
///   alternative, to cut the results by ranges of keys so that every range could be sorted alone,
///   needs to know the keys beforehand. Runs are compared by bytes: a key in the order of its bytes
///   is made where the value is still at hand.
/// - Runs are kept outside the heap, which is small; what has no room goes to files without a name.
/// - Distinct results are remembered by a hash of 128 bits: the results themselves would fill any
///   memory, and sorting is there for those who have more.
///
/// May import `job` and the `ShardOutput` of `interpreter`.
@NullMarked
package org.pyparallel.merge;

import org.jspecify.annotations.NullMarked;
