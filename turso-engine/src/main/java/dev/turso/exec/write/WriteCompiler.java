package dev.turso.exec.write;

import dev.turso.bind.BoundDelete;
import dev.turso.bind.BoundInsert;
import dev.turso.bind.BoundTrigger;
import dev.turso.bind.BoundUpdate;
import dev.turso.bind.BoundVirtualWrite;
import dev.turso.bind.BoundWrite;
import dev.turso.bind.Returning;
import dev.turso.bind.TableExpressions;
import dev.turso.bind.TableRow;
import dev.turso.change.Origin;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Locations;
import dev.turso.exec.expression.Node;
import dev.turso.exec.operator.Executable;
import dev.turso.exec.operator.ExecutableBuilder;
import dev.turso.function.CallPurpose;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.BoundExpression;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.SortKey;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.plan.physical.TableKnowledge;
import dev.turso.schema.Catalog;
import dev.turso.schema.Index;
import dev.turso.schema.IndexPart;
import dev.turso.schema.KeyPart;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.value.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes operations of bound INSERT, UPDATE and DELETE statements, and programs of triggers. */
public final class WriteCompiler {

  private static final UpsertClause[] NO_UPSERTS = {};

  private final Catalog catalog;
  private final TableKnowledge knowledge;
  private final TriggerPrograms programs;
  private final ForeignKeyPlans foreignKeys;

  public WriteCompiler(
      Catalog catalog,
      TableKnowledge knowledge,
      TriggerPrograms programs,
      ForeignKeyPlans foreignKeys) {
    this.catalog = catalog;
    this.knowledge = knowledge;
    this.programs = programs;
    this.foreignKeys = foreignKeys;
  }

  /** A statement of its own. */
  public WriteOperation compile(BoundWrite write, Origin origin) {
    return compile(write, origin, new Frame(), new Locations());
  }

  /** A trigger's program, for the table or view stand-in that it watches. */
  public TriggerProgram compile(
      BoundTrigger bound, Table target, Origin origin, @Nullable ConflictAction conflict) {
    Frame frame = new Frame();
    Locations locations = new Locations();
    int oldBase = placeOuter(bound.oldRow(), target, frame, locations);
    int newBase = placeOuter(bound.newRow(), target, frame, locations);
    Executable when =
        bound.when() == null
            ? null
            : builder(frame, locations)
                .executable(new LogicalPlan.Filter(new LogicalPlan.SingleRow(), bound.when()));
    List<TriggerProgram.Step> steps = new ArrayList<>();
    for (BoundTrigger.Step each : bound.body()) {
      steps.add(
          switch (each) {
            case BoundTrigger.QueryStep q ->
                new TriggerProgram.Step(
                    builder(frame, locations).executable(q.query().plan()), null);
            case BoundTrigger.WriteStep w ->
                new TriggerProgram.Step(
                    null, compile(withConflict(w.write(), conflict), origin, frame, locations));
          });
    }
    return new TriggerProgram(
        frame, oldBase, newBase, when, steps.toArray(new TriggerProgram.Step[0]));
  }

  /** The OR of the outermost statement holds for those of the triggers it fires. */
  private static BoundWrite withConflict(BoundWrite write, @Nullable ConflictAction conflict) {
    if (conflict == null) {
      return write;
    }
    return switch (write) {
      case BoundInsert s ->
          new BoundInsert(
              s.table(),
              s.targetIsView(),
              s.expressions(),
              conflict,
              s.source(),
              s.columnSources(),
              s.rowidSource(),
              s.upserts(),
              s.returning());
      case BoundUpdate s ->
          new BoundUpdate(
              s.table(),
              s.targetIsView(),
              s.expressions(),
              conflict,
              s.source(),
              s.keyColumns(),
              s.assigned(),
              s.existing(),
              s.values(),
              s.freeColumn(),
              s.returning());
      case BoundDelete s -> s;
      case BoundVirtualWrite s -> s;
    };
  }

  private ExecutableBuilder builder(Frame frame, Locations locations) {
    return new ExecutableBuilder(
        frame, locations, new PhysicalPlanner(knowledge), CallPurpose.QUERY);
  }

  private static int placeOuter(
      @Nullable TableRow row, Table target, Frame frame, Locations locations) {
    if (row == null) {
      return -1;
    }
    RowPlaces places = TargetCompiler.newPlaces(frame, target);
    TargetCompiler.placeRow(row, locations, places);
    return places.base();
  }

