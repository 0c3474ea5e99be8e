package dev.turso.cli;

import dev.turso.cli.mcp.HttpServer;
import dev.turso.cli.mcp.ServerSettings;
import dev.turso.cli.mcp.StdioServer;
import dev.turso.error.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs the program as a server. */
final class Servers {

  private Servers() {}

  static int run(ProgramOptions options, InputStream in, OutputStream out, OutputStream err) {
    ServerSettings settings =
        ServerSettings.of(options.database(), options.readOnly(), options.allowed());
    PrintStream messages = new PrintStream(err, true, StandardCharsets.UTF_8);
    try {
      if (options.mcp()) {
        new StdioServer(settings, out).serve(in);
        return 0;
      }
      return http(options, settings, messages);
    } catch (DatabaseException | IOException e) {
      messages.println("turso: Error: " + e.getMessage());
      return 1;
    }
  }

  private static int http(ProgramOptions options, ServerSettings settings, PrintStream messages)
      throws IOException {
    String named = options.tokenFile();
    Path tokenFile =
        named != null
            ? Path.of(named)
            : Path.of(System.getProperty("user.home"), ".turso", "mcp-token");
    try (HttpServer server = HttpServer.start(settings, options.mcpPort(), tokenFile)) {
      messages.println("Serving http://127.0.0.1:" + server.port() + "/mcp");
      messages.println("The token is in " + tokenFile);
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
      stopped.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
