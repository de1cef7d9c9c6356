package org.pyparallel.interpreter.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pyparallel.interpreter.DriverProtocol;
import org.pyparallel.interpreter.ShardOutput;
import org.pyparallel.job.PyParallelException;
import org.pyparallel.job.PyParallelException.RuntimeFailed;

/// Passes on what a worker process emits while it is busy with a shard.
///
/// An exception of whoever takes the output never stops it halfway: the child is told that nobody
/// wants any more, and once it has answered the exception is thrown.
final class ShardTaker implements Conversation.Taker {
  private final FrameWriter writer;
  private final @Nullable ShardOutput output;
  private boolean refused;
  private @Nullable Throwable broken;

  /// @param output takes what it emits; null where nobody does
  ShardTaker(FrameWriter writer, @Nullable ShardOutput output) {
    this.writer = writer;
    this.output = output;
  }

  /// Whether some output was refused, so that the shard is not whole.
  boolean isRefused() {
    return refused;
  }

  @Override
  public void take(int kind, FrameReader reader) throws IOException {
    if (kind == Frames.RESULTS) {
      for (ByteBuffer piece = reader.piece(); piece.hasRemaining(); piece = reader.piece()) {
        deliver(kind, piece);
      }
      return;
    }
    boolean answer = deliver(kind, reader.all());
    if (isQuestion(kind)) {
      writer.write(Frames.REPLY, new byte[] {(byte) (answer ? 1 : 0)});
    }
  }

  private static boolean isQuestion(int kind) {
    return kind == Frames.WANTED || kind == Frames.GIVE;
  }

  private boolean deliver(int kind, ByteBuffer bytes) throws IOException {
    boolean accepted = false;
    ShardOutput target = output;
    if (target != null && !refused) {
      try {
        accepted =
            switch (kind) {
              case Frames.RESULTS -> target.write(bytes);
              case Frames.REJECTS -> target.reject(bytes);
              case Frames.WANTED -> target.wanted();
              default ->
                  target.give(DriverProtocol.cut(StandardCharsets.UTF_8.decode(bytes).toString()));
            };
      } catch (RuntimeException | Error e) {
        broken = e;
      }
    }
    if (!refused && (broken != null || !(isQuestion(kind) || accepted))) {
      refused = true;
      writer.write(Frames.STOP);
    }
    return accepted;
  }

  @Override
  public void finish() {
    Throwable trouble = broken;
    broken = null;
    if (trouble != null) {
      throw trouble instanceof PyParallelException known
          ? known
          : new RuntimeFailed("output could not be passed on: " + trouble, trouble);
    }
  }
}
