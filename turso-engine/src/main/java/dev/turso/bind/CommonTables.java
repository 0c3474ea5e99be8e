package dev.turso.bind;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.schema.Names;
import dev.turso.sql.ast.CommonTable;
import dev.turso.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of one WITH clause, each bound when it is first read, and the clauses around it. */
final class CommonTables {

  /** One common table. */
  static final class Entry {

    final CommonTable syntax;
    final CommonTables clause;

    /** Why it cannot be read right now, or null; {@code %s} stands for its name. */
    @Nullable String closed;

    /** While its step is bound: what a reference to the queue reads; else null. */
    @Nullable RecursiveTable recursive;

    /** Its rows, once bound. */
    @Nullable Shared shared;

    private Entry(CommonTable syntax, CommonTables clause) {
      this.syntax = syntax;
      this.clause = clause;
    }

    String name() {
      return syntax.name().text();
    }

    SqlException closedError() {
      return new SqlException(ResultCode.ERROR, closed + name(), syntax.name().position());
    }
  }

  /** What all references to a common table share. */
  record Shared(int id, LogicalPlan plan, List<String> names) {}

  /** The table that a recursive step reads. */
  record RecursiveTable(int id, List<String> names, List<BoundColumn> columns) {}

  final @Nullable CommonTables outer;

  /** The query around the statement that has the WITH clause. */
  final @Nullable Scope around;

  private final List<Entry> entries = new ArrayList<>();

  CommonTables(With with, @Nullable CommonTables outer, @Nullable Scope around) {
    this.outer = outer;
    this.around = around;
    for (CommonTable each : with.tables()) {
      if (findHere(each.name().text()) != null) {
        throw new SqlException(
            ResultCode.ERROR,
            "duplicate WITH table name: " + each.name().text(),
            each.name().position());
      }
      entries.add(new Entry(each, this));
    }
  }

  /** The innermost common table of this name, or null. */
  static @Nullable Entry find(@Nullable CommonTables innermost, String name) {
    for (CommonTables each = innermost; each != null; each = each.outer) {
      Entry found = each.findHere(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Entry findHere(String name) {
    for (Entry each : entries) {
      if (Names.same(each.name(), name)) {
        return each;
      }
    }
    return null;
  }
}
