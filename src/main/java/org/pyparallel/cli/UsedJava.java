package org.pyparallel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The Java that this process runs on.
///
/// @param version its version
/// @param vendor whose it is
/// @param home its folder
/// @param isBundled whether it belongs to the installation: linked with GraalPy inside, it starts
///   faster than any other
record UsedJava(String version, String vendor, String home, boolean isBundled) {
  /// @param installation where pyparallel is installed, if that is known
  static UsedJava examine(Optional<Path> installation) {
    String home = System.getProperty("java.home", "");
    return new UsedJava(
        Runtime.version().toString(),
        System.getProperty("java.vendor", "unknown"),
        home,
        installation.isPresent() && isThatOf(installation.get(), Path.of(home)));
  }

  private static boolean isThatOf(Path installation, Path home) {
    try {
      return Files.isSameFile(installation.resolve("lib").resolve("java"), home);
    } catch (IOException _) {
      return false; // there is none
    }
  }

  /// In a few words, for people.
  String describe() {
    return version + " (" + vendor + "), " + (isBundled ? "bundled" : "in " + home);
  }
}
