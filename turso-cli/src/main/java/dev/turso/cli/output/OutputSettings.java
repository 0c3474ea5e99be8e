package dev.turso.cli.output;

import java.util.Arrays;

/** How rows are shown: what {@code .mode}, {@code .headers} and their like set. Of one thread. */
public final class OutputSettings {

  private OutputMode mode = OutputMode.LIST;
  private String columnSeparator = "|";
  private String rowSeparator = "\n";
  private boolean header;
  private boolean headerWasSet;
  private String nullValue = "";
  private String insertTable = "table";
  private boolean insertTableQuoted;
  private int wrap;
  private boolean wordWrap;
  private boolean quoted;
  private boolean newlinesKept;
  private int[] widths = {};

  public OutputSettings() {}

  /** A copy that changes on its own. */
  public OutputSettings copy() {
    OutputSettings other = new OutputSettings();
    other.mode = mode;
    other.columnSeparator = columnSeparator;
    other.rowSeparator = rowSeparator;
    other.header = header;
    other.headerWasSet = headerWasSet;
    other.nullValue = nullValue;
    other.insertTable = insertTable;
    other.insertTableQuoted = insertTableQuoted;
    other.wrap = wrap;
    other.wordWrap = wordWrap;
    other.quoted = quoted;
    other.newlinesKept = newlinesKept;
    other.widths = widths.clone();
    return other;
  }

  /** Chooses a mode as {@code .mode} does, with the separators that belong to it. */
  public void chooseMode(OutputMode value) {
    mode = value;
    String column = value.columnSeparator();
    if (column != null) {
      columnSeparator = column;
    }
    String row = value.rowSeparator();
    if (row != null) {
      rowSeparator = row;
    }
    if (value == OutputMode.COLUMN && !headerWasSet) {
      header = true;
    }
  }

  /** Sets the mode and leaves the rest, as the program's options do. */
  public void mode(OutputMode value) {
    mode = value;
  }

  public OutputMode mode() {
    return mode;
  }

  public String columnSeparator() {
    return columnSeparator;
  }

  public void columnSeparator(String value) {
    columnSeparator = value;
  }

  public String rowSeparator() {
    return rowSeparator;
  }

  public void rowSeparator(String value) {
    rowSeparator = value;
  }

  public boolean header() {
    return header;
  }

  /** Switches headers; from then on a change of mode leaves them. */
  public void header(boolean value) {
    header = value;
    headerWasSet = true;
  }

  /** Switches headers for this use only. */
  public void headerForNow(boolean value) {
    header = value;
  }

  public String nullValue() {
    return nullValue;
  }

  public void nullValue(String value) {
    nullValue = value;
  }

  /** The table that INSERT output names, already quoted where it must be. */
  public String insertTable() {
    return insertTableQuoted ? insertTable : Texts.identifier(insertTable);
  }

  public void insertTable(String name) {
    insertTable = name;
    insertTableQuoted = false;
  }

  /** Sets a target that is put out as it is. */
  public void insertTarget(String text) {
    insertTable = text;
    insertTableQuoted = true;
  }

  public int wrap() {
    return wrap;
  }

  public boolean wordWrap() {
    return wordWrap;
  }

  public boolean quoted() {
    return quoted;
  }

  /** Options of the columnar modes: the width past which a value breaks, where, and quoting. */
  public void columnar(int wrap, boolean wordWrap, boolean quoted) {
    this.wrap = wrap;
    this.wordWrap = wordWrap;
    this.quoted = quoted;
  }

  /** Whether INSERT output keeps line breaks in texts. */
  public boolean newlinesKept() {
    return newlinesKept;
  }

  public void newlinesKept(boolean value) {
    newlinesKept = value;
  }

  /** The width that {@code .width} gave a column, negative to justify right, or 0. */
  public int width(int column) {
    return column < widths.length ? widths[column] : 0;
  }

  public int[] widths() {
    return widths.clone();
  }

  public void widths(int[] values) {
    widths = Arrays.copyOf(values, values.length);
  }
}
