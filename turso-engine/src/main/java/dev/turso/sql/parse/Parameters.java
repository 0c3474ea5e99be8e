package dev.turso.sql.parse;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the parameters of one statement their indexes, by SQLite's rules. */
final class Parameters {

  /** As SQLITE_MAX_VARIABLE_NUMBER of the reference build. */
  static final int MAXIMUM = 250_000;

  private @Nullable ArrayList<@Nullable String> names;
  private int count;

  int count() {
    return count;
  }

  /** The name of each index from 1 to the count. */
  List<@Nullable String> names() {
    if (count == 0) {
      return List.of();
    }
    @Nullable String[] all = new @Nullable String[count];
    if (names != null) {
      names.toArray(all);
    }
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  /** The index of a parameter as it is written. */
  int index(String written, int position) {
    if (written.length() == 1) {
      return checked(++count, position);
    }
    if (written.charAt(0) == '?') {
      return numbered(written, position);
    }
    if (names != null) {
      int known = names.indexOf(written);
      if (known >= 0) {
        return known + 1;
      }
    }
    int index = checked(++count, position);
    rememberName(index, written);
    return index;
  }

  private int numbered(String written, int position) {
    int index = 0;
    for (int i = 1; i < written.length() && index <= MAXIMUM; i++) {
      index = index * 10 + (written.charAt(i) - '0');
    }
    if (index < 1 || index > MAXIMUM) {
      throw new SqlException(
          ResultCode.ERROR, "variable number must be between ?1 and ?" + MAXIMUM, position);
    }
    count = Math.max(count, index);
    if (names == null || index > names.size() || names.get(index - 1) == null) {
      rememberName(index, written);
    }
    return index;
  }

  private static int checked(int index, int position) {
    if (index > MAXIMUM) {
      throw new SqlException(ResultCode.ERROR, "too many SQL variables", position);
    }
    return index;
  }

  private void rememberName(int index, String name) {
    if (names == null) {
      names = new ArrayList<>();
    }
    while (names.size() < index) {
      names.add(null);
    }
    names.set(index - 1, name);
  }
}
