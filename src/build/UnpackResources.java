import java.io.IOException;
import java.nio.file.Path;
import org.graalvm.polyglot.Engine;

/// Unpacks what GraalPy has as files: its standard library and a few native ones. It would
/// otherwise do so at a user's first start, into that user's home.
///
/// Usage: `java -p MODULES --add-modules org.graalvm.polyglot,org.graalvm.py UnpackResources.java
/// FOLDER`
void main(String[] arguments) throws IOException {
  Engine.copyResources(Path.of(arguments[0]));
}
