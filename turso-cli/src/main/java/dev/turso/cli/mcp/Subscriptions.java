package dev.turso.cli.mcp;

import dev.turso.Database;
import dev.turso.change.Position;
import dev.turso.cli.output.Texts;
import dev.turso.dbsp.subscribe.LiveChange;
import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.dbsp.subscribe.LiveQueries;
import dev.turso.dbsp.subscribe.LiveQuery;
import dev.turso.dbsp.subscribe.LiveQueryListener;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one client has subscribed to: live queries, each a resource of its own, and tables.
 *
 * <p>Thread-safe: live queries tell from threads of their own.
 */
final class Subscriptions {

  static final String PREFIX = "turso://subscription/";
  static final String TABLE_PREFIX = "turso://table/";
  private static final int MOST = 32;
  private static final int MOST_ROWS = 10_000;

  private final Consumer<String> updated;
  private final Map<String, Subscribed> queries = new ConcurrentHashMap<>();
  private final Set<String> uris = ConcurrentHashMap.newKeySet();
  private int last;

  Subscriptions(Consumer<String> updated) {
    this.updated = updated;
  }

  /** A live query with its present result. */
  static final class Subscribed implements LiveQueryListener {

    private final String uri;
    private final String sql;
    private final Consumer<String> updated;
    private final Map<List<Value>, List<List<Value>>> rows = new LinkedHashMap<>();
    private List<String> columns = List.of();
    private String position = "";
    private @Nullable String failure;
    private boolean told;
    private @Nullable LiveQuery query;

    Subscribed(String uri, String sql, Consumer<String> updated) {
      this.uri = uri;
      this.sql = sql;
      this.updated = updated;
    }

    @Override
    public void message(LiveMessage message) {
      boolean first;
      synchronized (this) {
        columns = message.columns();
        position = message.position().toString();
        if (message.kind() == LiveMessage.Kind.SNAPSHOT) {
          rows.clear();
        }
        message.changes().forEach(this::apply);
        first = !told;
        told = true;
        notifyAll();
      }
      if (!first) {
        updated.accept(uri);
      }
    }

    private void apply(LiveChange change) {
      switch (change.kind()) {
        case INSERT ->
            rows.computeIfAbsent(change.key(), key -> new ArrayList<>(1)).add(change.row());
        case UPDATE -> rows.put(change.key(), new ArrayList<>(List.of(change.row())));
        case DELETE -> {
          List<List<Value>> same = rows.get(change.key());
          if (same != null) {
            same.removeLast();
            if (same.isEmpty()) {
              rows.remove(change.key());
            }
          }
        }
      }
    }

    @Override
    public void failed(RuntimeException cause) {
      synchronized (this) {
        failure = cause.getMessage();
        notifyAll();
      }
      updated.accept(uri);
    }

    synchronized void awaitFirst(long millis) {
      long end = System.nanoTime() + millis * 1_000_000;
      while (!told && failure == null) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    /** Waits until the result is at least that of a commit, so that a client reads its own writes. */
    void await(Position commit, long millis) {
      LiveQuery running = query;
      try {
        if (running != null) {
          running.await(commit, millis);
        }
      } catch (TimeoutException e) {
        // what there is comes with its position
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The present result. */
    synchronized Map<String, @Nullable Object> data() {
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      List<Object> all = new ArrayList<>();
      for (List<List<Value>> each : rows.values()) {
        for (List<Value> row : each) {
          if (all.size() < MOST_ROWS) {
            all.add(WireValues.row(row));
          }
        }
      }
      data.put("uri", uri);
      data.put("query", sql);
      data.put("position", position);
      data.put("columns", columns);
      data.put("rows", all);
      if (failure != null) {
        data.put("error", failure);
      }
      return data;
    }
  }

  synchronized Subscribed subscribe(Database database, String sql, List<Value> parameters) {
    if (queries.size() >= MOST) {
      throw new ToolFailure("there are " + MOST + " subscriptions already; end one first");
    }
    String uri = PREFIX + ++last;
    Subscribed subscribed = new Subscribed(uri, sql, updated);
    subscribed.query = LiveQueries.of(database).subscribe(sql, parameters, subscribed);
    queries.put(uri, subscribed);
    return subscribed;
  }

  @Nullable Subscribed find(String uri) {
    return queries.get(uri);
  }

  List<Subscribed> all() {
    return queries.values().stream()
        .sorted(java.util.Comparator.comparing(each -> each.uri))
        .toList();
  }

  static String uriOf(Subscribed subscribed) {
    return subscribed.uri;
  }

  static String sqlOf(Subscribed subscribed) {
    return subscribed.sql;
  }

  /** Notes that the client wants to hear of a resource. */
  void want(String uri) {
    uris.add(uri.toLowerCase(Locale.ROOT));
  }

  /** Ends a subscription; false if there was none. */
  boolean end(String uri) {
    boolean wanted = uris.remove(uri.toLowerCase(Locale.ROOT));
    Subscribed subscribed = queries.remove(uri);
    if (subscribed != null && subscribed.query != null) {
      subscribed.query.close();
    }
    return wanted || subscribed != null;
  }

  /** A row of a table changed, or of any if the name is empty. */
  void tableChanged(String table) {
    for (String each : uris) {
      boolean all = table.isEmpty() && each.startsWith(TABLE_PREFIX);
      if (all || each.equals((TABLE_PREFIX + Texts.uriPart(table)).toLowerCase(Locale.ROOT))) {
        updated.accept(each);
      }
    }
  }

  /** The schema changed. */
  void schemaChanged() {
    if (uris.contains("turso://schema")) {
      updated.accept("turso://schema");
    }
  }

  void close() {
    for (String each : List.copyOf(queries.keySet())) {
      end(each);
    }
    uris.clear();
  }
}
