/**
 * Byte layouts of the database file, and the codecs that read and write them; no behaviour.
 *
 * <p>Everything that a file written by SQLite contains has its description here, each with the
 * section of the <a href="https://www.sqlite.org/fileformat2.html">file-format document</a> that it
 * rests on. Nothing here opens, caches, locks or decides.
 *
 * <pre>
 *   page of a b-tree   BTreePage       offsets of its header, how much payload a cell keeps
 *   record             RecordReader    bytes to lanes, on demand     RecordWriter  lanes to bytes
 *   key                KeyComparator   the order of records         KeyProbe      lanes to seek for
 *   numbers            Varint, Bytes   variable and fixed length
 *   text               TextEncoding    UTF-8 in memory, any of three in the file
 * </pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>F1: bytes that contradict themselves are a {@link dev.turso.error.CorruptException}, never
 *       an index out of bounds, an endless loop or an allocation of the size they claim.
 *   <li>F2: what is written has the one form that SQLite would write: integers in their narrowest
 *       serial type, the constants 0 and 1 without a body.
 *   <li>F3: a reader's slices share the array they were read from; who keeps one, copies.
 * </ol>
 *
 * <p>Start with {@link dev.turso.format.RecordReader}.
 */
@NullMarked
package dev.turso.format;

import org.jspecify.annotations.NullMarked;