  private WriteOperation compile(
      BoundWrite write, Origin origin, Frame frame, Locations locations) {
    ExecutableBuilder builder = builder(frame, locations);
    return switch (write) {
      case BoundInsert s -> insert(s, origin, target(s, s.expressions(), builder), builder);
      case BoundUpdate s -> update(s, origin, target(s, s.expressions(), builder), builder);
      case BoundDelete s -> delete(s, origin, target(s, s.expressions(), builder), builder);
      case BoundVirtualWrite s -> new VirtualOperation(frame, builder.executable(s.source()), s);
    };
  }

  private TargetCompiler target(
      BoundWrite write, TableExpressions expressions, ExecutableBuilder builder) {
    return new TargetCompiler(
        write.table(),
        write.targetIsView(),
        expressions,
        builder.frame(),
        builder.locations(),
        new PhysicalPlanner(knowledge));
  }

  // ---- INSERT ----

  private WriteOperation insert(
      BoundInsert s, Origin origin, TargetCompiler target, ExecutableBuilder builder) {
    WriteTarget compiled = target(s, target, s.conflict(), s.upserts(), null);
    ReturningSink returning =
        returning(s.returning(), compiled.newRow(), builder.frame(), builder.locations());
    RowDeleter deleter = new RowDeleter(compiled, origin, returning);
    UpsertClause[] upserts = upserts(s, origin, target, compiled, builder, returning);
    RowInserter inserter =
        new RowInserter(compiled, origin, deleter, upserts, sequence(s.table()), returning);
    boolean hooks = hasHooks(compiled);
    boolean oneRow = SourceShape.isOneRow(s.source());
    RowBuffer setAside =
        SourceShape.reads(s.source()) || !oneRow && (hooks || upserts.length > 0)
            ? new RowBuffer()
            : null;
    boolean mayFailMidway = !oneRow || hooks;
    Executable source = builder.executable(s.source());
    return new InsertOperation(
        builder.frame(),
        source,
        compiled,
        inserter,
        s.columnSources(),
        s.rowidSource(),
        target.defaults(s.columnSources()),
        setAside,
        mayFailMidway,
        !SourceShape.isOneValuesRow(s.source()),
        returning);
  }

  private static boolean hasHooks(WriteTarget target) {
    return target.insertTriggers() != TriggerRunner.NONE
        || target.updateTriggers() != TriggerRunner.NONE
        || target.foreignKeys() != ForeignKeyRunner.NONE;
  }

  private @Nullable Sequence sequence(Table table) {
    if (!table.autoincrement()) {
      return null;
    }
    Table sequences = catalog.databaseOf(table).table("sqlite_sequence");
    return sequences == null ? null : new Sequence(table, sequences);
  }

  private UpsertClause[] upserts(
      BoundInsert s,
      Origin origin,
      TargetCompiler target,
      WriteTarget compiled,
      ExecutableBuilder builder,
      ReturningSink returning) {
    if (s.upserts().isEmpty()) {
      return NO_UPSERTS;
    }
    UpsertClause[] clauses = new UpsertClause[s.upserts().size()];
    for (int i = 0; i < clauses.length; i++) {
      clauses[i] = upsert(s.upserts().get(i), origin, target, compiled, builder, returning);
    }
    return clauses;
  }

  private UpsertClause upsert(
      BoundInsert.BoundUpsert u,
      Origin origin,
      TargetCompiler target,
      WriteTarget compiled,
      ExecutableBuilder builder,
      ReturningSink returning) {
    if (u.doNothing()) {
      return new UpsertClause(new int[0], WriteTarget.NO_ROW, null, null);
    }
    alias(u.existing(), compiled.oldRow(), builder.locations());
    TargetCompiler.placeRow(u.excluded(), builder.locations(), target.places());
    int n = u.assignments().size();
    int[] columns = new int[n];
    Node[] values = new Node[n];
    for (int i = 0; i < n; i++) {
      columns[i] = u.assignments().get(i).column();
      values[i] = builder.compileForChangingTables(u.assignments().get(i).value());
    }
    Node where = u.where() == null ? null : builder.compileForChangingTables(u.where());
    TriggerRunner triggers = updateTriggers(compiled.table(), columns, ConflictAction.ABORT);
    RowChecks checks = target.checks(ConflictAction.ABORT);
    WriteTarget updated = withUpdateRules(compiled, checks, triggers, columns);
    return new UpsertClause(
        columns,
        values,
        where,
        updater(updated, origin, new RowDeleter(updated, origin, returning), columns, returning));
  }

