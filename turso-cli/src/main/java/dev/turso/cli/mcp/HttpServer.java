package dev.turso.cli.mcp;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The protocol as Streamable HTTP at {@code /mcp}, on the loopback address only.
 *
 * <p>Each request must carry the server's token ({@code Authorization: Bearer …}), which is in a file
 * that only the user can read; {@code Host} must be a loopback name and {@code Origin}, if there, a
 * loopback page, so that no web page elsewhere reaches the server through the user's browser.
 */
public final class HttpServer implements AutoCloseable {

  private static final long LIMIT_MILLIS = 30_000;
  private static final int LARGEST_BODY = 4 << 20;
  private static final long HEARTBEAT_SECONDS = 15;
  private static final String SESSION = "Mcp-Session-Id";

  private final com.sun.net.httpserver.HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Deadline deadline = new Deadline(LIMIT_MILLIS);
  private final HttpSessions sessions;
  private final byte[] token;

  private HttpServer(
      com.sun.net.httpserver.HttpServer server, ServerSettings settings, String token) {
    this.server = server;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    sessions = new HttpSessions(settings, deadline);
  }

  /**
   * Starts.
   *
   * @param port the port, or 0 for any
   * @param tokenFile where the token is written, readable by the user only
   */
  public static HttpServer start(ServerSettings settings, int port, Path tokenFile)
      throws IOException {
    String token = AccessToken.create(tokenFile);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server =
        new HttpServer(com.sun.net.httpserver.HttpServer.create(address, 16), settings, token);
    server.server.createContext("/mcp", server::handle);
    server.server.setExecutor(server.threads);
    server.server.start();
    return server;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int refusal = refusal(exchange);
      if (refusal != 0) {
        exchange.sendResponseHeaders(refusal, -1);
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "POST" -> post(exchange);
        case "GET" -> listen(exchange);
        case "DELETE" -> delete(exchange);
        default -> exchange.sendResponseHeaders(405, -1);
      }
    }
  }

  /** The status to refuse a request with, or 0. */
  private int refusal(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals("/mcp")) {
      return 404;
    }
    if (!isLoopback(exchange.getRequestHeaders().getFirst("Host"))) {
      return 403;
    }
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null && !isLoopbackOrigin(origin)) {
      return 403;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return 401;
    }
    byte[] given = authorization.substring("Bearer ".length()).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(given, token)) {
      return 401;
    }
    String version = exchange.getRequestHeaders().getFirst("MCP-Protocol-Version");
    return version != null && !McpConnection.VERSIONS.contains(version) ? 400 : 0;
  }

  private boolean isLoopback(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String port = ":" + port();
    return host.equals("127.0.0.1" + port)
        || host.equals("localhost" + port)
        || host.equals("[::1]" + port);
  }

  private static boolean isLoopbackOrigin(String origin) {
    return origin.matches("https?://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?");
  }

  private void post(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      exchange.sendResponseHeaders(413, -1);
      return;
    }
    String message = new String(body, StandardCharsets.UTF_8);
    HttpSessions.HttpSession session = session(exchange, message);
    if (session == null) {
      return;
    }
    Object answer = session.connection().answer(message);
    exchange.getResponseHeaders().set(SESSION, session.id());
    if (answer == null) {
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    byte[] text = Json.write(answer).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
  }

  /** The session that a request names or begins; null if it was refused. */
  private HttpSessions.@Nullable HttpSession session(HttpExchange exchange, String message)
      throws IOException {
    String id = exchange.getRequestHeaders().getFirst(SESSION);
    if (id != null) {
      HttpSessions.HttpSession known = sessions.find(id);
      if (known == null) {
        exchange.sendResponseHeaders(404, -1);
      }
      return known;
    }
    if (!isInitialize(message)) {
      exchange.sendResponseHeaders(400, -1);
      return null;
    }
    HttpSessions.HttpSession begun = sessions.begin();
    if (begun == null) {
      exchange.sendResponseHeaders(503, -1);
    }
    return begun;
  }

  private static boolean isInitialize(String message) {
    try {
      return Json.read(message) instanceof Map<?, ?> map && "initialize".equals(map.get("method"));
    } catch (IOException | StackOverflowError e) {
      return false;
    }
  }

  /** Sends the session's notifications as server-sent events, until one side goes. */
  private void listen(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst(SESSION);
    HttpSessions.HttpSession session = id == null ? null : sessions.find(id);
    if (session == null) {
      exchange.sendResponseHeaders(id == null ? 400 : 404, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      out.write(": open\n\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
      while (!session.isClosed()) {
        Map<String, Object> message = session.next(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        String event =
            message == null ? ":\n\n" : "event: message\ndata: " + Json.write(message) + "\n\n";
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void delete(HttpExchange exchange) throws IOException {
    String id = exchange.getRequestHeaders().getFirst(SESSION);
    exchange.sendResponseHeaders(id != null && sessions.end(id) ? 204 : 404, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    sessions.close();
    threads.shutdownNow();
    deadline.close();
  }
}
