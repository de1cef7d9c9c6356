/// CPython 3.14 inside this process, one subinterpreter with its own lock per worker.
@NullMarked
package org.pyparallel.interpreter.cpython;

import org.jspecify.annotations.NullMarked;
