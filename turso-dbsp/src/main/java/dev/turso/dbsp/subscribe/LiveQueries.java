package dev.turso.dbsp.subscribe;

import dev.turso.Database;
import dev.turso.change.Position;
import dev.turso.error.SqlException;
import dev.turso.value.Value;
import java.util.List;
import java.util.concurrent.Flow;

/** The live queries of one open database. Safe for any thread. */
public final class LiveQueries {

  private final AttachedLiveQueries attached;

  private LiveQueries(AttachedLiveQueries attached) {
    this.attached = attached;
  }

  /** Those of a database, which must stay open as long as they run. */
  public static LiveQueries of(Database database) {
    AttachedLiveQueries attached = database.extension(AttachedLiveQueries.class);
    if (attached == null) {
      throw SqlException.unsupported("a live query on a database opened without turso-dbsp");
    }
    return new LiveQueries(attached);
  }

  /**
   * Starts a live query. Its first message is a snapshot of what the newest commit left, and the first
   * delta follows exactly on it. Never waits for an open transaction, only for commits under way.
   *
   * @param sql one SELECT; tables and views of the main database, no functions of time or chance
   * @param parameters the values of its parameters, fixed for the life of the query
   * @throws dev.turso.error.SqlException if the text is not such a SELECT
   */
  public LiveQuery subscribe(String sql, List<Value> parameters, LiveQueryListener listener) {
    return attached.open(sql, List.copyOf(parameters), null, listener);
  }

  /**
   * Goes on where a listener stopped. Where the engine still has all that commits changed since then, the
   * first message is what changed in the result, a {@linkplain LiveMessage.Kind#DELTA delta}, which also
   * comes if nothing has; otherwise it is a snapshot.
   *
   * <p>It has that if other live queries have read the same tables all the time, of the newest commits
   * (1,024 or 16 MB, unless the database was opened with other limits), as long as the database is open
   * and neither its schema changed nor another process wrote; and for queries without a state: filters,
   * projections, joins and subqueries, but not aggregates, {@code DISTINCT}, windows and {@code LIMIT}.
   *
   * @param known the position of the last message that a live query of this text with these parameters
   *     told the listener
   */
  public LiveQuery subscribe(
      String sql, List<Value> parameters, Position known, LiveQueryListener listener) {
    return attached.open(sql, List.copyOf(parameters), known, listener);
  }

  /**
   * A live query for each subscriber, as a stream. Messages that a subscriber has not requested are
   * merged, so that it gets fewer and larger ones.
   */
  public Flow.Publisher<LiveMessage> publisher(String sql, List<Value> parameters) {
    return subscriber -> LiveFlow.start(this, sql, parameters, subscriber);
  }

  /**
   * How many circuits ran for the newest commit: those of the queries that its changes can mean
   * something to.
   */
  public int stepped() {
    return attached.stepped();
  }

  /** How many are open. */
  public int openCount() {
    return attached.openCount();
  }
}
