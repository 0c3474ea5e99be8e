package dev.turso.spring.live;

import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Several live queries over one connection of server-sent events.
 *
 * <p>Each message is an event named after its query, its id is the position. A client that reconnects
 * gets a snapshot of every query. The stream ends, and its queries are closed, with the connection.
 */
public final class LiveStream {

  private static final long NO_TIMEOUT = 0;

  private final LiveQueryTemplate template;
  private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
  private final List<LiveQuery> open = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  LiveStream(LiveQueryTemplate template) {
    this.template = template;
    emitter.onCompletion(this::end);
    emitter.onError(cause -> end());
    emitter.onTimeout(this::end);
  }

  /** Adds a query under a name; the first event of that name is its snapshot. */
  public LiveStream query(String name, String sql, @Nullable Object... parameters) {
    Sender sender = new Sender(name);
    LiveQuery query = template.subscribe(sql, sender, parameters);
    sender.query = query;
    sender.ready.countDown();
    synchronized (open) {
      open.add(query);
    }
    return this;
  }

  /** The emitter to return from a controller method. */
  public SseEmitter emitter() {
    Thread.ofVirtual().name("turso-live-heartbeat").start(this::beat);
    return emitter;
  }

  private void beat() {
    try {
      while (!ended.await(template.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
        send(SseEmitter.event().comment("alive"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(SseEmitter.SseEventBuilder event) {
    try {
      synchronized (emitter) {
        emitter.send(event);
      }
    } catch (IOException | IllegalStateException e) {
      end();
    }
  }

  private void end() {
    ended.countDown();
    List<LiveQuery> closing;
    synchronized (open) {
      closing = List.copyOf(open);
      open.clear();
    }
    closing.forEach(LiveQuery::close);
  }

  /** Sends the messages of one query. */
  private final class Sender implements LiveQueryListener {

    private final String name;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable LiveQuery query;

    Sender(String name) {
      this.name = name;
    }

    @Override
    public void message(LiveMessage message) {
      try {
        ready.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      LiveQuery source = query;
      if (source != null) {
        send(
            SseEmitter.event()
                .name(name)
                .id(message.position().toString())
                .data(LiveJson.of(message, source), MediaType.TEXT_PLAIN));
      }
    }

    @Override
    public void failed(RuntimeException cause) {
      send(
          SseEmitter.event()
              .name(name + "-failed")
              .data(String.valueOf(cause.getMessage()), MediaType.TEXT_PLAIN));
    }
  }
}
