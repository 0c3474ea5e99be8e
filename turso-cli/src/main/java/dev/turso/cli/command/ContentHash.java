package dev.turso.cli.command;

import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.function.RowHash;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Value;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code .sha3sum}: a SHA-3 hash over the rows of all tables, by name, in the order of their keys. It is
 * the same for two databases with the same content, whatever their pages look like.
 */
final class ContentHash {

  private ContentHash() {}

  static Outcome run(Shell shell, List<String> words) {
    int bits = 224;
    boolean withSchema = false;
    String pattern = "%";
    int patterns = 0;
    for (String each : words.subList(1, words.size())) {
      switch (Arguments.option(each)) {
        case "schema" -> withSchema = true;
        case "sha3-224" -> bits = 224;
        case "sha3-256" -> bits = 256;
        case "sha3-384" -> bits = 384;
        case "sha3-512" -> bits = 512;
        case "" -> {
          pattern = each;
          patterns++;
        }
        default -> {
          shell.complain("Unknown option \"" + each + "\" on \"" + words.getFirst() + "\"");
          return Outcome.FAILED;
        }
      }
    }
    if (patterns > 1) {
      return Arguments.usage(shell, ".sha3sum ?OPTIONS? ?LIKE-PATTERN?");
    }
    Map<String, String> queries = queries(shell.session(), pattern, withSchema);
    if (patterns == 0) {
      shell.out().line(hash(shell, bits, queries.values()));
    } else {
      for (Map.Entry<String, String> each : queries.entrySet()) {
        String hash = hash(shell, bits, List.of(each.getValue()));
        shell.out().line(hash + "|" + each.getKey());
      }
    }
    return Outcome.DONE;
  }

  private static String hash(Shell shell, int bits, Collection<String> queries) {
    RowHash hash = new RowHash(bits);
    for (String query : queries) {
      try (Statement statement = shell.session().prepare(query)) {
        hash.query(query, statement);
      }
    }
    return HexFormat.of().formatHex(hash.result());
  }

  /** The query over each table's content, by the table's name. */
  private static Map<String, String> queries(Session session, String pattern, boolean withSchema) {
    Map<String, String> queries = new LinkedHashMap<>();
    String sql =
        "SELECT lower(name) FROM sqlite_schema WHERE type = 'table' AND rootpage > 1"
            + (withSchema
                ? " UNION ALL SELECT 'sqlite_schema' ORDER BY 1 COLLATE NOCASE"
                : " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY 1 COLLATE NOCASE");
    String like = "SELECT ?1 LIKE ?2";
    for (String each : Query.texts(session, sql)) {
      Value wanted = Value.text(pattern);
      if (Query.rows(session, like, Value.text(each), wanted).getFirst().getFirst().asLong() != 0) {
        String query = query(each);
        if (query != null) {
          queries.put(each, query);
        }
      }
    }
    return queries;
  }

  private static @Nullable String query(String table) {
    return switch (table) {
      case "sqlite_schema" -> "SELECT type,name,tbl_name,sql FROM sqlite_schema ORDER BY name;";
      case "sqlite_sequence" -> "SELECT name,seq FROM sqlite_sequence ORDER BY name;";
      case "sqlite_stat1" -> "SELECT tbl,idx,stat FROM sqlite_stat1 ORDER BY tbl,idx;";
      case "sqlite_stat4" ->
          "SELECT tbl,idx,neq,nlt,ndlt,sample FROM sqlite_stat4 ORDER BY tbl, idx, rowid;";
      default ->
          table.startsWith("sqlite_")
              ? null
              : "SELECT * FROM \"" + table.replace("\"", "\"\"") + "\" NOT INDEXED;";
    };
  }
}
