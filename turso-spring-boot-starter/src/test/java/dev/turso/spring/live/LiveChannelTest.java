package dev.turso.spring.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Streams of one query share it, and what is sent. */
class LiveChannelTest {

  private static final int STREAMS = 50;

  @Test
  void oneEncodedMessageServesAllStreamsOfAQuery() throws Exception {
    try (Database database = Database.open("mem:live-channel", Options.DEFAULT);
        Session session = database.connect()) {
      session.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, k INT); INSERT INTO t VALUES (1, 7)");
      LiveQueries queries = LiveQueries.of(database);
      LiveChannel channel =
          new LiveChannel(
              new LiveChannel.Key("SELECT id FROM t WHERE k = ?", List.of(Value.integer(7))));
      channel.open(queries);
      List<LiveChannel.Tap> taps = new ArrayList<>();
      List<Semaphore> news = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        Semaphore each = new Semaphore(0);
        news.add(each);
        taps.add(channel.attach(each::release, null));
      }
      for (int commit = 0; commit < 3; commit++) {
        String first = null;
        for (int i = 0; i < STREAMS; i++) {
          String json = next(taps.get(i), news.get(i));
          assertThat(json).contains(commit == 0 ? "snapshot" : "delta");
          first = first == null ? json : first;
          assertThat(json).as("the very same text").isSameAs(first);
        }
        session.execute("INSERT INTO t (k) VALUES (7), (8)");
      }
      assertThat(queries.openCount()).isEqualTo(1);
      channel.close(true);
    }
  }

  private static String next(LiveChannel.Tap tap, Semaphore news) throws InterruptedException {
    while (true) {
      List<LiveChannel.Message> messages = tap.take();
      if (!messages.isEmpty()) {
        assertThat(messages).hasSize(1);
        return messages.getFirst().json();
      }
      assertThat(news.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
