package dev.turso.cli.mcp;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The clients of an HTTP server, by their session ids. Thread-safe. */
final class HttpSessions implements AutoCloseable {

  private static final int MOST = 64;
  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);
  private static final int WAITING = 1000;
  private static final int ID_BYTES = 16;

  private final ServerSettings settings;
  private final Deadline deadline;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, HttpSession> sessions = new ConcurrentHashMap<>();

  HttpSessions(ServerSettings settings, Deadline deadline) {
    this.settings = settings;
    this.deadline = deadline;
  }

  /** One client. */
  static final class HttpSession {

    private final String id;
    private final McpConnection connection;
    private final BlockingQueue<Map<String, Object>> waiting = new ArrayBlockingQueue<>(WAITING);
    private volatile long used = System.nanoTime();
    private volatile boolean closed;

    HttpSession(String id, ServerSettings settings, Deadline deadline) {
      this.id = id;
      connection = new McpConnection(settings, deadline, this::offer);
    }

    /** A client that does not listen loses the oldest: each says only what to read again. */
    private void offer(Map<String, Object> message) {
      if (waiting.contains(message)) {
        return;
      }
      while (!waiting.offer(message)) {
        waiting.poll();
      }
    }

    String id() {
      return id;
    }

    McpConnection connection() {
      return connection;
    }

    boolean isClosed() {
      return closed;
    }

    @Nullable Map<String, Object> next(long time, TimeUnit unit) throws InterruptedException {
      used = System.nanoTime();
      return waiting.poll(time, unit);
    }

    private void close() {
      closed = true;
      connection.close();
    }
  }

  /** Begins a session; null if there are too many. */
  @Nullable HttpSession begin() {
    long now = System.nanoTime();
    for (HttpSession each : sessions.values()) {
      if (now - each.used > IDLE_NANOS) {
        end(each.id);
      }
    }
    if (sessions.size() >= MOST) {
      return null;
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = HexFormat.of().formatHex(bytes);
    HttpSession session = new HttpSession(id, settings, deadline);
    sessions.put(id, session);
    return session;
  }

  @Nullable HttpSession find(String id) {
    HttpSession session = sessions.get(id);
    if (session != null) {
      session.used = System.nanoTime();
    }
    return session;
  }

  boolean end(String id) {
    HttpSession session = sessions.remove(id);
    if (session != null) {
      session.close();
    }
    return session != null;
  }

  @Override
  public void close() {
    sessions.keySet().forEach(this::end);
  }
}
