package dev.turso.cdc.crossing;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeCursor;
import dev.turso.change.ChangeSet;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.ExtensionHost;
import dev.turso.change.RowChange;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Passes everything on to an extension; a subclass makes one mistake. */
class FaultyExtension implements AttachedExtension {

  final AttachedExtension real;

  FaultyExtension(AttachedExtension real) {
    this.real = real;
  }

  /** Wraps the extensions of a name among the installed ones. */
  static List<DatabaseExtension> planted(
      Iterable<DatabaseExtension> installed,
      String name,
      UnaryOperator<AttachedExtension> mistake) {
    List<DatabaseExtension> all = new java.util.ArrayList<>();
    for (DatabaseExtension each : installed) {
      all.add(
          new DatabaseExtension() {
            @Override
            public String name() {
              return each.name();
            }

            @Override
            public AttachedExtension attach(ExtensionHost host) {
              AttachedExtension attached = each.attach(host);
              return attached.name().equals(name) ? mistake.apply(attached) : attached;
            }
          });
    }
    return all;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public boolean wants(Table table) {
    return real.wants(table);
  }

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    real.maintain(transaction, changes, from, to);
  }

  @Override
  public void rollbackTo(long mark) {
    real.rollbackTo(mark);
  }

  @Override
  public void beforeCommit(TransactionView transaction, ChangeSet changes) {
    real.beforeCommit(transaction, changes);
  }

  @Override
  public void statementEnds() {
    real.statementEnds();
  }

  @Override
  public void afterTransaction(long transaction, boolean committed) {
    real.afterTransaction(transaction, committed);
  }

  @Override
  public void commitLost(long transaction) {
    real.commitLost(transaction);
  }

  @Override
  public boolean handles(Statement statement, DatabaseSchema schema) {
    return real.handles(statement, schema);
  }

  @Override
  public boolean writes(Statement statement) {
    return real.writes(statement);
  }

  @Override
  public List<String> columns(Statement statement) {
    return real.columns(statement);
  }

  @Override
  public @Nullable StatementRows execute(
      Statement statement, String sql, TransactionView transaction) {
    return real.execute(statement, sql, transaction);
  }

  @Override
  public Map<String, Select> materializedViews(DatabaseSchema schema, TransactionView transaction) {
    return real.materializedViews(schema, transaction);
  }

  @Override
  public boolean isCurrent(Table materializedView, TransactionView transaction) {
    return real.isCurrent(materializedView, transaction);
  }

  @Override
  public boolean maintains(Table table) {
    return real.maintains(table);
  }

  @Override
  public boolean guards(Table table) {
    return real.guards(table);
  }

  @Override
  public boolean standsIn(Trigger trigger) {
    return real.standsIn(trigger);
  }

  @Override
  public void foreignCommit() {
    real.foreignCommit();
  }

  @Override
  public void close() {
    real.close();
  }

  /** A change set in which some changes are not seen. */
  static ChangeSet without(ChangeSet changes, Predicate<RowChange> lost) {
    return changed(changes, lost, changes.transaction());
  }

  /** A change set that says that it is of another transaction. */
  static ChangeSet numbered(ChangeSet changes, long number) {
    return changed(changes, change -> false, number);
  }

  private static ChangeSet changed(ChangeSet changes, Predicate<RowChange> lost, long number) {
    return new ChangeSet() {
      @Override
      public long mark() {
        return changes.mark();
      }

      @Override
      public long size() {
        return changes.size();
      }

      @Override
      public long interest() {
        return changes.interest();
      }

      @Override
      public long transaction() {
        return number;
      }

      @Override
      public ChangeCursor cursor(long from, long to) {
        ChangeCursor cursor = changes.cursor(from, to);
        return new ChangeCursor() {
          @Override
          public boolean next() {
            boolean more = cursor.next();
            while (more && lost.test(cursor.change())) {
              more = cursor.next();
            }
            return more;
          }

          @Override
          public RowChange change() {
            return cursor.change();
          }

          @Override
          public long position() {
            return cursor.position();
          }
        };
      }
    };
  }
}
