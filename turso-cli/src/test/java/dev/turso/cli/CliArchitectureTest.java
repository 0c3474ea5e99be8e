package dev.turso.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.turso.architecture.PackageCycles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may know whom in the program. */
class CliArchitectureTest {

  /** So that a rule over nothing does not pass for a rule that holds. */
  private static final int ENOUGH_CLASSES = 80;

  private static final String ROOT = "dev.turso.cli.";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .importUrl(Main.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theRulesSeeTheProgram() {
    assertThat(PROGRAM.size()).isGreaterThan(ENOUGH_CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    assertThat(PackageCycles.in(PROGRAM, CliArchitectureTest::part))
        .as("a reader can then take the packages one after another")
        .isEmpty();
  }

  /** What follows {@code dev.turso.cli} in a package's name, up to the next dot. */
  private static @Nullable String part(String name) {
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).split("\\.", 2)[0] : null;
  }

  @Test
  void theServerKnowsNoShell() {
    noClasses()
        .that()
        .resideInAPackage("dev.turso.cli.mcp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.turso.cli.command..", "dev.turso.cli.shell..", "dev.turso.cli.terminal..")
        .because("what an assistant may do is decided by the statement's class, not by commands")
        .check(PROGRAM);
  }
}
