package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract: dumps of a schema with views, log and cursors, ours and the native one. */
class DumpTest {

  @TempDir Path folder;
  private String file;

  @BeforeEach
  void aFileWithViewsAndALog() {
    file = folder.resolve("a.db").toString();
    ours(
        file,
        """
        PRAGMA turso_capture = 'full';
        PRAGMA turso_capture_retention = 'limit_rows=1000';
        CREATE TABLE t(a INTEGER PRIMARY KEY, b);
        CREATE INDEX t_b ON t(b);
        CREATE MATERIALIZED VIEW v AS SELECT b, count(*) AS n FROM t GROUP BY b;
        INSERT INTO t VALUES (1, 'x'), (2, 'x'), (3, 'y');
        INSERT INTO turso_cdc_cursor VALUES ('c', 0, 0, NULL, 0, 0, 'active', NULL, 0);
        """);
  }

  @Test
  void oursIsReadBackWithViewsAndLog() {
    String dump = ours(file, ".dump");
    assertThat(dump).contains("CREATE MATERIALIZED VIEW v AS SELECT b, count(*) AS n FROM t");
    assertThat(dump).doesNotContain("turso_views", "turso_state_", "turso_cdc_settings");
    String copy = folder.resolve("b.db").toString();
    ours(copy, dump);
    String read =
        """
        SELECT * FROM v;
        PRAGMA turso_check_views;
        PRAGMA integrity_check;
        PRAGMA turso_capture;
        PRAGMA turso_capture_retention;
        SELECT name FROM turso_cdc_cursor;
        SELECT change_id, change_type, table_name, hex(after) FROM turso_cdc;
        """;
    String rows = ours(file, read);
    assertThat(rows).startsWith("x|2\ny|1\n").contains("\nfull\n", "limit_rows=1000", "\nc\n");
    assertThat(ours(copy, read)).isEqualTo(rows);
    assertThat(ours(copy, "INSERT INTO t VALUES (4, 'y'); SELECT * FROM v;"))
        .isEqualTo("x|2\ny|2\n");
  }

  @Test
  void theNativeOneReloadsIntoASoundFile() throws Exception {
    assumeFalse(Programs.nativeVersion().isEmpty(), "needs the sqlite3 shell");
    String dump = Programs.runNative(folder, ".dump\n", file).out();
    String copy = folder.resolve("c.db").toString();
    Programs.Result loaded =
        Programs.runNative(folder, dump + "PRAGMA integrity_check;\nSELECT * FROM v;\n", copy);
    assertThat(loaded.err()).isEmpty();
    assertThat(loaded.out()).isEqualTo("ok\nx|2\ny|1\n");
    assertThat(
            ours(
                copy,
                "INSERT INTO t VALUES (4, 'y'); SELECT * FROM v; PRAGMA turso_check_views;"
                    + " PRAGMA turso_capture;"))
        .isEqualTo("x|2\ny|2\nv|ok\nfull\n");
  }

  private static String ours(String file, String input) {
    Programs.Result result = Programs.runOurs(input, "--batch", file);
    assertThat(result.err()).isEmpty();
    return result.out();
  }
}
