package dev.turso.jdbc;

import dev.turso.value.Value;
import java.sql.ResultSetMetaData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in memory: metadata answers, generated keys, the results of a string of statements. */
final class ListCursor implements RowCursor {

  private final String[] labels;
  private final List<@Nullable Object[]> rows;
  private final boolean keys;
  private int at = -1;

  /**
   * @param rows cells are null, Long, Integer, Double, String or byte[]
   */
  ListCursor(String[] labels, List<@Nullable Object[]> rows) {
    this(labels, rows, false);
  }

  private ListCursor(String[] labels, List<@Nullable Object[]> rows, boolean keys) {
    this.labels = labels;
    this.rows = rows;
    this.keys = keys;
  }

  /** The rows as generated keys, whose integers are Longs whether large or not: a key has one type. */
  ListCursor asKeys() {
    return new ListCursor(labels, rows, true);
  }

  String[] labels() {
    return labels;
  }

  List<@Nullable Object[]> rows() {
    return rows;
  }

  @Override
  public boolean next() {
    if (at < rows.size()) {
      at++;
    }
    return at < rows.size();
  }

  @Override
  public int columnCount() {
    return labels.length;
  }

  @Override
  public String label(int column) {
    return labels[column];
  }

  @Override
  public int tag(int column) {
    return value(column).tag();
  }

  @Override
  public long getLong(int column) {
    return value(column).asLong();
  }

  @Override
  public Number integer(int column) {
    return keys ? (Number) getLong(column) : Conversions.boxed(getLong(column));
  }

  @Override
  public double getDouble(int column) {
    return value(column).asDouble();
  }

  @Override
  public @Nullable String getText(int column) {
    return value(column).asString();
  }

  @Override
  public byte @Nullable [] getBlob(int column) {
    return value(column).asBytes();
  }

  @Override
  public ResultSetMetaData metaData() {
    return new ListMetaData(labels, rows.isEmpty() ? null : rows.get(0));
  }

  @Override
  public void close() {
    at = rows.size();
  }

  /** The cell with the conversions that a value from a file has. */
  private Value value(int column) {
    return switch (rows.get(at)[column]) {
      case null -> Value.NULL;
      case Double number -> Value.real(number);
      case Number number -> Value.integer(number.longValue());
      case byte[] bytes -> Value.blob(bytes);
      case Object text -> Value.text(text.toString());
    };
  }
}
