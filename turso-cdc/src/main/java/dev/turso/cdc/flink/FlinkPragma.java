package dev.turso.cdc.flink;

import dev.turso.change.StatementRows;
import dev.turso.change.TransactionView;
import dev.turso.error.SqlException;
import dev.turso.schema.Names;
import dev.turso.sql.ast.Pragma;
import dev.turso.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code PRAGMA turso_flink('VIEW[,PREFIX[,SERVERS]]')}: one row for each statement that Flink is to run;
 * see {@link FlinkExport}. PREFIX is {@code turso} and SERVERS {@code localhost:9092} if missing.
 */
public final class FlinkPragma {

  private static final String NAME = "turso_flink";

  private FlinkPragma() {}

  public static boolean is(Pragma pragma) {
    return Names.same(pragma.name().name().text(), NAME);
  }

  public static List<String> columns() {
    return List.of("statement");
  }

  public static StatementRows execute(Pragma pragma, TransactionView transaction) {
    String value = pragma.value();
    if (value == null) {
      throw new SqlException("which view? PRAGMA turso_flink('VIEW, PREFIX, SERVERS')");
    }
    String[] parts = value.split(",", 3);
    String prefix = parts.length > 1 ? parts[1].strip() : "turso";
    String servers = parts.length > 2 ? parts[2].strip() : "localhost:9092";
    List<List<Value>> rows = new ArrayList<>();
    for (String each :
        FlinkExport.statements(transaction.schema(), parts[0].strip(), prefix, servers)) {
      rows.add(List.of(Value.text(each)));
    }
    return new StatementRows(columns(), rows);
  }
}
