import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Rewrites jars whose classes were compiled for Java 5 or older to the class file version of Java
/// 8. The AOT cache takes no class older than version 50 (their bytecode is checked by the old,
/// inferring verifier), and picocli, the biggest part of our start, is such a one.
///
/// Nothing but the version and the stack maps that it calls for changes. Jars that need nothing are
/// left alone, so that a second run is quick.
///
/// Usage: `java RaiseClassVersions.java JAR...`
void main(String[] jars) throws IOException {
  for (String name : jars) {
    Path jar = Path.of(name);
    if (hasOldClasses(jar)) {
      rewrite(jar);
    }
  }
}

private static final int OLDEST_CACHED = 50;

private static boolean hasOldClasses(Path jar) throws IOException {
  try (var in = new JarFile(jar.toFile())) {
    for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
      if (isClass(entry) && version(in.getInputStream(entry).readNBytes(8)) < OLDEST_CACHED) {
        return true;
      }
    }
  }
  return false;
}

private static void rewrite(Path jar) throws IOException {
  ClassTransform raise =
      (builder, element) -> {
        if (element instanceof ClassFileVersion) {
          builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
        } else {
          builder.with(element);
        }
      };
  // Passing every instruction through makes the library compute the stack maps.
  ClassTransform throughBodies =
      ClassTransform.transformingMethodBodies(CodeBuilder::with).andThen(raise);
  Path rewritten = jar.resolveSibling(jar.getFileName() + ".tmp");
  try (var in = new JarFile(jar.toFile());
      var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
      var out = new JarOutputStream(Files.newOutputStream(rewritten))) {
    var classFile =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader)));
    for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
      byte[] bytes = in.getInputStream(entry).readAllBytes();
      if (isClass(entry) && version(bytes) < OLDEST_CACHED) {
        bytes = classFile.transformClass(classFile.parse(bytes), throughBodies);
      }
      var copy = new JarEntry(entry.getName());
      copy.setTime(entry.getTime());
      out.putNextEntry(copy);
      out.write(bytes);
      out.closeEntry();
    }
  }
  Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
}

private static boolean isClass(JarEntry entry) {
  return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
}

private static int version(byte[] bytes) {
  return (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
}
