package dev.turso.cdc.read;

import dev.turso.cdc.record.RowImages;
import dev.turso.cdc.record.TableShape;
import dev.turso.value.Value;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One record of the log: a changed row, or a changed definition. Immutable.
 *
 * <p>Images have a value for each of {@link TableShape#columns()}; which of them there are depends on
 * the log's mode.
 */
public final class ChangeRecord {

  private static final int SQL = 4;

  private final long id;
  private final ChangeKind kind;
  private final String table;
  private final Value key;
  private final @Nullable TableShape shape;
  private final byte @Nullable [] beforeImage;
  private final byte @Nullable [] afterImage;
  private final byte @Nullable [] updatesImage;
  private Value @Nullable [] before;
  private Value @Nullable [] after;

  ChangeRecord(
      long id,
      ChangeKind kind,
      String table,
      Value key,
      @Nullable TableShape shape,
      byte @Nullable [] beforeImage,
      byte @Nullable [] afterImage,
      byte @Nullable [] updatesImage) {
    this.id = id;
    this.kind = kind;
    this.table = table;
    this.key = key;
    this.shape = shape;
    this.beforeImage = beforeImage;
    this.afterImage = afterImage;
    this.updatesImage = updatesImage;
  }

  static ChangeRecord gap(long id, String table) {
    return new ChangeRecord(id, ChangeKind.GAP, table, Value.NULL, null, null, null, null);
  }

  /** The id of the log's row; 0 for a row of a snapshot. */
  public long id() {
    return id;
  }

  public ChangeKind kind() {
    return kind;
  }

  /** The table's name when the record was written; {@code sqlite_schema} for a definition. */
  public String table() {
    return table;
  }

  /** The rowid; for a WITHOUT ROWID table its key, as a record if it has several columns. */
  public Value key() {
    return key;
  }

  /**
   * What the table looked like; for the definition of a table what it looks like now, for any other
   * definition null.
   */
  public @Nullable TableShape shape() {
    return shape;
  }

  /** The row before in the record format, or null. Not to be modified. */
  public byte @Nullable [] beforeImage() {
    return beforeImage;
  }

  /** The row after in the record format, or null. Not to be modified. */
  public byte @Nullable [] afterImage() {
    return afterImage;
  }

  /** Which columns an update changed, as flags and values in the record format, or null. */
  public byte @Nullable [] updatesImage() {
    return updatesImage;
  }

  /** The values of the row before, or null. Not to be modified. */
  public synchronized Value @Nullable [] before() {
    if (before == null && beforeImage != null) {
      before = RowImages.values(beforeImage);
    }
    return before;
  }

  /** The values of the row after, or null. Not to be modified. */
  public synchronized Value @Nullable [] after() {
    if (after == null && afterImage != null) {
      after = RowImages.values(afterImage);
    }
    return after;
  }

  /**
   * A value of the row before by column name; NULL if there is no such row.
   *
   * @throws IllegalArgumentException if the table had no such column
   */
  public Value before(String column) {
    return named(before(), column);
  }

  /** A value of the row after, likewise. */
  public Value after(String column) {
    return named(after(), column);
  }

  private Value named(Value @Nullable [] row, String column) {
    TableShape columns = kind == ChangeKind.DEFINITION ? null : shape;
    int index = columns == null ? -1 : columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("no column " + column + " in " + table);
    }
    return row == null || index >= row.length ? Value.NULL : row[index];
  }

  /**
   * Of a definition: the statement that makes it as it is now, the one that altered it, or the one that
   * drops it; null for a row.
   */
  public @Nullable String statement() {
    if (kind != ChangeKind.DEFINITION) {
      return null;
    }
    Value[] was = before();
    Value[] is = after();
    if (is == null) {
      return was == null
          ? null
          : "DROP "
              + String.valueOf(was[0].asString()).toUpperCase(Locale.ROOT)
              + " \""
              + escaped(was[1].asString())
              + "\"";
    }
    if (was == null || updatesImage == null) {
      return is[SQL].asString();
    }
    Value[] updates = RowImages.values(updatesImage);
    Value text = updates[updates.length - 1];
    return text.isNull() ? is[SQL].asString() : text.asString();
  }

  private static String escaped(@Nullable String name) {
    return String.valueOf(name).replace("\"", "\"\"");
  }

  /** Of a definition: what it defines: table, index, view or trigger; null for a row. */
  public @Nullable String objectType() {
    return ofDefinition(0);
  }

  /** Of a definition: the name of what it defines; null for a row. */
  public @Nullable String objectName() {
    return ofDefinition(1);
  }

  private @Nullable String ofDefinition(int column) {
    Value[] row = after() == null ? before() : after();
    return kind != ChangeKind.DEFINITION || row == null ? null : row[column].asString();
  }

  @Override
  public String toString() {
    return kind
        + " "
        + table
        + " "
        + key
        + " "
        + Arrays.toString(before())
        + " -> "
        + Arrays.toString(after());
  }
}
