package dev.turso.cli.command;

import dev.turso.Rows;
import dev.turso.Session;
import dev.turso.Statement;
import dev.turso.cli.output.Texts;
import dev.turso.cli.shell.Outcome;
import dev.turso.cli.shell.Shell;
import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * {@code .sha3sum}: a SHA-3 hash over the rows of all tables, by name, in the order of their keys. It is
 * the same for two databases with the same content, whatever their pages look like.
 */
final class ContentHash {

  private final MessageDigest digest;

  private ContentHash(int bits) throws NoSuchAlgorithmException {
    digest = MessageDigest.getInstance("SHA3-" + bits);
  }

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
    try {
      List<String> queries = queries(shell.session(), pattern, withSchema);
      if (patterns == 0) {
        shell.out().line(hash(shell, bits, queries));
      } else {
        for (String each : queries) {
          String name = each.substring(each.indexOf('"') + 1, each.lastIndexOf('"'));
          shell.out().line(hash(shell, bits, List.of(each)) + "|" + name);
        }
      }
      return Outcome.DONE;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("a JDK without SHA-3", e);
    }
  }

  private static String hash(Shell shell, int bits, List<String> queries)
      throws NoSuchAlgorithmException {
    ContentHash hash = new ContentHash(bits);
    for (String query : queries) {
      hash.add(shell.session(), query);
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  private void add(Session session, String query) {
    digest.update(Texts.bytes("S" + query.length() + ":" + query));
    try (Statement statement = session.prepare(query);
        Rows rows = statement.query()) {
      while (rows.next()) {
        row(rows);
      }
    }
  }

  private static List<String> queries(Session session, String pattern, boolean withSchema) {
    List<String> queries = new ArrayList<>();
    String sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 1 AND name LIKE ?1"
            + (withSchema ? "" : " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
            + " ORDER BY name COLLATE NOCASE";
    for (String each : Query.texts(session, sql, Value.text(pattern))) {
      String name = each.toLowerCase(Locale.ROOT).replace("\"", "\"\"");
      queries.add("SELECT * FROM \"" + name + "\" NOT INDEXED;");
    }
    if (withSchema) {
      queries.add("SELECT type,name,tbl_name,sql FROM sqlite_schema ORDER BY name;");
    }
    return queries;
  }

  private void row(Rows rows) {
    digest.update((byte) 'R');
    for (int i = 0; i < rows.columnCount(); i++) {
      Value value = rows.get(i);
      byte[] bytes = value.asBytes();
      switch (value.tag()) {
        case Tag.NULL -> digest.update((byte) 'N');
        case Tag.INTEGER -> fixed('I', value.asLong());
        case Tag.REAL -> fixed('F', Double.doubleToRawLongBits(value.asDouble()));
        case Tag.TEXT -> sized('T', bytes == null ? new byte[0] : bytes);
        default -> sized('B', bytes == null ? new byte[0] : bytes);
      }
    }
  }

  private void fixed(char kind, long bits) {
    digest.update((byte) kind);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bits).array());
  }

  private void sized(char kind, byte[] bytes) {
    digest.update(Texts.bytes(kind + Integer.toString(bytes.length) + ":"));
    digest.update(bytes);
  }
}
