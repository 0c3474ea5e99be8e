package dev.turso.session;

import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.PageCipher;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pragmas about the key of a file.
 *
 * <p>Those of other products that take a password are refused: passed over, as an unknown pragma is,
 * they would leave the file in clear.
 */
final class EncryptionPragmas {

  private EncryptionPragmas() {}

  static void addTo(Map<String, PragmaHandler> all) {
    all.put("cipher", new Cipher());
    all.put("hexkey", new HexKey());
    all.put("hexrekey", new HexRekey());
    for (String each : new String[] {"key", "textkey", "rekey", "textrekey"}) {
      all.put(each, new Password(each));
    }
  }

  private static AttachedDatabase database(Connection connection, @Nullable String schema) {
    AttachedDatabase found = connection.database(schema == null ? "main" : schema);
    return found == null ? connection.database(0) : found;
  }

  private static @Nullable EncryptionKey key(Connection connection, @Nullable String schema) {
    return database(connection, schema).pager.database().key();
  }

  /** Reads the cipher of the file, or says which one the key is for that comes next. */
  private static final class Cipher implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("cipher") : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      EncryptionKey key = key(connection, schema);
      if (argument == null) {
        return key == null ? List.of() : List.of(List.of(Value.text(key.cipher().text())));
      }
      connection.pragmas.cipher =
          Names.same(argument, "none") ? null : PageCipher.named(argument).text();
      return List.of();
    }
  }

  /** Gives the key before anything is read, and says whether there is one. */
  private static final class HexKey implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return argument == null ? List.of("hexkey") : List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      AttachedDatabase database = database(connection, schema);
      if (argument == null) {
        return database.pager.database().key() == null
            ? List.of()
            : List.of(List.of(Value.text("encryption key is set for this session")));
      }
      if (database.pager.database().isInMemory()) {
        throw new SqlException("a database in memory has no file to encrypt");
      }
      connection.releaseSnapshots();
      database.pager.database().giveKey(EncryptionKey.ofHex(connection.pragmas.cipher, argument));
      connection.forgetSchema(database);
      return List.of();
    }
  }

  /** Encrypts the file with another key; with an empty one decrypts it. */
  private static final class HexRekey implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      if (argument == null) {
        throw new SqlException("PRAGMA hexrekey needs a key");
      }
      String cipher = connection.pragmas.cipher;
      EncryptionKey key = argument.isEmpty() ? null : EncryptionKey.ofHex(cipher, argument);
      Rekeying.run(connection, database(connection, schema).name, key);
      return List.of();
    }
  }

  /** What would be a password elsewhere. */
  private record Password(String name) implements PragmaHandler {

    @Override
    public List<String> columns(@Nullable String argument) {
      return List.of();
    }

    @Override
    public List<List<Value>> run(
        Connection connection, @Nullable String schema, @Nullable String argument) {
      throw SqlException.unsupported("PRAGMA " + name);
    }
  }
}
