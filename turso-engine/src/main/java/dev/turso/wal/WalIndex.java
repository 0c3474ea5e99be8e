package dev.turso.wal;

import static dev.turso.format.WalIndexLayout.BACKFILLED;
import static dev.turso.format.WalIndexLayout.BACKFILL_ATTEMPTED;
import static dev.turso.format.WalIndexLayout.BIG_ENDIAN;
import static dev.turso.format.WalIndexLayout.CHANGE;
import static dev.turso.format.WalIndexLayout.CHECKSUM;
import static dev.turso.format.WalIndexLayout.FRAME_CHECKSUM;
import static dev.turso.format.WalIndexLayout.HASH_SLOTS;
import static dev.turso.format.WalIndexLayout.HASH_TABLE;
import static dev.turso.format.WalIndexLayout.HEADER_SIZE;
import static dev.turso.format.WalIndexLayout.INITIALIZED;
import static dev.turso.format.WalIndexLayout.MAX_FRAME;
import static dev.turso.format.WalIndexLayout.PAGE_COUNT;
import static dev.turso.format.WalIndexLayout.PAGE_SIZE;
import static dev.turso.format.WalIndexLayout.READ_MARK;
import static dev.turso.format.WalIndexLayout.REGION_SIZE;
import static dev.turso.format.WalIndexLayout.SALT;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.format.WalIndexLayout;
import dev.turso.format.WalLayout;
import dev.turso.vfs.FileHandle;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The WAL-index: memory shared by all processes that use the database.
 *
 * <p>Knows the layout and the order of its reads and writes, but no locks: the caller holds those
 * that the operation needs. The header is written second copy first, and read first copy first, so
 * that two equal copies with a right checksum are a whole header.
 */
final class WalIndex {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
  private static final boolean BIG_ENDIAN_MACHINE = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;
  private static final int HEADER_LONGS = HEADER_SIZE / 8;

  private final FileHandle file;
  private volatile MemorySegment[] regions;

  WalIndex(FileHandle file) {
    this.file = file;
    this.regions = new MemorySegment[] {file.map(0, REGION_SIZE)};
  }

  /** Makes the header one that nobody has written yet. */
  void forget() {
    regions[0].asSlice(0, 2L * HEADER_SIZE).fill((byte) 0);
  }

  // ---- header ----

  /** A header as it lies in memory, to notice with a few loads that nothing changed. */
  static final class Image {
    private final long[] words = new long[HEADER_LONGS];
  }

