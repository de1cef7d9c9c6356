/// Cuts an input into shards on record boundaries.
///
/// Files are cut by byte range and never read whole here: a [ShardSource] only looks for the record
/// boundary nearest to where it wants to cut. Streams are read by one thread into blocks, and the
/// reader waits when nobody takes them. [ShardSources] opens either; one `SplitSource` numbers the
/// shards of all kinds and is the only lock workers meet; a `Splitter` cuts one file, stream or
/// list and need not know of threads.
///
/// May import `job` only.
///
/// Decisions:
/// - A block is rounded up to the next record end, for files and streams alike, so that a shard is
///   never empty and a record of any length is one shard. Rounded down, a record longer than a
///   block would need a second rule.
/// - The cuts of files are found one at a time as workers ask. Finding them all first would make
///   the first result wait for the last file, and would know the number of shards, which nothing
///   needs.
/// - With `--shards`, all files share one block size: the smallest that keeps the sum of the
///   rounded up quotients within the number asked for. Shards so differ little in size, however the
///   files do; a number of shards per file would need rounding per file. More files than shards
///   give a shard each.
/// - A file's size counts as it was when the source was opened. What is appended later belongs to
///   another run.
/// - Stream shards are slices of the read buffer. Copying each shard out would free memory sooner
///   and cost a pass over all bytes on the one thread that everybody waits for.
/// - A record's number is its number of terminators before it, so blank lines count, as they do in
///   an editor. In `text` and `bytes` the shard is the record: there only the first has a number.
/// - Names for the `files` format that come from standard input are lines, or NUL-terminated where
///   the separator is NUL.
/// - A file is decompressed where its name says so, not where its bytes do: what a run reads does
///   not depend on what happens to be in the file, and nothing needs to be opened before its turn.
/// - Compressed files are decompressed by a thread each, some of them ahead of their turn. To cut
///   one at its members or blocks would need an index for most files that there are.
/// - A broken source is told of when its turn is over, and the next one goes on: a run of many
///   hours should tell of all broken files, and have done what can be done.
/// - A range of integers and the combinations of arguments are computed piece by piece. Their cuts
///   under a reduction do not depend on the number of workers, so that a sum of floats is the same
///   everywhere.
@NullMarked
package org.pyparallel.workload;

import org.jspecify.annotations.NullMarked;
