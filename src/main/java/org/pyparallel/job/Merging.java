package org.pyparallel.job;

import java.util.Optional;

/// What becomes of the results on their way from the workers to the output.
public sealed interface Merging {
  /// They are written one after the other.
  record Join() implements Merging {}

  /// Each is written once, where it first occurs (`--unique`).
  record Distinct() implements Merging {}

  /// They are sorted (`--sort`).
  ///
  /// @param key the item of each result to sort by (a name, or a number from 1), or empty for the
  ///   whole result
  /// @param descending from the largest to the smallest; equal ones stay in input order
  /// @param distinct equal results are written once (with `--unique`)
  record Sort(Optional<String> key, boolean descending, boolean distinct) implements Merging {}

  /// They are reduced to one value (`--reduce`).
  ///
  /// @param function a built-in reduction with its argument, such as `sum` or `top:5`, or the name
  ///   of a function of the script's
  record Reduce(String function) implements Merging {}
}
