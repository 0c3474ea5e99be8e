package dev.turso.fuzz;

import dev.turso.sql.ast.Statement;
import dev.turso.sql.parse.Parser;
import dev.turso.sql.print.SqlPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing program shorter while it fails in the same way. */
final class Shrinker {

  private final Predicate<List<String>> fails;
  private final long end;

  /**
   * @param fails whether a program still fails
   * @param seconds after which it stays as it is then
   */
  Shrinker(Predicate<List<String>> fails, int seconds) {
    this.fails = fails;
    this.end = System.nanoTime() + seconds * 1_000_000_000L;
  }

  List<String> shrink(List<String> program) {
    List<String> now = program;
    int before;
    do {
      before = length(now);
      now = withoutStatements(now);
      now = smallerStatements(now);
    } while (length(now) < before && System.nanoTime() < end);
    return now;
  }

  private static int length(List<String> program) {
    return program.stream().mapToInt(String::length).sum() + program.size();
  }

  private List<String> withoutStatements(List<String> program) {
    List<String> now = program;
    for (int chunk = Math.max(1, now.size() / 2); chunk >= 1; chunk /= 2) {
      for (int at = now.size() - chunk; at >= 0 && System.nanoTime() < end; at -= chunk) {
        List<String> shorter = new ArrayList<>(now);
        shorter.subList(at, Math.min(at + chunk, shorter.size())).clear();
        if (fails.test(shorter)) {
          now = shorter;
          at = Math.min(at, now.size());
        }
      }
    }
    return now;
  }

  private List<String> smallerStatements(List<String> program) {
    List<String> now = program;
    for (int i = now.size() - 1; i >= 0; i--) {
      boolean smaller = true;
      while (smaller && System.nanoTime() < end) {
        smaller = false;
        for (String each : smaller(now.get(i))) {
          List<String> candidate = new ArrayList<>(now);
          candidate.set(i, each);
          if (System.nanoTime() < end && fails.test(candidate)) {
            now = candidate;
            smaller = true;
            break;
          }
        }
      }
    }
    return now;
  }

  private static List<String> smaller(String sql) {
    List<String> all = new ArrayList<>();
    try {
      for (Object each : SmallerTrees.of(Parser.parseStatement(sql))) {
        String text = SqlPrinter.print((Statement) each);
        if (text.length() < sql.length()) {
          all.add(text);
        }
      }
    } catch (RuntimeException e) {
      // A statement that cannot be parsed or printed is not made smaller.
      return List.of();
    }
    return all;
  }
}
