package dev.turso.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.turso.value.Tag;
import org.junit.jupiter.api.Test;

/** Holds the engine's layers: who may know whom. */
class LayersArchitectureTest {

  /** So that a rule over nothing does not pass for a rule that holds. */
  private static final int ENOUGH_CLASSES = 300;

  private static final String ROOT = "dev.turso.";

  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .importUrl(Tag.class.getProtectionDomain().getCodeSource().getLocation());

  private static final String[] STORAGE = {
    "dev.turso.vfs..",
    "dev.turso.wal..",
    "dev.turso.journal..",
    "dev.turso.pager..",
    "dev.turso.btree.."
  };

  private static final String[] LANGUAGE = {
    "dev.turso.sql..", "dev.turso.bind..", "dev.turso.plan.logical..", "dev.turso.plan.optimize.."
  };

  @Test
  void theRulesSeeTheEngine() {
    assertThat(ENGINE.size()).isGreaterThan(ENOUGH_CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    assertThat(PackageCycles.in(ENGINE, name -> name.startsWith(ROOT) ? name : null))
        .as("a reader can then take the packages one after another")
        .isEmpty();
  }

  @Test
  void theLanguageKnowsNoStorage() {
    noClasses()
        .that()
        .resideInAnyPackage(LANGUAGE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STORAGE)
        .because("a plan means the same whatever it reads from")
        .check(ENGINE);
  }

  @Test
  void storageKnowsNoLanguage() {
    noClasses()
        .that()
        .resideInAnyPackage(STORAGE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(LANGUAGE)
        .because("pages and trees hold bytes, not tables")
        .check(ENGINE);
  }

  @Test
  void onlyTheFileLayerTouchesFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.turso.sql..",
            "dev.turso.bind..",
            "dev.turso.btree..",
            "dev.turso.pager..",
            "dev.turso.wal..",
            "dev.turso.journal..",
            "dev.turso.format..",
            "dev.turso.schema..",
            "dev.turso.function..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.channels..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.RandomAccessFile")
        .because("a simulated disk can stand under everything only if nothing goes around it")
        .check(ENGINE);
  }

  @Test
  void nothingHereKnowsSpring() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "io.micrometer..", "org.slf4j..")
        .because("the engine has no run-time dependency")
        .check(ENGINE);
  }

  @Test
  void onlyTheDriverKnowsJdbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.turso.jdbc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .because("JDBC is one way to use the engine, not a part of it")
        .check(ENGINE);
  }
}
