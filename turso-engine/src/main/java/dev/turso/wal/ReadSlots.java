package dev.turso.wal;

import dev.turso.format.WalIndexLayout;
import dev.turso.vfs.Patience;

/**
 * The slots that readers of the log hold, and their marks: up to which frame a checkpoint may copy while
 * a slot is held. Slot 0 is for readers of the database file alone and has no mark.
 */
final class ReadSlots {

  private static final int LAST = WalIndexLayout.READ_MARKS - 1;

  /** How far a parked slot's mark may lie behind what it is taken for. */
  private static final int PARKED_LAG_FRAMES = 500;

  private final WalIndex index;
  private final WalLocks locks;
  private volatile int leastMark;

  ReadSlots(WalIndex index, WalLocks locks) {
    this.index = index;
    this.locks = locks;
  }

  /**
   * Keeps new snapshots from taking a mark before a frame, at the price of some system calls for the
   * first of them: while somebody copies the log back, so that they let him copy so far. 0 = any mark.
   */
  void setLeastMark(int frame) {
    leastMark = frame;
  }

  /** A slot whose mark protects a state, for the caller to lock and look at again; 0 = none. */
  int choose(int maxFrame) {
    int slot = parked(maxFrame);
    return slot != 0 ? slot : nearest(maxFrame);
  }

  /**
   * A slot that this process has kept locked, so that its mark stands; 0 = none. A mark somewhat
   * before the state protects it as well, and is not worth the system calls to move it.
   */
  private int parked(int maxFrame) {
    for (int slot = 1; slot <= LAST; slot++) {
      if (locks.isParked(WalLocks.READ + slot) && suits(slot, maxFrame)) {
        return slot;
      }
    }
    return 0;
  }

  /**
   * Locks the slot of a shared snapshot without a monitor or a system call, and looks whether the
   * snapshot is what anybody would take now: by the protocol of every reader, the lock first, then
   * its mark and the header. A log that has meanwhile been copied back whole is not for new readers,
   * as it could never begin anew.
   */
  boolean tryJoin(WalShare share) {
    int maxFrame = share.snapshot().state().maxFrame();
    int slot = share.snapshot().slot();
    if (!locks.tryRejoin(WalLocks.READ + slot)) {
      return false;
    }
    boolean copiedBack = index.backfilled() == maxFrame;
    boolean holds = slot == 0 ? copiedBack : !copiedBack && suits(slot, maxFrame);
    if (holds && index.isUnchanged(share.header())) {
      return true;
    }
    locks.releaseShared(WalLocks.READ + slot);
    return false;
  }

  /** Whether the mark of a slot that this process has locked protects a state, and nearly. */
  boolean suits(int slot, int maxFrame) {
    int least = Math.max(maxFrame - PARKED_LAG_FRAMES, Math.min(leastMark, maxFrame));
    int mark = index.readMark(slot);
    return mark >= 0 && mark >= least && mark <= maxFrame;
  }

  /** A slot of the state's own frame if possible, else the nearest before. */
  private int nearest(int maxFrame) {
    int best = 0;
    int bestMark = -1;
    for (int slot = 1; slot <= LAST; slot++) {
      int mark = index.readMark(slot);
      if (mark > bestMark && mark <= maxFrame) {
        best = slot;
        bestMark = mark;
      }
    }
    for (int slot = 1; slot <= LAST && bestMark < maxFrame; slot++) {
      if (locks.tryExclusive(WalLocks.READ + slot)) {
        index.setReadMark(slot, maxFrame);
        locks.releaseExclusive(WalLocks.READ + slot);
        best = slot;
        bestMark = maxFrame;
      }
    }
    return best;
  }

  /** After the index was built anew: nobody reads but those that hold a slot. */
  void recover(int maxFrame) {
    index.setReadMark(0, 0);
    if (locks.tryExclusive(WalLocks.READ + 1, LAST)) {
      for (int slot = 1; slot <= LAST; slot++) {
        recover(slot, maxFrame);
      }
      locks.releaseExclusive(WalLocks.READ + 1, LAST);
      return;
    }
    for (int slot = 1; slot <= LAST; slot++) {
      if (locks.tryExclusive(WalLocks.READ + slot)) {
        recover(slot, maxFrame);
        locks.releaseExclusive(WalLocks.READ + slot);
      }
    }
  }

  private void recover(int slot, int maxFrame) {
    boolean first = slot == 1 && maxFrame > 0;
    index.setReadMark(slot, first ? maxFrame : WalIndexLayout.READ_MARK_NOT_USED);
  }

  /** Of a log that begins anew, by the holder of all slots but the first. */
  void restart() {
    index.setReadMark(1, 0);
    for (int slot = 2; slot <= LAST; slot++) {
      index.setReadMark(slot, WalIndexLayout.READ_MARK_NOT_USED);
    }
  }

  /**
   * The snapshot was missed because others moved on, which ends soon, or because one recovers the
   * log, which can take seconds: the pauses add up to ten.
   */
  static void pause(int attempt) {
    long factor = Math.max(0, attempt - 9);
    if (attempt > 5) {
      Patience.sleep(1_000L + factor * factor * 39_000L);
    }
  }
}
