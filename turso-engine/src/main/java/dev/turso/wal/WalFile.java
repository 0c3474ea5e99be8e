package dev.turso.wal;

import dev.turso.cipher.PageCodec;
import dev.turso.error.CorruptException;
import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.format.Bytes;
import dev.turso.format.WalLayout;
import dev.turso.vfs.FileHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The log file: encodes, writes, reads and verifies frames.
 *
 * <p>Reading is thread-safe; writing is for the holder of the write lock.
 */
final class WalFile {

  private static final boolean BIG_ENDIAN_MACHINE = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  /** Frames go to the file in writes of about this many bytes. */
  private static final int BATCH_BYTES = 1 << 18;

  /** A log of a few frames does not need room for more. */
  private static final int LEAST_SPARE_FRAMES = 8;

  private final FileHandle file;
  private final PageCodec codec;
  private byte[] batch = new byte[0];

  /** Up to where the file reached when this process last looked or wrote: others may cut it. */
  private long reach;

  /** Whether the file may be as long as an earlier run made it. */
  private boolean mayBeTooLong;

  WalFile(FileHandle file, PageCodec codec) {
    this.file = file;
    this.codec = codec;
  }

  /** Starts a run of the log: writes its header, and returns the state without frames. */
  WalState writeHeader(WalState restarted, int sequence) {
    byte[] header = new byte[WalLayout.HEADER_SIZE];
    Bytes.put32(
        header,
        WalLayout.MAGIC,
        BIG_ENDIAN_MACHINE ? WalLayout.MAGIC_BIG_ENDIAN : WalLayout.MAGIC_LITTLE_ENDIAN);
    Bytes.put32(header, WalLayout.VERSION, WalLayout.CURRENT_VERSION);
    Bytes.put32(header, WalLayout.PAGE_SIZE, restarted.pageSize());
    Bytes.put32(header, WalLayout.SEQUENCE, sequence);
    Bytes.put32(header, WalLayout.SALT, restarted.salt1());
    Bytes.put32(header, WalLayout.SALT + 4, restarted.salt2());
    long checksum = WalLayout.checksum(0, header, 0, WalLayout.CHECKSUM, BIG_ENDIAN_MACHINE);
    WalLayout.putChecksum(header, WalLayout.CHECKSUM, checksum);
    file.write(0, header, 0, header.length);
    mayBeTooLong = true;
    return new WalState(
        restarted.change(),
        BIG_ENDIAN_MACHINE,
        restarted.pageSize(),
        0,
        restarted.pageCount(),
        checksum,
        restarted.salt1(),
        restarted.salt2());
  }

  /**
   * Appends frames after a state.
   *
   * @param commitSize the size of the database in pages, in the last frame; 0 = no commit
   * @return the state with these frames
   */
  WalState append(WalState state, int[] pages, byte[][] images, int count, int commitSize) {
    int frameSize = WalLayout.FRAME_HEADER_SIZE + state.pageSize();
    int perBatch = Math.max(1, BATCH_BYTES / frameSize);
    int wanted = Math.min(perBatch, count) * frameSize;
    if (batch.length < wanted) {
      batch = new byte[wanted];
    }
    byte[] out = batch;
    long checksum = state.checksum();
    int frame = state.maxFrame();
    for (int from = 0; from < count; from += perBatch) {
      int end = Math.min(count, from + perBatch);
      int at = 0;
      for (int i = from; i < end; i++, at += frameSize) {
        int size = i == count - 1 ? commitSize : 0;
        checksum = encode(out, at, state, pages[i], images[i], size, checksum);
      }
      file.write(WalLayout.frameOffset(frame + 1, state.pageSize()), out, 0, at);
      frame += end - from;
    }
    return state.appended(frame, commitSize == 0 ? state.pageCount() : commitSize, checksum);
  }

  /**
   * Fits the size of the file to an appended commit. Called with the write lock held.
   *
   * @param durable whether commits are synced
   * @param limit of what a run may keep of the file of an earlier one, -1 = none
   */
  void fitTo(WalState state, boolean durable, long limit) {
    if (limit >= 0 && mayBeTooLong) {
      mayBeTooLong = false;
      cutTo(Math.max(limit, WalLayout.frameOffset(state.maxFrame() + 1, state.pageSize())));
    }
    if (durable) {
      reachBeyond(state, limit);
    }
  }

  /** Best effort: a log that stays longer is as good. */
  private void cutTo(long size) {
    try {
      reach = 0;
      if (file.size() > size) {
        file.truncate(size);
      }
    } catch (IoException e) {
      mayBeTooLong = true;
    }
  }

  /**
   * Lets the file reach beyond what was appended, by zeros that no recovery takes for a frame: a sync
   * is a third cheaper where it does not have to note a new size (358 and 203 microseconds, ext4).
   * A disk that has no room says so when there is something to write.
   */
  private void reachBeyond(WalState state, long limit) {
    int frameSize = WalLayout.FRAME_HEADER_SIZE + state.pageSize();
    int spare = Math.min(state.maxFrame() / 2, BATCH_BYTES * 2 / frameSize);
    long end = WalLayout.frameOffset(state.maxFrame() + 1, state.pageSize());
    boolean tooLong = limit >= 0 && end + (long) spare * frameSize > limit;
    if (end <= reach || spare < LEAST_SPARE_FRAMES || tooLong) {
      return;
    }
    try {
      reach = file.size();
      if (end > reach - frameSize) {
        file.write(end, new byte[spare * frameSize], 0, spare * frameSize);
        reach = end + (long) spare * frameSize;
      }
    } catch (IoException e) {
      reach = end;
    }
  }

