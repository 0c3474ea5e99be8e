package dev.turso.session;

import dev.turso.bind.BoundDelete;
import dev.turso.bind.BoundInsert;
import dev.turso.bind.BoundUpdate;
import dev.turso.bind.BoundVirtualWrite;
import dev.turso.bind.BoundWrite;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.TreeWalker;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;

/** The tables that a statement reads. */
final class TablesRead extends TreeWalker {

  private final List<Table> tables = new ArrayList<>();

  /** Whether a pragma is read that looks into databases. */
  private boolean everything;

  private TablesRead() {}

  static TablesRead of(LogicalPlan plan) {
    TablesRead walker = new TablesRead();
    walker.walk(plan);
    return walker;
  }

  static TablesRead of(BoundWrite write) {
    return switch (write) {
      case BoundInsert s -> {
        TablesRead walker = of(s.source());
        for (BoundInsert.BoundUpsert each : s.upserts()) {
          each.assignments().forEach(assignment -> walker.walk(assignment.value()));
        }
        yield walker;
      }
      case BoundUpdate s -> {
        TablesRead walker = of(s.source());
        s.values().forEach(walker::walk);
        yield walker;
      }
      case BoundDelete s -> of(s.source());
      case BoundVirtualWrite s -> of(s.source());
    };
  }

  List<Table> tables() {
    return tables;
  }

  /** Their databases, as bits by index. */
  long databases() {
    long bits = everything ? -1L : 0;
    for (Table each : tables) {
      bits |= 1L << each.databaseIndex();
    }
    return bits;
  }

  @Override
  public Boolean tableFunction(LogicalPlan.TableFunction node) {
    everything |=
        node.function() instanceof PageStatistics
            || node.function() instanceof PragmaFunction pragma && pragma.reads();
    return super.tableFunction(node);
  }

  @Override
  public Boolean scan(LogicalPlan.Scan node) {
    tables.add(node.table());
    return super.scan(node);
  }
}
