/// Keeps finished shards on disk, so that a run that broke off can be gone on with, and logs those
/// that ended.
///
/// A journal is a folder:
///
/// | file | holds |
/// |---|---|
/// | `journal` | the header, text: format version, how the input is cut, all that the results depend on besides it (script, options, Python), a checksum. Replaced as a whole. |
/// | `lock` | nothing; locked while a run uses the folder |
/// | `shards-N.data` | what shards gave: pieces of output, of rejected records, of a partial result |
/// | `shards-N.index` | for each shard that ended: what it was, how it ended, where its pieces are |
///
/// Data and index files are only appended to, each pair by one worker at a time, and never by two
/// runs. A shard is done when its entry in the index is complete, and the entry holds a checksum of
/// itself and one of the pieces: so neither the order in which the disk writes nor a torn end can
/// make a shard of something else. What is behind the last whole entry is cut off when the journal
/// is used again; pieces are checked when they are, and a shard whose pieces are damaged is run
/// again.
///
/// What a shard is known by: where it is in its source, what it was told of what comes before it,
/// and its bytes, of which two checksums are kept. They are only compared where the file is not the
/// one it was (size, time, inode), so that nothing is read where nothing changed.
///
/// Decisions:
/// - The header names the parts of what results depend on, not only their hash: whoever is told
///   that all is run again is told why. Another header is written with the first shard of the run
///   that needs it, and only then is what belonged to the earlier one deleted.
/// - The size of the blocks is in the header, so that an input that has grown is cut where it was.
///   One that has grown so much that hardly any of it was done is cut anew.
/// - Data goes to the operating system when a shard ends, and to the disk about once a second: that
///   the process is killed loses nothing, that the power fails a second's work. To sync with every
///   shard would cost a disk's seek each.
/// - Shards that failed are not kept. Those in which records failed are, with their errors: running
///   them again would give the same, unless the user asks for it.
/// - A full disk ends the run. To go on without a journal would be to find out at the next crash.
///
/// May import `job` only.
@NullMarked
package org.pyparallel.journal;

import org.jspecify.annotations.NullMarked;
