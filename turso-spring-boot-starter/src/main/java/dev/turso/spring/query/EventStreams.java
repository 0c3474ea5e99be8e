package dev.turso.spring.query;

import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.spring.live.LiveJson;
import dev.turso.spring.live.LiveQueryTemplate;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Live queries as server-sent events; apart, because it needs Spring's web classes. */
final class EventStreams {

  private EventStreams() {}

  static SseEmitter emitter(
      LiveQueryTemplate live, String name, String sql, @Nullable Object[] values) {
    return live.stream().query(name, sql, values).emitter();
  }

  static Flow.Publisher<ServerSentEvent<String>> events(
      Flow.Publisher<LiveMessage> messages, String name) {
    return subscriber -> messages.subscribe(new AsEvents(subscriber, name));
  }

  private record AsEvents(Flow.Subscriber<? super ServerSentEvent<String>> subscriber, String name)
      implements Flow.Subscriber<LiveMessage> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(LiveMessage message) {
      subscriber.onNext(
          ServerSentEvent.<String>builder()
              .event(name)
              .id(message.position().toString())
              .data(LiveJson.of(message))
              .build());
    }

    @Override
    public void onError(Throwable cause) {
      subscriber.onError(cause);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
