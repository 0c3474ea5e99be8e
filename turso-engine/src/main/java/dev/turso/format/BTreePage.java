package dev.turso.format;

/**
 * The layout of a b-tree page.
 *
 * <pre>
 *   header, at offset 0, on page 1 at offset 100
 *     0  1  kind: 2 interior index, 5 interior table, 10 leaf index, 13 leaf table
 *     1  2  first free block, 0 = none
 *     3  2  number of cells
 *     5  2  start of the cell content area, 0 = 65536
 *     7  1  fragmented free bytes
 *     8  4  right-most child, interior pages only
 *   cell pointers, two bytes each, in key order
 *   unallocated space
 *   cell content, growing down from the end of the usable part
 *
 *   free block:  0 2 next free block, 0 = none    2 2 its size, these four bytes included
 *   cells:       table leaf      varint payload size, varint rowid, payload, [overflow page]
 *                table interior  left child, varint rowid
 *                index leaf      varint payload size, payload, [overflow page]
 *                index interior  left child, varint payload size, payload, [overflow page]
 * </pre>
 *
 * @see <a href="https://www.sqlite.org/fileformat2.html#b_tree_pages">File format, 1.6</a>
 */
public final class BTreePage {

  public static final int INTERIOR_INDEX = 2;
  public static final int INTERIOR_TABLE = 5;
  public static final int LEAF_INDEX = 10;
  public static final int LEAF_TABLE = 13;

  public static final int KIND = 0;
  public static final int FIRST_FREE_BLOCK = 1;
  public static final int CELL_COUNT = 3;
  public static final int CONTENT_START = 5;
  public static final int FRAGMENTED_BYTES = 7;
  public static final int RIGHT_CHILD = 8;

  /** The header of a leaf; an interior page's has four bytes more. */
  public static final int LEAF_HEADER = 8;

  public static final int INTERIOR_HEADER = 12;

  /** Where the b-tree header of page 1 is: after the database header. */
  public static final int FIRST_PAGE_HEADER = 100;

  private BTreePage() {}

  /** Where the b-tree header of a page starts. */
  public static int header(int pageNumber) {
    return pageNumber == 1 ? FIRST_PAGE_HEADER : 0;
  }

  /** Whether a page of the kind has no children. */
  public static boolean isLeaf(int kind) {
    return (kind & 8) != 0;
  }

  /** Whether the kind belongs to a table tree, whose keys are rowids. */
  public static boolean isTable(int kind) {
    return (kind & 1) != 0;
  }

  /** Bytes of the header of a page of the kind. */
  public static int headerSize(int kind) {
    return isLeaf(kind) ? LEAF_HEADER : INTERIOR_HEADER;
  }

  public static int cellCount(byte[] page, int header) {
    return Bytes.u16(page, header + CELL_COUNT);
  }

  /** Where the cell content area starts. */
  public static int contentStart(byte[] page, int header) {
    int start = Bytes.u16(page, header + CONTENT_START);
    return start == 0 ? 65536 : start;
  }

  /** The most payload that a cell keeps on a page of the kind. */
  public static int maxLocal(int kind, int usableSize) {
    return kind == LEAF_TABLE ? usableSize - 35 : (usableSize - 12) * 64 / 255 - 23;
  }

  /** The least payload that a cell with overflow keeps on its page. */
  public static int minLocal(int usableSize) {
    return (usableSize - 12) * 32 / 255 - 23;
  }

  /** How many of a payload's bytes its cell keeps on a page of the kind. */
  public static int local(int kind, int usableSize, int payload) {
    int max = maxLocal(kind, usableSize);
    if (payload <= max) {
      return payload;
    }
    int min = minLocal(usableSize);
    int surplus = min + (payload - min) % (usableSize - 4);
    return surplus <= max ? surplus : min;
  }
}
