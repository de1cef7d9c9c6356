package org.pyparallel;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.pyparallel.cli.CommandLines;
import org.pyparallel.cli.Environment;

/// Joins the command line with the process: its streams, its properties and the runtimes on offer.
public final class Main {
  private Main() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    String home = System.getProperty("pyparallel.home", "");
    String version = Main.class.getPackage().getImplementationVersion();
    Environment environment =
        new Environment(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out).getChannel(),
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
            Environment.Stream.parse(System.getProperty("pyparallel.tty", "")),
            Integer.getInteger("pyparallel.columns", 0),
            System.getenv(),
            Path.of(""),
            home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home)),
            version == null ? "development" : version,
            java.lang.Runtime.getRuntime().availableProcessors(),
            RuntimesOnOffer.in(home));
    System.exit(CommandLines.create(environment).execute(arguments));
  }
}
