package dev.turso.session;

import dev.turso.change.CommitParticipant;
import dev.turso.error.ConstraintException;
import dev.turso.error.DatabaseException;
import dev.turso.error.InterruptedStatementException;
import dev.turso.error.IoException;
import dev.turso.error.MisuseException;
import dev.turso.error.ReadOnlyException;
import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.sql.ast.ConflictAction;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.value.Register;
import dev.turso.value.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of a connection with its parameters; compiled anew whenever a schema has changed. */
public final class PreparedStatement implements AutoCloseable {

  private static final int MOST_RECOMPILATIONS = 20;

  private final Connection connection;
  private final String text;
  private @Nullable Compiled compiled;
  private Value[] parameters;
  private @Nullable ResultRows rows;
  private boolean closed;

  PreparedStatement(Connection connection, String text) {
    this.connection = connection;
    this.text = text;
    Compiled known = connection.plans().take(text);
    this.compiled = known != null ? known : connection.preparation().compile(text);
    ParsedStatement parsed = compiled.parsed();
    this.parameters = new Value[parsed == null ? 0 : parsed.parameterCount()];
    Arrays.fill(parameters, Value.NULL);
  }

  // ---- what it is ----

  public boolean isEmpty() {
    return compiled().program() == null;
  }

  /** Where the text goes on after this statement. */
  public int tail() {
    ParsedStatement parsed = compiled().parsed();
    return parsed == null ? text.length() : parsed.next();
  }

  /** The text of this statement alone. */
  public String sql() {
    ParsedStatement parsed = compiled().parsed();
    return parsed == null ? "" : text.substring(parsed.start(), parsed.end());
  }

  public boolean readOnly() {
    Program program = compiled().program();
    return program == null || program.readOnly();
  }

  public int columnCount() {
    Program program = compiled().program();
    return program == null ? 0 : program.columns.size();
  }

  public String columnName(int column) {
    return column(column).name();
  }

  public @Nullable String columnDeclaredType(int column) {
    return column(column).declaredType();
  }

  public @Nullable String columnDatabase(int column) {
    return column(column).database();
  }

  public @Nullable String columnTable(int column) {
    return column(column).table();
  }

  public @Nullable String columnOrigin(int column) {
    return column(column).origin();
  }

  private Program.ResultColumn column(int column) {
    Program program = compiled().program();
    if (program == null || column < 0 || column >= program.columns.size()) {
      throw new MisuseException(ResultCode.RANGE, "column index out of range");
    }
    return program.columns.get(column);
  }

  private Compiled compiled() {
    Compiled present = compiled;
    if (closed || present == null) {
      throw new MisuseException(ResultCode.MISUSE, "the statement is closed");
    }
    return present;
  }

  // ---- parameters ----

  public int parameterCount() {
    return parameters.length;
  }

  public @Nullable String parameterName(int index) {
    ParsedStatement parsed = compiled().parsed();
    if (parsed == null || index < 1 || index > parsed.parameterNames().size()) {
      return null;
    }
    return parsed.parameterNames().get(index - 1);
  }

  public int parameterIndex(String name) {
    for (int i = 1; i <= parameters.length; i++) {
      if (name.equals(parameterName(i))) {
        return i;
      }
    }
    return 0;
  }

  public void bind(int index, Value value) {
    if (index < 1 || index > parameters.length) {
      throw new SqlException(ResultCode.RANGE, "column index out of range");
    }
    if (rows != null) {
      reset();
    }
    parameters[index - 1] = value;
  }

  public void clearBindings() {
    Arrays.fill(parameters, Value.NULL);
  }

  // ---- running ----

  /** Starts the statement; what it writes is written when this returns. */
  public ResultRows query() {
    reset();
    Program program = compiled().program();
    if (program == null) {
      return ResultRows.none();
    }
    connection.statementStarts();
    ResultRows started = start();
    rows = started;
    return started;
  }

  /** Runs the statement to its end. */
  public void run() {
    ResultRows result = query();
    try {
      if (compiled().program() instanceof QueryProgram) {
        while (result.next()) {}
      }
    } finally {
      result.close();
    }
  }

