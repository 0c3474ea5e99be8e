package dev.turso.spring.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as a browser is one. */
public final class EventReader implements AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final InputStream body;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /** One event. */
  public record Event(String name, String id, String data) {}

  private static final Event END = new Event("end", "", "");

  private EventReader(InputStream body) {
    this.body = body;
    Thread.ofVirtual().start(this::read);
  }

  /** Opens a stream, which must be given; headers are names and values in turn. */
  public static EventReader open(int port, String path, String... headers) throws Exception {
    HttpResponse<InputStream> response = get(port, path, headers);
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new EventReader(response.body());
  }

  /** The status of an answer. */
  public static int status(int port, String path, String... headers) throws Exception {
    HttpResponse<InputStream> response = get(port, path, headers);
    response.body().close();
    return response.statusCode();
  }

  private static HttpResponse<InputStream> get(int port, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      String id = "";
      String data = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          data = line.substring(5).strip();
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(name, id, data));
          data = "";
        }
      }
    } catch (IOException e) {
      // Closed from here or from there.
    }
    events.add(END);
  }

  /** The next event; fails if none comes in time. */
  public Event next() throws InterruptedException {
    Event event = poll(60_000);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  /** The next event, or null after the time. */
  public @Nullable Event poll(long millis) throws InterruptedException {
    return events.poll(millis, TimeUnit.MILLISECONDS);
  }

  /** Waits for the server to end the stream, passing over what it still sends. */
  public void awaitEnd() throws InterruptedException {
    Event event = next();
    while (event != END) {
      event = next();
    }
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
