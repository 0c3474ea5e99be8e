package dev.turso.dbsp.subscribe;

import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of the open live queries, each parsed once, and what they were compiled to: queries of one
 * text that differ only in parameters that a circuit looks at in each step share a {@link LiveSelect}.
 *
 * <p>A query over a materialized view shares nothing: how it is compiled depends on whether the view is
 * current, which no schema version tells.
 *
 * <p>Thread-safe.
 */
final class LiveSelects {

  private final Map<String, Text> texts = new HashMap<>();

  /** One SELECT. All but what never changes is under the monitor of its owner. */
  static final class Text {

    final String sql;
    final Select select;
    private final int parameters;
    private int users;

    /** The schema's version that {@link #compiled} are of. */
    private long cookie = -1;

    private BitSet varying = new BitSet();

    /** By the values of the parameters that do not vary. */
    private Map<List<Value>, LiveSelect> compiled = new HashMap<>();

    private Text(String sql, Select select, int parameters) {
      this.sql = sql;
      this.select = select;
      this.parameters = parameters;
    }

    private List<Value> fixed(List<Value> values) {
      List<Value> fixed = new ArrayList<>(values);
      for (int i = varying.nextSetBit(0); i >= 0; i = varying.nextSetBit(i + 1)) {
        fixed.set(i, Value.NULL);
      }
      return fixed;
    }
  }

  /** Whether nothing is remembered. */
  synchronized boolean isEmpty() {
    return texts.isEmpty();
  }

  /** How many are compiled. */
  synchronized int size() {
    int size = 0;
    for (Text each : texts.values()) {
      size += each.compiled.size();
    }
    return size;
  }

  /** The text of one SELECT with so many parameters, for one more query. */
  Text open(String sql, int parameters) {
    synchronized (this) {
      Text known = texts.get(sql);
      if (known != null && known.parameters == parameters) {
        known.users++;
        return known;
      }
    }
    Text parsed = new Text(sql, parse(sql, parameters), parameters);
    synchronized (this) {
      Text known = texts.putIfAbsent(sql, parsed);
      Text used = known == null ? parsed : known;
      used.users++;
      return used;
    }
  }

  private static Select parse(String sql, int parameters) {
    ParsedStatement parsed = Parser.parse(sql, 0);
    if (parsed == null || !(parsed.statement() instanceof SelectStatement select)) {
      throw new SqlException("a live query is a SELECT");
    }
    if (Parser.parse(sql, parsed.end()) != null) {
      throw new SqlException("a live query is one SELECT, and more follows");
    }
    if (parsed.parameterCount() != parameters) {
      throw new SqlException(
          "the live query has "
              + parsed.parameterCount()
              + " parameters, and "
              + parameters
              + " values came");
    }
    return select.select();
  }

  /** A query of a text is no more. */
  synchronized void close(Text text) {
    if (--text.users == 0) {
      texts.remove(text.sql, text);
    }
  }

  /** What a query runs under the schema of a transaction; to be released when it runs another one. */
  LiveSelect compile(Text text, List<Value> parameters, TransactionView transaction) {
    long cookie = transaction.schema().cookie();
    LiveSelect known = find(text, parameters, cookie);
    if (known != null) {
      return known;
    }
    LiveSelect made = LiveSelect.compile(text.select, parameters, transaction);
    synchronized (this) {
      made.users++;
      if (made.shareable()) {
        if (text.cookie != cookie) {
          text.cookie = cookie;
          text.varying = made.varying();
          text.compiled = new HashMap<>();
        }
        text.compiled.putIfAbsent(text.fixed(parameters), made);
      }
    }
    return made;
  }

  private synchronized @Nullable LiveSelect find(Text text, List<Value> parameters, long cookie) {
    LiveSelect known = text.cookie == cookie ? text.compiled.get(text.fixed(parameters)) : null;
    if (known != null) {
      known.users++;
    }
    return known;
  }

  /** A query runs it no more. */
  synchronized void release(Text text, LiveSelect select) {
    if (--select.users == 0) {
      text.compiled.remove(text.fixed(select.parameters()), select);
    }
  }
}
