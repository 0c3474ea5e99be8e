package dev.turso.session;

import dev.turso.bind.Binder;
import dev.turso.bind.BoundDelete;
import dev.turso.bind.BoundInsert;
import dev.turso.bind.BoundQuery;
import dev.turso.bind.BoundUpdate;
import dev.turso.bind.BoundVirtualWrite;
import dev.turso.bind.BoundWrite;
import dev.turso.bind.Returning;
import dev.turso.change.AttachedExtension;
import dev.turso.change.Origin;
import dev.turso.error.SqlException;
import dev.turso.exec.ddl.AlterTableCommand;
import dev.turso.exec.ddl.CreateIndexCommand;
import dev.turso.exec.ddl.CreateTableCommand;
import dev.turso.exec.ddl.CreateTriggerCommand;
import dev.turso.exec.ddl.CreateViewCommand;
import dev.turso.exec.ddl.CreateVirtualTableCommand;
import dev.turso.exec.ddl.DropCommand;
import dev.turso.exec.ddl.SchemaCommand;
import dev.turso.exec.operator.ExecutableBuilder;
import dev.turso.exec.write.ForeignKeyPlans;
import dev.turso.exec.write.WriteCompiler;
import dev.turso.function.FunctionRegistry;
import dev.turso.plan.logical.BoundColumn;
import dev.turso.plan.logical.ColumnOrigin;
import dev.turso.plan.physical.PhysicalPlanner;
import dev.turso.schema.Catalog;
import dev.turso.schema.DatabaseSchema;
import dev.turso.schema.Table;
import dev.turso.sql.ast.AlterTable;
import dev.turso.sql.ast.Analyze;
import dev.turso.sql.ast.Attach;
import dev.turso.sql.ast.CreateIndex;
import dev.turso.sql.ast.CreateMaterializedView;
import dev.turso.sql.ast.CreateTable;
import dev.turso.sql.ast.CreateTrigger;
import dev.turso.sql.ast.CreateView;
import dev.turso.sql.ast.CreateVirtualTable;
import dev.turso.sql.ast.DeleteStatement;
import dev.turso.sql.ast.Detach;
import dev.turso.sql.ast.DropStatement;
import dev.turso.sql.ast.Explain;
import dev.turso.sql.ast.ExplainMaterializedView;
import dev.turso.sql.ast.Expression;
import dev.turso.sql.ast.InsertStatement;
import dev.turso.sql.ast.Pragma;
import dev.turso.sql.ast.RefreshMaterializedView;
import dev.turso.sql.ast.Reindex;
import dev.turso.sql.ast.Select;
import dev.turso.sql.ast.SelectStatement;
import dev.turso.sql.ast.Statement;
import dev.turso.sql.ast.TransactionStatement;
import dev.turso.sql.ast.UpdateStatement;
import dev.turso.sql.ast.Vacuum;
import dev.turso.sql.parse.ParsedStatement;
import dev.turso.sql.parse.Parser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes programs of texts. */
final class Preparation {

  private final Connection connection;
  private final SessionBinderSettings settings;

  Preparation(Connection connection) {
    this.connection = connection;
    this.settings = new SessionBinderSettings(connection);
  }

  /** The first statement of a text. */
  Compiled compile(String text) {
    try {
      return compileBounded(text);
    } catch (StackOverflowError e) {
      // Depths are limited, but how much stack the caller has left is not known here.
      throw new SqlException("statement nested too deep for the stack of this thread");
    }
  }

  private Compiled compileBounded(String text) {
    ParsedStatement parsed = Parser.parse(text, 0);
    if (parsed == null) {
      return new Compiled(null, null);
    }
    settings.startNoting();
    Program program;
    if (parsed.statement() instanceof Pragma pragma && PragmaCommands.needsNoSchema(pragma)) {
      program = PragmaCommands.program(pragma, connection);
    } else {
      Catalog catalog = connection.catalog();
      program = program(parsed, text.substring(0, parsed.end()), catalog);
      program.views = settings.noted();
    }
    program.compiledUnder = connection.schemas();
    return new Compiled(parsed, program);
  }

  Binder binder() {
    return binder(connection.catalog());
  }

  Binder binder(Catalog catalog) {
    return new Binder(catalog, connection.functions(), settings);
  }

