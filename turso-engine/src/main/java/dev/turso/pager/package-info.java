/**
 * Transactions over pages.
 *
 * <p>A B-tree sees a {@link dev.turso.pager.PageStore}: numbered pages of equal size, as one
 * transaction sees them. Here is what makes that true while others read and write, in this JVM and in
 * other processes, and while the power may fail.
 *
 * <pre>
 *    Pager ─────────── one per connection: its transactions, whom it waits for
 *      │      │
 *      │      PageView  the pages as its transaction sees them: snapshot, private dirty pages, savepoints
 *      │
 *    DatabaseFile ──── one per file in the JVM: the turn to write, settings, what layers above share
 *      │
 *    Storage ───────── how commits are kept: WalStorage · JournalStorage · MemoryStorage
 *      │          │
 *    PageTable   wal · journal · vfs
 *      page ──► newest version ──► older ──► …       stamp and image; image null = read it when needed
 * </pre>
 *
 * <p>Words. A <em>stamp</em> numbers the states of a database in this JVM. A <em>snapshot</em> is a
 * stamp with what keeps its pages readable. A <em>version</em> of a page belongs to the stamp of its
 * commit. A page is <em>dirty</em> when the open write transaction has an image of its own. The
 * <em>turn</em> to write goes round the connections of the JVM before the winner asks other processes
 * for their lock.
 *
 * <p>A read goes: own dirty page; the head of the page's chain if its stamp is not after the
 * snapshot's, which is one array load and two comparisons; else the chain, else the frame or the file.
 * A commit goes: the header's page is brought up to date, dirty images become versions without being
 * copied, and the storage makes them durable and visible. What that means with a log, ADR 0002 tells.
 * A log that has become long is copied back by the {@link dev.turso.pager.Checkpointer}, off the
 * threads that commit. Readers take the newest commit without a monitor, by entering its {@link
 * dev.turso.pager.Generation}: ADR 0013.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>P1: an image that is in a version is never modified. A dirty image is private until commit.
 *   <li>P2: a version is in the table before any snapshot can have its stamp, and is cut off only when
 *       every snapshot, open or to come, sees a newer one.
 *   <li>P3: the page table is valid for one state of the file, which the beginning of each transaction
 *       compares: the header of the WAL-index, or the change counter. Commits of other processes are
 *       absorbed or empty the table.
 *   <li>P4: equal stamps mean equal content; a stamp is never used again within a JVM.
 *   <li>P5: a failure leaves a transaction as it was or ends it; shared state is changed whole, under
 *       the monitor of the storage.
 *   <li>P6: page 1 says how many pages there are, in every state that can be seen.
 *   <li>P7: a generation is retired only without readers, and then for ever; its versions stay until
 *       it is.
 * </ol>
 *
 * <p>What is deliberately not here: the free list, the schema, and any meaning of a page but the
 * first hundred bytes of page 1. Start at {@link dev.turso.pager.Pager}, then {@link
 * dev.turso.pager.PageStore}; to test what stands on it against power cuts, give {@code Pager.open} a
 * simulated file system.
 */
@NullMarked
package dev.turso.pager;

import org.jspecify.annotations.NullMarked;
