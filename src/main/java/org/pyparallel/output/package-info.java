/// Writes results: text, JSON Lines, a JSON array, or the `pyparallel.run/1` document.
///
/// May import `job` and `merge`; the only place, with `report`, that knows Jackson.
@NullMarked
package org.pyparallel.output;

import org.jspecify.annotations.NullMarked;
