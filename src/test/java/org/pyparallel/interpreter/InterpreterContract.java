package org.pyparallel.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every runtime must do, whatever it is: extend this class and say which one is meant.
///
/// The cases stand in the interfaces, one for each subject. They open few interpreters, since that
/// may take a second, and share what a script allows to share.
public abstract class InterpreterContract
    implements ScriptContract,
        OneLinerContract,
        RecordContract,
        FormatContract,
        OutputContract,
        MergingContract,
        ErrorContract,
        RecoveryContract,
        PlaceContract,
        ValueContract,
        AsyncContract,
        StopContract,
        StackContract,
        SeedContract,
        PathContract,
        LoadedContract,
        TailContract,
        ConsoleContract,
        ConsoleStopContract,
        ConsoleLoadContract,
        PostMortemContract {
  @TempDir Path folder;

  /// The runtime under test; not closed here.
  @Override
  public abstract Runtime runtime();

  @Override
  public Path folder() {
    return folder;
  }

  @Test
  void saysThatItIsAvailable() {
    assertThat(runtime().availability())
        .isInstanceOfSatisfying(
            Availability.Available.class,
            available -> {
              assertThat(available.version()).contains("3.").doesNotContain("\n");
              assertThat(available.detail()).isNotBlank().doesNotContain("\n");
              assertThat(available.advice()).doesNotContain("\n");
            });
  }
}
