package dev.turso.cli.output;

import org.jspecify.annotations.Nullable;

/**
 * The lines around and between columns.
 *
 * @param left before a row's first value
 * @param separator between values
 * @param right after the last, with the line's end
 * @param top the rule above the header, or null for none
 * @param middle the rule below the header
 * @param between the rule between rows, where one has several lines, or null for none
 * @param bottom the rule after the last row, or null for none
 */
record Frame(
    String left,
    String separator,
    String right,
    boolean centersHeader,
    @Nullable Rule top,
    @Nullable Rule middle,
    @Nullable Rule between,
    @Nullable Rule bottom) {

  /**
   * A rule.
   *
   * @param padding how much wider than its column each piece is
   */
  record Rule(String left, String line, String crossing, String right, int padding) {}

  private static final Rule ASCII_RULE = new Rule("+", "-", "+", "+\n", 2);
  private static final Rule MARKDOWN_RULE = new Rule("|", "-", "|", "|\n", 2);
  private static final Rule BOX_MIDDLE = new Rule("├", "─", "┼", "┤\n", 2);
  private static final Rule DASHES = new Rule("", "-", "  ", "\n", 0);
  private static final Rule EMPTY_LINE = new Rule("", "", "", "\n", 0);

  private static final Frame TABLE =
      new Frame("| ", " | ", " |\n", true, ASCII_RULE, ASCII_RULE, ASCII_RULE, ASCII_RULE);
  private static final Frame MARKDOWN =
      new Frame("| ", " | ", " |\n", true, null, MARKDOWN_RULE, null, null);
  private static final Frame COLUMN =
      new Frame("", "  ", "\n", false, null, DASHES, EMPTY_LINE, null);
  private static final Frame BOX =
      new Frame(
          "│ ",
          " │ ",
          " │\n",
          true,
          new Rule("┌", "─", "┬", "┐\n", 2),
          BOX_MIDDLE,
          BOX_MIDDLE,
          new Rule("└", "─", "┴", "┘\n", 2));

  static Frame of(OutputMode mode) {
    return switch (mode) {
      case TABLE -> TABLE;
      case MARKDOWN -> MARKDOWN;
      case COLUMN -> COLUMN;
      default -> BOX;
    };
  }

  void rule(ByteSink out, int[] widths, @Nullable Rule rule) {
    if (rule == null) {
      return;
    }
    out.print(rule.left());
    for (int i = 0; i < widths.length; i++) {
      out.print(rule.line().repeat(widths[i] + rule.padding()));
      out.print(i == widths.length - 1 ? "" : rule.crossing());
    }
    out.print(rule.right());
  }
}
