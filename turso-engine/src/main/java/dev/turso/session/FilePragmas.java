package dev.turso.session;

import dev.turso.btree.AutoVacuum;
import dev.turso.error.SqlException;
import dev.turso.format.Bytes;
import dev.turso.format.DatabaseHeader;
import dev.turso.format.TextEncoding;
import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pragmas about the file of a database. */
final class FilePragmas {

  private FilePragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    all.put("user_version", new HeaderField("user_version", DatabaseHeader.USER_VERSION));
    all.put("application_id", new HeaderField("application_id", DatabaseHeader.APPLICATION_ID));
    all.put("schema_version", new HeaderField("schema_version", DatabaseHeader.SCHEMA_COOKIE));
    all.put(
        "freelist_count",
        new Reading(
            "freelist_count",
            d -> Value.integer(Bytes.i32(d.pager.read(1), DatabaseHeader.FREE_PAGE_COUNT))));
    all.put("page_count", new Reading("page_count", d -> Value.integer(d.pager.pageCount())));
    all.put("data_version", new Reading("data_version", d -> Value.integer(d.pager.dataVersion())));
    all.put("max_page_count", new MaxPageCount());
    all.put("page_size", new PageSize());
    all.put("encoding", new Encoding());
    all.put("auto_vacuum", new AutoVacuumPragma());
    all.put("incremental_vacuum", new IncrementalVacuum());
  }

  static AttachedDatabase database(Connection connection, @Nullable String schema) {
    AttachedDatabase found = connection.database(schema == null ? "main" : schema);
    return found == null ? connection.database(0) : found;
  }

  private interface Field {
    Value of(AttachedDatabase database);
  }

  /** Something read of a snapshot. */
  private record Reading(String name, Field field) implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of(name);
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.SNAPSHOT;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      return List.of(List.of(field.of(database(connection, schema))));
    }
  }

  /** Sets and answers; a limit below the present size is the present size. */
  private static final class MaxPageCount implements PragmaHandler {

    private static final long MOST = 0xFFFF_FFFEL;

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of("max_page_count");
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.SNAPSHOT;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      long wanted = argument == null ? 0 : PragmaValues.number(argument, 0);
      return PragmaValues.one(
          database(connection, schema).pager.maxPageCount(Math.clamp(wanted, 0, MOST)));
    }
  }

  /** A number of the database header. */
  private record HeaderField(String name, int offset) implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of(name) : List.of();
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return argument == null ? CommandProgram.Needs.SNAPSHOT : CommandProgram.Needs.WRITE;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = database(connection, schema);
      if (argument == null) {
        return PragmaValues.one(Bytes.i32(database.pager.read(1), offset));
      }
      int value = (int) PragmaValues.number(argument, 0);
      if (Bytes.i32(database.pager.read(1), offset) != value) {
        Bytes.put32(database.pager.write(1), offset, value);
      }
      if (offset == DatabaseHeader.SCHEMA_COOKIE) {
        connection.forgetSchema(database);
      }
      return List.of();
    }
  }

  private static final class PageSize implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("page_size") : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = database(connection, schema);
      if (argument == null) {
        connection.beginRead(database);
        try {
          return PragmaValues.one(database.pager.pageSize());
        } finally {
          connection.releaseSnapshots();
        }
      }
      int size = (int) PragmaValues.number(argument, 0);
      boolean possible = size >= 512 && size <= 65536 && Integer.bitCount(size) == 1;
      if (possible) {
        connection.pragmas.nextPageSize = size;
      }
      if (possible && connection.autoCommit() && !connection.readsInProgress()) {
        database.pager.setPageSize(size, 0);
        connection.forgetSchema(database);
      }
      return List.of();
    }
  }

  private static final class Encoding implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("encoding") : List.of();
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return argument == null ? CommandProgram.Needs.SNAPSHOT : CommandProgram.Needs.WRITE;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = connection.database(0);
      if (argument == null) {
        return PragmaValues.one(
            switch (database.encoding()) {
              case UTF_8 -> "UTF-8";
              case UTF_16LE -> "UTF-16le";
              case UTF_16BE -> "UTF-16be";
            });
      }
      TextEncoding wanted =
          switch (argument.toUpperCase(Locale.ROOT).replace("-", "")) {
            case "UTF8" -> TextEncoding.UTF_8;
            case "UTF16LE", "UTF16" -> TextEncoding.UTF_16LE;
            case "UTF16BE" -> TextEncoding.UTF_16BE;
            default -> throw new SqlException("unsupported encoding: " + argument);
          };
      if (database.pager.pageCount() <= 1 && connection.catalog().main().tables().isEmpty()) {
        Bytes.put32(database.pager.write(1), DatabaseHeader.TEXT_ENCODING, wanted.code());
        connection.forgetSchema(database);
      }
      return List.of();
    }
  }

  private static final class AutoVacuumPragma implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("auto_vacuum") : List.of();
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return argument == null ? CommandProgram.Needs.SNAPSHOT : CommandProgram.Needs.WRITE;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = database(connection, schema);
      byte[] header = database.pager.read(1);
      boolean kept = Bytes.i32(header, DatabaseHeader.LARGEST_ROOT_PAGE) != 0;
      boolean incremental = Bytes.i32(header, DatabaseHeader.INCREMENTAL_VACUUM) != 0;
      if (argument == null) {
        return PragmaValues.one(!kept ? 0 : incremental ? 2 : 1);
      }
      int mode = mode(argument);
      connection.pragmas.nextAutoVacuum = mode;
      boolean empty = database.pager.pageCount() <= 1;
      if (mode != 0 && (empty || kept)) {
        byte[] page = database.pager.write(1);
        if (!kept) {
          Bytes.put32(page, DatabaseHeader.LARGEST_ROOT_PAGE, 1);
        }
        Bytes.put32(page, DatabaseHeader.INCREMENTAL_VACUUM, mode == 2 ? 1 : 0);
      }
      return List.of();
    }

    private static int mode(String argument) {
      return switch (Names.fold(argument)) {
        case "full", "1" -> 1;
        case "incremental", "2" -> 2;
        default -> 0;
      };
    }
  }

  /** Gives back so many free pages, or all of them. */
  private static final class IncrementalVacuum implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of();
    }

    @Override
    public CommandProgram.Needs needs(@Nullable String argument) {
      return CommandProgram.Needs.WRITE;
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      long limit = argument == null ? 0 : PragmaValues.number(argument, 0);
      boolean all = limit <= 0 || limit > Integer.MAX_VALUE;
      new AutoVacuum(database(connection, schema).pager)
          .release(all ? Integer.MAX_VALUE : (int) limit);
      return List.of();
    }
  }
}
