package org.pyparallel;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pyparallel.interpreter.ShardOutput;

/// Which part may know which, and where a library ends.
class ArchitectureTest {
  private static final String ROOT = "org.pyparallel";
  private static final int MOST_LINES = 400;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /// Each package, and what it may import of ours besides itself.
  static Stream<Arguments> arrows() {
    return Stream.of(
        arrow("job"),
        arrow("workload", "job"),
        arrow("interpreter", "job"),
        arrow("interpreter.cpython", "interpreter", "job"),
        arrow("interpreter.graalpy", "interpreter", "job"),
        arrow("interpreter.process", "interpreter", "job"),
        arrow("merge", "interpreter", "job"),
        arrow("journal", "job"),
        arrow("pool", "journal", "workload", "merge", "interpreter", "job"),
        arrow("output", "merge", "job"),
        arrow("report", "job"),
        arrow("repl", "interpreter", "job"),
        arrow(
            "cli",
            "repl",
            "report",
            "output",
            "pool",
            "journal",
            "workload",
            "merge",
            "interpreter",
            "job"));
  }

  private static Arguments arrow(String from, String... to) {
    return arguments(from, List.of(to));
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void aPackageImportsOnlyWhatItMay(String from, List<String> to) {
    String[] allowed =
        Stream.concat(Stream.of(from), to.stream())
            .map(name -> ROOT + "." + name)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + from)
        .should()
        .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageHasItsArrows() {
    List<String> known = arrows().map(arrow -> ROOT + "." + arrow.get()[0]).toList();

    assertThat(packages().map(JavaPackage::getName).filter(name -> !name.equals(ROOT)))
        .isSubsetOf(known);
  }

  @Test
  void ofInterpretersTheMergeStageKnowsOnlyTheirOutput() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".merge")
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + ".interpreter..").and(not(belongToAnyOf(ShardOutput.class))))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /// Each library, and the packages that may know it.
  static Stream<Arguments> walls() {
    return Stream.of(
        wall("picocli..", "cli"),
        wall("tools.jackson..", "output"),
        wall("org.jline..", "repl"),
        wall("org.graalvm..", "interpreter.graalpy"),
        wall("com.oracle.truffle..", "interpreter.graalpy"),
        wall("org.apache.commons..", "workload"),
        wall("org.tukaani..", "workload"),
        wall("com.github.luben..", "workload"),
        wall("java.lang.foreign..", "interpreter.cpython", "workload"));
  }

  private static Arguments wall(String library, String... packages) {
    return arguments(library, List.of(packages));
  }

  @ParameterizedTest
  @MethodSource("walls")
  void aLibraryStaysBehindItsWall(String library, List<String> packages) {
    String[] inside = packages.stream().map(name -> ROOT + "." + name).toArray(String[]::new);

    noClasses()
        .that()
        .resideOutsideOfPackages(inside)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void onlyMainEndsTheProcessAndTouchesItsStreams() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(packages())
        .isNotEmpty()
        .allSatisfy(
            found ->
                assertThat(found.isAnnotatedWith(NullMarked.class))
                    .describedAs(found.getName())
                    .isTrue());
  }

  @Test
  void sourceFilesAreShort() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".java")))
          .isNotEmpty()
          .allSatisfy(
              file -> assertThat(lines(file)).describedAs("%s", file).isLessThan(MOST_LINES));
    }
  }

  private static Stream<JavaPackage> packages() {
    JavaPackage root = CLASSES.getPackage(ROOT);
    return Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream())
        .filter(found -> !found.getClasses().isEmpty());
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
