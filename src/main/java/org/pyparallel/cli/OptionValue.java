package org.pyparallel.cli;

import org.jspecify.annotations.Nullable;

/// An option as it was given, and where.
///
/// @param option which
/// @param text its value, empty for a flag
/// @param source the words it is from
/// @param typed whether those are the command line, and not the user's defaults
record OptionValue(RunOption option, String text, Arguments source, boolean typed) {
  boolean is(RunOption other) {
    return option == other;
  }

  /// The constant whose name, in lower case, was given.
  <E extends Enum<E>> E choice(E[] constants) {
    if (option.choices().contains(text)) {
      for (E constant : constants) {
        if (constant.name().equalsIgnoreCase(text)) {
          return constant;
        }
      }
    }
    throw error("must be one of " + String.join(", ", option.choices()));
  }

  /// The text, which must not be empty.
  String nonEmpty() {
    if (text.isEmpty()) {
      throw error("must not be empty");
    }
    return text;
  }

  CommandLineError error(String message) {
    String value = text.isEmpty() ? "''" : text;
    return source.error(option.longName() + " " + value + ": " + message);
  }

  /// A value that another one excludes: gives way if it is a default and the other was typed.
  ///
  /// @return the value, or null if there is none or it gives way
  /// @throws CommandLineError if the two were given in the same place
  static @Nullable OptionValue unless(@Nullable OptionValue value, @Nullable OptionValue other) {
    if (value == null || other == null) {
      return value;
    }
    if (value.typed == other.typed) {
      throw value.source.exclusive(value.option.longName(), other.option.longName());
    }
    return value.typed ? value : null;
  }
}
