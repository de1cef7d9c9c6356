import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.spi.ToolProvider;

/// Runs the tools of the running JDK in this process, which saves the start of a JVM each time.
final class JdkTool {
  private JdkTool() {}

  /// A tool that is not there or did not do what it was asked.
  static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(String message) {
      super(message);
    }
  }

  /// Runs a tool; what it says matters when it fails only.
  ///
  /// @throws Failed with its message when it does
  static void run(String name, List<String> options) {
    ToolProvider tool =
        ToolProvider.findFirst(name).orElseThrow(() -> new Failed("this JDK has no " + name));
    var talk = new ByteArrayOutputStream();
    var out = new PrintStream(talk, true);
    PrintStream error = System.err;
    System.setErr(out); // where jlink's warnings go, past the stream that it was given
    int status;
    try {
      status = tool.run(out, out, options.toArray(String[]::new));
    } finally {
      System.setErr(error);
    }
    if (status != 0) {
      throw new Failed(name + " failed: " + talk.toString().strip());
    }
  }
}
