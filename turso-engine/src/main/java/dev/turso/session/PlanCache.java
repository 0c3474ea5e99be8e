package dev.turso.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiled statements that nobody uses at the moment, by their text; the least recent go first. */
final class PlanCache {

  private static final int CAPACITY = 100;
  private static final int LONGEST_TEXT = 10_000;

  private final Map<String, Compiled> idle =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Takes a statement out, if there is one of this text. */
  @Nullable Compiled take(String sql) {
    return idle.remove(sql);
  }

  void put(String sql, Compiled compiled) {
    if (sql.length() <= LONGEST_TEXT) {
      idle.put(sql, compiled);
    }
  }

  void clear() {
    idle.clear();
  }
}
