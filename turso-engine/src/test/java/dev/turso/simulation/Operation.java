package dev.turso.simulation;

import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A statement that writes, and what it does to the content of the file.
 *
 * @param parameters numbers and bytes
 * @param effect gives null where the statement fails on a constraint
 */
record Operation(String sql, Object[] parameters, Effect effect) {

  private static final int KEYS = 120;
  private static final int NUMBERS = 1_000_000;
  private static final int[] SIZES = {0, 8, 20, 60, 60, 200, 450, 1100, 3000, 9000};
  private static final Object[] NONE = {};

  @FunctionalInterface
  interface Effect {
    @Nullable Content on(Content before);
  }

  static Operation of(Action action, Random random, String schema) {
    boolean keyed = random.nextInt(3) == 0;
    String table = schema + (keyed ? ".w" : ".t");
    String value = keyed ? "'k' || value" : "value";
    String key = keyed ? "k = 'k' || ?3" : "id = ?3";
    String number = keyed ? "CAST(substr(k, 2) AS INTEGER)" : "id";
    int first = 1 + random.nextInt(KEYS);
    int last = first + random.nextInt(KEYS / 3);
    Row row = new Row(random.nextInt(NUMBERS), SIZES[random.nextInt(SIZES.length)]);
    Object[] one = {row.number(), row.bytes(), first};
    Object[] many = {row.number(), row.bytes(), first, last};
    String series = " SELECT " + value + ", 'a' || ?1, ?2 FROM generate_series(?3, ?4)";
    return switch (action) {
      case INSERT ->
          new Operation(
              "REPLACE INTO "
                  + table
                  + " VALUES("
                  + (keyed ? "'k' || ?3" : "?3")
                  + ", 'a' || ?1, ?2)",
              one,
              b -> b.with(keyed, rows -> put(rows, first, first, row)));
      case INSERT_MANY ->
          new Operation(
              "REPLACE INTO " + table + series,
              many,
              b -> b.with(keyed, rows -> put(rows, first, last, row)));
      case FAIL ->
          new Operation(
              "INSERT INTO " + table + series,
              many,
              b ->
                  b.table(keyed).subMap(first, last + 1).isEmpty()
                      ? b.with(keyed, rows -> put(rows, first, last, row))
                      : null);
      case UPDATE ->
          new Operation(
              "UPDATE " + table + " SET a = 'a' || ?1, b = ?2 WHERE " + key,
              one,
              b -> b.with(keyed, rows -> change(rows, k -> k == first ? row : null)));
      case UPDATE_MANY ->
          new Operation(
              "UPDATE " + table + " SET a = 'a' || ?1, b = ?2 WHERE " + number + " % 3 = ?3 % 3",
              one,
              b -> b.with(keyed, rows -> change(rows, k -> k % 3 == first % 3 ? row : null)));
      case DELETE ->
          new Operation(
              "DELETE FROM " + table + " WHERE " + key.replace("?3", "?1"),
              new Object[] {first},
              b -> b.with(keyed, rows -> without(rows, first, first)));
      case DELETE_MANY ->
          random.nextInt(5) == 0
              ? new Operation(
                  "DELETE FROM " + table, NONE, b -> b.with(keyed, r -> new TreeMap<>()))
              : new Operation(
                  "DELETE FROM " + table + " WHERE " + number + " BETWEEN ?1 AND ?2",
                  new Object[] {first, last},
                  b -> b.with(keyed, rows -> without(rows, first, last)));
      case CREATE_INDEX ->
          same("CREATE INDEX IF NOT EXISTS " + schema + ".j ON t(b, a)", b -> b.withIndex(true));
      case DROP_INDEX -> same("DROP INDEX IF EXISTS " + schema + ".j", b -> b.withIndex(false));
      case VACUUM -> same("VACUUM " + schema, b -> b);
      case INCREMENTAL_VACUUM ->
          same("PRAGMA " + schema + ".incremental_vacuum(" + random.nextInt(8) + ")", b -> b);
      default -> throw new IllegalArgumentException(action + " writes nothing");
    };
  }

  private static Operation same(String sql, UnaryOperator<Content> effect) {
    return new Operation(sql, NONE, effect::apply);
  }

  private static TreeMap<Integer, Row> put(TreeMap<Integer, Row> rows, int from, int to, Row row) {
    for (int key = from; key <= to; key++) {
      rows.put(key, row);
    }
    return rows;
  }

  private static TreeMap<Integer, Row> change(
      TreeMap<Integer, Row> rows, java.util.function.IntFunction<@Nullable Row> to) {
    rows.replaceAll((key, old) -> {
      Row changed = to.apply(key);
      return changed == null ? old : changed;
    });
    return rows;
  }

  private static TreeMap<Integer, Row> without(TreeMap<Integer, Row> rows, int from, int to) {
    rows.subMap(from, to + 1).clear();
    return rows;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(sql);
    for (Object each : parameters) {
      text.append(each instanceof byte[] bytes ? ", " + bytes.length + " bytes" : ", " + each);
    }
    return text.toString();
  }
}
