package dev.turso.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * What an expression may name: columns of sources, and of the queries around.
 *
 * @param columns each with its alias
 * @param outer those of the queries around
 */
record Scope(List<String> columns, List<String> outer) {

  static final Scope EMPTY = new Scope(List.of(), List.of());

  static Scope of(List<String> columns) {
    return new Scope(columns, List.of());
  }

  static Scope of(String alias, Model.Table table) {
    return of(names(alias, table));
  }

  static List<String> names(String alias, Model.Table table) {
    List<String> names = new ArrayList<>();
    for (Model.Column each : table.columns()) {
      names.add((alias.isEmpty() ? "" : alias + ".") + each.name());
    }
    return names;
  }

  /** The scope of a query within this one. */
  Scope within(List<String> inner) {
    List<String> around = new ArrayList<>(outer);
    around.addAll(columns);
    return new Scope(inner, around);
  }
}