  private ResultRows start() {
    for (int i = 0; ; i++) {
      Program program = compiled().program();
      if (program == null) {
        return ResultRows.none();
      }
      if (prepareToRun(program)) {
        return start(program);
      }
      if (i == MOST_RECOMPILATIONS) {
        connection.releaseSnapshots();
        throw new SqlException(ResultCode.SCHEMA, "database schema has changed");
      }
      recompile();
    }
  }

  private void recompile() {
    try {
      compiled = connection.preparation().compile(text);
    } catch (RuntimeException e) {
      endFailedStart();
      throw e;
    }
  }

  private void endFailedStart() {
    if (connection.autoCommit() && !connection.readsInProgress()) {
      connection.transactions().abandonStatement();
    }
  }

  /** Takes snapshots and locks; false if a schema is not the one compiled under any more. */
  private boolean prepareToRun(Program program) {
    try {
      if (program instanceof CommandProgram command
          && command.needs == CommandProgram.Needs.NOTHING) {
        return true;
      }
      if (program.compiledUnder.length != connection.databaseSlots()) {
        return false;
      }
      for (int i = 0; i < program.compiledUnder.length; i++) {
        begin(program, i);
      }
      return connection.schemasAre(program.compiledUnder)
          && connection.participation().viewsAre(program.views);
    } catch (RuntimeException e) {
      endFailedStart();
      throw e;
    }
  }

  private void begin(Program program, int database) {
    long bit = 1L << database;
    if ((program.writes & bit) != 0) {
      if (connection.pragmas.queryOnly) {
        throw new ReadOnlyException(ResultCode.READONLY, "attempt to write a readonly database");
      }
      connection.beginWrite(connection.database(database));
    } else if ((program.uses & bit) != 0) {
      connection.beginRead(connection.database(database));
    }
  }

  private ResultRows start(Program program) {
    return switch (program) {
      case QueryProgram p -> startQuery(p);
      case WriteProgram p -> {
        runWriting(p, () -> p.operation.run(connection.writing()), p.operation.frame());
        if (p.countsChanges) {
          yield ResultRows.ofValues(PragmaValues.one(connection.changes()), 1);
        }
        yield p.operation.returned() == null
            ? ResultRows.none()
            : ResultRows.ofBuffer(p.operation.returned(), p.columns.size());
      }
      case CommandProgram p -> startCommand(p);
    };
  }

  private ResultRows startQuery(QueryProgram p) {
    Frame frame = p.executable.frame();
    fill(frame);
    boolean started = false;
    connection.readStarted(frame);
    try {
      connection.participation().maintainForReading(p);
      p.executable.open();
      started = true;
    } finally {
      if (!started) {
        connection.readEnded(frame);
      }
    }
    return new QueryRows(connection, p.executable);
  }

  private ResultRows startCommand(CommandProgram p) {
    Holder result = new Holder();
    switch (p.needs) {
      case NOTHING -> result.rows = p.action.run(connection, parameters);
      case SNAPSHOT -> {
        try {
          result.rows = p.action.run(connection, parameters);
        } finally {
          connection.releaseSnapshots();
        }
      }
      case WRITE -> runWriting(p, () -> result.rows = p.action.run(connection, parameters), null);
    }
    return ResultRows.ofValues(result.rows, p.columns.size());
  }

  private static final class Holder {
    List<List<Value>> rows = List.of();
  }

  private void fill(Frame frame) {
    frame.clearInterrupt();
    frame.storage(connection.writing());
    frame.environment = connection.environment();
    if (frame.parameters.length < parameters.length) {
      frame.parameters = new Register[parameters.length];
      for (int i = 0; i < parameters.length; i++) {
        frame.parameters[i] = new Register();
      }
    }
    for (int i = 0; i < parameters.length; i++) {
      frame.parameters[i].set(parameters[i]);
    }
  }

