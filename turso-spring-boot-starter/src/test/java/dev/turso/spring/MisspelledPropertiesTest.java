package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MisspelledPropertiesTest {

  @Test
  void aPropertyThatNobodyReadsIsNamedWithoutItsValue(CapturedOutput output) {
    Contexts.on("jdbc:turso::memory:")
        .withPropertyValues(
            "turso.encryption.kye=0011223344",
            "turso.databases.audit.pth=/elsewhere",
            "turso.databases.audit.path=:memory:")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output)
        .contains("There is no property turso.encryption.kye (at ")
        .contains("There is no property turso.databases.audit.pth (at ")
        .doesNotContain("turso.databases.audit.path")
        .doesNotContain("0011223344");
  }

  @Test
  void thoseThatAreReadAreNot(CapturedOutput output) {
    Contexts.on("jdbc:turso::memory:")
        .withPropertyValues(
            "turso.journalMode=wal",
            "turso.health.integrity-limit=10MB",
            "turso.kafka.properties.acks=all",
            "turso.busy-timeout=2s")
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(output).doesNotContain("There is no property");
  }
}
