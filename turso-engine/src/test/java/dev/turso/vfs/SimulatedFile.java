package dev.turso.vfs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a file of a simulated disk holds, and what of it a power cut may lose. Guarded by the disk. */
final class SimulatedFile {

  private static final int SECTOR = 512;

  /** A write that is not synced, or a truncation: then without bytes, and the size as position. */
  private record Pending(long position, byte @Nullable [] bytes) {}

  /** A byte range that a handle has locked. */
  private record Lock(Object owner, long position, long length, LockKind kind) {

    boolean conflicts(Object other, long from, long bytes, LockKind wanted) {
      boolean overlap = position < from + bytes && from < position + length;
      return owner != other
          && overlap
          && (kind == LockKind.EXCLUSIVE || wanted == LockKind.EXCLUSIVE);
    }
  }

  /** Tells files apart in the order of their making, whatever they are called. */
  final int number;

  private byte[] durable = new byte[0];
  private byte[] current = new byte[0];
  private final List<Pending> pending = new ArrayList<>();
  private final Map<Long, MemorySegment> mappings = new HashMap<>();
  private final List<Lock> locks = new ArrayList<>();

  SimulatedFile(int number) {
    this.number = number;
  }

  /** The file as it is found when the power has come back. */
  SimulatedFile afterPowerCut(long seed, Random random) {
    SimulatedFile file = new SimulatedFile(number);
    file.durable = surviving(seed, random);
    file.current = file.durable.clone();
    return file;
  }

  static boolean chance(long seed, Random random) {
    return seed == 1 || seed != 0 && random.nextBoolean();
  }

  private byte[] surviving(long seed, Random random) {
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

  private static byte[] surviving(
      byte[] before, int position, byte[] bytes, long seed, Random random) {
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

  byte[] content() {
    return current.clone();
  }

  int size() {
    return current.length;
  }

  int read(long position, byte[] into, int offset, int length) {
    int n = (int) Math.max(0, Math.min(length, current.length - position));
    if (n > 0) {
      System.arraycopy(current, (int) position, into, offset, n);
    }
    return n;
  }

  void write(long position, byte[] from, int offset, int length) {
    byte[] bytes = Arrays.copyOfRange(from, offset, offset + length);
    pending.add(new Pending(position, bytes));
    if (current.length < position + length) {
      current = Arrays.copyOf(current, (int) position + length);
    }
    System.arraycopy(bytes, 0, current, (int) position, length);
  }

  void truncate(long size) {
    pending.add(new Pending(size, null));
    current = Arrays.copyOf(current, (int) size);
    mappings.clear();
  }

  void sync() {
    if (!pending.isEmpty()) {
      durable = current.clone();
      pending.clear();
    }
  }

  /** The disk forgets what it was to make durable, and does not say so again. */
  void failSync() {
    pending.clear();
  }

  MemorySegment map(long position, long length) {
    if (current.length < position + length) {
      current = Arrays.copyOf(current, (int) (position + length));
    }
    return mappings.computeIfAbsent(position, p -> Arena.ofAuto().allocate(length, Long.BYTES));
  }

  boolean tryLock(Object owner, long position, long length, LockKind kind) {
    for (Lock lock : locks) {
      if (lock.conflicts(owner, position, length, kind)) {
        return false;
      }
    }
    locks.add(new Lock(owner, position, length, kind));
    return true;
  }

  /** Returns false if the owner has no lock on exactly this range. */
  boolean unlock(Object owner, long position, long length) {
    return locks.removeIf(
        lock -> lock.owner == owner && lock.position == position && lock.length == length);
  }

  void unlockAll(Object owner) {
    locks.removeIf(lock -> lock.owner == owner);
  }

  /** Whether anybody holds an exclusive lock on a byte. */
  boolean isLockedExclusively(long position) {
    for (Lock lock : locks) {
      if (lock.kind == LockKind.EXCLUSIVE
          && lock.position <= position
          && position < lock.position + lock.length) {
        return true;
      }
    }
    return false;
  }
}
