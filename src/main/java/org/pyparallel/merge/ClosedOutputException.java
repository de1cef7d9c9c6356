package org.pyparallel.merge;

import java.io.IOException;

/// Whoever read the results has closed their end (`| head`): nobody wants any more.
///
/// Not a failure: the run ends quietly, as [org.pyparallel.job.RunReport.End#OUTPUT_CLOSED].
public final class ClosedOutputException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClosedOutputException(IOException cause) {
    super(cause);
  }
}
