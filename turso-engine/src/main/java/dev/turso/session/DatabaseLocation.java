package dev.turso.session;

import dev.turso.cipher.EncryptionKey;
import dev.turso.cipher.KeyProvider;
import dev.turso.error.SqlException;
import dev.turso.pager.JournalMode;
import dev.turso.pager.Pager;
import dev.turso.pager.PagerOptions;
import dev.turso.vfs.FileSystem;
import dev.turso.vfs.OpenMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: a file, a name in memory, or nowhere but here.
 *
 * @see <a href="https://www.sqlite.org/uri.html">Uniform Resource Identifiers</a>
 */
public final class DatabaseLocation {

  private static final AtomicLong PRIVATE_NAMES = new AtomicLong();

  private final FileSystem files;
  private final boolean memory;
  private final String name;
  private final PagerOptions options;

  private DatabaseLocation(FileSystem files, boolean memory, String name, PagerOptions options) {
    this.files = files;
    this.memory = memory;
    this.name = name;
    this.options = options;
  }

  /**
   * @param files where paths lead
   * @param mode READ_ONLY, READ_WRITE or READ_WRITE_CREATE; a URI's own {@code mode} may narrow it
   * @param keys asked for the key of a file, unless a URI has one of its own
   */
  public static DatabaseLocation of(
      FileSystem files, String path, String mode, long cacheBytes, @Nullable KeyProvider keys) {
    OpenMode open =
        switch (mode) {
          case "READ_ONLY" -> OpenMode.READ_ONLY;
          case "READ_WRITE" -> OpenMode.READ_WRITE;
          default -> OpenMode.CREATE;
        };
    PagerOptions options =
        PagerOptions.DEFAULT
            .withMode(open)
            .withCacheBytes(cacheBytes)
            .withJournalMode(JournalMode.DELETE);
    if (path.isEmpty() || path.equals(":memory:")) {
      return new DatabaseLocation(
          files, true, ":private:" + PRIVATE_NAMES.incrementAndGet(), options);
    }
    if (path.startsWith("mem:")) {
      return new DatabaseLocation(files, true, path.substring(4), options);
    }
    return path.startsWith("file:")
        ? ofUri(files, path.substring(5), options, keys)
        : new DatabaseLocation(files, false, path, options.withKey(key(files, path, keys)));
  }

  private static @Nullable EncryptionKey key(
      FileSystem files, String path, @Nullable KeyProvider keys) {
    return keys == null ? null : keys.keyFor(files.canonical(path));
  }

  private static DatabaseLocation ofUri(
      FileSystem files, String uri, PagerOptions options, @Nullable KeyProvider keys) {
    String rest = uri;
    int fragment = rest.indexOf('#');
    rest = fragment < 0 ? rest : rest.substring(0, fragment);
    int query = rest.indexOf('?');
    String parameters = query < 0 ? "" : rest.substring(query + 1);
    String path = decoded(query < 0 ? rest : rest.substring(0, query));
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String authority = path.substring(2, slash < 0 ? path.length() : slash);
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw new SqlException("invalid uri authority: " + authority);
      }
      path = slash < 0 ? "" : path.substring(slash);
    }
    UriParameters parsed = UriParameters.of(parameters, options);
    boolean memory = parsed.memory() || path.isEmpty() || path.equals(":memory:");
    if (memory) {
      boolean shared = parsed.sharedCache() && !path.isEmpty();
      String name = shared ? path : ":private:" + PRIVATE_NAMES.incrementAndGet();
      return new DatabaseLocation(files, true, name, parsed.options());
    }
    EncryptionKey key =
        parsed.encryption().isGiven() ? parsed.encryption().key() : key(files, path, keys);
    return new DatabaseLocation(files, false, path, parsed.options().withKey(key));
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The same place with a key of its own, or none. */
  DatabaseLocation withKey(@Nullable EncryptionKey key) {
    return new DatabaseLocation(files, memory, name, options.withKey(memory ? null : key));
  }

  /** The path of the file, or the name in memory. */
  String name() {
    return name;
  }

  /** What the file is to be encrypted with. */
  @Nullable EncryptionKey key() {
    return options.key();
  }

  /** The same place under the promise that nobody changes it. */
  public DatabaseLocation immutable() {
    return new DatabaseLocation(files, memory, name, options.withImmutable(true));
  }

  /** Opens a connection to it. */
  public Pager open() {
    return memory ? Pager.openSharedMemory(name, options) : Pager.open(files, name, options);
  }

  /** Opens another connection to what an earlier one has open. */
  public Pager openAgain(Pager open) {
    return memory ? open() : open.openAnother();
  }

  /** Sets what the file is to be, as far as the caller asks. */
  public void configure(Pager pager, @Nullable String journalMode) {
    if (journalMode != null && !memory) {
      pager.setJournalMode(JournalMode.valueOf(journalMode.toUpperCase(Locale.ROOT)));
    }
  }
}
