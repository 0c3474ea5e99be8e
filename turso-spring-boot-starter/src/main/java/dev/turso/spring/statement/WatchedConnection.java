package dev.turso.spring.statement;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A connection whose statements are timed. One thread at a time; its status for any. */
final class WatchedConnection implements InvocationHandler {

  private static final AtomicLong IDS = new AtomicLong();

  private final long id = IDS.incrementAndGet();
  private final long opened = System.nanoTime();
  private final StatementWatch watch;
  private final Connection connection;
  private volatile long transaction;
  private volatile @Nullable String running;
  private volatile long since;
  private volatile @Nullable String thread;

  private WatchedConnection(StatementWatch watch, Connection connection) {
    this.watch = watch;
    this.connection = connection;
  }

  static Connection of(Connection connection, StatementWatch watch) {
    WatchedConnection watched = new WatchedConnection(watch, connection);
    watch.opened(watched);
    return proxy(Connection.class, watched);
  }

  static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            WatchedConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return ofObject(proxy, name, given, connection);
    }
    Object result = call(connection, method, given);
    switch (name) {
      case "commit", "rollback", "setAutoCommit" ->
          transaction = savepoint(given) ? transaction : 0;
      case "close", "abort" -> watch.closed(this);
      default -> {
        return result instanceof Statement statement
            ? statement((Connection) proxy, statement, given)
            : result;
      }
    }
    return result;
  }

  private static boolean savepoint(@Nullable Object @Nullable [] given) {
    return given != null && given.length == 1 && given[0] instanceof Savepoint;
  }

  private Statement statement(
      Connection proxy, Statement statement, @Nullable Object @Nullable [] given) {
    String sql = given != null && given.length > 0 && given[0] instanceof String s ? s : null;
    WatchedStatement watched = new WatchedStatement(this, proxy, statement, sql);
    return statement instanceof CallableStatement
        ? proxy(CallableStatement.class, watched)
        : statement instanceof PreparedStatement
            ? proxy(PreparedStatement.class, watched)
            : proxy(Statement.class, watched);
  }

  static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    try {
      return method.invoke(target, given);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  static Object ofObject(
      Object proxy, String name, @Nullable Object @Nullable [] given, Object target) {
    return switch (name) {
      case "equals" -> given != null && proxy == given[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> target.toString();
    };
  }

  void begins(String sql) throws SQLException {
    long now = System.nanoTime();
    if (transaction == 0 && !connection.getAutoCommit()) {
      transaction = now;
    }
    since = now;
    running = sql;
    thread = Thread.currentThread().getName();
  }

  void ends(String sql, long nanos, boolean failed, Object parameters) {
    running = null;
    watch.ended(sql, nanos, failed, parameters);
  }

  boolean wantsParameters() {
    return watch.wantsParameters();
  }

  SessionStatus status() {
    long now = System.nanoTime();
    String sql = running;
    long began = transaction;
    return new SessionStatus(
        id,
        TimeUnit.NANOSECONDS.toMillis(now - opened),
        began == 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(now - began),
        sql == null ? null : StatementShape.of(sql),
        sql == null ? 0 : TimeUnit.NANOSECONDS.toMillis(now - since),
        thread);
  }
}
