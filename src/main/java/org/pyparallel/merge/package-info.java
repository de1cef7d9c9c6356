/// Puts the shards' output in order, in bounded memory, and hands it to one writer.
///
/// May import `job` and the `ShardOutput` of `interpreter`.
@NullMarked
package org.pyparallel.merge;

import org.jspecify.annotations.NullMarked;
