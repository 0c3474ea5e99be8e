package dev.turso.session;

import dev.turso.change.ChangeStream;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.ExtensionHost;
import dev.turso.change.SnapshotReader;
import dev.turso.pager.DatabaseFile;
import dev.turso.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Attaches the extensions on the class path to a database that is opened. */
public final class Extensions {

  private Extensions() {}

  /** Looked up once: that reads a file of each jar, a sixth of what opening a database costs. */
  private static final class Installed {
    static final List<DatabaseExtension> ALL = find();

    private static List<DatabaseExtension> find() {
      List<DatabaseExtension> found = new ArrayList<>();
      for (DatabaseExtension each :
          ServiceLoader.load(DatabaseExtension.class, DatabaseExtension.class.getClassLoader())) {
        found.add(each);
      }
      return List.copyOf(found);
    }
  }

  /** The extensions on the class path, the same for all databases. */
  public static Iterable<DatabaseExtension> installed() {
    return Installed.ALL;
  }

  /**
   * Attaches them once, and offers them a way to connect for as long as its handle is open.
   *
   * @param chosen what to attach
   * @param connections makes connections to the database
   */
  public static void attach(
      DatabaseFile file, Iterable<DatabaseExtension> chosen, Supplier<Connection> connections) {
    SharedDatabase database = SharedDatabase.of(file);
    database.addConnector(connections);
    if (!database.claimExtensions(chosen)) {
      return;
    }
    for (DatabaseExtension each : chosen) {
      database.attach(each.attach(new Host(database, file)));
    }
  }

  private record Host(SharedDatabase database, DatabaseFile file) implements ExtensionHost {

    @Override
    public long foreignCommits() {
      return file.foreignCommits();
    }

    @Override
    public @Nullable String path() {
      return database.path();
    }

    @Override
    public ChangeStream changes() {
      return database;
    }

    @Override
    public void interestChanged() {
      database.interestChanged();
    }

    @Override
    public long interest() {
      return database.interest();
    }

    @Override
    public SnapshotReader reader() {
      return new ConnectionSnapshots(database.connect());
    }

    @Override
    public boolean wants(Table table) {
      return database.wants(table);
    }

    @Override
    public void inTransaction(Work work) {
      try (Connection connection = database.connect()) {
        connection.busyTimeout(5_000);
        connection.execute("BEGIN IMMEDIATE");
        work.run(new OpenTransaction(connection, connection.database(0)));
        connection.execute("COMMIT");
      }
    }
  }
}
