import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Links a Java runtime with GraalPy and the Graal compiler inside, out of the running JDK and
/// jars.
///
/// A stock JDK has an empty `jdk.graal.compiler`, for which another can be put in place at each
/// start only at the price of the JVM's archives of loaded classes, half of the time of a start. In
/// the runtime linked here it is the real one.
///
/// `jlink` alone does not do: many a JDK comes without the packaged modules that it wants, and from
/// its own run-time image it takes all modules as they are. So these are packaged here first
/// ([JdkModules]).
///
/// Usage: `java LinkRuntime.java TARGET WORK FOLDER...`, where `TARGET` is made, `WORK` is a
/// scratch folder, made and removed, and the folders hold modular jars, the first of which that has
/// a module wins.
void main(String[] arguments) throws IOException {
  Path target = Path.of(arguments[0]);
  Path work = Path.of(arguments[1]);
  Path[] jars = Stream.of(arguments).skip(2).map(Path::of).toArray(Path[]::new);
  try {
    link(target, work, jars);
  } catch (JdkTool.Failed e) {
    System.err.println(e.getMessage());
    System.exit(1);
  } finally {
    remove(work);
  }
}

/// What the application needs of the JDK besides what GraalPy does, and what its users may: other
/// charsets, names of certificates' algorithms, a look at a running process with `jcmd` and JFR.
private static final List<String> OURS =
    List.of(
        "java.base",
        "java.logging",
        "java.management",
        "jdk.charsets",
        "jdk.crypto.ec",
        "jdk.internal.vm.ci",
        "jdk.jcmd",
        "jdk.jfr",
        "jdk.management",
        "jdk.net",
        "jdk.unsupported",
        "jdk.zipfs");

private static void link(Path target, Path work, Path[] jars) throws IOException {
  ModuleFinder given = ModuleFinder.of(jars);
  Set<String> roots = new TreeSet<>(OURS);
  given.findAll().forEach(module -> roots.add(module.descriptor().name()));
  ModuleFinder system = ModuleFinder.ofSystem();
  Set<String> fromJdk = new TreeSet<>();
  for (ResolvedModule module :
      Configuration.resolve(given, List.of(Configuration.empty()), system, roots).modules()) {
    if (given.find(module.name()).isEmpty()) {
      fromJdk.add(module.name());
    }
  }

  Files.createDirectories(work);
  Path packaged = Path.of(System.getProperty("java.home"), "jmods");
  if (!Files.isRegularFile(packaged.resolve("java.base.jmod"))) {
    packaged = Files.createDirectories(work.resolve("jmods"));
    new JdkModules(work).packageInto(packaged, fromJdk);
  }
  StringBuilder path = new StringBuilder();
  for (Path folder : jars) {
    path.append(folder).append(java.io.File.pathSeparator);
  }
  List<String> options = new ArrayList<>();
  options.addAll(List.of("--module-path", path.append(packaged).toString()));
  options.addAll(List.of("--add-modules", String.join(",", roots)));
  options.addAll(List.of("--output", work.resolve("linked").toString()));
  // Bouncy Castle's jars are signed, which in a runtime they cannot be.
  options.add("--ignore-signing-information");
  options.addAll(List.of("--no-man-pages", "--no-header-files"));
  // It is made for the classes of an untouched java.base.
  options.addAll(List.of("--disable-plugin", "generate-jli-classes"));
  JdkTool.run("jlink", options);
  remove(target);
  Files.createDirectories(target.toAbsolutePath().getParent());
  Files.move(work.resolve("linked"), target);
}

private static void remove(Path folder) throws IOException {
  if (Files.exists(folder)) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
