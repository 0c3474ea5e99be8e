package dev.turso.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Tag;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the line on what a reader meets: sizes of files, an essay in each package, no leftovers. The
 * exceptions are a ratchet: a number may be lowered and a line removed, never the other way.
 */
class TidyArchitectureTest {

  private static final int LONGEST_FILE = 600;

  private static final Map<String, Integer> LONGER_FILES = Map.of();

  /** HotSpot never compiles a method with more bytecode than this ({@code HugeMethodLimit}). */
  private static final int LARGEST_COMPILED_METHOD = 8_000;

  /** So that a walk over nothing does not pass for a tidy tree. */
  private static final int ENOUGH_FILES = 500;

  private static final List<String> LEFTOVERS = List.of("TO" + "DO", "FIX" + "ME", "X" + "XX");

  @Test
  void filesAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path each : mainSources()) {
      int lines = Files.readAllLines(each).size();
      if (lines > LONGER_FILES.getOrDefault(each.getFileName().toString(), LONGEST_FILE)) {
        tooLong.add(each + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).as("files that want to be split").isEmpty();
  }

  @Test
  void everyPackageHasItsEssayAndSaysWhatMayBeNull() throws IOException {
    TreeSet<Path> packages = new TreeSet<>();
    for (Path each : mainSources()) {
      packages.add(each.getParent());
    }
    List<String> without = new ArrayList<>();
    for (Path each : packages) {
      Path essay = each.resolve("package-info.java");
      if (!Files.exists(essay) || !Files.readString(essay).contains("@NullMarked")) {
        without.add(each.toString());
      }
    }
    assertThat(without).as("packages without a package-info.java marked @NullMarked").isEmpty();
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path each : mainSources()) {
      String text = Files.readString(each);
      for (String leftover : LEFTOVERS) {
        if (text.contains("// " + leftover)) {
          found.add(each + ": " + leftover);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theCompilerTakesEveryMethod() throws Exception {
    Path classes = Path.of(Tag.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> tooLarge = new ArrayList<>();
    int methods = 0;
    for (Path each : filesUnder(classes, ".class")) {
      ClassModel model = ClassFile.of().parse(each);
      for (MethodModel method : model.methods()) {
        int length =
            method
                .findAttribute(java.lang.classfile.Attributes.code())
                .map(code -> code.codeLength())
                .orElse(0);
        methods++;
        boolean initializer = method.methodName().equalsString("<clinit>");
        if (length > LARGEST_COMPILED_METHOD && !initializer) {
          tooLarge.add(
              model.thisClass().asInternalName() + "." + method.methodName() + ": " + length);
        }
      }
    }
    assertThat(methods).isGreaterThan(ENOUGH_FILES);
    assertThat(tooLarge).as("methods that would stay interpreted").isEmpty();
  }

  private static List<Path> mainSources() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("turso-engine"))) {
      root = root.getParent();
    }
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          sources.addAll(filesUnder(main, ".java"));
        }
      }
    }
    assertThat(sources.size()).isGreaterThan(ENOUGH_FILES);
    return sources;
  }

  private static List<Path> filesUnder(Path root, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(each -> each.toString().endsWith(ending)).sorted().toList();
    }
  }
}
