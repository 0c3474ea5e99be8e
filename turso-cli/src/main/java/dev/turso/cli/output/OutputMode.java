package dev.turso.cli.output;

import org.jspecify.annotations.Nullable;

/** The ways in which rows are shown, by the names that {@code .mode} takes. */
public enum OutputMode {
  // in the order in which a shortened name chooses
  LINE("line", null, "\n"),
  COLUMN("column", null, "\n"),
  LIST("list", "|", "\n"),
  HTML("html", null, null),
  TCL("tcl", " ", "\n"),
  CSV("csv", ",", "\r\n"),
  TABS("tabs", "\t", null),
  INSERT("insert", null, null),
  QUOTE("quote", ",", "\n"),
  ASCII("ascii", "\u001f", "\u001e"),
  MARKDOWN("markdown", null, null),
  TABLE("table", null, null),
  BOX("box", null, null),
  COUNT("count", null, null),
  OFF("off", null, null),
  JSON("json", null, null),
  PRETTY("pretty", null, null);

  private final String label;
  private final @Nullable String columnSeparator;
  private final @Nullable String rowSeparator;

  OutputMode(String label, @Nullable String columnSeparator, @Nullable String rowSeparator) {
    this.label = label;
    this.columnSeparator = columnSeparator;
    this.rowSeparator = rowSeparator;
  }

  public String label() {
    return label;
  }

  /** The column separator that choosing the mode sets, or null if it leaves it. */
  public @Nullable String columnSeparator() {
    return columnSeparator;
  }

  /** The row separator that choosing the mode sets, or null if it leaves it. */
  public @Nullable String rowSeparator() {
    return rowSeparator;
  }

  /** Whether the options --wrap, --wordwrap and --quote mean something. */
  public boolean isColumnar() {
    return switch (this) {
      case BOX, COLUMN, MARKDOWN, TABLE -> true;
      default -> false;
    };
  }

  /** The mode whose name a word begins; or null. */
  public static @Nullable OutputMode of(String word) {
    String wanted =
        word.equals("lines") || word.equals("columns") || word.equals("inserts")
            ? word.substring(0, word.length() - 1)
            : word;
    for (OutputMode each : values()) {
      if (!wanted.isEmpty() && each.label.startsWith(wanted)) {
        return each;
      }
    }
    return null;
  }
}
