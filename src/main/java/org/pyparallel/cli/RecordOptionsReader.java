package org.pyparallel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.EncodingErrors;
import org.pyparallel.job.Format;

/// Turns what was said about records into [RecordOptions].
final class RecordOptionsReader {
  private final OptionValues values;
  private final InputOptions input;

  /// @param input where the records come from, which may settle what they are
  RecordOptionsReader(OptionValues values, InputOptions input) {
    this.values = values;
    this.input = input;
  }

  /// @throws CommandLineError if a value is out of range or options exclude each other
  RecordOptions read() {
    OptionValue format = format();
    OptionValue ends = values.of(InputFlags.RECSEP, InputFlags.RECSTART);
    if (format != null && !isLines(format)) {
      OptionValue given = format;
      format = OptionValue.unless(format, ends);
      ends = OptionValue.unless(ends, given);
    }
    format = unlessSettled(format);
    ends = unlessSettled(ends);
    OptionValue groupBy = values.of(InputFlags.GROUP_BY);
    OptionValue delimiter = values.of(InputFlags.DELIMITER);
    OptionValue noHeader = values.of(InputFlags.NO_HEADER);
    return new RecordOptions(
        format(format, ends),
        new Chosen<>(noHeader != null, noHeader != null && noHeader.typed()),
        delimiter == null
            ? Optional.empty()
            : Optional.of(new Chosen<>(delimiter(delimiter), delimiter.typed())),
        ends != null && ends.is(InputFlags.RECSEP)
            ? Optional.of(separator(ends))
            : Optional.empty(),
        ends != null && ends.is(InputFlags.RECSTART)
            ? Optional.of(ends.nonEmpty())
            : Optional.empty(),
        groupBy == null
            ? Optional.empty()
            : Optional.of(new Chosen<>(groupBy.nonEmpty(), groupBy.typed())),
        encodingErrors());
  }

  /// What was said about the format; `--null` only where it is about that.
  private @Nullable OptionValue format() {
    OptionValue format = values.of(InputFlags.FORMAT);
    if (InputOptionsReader.readsWords(input.nameLists(), input.lists())
        || (format != null && isFiles(format))) {
      return format;
    }
    return values.of(InputFlags.FORMAT, InputFlags.NULL);
  }

  /// Words and numbers are records already: a default gives way.
  private @Nullable OptionValue unlessSettled(@Nullable OptionValue value) {
    String other =
        input.range().isPresent()
            ? InputFlags.RANGE.longName()
            : InputOptionsReader.listName(values, input.lists());
    if (value == null || other == null) {
      return value;
    }
    if (value.typed()) {
      throw values.line().exclusive(value.option().longName(), other);
    }
    return null;
  }

  private Optional<Format> format(@Nullable OptionValue format, @Nullable OptionValue ends) {
    if (ends != null) {
      return Optional.of(Format.RECORDS);
    }
    if (format == null) {
      return Optional.empty();
    }
    return Optional.of(format.is(InputFlags.NULL) ? Format.NULL : format.choice(Format.values()));
  }

  private static boolean isLines(OptionValue format) {
    return format.is(InputFlags.FORMAT) && format.text().equals(Format.LINES.label());
  }

  private static boolean isFiles(OptionValue format) {
    return format.text().equals(Format.FILES.label());
  }

  private static char delimiter(OptionValue value) {
    String text = value.text();
    if (text.equals("\\t") || text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.charAt(0) > 127 || "\"\n\r".indexOf(text.charAt(0)) >= 0) {
      throw value.error("must be one ASCII character, neither a quote nor a line end, or \\t");
    }
    return text.charAt(0);
  }

  private static String separator(OptionValue value) {
    try {
      return ByteString.parse(value.nonEmpty());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private EncodingErrors encodingErrors() {
    OptionValue value = values.of(InputFlags.ENCODING_ERRORS);
    return value == null ? EncodingErrors.STRICT : value.choice(EncodingErrors.values());
  }
}
