/// The interactive shell: several consoles side by side, what is typed into them, and the magics.
///
/// May import `interpreter` and `job`.
@NullMarked
package org.pyparallel.repl;

import org.jspecify.annotations.NullMarked;