  /** Binds something of a schema only to see whether it means something. */
  void checking(Runnable check) {
    settings.checking(check);
  }

  void withNameOnly(String name, Runnable check) {
    settings.withNameOnly(name, check);
  }

  WriteCompiler writeCompiler(Binder binder) {
    Catalog catalog = connection.catalog();
    return new WriteCompiler(
        catalog,
        binder::tableExpressions,
        connection.triggers(),
        new ForeignKeyPlans(catalog, connection.triggers(), connection.writing().foreignKeys));
  }

  /** Where that is asked for, a statement that would change every row of a table is refused. */
  private void requireWhere(String statement, @Nullable Expression where) {
    if (where == null && connection.pragmas.requireWhere) {
      throw new SqlException(
          statement
              + " without a WHERE clause is not allowed when require_where (or i_am_a_dummy) is enabled");
    }
  }

  private Program program(ParsedStatement parsed, String text, Catalog catalog) {
    Statement statement = parsed.statement();
    Program delegated = ofExtension(statement, text, catalog);
    if (delegated != null) {
      return delegated;
    }
    return switch (statement) {
      case SelectStatement s -> query(s.select(), catalog);
      case InsertStatement s -> {
        Binder binder = binder();
        yield write(binder.bindInsert(s), binder, Origin.STATEMENT, false);
      }
      case UpdateStatement s -> {
        requireWhere("UPDATE", s.where());
        Binder binder = binder();
        yield write(binder.bindUpdate(s), binder, Origin.STATEMENT, false);
      }
      case DeleteStatement s -> {
        requireWhere("DELETE", s.where());
        Binder binder = binder();
        yield write(binder.bindDelete(s), binder, Origin.STATEMENT, false);
      }
      case TransactionStatement s -> TransactionCommands.program(s);
      case Pragma s -> PragmaCommands.program(s, connection);
      case Attach s -> AttachCommands.program(s);
      case Detach s -> AttachCommands.program(s);
      case Explain s -> ExplainCommands.program(s, connection);
      case Vacuum s -> VacuumCommand.program(s);
      case Reindex s -> ReindexCommand.program(s, catalog);
      case Analyze s -> AnalyzeCommand.program(s, catalog);
      default -> schemaChange(statement, text, parsed.parameterCount(), catalog, false);
    };
  }

  /** A statement that changes the schema, to be run inside another one. */
  Program compileSchemaChange(Statement statement, String text, Catalog catalog) {
    return schemaChange(statement, text, 0, catalog, true);
  }

  private static Program schemaChange(
      Statement statement, String text, int parameters, Catalog catalog, boolean internal) {
    SchemaCommand command =
        switch (statement) {
          case CreateTable s -> new CreateTableCommand(s, text, catalog);
          case CreateIndex s -> new CreateIndexCommand(s, text, catalog);
          case CreateView s -> new CreateViewCommand(s, text, parameters, catalog);
          case CreateTrigger s -> new CreateTriggerCommand(s, text, catalog);
          case DropStatement s -> new DropCommand(s, catalog);
          case AlterTable s -> new AlterTableCommand(s, catalog);
          case CreateMaterializedView s -> throw withoutViews();
          case RefreshMaterializedView s -> throw withoutViews();
          case ExplainMaterializedView s -> throw withoutViews();
          case CreateVirtualTable s -> new CreateVirtualTableCommand(s, text, catalog);
          default -> throw SqlException.unsupported(statement.getClass().getSimpleName());
        };
    return schema(command, text, internal);
  }

  /** No extension took the statement: there is none, or none for the database that it names. */
  private static SqlException withoutViews() {
    return new SqlException(
        "materialized views need the module turso-dbsp, and are not in the temporary database");
  }

  private @Nullable Program ofExtension(Statement statement, String text, Catalog catalog) {
    DatabaseSchema home = HomeNames.home(statement, catalog);
    if (home == null) {
      return null;
    }
    for (AttachedExtension each : connection.database(home.index()).shared.extensions()) {
      if (each.handles(statement, home)) {
        return ExtensionCommands.program(
            each, statement, HomeNames.text(statement, text, home), home.index());
      }
    }
    return null;
  }

  // ---- queries ----

  QueryProgram query(Select select, Catalog catalog) {
    return query(select, catalog, connection.functions());
  }