  private long encode(
      byte[] out, int at, WalState state, int page, byte[] image, int size, long checksum) {
    Bytes.put32(out, at + WalLayout.FRAME_PAGE, page);
    Bytes.put32(out, at + WalLayout.FRAME_COMMIT_SIZE, size);
    Bytes.put32(out, at + WalLayout.FRAME_SALT, state.salt1());
    Bytes.put32(out, at + WalLayout.FRAME_SALT + 4, state.salt2());
    boolean big = state.bigEndian();
    long sum = WalLayout.checksum(checksum, out, at, WalLayout.FRAME_SALT, big);
    int content = at + WalLayout.FRAME_HEADER_SIZE;
    codec.encode(page, image, out, content);
    sum = WalLayout.checksum(sum, out, content, image.length, big);
    WalLayout.putChecksum(out, at + WalLayout.FRAME_CHECKSUM, sum);
    return sum;
  }

  /** Overwrites the header of the frame after a state, if the file has one. */
  void discardAfter(WalState state) {
    long at = WalLayout.frameOffset(state.maxFrame() + 1, state.pageSize());
    if (file.size() > at) {
      file.write(at, new byte[WalLayout.FRAME_HEADER_SIZE], 0, WalLayout.FRAME_HEADER_SIZE);
    }
  }

  /** Reads the page of a frame as it was encoded. */
  void readPage(int frame, byte[] into) {
    long at = WalLayout.frameOffset(frame, into.length) + WalLayout.FRAME_HEADER_SIZE;
    if (file.read(at, into, 0, into.length) < into.length) {
      throw new CorruptException(
          ResultCode.CORRUPT,
          "database disk image is malformed: the WAL ends before frame " + frame);
    }
  }

  /** Returns the checkpoint sequence number in the header of the file, 0 if it has none. */
  int sequence() {
    byte[] header = new byte[WalLayout.HEADER_SIZE];
    return file.read(0, header, 0, header.length) < header.length
        ? 0
        : Bytes.i32(header, WalLayout.SEQUENCE);
  }

  void sync() {
    file.sync();
  }

  void truncate() {
    reach = 0;
    if (file.size() > 0) {
      file.truncate(0);
    }
  }

  long size() {
    return file.size();
  }

  // ---- recovery ----

  /** What a scan of the file found. */
  static final class Scan {
    @Nullable WalState state;
    int[] pages = new int[64];

    int pageOf(int frame) {
      return pages[frame - 1];
    }
  }

  /** Verifies the file frame by frame. Without a valid header or commit there is no state. */
  Scan scan() {
    Scan scan = new Scan();
    byte[] header = new byte[WalLayout.HEADER_SIZE];
    WalState state = null;
    if (file.read(0, header, 0, header.length) == header.length) {
      state = verifyHeader(header);
    }
    if (state == null) {
      return scan;
    }
    scan.state = state;
    byte[] frame = new byte[WalLayout.FRAME_HEADER_SIZE + state.pageSize()];
    long checksum = state.checksum();
    for (int number = 1; readFrame(number, frame); number++) {
      if (Bytes.i32(frame, WalLayout.FRAME_SALT) != state.salt1()
          || Bytes.i32(frame, WalLayout.FRAME_SALT + 4) != state.salt2()) {
        break;
      }
      int page = Bytes.i32(frame, WalLayout.FRAME_PAGE);
      boolean big = state.bigEndian();
      checksum = WalLayout.checksum(checksum, frame, 0, WalLayout.FRAME_SALT, big);
      checksum =
          WalLayout.checksum(checksum, frame, WalLayout.FRAME_HEADER_SIZE, state.pageSize(), big);
      if (page == 0 || checksum != WalLayout.readChecksum(frame, WalLayout.FRAME_CHECKSUM)) {
        break;
      }
      if (scan.pages.length < number) {
        scan.pages = Arrays.copyOf(scan.pages, number * 2);
      }
      scan.pages[number - 1] = page;
      int commitSize = Bytes.i32(frame, WalLayout.FRAME_COMMIT_SIZE);
      if (commitSize != 0) {
        scan.state = state.appended(number, commitSize, checksum);
      }
    }
    return scan;
  }

  private boolean readFrame(int number, byte[] frame) {
    long at = WalLayout.frameOffset(number, frame.length - WalLayout.FRAME_HEADER_SIZE);
    return file.read(at, frame, 0, frame.length) == frame.length;
  }

  private static @Nullable WalState verifyHeader(byte[] header) {
    int magic = Bytes.i32(header, WalLayout.MAGIC);
    int pageSize = Bytes.i32(header, WalLayout.PAGE_SIZE);
    if ((magic & ~1) != WalLayout.MAGIC_LITTLE_ENDIAN
        || pageSize < 512
        || pageSize > 65536
        || Integer.bitCount(pageSize) != 1) {
      return null;
    }
    boolean big = magic == WalLayout.MAGIC_BIG_ENDIAN;
    long checksum = WalLayout.checksum(0, header, 0, WalLayout.CHECKSUM, big);
    if (checksum != WalLayout.readChecksum(header, WalLayout.CHECKSUM)) {
      return null;
    }
    if (Bytes.i32(header, WalLayout.VERSION) != WalLayout.CURRENT_VERSION) {
      throw new CorruptException(
          ResultCode.CANTOPEN, "unable to open database file: WAL of an unknown version");
    }
    return new WalState(
        0,
        big,
        pageSize,
        0,
        0,
        checksum,
        Bytes.i32(header, WalLayout.SALT),
        Bytes.i32(header, WalLayout.SALT + 4));
  }
}
