package dev.turso.jdbc;

import dev.turso.value.Tag;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSetMetaData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in memory: metadata answers, generated keys, the results of a string of statements. */
final class ListCursor implements RowCursor {

  private final String[] labels;
  private final List<@Nullable Object[]> rows;
  private int at = -1;

  /**
   * @param rows cells are null, Long, Integer, Double, String or byte[]
   */
  ListCursor(String[] labels, List<@Nullable Object[]> rows) {
    this.labels = labels;
    this.rows = rows;
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
    Object cell = cell(column);
    if (cell == null) {
      return Tag.NULL;
    }
    if (cell instanceof Double) {
      return Tag.REAL;
    }
    if (cell instanceof Number) {
      return Tag.INTEGER;
    }
    return cell instanceof String ? Tag.TEXT : Tag.BLOB;
  }

  @Override
  public long getLong(int column) {
    return cell(column) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public double getDouble(int column) {
    return cell(column) instanceof Number number ? number.doubleValue() : 0;
  }

  @Override
  public @Nullable String getText(int column) {
    Object cell = cell(column);
    if (cell instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return cell == null ? null : cell.toString();
  }

  @Override
  public byte @Nullable [] getBlob(int column) {
    Object cell = cell(column);
    if (cell instanceof byte[] bytes) {
      return bytes;
    }
    return cell == null ? null : cell.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public ResultSetMetaData metaData() {
    return new ListMetaData(labels, rows.isEmpty() ? null : rows.get(0));
  }

  @Override
  public void close() {
    at = rows.size();
  }

  private @Nullable Object cell(int column) {
    return rows.get(at)[column];
  }
}
