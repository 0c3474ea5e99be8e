package dev.turso.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The application, killed without warning in mid-replay and started again.
 *
 * <p>Rounds: {@code -Dturso.kill.rounds=20}; three in the build.
 */
class KilledBoardIT {

  private static final int ROUNDS = Integer.getInteger("turso.kill.rounds", 3);
  private static final int EVENTS_PER_SECOND = 500;
  private static final String ADDRESS = "The flight board is at ";

  @TempDir Path folder;

  @BeforeEach
  void needsTheNativeShell() {
    NativeShell.assumeInstalled();
  }

  @Test
  @Timeout(600)
  void theFileIsSoundTheViewsAreRightAndTheReplayGoesOn() throws Exception {
    Path file = folder.resolve("killed.db");
    long reached = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      long seen = killInMidReplay(file, reached, round);
      assertThat(NativeShell.run(file, "PRAGMA integrity_check")).isEqualTo("ok");
      try (BoardFile board = BoardFile.open(file)) {
        assertThat(board.checkedViews()).hasSize(4);
        assertThat(board.checkedViews().values()).containsOnly("ok");
        long next = board.jdbc.sql("SELECT next_event FROM replay").query(Long.class).single();
        assertThat(next).as("what was seen is there").isGreaterThanOrEqualTo(seen);
        reached = next;
      }
    }
    System.out.println("kills survived: " + ROUNDS + ", events played: " + reached);
  }

  /** Runs the application for a moment; gives the newest event that its stream showed. */
  private static long killInMidReplay(Path file, long reached, int round) throws Exception {
    Process application = start(file);
    try {
      URI address = address(application);
      HttpClient client = HttpClient.newHttpClient();
      post(client, address.resolve("replay/rate?eventsPerSecond=" + EVENTS_PER_SECOND));
      HttpResponse<java.io.InputStream> stream =
          client.send(
              HttpRequest.newBuilder(address.resolve("live")).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      return newestEvent(stream.body(), reached + 300, round);
    } finally {
      application.destroyForcibly();
      assertThat(application.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Reads the stream of the page until the replay is some way on. */
  private static long newestEvent(java.io.InputStream body, long until, int round)
      throws IOException {
    long newest = -1;
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    boolean replay = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        replay = line.substring("event:".length()).strip().equals("replay");
      } else if (replay && line.startsWith("data:") && line.contains("\"row\":[1,")) {
        String row = line.substring(line.lastIndexOf("\"row\":[1,") + 9);
        newest = Long.parseLong(row.substring(0, row.indexOf(',')));
        if (newest >= until) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(37L * round));
          return newest;
        }
      }
    }
    throw new AssertionError("the stream ended at event " + newest);
  }

  private static Process start(Path file) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FlightBoardApplication.class.getName());
    command.addAll(List.of("--server.port=0", "--board.file=" + file));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static URI address(Process application) throws IOException {
    BufferedReader output =
        new BufferedReader(
            new InputStreamReader(application.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ADDRESS)) {
        return URI.create(line.substring(ADDRESS.length()));
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("the application did not start:\n" + said);
  }

  private static void post(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }
}
