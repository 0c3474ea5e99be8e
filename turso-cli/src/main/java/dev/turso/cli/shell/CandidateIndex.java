package dev.turso.cli.shell;

import dev.turso.cli.output.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An index that is not there. Its name is the one that sqlite3's .expert would give it. */
record CandidateIndex(String table, List<String> columns) {

  CandidateIndex with(String column) {
    List<String> more = new ArrayList<>(columns);
    more.add(column);
    return new CandidateIndex(table, more);
  }

  private String list() {
    return columns.stream().map(Texts::identifier).collect(Collectors.joining(", "));
  }

  String name() {
    int hash = 0;
    for (byte each : Texts.bytes(list())) {
      hash += (hash << 3) + (each & 0xff);
    }
    return table + "_idx_" + String.format("%08x", hash);
  }

  String sql() {
    return "CREATE INDEX "
        + Texts.identifier(name())
        + " ON "
        + Texts.identifier(table)
        + "("
        + list()
        + ")";
  }

  /** Whether a line of a plan uses it. */
  boolean isIn(String line) {
    String use = " INDEX " + name();
    int at = line.indexOf(use);
    int end = at + use.length();
    return at >= 0 && (end == line.length() || line.charAt(end) == ' ');
  }
}
