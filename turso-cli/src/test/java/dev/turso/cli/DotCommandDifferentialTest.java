package dev.turso.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each dot-command with three inputs, errors among them, beside native sqlite3: output, complaints and
 * exit status. The matrix is printed. What is meant to differ is marked with the reason, and must
 * then at least say something or end with another status than silence would.
 */
@NullUnmarked
class DotCommandDifferentialTest {

  private static final String SETUP =
      "create table t(a integer primary key, b);insert into t values(1,'x'),(2,'it''s');"
          + "create index i on t(b);create view v as select a from t;"
          + "create table \"odd name\"(x, \"y z\");insert into \"odd name\" values(1.5,null);\n";

  /** An input, and why its outcome is meant to differ, or null. */
  private record Input(String text, @Nullable String meant) {}

  private static final Map<String, List<Input>> COMMANDS = new LinkedHashMap<>();

  private static void same(String command, String... inputs) {
    List<Input> all = COMMANDS.computeIfAbsent(command, name -> new ArrayList<>());
    Stream.of(inputs).forEach(each -> all.add(new Input(each, null)));
  }

  private static void meant(String command, String reason, String... inputs) {
    List<Input> all = COMMANDS.computeIfAbsent(command, name -> new ArrayList<>());
    Stream.of(inputs).forEach(each -> all.add(new Input(each, reason)));
  }

