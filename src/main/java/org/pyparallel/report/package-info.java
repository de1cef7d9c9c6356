/// Tells the user on standard error how a run is going and how it went.
///
/// May import `job` only.
@NullMarked
package org.pyparallel.report;

import org.jspecify.annotations.NullMarked;
