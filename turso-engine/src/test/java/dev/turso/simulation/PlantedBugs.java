package dev.turso.simulation;

import static dev.turso.simulation.PlantedBug.answering;
import static dev.turso.simulation.PlantedBug.number;
import static dev.turso.simulation.PlantedBug.only;
import static dev.turso.simulation.PlantedBug.reading;
import static dev.turso.simulation.PlantedBug.skipping;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.util.List;

/** Twenty bugs that the simulation has to find. */
final class PlantedBugs {

  private PlantedBugs() {}

  static List<PlantedBug> all() {
    return List.of(
        // The log.
        new PlantedBug(
            "torn frames of the log are accepted",
            "wal.WalFile",
            "scan",
            PlantedBug::comparingEqual),
        new PlantedBug(
            "frames of the log that no commit ends are accepted",
            "wal.WalFile",
            "scan",
            only(4, PlantedBug::ignoringZero, BranchInstruction.class, Opcode.IFEQ)),
        new PlantedBug("the log is not synced", "wal.WalFile", "sync", skipping("sync")),
        new PlantedBug(
            "a checkpoint does not sync the database",
            "wal.Checkpoint",
            "copyBack",
            skipping("sync")),
        new PlantedBug(
            "a checkpoint ignores the marks of readers",
            "wal.Checkpoint",
            "safeFrame",
            answering("readMark", -1)),
        new PlantedBug(
            "a checkpoint copies while the file alone is read",
            "wal.Checkpoint",
            "copyBack",
            answering("tryExclusive", 1).or(skipping("releaseExclusive"))),
        new PlantedBug(
            "the log begins anew as if all of it had been copied back",
            "wal.Wal",
            "restart",
            skipping("setBackfilled")),
        new PlantedBug(
            "the locks of the log keep nobody out",
            "wal.WalLocks",
            "tryExclusive",
            reading("EXCLUSIVE", "SHARED")),
        new PlantedBug(
            "the commits of another process that began the log anew are missed",
            "pager.WalStorage",
            "absorb",
            answering("restartedHere", 1)),
        // The journal.
        new PlantedBug(
            "the journal is not synced", "journal.RollbackJournal", "seal", skipping("sync")),
        new PlantedBug(
            "the journal's name is not made durable",
            "journal.RollbackJournal",
            "seal",
            skipping("syncDirectory")),
        new PlantedBug(
            "the journal's count of records is left out",
            "journal.RollbackJournal",
            "seal",
            skipping("put32")),
        new PlantedBug(
            "the pages are not synced before the journal goes",
            "pager.JournalCommit",
            "writePages",
            skipping("sync")),
        new PlantedBug(
            "a hot journal is overlooked", "journal.HotJournal", "isPresent", skipping("exists")),
        new PlantedBug(
            "the end of a commit over two files is overlooked",
            "journal.HotJournal",
            "playBack",
            skipping("superJournal")),
        new PlantedBug(
            "a commit does not wait for readers",
            "vfs.DatabaseLock",
            "tryExclusive",
            reading("EXCLUSIVE", "SHARED")),
        new PlantedBug(
            "the change counter stands still", "format.DatabaseHeader", "noteCommit", number(1, 0)),
        // Transactions and trees.
        new PlantedBug(
            "a savepoint does not keep pages", "pager.Savepoints", "saveDirty", skipping("add")),
        new PlantedBug("a free page is not counted", "btree.PageAllocator", "free", number(1, 0)),
        new PlantedBug(
            "overflow pages are not freed", "btree.OverflowChain", "free", skipping("free")));
  }
}
