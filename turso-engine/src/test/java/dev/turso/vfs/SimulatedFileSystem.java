package dev.turso.vfs;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that can lose its power.
 *
 * <p>Fault model. Every write, truncation, sync, deletion and directory sync is one <em>point</em>,
 * counted from 1. {@link #cutPowerAt} chooses one: that operation and every later one throws {@link
 * PowerCut}. {@link #afterPowerCut} then gives the disk as the next start finds it:
 *
 * <ul>
 *   <li>What was synced is there. The sync at which the power fails may have had any effect.
 *   <li>Of what was written since the file's last sync any subset is there, in any order: a write may
 *       be whole, missing or torn, each sector of 512 bytes being new or old on its own. A sector is
 *       never half written.
 *   <li>A truncation that was not synced has happened or not.
 *   <li>A file that was created, or deleted, since the last sync of the directory is there or not; one
 *       that comes back has the content it had.
 *   <li>Mapped memory is lost whole: it is memory.
 * </ul>
 *
 * <p>Seed 0 loses everything that was not synced, seed 1 keeps everything, any other seed chooses for
 * each sector and name. One process is simulated: locks are always granted, but a file is opened
 * once. {@link #failSyncAt} makes one sync fail, with the power on: the disk may have lost any
 * unsynced write of the file, and does not say so again.
 *
 * <pre>
 *   SimulatedFileSystem disk = new SimulatedFileSystem();
 *   disk.cutPowerAt(17);
 *   try { run(Pager.open(disk, "/db", options)); } catch (PowerCut e) { }
 *   verify(Pager.open(disk.afterPowerCut(seed), "/db", options));
 * </pre>
 */
public final class SimulatedFileSystem implements FileSystem {

  private static final int SECTOR = 512;

  private final Map<String, SimulatedFile> names = new HashMap<>();
  private final Map<String, @Nullable SimulatedFile> durableNames = new HashMap<>();
  private @Nullable IntConsumer observer;
  private int points;
  private int cutAt = Integer.MAX_VALUE;
  private int failSyncAt = Integer.MAX_VALUE;
  private int syncs;

  /** How many points have passed. */
  public synchronized int points() {
    return points;
  }

  /** How many syncs of files have been asked for. */
  public synchronized int syncs() {
    return syncs;
  }

  /**
   * Is called at every point, on the thread that is in the operation, with the disk as it is if the
   * power fails there: what {@link #afterPowerCut} gives then is what {@link #cutPowerAt} would leave.
   */
  public synchronized void onPoint(IntConsumer consumer) {
    observer = consumer;
  }

  /** The names of all files. */
  public synchronized List<String> names() {
    return names.keySet().stream().sorted().toList();
  }

  /** What is in a file. */
  public synchronized byte[] content(String path) {
    return names.get(path).current.clone();
  }

  /** The power fails in the operation of this number, counted from 1. */
  public synchronized void cutPowerAt(int point) {
    cutAt = point;
  }

  /** The sync of this number, counted from 1, throws and makes nothing durable. */
  public synchronized void failSyncAt(int sync) {
    failSyncAt = sync;
  }

  /** The disk as it is after the power has come back. */
  public synchronized SimulatedFileSystem afterPowerCut(long seed) {
    Random random = new Random(seed);
    SimulatedFileSystem next = new SimulatedFileSystem();
    Map<String, SimulatedFile> all = new HashMap<>(names);
    durableNames.forEach((name, file) -> {
      if (file != null) {
        all.putIfAbsent(name, file);
      }
    });
    for (String name : all.keySet().stream().sorted().toList()) {
      SimulatedFile now = names.get(name);
      SimulatedFile durable = durableNames.get(name);
      SimulatedFile survivor = now == durable || chance(seed, random) ? now : durable;
      if (survivor != null) {
        SimulatedFile file = next.new SimulatedFile();
        file.durable = survivor.surviving(seed, random);
        file.current = file.durable.clone();
        next.names.put(name, file);
        next.durableNames.put(name, file);
      }
    }
    return next;
  }

  private static boolean chance(long seed, Random random) {
    return seed == 1 || seed != 0 && random.nextBoolean();
  }

  private boolean pass() {
    points++;
    if (points > cutAt) {
      throw new PowerCut(cutAt);
    }
    return points < cutAt;
  }

  /** The operation is under way: it may have happened, or not, or in part. */
  private void between(boolean on) {
    if (!on) {
      throw new PowerCut(cutAt);
    }
    if (observer != null) {
      observer.accept(points);
    }
  }

  /** The files there are, by name, with their content. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> content = new HashMap<>();
    names.forEach((name, file) -> content.put(name, file.current.clone()));
    return content;
  }

  @Override
  public String identity(String path) {
    return path;
  }

  @Override
  public String canonical(String path) {
    return path;
  }

  @Override
  public synchronized FileHandle open(String path, OpenMode mode) {
    if (points >= cutAt) {
      throw new PowerCut(cutAt);
    }
    SimulatedFile file = names.get(path);
    if (file == null) {
      if (mode != OpenMode.CREATE) {
        throw new IoException(ResultCode.CANTOPEN, "unable to open database file: " + path);
      }
      file = new SimulatedFile();
      names.put(path, file);
    }
    if (file.open) {
      throw new IllegalStateException(path + " is already open");
    }
    file.open = true;
    return file;
  }

  @Override
  public synchronized boolean exists(String path) {
    return names.containsKey(path);
  }

  @Override
  public synchronized void delete(String path) {
    boolean on = pass();
    names.remove(path);
    between(on);
  }

  @Override
  public synchronized void syncDirectory(String path) {
    between(pass());
    durableNames.clear();
    durableNames.putAll(names);
  }

  /** A write that is not synced, or a truncation: then without bytes, and the size as position. */
  private record Pending(long position, byte @Nullable [] bytes) {}

  private final class SimulatedFile implements FileHandle {
    byte[] durable = new byte[0];
    byte[] current = new byte[0];
    final List<Pending> pending = new ArrayList<>();
    final Map<Long, MemorySegment> mappings = new HashMap<>();
    boolean open;

    byte[] surviving(long seed, Random random) {
      byte[] content = durable.clone();
      for (Pending each : pending) {
        byte[] bytes = each.bytes;
        if (bytes == null) {
          if (chance(seed, random)) {
            content = Arrays.copyOf(content, (int) each.position);
          }
        } else {
          content = surviving(content, (int) each.position, bytes, seed, random);
        }
      }
      return content;
    }

    private byte[] surviving(byte[] before, int position, byte[] bytes, long seed, Random random) {
      byte[] content = before;
      int fate = random.nextInt(3);
      for (int from = 0; from < bytes.length; ) {
        int end = Math.min(bytes.length, ((position + from) / SECTOR + 1) * SECTOR - position);
        boolean kept = seed == 1 || seed != 0 && (fate == 0 || fate == 1 && random.nextBoolean());
        if (kept) {
          if (content.length < position + end) {
            content = Arrays.copyOf(content, position + end);
          }
          System.arraycopy(bytes, from, content, position + from, end - from);
        }
        from = end;
      }
      return content;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      synchronized (SimulatedFileSystem.this) {
        int n = (int) Math.max(0, Math.min(length, current.length - position));
        if (n > 0) {
          System.arraycopy(current, (int) position, into, offset, n);
        }
        return n;
      }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
      synchronized (SimulatedFileSystem.this) {
        boolean on = pass();
        byte[] bytes = Arrays.copyOfRange(from, offset, offset + length);
        pending.add(new Pending(position, bytes));
        if (current.length < position + length) {
          current = Arrays.copyOf(current, (int) position + length);
        }
        System.arraycopy(bytes, 0, current, (int) position, length);
        between(on);
      }
    }

    @Override
    public void truncate(long size) {
      synchronized (SimulatedFileSystem.this) {
        boolean on = pass();
        pending.add(new Pending(size, null));
        current = Arrays.copyOf(current, (int) size);
        mappings.clear();
        between(on);
      }
    }

    @Override
    public long size() {
      synchronized (SimulatedFileSystem.this) {
        return current.length;
      }
    }

    @Override
    public void sync() {
      synchronized (SimulatedFileSystem.this) {
        between(pass());
        if (++syncs == failSyncAt) {
          pending.clear();
          throw new IoException(ResultCode.IOERR_FSYNC, "disk I/O error: simulated");
        }
        durable = current.clone();
        pending.clear();
      }
    }

    @Override
    public boolean tryLock(long position, long length, LockKind kind) {
      return true;
    }

    @Override
    public void unlock(long position, long length) {}

    @Override
    public MemorySegment map(long position, long length) {
      synchronized (SimulatedFileSystem.this) {
        if (current.length < position + length) {
          current = Arrays.copyOf(current, (int) (position + length));
        }
        return mappings.computeIfAbsent(position, p -> Arena.ofAuto().allocate(length, Long.BYTES));
      }
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
