package dev.turso.spring.live;

import dev.turso.dbsp.subscribe.LiveQueries;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The channels that are open, by what they are shared by. Safe for any thread. */
final class LiveChannels {

  private final LiveQueries queries;
  private final Duration linger;
  private final ConcurrentMap<LiveChannel.Key, LiveChannel> open = new ConcurrentHashMap<>();

  /** @param linger how long a channel stays that no stream is attached to, for those who come back */
  LiveChannels(LiveQueries queries, Duration linger) {
    this.queries = queries;
    this.linger = linger;
  }

  /** A stream's place in a channel, and the channel. */
  record Attached(LiveChannel channel, LiveChannel.Tap tap) {}

  Attached attach(LiveChannel.Key key, Runnable wake, @Nullable String last) {
    while (true) {
      LiveChannel channel = open.computeIfAbsent(key, LiveChannel::new);
      try {
        channel.open(queries);
      } catch (RuntimeException e) {
        channel.close(true);
        open.remove(key, channel);
        throw e;
      }
      LiveChannel.Tap tap = channel.attach(wake, last);
      if (tap != null) {
        return new Attached(channel, tap);
      }
      open.remove(key, channel);
    }
  }

  void detach(Attached attached) {
    LiveChannel channel = attached.channel();
    if (!attached.tap().detach()) {
      return;
    }
    if (linger.isZero() || channel.hasEnded()) {
      closeIfUnused(channel);
    } else {
      Thread.ofVirtual()
          .name("turso-live-linger")
          .start(() -> {
            try {
              Thread.sleep(linger);
              closeIfUnused(channel);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  private void closeIfUnused(LiveChannel channel) {
    if (channel.close(false)) {
      open.remove(channel.key(), channel);
    }
  }

  /** How many queries run. */
  int count() {
    return open.size();
  }

  void closeAll() {
    open.values().forEach(channel -> channel.close(true));
    open.clear();
  }
}
