package dev.turso.function.fuzzy;

import java.util.HashMap;
import java.util.Map;

/** How many edits make one text the other. */
final class EditDistance {

  private EditDistance() {}

  /**
   * Insertions, deletions and replacements; with {@code swaps} also exchanges of neighbours, no
   * part being edited twice (optimal string alignment).
   */
  static int of(int[] a, int[] b, boolean swaps) {
    int[] beforeLast = new int[b.length + 1];
    int[] last = new int[b.length + 1];
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (swaps && i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length];
  }

  /**
   * With exchanges of neighbours that may be edited further: Damerau and Levenshtein's distance.
   */
  static int damerau(int[] a, int[] b) {
    int far = a.length + b.length;
    int[][] d = new int[a.length + 2][b.length + 2];
    d[0][0] = far;
    for (int i = 0; i <= a.length; i++) {
      d[i + 1][0] = far;
      d[i + 1][1] = i;
    }
    for (int j = 0; j <= b.length; j++) {
      d[0][j + 1] = far;
      d[1][j + 1] = j;
    }
    Map<Integer, Integer> lastRowOf = new HashMap<>();
    for (int i = 1; i <= a.length; i++) {
      int lastMatch = 0;
      for (int j = 1; j <= b.length; j++) {
        int row = lastRowOf.getOrDefault(b[j - 1], 0);
        int column = lastMatch;
        boolean equal = a[i - 1] == b[j - 1];
        lastMatch = equal ? j : lastMatch;
        int swapped = d[row][column] + (i - row - 1) + 1 + (j - column - 1);
        int edited = Math.min(d[i + 1][j], d[i][j + 1]) + 1;
        d[i + 1][j + 1] = Math.min(Math.min(d[i][j] + (equal ? 0 : 1), edited), swapped);
      }
      lastRowOf.put(a[i - 1], i);
    }
    return d[a.length + 1][b.length + 1];
  }
}
