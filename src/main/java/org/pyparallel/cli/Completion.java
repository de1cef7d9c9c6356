package org.pyparallel.cli;

/// The completion scripts.
final class Completion {
  private Completion() {}

  /// Writes one anew.
  ///
  /// @param shell `bash`, `zsh` or `fish`
  static String of(String shell) {
    return switch (shell) {
      case "bash" -> new BashCompletion().script();
      case "zsh" -> new ZshCompletion().script();
      case "fish" -> new FishCompletion().script();
      default -> throw new IllegalArgumentException(shell);
    };
  }
}
