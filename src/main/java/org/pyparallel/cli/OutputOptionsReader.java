package org.pyparallel.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pyparallel.job.Merging;
import org.pyparallel.job.Ordering;
import org.pyparallel.job.OutputFormat;

/// Turns what was said about results into [OutputOptions].
final class OutputOptionsReader {
  private final OptionValues values;

  OutputOptionsReader(OptionValues values) {
    this.values = values;
  }

  /// @throws CommandLineError if a value is out of range or options exclude each other
  OutputOptions read() {
    OptionValue sort = values.of(OutputFlags.SORT);
    OptionValue unique = values.of(OutputFlags.UNIQUE);
    OptionValue reduce = values.of(OutputFlags.REDUCE);
    if (reduce != null && !isNone(reduce)) {
      OptionValue given = reduce;
      reduce = OptionValue.unless(OptionValue.unless(reduce, sort), unique);
      sort = OptionValue.unless(sort, given);
      unique = OptionValue.unless(unique, given);
    }
    Optional<Chosen<Merging>> merging = merging(reduce, sort, unique);
    OptionValue tag = values.of(OutputFlags.TAG);
    OptionValue merger = reduce != null && !isNone(reduce) ? reduce : sort == null ? unique : sort;
    OptionValue tagged = OptionValue.unless(tag, merger);
    if (tagged != null && merger != null) { // typed, and so goes before what is not
      merging = Optional.empty();
    }
    return new OutputOptions(
        !values.has(OutputFlags.REDUCE),
        merging,
        ordering(sort),
        new Chosen<>(tagged != null, tagged != null && tagged.typed()),
        format(),
        values.text(OutputFlags.OUTPUT_FILE),
        rejects());
  }

  private Optional<Chosen<Merging>> merging(
      @Nullable OptionValue reduce, @Nullable OptionValue sort, @Nullable OptionValue unique) {
    if (sort != null) {
      String key = sort.text();
      boolean descending = key.startsWith("-");
      String item = descending ? key.substring(1) : key;
      Merging merging =
          new Merging.Sort(
              item.isEmpty() ? Optional.empty() : Optional.of(item), descending, unique != null);
      return Optional.of(new Chosen<>(merging, sort.typed()));
    }
    if (unique != null) {
      return Optional.of(new Chosen<>(new Merging.Distinct(), unique.typed()));
    }
    if (reduce == null) {
      return Optional.empty();
    }
    if (isNone(reduce)) {
      return Optional.of(new Chosen<>(new Merging.Join(), reduce.typed()));
    }
    boolean hasFunctions = values.line().command() == Command.RUN;
    String problem = Reduction.problem(reduce.nonEmpty(), hasFunctions || !reduce.typed());
    if (problem != null) {
      throw reduce.error(problem);
    }
    if (!hasFunctions && Reduction.problem(reduce.text(), false) != null) {
      return Optional.empty(); // a default, meant for scripts
    }
    return Optional.of(new Chosen<>(new Merging.Reduce(reduce.text()), reduce.typed()));
  }

  private static boolean isNone(OptionValue reduce) {
    return reduce.text().equals(Reduction.NONE);
  }

  private Chosen<Ordering> ordering(@Nullable OptionValue sort) {
    OptionValue order =
        values.of(OutputFlags.KEEP_ORDER, OutputFlags.UNORDERED, OutputFlags.LINE_BUFFER);
    if (order != null && order.is(OutputFlags.LINE_BUFFER)) {
      order = OptionValue.unless(order, values.of(OutputFlags.GROUP));
      order = sort == null ? order : OptionValue.unless(order, sort);
    }
    if (order == null) {
      return Chosen.byDefault(Ordering.INPUT);
    }
    Ordering ordering = Ordering.INPUT;
    if (order.is(OutputFlags.LINE_BUFFER)) {
      ordering = Ordering.LINES;
    } else if (order.is(OutputFlags.UNORDERED)) {
      ordering = Ordering.COMPLETION;
    }
    return new Chosen<>(ordering, order.typed());
  }

  private Optional<OutputFormat> format() {
    OptionValue value = values.of(OutputFlags.OUTPUT_FORMAT, OutputFlags.JSON);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(
        value.is(OutputFlags.JSON) ? OutputFormat.DOCUMENT : value.choice(OutputFormat.values()));
  }

  private Optional<String> rejects() {
    OptionValue value = values.of(OutputFlags.REJECTS);
    if (value != null && value.nonEmpty().equals("-")) {
      throw value.error("must be a file: standard output is for results");
    }
    return value == null ? Optional.empty() : Optional.of(value.text());
  }
}