  /** Runs work that writes, and ends its statement: undone where it fails, committed if alone. */
  private void runWriting(Program program, Runnable work, @Nullable Frame frame) {
    Transactions transactions = connection.transactions();
    boolean alone = transactions.autoCommit();
    ConnectionWriting writing = connection.writing();
    writing.isProtected = false;
    writing.wantsProtection = !alone || connection.readsInProgress();
    if (program.needsSavepoint()) {
      writing.protect();
    }
    writing.immediateViolations = 0;
    writing.maintainsMidway =
        program instanceof WriteProgram
            && !program.readsMaintained
            && !connection.readsInProgress();
    writing.rememberTotal();
    if (frame != null) {
      fill(frame);
      connection.frameStarts(frame);
    }
    try {
      work.run();
      if (writing.immediateViolations > 0) {
        writing.immediateViolations = 0;
        writing.failure = ConflictAction.ABORT;
        throw new ConstraintException(
            ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
      }
      if (writing.isProtected) {
        transactions.releaseStatement();
        writing.isProtected = false;
      }
      if (alone) {
        commitAlone(transactions);
      }
    } catch (ConstraintException e) {
      ConstraintException told = withPendingKeys(writing, e);
      undo(transactions, alone, writing.isProtected, told);
      throw told;
    } catch (Throwable e) {
      undo(transactions, alone, writing.isProtected, e);
      throw e;
    } finally {
      writing.maintainsMidway = false;
      writing.wantsProtection = false;
      if (frame != null) {
        connection.frameEnds(frame);
      }
    }
  }

  /** What FAIL would leave behind may break a foreign key: then the whole statement is undone. */
  private static ConstraintException withPendingKeys(
      ConnectionWriting writing, ConstraintException e) {
    if (writing.failure != ConflictAction.FAIL || writing.immediateViolations == 0) {
      return e;
    }
    writing.failure = ConflictAction.ABORT;
    return new ConstraintException(
        ResultCode.CONSTRAINT_FOREIGNKEY, "FOREIGN KEY constraint failed");
  }

  private void commitAlone(Transactions transactions) {
    CommitParticipant own = connection.participation().ofSession();
    if (own != null && compiled().program() instanceof WriteProgram) {
      own.statementEnds();
    }
    transactions.commitAll();
    connection.releaseSnapshots();
  }

  private void undo(Transactions transactions, boolean alone, boolean savepoint, Throwable e) {
    ConflictAction failure =
        e instanceof ConstraintException ? connection.writing().failure : ConflictAction.ABORT;
    boolean interrupted = e instanceof InterruptedStatementException;
    if (failure != ConflictAction.FAIL && compiled().program() instanceof WriteProgram) {
      connection.writing().forgetChanges();
    }
    if (alone && failure == ConflictAction.FAIL && e instanceof DatabaseException) {
      if (savepoint) {
        transactions.releaseStatement();
      }
      commitOrRollBack(transactions);
      return;
    }
    if (failure == ConflictAction.ROLLBACK || interrupted && !alone) {
      transactions.rollbackAll();
      return;
    }
    // Without a savepoint of its own the statement cannot be undone alone. If the disk failed in
    // its
    // midst a tree may be half changed: the whole transaction ends, as in SQLite.
    if (!savepoint && (alone || e instanceof IoException || e instanceof VirtualMachineError)) {
      transactions.rollbackAll();
      return;
    }
    if (savepoint && transactions.depth() > 0) {
      if (failure == ConflictAction.FAIL) {
        transactions.releaseStatement();
      } else {
        transactions.undoStatement();
      }
      if (alone) {
        commitAlone(transactions);
      }
    }
  }

  /** What FAIL leaves behind is not kept where it cannot be committed. */
  private void commitOrRollBack(Transactions transactions) {
    boolean committed = false;
    try {
      commitAlone(transactions);
      committed = true;
    } finally {
      if (!committed) {
        transactions.rollbackAll();
      }
    }
  }

  /** Ends the current run, if there is one. */
  public void reset() {
    ResultRows running = rows;
    rows = null;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    reset();
    closed = true;
    Compiled idle = compiled;
    compiled = null;
    if (idle != null && idle.program() != null && !connection.isClosed()) {
      connection.plans().put(text, idle);
    }
  }
}
