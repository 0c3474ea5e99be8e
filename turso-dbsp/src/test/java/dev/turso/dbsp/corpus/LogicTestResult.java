package dev.turso.dbsp.corpus;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Compares rows with what a sqllogictest file expects, by the rules of its format. */
final class LogicTestResult {

  private LogicTestResult() {}

  static boolean matches(LogicTestRecord record, List<List<Value>> rows) {
    List<String> values = values(record, rows);
    List<String> expected = record.expected();
    if (expected.size() == 1 && expected.getFirst().contains(" values hashing to ")) {
      return expected.getFirst().equals(values.size() + " values hashing to " + hash(values));
    }
    return expected.equals(values);
  }

  private static List<String> values(LogicTestRecord record, List<List<Value>> rows) {
    List<List<String>> shown = new ArrayList<>();
    for (List<Value> row : rows) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        texts.add(
            show(row.get(i), record.types().charAt(Math.min(i, record.types().length() - 1))));
      }
      shown.add(texts);
    }
    if (record.sort().equals("rowsort")) {
      shown.sort(LogicTestResult::compare);
    }
    List<String> values = new ArrayList<>();
    shown.forEach(values::addAll);
    if (record.sort().equals("valuesort")) {
      Collections.sort(values);
    }
    return values;
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String show(Value value, char type) {
    if (value.isNull()) {
      return "NULL";
    }
    if (type == 'I') {
      return String.valueOf(value.asLong());
    }
    if (type == 'R') {
      return String.format(Locale.ROOT, "%.3f", value.asDouble());
    }
    String text = String.valueOf(value.asString());
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      shown.append(c < ' ' || c > '~' ? '@' : c);
    }
    return value.tag() == Tag.TEXT && text.isEmpty() ? "(empty)" : shown.toString();
  }

  private static String hash(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String each : values) {
        digest.update((each + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
