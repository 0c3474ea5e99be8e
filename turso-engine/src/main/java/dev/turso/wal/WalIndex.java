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
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The WAL-index: memory shared by all processes that use the database.
 *
 * <p>Knows the layout and the order of its reads and writes, but no locks: the caller holds those
 * that the operation needs. The header is written second copy first, and read first copy first, so
 * that two equal copies with a right checksum are a whole header.
 *
 * <p>The regions are seen as byte buffers: an access to a segment does the same, but is five times as
 * much code to compile, and every commit makes some twenty.
 */
final class WalIndex {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final boolean BIG_ENDIAN_MACHINE = ORDER == ByteOrder.BIG_ENDIAN;
  private static final int HEADER_LONGS = HEADER_SIZE / 8;

  /** A power of two. */
  private static final int LAST_SLOTS = 64;

  private final FileHandle file;
  private volatile ByteBuffer[] regions;

  /** Where {@link #append} has put pages last, by their lowest bits; to be checked before use. */
  private final int[] lastSlots = new int[LAST_SLOTS];

  WalIndex(FileHandle file) {
    this.file = file;
    this.regions = new ByteBuffer[] {map(file, 0)};
  }

  private static ByteBuffer map(FileHandle file, int region) {
    return file.map((long) region * REGION_SIZE, REGION_SIZE).asByteBuffer().order(ORDER);
  }

  /** Makes the header one that nobody has written yet. */
  void forget() {
    clear(regions[0], 0, 2 * HEADER_SIZE);
  }

  private static void clear(ByteBuffer region, int from, int to) {
    for (int at = from; at < to; at += 4) {
      region.putInt(at, 0);
    }
  }

  // ---- header ----

  /** A header as it lies in memory, to notice with a few loads that nothing changed. */
  static final class Image {
    private final long[] words = new long[HEADER_LONGS];

    Image copy() {
      Image copy = new Image();
      System.arraycopy(words, 0, copy.words, 0, HEADER_LONGS);
      return copy;
    }
  }

  private static ByteBuffer fields() {
    return ByteBuffer.allocate(HEADER_SIZE).order(ORDER);
  }

  /** Whether both copies are the image. */
  boolean isUnchanged(Image image) {
    boolean unchanged = isCopyOf(image, 0);
    VarHandle.fullFence();
    return unchanged && isCopyOf(image, HEADER_SIZE);
  }

