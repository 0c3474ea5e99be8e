package dev.turso.simulation;

import static dev.turso.mutation.Changes.answering;
import static dev.turso.mutation.Changes.number;
import static dev.turso.mutation.Changes.only;
import static dev.turso.mutation.Changes.reading;
import static dev.turso.mutation.Changes.skipping;

import dev.turso.mutation.Changes;
import dev.turso.mutation.Mutation;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.util.List;

/** Twenty bugs that the simulation has to find. */
final class PlantedBugs {

  private PlantedBugs() {}

  static List<Mutation> all() {
    return List.of(
        // The log.
        new Mutation(
            "torn frames of the log are accepted",
            "wal.WalFile",
            "scan",
            () -> Changes::comparingEqual),
        new Mutation(
            "frames of the log that no commit ends are accepted",
            "wal.WalFile",
            "scan",
            () -> only(4, Changes::ignoringZero, BranchInstruction.class, Opcode.IFEQ)),
        new Mutation("the log is not synced", "wal.WalFile", "sync", () -> skipping("sync")),
        new Mutation(
            "a checkpoint does not sync the database",
            "wal.Checkpoint",
            "copyBack",
            () -> skipping("sync")),
        new Mutation(
            "a checkpoint ignores the marks of readers",
            "wal.Checkpoint",
            "safeFrame",
            () -> answering("readMark", -1)),
        new Mutation(
            "a checkpoint copies while the file alone is read",
            "wal.Checkpoint",
            "copyBack",
            () -> answering("tryExclusive", 1).or(skipping("releaseExclusive"))),
        new Mutation(
            "the log begins anew as if all of it had been copied back",
            "wal.Wal",
            "restart",
            () -> skipping("setBackfilled")),
        new Mutation(
            "the locks of the log keep nobody out",
            "wal.WalLocks",
            "tryExclusive",
            () -> reading("EXCLUSIVE", "SHARED")),
        new Mutation(
            "the commits of another process that began the log anew are missed",
            "pager.WalStorage",
            "absorb",
            () -> answering("restartedHere", 1)),
        // The journal.
        new Mutation(
            "the journal is not synced", "journal.RollbackJournal", "seal", () -> skipping("sync")),
        new Mutation(
            "the journal's name is not made durable",
            "journal.RollbackJournal",
            "seal",
            () -> skipping("syncDirectory")),
        new Mutation(
            "the journal's count of records is left out",
            "journal.RollbackJournal",
            "seal",
            () -> skipping("put32")),
        new Mutation(
            "the pages are not synced before the journal goes",
            "pager.JournalCommit",
            "writePages",
            () -> skipping("sync")),
        new Mutation(
            "a hot journal is overlooked",
            "journal.HotJournal",
            "isPresent",
            () -> skipping("exists")),
        new Mutation(
            "the end of a commit over two files is overlooked",
            "journal.HotJournal",
            "playBack",
            () -> skipping("superJournal")),
        new Mutation(
            "a commit does not wait for readers",
            "vfs.DatabaseLock",
            "tryExclusive",
            () -> reading("EXCLUSIVE", "SHARED")),
        new Mutation(
            "the change counter stands still",
            "format.DatabaseHeader",
            "noteCommit",
            () -> number(1, 0)),
        // Transactions and trees.
        new Mutation(
            "a savepoint does not keep pages",
            "pager.Savepoints",
            "saveDirty",
            () -> skipping("add")),
        new Mutation(
            "a free page is not counted", "btree.PageAllocator", "free", () -> number(1, 0)),
        new Mutation(
            "overflow pages are not freed", "btree.OverflowChain", "free", () -> skipping("free")));
  }
}
