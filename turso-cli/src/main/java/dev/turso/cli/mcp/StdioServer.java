package dev.turso.cli.mcp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The protocol on two streams, a message a line. One thread reads, so that a cancellation reaches the
 * request that runs; one answers, in the order of the lines.
 */
public final class StdioServer {

  private static final long LIMIT_MILLIS = 30_000;
  private static final int LONGEST_LINE = 16 << 20;
  private static final int WAITING_LINES = 256;
  private static final Line END = new Line("", false);

  private final ServerSettings settings;
  private final OutputStream out;

  /**
   * A line.
   *
   * @param tooLong whether the rest of it was dropped
   */
  private record Line(String text, boolean tooLong) {}

  public StdioServer(ServerSettings settings, OutputStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** Serves until the input ends. */
  public void serve(InputStream in) {
    try (Deadline deadline = new Deadline(LIMIT_MILLIS);
        McpConnection connection = new McpConnection(settings, deadline, this::send)) {
      connection.open();
      BlockingQueue<Line> lines = new ArrayBlockingQueue<>(WAITING_LINES);
      Thread.ofPlatform().daemon().name("turso-mcp-input").start(() -> read(in, lines, connection));
      while (true) {
        Line line = lines.take();
        if (line == END) {
          return;
        }
        Object answer =
            line.tooLong()
                ? JsonRpc.error(null, JsonRpc.INVALID_REQUEST, "the message is too long")
                : connection.answer(line.text());
        if (answer != null) {
          send(answer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void read(InputStream in, BlockingQueue<Line> lines, McpConnection connection) {
    InputStream buffered = new BufferedInputStream(in);
    try {
      for (Line line = next(buffered); line != null; line = next(buffered)) {
        if (!line.text().isBlank() || line.tooLong()) {
          connection.cancelIfRunning(line.text());
          lines.put(line);
        }
      }
      lines.put(END);
    } catch (IOException e) {
      lines.clear();
      lines.add(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Line next(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    int octet = in.read();
    if (octet < 0) {
      return null;
    }
    for (; octet >= 0 && octet != '\n'; octet = in.read()) {
      if (bytes.size() < LONGEST_LINE) {
        bytes.write(octet);
      } else {
        tooLong = true;
      }
    }
    return new Line(tooLong ? "" : bytes.toString(StandardCharsets.UTF_8), tooLong);
  }

  private void send(Object message) {
    byte[] line = (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      try {
        out.write(line);
        out.flush();
      } catch (IOException e) {
        // the client has gone; its input will end too
      }
    }
  }
}