  /** Whether both copies are the image. */
  boolean isUnchanged(Image image) {
    MemorySegment first = regions[0];
    long[] words = image.words;
    for (int i = 0; i < HEADER_LONGS; i++) {
      if (first.get(LONG, i * 8L) != words[i]) {
        return false;
      }
    }
    VarHandle.fullFence();
    for (int i = 0; i < HEADER_LONGS; i++) {
      if (first.get(LONG, HEADER_SIZE + i * 8L) != words[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the header; null if it is being written, damaged or not initialized. */
  @Nullable WalState readHeader(Image image) {
    MemorySegment first = regions[0];
    for (int i = 0; i < HEADER_LONGS; i++) {
      image.words[i] = first.get(LONG, i * 8L);
    }
    VarHandle.fullFence();
    if (!isUnchanged(image)) {
      return null;
    }
    MemorySegment copy = MemorySegment.ofArray(image.words);
    byte[] bytes = copy.toArray(ValueLayout.JAVA_BYTE);
    long checksum = WalLayout.checksum(0, bytes, 0, CHECKSUM, BIG_ENDIAN_MACHINE);
    if (bytes[INITIALIZED] == 0 || checksum != readPair(copy, CHECKSUM)) {
      return null;
    }
    if (copy.get(INT, WalIndexLayout.VERSION) != WalLayout.CURRENT_VERSION) {
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open database file: WAL-index of an unknown version");
    }
    int pageSize = copy.get(SHORT, PAGE_SIZE) & 0xffff;
    return new WalState(
        copy.get(INT, CHANGE),
        bytes[BIG_ENDIAN] != 0,
        pageSize == 1 ? 65536 : pageSize,
        copy.get(INT, MAX_FRAME),
        copy.get(INT, PAGE_COUNT),
        readPair(copy, FRAME_CHECKSUM),
        fromFile(copy.get(INT, SALT)),
        fromFile(copy.get(INT, SALT + 4)));
  }

  /** Publishes a state: from here on readers of all processes see it. */
  void writeHeader(WalState state, Image image) {
    MemorySegment copy = MemorySegment.ofArray(image.words);
    Arrays.fill(image.words, 0);
    copy.set(INT, WalIndexLayout.VERSION, WalLayout.CURRENT_VERSION);
    copy.set(INT, CHANGE, state.change());
    copy.set(ValueLayout.JAVA_BYTE, INITIALIZED, (byte) 1);
    copy.set(ValueLayout.JAVA_BYTE, BIG_ENDIAN, (byte) (state.bigEndian() ? 1 : 0));
    copy.set(SHORT, PAGE_SIZE, (short) (state.pageSize() == 65536 ? 1 : state.pageSize()));
    copy.set(INT, MAX_FRAME, state.maxFrame());
    copy.set(INT, PAGE_COUNT, state.pageCount());
    writePair(copy, FRAME_CHECKSUM, state.checksum());
    copy.set(INT, SALT, fromFile(state.salt1()));
    copy.set(INT, SALT + 4, fromFile(state.salt2()));
    byte[] bytes = copy.toArray(ValueLayout.JAVA_BYTE);
    writePair(copy, CHECKSUM, WalLayout.checksum(0, bytes, 0, CHECKSUM, BIG_ENDIAN_MACHINE));
    MemorySegment first = regions[0];
    VarHandle.fullFence();
    for (int i = 0; i < HEADER_LONGS; i++) {
      first.set(LONG, HEADER_SIZE + i * 8L, image.words[i]);
    }
    VarHandle.fullFence();
    for (int i = 0; i < HEADER_LONGS; i++) {
      first.set(LONG, i * 8L, image.words[i]);
    }
    VarHandle.fullFence();
  }

  private static long readPair(MemorySegment at, int offset) {
    return WalLayout.pack(at.get(INT, offset), at.get(INT, offset + 4L));
  }

  private static void writePair(MemorySegment at, int offset, long pair) {
    at.set(INT, offset, (int) pair);
    at.set(INT, offset + 4L, (int) (pair >>> 32));
  }

  /** The salts lie here as bytes of the file, which are big-endian. */
  private static int fromFile(int salt) {
    return BIG_ENDIAN_MACHINE ? salt : Integer.reverseBytes(salt);
  }

  // ---- checkpoint information ----

  int backfilled() {
    VarHandle.fullFence();
    return regions[0].get(INT, BACKFILLED);
  }

  void setBackfilled(int frame) {
    VarHandle.fullFence();
    regions[0].set(INT, BACKFILLED, frame);
    VarHandle.fullFence();
  }

  void setBackfillAttempted(int frame) {
    regions[0].set(INT, BACKFILL_ATTEMPTED, frame);
    VarHandle.fullFence();
  }

  int readMark(int reader) {
    return regions[0].get(INT, READ_MARK + reader * 4L);
  }

  void setReadMark(int reader, int frame) {
    VarHandle.fullFence();
    regions[0].set(INT, READ_MARK + reader * 4L, frame);
    VarHandle.fullFence();
  }

  // ---- page numbers and hash tables ----

  /** The page that a frame holds. The frame must belong to a state that the caller has read. */
  int pageOf(int frame) {
    int region = WalIndexLayout.region(frame);
    int place = WalIndexLayout.place(frame);
    return region(region).get(INT, WalIndexLayout.pageNumberOffset(region, place));
  }

  /**
   * Enters the frame that follows all valid ones. What a writer that died or rolled back has left at
   * and after its place is cleared away first.
   */
  void append(int frame, int page) {
    int number = WalIndexLayout.region(frame);
    int place = WalIndexLayout.place(frame);
    MemorySegment region = region(number);
    long at = WalIndexLayout.pageNumberOffset(number, place);
    if (place == 1) {
      region.asSlice(at).fill((byte) 0);
    } else if (region.get(INT, at) != 0) {
      forgetFrom(region, number, place);
    }
    int slot = WalIndexLayout.slot(page);
    for (int tries = place; region.get(SHORT, HASH_TABLE + slot * 2L) != 0; tries--) {
      if (tries == 0) {
        throw new IoException(ResultCode.IOERR, "disk I/O error: the WAL-index is damaged");
      }
      slot = WalIndexLayout.nextSlot(slot);
    }
    region.set(INT, at, page);
    region.set(SHORT, HASH_TABLE + slot * 2L, (short) place);
  }

  private static void forgetFrom(MemorySegment region, int number, int place) {
    for (int slot = 0; slot < HASH_SLOTS; slot++) {
      long at = HASH_TABLE + slot * 2L;
      if ((region.get(SHORT, at) & 0xffff) >= place) {
        region.set(SHORT, at, (short) 0);
      }
    }
    long from = WalIndexLayout.pageNumberOffset(number, place);
    region.asSlice(from, HASH_TABLE - from).fill((byte) 0);
  }

  private MemorySegment region(int number) {
    MemorySegment[] known = regions;
    return number < known.length ? known[number] : mapUpTo(number);
  }

  private synchronized MemorySegment mapUpTo(int number) {
    while (regions.length <= number) {
      int next = regions.length;
      MemorySegment[] grown = Arrays.copyOf(regions, next + 1);
      grown[next] = file.map((long) next * REGION_SIZE, REGION_SIZE);
      regions = grown;
    }
    return regions[number];
  }
}
