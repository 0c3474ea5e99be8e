package dev.turso.exec.write;

import dev.turso.bind.TableExpressions;
import dev.turso.btree.IndexCursor;
import dev.turso.btree.TableCursor;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.Node;
import dev.turso.format.TextEncoding;
import dev.turso.function.StatementEnvironment;
import dev.turso.pager.PageStore;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.plan.physical.TableKnowledge;
import dev.turso.schema.Column;
import dev.turso.schema.Index;
import dev.turso.schema.Table;
import dev.turso.value.Register;
import dev.turso.value.Tag;
import java.util.List;

/** The row level of {@code PRAGMA integrity_check}: rows obey their constraints and are indexed. */
public final class TableCheck {

  private final Table table;
  private final List<String> messages;
  private final int limit;
  private final Frame frame = new Frame();
  private final TargetCompiler target;
  private final TableWriter writer;
  private final Node[] oldRow;
  private final RowChecks checks;
  private final long[] expected;
  private final WriteContext ctx;

  public TableCheck(
      TableExpressions expressions,
      TableKnowledge knowledge,
      WriteContext ctx,
      StatementEnvironment environment,
      List<String> messages,
      int limit) {
    this.table = expressions.row().table();
    this.messages = messages;
    this.limit = limit;
    this.ctx = ctx;
    frame.storage(ctx);
    frame.environment = environment;
    this.target =
        new TargetCompiler(
            table, false, expressions, frame, new Locations(), new PhysicalPlanner(knowledge));
    TableWriter made = target.writer();
    if (made == null) {
      throw new IllegalStateException("not a table: " + table.name());
    }
    this.writer = made;
    this.oldRow = target.oldRow();
    this.checks = target.checks(null);
    this.expected = new long[made.indexes().length];
  }

  /**
   * Looks at every row.
   *
   * @param indexes whether to look for each row's index entries
   */
  public void run(boolean indexes) {
    PageStore store = ctx.store(table.databaseIndex());
    TextEncoding encoding = ctx.encoding(table.databaseIndex());
    writer.open(ctx, frame);
    Index key = table.primaryKeyIndex();
    long number = 0;
    if (key == null) {
      TableCursor cursor = new TableCursor(store, table.rootPage());
      for (boolean more = cursor.first(); more && !full(); more = cursor.next()) {
        cursor.read(frame.rows[target.oldSource()].record);
        frame.rows[target.oldSource()].rowid = cursor.rowid();
        row(++number, indexes);
      }
    } else {
      IndexCursor cursor = new IndexCursor(store, table.rootPage(), Keys.order(key, encoding));
      for (boolean more = cursor.first(); more && !full(); more = cursor.next()) {
        cursor.read(frame.rows[target.oldSource()].record);
        row(++number, indexes);
      }
    }
    if (indexes) {
      countEntries();
    }
  }

  private boolean full() {
    return messages.size() >= limit;
  }

  private void row(long number, boolean indexes) {
    ctx.checkInterrupt();
    for (int i = 0; i < table.columns().size(); i++) {
      oldRow[i].evalInto(frame, target.places().column(frame, i));
      checkColumn(table.columns().get(i), target.places().column(frame, i), i);
    }
    oldRow[table.columns().size()].evalInto(frame, target.places().rowid(frame));
    String failed = ctx.ignoreChecks ? null : checks.firstFailure(frame);
    if (failed != null) {
      messages.add("CHECK constraint failed in " + table.name());
    }
    if (indexes) {
      for (int i = 0; i < expected.length && !full(); i++) {
        entry(i, number);
      }
    }
  }

  private void checkColumn(Column column, Register value, int index) {
    if (value.tag == Tag.NULL) {
      if (column.notNull() && index != table.rowidAlias()) {
        messages.add("NULL value in " + table.name() + "." + column.name());
      }
    } else if (table.strict() && !RowChecks.fits(column, value.tag)) {
      messages.add(
          "non-"
              + String.valueOf(column.declaredType())
              + " value in "
              + table.name()
              + "."
              + column.name());
    }
  }

  private void entry(int i, long number) {
    IndexWriter index = writer.indexes()[i];
    if (!index.holdsOld(frame)) {
      return;
    }
    expected[i]++;
    if (!index.hasOld(frame)) {
      messages.add("row " + number + " missing from index " + index.index().name());
    } else if (index.index().unique() && index.oldIsRepeated(frame)) {
      messages.add("non-unique entry in index " + index.index().name());
    }
  }

  private void countEntries() {
    for (int i = 0; i < expected.length && !full(); i++) {
      if (writer.indexes()[i].found().count() != expected[i]) {
        messages.add("wrong # of entries in index " + writer.indexes()[i].index().name());
      }
    }
  }
}
