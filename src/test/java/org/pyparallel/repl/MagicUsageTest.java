package org.pyparallel.repl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pyparallel.job.RuntimeName;

/// What magics say without any Python: names, help, wrong usage, interrupts.
@Timeout(60)
class MagicUsageTest {
  private final Playground playground = new Playground(FakePython::new, RuntimeName.CPYTHON, 2);

  @AfterEach
  void close() {
    playground.close();
  }

  @Test
  void everyMagicOfTheListIsThere() {
    assertThat(playground.magics().names())
        .containsExactly(
            "help", "interp", "all", "on", "push", "pull", "scatter", "gather", "diff", "map",
            "run", "load", "save", "time", "timeit", "bench", "queue", "who", "cd", "env", "bg",
            "jobs", "wait");
  }

  @Test
  void onlyLinesThatBeginWithAPercentSignAreTheirs() {
    assertThat(playground.magics().handles("%all 1")).isTrue();
    assertThat(playground.magics().handles("  %%all\n1")).isTrue();
    assertThat(playground.magics().handles("5 % 3")).isFalse();
    assertThat(playground.magics().handles("")).isFalse();
  }

  @Test
  void helpListsAllInOneLineEach() {
    String help = playground.magic("%help");

    for (String name : playground.magics().names()) {
      assertThat(help.lines()).anyMatch(line -> line.startsWith("%" + name + " "));
    }
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpTellsMoreAboutEach() {
    for (String name : playground.magics().names()) {
      assertThat(playground.magic("%help " + name)).startsWith("%" + name).contains("\n");
    }
    assertThat(playground.magic("%help %on"))
        .isEqualTo(
            """
            %on N[,N|N-N|all] CODE
            %%on takes the code on the lines below it.
            Runs code in some interpreters at once, as in %on 1,3 print(x).
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "%al 1, did you mean %all?",
    "%scater x, did you mean %scatter?",
    "%itnerp, did you mean %interp?",
    "%inter, did you mean %interp?",
    "%help tiemit, did you mean %timeit?",
    "%xyzzy, %help lists them",
    "%, %help lists them",
  })
  void anUnknownNameIsAnsweredWithTheNearest(String line, String advice) {
    assertThat(playground.magic(line)).startsWith("there is no magic %").endsWith(advice + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%interp frobnicate | %interp [list]",
        "%interp switch | %interp [list]",
        "%interp switch x | %interp [list]",
        "%interp close | %interp [list]",
        "%interp kill | %interp [list]",
        "%interp new cpython now | %interp [list]",
        "%all | %all CODE",
        "%on | %on N",
        "%on 1 | %on N",
        "%on x print 1 | %on N",
        "%push | %push NAME",
        "%push to 2 | %push NAME",
        "%push x to | %push NAME",
        "%pull x | %pull NAME",
        "%pull x from | %pull NAME",
        "%scatter | %scatter NAME",
        "%scatter a b | %scatter NAME",
        "%gather | %gather NAME",
        "%diff | %diff NAME",
        "%map | %map FUNCTION ITERABLE",
        "%run | %run SCRIPT [INPUT]",
        "%run a b c | %run SCRIPT [INPUT]",
        "%load | %load FILE",
        "%save | %save [-f] FILE",
        "%time | %time CODE",
        "%timeit | %timeit [-a]",
        "%timeit -n 5 | %timeit [-a]",
        "%timeit -n 0 x | %timeit [-a]",
        "%timeit -x 1 | %timeit [-a]",
        "%bench | %bench CODE",
        "%queue | %queue NAME [SIZE]",
        "%queue q many | %queue NAME [SIZE]",
        "%who 1 2 | %who [N]",
        "%cd a b | %cd [FOLDER]",
        "%env =1 | %env [NAME",
        "%env A B | %env [NAME",
        "%bg | %bg [on",
        "%bg on 2 | %bg [on",
        "%jobs stop | %jobs [stop N]",
        "%wait x | %wait [N]",
        "%wait 1 2 | %wait [N]",
      })
  void wrongUsageIsAnsweredWithTheRightOne(String line, String usage) {
    assertThat(playground.magic(line)).startsWith("usage: " + usage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%interp switch 7 | there is no interpreter 7, only 1 and 2",
        "%on 1,7 print x | there is no interpreter 7, only 1 and 2",
        "%on 1-7 print x | there is no interpreter 7, only 1 and 2",
        "%interp new jython | there is no runtime jython, only cpython, graalpy and process",
        "%interp new graalpy | GraalPy is not here: bring it",
        "%pull x from 1 | interpreter 1 is the current one",
        "%push x to 1 | there is no other interpreter to push to; %interp new opens one",
        "%run 'a | the quote ' is not closed",
        "%wait 9 | there is no job 9; %jobs lists them",
        "%jobs stop 9 | there is no job 9; %jobs lists them",
        "%%who | %who takes no lines below it; type it with one %",
        "%save x.py | nothing was typed into interpreter 1 so far",
      })
  void whatCannotBeIsSaidInOneLine(String line, String message) {
    assertThat(playground.magic(line)).isEqualTo(message + "\n");
  }

  @Test
  void theListOfInterpretersTellsWhatTheyAreAt() throws Exception {
    playground.type("print x");
    assertThat(playground.magic("%interp").lines().map(MagicUsageTest::squeezed))
        .element(0)
        .isEqualTo("id runtime state memory CPU");
    playground.seats().kill(playground.seats().get(2));

    assertThat(playground.magic("%interp list").lines().map(MagicUsageTest::squeezed).toList())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("id runtime state memory CPU"),
            line -> assertThat(line).startsWith("> 1 cpython idle 3 MB "),
            line -> assertThat(line).startsWith("2 cpython dead - "));
  }

  private static String squeezed(String line) {
    return line.strip().replaceAll(" +", " ");
  }

  @Test
  void theLastInterpreterStays() {
    playground.magic("%interp close 2");

    assertThat(playground.magic("%interp close 1"))
        .isEqualTo("the last interpreter stays; Ctrl-D leaves the shell\n");
  }

  @Test
  void killingTheCurrentOneMovesOn() {
    playground.magic("%interp kill 1");

    assertThat(playground.seats().current().id()).isEqualTo(2);
    assertThat(playground.magic("%interp switch 1"))
        .isEqualTo("interpreter 1 is dead: %interp close 1, and %interp new for another\n");
    assertThat(playground.magic("%all print a")).isEqualTo("[2] a\n");
  }

  @Test
  void anInterruptReachesAllThatAMagicRunsIn() throws Exception {
    interruptWhen("[1] looping", "[2] looping");

    assertThat(playground.sorted("%all loop"))
        .containsExactly(
            "[1] KeyboardInterrupt", "[1] looping", "[2] KeyboardInterrupt", "[2] looping");
    assertThat(playground.sorted("%all print on")).containsExactly("[1] on", "[2] on");
  }

  @Test
  void oneThatDoesNotStopIsNotWaitedForForEver() throws Exception {
    interruptWhen("hanging");

    assertThat(playground.magic("%on 2 hang"))
        .contains("does not stop; %interp kill 2 gives it up");
    playground.magic("%interp kill 2");
    assertThat(playground.magic("%all print x")).isEqualTo("[1] x\n");
  }

  private void interruptWhen(String... shown) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (String text : shown) {
                  playground.screen().awaitPrinted(text);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              playground.magics().interrupt();
            });
  }

  @Test
  void jobsRunWhileOthersAreTypedInto() throws Exception {
    assertThat(playground.magic("%bg on 2 loop")).startsWith("job 1 in 2\n");
    assertThat(playground.type("print free")).contains("free\n");
    assertThat(playground.magic("%jobs").lines().toList().getLast()).contains("running", "loop");

    playground.magics().run("%jobs stop 1");
    playground.magics().run("%wait");

    assertThat(playground.screen().takeErrors()).isEqualTo("[2] KeyboardInterrupt\n");
    assertThat(playground.screen().takePrinted()).contains("job 1 interrupted");
    assertThat(playground.magic("%jobs")).contains("interrupted");
  }

  @Test
  void anInterruptEndsTheWaitingAndNotTheJob() {
    playground.magic("%bg loop");
    Thread waiting = Thread.ofVirtual().start(() -> playground.magics().run("%wait 1"));
    while (waiting.isAlive()) {
      playground.magics().interrupt();
      Thread.onSpinWait();
    }

    assertThat(playground.screen().takeErrors()).isEqualTo("job 1 still runs\n");
    assertThat(playground.magic("%jobs")).contains("running");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "exit", "crash"})
  void howCodeEndsInOneOfSeveralIsSaidOfThatOne(String code) {
    assertThat(playground.sorted("%%on 2\nprint a\n" + code))
        .contains("[2] a")
        .anyMatch(line -> !line.equals("[2] a"));
  }
}
