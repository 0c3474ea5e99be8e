package dev.turso.session;

import dev.turso.function.FunctionRegistry;
import dev.turso.function.builtin.BuiltInFunctions;
import dev.turso.vtab.SqlLibrary;
import dev.turso.vtab.TableRegistry;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What SQL can name in a database beside what its schema has: what is built in, and what libraries
 * add. Safe for any thread.
 */
public final class SharedNames {

  /** The libraries on the class path, looked for once. */
  private static final class Installed {
    static final List<SqlLibrary> LIBRARIES =
        ServiceLoader.load(SqlLibrary.class, SqlLibrary.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  private volatile FunctionRegistry functions = BuiltInFunctions.registry();
  private volatile TableRegistry tables = TableRegistry.builtIn();

  SharedNames() {
    for (SqlLibrary each : Installed.LIBRARIES) {
      add(each);
    }
  }

  /** Adds a library, for sessions that begin from now on. */
  public synchronized void add(SqlLibrary library) {
    functions = library.functions(functions);
    tables = library.tables(tables);
  }

  FunctionRegistry functions() {
    return functions;
  }

  TableRegistry tables() {
    return tables;
  }
}
