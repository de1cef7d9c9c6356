package org.pyparallel.interpreter.graalpy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.ShardCut;
import org.pyparallel.interpreter.ShardOutput;

/// What the driver calls (`Host` in `_graalpy.py`): encodes text, sends it, takes rejected records
/// and diagnostics.
///
/// Public, like its exported methods, because guest code reaches nothing else. An exception of ours
/// never travels through Python, where a script could catch it: it is kept, the shard is stopped,
/// and [#rethrow] throws it.
public final class DriverHost {
  private final Consumer<String> diagnostics;
  private @Nullable ShardOutput output;
  private @Nullable RuntimeException failure;
  private volatile boolean passing;

  DriverHost(Consumer<String> diagnostics) {
    this.diagnostics = diagnostics;
  }

  /// Sets where results go; null between shards.
  void output(@Nullable ShardOutput output) {
    this.output = output;
  }

  /// Whether output is being passed on right now, which may take as long as nobody takes it. Any
  /// thread.
  boolean isPassing() {
    return passing;
  }

  /// Throws what went wrong on our side while Python ran.
  void rethrow() {
    RuntimeException kept = failure;
    failure = null;
    if (kept != null) {
      throw kept;
    }
  }

  /// Encodes text of ASCII characters only.
  @HostAccess.Export
  public byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Encodes text; null where it cannot be encoded.
  @HostAccess.Export
  public byte @Nullable [] encode(String text, boolean escapes) {
    return Utf8.encode(text, escapes);
  }

  /// Copies Python's `bytes`.
  @HostAccess.Export
  public byte[] copy(Value data) {
    byte[] bytes = new byte[Math.toIntExact(data.getBufferSize())];
    data.readBuffer(0, bytes, 0, bytes.length);
    return bytes;
  }

  /// Sends what the other methods made.
  ///
  /// @return false when nobody wants any more
  @HostAccess.Export
  public boolean send(Value pieces) {
    return offer(target -> target.write(join(pieces)));
  }

  /// Asks whoever takes the shard's output; false where nobody does, or something went wrong.
  private boolean offer(Predicate<ShardOutput> request) {
    ShardOutput target = output;
    if (target == null || failure != null) {
      return false;
    }
    passing = true;
    try {
      return request.test(target);
    } catch (RuntimeException e) {
      failure = e;
      return false;
    } finally {
      passing = false;
    }
  }

  /// Passes on a line about a record that failed.
  ///
  /// @param line text that can be encoded
  /// @return false when nobody wants any more
  @HostAccess.Export
  public boolean reject(String line) {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    return offer(target -> target.reject(bytes));
  }

  /// Whether a part of the shard is wanted.
  @HostAccess.Export
  public boolean wanted() {
    return offer(ShardOutput::wanted);
  }

  /// Gives away a part of the shard; see [ShardCut].
  ///
  /// @return whether it was taken
  @HostAccess.Export
  public boolean give(long records, long lines, long offset, long millis) {
    return offer(target -> target.give(new ShardCut(records, lines, offset, millis)));
  }

  private static ByteBuffer join(Value pieces) {
    int count = (int) pieces.getArraySize();
    byte[][] parts = new byte[count][];
    int size = 0;
    for (int i = 0; i < count; i++) {
      parts[i] = pieces.getArrayElement(i).asHostObject();
      size = Math.addExact(size, parts[i].length);
    }
    if (count == 1) {
      return ByteBuffer.wrap(parts[0]);
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.flip();
  }

  /// Takes text for standard error.
  @HostAccess.Export
  public void diagnostics(String text) {
    try {
      diagnostics.accept(text);
    } catch (RuntimeException e) {
      failure = e;
    }
  }
}
