package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a statement came to.
 *
 * @param code SQLite's primary result code; 0 if it ran to its end
 * @param message of the error, or empty
 * @param rows each as text that tells the exact values
 */
public record Outcome(int code, String message, List<String> rows) {

  public static final int CRASH = -1;
  public static final int TIMEOUT = -2;

  public static Outcome rows(List<String> rows) {
    return new Outcome(0, "", rows);
  }

  public static Outcome error(int code, @Nullable String message) {
    return new Outcome(code, String.valueOf(message), List.of());
  }

  boolean failed() {
    return code != 0;
  }

  List<String> sorted() {
    List<String> copy = new ArrayList<>(rows);
    Collections.sort(copy);
    return copy;
  }

  /** A short form for reports. */
  String shown() {
    if (failed()) {
      return "error " + code + ": " + message;
    }
    String all = rows.size() + " rows " + rows;
    return all.length() > 6500 ? all.substring(0, 6500) + "…" : all;
  }

  // ---- the text of a value

  public static void appendNull(StringBuilder to) {
    to.append("NULL");
  }

  public static void appendInteger(StringBuilder to, long value) {
    to.append(value);
  }

  public static void appendReal(StringBuilder to, double value) {
    to.append('r').append(value);
  }

  public static void appendText(StringBuilder to, byte[] utf8) {
    to.append('\'');
    for (byte each : utf8) {
      if (each >= ' ' && each < 127) {
        to.append((char) each);
      } else {
        to.append('\\').append(HexFormat.of().toHexDigits(each));
      }
    }
    to.append('\'');
  }

  public static void appendBlob(StringBuilder to, byte[] bytes) {
    to.append("x'").append(HexFormat.of().formatHex(bytes)).append('\'');
  }
}
