package org.pyparallel.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/// What a process left behind.
///
/// @param status its exit status, as a shell would tell it: 128 and the signal's number for one
///   that a signal ended
record Outcome(int status, byte[] stdout, String stderr) {
  /// What a user must never see on standard error, whatever happened.
  private static final String[] JAVA_TRACES = {
    "at org.pyparallel.",
    "at java.base/",
    "Exception in thread",
    "internal error",
    "A fatal error has been detected"
  };

  String text() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /// All went well, and nothing was said about it.
  Outcome isClean() {
    return hasStatus(0).isQuiet();
  }

  Outcome isQuiet() {
    assertThat(stderr).as("standard error").isEmpty();
    return this;
  }

  Outcome hasStatus(int expected) {
    assertThat(status).as("exit status; standard error was: %s", stderr).isEqualTo(expected);
    return this;
  }

  Outcome prints(String expected) {
    assertThat(text()).as("standard output").isEqualTo(expected);
    return this;
  }

  Outcome says(String... parts) {
    assertThat(stderr).as("standard error").contains(parts);
    return this;
  }

  Outcome showsNoJava() {
    assertThat(stderr).as("standard error").doesNotContain(JAVA_TRACES);
    return this;
  }
}
