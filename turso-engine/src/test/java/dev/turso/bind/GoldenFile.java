package dev.turso.bind;

import dev.turso.error.DatabaseException;
import dev.turso.plan.logical.LogicalPlan;
import dev.turso.plan.logical.PlanPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text of statements, each followed by the plan it is expected to have.
 *
 * <p>Lines beginning with {@code --} are comments and are kept, {@code create …;} lines make the
 * schema, and a line beginning with {@code >} is a statement: what follows up to the next such line is
 * its plan.
 */
public final class GoldenFile {

  private final String text;

  private GoldenFile(String text) {
    this.text = text;
  }

  /** The file beside a test class. */
  public static GoldenFile read(Class<?> beside, String name) throws IOException {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new GoldenFile(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** The text as it is. */
  public String expected() {
    return text;
  }

  /** The text as it would have to be, every plan bound anew and passed through {@code step}. */
  public String actual(UnaryOperator<LogicalPlan> step) {
    StringBuilder result = new StringBuilder();
    List<String> schema = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("create ")) {
        schema.add(line.substring(0, line.length() - 1));
        result.append(line).append('\n');
      } else if (line.startsWith(">")) {
        result.append(line).append('\n');
        result.append(plan(schema, line.substring(1).strip(), step));
      } else if (line.startsWith("--") || line.isEmpty()) {
        result.append(line).append('\n');
      }
    }
    return result.toString();
  }

  private static String plan(List<String> schema, String sql, UnaryOperator<LogicalPlan> step) {
    try {
      Object bound = new SchemaFixture(schema.toArray(new String[0])).bind(sql);
      LogicalPlan plan =
          switch (bound) {
            case BoundQuery query -> query.plan();
            case BoundInsert insert -> insert.source();
            case BoundUpdate update -> update.withValues();
            case BoundDelete delete -> delete.source();
            default -> throw new IllegalArgumentException(sql);
          };
      String head = bound instanceof BoundQuery query ? query.names() + "\n" : "";
      return (head + PlanPrinter.print(step.apply(plan))).indent(2);
    } catch (DatabaseException e) {
      return "  error: " + e.getMessage() + "\n";
    }
  }
}
