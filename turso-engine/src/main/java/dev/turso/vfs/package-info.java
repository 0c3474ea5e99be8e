/**
 * Files, their locks, their syncs and shared memory: all that the engine knows of the outside.
 *
 * <pre>
 *   wal · journal · pager
 *          │
 *     FileSystem ── open ──► FileHandle   read, write, sync, byte-range locks, mapped regions
 *          │
 *   DiskFileSystem · MemoryFileSystem · (in tests) a file system that loses power
 * </pre>
 *
 * <p>Two facts of POSIX shape this package. A process loses <em>all</em> its locks on a file when it
 * closes <em>any</em> descriptor of that file; and a thread that is interrupted inside an
 * interruptible channel closes the channel. Together: one interrupt of one thread silently unlocks a
 * database under everybody's feet. Hence the invariants:
 *
 * <ol>
 *   <li>V1: a file is open at most once in a JVM, whatever the class loader. A map that is held by the
 *       system properties and made of JDK types only is the gate; the second open is refused. The one
 *       handle may have two descriptors ({@link dev.turso.vfs.DataSync}), which it closes together.
 *   <li>V2: reads, writes and syncs use {@link java.io.RandomAccessFile} and {@link
 *       java.nio.channels.AsynchronousFileChannel}, which an interrupt does not close. Of the channel only {@code tryLock} and {@code FileLock.release} are called by a
 *       thread that may be interrupted: they do not enter the interruptible section. Mapping does, so
 *       a thread of our own does it. A test interrupts every operation and asks another process
 *       whether our locks still hold.
 *   <li>V3: locks are not counted here. A handle owns what it locked; a second lock of the same range
 *       through the same handle is the caller's bug. Counting the holders inside one process is the
 *       business of the layers above ({@link dev.turso.vfs.DatabaseLock} for the database file).
 * </ol>
 *
 * <p>Start at {@link dev.turso.vfs.FileHandle}.
 */
@NullMarked
package dev.turso.vfs;

import org.jspecify.annotations.NullMarked;
