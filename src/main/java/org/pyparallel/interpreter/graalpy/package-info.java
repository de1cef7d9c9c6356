/// GraalPy contexts; the only place that knows the polyglot API.
@NullMarked
package org.pyparallel.interpreter.graalpy;

import org.jspecify.annotations.NullMarked;
