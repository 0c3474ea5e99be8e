package dev.turso.spring.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.error.IoException;
import dev.turso.error.ResultCode;
import dev.turso.spring.Contexts;
import dev.turso.spring.start.JavaVersion;
import dev.turso.spring.start.JavaVersionFailureAnalyzer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What Boot prints when the start fails. */
class FailureAnalyzersTest {

  @TempDir Path folder;

  @Test
  void aMissingFolderIsNamed() {
    FailureAnalysis analysis =
        analysis("jdbc:turso:" + folder.resolve("none/app.db"), new DatabaseFailureAnalyzer());
    assertThat(analysis.getDescription()).contains("none/app.db").doesNotContain("Exception");
    assertThat(analysis.getAction()).contains("folder");
  }

  @Test
  void aFileOfAnotherKindIsToldApart() throws Exception {
    Path file = Files.writeString(folder.resolve("text.db"), "not a database\n".repeat(100));
    FailureAnalysis analysis = analysis("jdbc:turso:" + file, new DatabaseFailureAnalyzer());
    assertThat(analysis.getDescription()).contains("not a database");
    assertThat(analysis.getAction()).contains("encrypted");
  }

  /** What Hibernate makes of a failed connection does not name its cause. */
  @Test
  void whatIsWrongIsToldBeforeAnybodyUsesThePool() throws Exception {
    Path text = Files.writeString(folder.resolve("text.db"), "not a database\n".repeat(100));
    Path encrypted = folder.resolve("encrypted.db");
    Contexts.on("jdbc:turso:" + encrypted)
        .withPropertyValues("turso.encryption.key=" + "ab".repeat(32))
        .run(context -> context.getBean(JdbcClient.class).sql("CREATE TABLE secret (x)").update());
    String wrong = "jdbc:turso:" + encrypted + "?hexkey=" + "ba".repeat(32);
    for (String url :
        List.of(
            "jdbc:turso:" + folder.resolve("none/app.db"),
            "jdbc:turso:" + text,
            "jdbc:turso:" + encrypted,
            wrong,
            "jdbc:turso:" + folder.resolve("a.db") + "?journalMode=wal",
            "jdbc:turso:" + folder.resolve("a.db") + "?foreign_keys=perhaps")) {
      Contexts.on(url, HibernateJpaAutoConfiguration.class)
          .run(context -> {
            Throwable failure = context.getStartupFailure();
            assertThat(failure).as(url).isNotNull();
            boolean ofUrl = url.contains("journalMode") || url.contains("perhaps");
            FailureAnalyzer analyzer =
                ofUrl ? new ConnectionOptionFailureAnalyzer() : new DatabaseFailureAnalyzer();
            assertThat(analyzer.analyze(failure)).as(url).isNotNull();
          });
    }
  }

  @Test
  void anUnknownOptionListsTheKnownOnes() {
    FailureAnalysis analysis =
        analysis("jdbc:turso::memory:?journalMode=wal", new ConnectionOptionFailureAnalyzer());
    assertThat(analysis.getDescription()).contains("journalMode").contains("journal_mode");
    assertThat(analysis.getAction()).contains("from-sqlite-jdbc");
  }

  @Test
  void anOptionsValueIsCheckedToo() {
    FailureAnalysis analysis =
        analysis("jdbc:turso::memory:?transaction=soon", new ConnectionOptionFailureAnalyzer());
    assertThat(analysis.getDescription()).contains("transaction", "soon", "immediate");
  }

  /** With the four of options, row types, live queries and JVM: the mistakes that are likeliest. */
  @Test
  void whatTheFileOrTheDiskRefusesComesWithWhatToDo() {
    Map<ResultCode, String> remedies =
        Map.of(
            ResultCode.CANTOPEN, "folder",
            ResultCode.NOTADB, "encrypted",
            ResultCode.AUTH, "turso.encryption.key",
            ResultCode.BUSY, "turso.busy-timeout",
            ResultCode.READONLY, "permissions",
            ResultCode.CORRUPT, "backup",
            ResultCode.FULL, "room",
            ResultCode.IOERR, "disk");
    remedies.forEach((code, remedy) -> {
      Exception failure = new IllegalStateException(new IoException(code, "a message"));
      FailureAnalysis analysis = new DatabaseFailureAnalyzer().analyze(failure);
      assertThat(analysis).as("%s", code).isNotNull();
      assertThat(analysis.getAction()).as("%s", code).contains(remedy);
      assertThat(analysis.getDescription()).contains("a message");
    });
  }

  @Test
  void anOldJvmGetsASentence() {
    try {
      JavaVersion.check(21);
    } catch (JavaVersion.JavaTooOldException e) {
      FailureAnalysis analysis = new JavaVersionFailureAnalyzer().analyze(e);
      assertThat(analysis.getDescription()).startsWith("Turso needs Java 25, this JVM is 21");
      assertThat(analysis.getAction()).contains("JAVA_HOME");
      return;
    }
    throw new AssertionError("Java 21 was accepted");
  }

  @Test
  void theCheckOfTheJvmLoadsOnJava17() throws Exception {
    for (Class<?> type : new Class<?>[] {JavaVersion.class, JavaVersionFailureAnalyzer.class}) {
      try (var bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        assertThat(bytes).isNotNull();
        assertThat(bytes.readNBytes(8)[7]).as(type.getName()).isEqualTo((byte) 61);
      }
    }
  }

  private static FailureAnalysis analysis(String url, FailureAnalyzer analyzer) {
    Throwable failure = failureOf(url);
    FailureAnalysis analysis = analyzer.analyze(failure);
    assertThat(analysis).as(String.valueOf(failure)).isNotNull();
    return analysis;
  }

  private static Throwable failureOf(String url) {
    Throwable[] failure = new Throwable[1];
    Contexts.on(url)
        .run(context -> {
          failure[0] = context.getStartupFailure();
          if (failure[0] == null) {
            try {
              context.getBean(javax.sql.DataSource.class).getConnection();
            } catch (java.sql.SQLException e) {
              failure[0] = e;
            }
          }
        });
    assertThat(failure[0]).isNotNull();
    return failure[0];
  }
}
