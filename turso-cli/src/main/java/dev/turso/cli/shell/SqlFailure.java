package dev.turso.cli.shell;

import dev.turso.cli.output.Texts;
import dev.turso.error.DatabaseException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import java.nio.charset.StandardCharsets;

/**
 * A statement that failed, and how that is told.
 *
 * @param phase whether it failed before or while it ran
 * @param message the engine's message, with the place in the text where one is known
 * @param code the primary result code, for the exit status
 */
public record SqlFailure(Phase phase, String message, int code) {

  private static final int WIDEST = 78;
  private static final int BEFORE = 50;
  private static final int ARROW_LEFT = 25;
  private static final int ARROW_LENGTH = 14;

  /** When a statement failed. */
  public enum Phase {
    PREPARE("in prepare, ", "Parse error"),
    STEP("stepping, ", "Runtime error"),
    ADVICE("", "Error");

    private final String prefix;
    private final String kind;

    Phase(String prefix, String kind) {
      this.prefix = prefix;
      this.kind = kind;
    }
  }

  static SqlFailure of(Phase phase, DatabaseException e, String sql) {
    ResultCode primary = e.code().primary();
    String text = e.getMessage() == null ? e.code().toString() : e.getMessage();
    if (primary != ResultCode.ERROR) {
      text += " (" + primary.code() + ")";
    }
    if (e instanceof SqlException s && s.position() >= 0 && pointsAtPlace(text)) {
      text += place(sql, s.position());
    }
    return new SqlFailure(phase, text, primary.code());
  }

  /** A statement that no advice can be given on; told without its place. */
  static SqlFailure ofAdvice(DatabaseException e) {
    String text = e.getMessage() == null ? e.code().toString() : e.getMessage();
    return new SqlFailure(Phase.ADVICE, text, e.code().primary().code());
  }

  /** Messages that name the whole object at fault get no arrow in sqlite3 either. */
  private static boolean pointsAtPlace(String message) {
    return !message.startsWith("no such table") && !message.startsWith("RAISE()");
  }

  /** Why a database could not be opened, in sqlite3's words where it has some. */
  public static String opening(DatabaseException e) {
    String text = e.getMessage() == null ? e.code().toString() : e.getMessage();
    String usual = "unable to open database file";
    return text.startsWith(usual) ? usual : text;
  }

  /** As the program's arguments report it. */
  public String inArgument() {
    return "Error: " + phase.prefix + message;
  }

  /** As a line of input reports it. */
  public String inInput(int line) {
    return phase.kind + " near line " + line + ": " + message;
  }

  /** As it is said to a person who has just typed it. */
  public String typed() {
    return phase.kind + ": " + message;
  }

  /** A piece of the text around an offset and an arrow below it. */
  private static String place(String sql, int position) {
    if (position >= sql.length()) {
      return "";
    }
    byte[] text = Texts.bytes(sql);
    int offset = Texts.bytes(sql.substring(0, position)).length;
    int from = 0;
    while (offset > BEFORE) {
      do {
        from++;
        offset--;
      } while ((text[from] & 0xC0) == 0x80);
    }
    int length = text.length - from;
    if (length > WIDEST) {
      length = WIDEST;
      while ((text[from + length] & 0xC0) == 0x80) {
        length--;
      }
    }
    StringBuilder piece = new StringBuilder(new String(text, from, length, StandardCharsets.UTF_8));
    for (int i = 0; i < piece.length(); i++) {
      if (Character.isWhitespace(piece.charAt(i))) {
        piece.setCharAt(i, ' ');
      }
    }
    String arrow =
        offset < ARROW_LEFT
            ? " ".repeat(offset) + "^--- error here"
            : " ".repeat(offset - ARROW_LENGTH) + "error here ---^";
    return "\n  " + piece + "\n  " + arrow;
  }
}
