package dev.turso.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The search for circles finds those there are. */
class PackageCyclesTest {

  @Test
  void partsThatNeedEachOtherInACircleAreFound() {
    assertThat(
            PackageCycles.in(
                Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of(), "d", Set.of("b"))))
        .hasSize(3)
        .contains("b", "d");
  }

  @Test
  void twoWaysToOnePartAreNoCircle() {
    assertThat(
            PackageCycles.in(
                Map.of("a", Set.of("b", "c"), "b", Set.of("d"), "c", Set.of("d"), "d", Set.of())))
        .isEmpty();
  }

  @Test
  void aCircleOfRealClassesIsFound() {
    JavaClasses classes = new ClassFileImporter().importClasses(String.class, java.util.List.class);
    assertThat(PackageCycles.in(classes, name -> name.startsWith("java.") ? name : null))
        .contains("java.lang", "java.util");
  }
}
