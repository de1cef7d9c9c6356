/// `Main` alone: the process's streams, the runtimes on offer, and the only `System.exit`.
@NullMarked
package org.pyparallel;

import org.jspecify.annotations.NullMarked;