  /** A query that means the functions of a registry, whatever the session has. */
  QueryProgram query(Select select, Catalog catalog, FunctionRegistry functions) {
    Binder binder = new Binder(catalog, functions, settings);
    BoundQuery bound = binder.bindSelect(select);
    ExecutableBuilder builder =
        new ExecutableBuilder(new PhysicalPlanner(binder::tableExpressions));
    QueryProgram program = new QueryProgram(builder.executable(bound.plan()));
    TablesRead tables = TablesRead.of(bound.plan());
    program.uses = tables.databases();
    program.readsMaintained = maintained(tables);
    program.columns = columns(bound);
    return program;
  }

  private boolean maintained(TablesRead tables) {
    for (Table table : tables.tables()) {
      for (AttachedExtension each :
          connection.database(table.databaseIndex()).shared.extensions()) {
        if (each.maintains(table)) {
          return true;
        }
      }
    }
    return false;
  }

  private List<Program.ResultColumn> columns(BoundQuery bound) {
    List<Program.ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < bound.names().size(); i++) {
      BoundColumn column = bound.columns().get(i);
      ColumnOrigin origin = column.origin();
      if (origin == null) {
        columns.add(
            new Program.ResultColumn(
                bound.names().get(i), column.declaredType(), null, null, null));
        continue;
      }
      Table table = origin.table();
      String name = origin.isRowid() ? "rowid" : table.columns().get(origin.column()).name();
      columns.add(
          new Program.ResultColumn(
              bound.names().get(i),
              column.declaredType(),
              connection.database(table.databaseIndex()).name,
              table.name(),
              name));
    }
    return columns;
  }

  // ---- writing ----

  /**
   * @param privileged whether tables may be written that are closed to SQL of users
   */
  WriteProgram write(BoundWrite bound, Binder binder, Origin origin, boolean privileged) {
    Table table = bound.table();
    if (!privileged) {
      checkOpen(table);
    }
    WriteProgram program = new WriteProgram(writeCompiler(binder).compile(bound, origin));
    program.writes = 1L << table.databaseIndex();
    if (!connection.catalog().temp().triggers().isEmpty()) {
      // A temporary trigger may write anywhere.
      for (AttachedDatabase each : connection.databases()) {
        program.writes |= each.pager.isReadOnly() ? 0 : 1L << each.index;
      }
    }
    TablesRead tables = TablesRead.of(bound);
    program.uses = tables.databases() | program.writes;
    program.readsMaintained = maintained(tables);
    Returning returning = bound.returning();
    if (returning == null && connection.pragmas.countChanges && !privileged) {
      program.countsChanges = true;
      program.columns =
          List.of(
              Program.ResultColumn.named(
                  switch (bound) {
                    case BoundInsert s -> "rows inserted";
                    case BoundUpdate s -> "rows updated";
                    case BoundDelete s -> "rows deleted";
                    case BoundVirtualWrite s -> "rows written";
                  }));
    }
    if (returning != null) {
      List<Program.ResultColumn> columns = new ArrayList<>();
      for (String each : returning.names()) {
        columns.add(Program.ResultColumn.named(each));
      }
      program.columns = columns;
    }
    return program;
  }

  private void checkOpen(Table table) {
    for (AttachedExtension each : connection.database(table.databaseIndex()).shared.extensions()) {
      if (each.guards(table)) {
        throw new SqlException(
            table.materializedView()
                ? "cannot modify " + table.name() + " because it is a view"
                : "table " + table.name() + " may not be modified");
      }
    }
  }

  // ---- schemas ----

  private static Program schema(SchemaCommand command, String text, boolean internal) {
    CommandProgram program =
        new CommandProgram(
            CommandProgram.Needs.WRITE,
            (connection, parameters) -> {
              if (internal) {
                command.run(new SessionSchemaContext(connection, true, null));
                return List.of();
              }
              connection.participation().maintainAll();
              int database = Math.max(command.databaseIndex(), 0);
              SchemaRecording recording =
                  SchemaRecording.start(connection, connection.database(database), text);
              command.run(new SessionSchemaContext(connection, false, recording));
              recording.note();
              return List.of();
            });
    int database = Math.max(command.databaseIndex(), 0);
    program.writes = 1L << database;
    // what is nowhere may have been made meanwhile: every schema is looked at again
    program.uses = command.databaseIndex() < 0 ? -1L : program.writes;
    return program;
  }
}
