package dev.turso.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys by JDBC: as an option, as a file, in a URI; never shown. */
class EncryptionOptionsTest {

  private static final String HEX = "c0ffee99".repeat(8);

  @TempDir Path folder;

  private String url(String options) {
    return "jdbc:turso:" + folder.resolve("a.db") + options;
  }

  private static Properties key(String hex) {
    Properties properties = new Properties();
    properties.setProperty("hexkey", hex);
    return properties;
  }

  private static void use(Connection connection) throws SQLException {
    try (connection) {
      connection.createStatement().execute("CREATE TABLE IF NOT EXISTS t(a)");
      assertThat(connection.getMetaData().getURL()).startsWith("jdbc:turso:");
      assertThat(connection.getMetaData().getURL()).doesNotContain("c0ffee");
    }
  }

  @Test
  void aKeyComesAsAnOptionOrFromAFileOrInAUri() throws Exception {
    use(DriverManager.getConnection(url("?journal_mode=wal"), key(HEX)));
    Path file = Files.writeString(folder.resolve("key"), HEX + "\n");
    use(DriverManager.getConnection(url("?cipher=aes256gcm&hexkey_file=" + file)));
    use(DriverManager.getConnection(url("?cipher=aes256gcm&hexkey=" + HEX + "&busy_timeout=9")));
    use(
        DriverManager.getConnection(
            "jdbc:turso:file:" + folder.resolve("a.db") + "?hexkey=" + HEX + "&mode=rw"));
    use(new TursoDataSource(url(""), key(HEX)).getConnection());
  }

  @Test
  void aWrongOneIsAnInvalidAuthorization() throws Exception {
    use(DriverManager.getConnection(url(""), key(HEX)));
    String[] options = {
      "",
      "?hexkey=" + "12".repeat(32),
      "?hexkey=" + HEX.substring(32),
      "?hexkey=c0ffee99",
      "?cipher=aes256gcm",
      "?hexkey=c0ffee99xx",
      "?hexkey_file=/none/c",
      "?cipher=aegis256&hexkey=" + HEX,
    };
    for (String each : options) {
      assertThatThrownBy(() -> use(DriverManager.getConnection(url(each))))
          .as(each)
          .isInstanceOf(SQLInvalidAuthorizationSpecException.class)
          .hasMessageNotContaining("c0ffee")
          .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28000"));
    }
  }

  @Test
  void neitherPropertyInfosNorTextsShowIt() throws Exception {
    DriverPropertyInfo[] infos = new TursoDriver().getPropertyInfo(url(""), key(HEX));
    for (DriverPropertyInfo each : infos) {
      assertThat(each.value).as(each.name).isNotEqualTo(HEX);
    }
    JdbcUrl parsed = JdbcUrl.parse(url("?hexkey=" + HEX + "&cipher=aes256gcm"), key(HEX));
    assertThat(parsed.toString()).doesNotContain("c0ffee").endsWith("?hexkey=***&cipher=aes256gcm");
  }
}
