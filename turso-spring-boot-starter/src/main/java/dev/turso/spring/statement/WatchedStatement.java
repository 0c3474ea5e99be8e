package dev.turso.spring.statement;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A statement that is timed: one with rows until it is closed or runs again. One thread at a time. */
final class WatchedStatement implements InvocationHandler {

  private final WatchedConnection owner;
  private final Connection connection;
  private final Statement statement;
  private final @Nullable String prepared;
  private final Map<Object, @Nullable Object> parameters = new TreeMap<>(new ByText());
  private @Nullable String reading;
  private long start;

  WatchedStatement(
      WatchedConnection owner,
      Connection connection,
      Statement statement,
      @Nullable String prepared) {
    this.owner = owner;
    this.connection = connection;
    this.statement = statement;
    this.prepared = prepared;
  }

  /** Indexes in order, then names. */
  private static final class ByText implements Comparator<Object> {

    @Override
    public int compare(Object a, Object b) {
      return a instanceof Integer x && b instanceof Integer y
          ? Integer.compare(x, y)
          : a.toString().compareTo(b.toString());
    }
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return WatchedConnection.ofObject(proxy, name, given, statement);
    }
    if (name.equals("getConnection")) {
      return connection;
    }
    if (name.startsWith("execute")) {
      return execute(method, given);
    }
    if (name.equals("close")) {
      endOfRows();
    } else if (name.startsWith("set") && given != null && given.length > 1) {
      keep(given);
    }
    return WatchedConnection.call(statement, method, given);
  }

  private void keep(@Nullable Object[] given) {
    if (owner.wantsParameters() && given[0] != null) {
      parameters.put(given[0], given[1]);
    }
  }

  private @Nullable Object execute(Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    endOfRows();
    String sql = given != null && given.length > 0 && given[0] instanceof String s ? s : prepared;
    String text = sql == null ? "a batch" : sql;
    owner.begins(text);
    start = System.nanoTime();
    boolean failed = true;
    boolean rows = false;
    try {
      Object result = WatchedConnection.call(statement, method, given);
      rows = result instanceof ResultSet || Boolean.TRUE.equals(result);
      failed = false;
      return result;
    } finally {
      if (rows) {
        reading = text;
      } else {
        owner.ends(text, System.nanoTime() - start, failed, parameters);
      }
    }
  }

  private void endOfRows() {
    String read = reading;
    if (read != null) {
      reading = null;
      owner.ends(read, System.nanoTime() - start, false, parameters);
    }
  }
}