  static {
    String none = "means nothing here, and says so";
    String help = "help texts are our own";
    meant("archive", none, ".archive -t", ".archive", ".archive x y");
    meant("auth", none, ".auth", ".auth on off x", ".auth on\nselect 1;");
    same("backup", ".backup", ".backup a b c", ".backup --x f");
    same(
        "backup",
        ".backup b1.db\n.open b1.db\nselect count(*) from t;",
        ".backup main b2.db\n.open b2.db\n.tables");
    same("bail", ".bail", ".bail on\nselect x;\nselect 1;", ".bail x");
    same("binary", ".binary", ".binary on", ".binary maybe\nselect 1;");
    same("cd", ".cd", ".cd nosuch", ".cd .\n.cd a b");
    same("changes", ".changes", ".changes on\nupdate t set b=1;", ".changes x");
    same(
        "check",
        ".check",
        ".check x y z",
        ".testcase a\nselect 12, 'b';\n.check \"#|?*\"",
        ".testcase a\nselect 'x y';\n.check \"[a-x]  y\"",
        ".testcase b\nselect 1;\n.check 2\nselect 3;");
    same("clone", ".clone", ".clone a b", ".read setup.sql\n.clone setup.sql");
    same(
        "connection",
        ".connection x",
        ".connection a b c",
        ".connection",
        ".connection 1\ncreate table u(a);\n.tables\n.connection 0\n.tables\n.connection",
        ".connection 2\ncreate table u(a);\n.connection 0\n.connection close 2\n.connection",
        ".connection close 0");
    same("databases", ".databases", ".databases x", "attach ':memory:' as m2;\n.databases");
    meant("dbconfig", "only the switches that this engine has", ".dbconfig");
    same(
        "dbconfig",
        ".dbconfig x",
        ".dbconfig enable_fkey on",
        ".dbconfig enable_fkey on\npragma foreign_keys;");
    meant(
        "dbinfo",
        "native needs its sqlite_dbpage table",
        ".dbinfo",
        ".dbinfo main",
        ".dbinfo nosuch");
    same(
        "dump",
        ".dump",
        ".dump t",
        ".dump --data-only",
        ".dump --x",
        ".dump nosuch",
        ".dump --preserve-rowids",
        "create table q(rowid,a);insert into q values(5,6);\n.dump --preserve-rowids q",
        "create table q(rowid,_rowid_,oid);insert into q values(5,6,7);\n.dump --preserve-rowids q");
    same("echo", ".echo", ".echo on\nselect 1;\n\n-- c\nselect\n2;", ".echo off x");
    same("eqp", ".eqp", ".eqp on\nselect * from t where a=1;", ".eqp x");
    meant("excel", help, ".excel x", ".excel x y", ".excel a b c");
    same("exit", ".exit", ".exit 3", ".exit 0x11\nselect 1;");
    same("expert", ".expert x", ".expert x y");
    same(
        "expert",
        ".expert\nselect * from t where b=1;",
        ".expert\nselect * from v, \"odd name\" where \"y z\" = a and x > 1;",
        ".expert\nselect nosuch from t;\nselect 1;",
        ".expert\nselect x from \"odd name\" where x > 1;select 2;",
        "create table o(c,d,e);\n.expert\nselect * from o order by d, c;",
        "create table o(c,d,e);\n.expert\nselect * from o where e = 1 order by c, d;",
        "create table o(c,d,e);\n.expert\nselect c, d, count(*) from o group by c, d;");
    meant("expert", "there is nothing to sample", ".expert -sample 10");
    same("explain", ".explain x", ".explain off\n.explain auto", ".explain on");
    meant("filectrl", none, ".filectrl", ".filectrl x", ".filectrl x y");
    same("fullschema", ".fullschema", ".fullschema x", ".fullschema --indent");
    same("headers", ".headers", ".headers on\nselect 1 as a;", ".headers x");
    meant("help", help, ".help", ".help mode", ".help nosuchthing");
    meant("import", help, ".import", ".import x", ".import a b c");
    same(
        "import",
        ".import nosuch t",
        ".import --csv data.csv n\nselect * from n;\n.schema n",
        ".mode csv\n.import data.csv t\nselect * from t;",
        ".import --csv -v data.csv n",
        ".import --csv '|echo x,X,,y' n\n.schema n",
        ".import --csv --skip 1 -v data.csv t\nselect count(*) from t;");
    meant("imposter", none, ".imposter", ".imposter a", ".imposter a b");
    same("indexes", ".indexes", ".indexes t", ".indexes a b c");
    same("indices", ".indices", ".indices nosuch", ".indices a b");
    same("limit", ".limit", ".limit x", ".limit a b c", ".limit attached");
    meant("limit", "limits are fixed", ".limit attached 3");
    same(
        "lint",
        ".lint",
        ".lint x",
        ".lint fkey-indexes",
        "create table c(a references t, b references v, x references t(a));\n"
            + ".lint fkey-indexes\n.lint fkey-indexes -groupbyparent");
    meant("load", none, ".load", ".load x", ".load x y z");
    same("log", ".log", ".log a b", ".log off");
    same(
        "mode",
        ".mode",
        ".mode line x y",
        ".mode box --wrap 7\n.mode",
        ".mode l\n.mode\n.mode c\n.mode\n.mode t\n.mode");
    meant("mode", "pretty is one more mode", ".mode x", ".mode qb");
    same("nonce", ".nonce", ".nonce x", ".nonce a b");
    same("nullvalue", ".nullvalue", ".nullvalue N\nselect null;", ".nullvalue a b");
    same(
        "once",
        ".once o.txt\nselect 1;\nselect 2;\n.system cat o.txt",
        ".once |cat\nselect 5;",
        ".once /nosuch/x");
    meant("once", help, ".once a b");
    same(
        "open",
        ".open a b",
        ".open --x",
        ".open :memory:\n.tables",
        ".open other.db\ncreate table z(a);\n.tables");
    same(
        "output",
        ".output /nosuch/x",
        ".output o2.txt\nselect 1;\n.output\n.system cat o2.txt",
        ".output |cat\nselect 3;\n.output");
    meant("output", help, ".output a b");
    meant("parameter", help, ".parameter", ".parameter x", ".parameter set @a");
    same(
        "parameter",
        ".parameter set @a 5\n.parameter set $b x\nselect @a,$b;\n.parameter list",
        ".parameter set ?1 NULL\nselect ?1;\n.parameter clear\n.parameter list",
        ".parameter init\n.parameter set :a 1.5\n.parameter unset :a\nselect :a;");
    same("print", ".print", ".print a  'b c' \"d\\te\"", ".print -x y");
    same("progress", ".progress 0", ".progress 100\nselect 1;", ".progress 0\nselect 2;");
    meant("progress", "there are no opcodes to count", ".progress --limit 1");
    same("prompt", ".prompt", ".prompt a", ".prompt a b");
    same("quit", ".quit", ".quit 3", ".q\nselect 1;");
    same("read", ".read", ".read nosuch", ".read a b", ".read bad.sql", ".read |echo 'select 7;'");
    meant(
        "recover",
        "native's build lacks sqlite_dbpage",
        ".recover",
        ".recover --ignore-freelist",
        ".recover x");
    same(
        "restore",
        ".restore",
        ".restore a b c",
        ".backup r.db\ndelete from t;\n.restore r.db\nselect count(*) from t;");
    same("save", ".save", ".save a b c", ".save s.db\n.open s.db\nselect * from t;");
    same("scanstats", ".scanstats", ".scanstats on", ".scanstats a b");
    same(
        "schema",
        ".schema",
        ".schema t",
        ".schema a b",
        ".schema --indent",
        ".schema nosuch",
        ".schema sqlite_schema",
        ".schema v",
        ".schema o*",
        "create temp table tt(a);\n.schema tt");
    same(
        "selftest",
        ".selftest",
        ".selftest x",
        ".selftest --init\n.selftest",
        ".selftest --init\ninsert into t values(7,8);\nselect count(*) from selftest;");
    same(
        "separator",
        ".separator",
        ".separator \\t \\n#\nselect 1,2;",
        ".separator ; |\nselect 1,2;",
        ".separator a b c\nselect 1,2;");
    meant("session", none, ".session", ".session x", ".session x y");
    same(
        "sha3sum",
        ".sha3sum",
        ".sha3sum --schema",
        ".sha3sum t",
        ".sha3sum a b",
        ".sha3sum --sha3-224 t");
    same("shell", ".shell", ".shell echo a", ".shell exit 3");
    same(
        "show",
        ".show",
        ".show x",
        ".mode box\n.width 1 -2\n.headers on\n.nullvalue N\n.separator x y\n.eqp on\n.show");
    meant("stats", "figures of this engine", ".stats", ".stats a b");
    same("stats", ".stats x", ".stats off");
    same("system", ".system", ".system printf abc", ".system exit 1");
    same("tables", ".tables", ".tables t", ".tables nosuch");
    same(
        "testcase",
        ".testcase x\nselect 5;\n.check 5\nselect 6;",
        ".testcase a b\nselect 1;\n.check *",
        ".testcase\nselect 2;\n.check 2");
    meant("testctrl", none, ".testctrl", ".testctrl x", ".testctrl x y");
    same("timeout", ".timeout 100", ".timeout", ".timeout x");
    same("timer", ".timer", ".timer x", ".timer a b");
    same(
        "trace",
        ".trace stdout\nselect 1;",
        ".trace off",
        ".trace stdout\nselect 1;select 2;\n.trace off\nselect 3;");
    meant("version", "our own versions", ".version", ".ver", ".v");
    meant("vfsinfo", none, ".vfsinfo", ".vfsinfo x", ".vfsinfo main");
    meant("vfslist", "files are the JVM's", ".vfslist", ".vfslist x", ".vfslist x y");
    meant("vfsname", "files are the JVM's", ".vfsname", ".vfsname x", ".vfsname main");
    same("width", ".width", ".width 3 -4\n.mode column\nselect 1,2,'abcdefgh';", ".width x\n.show");
    same("(none)", ".nosuch", ".nosuch x", ".");
    same(
        "(SQL)",
        "select nosuch;",
        "selec 1;",
        "select 1;select * from nosuch;select 2;",
        "insert into t values(1,1);",
        "select abs(-9223372036854775808);",
        "select 'open",
        "select 1",
        "select 1\ngo\nselect 2\n/\n",
        "explain query plan select * from t, t as u where t.a=u.a;",
        "create table t(a);",
        "select count(*,1);",
        "select * from t where b = (select a, b from t);",
        "drop table nosuch;",
        "insert into t values(1,2,3);",
        "select max();",
        "select a from t group by;",
        "/* x */ ; ; select 3;",
        "select t.nosuch from t;",
        "select 1 union select 1,2;",
        "begin;begin;",
        "rollback;",
        "pragma nosuch;",
        "attach 'x' as main;",
        "select json('{');",
        "select cast('9' as int) /* ü */, nosuch;");
    meant("(SQL)", "there is no load_extension", "select load_extension('x');");
    meant("(SQL)", "the place of the column is shown too", "update t set nosuch = 1;");
  }

