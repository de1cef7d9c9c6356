import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Packages modules of the running JDK from its run-time image, for a JDK that was shipped without
/// its packaged modules. It knows which files outside of the image belong to which module, since
/// its own `jlink` can link from it.
final class JdkModules {
  private static final Path IMAGE =
      FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
  private static final String FILES = "jdk.jlink/jdk/tools/jlink/internal/runtimelink/fs_%s_files";
  private static final String BASE = "java.base";

  // Kinds of a module's files, as numbered there, with the option of jmod that takes them.
  private static final String[] KINDS = {
    "", "--config", "--header-files", "--legal-notices", "--man-pages", "--cmds", "--libs"
  };

  private final Path home = Path.of(System.getProperty("java.home"));
  private final Path work;

  /// @param work a folder for scratch files
  JdkModules(Path work) {
    this.work = work;
  }

  /// Makes a `.jmod` file of each module.
  void packageInto(Path folder, Set<String> modules) throws IOException {
    for (String module : modules) {
      List<String> options = new ArrayList<>(List.of("create", "--compress", "zip-0"));
      options.addAll(List.of("--class-path", classes(module).toString()));
      Path files = work.resolve("files").resolve(module);
      addFiles(module, files);
      for (int kind = 1; kind < KINDS.length; kind++) {
        Path ofKind = files.resolve(Integer.toString(kind));
        if (Files.exists(ofKind)) {
          options.addAll(List.of(KINDS[kind], ofKind.toString()));
        }
      }
      options.add(folder.resolve(module + ".jmod").toString());
      JdkTool.run("jmod", options);
    }
  }

  private Path classes(String module) throws IOException {
    Path from = IMAGE.resolve(module);
    Path to = work.resolve("classes").resolve(module);
    try (Stream<Path> resources = Files.walk(from)) {
      for (Path resource : (Iterable<Path>) resources::iterator) {
        Path target = to.resolve(from.relativize(resource).toString());
        if (Files.isDirectory(resource)) {
          Files.createDirectories(target);
        } else if (!isMadeByLinking(module, resource)) {
          Files.copy(resource, target);
        }
      }
    }
    if (module.equals(BASE)) {
      dropHashes(to.resolve("module-info.class"));
    }
    return to;
  }

  /// What is computed from the set of modules that is linked.
  private static boolean isMadeByLinking(String module, Path resource) {
    return module.equals(BASE)
        && resource.toString().contains("/jdk/internal/module/SystemModules$");
  }

  /// Without the digests of all modules that this JDK was built of: one of them is exchanged, and
  /// the others are not packaged to the same byte.
  private static void dropHashes(Path moduleInfo) throws IOException {
    ClassFile format = ClassFile.of();
    byte[] without =
        format.transformClass(
            format.parse(moduleInfo),
            ClassTransform.dropping(element -> element instanceof ModuleHashesAttribute));
    Files.write(moduleInfo, without);
  }

  /// Copies a module's files into a folder for each kind. The list has a line for each: kind,
  /// whether it is a link to another module's file, digest, path (of the link's target first), with
  /// `|` between them.
  private void addFiles(String module, Path to) throws IOException {
    Path list = IMAGE.resolve(FILES.formatted(module));
    if (Files.notExists(list)) {
      throw new JdkTool.Failed(home + " has neither jmods nor a list of the files of " + module);
    }
    for (String line : Files.readAllLines(list)) {
      String[] fields = line.split("\\|");
      if (fields.length < 4) {
        continue;
      }
      Path file = Path.of(fields[fields.length - 1]);
      int depth = fields[0].equals("3") ? 2 : 1; // legal notices have a folder for each module
      Path target = to.resolve(fields[0]).resolve(file.subpath(depth, file.getNameCount()));
      Files.createDirectories(target.getParent());
      Files.copy(home.resolve(file), target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