  private boolean isCopyOf(Image image, int from) {
    ByteBuffer first = regions[0];
    long[] words = image.words;
    for (int i = 0; i < HEADER_LONGS; i++) {
      if (first.getLong(from + i * 8) != words[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads the header; null if it is being written, damaged or not initialized. */
  @Nullable WalState readHeader(Image image) {
    ByteBuffer first = regions[0];
    ByteBuffer copy = fields();
    for (int i = 0; i < HEADER_LONGS; i++) {
      long word = first.getLong(i * 8);
      image.words[i] = word;
      copy.putLong(i * 8, word);
    }
    VarHandle.fullFence();
    if (!isUnchanged(image)) {
      return null;
    }
    byte[] bytes = copy.array();
    long checksum = WalLayout.checksum(0, bytes, 0, CHECKSUM, BIG_ENDIAN_MACHINE);
    if (bytes[INITIALIZED] == 0 || checksum != readPair(copy, CHECKSUM)) {
      return null;
    }
    if (copy.getInt(WalIndexLayout.VERSION) != WalLayout.CURRENT_VERSION) {
      throw new IoException(
          ResultCode.CANTOPEN, "unable to open database file: WAL-index of an unknown version");
    }
    int pageSize = copy.getShort(PAGE_SIZE) & 0xffff;
    return new WalState(
        copy.getInt(CHANGE),
        bytes[BIG_ENDIAN] != 0,
        pageSize == 1 ? 65536 : pageSize,
        copy.getInt(MAX_FRAME),
        copy.getInt(PAGE_COUNT),
        readPair(copy, FRAME_CHECKSUM),
        fromFile(copy.getInt(SALT)),
        fromFile(copy.getInt(SALT + 4)));
  }

  /** Publishes a state: from here on readers of all processes see it. */
  void writeHeader(WalState state, Image image) {
    ByteBuffer copy = encode(state);
    for (int i = 0; i < HEADER_LONGS; i++) {
      image.words[i] = copy.getLong(i * 8);
    }
    VarHandle.fullFence();
    putCopy(image, HEADER_SIZE);
    VarHandle.fullFence();
    putCopy(image, 0);
    VarHandle.fullFence();
  }

  private static ByteBuffer encode(WalState state) {
    ByteBuffer copy = fields();
    byte[] bytes = copy.array();
    copy.putInt(WalIndexLayout.VERSION, WalLayout.CURRENT_VERSION);
    copy.putInt(CHANGE, state.change());
    bytes[INITIALIZED] = 1;
    bytes[BIG_ENDIAN] = (byte) (state.bigEndian() ? 1 : 0);
    copy.putShort(PAGE_SIZE, (short) (state.pageSize() == 65536 ? 1 : state.pageSize()));
    copy.putInt(MAX_FRAME, state.maxFrame());
    copy.putInt(PAGE_COUNT, state.pageCount());
    writePair(copy, FRAME_CHECKSUM, state.checksum());
    copy.putInt(SALT, fromFile(state.salt1()));
    copy.putInt(SALT + 4, fromFile(state.salt2()));
    writePair(copy, CHECKSUM, WalLayout.checksum(0, bytes, 0, CHECKSUM, BIG_ENDIAN_MACHINE));
    return copy;
  }

  private void putCopy(Image image, int from) {
    ByteBuffer first = regions[0];
    for (int i = 0; i < HEADER_LONGS; i++) {
      first.putLong(from + i * 8, image.words[i]);
    }
  }

  private static long readPair(ByteBuffer at, int offset) {
    return WalLayout.pack(at.getInt(offset), at.getInt(offset + 4));
  }

  private static void writePair(ByteBuffer at, int offset, long pair) {
    at.putInt(offset, (int) pair);
    at.putInt(offset + 4, (int) (pair >>> 32));
  }

  /** The salts lie here as bytes of the file, which are big-endian. */
  private static int fromFile(int salt) {
    return BIG_ENDIAN_MACHINE ? salt : Integer.reverseBytes(salt);
  }

  // ---- checkpoint information ----

  int backfilled() {
    VarHandle.fullFence();
    return regions[0].getInt(BACKFILLED);
  }

  void setBackfilled(int frame) {
    VarHandle.fullFence();
    regions[0].putInt(BACKFILLED, frame);
    VarHandle.fullFence();
  }

  void setBackfillAttempted(int frame) {
    regions[0].putInt(BACKFILL_ATTEMPTED, frame);
    VarHandle.fullFence();
  }

  int readMark(int reader) {
    return regions[0].getInt(READ_MARK + reader * 4);
  }

  void setReadMark(int reader, int frame) {
    VarHandle.fullFence();
    regions[0].putInt(READ_MARK + reader * 4, frame);
    VarHandle.fullFence();
  }

  // ---- page numbers and hash tables ----

  /** The page that a frame holds. The frame must belong to a state that the caller has read. */
  int pageOf(int frame) {
    int region = WalIndexLayout.region(frame);
    int place = WalIndexLayout.place(frame);
    return region(region).getInt(WalIndexLayout.pageNumberOffset(region, place));
  }

  /**
   * Enters the frame that follows all valid ones. What a writer that died or rolled back has left at
   * and after its place is cleared away first.
   */
  void append(int frame, int page) {
    int number = WalIndexLayout.region(frame);
    int place = WalIndexLayout.place(frame);
    ByteBuffer region = region(number);
    int at = WalIndexLayout.pageNumberOffset(number, place);
    if (place == 1) {
      clear(region, at, REGION_SIZE);
    } else if (region.getInt(at) != 0) {
      forgetFrom(region, number, place);
    }
    int slot = freeAfter(region, number, page);
    for (int tries = place; region.getShort(HASH_TABLE + slot * 2) != 0; tries--) {
      if (tries == 0) {
        throw new IoException(ResultCode.IOERR, "disk I/O error: the WAL-index is damaged");
      }
      slot = WalIndexLayout.nextSlot(slot);
    }
    region.putInt(at, page);
    region.putShort(HASH_TABLE + slot * 2, (short) place);
    lastSlots[page & LAST_SLOTS - 1] = slot;
  }

  /**
   * A slot at or after which there is a free one for a page. A page written by commit after commit
   * fills slot after slot, so the search goes on from its last one: all from its first slot up to there
   * are taken, by frames before that one, as long as that slot names a frame of the page.
   */
  private int freeAfter(ByteBuffer region, int number, int page) {
    int last = lastSlots[page & LAST_SLOTS - 1];
    int place = region.getShort(HASH_TABLE + last * 2) & 0xffff;
    boolean holds =
        place > 0
            && place <= HASH_SLOTS / 2
            && region.getInt(WalIndexLayout.pageNumberOffset(number, place)) == page;
    return holds ? last : WalIndexLayout.slot(page);
  }

  private static void forgetFrom(ByteBuffer region, int number, int place) {
    for (int slot = 0; slot < HASH_SLOTS; slot++) {
      int at = HASH_TABLE + slot * 2;
      if ((region.getShort(at) & 0xffff) >= place) {
        region.putShort(at, (short) 0);
      }
    }
    clear(region, WalIndexLayout.pageNumberOffset(number, place), HASH_TABLE);
  }

  private ByteBuffer region(int number) {
    ByteBuffer[] known = regions;
    return number < known.length ? known[number] : mapUpTo(number);
  }

  private synchronized ByteBuffer mapUpTo(int number) {
    while (regions.length <= number) {
      int next = regions.length;
      ByteBuffer[] grown = Arrays.copyOf(regions, next + 1);
      grown[next] = map(file, next);
      regions = grown;
    }
    return regions[number];
  }
}
