package org.pyparallel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What was said about options. The command line goes before the defaults: whatever it says about a
/// choice, the defaults have no say in that choice. Defaults for options that the command does not
/// have are passed over.
///
/// @param line the command line
/// @param defaults the user's own default options, or null
record OptionValues(Arguments line, @Nullable Arguments defaults) {
  /// The last one given of some options that exclude each other.
  ///
  /// @return null if none was given
  /// @throws CommandLineError if two different ones were given in the same place
  @Nullable OptionValue of(RunOption... options) {
    OptionValue value = line.oneOf(true, options);
    if (value == null && defaults != null) {
      List<RunOption> known = new ArrayList<>();
      for (RunOption option : options) {
        if (RunFlags.has(line.command(), option)) {
          known.add(option);
        }
      }
      value = defaults.oneOf(false, known.toArray(new RunOption[0]));
    }
    return value;
  }

  /// Whether a flag was given.
  boolean has(RunOption flag) {
    return of(flag) != null;
  }

  /// The values of an option that may be repeated, each as if it were the only one.
  List<OptionValue> all(RunOption option) {
    OptionValue last = of(option);
    if (last == null) {
      return List.of();
    }
    List<OptionValue> values = new ArrayList<>();
    for (String text : last.source().all(option)) {
      values.add(new OptionValue(option, text, last.source(), last.typed()));
    }
    return values;
  }

  /// The whole number an option was given.
  ///
  /// @param least the smallest it takes, from 0
  /// @param most the largest; [Long#MAX_VALUE] for any
  /// @throws CommandLineError if it is none of these
  OptionalLong number(RunOption option, long least, long most) {
    OptionValue value = of(option);
    if (value == null) {
      return OptionalLong.empty();
    }
    long number = WholeNumber.parse(value.text());
    if (number < least || number > most) {
      throw value.error(
          most == Long.MAX_VALUE
              ? "must be a whole number, " + least + " or more"
              : "must be a whole number from " + least + " to " + most);
    }
    return OptionalLong.of(number);
  }

  /// The text of an option, which must not be empty.
  Optional<String> text(RunOption option) {
    OptionValue value = of(option);
    return value == null ? Optional.empty() : Optional.of(value.nonEmpty());
  }
}
