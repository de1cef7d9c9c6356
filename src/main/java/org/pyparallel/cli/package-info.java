/// The command line: picocli commands and option mixins, each with one method that turns what was
/// typed into a value of `job`. The only place that knows picocli.
@NullMarked
package org.pyparallel.cli;

import org.jspecify.annotations.NullMarked;
