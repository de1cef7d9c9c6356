/// Cuts an input into shards on record boundaries.
///
/// Files are cut by byte range and, where a byte tells the end of a record, never read whole here:
/// a [ShardSource] only looks for the record boundary nearest to where it wants to cut. Where only
/// what comes before tells it (a line feed may stand between quotes), a `RecordScan` walks over the
/// file from its start, eight bytes at a time, and the workers read the ranges again. Streams are
/// read by one thread into blocks, and the reader waits when nobody takes them. [ShardSources]
/// opens either; one `SplitSource` numbers the shards of all kinds and is the only lock workers
/// meet; a `Splitter` cuts one file, stream or list and need not know of threads.
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
/// - The runner's own blocks start at 64 KiB and double each time every worker could have had one:
///   the first result, and the first error, come early, and later shards cost little. For a
///   reduction, sizes follow from the bytes alone, with no regard to workers or time: partial
///   results are combined pair by pair over the shards, and the sum of floating point numbers must
///   be the same on every machine. Files give 64 blocks of at most 16 MiB, streams 16 of each size
///   from 1 KiB to 4 MiB. Where shards are to be found again (`--journal`) or random numbers begin
///   with their number (`--seed`), files give 128 to 256 blocks of a power of two, at most 2 MiB,
///   and streams the same as for a reduction.
/// - Where the function is `async def`, no small shards are cut: the records of one shard wait at
///   once, those of two wait one after the other. Who is done takes a part of another's shard.
/// - A scan has one method that walks, and goes back to no place but the last record end that it
///   gave. That is enough for a slow stream, whose last whole record is looked for when time is
///   over, and keeps what a scan must remember at a few fields. Marks at any position would need a
///   copy of them.
/// - Scanned files are handed out as ranges, not as the bytes that were scanned: a row or a shard
///   of any size then takes no memory here, and `--shards` holds for large files. The second
///   reading is shared by all workers and finds the bytes in the page cache.
/// - Tables are cut at line feeds only, though a `\r` alone ends a row for Python too: a table that
///   has no other line ends is one shard. Its header still ends at the first of them. Blank rows
///   count as records, as blank lines do.
/// - A JSON value at the top level takes the rest of its line with it if that is blank, so that a
///   stream of one value per line needs no look at the next one. The closing bracket of an array
///   that holds nothing ends no record.
/// - A group (`--group-by`) ends where the next record has another key, so it takes that record to
///   tell; only the key's bytes count, as they are written. `-N` counts groups then, record numbers
///   still count records.
/// - The pattern for the start of a record is matched by Java here and by Python in the workers.
///   What the two might read differently is refused with a remedy, for one record more or less
///   would show as a wrong result and not as an error.
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