  /** An upsert's UPDATE aborts on a conflict, whatever the INSERT or the constraints would do. */
  private WriteTarget withUpdateRules(
      WriteTarget t, RowChecks checks, TriggerRunner updateTriggers, int[] columns) {
    return new WriteTarget(
        t.table(),
        t.places(),
        t.writer(),
        t.oldRow(),
        t.newRow(),
        checks,
        UniqueChecks.of(t.table(), t.writer(), ConflictAction.ABORT, List.of()),
        ConflictAction.ABORT,
        t.insertTriggers(),
        updateTriggers,
        t.deleteTriggers(),
        foreignKeys.of(t.table(), columns),
        t.deleteKeys());
  }

  /** Makes the columns of a row other names of what nodes compute. */
  private static void alias(TableRow row, Node[] nodes, Locations locations) {
    for (int i = 0; i < row.columns().size(); i++) {
      locations.place(row.columns().get(i), nodes[i]);
    }
    BoundColumn rowid = row.rowid();
    if (rowid != null && row.table().rowidAlias() < 0) {
      locations.place(rowid, nodes[nodes.length - 1]);
    }
  }

  // ---- UPDATE ----

  private WriteOperation update(
      BoundUpdate s, Origin origin, TargetCompiler target, ExecutableBuilder builder) {
    WriteTarget compiled = target(s, target, s.conflict(), List.of(), s.assigned());
    ReturningSink returning =
        returning(s.returning(), compiled.newRow(), builder.frame(), builder.locations());
    RowUpdater updater =
        updater(
            compiled, origin, new RowDeleter(compiled, origin, returning), s.assigned(), returning);
    Node[] values = new Node[s.values().size()];
    if (s.existing() != null) {
      alias(s.existing(), compiled.oldRow(), builder.locations());
      for (int i = 0; i < values.length; i++) {
        values[i] = builder.compileOutside(s.values().get(i));
      }
    }
    boolean repeats = s.existing() == null && !s.targetIsView();
    Executable source =
        repeats ? builder.sorted(s.source(), keyOrder(s)) : builder.executable(s.source());
    return new UpdateOperation(
        builder.frame(),
        source,
        compiled,
        updater,
        s.keyColumns(),
        s.assigned(),
        values,
        target.viewBase(),
        repeats,
        returning);
  }

  /** The order of the keys of the table's rows. */
  private static List<SortKey> keyOrder(BoundUpdate s) {
    List<SortKey> keys = new ArrayList<>();
    for (int i = 0; i < s.keyColumns(); i++) {
      BoundExpression column = new BoundExpression.ColumnReference(s.source().columns().get(i));
      if (s.table().withoutRowid()) {
        KeyPart part = s.table().primaryKey().get(i);
        keys.add(new SortKey(column, part.descending(), !part.descending(), part.collation()));
      } else {
        keys.add(new SortKey(column, false, true, Collation.BINARY));
      }
    }
    return keys;
  }

  private static RowUpdater updater(
      WriteTarget target,
      Origin origin,
      RowDeleter deleter,
      int[] columns,
      ReturningSink returning) {
    Table table = target.table();
    boolean[] assigned = new boolean[table.columns().size()];
    boolean rowid = false;
    for (int each : columns) {
      if (each < 0 || each == table.rowidAlias()) {
        rowid = true;
      }
      if (each >= 0) {
        assigned[each] = true;
      }
    }
    boolean key = rowid;
    if (table.withoutRowid()) {
      for (KeyPart each : table.primaryKey()) {
        key |= assigned[each.column()];
      }
    }
    return new RowUpdater(
        target, origin, deleter, assigned, rowid, key, touched(target, assigned, key), returning);
  }

  private static boolean[] touched(WriteTarget target, boolean[] assigned, boolean key) {
    TableWriter writer = target.writer();
    if (writer == null) {
      return new boolean[0];
    }
    boolean[] touched = new boolean[writer.indexes().length];
    for (int i = 0; i < touched.length; i++) {
      touched[i] = key || isTouched(writer.indexes()[i].index(), assigned);
    }
    return touched;
  }

  private static boolean isTouched(Index index, boolean[] assigned) {
    if (index.predicate() != null) {
      return true;
    }
    for (IndexPart each : index.parts()) {
      if (each.isExpression()
          || each.column() >= 0
              && (assigned[each.column()]
                  || index.table().columns().get(each.column()).isGenerated())) {
        return true;
      }
    }
    return false;
  }

