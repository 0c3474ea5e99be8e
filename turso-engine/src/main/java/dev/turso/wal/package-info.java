/**
 * The write-ahead log: SQLite's, byte for byte and lock for lock, so that native processes share it.
 *
 * <pre>
 *   writer   append ──────────► durable (sync) ──────────► publish          readers
 *              │ frames at the end of -wal,                  │ header of     │ one state each,
 *              │ entered in the hash tables of -shm          │ -shm, twice   │ held by a read lock
 *              ▼                                             ▼               ▼
 *           WalFile ─────────────────────────────────────► WalIndex ◄──── WalSnapshot
 *              │
 *              └── checkpoint: newest frame of each page ──► database file, then restart at frame 1
 * </pre>
 *
 * <p>Words. A <em>run</em> of the log is what lies between two restarts, named by two salts. A
 * <em>state</em> is a prefix of a run that ends with a commit. A <em>read mark</em> is the frame up
 * to which the readers of a slot let a checkpoint copy. A log is <em>drained</em> when all of it has
 * been copied.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>W1: frames are appended only by the holder of the write lock, after the last frame of the
 *       newest state; what lies behind a published state is void.
 *   <li>W2: readers see a state only after its frames are in the file, and under {@code
 *       synchronous=FULL} only after they are durable.
 *   <li>W3: a page is overwritten in the database file only while no reader needs the old one, and
 *       only after the log that holds the new one is durable.
 *   <li>W4: a run ends only when it is drained and no slot but the first is held.
 *   <li>W5: a read slot is locked from before a reader looks at its mark and the header until the
 *       reader ends, whether it locked the slot itself or joined others that hold it.
 * </ol>
 *
 * <p>Which frame holds a page is not looked up here: the page cache above keeps that, fed by {@link
 * dev.turso.wal.Wal#pageOf}; the hash tables are written for the native readers. Start at {@link
 * dev.turso.wal.Wal}.
 *
 * @see <a href="https://www.sqlite.org/walformat.html">WAL-mode File Format</a>
 */
@NullMarked
package dev.turso.wal;

import org.jspecify.annotations.NullMarked;
