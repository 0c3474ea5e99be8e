package dev.turso.dbsp.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a sqllogictest file.
 *
 * @param types of a query's columns, I, R or T; empty for a statement
 * @param sort nosort, rowsort or valuesort
 * @param expected the values, or one line with their hash; of a statement whether it is to fail
 */
record LogicTestRecord(String sql, String types, String sort, List<String> expected) {

  boolean isQuery() {
    return !types.isEmpty();
  }

  /** Whether a statement is expected to fail. */
  boolean fails() {
    return !isQuery() && expected.contains("error");
  }

  /** The next record that SQLite is meant to run, or null at the end. */
  static @Nullable LogicTestRecord read(BufferedReader from) throws IOException {
    boolean skipped = false;
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      String[] words = line.strip().split("\\s+");
      switch (words[0]) {
        case "skipif" -> skipped |= words[1].equals("sqlite");
        case "onlyif" -> skipped |= !words[1].equals("sqlite");
        case "halt" -> {
          if (!skipped) {
            return null;
          }
          skipped = false;
        }
        case "statement" -> {
          String sql = String.join("\n", lines(from, false));
          if (!skipped) {
            return new LogicTestRecord(sql, "", "", List.of(words[1]));
          }
          skipped = false;
        }
        case "query" -> {
          List<String> sql = lines(from, true);
          List<String> expected = lines(from, false);
          if (!skipped) {
            String sort = words.length > 2 ? words[2] : "nosort";
            return new LogicTestRecord(String.join("\n", sql), words[1], sort, expected);
          }
          skipped = false;
        }
        default -> {
          // A comment, an empty line, a hash-threshold.
        }
      }
    }
    return null;
  }

  private static List<String> lines(BufferedReader from, boolean toDashes) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = from.readLine(); line != null; line = from.readLine()) {
      if (toDashes ? line.equals("----") : line.isEmpty()) {
        return lines;
      }
      lines.add(line);
    }
    return lines;
  }
}