  // ---- DELETE ----

  private WriteOperation delete(
      BoundDelete s, Origin origin, TargetCompiler target, ExecutableBuilder builder) {
    WriteTarget compiled = target(s, target, null, List.of(), null);
    boolean everything =
        s.everything()
            && !s.targetIsView()
            && s.returning() == null
            && compiled.deleteTriggers() == TriggerRunner.NONE;
    ReturningSink returning =
        returning(s.returning(), compiled.oldRow(), builder.frame(), builder.locations());
    Executable source = builder.executable(s.source());
    return new DeleteOperation(
        builder.frame(),
        source,
        compiled,
        new RowDeleter(compiled, origin, returning),
        origin,
        source.columnCount(),
        target.viewBase(),
        everything,
        returning);
  }

  // ---- what they share ----

  private WriteTarget target(
      BoundWrite s,
      TargetCompiler target,
      @Nullable ConflictAction action,
      List<BoundInsert.BoundUpsert> upserts,
      int @Nullable [] assigned) {
    Table table = s.table();
    TableWriter writer = target.writer();
    if (!s.targetIsView() && (s instanceof BoundDelete || s instanceof BoundUpdate)) {
      foreignKeys.checkActions(table, assigned);
    }
    return new WriteTarget(
        table,
        target.places(),
        writer,
        target.oldRow(),
        target.newRow(),
        target.checks(action),
        UniqueChecks.of(table, writer, action, upserts),
        action,
        triggers(table, CreateTrigger.Event.INSERT, action, s instanceof BoundInsert),
        assigned == null ? TriggerRunner.NONE : updateTriggers(table, assigned, action),
        triggers(table, CreateTrigger.Event.DELETE, null, s instanceof BoundDelete),
        s.targetIsView() ? ForeignKeyRunner.NONE : foreignKeys.of(table, assigned),
        s.targetIsView() ? ForeignKeyRunner.NONE : foreignKeys.of(table, null));
  }

  private TriggerRunner triggers(
      Table table, CreateTrigger.Event event, @Nullable ConflictAction action, boolean certain) {
    return fired(table, fired(table, event), action, certain);
  }

  /**
   * @param certain whether every row of the statement fires them, not just one that is replaced
   */
  private TriggerRunner fired(
      Table table, List<Trigger> triggers, @Nullable ConflictAction action, boolean certain) {
    for (Trigger each : triggers) {
      if (certain) {
        programs.require(each, table, action);
      }
    }
    return FiredTriggers.of(table, triggers, programs, action);
  }

  private List<Trigger> fired(Table table, CreateTrigger.Event event) {
    List<Trigger> all = catalog.triggersOn(table.databaseIndex(), table.name(), event);
    List<Trigger> fired = new ArrayList<>(all.size());
    for (Trigger each : all) {
      if (programs.fires(each)) {
        fired.add(each);
      }
    }
    return fired;
  }

  private TriggerRunner updateTriggers(
      Table table, int[] assigned, @Nullable ConflictAction action) {
    List<Trigger> fired = new ArrayList<>();
    for (Trigger each : fired(table, CreateTrigger.Event.UPDATE)) {
      if (each.updateOf().isEmpty() || watches(each, table, assigned)) {
        fired.add(each);
      }
    }
    return fired(table, fired, action, true);
  }

  private static boolean watches(Trigger trigger, Table table, int[] assigned) {
    for (int each : assigned) {
      String name = each < 0 ? "rowid" : table.columns().get(each).name();
      for (String watched : trigger.updateOf()) {
        if (Names.same(watched, name)) {
          return true;
        }
      }
    }
    return false;
  }

  private ReturningSink returning(
      @Nullable Returning returning, Node[] row, Frame frame, Locations locations) {
    if (returning == null) {
      return new ReturningSink(null);
    }
    alias(returning.row(), row, locations);
    ExecutableBuilder builder = builder(frame, locations);
    Node[] nodes = new Node[returning.expressions().size()];
    boolean mayFail = false;
    for (int i = 0; i < nodes.length; i++) {
      BoundExpression each = returning.expressions().get(i);
      nodes[i] = builder.compileForChangingTables(each);
      mayFail |= !(each instanceof BoundExpression.ColumnReference);
    }
    return new ReturningSink(
        new ReturningRow(nodes, builder.executable(new LogicalPlan.SingleRow()), mayFail));
  }
}
