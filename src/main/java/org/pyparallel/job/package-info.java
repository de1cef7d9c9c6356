/// The values that travel between the parts of a run, and nothing else.
///
/// Records, enums and sealed interfaces without behaviour beyond what follows from their own
/// fields; no I/O, no threads. Every other package may import this one, it imports none of them.
@NullMarked
package org.pyparallel.job;

import org.jspecify.annotations.NullMarked;
