/// Writes results: text, JSON Lines, a JSON array, a table, or the `pyparallel.run/1` document.
///
/// A [ResultWriter] is one format over one destination. Bytes arrive in order, already encoded by
/// the workers; nothing here parses them, but for rows of a table whose columns come in another
/// order than the header's. The only writer that loads Jackson is the one of the document, for its
/// own fields.
///
/// May import `job` and `merge`; with tests apart the only package that knows Jackson.
///
/// Decisions:
/// - Small chunks are gathered (64 KiB) and go out when the buffer is full, when a shard ends and
///   the last flush is some time ago, or when the merge stage has nothing ready. The rejected
///   alternative, a flush after every shard, makes tiny shards pay for a system call each.
/// - Where every value is one line, a line that a broken shard left unfinished is dropped, so that
///   the output stays valid JSON whatever happened. The price is that the bytes after a chunk's
///   last line end are kept until the line is whole.
/// - Of a table the workers say with each run of rows which columns it has, and the writer makes
///   the header of the first one. The rejected alternative, to settle the columns before the
///   workers start, would need a first record worked on alone.
/// - A file is written beside its target and renamed when the run is complete; failed records do
///   not keep it from that, an interrupt does. Hard links and owners of an existing target are not
///   kept: an atomic replacement cannot.
/// - The file of rejected records is such a file too, but one that a run which breaks off leaves
///   behind: what could not be worked on must not be lost. Hence it is written without a buffer.
/// - A closed pipe is told by asking what the destination is, besides reading the message, because
///   the message is in the user's language.
@NullMarked
package org.pyparallel.output;

import org.jspecify.annotations.NullMarked;
