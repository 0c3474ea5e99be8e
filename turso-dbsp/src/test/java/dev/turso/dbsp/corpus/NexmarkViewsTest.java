package dev.turso.dbsp.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.Database;
import dev.turso.Options;
import dev.turso.Session;
import dev.turso.value.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The queries of Nexmark as views of one database, equal to re-evaluation after every random batch.
 *
 * <p>{@code -Dturso.batches=1000} says how many batches instead of some seconds of them, {@code
 * -Dturso.seed} which.
 */
class NexmarkViewsTest {

  private static final int BATCHES = Integer.getInteger("turso.batches", 0);
  private static final long SEED = Long.getLong("turso.seed", LocalDate.now().toEpochDay());
  private static final int EVENTS = 1500;

  private static final String[] TABLES = {
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, email TEXT, card TEXT, city TEXT,"
        + " state TEXT, time INTEGER, extra TEXT)",
    "CREATE TABLE auction(id INTEGER PRIMARY KEY, item TEXT, description TEXT, initial INTEGER,"
        + " reserve INTEGER, time INTEGER, expires INTEGER, seller INTEGER, category INTEGER, extra TEXT)",
    "CREATE TABLE bid(id INTEGER PRIMARY KEY, auction INTEGER, bidder INTEGER, price INTEGER,"
        + " channel TEXT, url TEXT, time INTEGER, extra TEXT)",
    "CREATE TABLE side(key INTEGER PRIMARY KEY, value TEXT)",
  };

  private final List<List<Value>> persons = new ArrayList<>();
  private final List<List<Value>> auctions = new ArrayList<>();
  private final List<List<Value>> bids = new ArrayList<>();
  private final List<List<Value>> side = new ArrayList<>();

  @Test
  void eachViewIsItsQueryAfterEveryBatch() throws Exception {
    Random random = new Random(SEED);
    generate(random);
    try (Database database = Database.open(":memory:", Options.DEFAULT);
        Session session = database.connect()) {
      for (String each : TABLES) {
        session.execute(each);
      }
      RandomBatches batches = new RandomBatches(session, random);
      batches.table("person", 1, persons);
      batches.table("auction", 3, auctions);
      batches.table("bid", 46, bids);
      batches.table("side", 1, side);
      Map<String, String> queries = QueryFile.read("nexmark.sql");
      assertThat(queries).hasSize(21);
      List<String> recomputed = batches.views(queries);
      for (String each : List.of("person", "auction", "bid", "side")) {
        batches.begin(each, 0.4);
      }
      batches.lookAgain();
      int done = batches.runMany(BATCHES);
      System.out.printf(
          "NexmarkViewsTest seed %d: %d views, %d batches, recomputed %s, never had rows %s%n",
          SEED, queries.size(), done, recomputed, batches.neverHadRows());
      assertThat(recomputed).isEmpty();
      assertThat(batches.neverHadRows()).isEmpty();
      assertThat(batches.neverChanged()).isEmpty();
    }
  }

  /** Of 50 events one is a person, three are auctions, the others bids; some are hot. */
  private void generate(Random random) {
    for (int i = 0; i < EVENTS; i++) {
      long time = 1_700_000_000_000L + i * 60L + random.nextInt(200);
      int kind = i % 50;
      if (kind == 0) {
        persons.add(person(random, time));
      } else if (kind < 4) {
        auctions.add(auction(random, time));
      } else {
        bids.add(bid(random, time));
      }
    }
    for (int i = 0; i < 50; i++) {
      side.add(List.of(Value.integer(i), Value.text("side " + i)));
    }
  }

  private static Value pick(Random random, String... texts) {
    return Value.text(texts[random.nextInt(texts.length)]);
  }

  private static Value letters(Random random, int most) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(most); n >= 0; n--) {
      text.append((char) ('a' + random.nextInt(6)));
    }
    return Value.text(text.toString());
  }

  private List<Value> person(Random random, long time) {
    int id = persons.size();
    return List.of(
        Value.integer(id),
        pick(random, "Peter Jones", "Paul Smith", "Luke Abrams", "John White"),
        Value.text(id + "@nexmark.com"),
        Value.text("1234 " + id),
        pick(random, "Phoenix", "Portland", "Bend", "Boise", "Kent"),
        pick(random, "OR", "ID", "CA", "WA", "AZ"),
        Value.integer(time),
        letters(random, 9));
  }

  private List<Value> auction(Random random, long time) {
    int id = auctions.size();
    long initial = 1 + random.nextInt(1000);
    return List.of(
        Value.integer(id),
        letters(random, 6),
        letters(random, 9),
        Value.integer(initial),
        Value.integer(initial + random.nextInt(5000)),
        Value.integer(time),
        Value.integer(time + 2000 + random.nextInt(30_000)),
        Value.integer(hot(random, persons.size())),
        Value.integer(10 + random.nextInt(5)),
        letters(random, 9));
  }

  private List<Value> bid(Random random, long time) {
    String[] channels = {"Google", "Facebook", "Baidu", "Apple", "channel-7", "channel-12"};
    String channel = channels[random.nextInt(channels.length)];
    String url =
        "https://www.nexmark.com/"
            + (char) ('a' + random.nextInt(3))
            + "/"
            + random.nextInt(9)
            + "/item.htm?query=1"
            + (channel.startsWith("channel") ? "&channel_id=" + channel.substring(8) : "");
    return List.of(
        Value.integer(bids.size()),
        Value.integer(hot(random, auctions.size())),
        Value.integer(hot(random, persons.size())),
        Value.integer((long) Math.pow(10, 2 + random.nextDouble() * 4)),
        Value.text(channel),
        Value.text(url),
        Value.integer(time),
        letters(random, 12));
  }

  /** Half of the time the newest, else any. */
  private static int hot(Random random, int count) {
    return random.nextBoolean() ? Math.max(0, count - 1) : random.nextInt(count + 1);
  }
}
