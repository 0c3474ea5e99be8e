/**
 * Tables and indexes as b-trees over the pages of one transaction.
 *
 * <p>Above this package there are rows and keys, below it a {@link dev.turso.pager.PageStore}:
 * numbered pages that are read, written and appended, in one transaction's view. Everything between
 * is here: finding and moving, inserting and deleting, keeping the trees balanced, payloads that
 * overflow their page, pages that are free, and whether all of it adds up.
 *
 * <pre>
 *        TableCursor   IndexCursor        position, seek, read, insert, delete
 *                 \     /                 LeafRows   those of a leaf together, for long scans
 *               TreeCursor                the path from the root, the payload of a cell
 *              /     |     \
 *     PageEditor  Balancer  CellWriter    cells of one page · siblings and levels · new cells
 *          |      CellList      |
 *        Cells       |     OverflowChain  where the parts of a cell are · payload beyond a page
 *                    |          |
 *                  PageAllocator          free list; PointerMap where the database keeps one
 *
 *     BTrees        create, clear, drop, copy a tree     TreeBuilder      from sorted entries
 *     AutoVacuum    give pages back to the file          IntegrityCheck   all of the above adds up
 * </pre>
 *
 * <p>Words. A <i>table tree</i> has rowids for keys and rows only in its leaves; what divides two
 * leaves is a copy of a rowid. An <i>index tree</i>, also a WITHOUT ROWID table, has whole records
 * for keys, and what divides two pages is an entry like any other, so a scan visits interior pages
 * too. A <i>path</i> is what a cursor keeps: page, image and slot at each level. A <i>gap</i> is a
 * position between two rows, where a deleted one was.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>B1: a cursor trusts its path only while the store's change count stands still, or while
 *       every image on the path is the one the store returns and no page of it has been written by
 *       this transaction. Otherwise it seeks its key again. So a loop that changes the table it
 *       scans, or whose triggers do, neither skips nor sees twice a row that it did not itself move.
 *   <li>B2: what a cursor hands out is a slice of an image that nobody will change: of the page if
 *       this transaction has not written it, of a copy otherwise.
 *   <li>B3: cells, free blocks and counted fragments cover the content area of a page exactly once.
 *   <li>B4: no page but a root is without a cell; all leaves are equally deep; a root keeps its
 *       number.
 *   <li>B5: whatever bytes a page holds, the answer is a row, no row, or a {@link
 *       dev.turso.error.CorruptException}: offsets are checked where they are read, a path is at
 *       most 20 pages long, a scan enters no more pages than there are.
 *   <li>B6: in an auto-vacuum database each change of who points to a page reaches the pointer map
 *       before the change is over.
 * </ol>
 *
 * <p>Not here: locks, durability, savepoints (the pager restores pages, cursors notice), what a
 * record means, uniqueness. Layouts are in {@link dev.turso.format}.
 *
 * <p>Start with {@link dev.turso.btree.TableCursor}; the picture of balancing is in {@code
 * Balancer}.
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html">SQLite file format, 1.5 to 1.8</a>
 */
@NullMarked
package dev.turso.btree;

import org.jspecify.annotations.NullMarked;
