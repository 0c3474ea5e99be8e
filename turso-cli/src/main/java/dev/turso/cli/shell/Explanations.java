package dev.turso.cli.shell;

import dev.turso.Rows;
import dev.turso.Statement;
import dev.turso.cli.output.ByteSink;
import dev.turso.error.DatabaseException;
import dev.turso.sql.token.Token;
import dev.turso.sql.token.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** EXPLAIN and EXPLAIN QUERY PLAN as the shell shows them. */
public final class Explanations {

  private Explanations() {}

  private record Node(long id, long parent, String detail) {}

  static boolean isExplain(String sql) {
    return new Tokenizer(sql, 0).next() == Token.EXPLAIN;
  }

  static boolean isQueryPlan(String sql) {
    Tokenizer tokenizer = new Tokenizer(sql, 0);
    return tokenizer.next() == Token.EXPLAIN && tokenizer.next() == Token.QUERY;
  }

  /** Shows the plan of a statement before it runs; one that has none shows nothing. */
  static void showPlan(Shell shell, String sql) {
    try (Statement plan = shell.session().prepare("EXPLAIN QUERY PLAN " + sql)) {
      printTree(shell, plan);
    } catch (DatabaseException e) {
      // the statement itself says what is wrong with it
    }
  }

  static void printTree(Shell shell, Statement plan) {
    List<Node> nodes = new ArrayList<>();
    try (Rows rows = plan.query()) {
      while (rows.next()) {
        String detail = rows.getText(3);
        nodes.add(new Node(rows.getLong(0), rows.getLong(1), detail == null ? "" : detail));
      }
    }
    if (nodes.isEmpty()) {
      return;
    }
    ByteSink out = shell.out();
    out.line("QUERY PLAN");
    print(out, nodes, 0, "");
  }

  private static void print(ByteSink out, List<Node> nodes, long parent, String indent) {
    List<Node> children = nodes.stream().filter(n -> n.parent() == parent).toList();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      Node node = children.get(i);
      out.line(indent + (last ? "`--" : "|--") + node.detail());
      if (node.id() != parent) {
        print(out, nodes, node.id(), indent + (last ? "   " : "|  "));
      }
    }
  }
}
