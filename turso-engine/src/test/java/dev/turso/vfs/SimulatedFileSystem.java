package dev.turso.vfs;

import java.util.ArrayList;
import java.util.Comparator;
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
 * each sector and name. {@link #failSyncAt} makes one sync fail, with the power on: the disk may have
 * lost any unsynced write of the file, and does not say so again.
 *
 * <p>{@link #newProcess} gives the disk as a process sees it: with its own handles and locks, and an end
 * of its own. The methods of this object itself are those of one more process.
 *
 * <pre>
 *   SimulatedFileSystem disk = new SimulatedFileSystem();
 *   disk.cutPowerAt(17);
 *   try { run(Pager.open(disk, "/db", options)); } catch (PowerCut e) { }
 *   verify(Pager.open(disk.afterPowerCut(seed), "/db", options));
 * </pre>
 */
public final class SimulatedFileSystem implements FileSystem {

  private final Map<String, SimulatedFile> names = new HashMap<>();
  private final Map<String, @Nullable SimulatedFile> durableNames = new HashMap<>();
  private final SimulatedProcess own = new SimulatedProcess(this);
  private @Nullable IntConsumer observer;
  private int files;
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
    return names.get(path).content();
  }

  /** The files there are, by name, with their content. */
  public synchronized Map<String, byte[]> files() {
    Map<String, byte[]> content = new HashMap<>();
    names.forEach((name, file) -> content.put(name, file.content()));
    return content;
  }

  /** The power fails in the operation of this number, counted from 1. */
  public synchronized void cutPowerAt(int point) {
    cutAt = point;
  }

  /** The sync of this number, counted from 1, throws and makes nothing durable. */
  public synchronized void failSyncAt(int sync) {
    failSyncAt = sync;
  }

  /** The disk as another process sees it. */
  public SimulatedProcess newProcess() {
    return new SimulatedProcess(this);
  }

  /** Whether a process holds an exclusive lock on a byte of a file. */
  public synchronized boolean isLockedExclusively(String path, long position) {
    SimulatedFile file = names.get(path);
    return file != null && file.isLockedExclusively(position);
  }

  /** The disk as it is after the power has come back. */
  public synchronized SimulatedFileSystem afterPowerCut(long seed) {
    Random random = new Random(seed);
    SimulatedFileSystem next = new SimulatedFileSystem();
    next.files = files;
    Map<String, SimulatedFile> all = new HashMap<>(names);
    durableNames.forEach((name, file) -> {
      if (file != null) {
        all.putIfAbsent(name, file);
      }
    });
    List<String> inOrder = new ArrayList<>(all.keySet());
    inOrder.sort(Comparator.<String>comparingInt(n -> all.get(n).number).thenComparing(n -> n));
    for (String name : inOrder) {
      SimulatedFile now = names.get(name);
      SimulatedFile durable = durableNames.get(name);
      boolean changed = now == durable || SimulatedFile.chance(seed, random);
      SimulatedFile survivor = changed ? now : durable;
      if (survivor != null) {
        SimulatedFile file = survivor.afterPowerCut(seed, random);
        next.names.put(name, file);
        next.durableNames.put(name, file);
      }
    }
    return next;
  }

  // ---- for the processes, which hold this monitor ----

  /** Counts a point. False if the power fails in it. */
  boolean pass() {
    points++;
    if (points > cutAt) {
      throw new PowerCut(cutAt);
    }
    return points < cutAt;
  }

  /** The operation is under way: it may have happened, or not, or in part. */
  void between(boolean on) {
    if (!on) {
      throw new PowerCut(cutAt);
    }
    if (observer != null) {
      observer.accept(points);
    }
  }

  void checkPower() {
    if (points >= cutAt) {
      throw new PowerCut(cutAt);
    }
  }

  boolean nextSyncFails() {
    return ++syncs == failSyncAt;
  }

  @Nullable SimulatedFile find(String path) {
    return names.get(path);
  }

  SimulatedFile create(String path) {
    SimulatedFile file = new SimulatedFile(++files);
    names.put(path, file);
    return file;
  }

  void remove(String path) {
    names.remove(path);
  }

  void makeNamesDurable() {
    durableNames.clear();
    durableNames.putAll(names);
  }

  // ---- as one process ----

  @Override
  public String identity(String path) {
    return path;
  }

  @Override
  public String canonical(String path) {
    return path;
  }

  @Override
  public FileHandle open(String path, OpenMode mode) {
    return own.open(path, mode);
  }

  @Override
  public boolean exists(String path) {
    return own.exists(path);
  }

  @Override
  public void delete(String path) {
    own.delete(path);
  }

  @Override
  public void syncDirectory(String path) {
    own.syncDirectory(path);
  }
}
