package dev.turso.dbsp.view;

import dev.turso.btree.IndexCursor;
import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeSet;
import dev.turso.change.ExtensionHost;
import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.BusyException;
import dev.turso.error.CorruptException;
import dev.turso.error.DatabaseException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.IoException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.SqlException;
import dev.turso.format.KeyComparator;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.schema.Table;
import dev.turso.schema.Trigger;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The materialized views of one open database.
 *
 * <p>Calls with a transaction come from its thread, and those that write only under the database's write
 * lock; {@link #wants} and {@link #measures} from any thread.
 */
public final class AttachedViews implements AttachedExtension {

  /**
   * Tells in a stamp how the columns of a view below are compared: views over views that were built when
   * those were compared as their tables say are built anew.
   */
  private static final String COMPARED = " -- compared as its query";

  private final ExtensionHost host;

  private final ViewStatements statements = new ViewStatements(this);
  private final ViewFiller filler;
  private final DefinitionReader definitions = new DefinitionReader();
  private final Map<String, ViewMeasure> measures = new ConcurrentHashMap<>();

  /** Folded names of the tables that some view reads, as far as any schema read so far tells. */
  private volatile Set<String> bases = Set.of();

  private final Map<Long, Stamped> stamped = new ConcurrentHashMap<>();
  private final Map<Long, MaintainedView> compiled = new HashMap<>();
  private long compiledAt = -1;

  /** The transaction that what follows is about; with the next one it all is as if new. */
  private @Nullable ChangeSet current;

  private @Nullable Thread writer;
  private boolean compiledHere;
  private boolean foreignChecked;

  /** The schema, and the count of other processes' commits, with which no foreign writing was found. */
  private @Nullable DatabaseSchema cleanSchema;

  private long cleanCommits;

  /** The schema without any view that was seen last. */
  private volatile @Nullable DatabaseSchema withoutViews;

  /** Whether a view's stamp was that of a schema. */
  private record Stamped(DatabaseSchema schema, ViewDefinition definition, boolean same) {}

  AttachedViews(ExtensionHost host) {
    this.host = host;
    this.filler = new ViewFiller(this, host);
  }

  @Override
  public String name() {
    return "turso-dbsp";
  }

  // ---- what is recorded, read and guarded

  @Override
  public boolean wants(Table table) {
    return bases.contains(Names.fold(table.name()));
  }

  @Override
  public Map<String, Select> materializedViews(DatabaseSchema schema, TransactionView transaction) {
    Map<String, Select> found = new HashMap<>();
    Set<String> read = new HashSet<>();
    for (ViewDefinition each : definitions.read(schema, transaction.store())) {
      try {
        found.put(Names.fold(each.name()), each.select());
      } catch (DatabaseException e) {
        // Not text that this release understands: the table stays an ordinary one.
        continue;
      }
      read.addAll(each.bases());
      if (each.status() == ViewDefinition.Status.FILLING) {
        filler.wake();
      }
    }
    if (!bases.containsAll(read)) {
      Set<String> all = new HashSet<>(bases);
      all.addAll(read);
      bases = Set.copyOf(all);
      host.interestChanged();
    }
    return found;
  }

  @Override
  public boolean isCurrent(Table view, TransactionView transaction) {
    ViewDefinition definition = find(transaction, view.name());
    return definition == null
        || definition.isCurrent()
            && !foreignWritten(transaction)
            && hasStamp(definition, transaction.schema());
  }

  @Override
  public boolean guards(Table table) {
    return table.materializedView() || SideTables.isOwn(table.name());
  }

  @Override
  public boolean standsIn(Trigger trigger) {
    return Names.startsWith(trigger.name(), SideTables.WATCH)
        && trigger
            .sql()
            .equals(ViewStatements.watchText(Names.fold(trigger.table()), trigger.event()));
  }

  /** All definitions, as the transaction sees them. */
  List<ViewDefinition> definitions(TransactionView transaction) {
    return definitions.read(transaction.schema(), transaction.store());
  }

  /** The definition of a view, or null. */
  @Nullable ViewDefinition find(TransactionView transaction, String view) {
    for (ViewDefinition each : definitions(transaction)) {
      if (Names.same(each.name(), view)) {
        return each;
      }
    }
    return null;
  }

  /** Whether an engine without this module has written a base table or numbered rows anew. */
  private static boolean foreignWritten(TransactionView transaction) {
    Table flags = transaction.schema().table(SideTables.FOREIGN);
    return flags == null
        || !SideTables.isMarked(transaction.schema(), transaction.store())
        || new IndexCursor(transaction.store(), flags.rootPage(), KeyComparator.binary(1)).first();
  }

  /** Whether the bases are what they were when the view was built. */
  private boolean hasStamp(ViewDefinition view, DatabaseSchema schema) {
    Stamped known = stamped.get(view.id());
    if (known == null || known.schema != schema || known.definition != view) {
      known = new Stamped(schema, view, view.stamp().equals(stamp(schema, view)));
      stamped.put(view.id(), known);
    }
    return known.same;
  }

  /** What must not change below a view without this module seeing it. */
  private static String stamp(DatabaseSchema schema, ViewDefinition view) {
    StringBuilder text = new StringBuilder();
    for (String each : view.bases()) {
      Table table = schema.table(each);
      text.append(table == null ? each : table.sql());
      if (table != null && table.materializedView()) {
        text.append(COMPARED);
      }
      text.append('\n');
    }
    return text.toString();
  }

  // ---- maintenance

  @Override
  public void maintain(TransactionView transaction, ChangeSet changes, long from, long to) {
    DatabaseSchema schema = transaction.schema();
    if (schema == withoutViews) {
      return;
    }
    if (schema.table(SideTables.VIEWS) == null) {
      withoutViews = schema;
      return;
    }
    PendingChanges pending = new PendingChanges(SideTables.encoding(transaction.store()));
    pending.add(changes, from, to);
    enter(changes);
    if (!foreignChecked && !isKnownClean(transaction.schema())) {
      mendForeign(transaction);
    }
    foreignChecked = true;
    for (ViewDefinition each : definitions(transaction)) {
      maintain(transaction, each, pending);
    }
  }

  /**
   * Whether nothing can have been written by an engine without this module since that was looked for:
   * it would be another process's, or have numbered rows anew, with another schema.
   */
  private boolean isKnownClean(DatabaseSchema schema) {
    return schema == cleanSchema && host.foreignCommits() == cleanCommits;
  }

  private void mendForeign(TransactionView transaction) {
    if (!foreignWritten(transaction)) {
      cleanSchema = transaction.schema();
      cleanCommits = host.foreignCommits();
      return;
    }
    transaction.execute("DELETE FROM " + SideTables.FOREIGN);
    SideTables.setMark(transaction);
    markAllStale(transaction);
  }

  private synchronized void enter(ChangeSet transaction) {
    if (current != transaction) {
      current = transaction;
      writer = Thread.currentThread();
      compiledHere = false;
      foreignChecked = false;
    }
  }

  private void markAllStale(TransactionView transaction) {
    for (ViewDefinition each : definitions(transaction)) {
      if (each.isCurrent()) {
        SideTables.write(
            transaction,
            each.with(ViewDefinition.Status.STALE, "written by an engine without turso-dbsp"));
      } else if (each.status() == ViewDefinition.Status.FILLING) {
        // With no stamp it begins anew.
        SideTables.write(transaction, each.filling("", ""));
      }
    }
  }

  private void maintain(
      TransactionView transaction, ViewDefinition definition, PendingChanges pending) {
    if (definition.status() == ViewDefinition.Status.EMPTY) {
      return;
    }
    if (definition.status() == ViewDefinition.Status.FILLING) {
      maintainFilling(transaction, definition, pending);
      return;
    }
    boolean fresh = definition.isCurrent() && hasStamp(definition, transaction.schema());
    if (fresh && !pending.touches(definition.bases())) {
      return;
    }
    if (!fresh
        && definition.status() == ViewDefinition.Status.FAILED
        && !pending.touches(definition.bases())) {
      return;
    }
    attempt(
        transaction,
        definition,
        view -> {
          requireCurrentBases(transaction, definition);
          return fresh && definition.shape().equals(view.shape())
              ? view.maintain(transaction, pending, host::wants)
              : build(transaction, definition, view, pending);
        });
  }

  private void maintainFilling(
      TransactionView transaction, ViewDefinition definition, PendingChanges pending) {
    if (pending.touches(definition.bases()) && hasStamp(definition, transaction.schema())) {
      attempt(
          transaction,
          definition,
          view ->
              view.canBeSliced() && view.shape().equals(definition.shape())
                  ? view.maintainFilling(transaction, pending, host::wants)
                  : 0);
    }
  }

  /** Fills a view that was just created; over one that is not current it waits for that one. */
  void fillNow(TransactionView transaction, ViewDefinition definition) {
    for (ViewDefinition each : definitions(transaction)) {
      if (!each.isCurrent() && definition.bases().contains(Names.fold(each.name()))) {
        String why = "the materialized view " + each.name() + " is not current";
        SideTables.write(transaction, definition.with(ViewDefinition.Status.STALE, why));
        return;
      }
    }
    PendingChanges nothing = new PendingChanges(SideTables.encoding(transaction.store()));
    build(transaction, definition, compiled(definition, transaction), nothing);
  }

  /** Begins to fill a view in slices, or the filling anew. */
  void beginFill(TransactionView transaction, ViewDefinition definition) {
    MaintainedView view = compiled(definition, transaction);
    PendingChanges pending = new PendingChanges(SideTables.encoding(transaction.store()));
    if (view.canBeSliced()) {
      view.beginFill(transaction, pending, host::wants);
    }
    SideTables.write(
        transaction, definition.filling(view.shape(), stamp(transaction.schema(), definition)));
    dependentsWait(transaction, definition);
    filler.wake();
  }

  /** Takes the next slice of a view that is being filled; with the last one it is current. */
  void fillSlice(TransactionView transaction, long id, int most) {
    mend(transaction);
    for (ViewDefinition each : definitions(transaction)) {
      if (each.id() == id && each.status() == ViewDefinition.Status.FILLING) {
        fillSlice(transaction, each, most);
      }
    }
  }

  private void fillSlice(TransactionView transaction, ViewDefinition definition, int most) {
    attempt(
        transaction,
        definition,
        view -> {
          requireCurrentBases(transaction, definition);
          if (!view.shape().equals(definition.shape())
              || !hasStamp(definition, transaction.schema())) {
            beginFill(transaction, definition);
            return 0;
          }
          PendingChanges pending = new PendingChanges(SideTables.encoding(transaction.store()));
          if (!view.canBeSliced()) {
            build(transaction, definition, view, pending);
          } else if (view.fillSlice(transaction, pending, host::wants, most)) {
            return most;
          } else {
            SideTables.write(transaction, definition.built(definition.shape(), definition.stamp()));
          }
          pending.name(definition.name());
          follow(transaction, definition, pending);
          return 0;
        });
  }

  /** Work on one view. */
  @FunctionalInterface
  private interface Work {

    /** Returns how many rows were written. */
    long on(MaintainedView view);
  }

  /** Does something for a view; what is the view's own fault makes it a failed one. */
  private void attempt(TransactionView transaction, ViewDefinition definition, Work work) {
    long start = System.nanoTime();
    try {
      MaintainedView view = compiled(definition, transaction);
      long written = work.on(view);
      measure(view, written, start);
    } catch (InterruptedStatementException
        | IoException
        | CorruptException
        | BusyException
        | ReadOnlyException e) {
      // Not the view's fault: the transaction fails as a whole.
      throw e;
    } catch (RuntimeException e) {
      fail(transaction, definition, e);
    }
  }

  /** Another process may have written base tables: views that it made stale are rebuilt now. */
  @Override
  public void foreignCommit() {
    if (!bases.isEmpty()) {
      host.inTransaction(this::mend);
    }
  }

  private void requireCurrentBases(TransactionView transaction, ViewDefinition of) {
    if (!readsViews(transaction.schema(), of)) {
      return;
    }
    for (ViewDefinition each : definitions(transaction)) {
      if (!each.isCurrent() && of.bases().contains(Names.fold(each.name()))) {
        throw new SqlException(
            "the materialized view " + each.name() + " is not current: " + each.message());
      }
    }
  }

  private static boolean readsViews(DatabaseSchema schema, ViewDefinition view) {
    for (String each : view.bases()) {
      Table table = schema.table(each);
      if (table != null && table.materializedView()) {
        return true;
      }
    }
    return false;
  }

  /** Builds a view anew and marks it current. */
  long build(
      TransactionView transaction,
      ViewDefinition definition,
      MaintainedView view,
      PendingChanges pending) {
    long written = view.build(transaction, pending, host::wants);
    SideTables.write(
        transaction, definition.built(view.shape(), stamp(transaction.schema(), definition)));
    return written;
  }

  private void measure(MaintainedView view, long written, long start) {
    String name = view.definition().name();
    long micros = (System.nanoTime() - start) / 1000;
    measures.put(name, new ViewMeasure(name, view.rowsTouched(), written, micros));
  }

  /** A view that cannot be computed does not keep its base tables from being written. */
  private void fail(TransactionView transaction, ViewDefinition definition, RuntimeException e) {
    SideTables.write(
        transaction, definition.with(ViewDefinition.Status.FAILED, String.valueOf(e.getMessage())));
    dependentsWait(transaction, definition);
  }

  /** Views over one that is not current are not current either. */
  private void dependentsWait(TransactionView transaction, ViewDefinition on) {
    Set<String> names = new HashSet<>(Set.of(Names.fold(on.name())));
    for (ViewDefinition each : definitions(transaction)) {
      if (each.isCurrent() && !Collections.disjoint(names, each.bases())) {
        String why = "the materialized view " + on.name() + " is not current";
        SideTables.write(transaction, each.with(ViewDefinition.Status.STALE, why));
        names.add(Names.fold(each.name()));
      }
    }
  }

  /** A view compiled under the transaction's schema. */
  MaintainedView compiled(ViewDefinition definition, TransactionView transaction) {
    enter(transaction.changes());
    long cookie = transaction.schema().cookie();
    if (cookie != compiledAt) {
      compiled.clear();
      compiledAt = cookie;
      compiledHere = true;
    }
    MaintainedView found = compiled.get(definition.id());
    if (found == null) {
      found = MaintainedView.compile(definition, transaction);
      compiled.put(definition.id(), found);
    }
    return found;
  }

  /** Forgets what was compiled: the schema is about to change or has changed. */
  void forgetCompiled() {
    compiled.clear();
    compiledAt = -1;
  }

  @Override
  public void rollbackTo(long mark) {
    if (compiledHere) {
      forgetCompiled();
    }
  }

  /** After a commit the next writer may be here already, so that only this one's marks are wiped. */
  @Override
  public synchronized void afterTransaction(long transaction, boolean committed) {
    if (!committed && compiledHere) {
      forgetCompiled();
    }
    if (!committed || writer == Thread.currentThread()) {
      current = null;
      writer = null;
    }
  }

  @Override
  public void close() {
    filler.close();
  }

  // ---- statements and figures

  @Override
  public boolean handles(Statement statement, DatabaseSchema schema) {
    return statements.handles(statement, schema);
  }

  @Override
  public boolean writes(Statement statement) {
    return statements.writes(statement);
  }

  @Override
  public List<String> columns(Statement statement) {
    return statements.columns(statement);
  }

  @Override
  public @Nullable StatementRows execute(
      Statement statement, String sql, TransactionView transaction) {
    return statements.execute(statement, sql, transaction);
  }

  /** Tells the engine that more tables are read by views. */
  void baseAdded(List<String> names) {
    Set<String> all = new HashSet<>(bases);
    all.addAll(names);
    bases = Set.copyOf(all);
    host.interestChanged();
  }

  /** Builds what is stale anew, as the next writer would. */
  void mend(TransactionView transaction) {
    maintain(transaction, transaction.changes(), 0, 0);
  }

  /** Makes tables or views of all materialized views and drops everything else of this module. */
  void detach(TransactionView transaction, boolean asViews) {
    statements.detach(transaction, asViews);
  }

  /** Brings the views over a view up to date after it was built anew. */
  void follow(TransactionView transaction, ViewDefinition built, PendingChanges pending) {
    for (ViewDefinition each : definitions(transaction)) {
      if (each.id() > built.id()) {
        maintain(transaction, each, pending);
      }
    }
  }

  /** What the last maintenance of a view did, or null if there was none. */
  @Nullable ViewMeasure measure(String view) {
    return measures.get(view);
  }

  /** What the last maintenance of each view did. */
  public List<ViewMeasure> measures() {
    return new ArrayList<>(measures.values());
  }
}
