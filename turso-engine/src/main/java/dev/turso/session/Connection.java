package dev.turso.session;

import dev.turso.change.AttachedExtension;
import dev.turso.change.CommitParticipant;
import dev.turso.change.Position;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.MisuseException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.write.WriteContext;
import dev.turso.function.FunctionRegistry;
import dev.turso.function.StatementEnvironment;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Names;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.vfs.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A connection: its databases, its transaction, its settings, its statements.
 *
 * <p>Used by one thread at a time; {@link #interrupt} by any.
 */
public final class Connection implements AutoCloseable {

  private final List<@Nullable AttachedDatabase> slots = new ArrayList<>();

  /** Made anew when a slot is taken or given up, so that who goes through it is not disturbed. */
  private List<AttachedDatabase> present;

  private final Transactions transactions = new Transactions(this);
  private final ConnectionWriting writing = new ConnectionWriting(this);
  private final ConnectionEnvironment environment = new ConnectionEnvironment(this);
  private final Set<Frame> running = ConcurrentHashMap.newKeySet();
  private final PlanCache plans = new PlanCache();
  private final Preparation preparation = new Preparation(this);
  private final TriggerCache triggers = new TriggerCache(this);
  private final FileOpener opener;
  private FunctionRegistry functions;
  private final VirtualTables virtualTables;
  private @Nullable Catalog catalog;
  private int readsInProgress;
  private int busyTimeout;
  private boolean readOnly;
  private @Nullable String origin;
  private final Participation participation = new Participation(this);
  private Position lastCommit = Position.START;
  private volatile boolean interrupted;
  private boolean closed;

  /** What PRAGMA statements set and nothing but their readers care for. */
  final PragmaSettings pragmas = new PragmaSettings();

  /** Finds the files of ATTACH. */
  @FunctionalInterface
  public interface FileOpener {
    DatabaseLocation locate(String path);
  }

  public Connection(Pager main, FileOpener opener, ConnectionSettings settings) {
    this.opener = opener;
    SharedDatabase shared = SharedDatabase.of(main.database());
    slots.add(new AttachedDatabase("main", 0, main, shared));
    Pager temp = Pager.openPrivateMemory(PagerOptions.DEFAULT);
    slots.add(new AttachedDatabase("temp", 1, temp, SharedDatabase.of(temp.database())));
    present = AttachedDatabase.presentIn(slots);
    database(Catalog.TEMP).shared.limitAs(database(Catalog.MAIN).shared);
    functions = shared.names().functions();
    virtualTables = new VirtualTables(this, shared.names().tables());
    readOnly = settings.readOnly();
    writing.foreignKeys = settings.foreignKeys();
    busyTimeout(settings.busyTimeoutMillis());
    if (settings.synchronous() != null) {
      main.commitSettings().setSynchronous(JournalPragmas.level(settings.synchronous()));
    }
    for (AttachedDatabase each : databases()) {
      each.pager.setCancellation(() -> interrupted);
    }
  }

  // ---- statements ----

  /** Compiles the first statement of a text. */
  public PreparedStatement prepare(String sql) {
    checkOpen();
    try {
      return new PreparedStatement(this, sql);
    } catch (SqlException e) {
      if (!schemasMoved()) {
        throw e;
      }
      return new PreparedStatement(this, sql);
    }
  }

  /** Forgets the schemas that another connection has changed since they were read; whether any was. */
  private boolean schemasMoved() {
    boolean moved = false;
    for (AttachedDatabase each : databases()) {
      boolean held = each.pager.isReading();
      each.pager.beginRead();
      if (each.schema != null && !each.schemaIsCurrent()) {
        forgetSchema(each);
        moved = true;
      }
      if (!held && transactions.autoCommit()) {
        endRead(each);
      } else if (!held) {
        // The savepoints of a transaction that has not read anything yet stay.
        each.pager.endSnapshot();
      }
    }
    return moved;
  }

  /** Runs all statements of a text, dropping rows. */
  public void execute(String sql) {
    String rest = sql;
    while (true) {
      try (PreparedStatement statement = prepare(rest)) {
        if (statement.isEmpty()) {
          return;
        }
        statement.run();
        if (statement.tail() >= rest.length()) {
          return;
        }
        rest = rest.substring(statement.tail());
      }
    }
  }

  TriggerCache triggers() {
    return triggers;
  }

  PlanCache plans() {
    return plans;
  }

  Preparation preparation() {
    return preparation;
  }

  // ---- parts ----

  Participation participation() {
    return participation;
  }

  Transactions transactions() {
    return transactions;
  }

  ConnectionWriting writing() {
    return writing;
  }

  StatementEnvironment environment() {
    return environment;
  }

  /** The functions and collations statements may name. */
  public FunctionRegistry functions() {
    return functions;
  }

  /** Adds or replaces functions or collations; compiled statements are compiled anew. */
  public void functions(FunctionRegistry registry) {
    functions = registry;
    forgetPlans();
  }

  /** The table functions and modules that statements may name. */
  public VirtualTables virtualTables() {
    return virtualTables;
  }

  // ---- databases ----

  /** The databases that exist, main first. */
  List<AttachedDatabase> databases() {
    return present;
  }

  int databaseSlots() {
    return slots.size();
  }

  AttachedDatabase database(int index) {
    AttachedDatabase found = index < slots.size() ? slots.get(index) : null;
    if (found == null) {
      throw new MisuseException(ResultCode.MISUSE, "no database " + index);
    }
    return found;
  }

  /** Replaces a database by another connection's main one. */
  public void restore(String name, Connection source) {
    VacuumCommand.restore(this, name, source);
  }

  private AttachedDatabase named(String name) {
    AttachedDatabase found = database(name);
    if (found == null) {
      throw new SqlException("unknown database " + name);
    }
    return found;
  }

  /** Begins a copy of one of the databases to a file, whose content it replaces. */
  public Backup backup(String name, String file) {
    Pager source = named(name).pager.openAnother();
    try {
      Pager target = opener.locate(file).open();
      target.setBusyTimeout(busyTimeout);
      return new Backup(source, target);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** The newest commit of one of the databases as the bytes of a file. */
  public byte[] serialize(String name) {
    return DatabaseImage.of(named(name).pager);
  }

  /** Replaces one of the databases by the bytes of a file, in one transaction. */
  public void deserialize(String name, byte[] image) {
    AttachedDatabase target = named(name);
    if (!autoCommit() || readsInProgress()) {
      throw new SqlException("cannot deserialize within a transaction");
    }
    try (Pager pager = target.pager.openAnother()) {
      DatabaseImage.into(pager, image);
    }
    forgetSchema(target);
  }

  /** Copies what can be read of a damaged file to the main database, which is empty. */
  public SalvageReport salvage(FileSystem files, String path) {
    return new Salvage(this).run(files, opener.locate(path));
  }

  @Nullable AttachedDatabase database(String name) {
    for (AttachedDatabase each : slots) {
      if (each != null && Names.same(each.name, name)) {
        return each;
      }
    }
    return null;
  }

  private int indexOf(String name) {
    AttachedDatabase found = database(name);
    return found == null ? -1 : found.index;
  }

  void attach(DatabaseLocation location, String name) {
    int index = AttachedDatabase.freeAmong(slots);
    AttachedDatabase made = AttachedDatabase.open(this, location, name, index);
    made.pager.setCancellation(() -> interrupted);
    if (index == slots.size()) {
      slots.add(made);
    } else {
      slots.set(index, made);
    }
    present = AttachedDatabase.presentIn(slots);
    forgetCatalog();
    try {
      catalog();
    } catch (RuntimeException e) {
      detach(made);
      throw e;
    }
  }

  /** Where a file is that is not attached. */
  DatabaseLocation locate(String path) {
    return opener.locate(path);
  }

  /** Another connection, with this one's settings, whose main database is one of this one's. */
  Connection another(AttachedDatabase database, DatabaseLocation location) {
    return new Connection(
        location.openAgain(database.pager),
        opener,
        new ConnectionSettings(readOnly, busyTimeout, writing.foreignKeys, null, null));
  }

  void detach(AttachedDatabase database) {
    database.close();
    slots.set(database.index, null);
    while (slots.getLast() == null) {
      slots.removeLast();
    }
    present = AttachedDatabase.presentIn(slots);
    forgetCatalog();
  }

  // ---- schemas ----

  /** What names mean now. Reads schemas that are not known or out of date. */
  public Catalog catalog() {
    Catalog known = catalog;
    if (known != null) {
      return known;
    }
    List<@Nullable DatabaseSchema> schemas = new ArrayList<>();
    for (AttachedDatabase each : slots) {
      schemas.add(each == null ? null : schemaOf(each));
    }
    known = new Catalog(schemas);
    catalog = known;
    return known;
  }

  /** What names mean in the newest commit. */
  Catalog freshCatalog() {
    schemasMoved();
    return catalog();
  }

  private DatabaseSchema schemaOf(AttachedDatabase database) {
    DatabaseSchema known = database.schema;
    if (known != null) {
      return known;
    }
    boolean held = database.pager.isReading();
    database.pager.beginRead();
    try {
      known =
          SchemaLoader.load(database, functions::collation, this::indexOf, pragmas.writableSchema);
      for (AttachedExtension each : database.shared.extensions()) {
        known =
            known.withMaterialized(
                each.materializedViews(known, new OpenTransaction(this, database)));
      }
      database.schema = known;
      return known;
    } finally {
      if (!held && transactions.autoCommit() && readsInProgress == 0) {
        endRead(database);
      }
    }
  }

  /** Gives up a snapshot that nobody held before, unless a transaction or somebody's rows need it. */
  void endReadIfAlone(AttachedDatabase database) {
    if (transactions.autoCommit() && readsInProgress == 0) {
      endRead(database);
    }
  }

  private static void endRead(AttachedDatabase database) {
    if (!database.pager.isWriting()) {
      database.pager.endRead();
    }
  }

  /** Has the schema of a database read again when it is next asked for. */
  void forgetSchema(AttachedDatabase database) {
    database.schema = null;
    forgetCatalog();
  }

  /** After an undo: schemas whose cookie has moved are read again. */
  void forgetChangedSchemas() {
    for (AttachedDatabase each : databases()) {
      if (each.schema != null && !(each.pager.isReading() && each.schemaIsCurrent())) {
        forgetSchema(each);
      }
    }
  }

  private void forgetCatalog() {
    catalog = null;
    forgetPlans();
  }

  /** Drops every compiled statement: something they were compiled under has changed. */
  void forgetPlans() {
    plans.clear();
    triggers.clear();
  }

  /** Whether the schemas are the very ones that a program was compiled under. */
  boolean schemasAre(@Nullable DatabaseSchema[] compiledUnder) {
    for (int i = 0; i < compiledUnder.length; i++) {
      AttachedDatabase each = slots.get(i);
      if ((each == null ? null : each.schema) != compiledUnder[i]) {
        return false;
      }
    }
    return true;
  }

  @Nullable DatabaseSchema[] schemas() {
    @Nullable DatabaseSchema[] schemas = new @Nullable DatabaseSchema[slots.size()];
    for (int i = 0; i < schemas.length; i++) {
      AttachedDatabase each = slots.get(i);
      schemas[i] = each == null ? null : each.schema;
    }
    return schemas;
  }

  // ---- snapshots and locks ----

  /** Takes a snapshot of a database, and reads its schema again if that has changed. */
  void beginRead(AttachedDatabase database) {
    database.pager.beginRead();
    if (database.schema != null && !database.schemaIsCurrent()) {
      forgetSchema(database);
    }
  }

  void beginWrite(AttachedDatabase database) {
    if (readOnly && database.index != Catalog.TEMP) {
      throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
    }
    if (database.pager.isWriting()) {
      return;
    }
    database.pager.beginWrite();
    if (database.schema != null && !database.schemaIsCurrent()) {
      forgetSchema(database);
    }
    CommitParticipant own = database.index == Catalog.TEMP ? null : participation.ofSession();
    if (database.changes == null && (own != null || database.shared.anyInterest())) {
      database.changes = new ChangeLog(database.shared, own);
      database.watermark = 0;
    }
  }

  boolean readsInProgress() {
    return readsInProgress > 0;
  }

  void readStarted(Frame frame) {
    readsInProgress++;
    running.add(frame);
  }

  void readEnded(Frame frame) {
    readsInProgress--;
    running.remove(frame);
    if (readsInProgress == 0 && transactions.autoCommit()) {
      releaseSnapshots();
    }
  }

  /** Gives up every snapshot, unless a transaction or somebody's rows need it. */
  void releaseSnapshots() {
    if (readsInProgress == 0 && transactions.autoCommit()) {
      for (AttachedDatabase each : slots) {
        if (each != null) {
          endRead(each);
        }
      }
    }
  }

  void committed(Position position) {
    lastCommit = position;
  }

  // ---- running and interrupting ----

  /** Before a statement starts. */
  void statementStarts() {
    checkOpen();
    if (readsInProgress == 0) {
      interrupted = false;
    }
    environment.newStatement();
    writing.failure = ConflictAction.ABORT;
  }

  void frameStarts(Frame frame) {
    running.add(frame);
  }

  void frameEnds(Frame frame) {
    running.remove(frame);
  }

  /** Makes what runs now end with INTERRUPT. Safe for any thread. */
  public void interrupt() {
    interrupted = true;
    for (Frame each : running) {
      each.interrupt();
    }
  }

  void checkInterrupt() {
    if (interrupted) {
      throw new InterruptedStatementException(ResultCode.INTERRUPT, "interrupted");
    }
  }

  boolean interrupted() {
    return interrupted;
  }

  // ---- what callers may know and set ----

  public boolean autoCommit() {
    return transactions.autoCommit();
  }

  public long changes() {
    return writing.changes;
  }

  public long totalChanges() {
    return writing.totalChanges;
  }

  public long lastInsertRowid() {
    return writing.lastInsertRowid;
  }

  public int busyTimeout() {
    return busyTimeout;
  }

  public void busyTimeout(int millis) {
    busyTimeout = Math.max(0, millis);
    for (AttachedDatabase each : databases()) {
      each.pager.setBusyTimeout(busyTimeout);
    }
  }

  public boolean readOnly() {
    return readOnly;
  }

  public void readOnly(boolean value) {
    readOnly = value;
  }

  public @Nullable String origin() {
    return origin;
  }

  public void origin(@Nullable String text) {
    origin = text;
  }

  public Position lastCommit() {
    return lastCommit;
  }

  public boolean isClosed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new MisuseException(ResultCode.MISUSE, "the session is closed");
    }
  }

  /** Rolls back what is open and gives everything up. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    interrupted = false;
    RuntimeException failure = null;
    for (AttachedDatabase each : databases()) {
      try {
        each.close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** The counters and switches of writing statements, for the session's parts. */
  WriteContext writeContext() {
    return writing;
  }
}
