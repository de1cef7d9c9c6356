package org.pyparallel.interpreter;

/// An extension module that the script imports refuses to be loaded into this kind of interpreter.
///
/// Only thrown where the configuration says that there is another one, see
/// [InterpreterConfig#fallback], and caught by the [FallbackRuntime]: it reaches nobody else.
public final class ExtensionRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String module;

  /// @param module the full name of the module that refuses
  ExtensionRefused(String module) {
    super(module + " refuses this interpreter", null, false, false);
    this.module = module;
  }

  /// What the user knows it by, with its full name behind where that is another: `numpy
  /// (numpy._core._multiarray_umath)`.
  String title() {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot) + " (" + module + ")";
  }
}
