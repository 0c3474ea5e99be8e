package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions and collations that the shell adds, beside those of native sqlite3. */
@NullUnmarked
class ShellFunctionsDifferentialTest {

  private static final List<String> STATEMENTS =
      List.of(
          "select hex(readfile('a.bin')), typeof(readfile('a.bin')), readfile('nosuch')",
          "select readfile(null), writefile(null, 'x')",
          "select writefile('n.txt', 'hello'), writefile('e.txt', null), readfile('n.txt')",
          "select writefile('d/e/f.txt', 'deep'), readfile('d/e/f.txt')",
          "select writefile('dir', null, 16877), writefile('n2.txt', x'00ff', 33188, 1000000000)",
          "select lsmode(33188), lsmode(16877), lsmode(41471), lsmode(0), lsmode(null)",
          "select usleep(10)",
          "select hex(sha3('a')), hex(sha3('a', 224)), hex(sha3(x'61', 512)), hex(sha3(1))",
          "select sha3('a', 100)",
          "select hex(sha3_query('select 1; select 2.5, null, ''x'', x''00''', 256)), sha3(null)",
          "select hex(sha3_query('select * from t', 224)), quote(sha3_query(null))",
          "select sha3_query('create table q(a)')",
          "select sha3_query('select * from nosuch')",
          "select decimal('1.50'), decimal(' -00.10e2'), decimal('abc'), decimal(''), decimal(null)",
          "select decimal('1e5'), decimal('1.5e-3'), decimal(1.25), decimal('+5'), decimal('.5')",
          "select decimal_add('1.5', '2.50'), decimal_sub('1.50', '0.5'), decimal_add('1', '-1')",
          "select decimal_mul('1.50', '2.0'), decimal_mul('0.1', '0.10'), decimal_mul(1, null)",
          "select decimal_mul('123456789012345678901234567890.5', '3')",
          "select decimal_cmp('1.5', '1.4'), decimal_cmp(null, '1'), decimal_cmp('2', '10')",
          "select decimal_sum(a), decimal_sum(null) from t",
          "select ieee754(3, 1), ieee754(0.1), ieee754(-2.5), ieee754(0.0), ieee754(1e999)",
          "select ieee754(x'3ff0000000000000'), hex(ieee754_to_blob(1.5)), ieee754(1), ieee754(null)",
          "select ieee754_from_blob(x'3ff8000000000000'), ieee754_mantissa(0.1), ieee754_exponent(.1)",
          "select sqlar_compress('abc'), hex(sqlar_compress(x'00'))",
          "select sqlar_uncompress(sqlar_compress(zeroblob(500)), 500) = zeroblob(500)",
          "select a from t order by a collate uint",
          "select a from t order by a collate decimal, a",
          "select 'a002' = 'a2' collate uint, 'a1b' < 'a1a' collate uint, 'x' < 'x1' collate uint",
          "create view w as select readfile('a.bin') as r; select r from w");

  @TempDir Path folder;

  @Test
  void theyGiveWhatSqlite3sGive() throws Exception {
    String version = Programs.nativeVersion();
    assumeTrue(version.startsWith("3.40"), "no sqlite3 3.40 on the path, but: " + version);
    List<String> wrong = new ArrayList<>();
    for (String each : STATEMENTS) {
      String text =
          "create table t(a); insert into t values('10'),('9.50'),('a10'),('a9'),('a2b'),(null);\n"
              + each
              + ";\n";
      Programs.Result expected = Programs.runNative(fresh("native"), text);
      Programs.Result given = Programs.runOurs(".cd '" + fresh("ours") + "'\n" + text);
      if (!expected.out().equals(given.out())
          || !told(expected).equals(told(given))
          || expected.status() != given.status()) {
        wrong.add(each + "\nnative " + expected + "\nours   " + given);
      }
    }
    System.out.println(
        "functions of the shell against sqlite3 "
            + version
            + ": equal "
            + (STATEMENTS.size() - wrong.size())
            + " of "
            + STATEMENTS.size());
    assertThat(String.join("\n\n", wrong)).isEmpty();
  }

  /** Our input has one line more. */
  private static String told(Programs.Result result) {
    return result.err().replaceAll("near line [0-9]+", "near line N");
  }

  private Path fresh(String name) throws Exception {
    Path created = Files.createTempDirectory(folder, name);
    Files.write(created.resolve("a.bin"), new byte[] {0, 1, (byte) 0xFF, 'x'});
    return created;
  }
}
