package dev.turso.spring.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Several live queries over one connection of server-sent events.
 *
 * <p>Each message is an event named after its query. Its id tells what the client has of every query of
 * the stream: a client that comes back with it as {@code Last-Event-ID} is sent what it missed, after an
 * event of kind {@code resumed}, or a snapshot where that is not kept any more. The stream ends, and its
 * queries are left, with the connection. One virtual thread sends; a slow client delays itself alone.
 */
public final class LiveStream {

  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final long NO_TIMEOUT = 0;
  private static final int MOST_CHARS = 1 << 16;
  private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);
  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final LiveQueryTemplate template;
  private final String[] lastIds;
  private final SseEmitter emitter = new Emitter();
  private final List<Query> queries = new CopyOnWriteArrayList<>();
  private final Semaphore news = new Semaphore(0);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final List<Runnable> atEnd = new ArrayList<>();
  private BooleanSupplier allowed = () -> true;
  private long checked = System.nanoTime();

  /** A stream for the client of the request that this thread handles, which may have been here before. */
  static LiveStream ofRequest(LiveQueryTemplate template) {
    return new LiveStream(
        template,
        RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
            ? servlet.getRequest().getHeader(LAST_EVENT_ID)
            : null);
  }

  LiveStream(LiveQueryTemplate template, @Nullable String lastEventId) {
    this.template = template;
    this.lastIds = lastEventId == null ? new String[0] : lastEventId.split(",", -1);
    emitter.onCompletion(this::end);
    emitter.onError(cause -> end());
    emitter.onTimeout(this::end);
  }

  /** A query of the stream. */
  private static final class Query {
    final String name;
    final LiveChannels.Attached attached;
    String known = "";
    boolean failed;

    Query(String name, LiveChannels.Attached attached) {
      this.name = name;
      this.attached = attached;
    }
  }

  /** Adds a query under a name; the first event of that name is its snapshot. */
  public LiveStream query(String name, String sql, @Nullable Object... parameters) {
    String last = queries.size() < lastIds.length ? lastIds[queries.size()].trim() : null;
    try {
      queries.add(new Query(name, template.attach(sql, parameters, this::wake, last)));
    } catch (RuntimeException e) {
      end();
      throw e;
    }
    return this;
  }

  /** Asks about once a second, and before the next event, whether the client may go on reading. */
  public LiveStream whileAllowed(BooleanSupplier check) {
    allowed = check;
    return this;
  }

  /** Runs something once when the stream has ended. */
  public LiveStream whenEnded(Runnable action) {
    atEnd.add(action);
    return this;
  }

  /** The emitter to return from a controller method. */
  public SseEmitter emitter() {
    template.started(this);
    Thread.ofVirtual().name("turso-live-stream").start(this::send);
    return emitter;
  }

  private void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void send() {
    long alive = System.nanoTime();
    try {
      while (!ended.get()) {
        news.drainPermits();
        if (!mayGoOn()) {
          break;
        }
        if (sendNews()) {
          alive = System.nanoTime();
        } else if (!news.tryAcquire(1, checkMillis(), TimeUnit.MILLISECONDS)
            && System.nanoTime() - alive >= template.heartbeat().toNanos()) {
          send(": alive\n\n");
          alive = System.nanoTime();
        }
      }
      emitter.complete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | IllegalStateException e) {
      // The client has gone.
    } finally {
      end();
    }
  }

  private long checkMillis() {
    return Math.min(template.heartbeat().toMillis(), BETWEEN_CHECKS.toMillis());
  }

  private boolean mayGoOn() {
    long now = System.nanoTime();
    if (now - checked < BETWEEN_CHECKS.toNanos()) {
      return true;
    }
    checked = now;
    return allowed.getAsBoolean();
  }

  /** Sends what there is; false if there is nothing. */
  private boolean sendNews() throws IOException {
    StringBuilder out = new StringBuilder();
    boolean any = false;
    for (Query each : queries) {
      for (LiveChannel.Message message : each.attached.tap().take()) {
        each.known = message.id();
        out.append("event: ").append(each.name).append("\nid: ").append(known());
        out.append("\ndata: ").append(message.json()).append("\n\n");
        any = true;
        if (out.length() > MOST_CHARS) {
          send(out.toString());
          out.setLength(0);
        }
      }
      String failure = each.failed ? null : each.attached.tap().failure();
      if (failure != null) {
        each.failed = true;
        any = true;
        out.append("event: ").append(each.name).append("-failed\ndata: ");
        out.append(failure.replaceAll("\\R", " ")).append("\n\n");
      }
    }
    if (!out.isEmpty()) {
      send(out.toString());
    }
    if (!queries.isEmpty() && queries.stream().allMatch(each -> each.failed)) {
      ended.set(true);
    }
    return any;
  }

  /** What the client has of each query of the stream. */
  private String known() {
    StringBuilder ids = new StringBuilder();
    for (Query each : queries) {
      ids.append(each == queries.getFirst() ? "" : ",").append(each.known);
    }
    return ids.toString();
  }

  private void send(String text) throws IOException {
    emitter.send(Set.of(new DataWithMediaType(text, TEXT)));
  }

  /** Ends the stream; one that has no emitter yet is to be ended so. */
  public void close() {
    end();
  }

  void end() {
    ended.set(true);
    wake();
    List<Query> leaving;
    List<Runnable> actions;
    synchronized (atEnd) {
      leaving = List.copyOf(queries);
      queries.clear();
      actions = List.copyOf(atEnd);
      atEnd.clear();
    }
    leaving.forEach(query -> template.detach(query.attached));
    actions.forEach(Runnable::run);
    template.ended(this);
  }

  /** Not to be kept by any cache or proxy. */
  private static final class Emitter extends SseEmitter {

    Emitter() {
      super(NO_TIMEOUT);
    }

    @Override
    protected void extendResponse(ServerHttpResponse response) {
      super.extendResponse(response);
      response.getHeaders().setCacheControl("no-store");
      response.getHeaders().set("X-Accel-Buffering", "no");
    }
  }
}
