package dev.turso.session;

import dev.turso.change.AttachedExtension;
import dev.turso.change.ChangeStream;
import dev.turso.change.CommitListener;
import dev.turso.change.CommittedChanges;
import dev.turso.change.DatabaseExtension;
import dev.turso.change.Position;
import dev.turso.cipher.EncryptedTemporaryFile;
import dev.turso.error.MisuseException;
import dev.turso.error.ResultCode;
import dev.turso.pager.DatabaseFile;
import dev.turso.schema.Catalog;
import dev.turso.schema.Table;
import dev.turso.vfs.FileHandle;
import dev.turso.vfs.FileSystem;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections to one database file share beyond its pages: who listens to its commits, which
 * extensions are attached, and the commits on their way to listeners. Thread-safe.
 */
public final class SharedDatabase implements ChangeStream, AutoCloseable {

  /** Without a place for temporary files nothing spills. */
  private static final int ALL_IN_MEMORY = Integer.MAX_VALUE - 1024;

  private static final long WATCH_ENDS_MILLIS = 5_000;
  private static final int TAIL_COMMITS = 1024;
  private static final long TAIL_BYTES = 16 << 20;

  private final CommitStream stream;
  private final List<AttachedExtension> extensions = new CopyOnWriteArrayList<>();
  private final List<Supplier<Connection>> connectors = new CopyOnWriteArrayList<>();

  /** Answers to {@link #wants}; another map whenever they may differ, so that no late one survives. */
  private volatile ConcurrentMap<Table, Boolean> wanted = new ConcurrentHashMap<>();

  private final AtomicLong interest = new AtomicLong();
  private final AtomicLong transactions = new AtomicLong();

  /** Shared by commits under way, exclusive to whoever takes a snapshot between two of them. */
  private final StampedLock gate = new StampedLock();

  private final SharedNames names = new SharedNames();
  private final AtomicBoolean watching = new AtomicBoolean();
  private volatile @Nullable Thread watch;
  private volatile @Nullable FileSystem temporary;
  private volatile int changesInMemory = ALL_IN_MEMORY;
  private final @Nullable String path;
  private final BooleanSupplier encrypted;
  private Iterable<DatabaseExtension> chosen = List.of();
  private boolean extensionsClaimed;

  private SharedDatabase(@Nullable String path, long epoch, BooleanSupplier encrypted) {
    this.path = path;
    this.encrypted = encrypted;
    this.stream = new CommitStream(epoch, this::interestChanged);
    stream.keep(TAIL_COMMITS, TAIL_BYTES);
  }

  /** The one object for a database file. */
  public static SharedDatabase of(DatabaseFile file) {
    return (SharedDatabase)
        file.attachments()
            .computeIfAbsent(
                SharedDatabase.class,
                key ->
                    new SharedDatabase(
                        file.isInMemory() ? null : file.path(),
                        file.epoch(),
                        () -> file.key() != null));
  }

  /**
   * Sets what is kept in memory; the first to open the database decides.
   *
   * @param files where change sets spill to
   * @param changeSetBytes how much of a transaction's changes stays in memory, and how many bytes of
   *     changes the stream keeps
   * @param tailCommits how many commits the stream keeps, and how many may wait for listeners
   */
  public synchronized void limit(FileSystem files, long changeSetBytes, int tailCommits) {
    if (temporary == null) {
      changesInMemory = (int) Math.clamp(changeSetBytes, 1024, ALL_IN_MEMORY);
      temporary = files;
      stream.keep(tailCommits, Math.max(changeSetBytes, 1024));
    }
  }

  /** What SQL can name in it beside what its schema has. */
  public SharedNames names() {
    return names;
  }

  /** Sets the limits of another database. */
  void limitAs(SharedDatabase other) {
    FileSystem files = other.temporary;
    if (files != null) {
      limit(files, other.changesInMemory, TAIL_COMMITS);
    }
  }

  /** How many bytes of a change set stay in memory. */
  int changesInMemory() {
    return changesInMemory;
  }

  /** Whether what is too much for memory goes to files: not for a database that is in memory itself. */
  boolean hasTemporaryFiles() {
    return temporary != null && path != null;
  }

  /** A file for what does not. */
  FileHandle openTemporary() {
    FileSystem files = temporary;
    if (files == null) {
      throw new IllegalStateException("no place for temporary files");
    }
    FileHandle open = files.openTemporary();
    return isEncrypted() ? new EncryptedTemporaryFile(open) : open;
  }

  /** Whether what the file holds must be nowhere in clear. */
  boolean isEncrypted() {
    return encrypted.getAsBoolean();
  }

  /** The path of the file, or null in memory. */
  @Nullable String path() {
    return path;
  }

  /** Adds a handle that makes connections for extensions. */
  void addConnector(Supplier<Connection> connector) {
    connectors.add(connector);
  }