  @TempDir Path folder;

  @Test
  void everyCommandDoesWhatSqlite3DoesWithThreeInputs() throws Exception {
    String version = Programs.nativeVersion();
    assumeTrue(version.startsWith("3.40"), "no sqlite3 3.40 on the path, but: " + version);
    List<String> wrong = new ArrayList<>();
    StringBuilder matrix = new StringBuilder("commands against sqlite3 " + version + '\n');
    int equal = 0;
    int meant = 0;
    for (Map.Entry<String, List<Input>> each : COMMANDS.entrySet()) {
      assertThat(each.getValue()).as(each.getKey()).hasSizeGreaterThanOrEqualTo(3);
      matrix.append(String.format("  %-12s ", each.getKey()));
      for (Input input : each.getValue()) {
        String text = SETUP + input.text() + "\n";
        Programs.Result expected = Programs.runNative(fresh("native"), text);
        Path ours = fresh("ours");
        Programs.Result given = Programs.runOurs(".cd '" + ours + "'\n" + text);
        boolean same = same(expected, given);
        boolean known = !same && input.meant() != null && !isSilent(given);
        matrix.append(same ? '=' : known ? 'm' : 'X');
        equal += same ? 1 : 0;
        meant += known ? 1 : 0;
        if (!same && !known) {
          wrong.add(input.text() + "\nnative " + expected + "\nours   " + given);
        }
      }
      matrix.append('\n');
    }
    matrix.append("inputs equal ").append(equal).append(", meant to differ ").append(meant);
    matrix.append(", wrong ").append(wrong.size());
    System.out.println(matrix);
    assertThat(String.join("\n\n", wrong)).isEmpty();
  }

  private static boolean same(Programs.Result expected, Programs.Result given) {
    return cleaned(expected.out()).equals(cleaned(given.out()))
        && lines(expected.err()).equals(lines(given.err()))
        && expected.status() == given.status();
  }

  /** The folder's name is not part of the outcome. */
  private static String cleaned(String text) {
    return text.replaceAll("/\\S*/(native|ours)[0-9]*/", "");
  }

  /** Our input has one line more, which chose the folder. */
  private static String lines(String text) {
    return text.replaceAll("line [0-9]+:", "line N:");
  }

  private static boolean isSilent(Programs.Result given) {
    return given.out().isEmpty() && given.err().isEmpty() && given.status() == 0;
  }

  private Path fresh(String name) throws IOException {
    Path created = Files.createTempDirectory(folder, name);
    Files.writeString(created.resolve("setup.sql"), "select 1;\n");
    Files.writeString(created.resolve("bad.sql"), "select 1;\nselect nosuch;\nselect 2;\n");
    Files.writeString(
        created.resolve("data.csv"), "c,d\n7,\"x \"\"y\"\"\"\n8\n9,4,5\n10,\"two\nlines\"\n");
    return created;
  }
}