  /** The handle is about to close. */
  public void removeConnector(Supplier<Connection> connector) {
    connectors.remove(connector);
    if (connectors.isEmpty()) {
      endWatch();
    }
  }

  /** A connection of a handle that is open. */
  Connection connect() {
    for (Supplier<Connection> each : connectors) {
      return each.get();
    }
    throw new MisuseException(ResultCode.MISUSE, "the database is closed");
  }

  /** Whether the caller is the one to attach extensions, namely these. */
  synchronized boolean claimExtensions(Iterable<DatabaseExtension> these) {
    boolean first = !extensionsClaimed;
    if (first) {
      extensionsClaimed = true;
      chosen = these;
    }
    return first;
  }

  /** What whoever opened it first chose to have attached. */
  synchronized Iterable<DatabaseExtension> chosenExtensions() {
    return chosen;
  }

  // ---- interest ----

  /** Whether anybody might want changes of any table. */
  boolean anyInterest() {
    return !extensions.isEmpty() || stream.hasListeners();
  }

  /** Whether somebody wants the changes of a table. */
  boolean wants(Table table) {
    ConcurrentMap<Table, Boolean> answers = wanted;
    Boolean known = answers.get(table);
    if (known == null) {
      known = ask(table);
      if (answers.size() > 10_000) {
        answers.clear();
      }
      answers.put(table, known);
    }
    return known;
  }

  private boolean ask(Table table) {
    for (AttachedExtension each : extensions) {
      if (each.wants(table)) {
        return true;
      }
    }
    return stream.wants(table);
  }

  /** Asks everybody anew which tables they want. */
  public void interestChanged() {
    wanted = new ConcurrentHashMap<>();
    interest.incrementAndGet();
  }

  /** How many times interest has changed. */
  long interest() {
    return interest.get();
  }

  /** A number for a transaction. */
  long nextTransaction() {
    return transactions.incrementAndGet();
  }

  /** The extensions in the order of their attachment. */
  public List<AttachedExtension> extensions() {
    return extensions;
  }

  /** Attaches an extension; done once, by whoever opens the database first. */
  public void attach(AttachedExtension extension) {
    extensions.add(extension);
    interestChanged();
  }

  // ---- the order of commits ----

  /** A commit begins; waits only while somebody takes a snapshot between commits. */
  void enterCommit() {
    gate.readLock();
  }

  /** A commit that {@link #enterCommit} began has succeeded or failed. */
  void leaveCommit() {
    gate.tryUnlockRead();
  }

  /** Runs something, with the position of the newest commit, while no commit is under way. */
  void betweenCommits(Consumer<Position> work) {
    long stamp = gate.writeLock();
    try {
      work.accept(stream.reserved());
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  /** Gives a commit its number, while its writer still holds the lock. */
  CommitStream.Ticket reserve(@Nullable CommitDraft draft) {
    return stream.reserve(draft);
  }

  /** Says that a reserved commit has been published, or has failed. */
  void settle(CommitStream.Ticket ticket, boolean happened) {
    stream.settle(ticket, happened);
  }

  // ---- the stream ----

  @Override
  public Position position() {
    return stream.position();
  }

  @Override
  public Subscription subscribe(CommitListener listener) {
    Subscription subscription = stream.subscribe(listener);
    if (path != null && watching.compareAndSet(false, true)) {
      watch =
          Thread.ofPlatform().daemon().name("turso-foreign-watch").start(new ForeignWatch(this));
    }
    return subscription;
  }

  /** Waits for the next look for commits of other processes; false if it is not worth one any more. */
  boolean awaitLook(long millis) throws InterruptedException {
    synchronized (watching) {
      if (isWatched()) {
        watching.wait(millis);
      }
      return isWatched();
    }
  }

  private boolean isWatched() {
    return stream.hasListeners() && !connectors.isEmpty();
  }

  /** The connection that looks is closed before the last handle is: the file is nobody's then. */
  private void endWatch() {
    Thread running = watch;
    synchronized (watching) {
      watching.notifyAll();
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      running.join(WATCH_ENDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void watchEnded() {
    watching.set(false);
  }

  /** Another process has committed: extensions mend what it made stale, then listeners are told. */
  void foreignCommit(Catalog catalog) {
    for (AttachedExtension each : extensions) {
      each.foreignCommit();
    }
    stream.settle(stream.reserve(CommitDraft.foreign(catalog, new ChangeLog(this, null))), true);
  }

  @Override
  public @Nullable List<CommittedChanges> tailSince(Position position) {
    return stream.tailSince(position);
  }

  @Override
  public boolean awaitDelivered(Position position, long timeoutMillis) throws InterruptedException {
    return stream.awaitDelivered(position, timeoutMillis);
  }

  /** The file is about to close: the dispatcher and the extensions end. */
  @Override
  public synchronized void close() {
    stream.close();
    for (AttachedExtension each : extensions) {
      each.close();
    }
    extensions.clear();
    extensionsClaimed = false;
    interestChanged();
  }
}
