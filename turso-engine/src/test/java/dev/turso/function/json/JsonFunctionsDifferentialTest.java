package dev.turso.function.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same calls here and in native SQLite, in memory. */
class JsonFunctionsDifferentialTest {

  private static Connection sqlite;

  @BeforeAll
  static void open() throws SQLException {
    sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
  }

  @AfterAll
  static void close() throws SQLException {
    sqlite.close();
  }

  private static String nativeSqlite(String expression) {
    try (PreparedStatement statement = sqlite.prepareStatement("SELECT quote(" + expression + ")");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return new String(rows.getBytes(1), StandardCharsets.UTF_8);
    } catch (SQLException e) {
      String message = e.getMessage();
      int from = message.indexOf(" (");
      return "error: " + message.substring(from + 2, message.length() - 1);
    }
  }

  private static void compare(Iterable<String> expressions) {
    SoftAssertions softly = new SoftAssertions();
    for (String expression : expressions) {
      softly
          .assertThat(CallEvaluator.quoted(expression))
          .as(expression)
          .isEqualTo(nativeSqlite(expression));
    }
    softly.assertAll();
  }

  static final String[] DOCUMENTS = {
    "{\"a\":1,\"b\":[1,2.5,\"x\\ny\",true,false,null,{\"c\":{}}],\"d e\":\"\\u0041\\ud83d\\ude00\"}",
    "[]",
    "{}",
    "[[[1],2],3]",
    "\"text\"",
    "12",
    "-0.5e10",
    "null",
    "true",
    "nul",
    "truex",
    "{a:1,'b':.5,c:5.,d:+1,e:0x1F,f:-0x10,g:Infinity,h:-inf,i:NaN,j:'it\\'s \"q\"',$k_1:1,}",
    "[1,2,]",
    "[,]",
    "[1,,2]",
    "{,}",
    "{\"a\":1,,}",
    "[1 2]",
    "{\"a\" 1}",
    "{\"a\":}",
    "{a b:1}",
    "",
    " ",
    "-",
    "+",
    ".",
    "1.",
    ".5",
    "-.5",
    "+.5",
    "-.",
    "01",
    "-01",
    "1e",
    "1e+",
    "1e5",
    "1.5.6",
    "1..",
    "1.e5",
    "0x",
    "0x1g",
    "0xffffffffffffffff",
    "0x1ffffffffffffffff",
    "--1",
    "1-",
    "'x'",
    "\"\\q\"",
    "\"\\x41\\v\\0\\'\"",
    "\"\\01\"",
    "\"\\u00g0\"",
    "\"abc",
    "\"a\tb\"",
    "'a\\\nb'",
    " /* c */ [1] // d",
    "/* x",
    "[1]/**/",
    "[1]]",
    "[1]x",
    "\u00a0[\u20281]",
    "{\u00e9:1}",
    "{\"a\":1,\"a\":2,\"b\":{\"c\":1}}",
    "9223372036854775807",
    "9223372036854775808",
    "12345678901234567890",
    "-9223372036854775808",
    "1e999",
    "[1.0,1E5,1e-5]",
    "{\"\\u0061\":5}",
    "{\"\":1}",
    "[\"\\u0000\",\"\\ud800\"]",
    "tru",
    "fals",
    "\"\\\"",
    "{\"x\":{\"y\":[0,{\"z\":9}]}}",
  };

  private static final String[] PATHS = {
    "$",
    "$.a",
    "$.b",
    "$.b[0]",
    "$.b[#-1]",
    "$.b[#]",
    "$.b[99]",
    "$[0]",
    "$[1]",
    "$[#-1]",
    "$[#-9]",
    "$.b[6].c",
    "$.\"d e\"",
    "$.d e",
    "$.x.y[1].z",
    "$.new",
    "$.new[0]",
    "$.new[5]",
    "$.new.x.y",
    "$[0][0]",
    "$[#].a",
    "",
    "a",
    "$x",
    "$.",
    "$..a",
    "$[",
    "$[]",
    "$[a]",
    "$[-1]",
    "$[#-",
    "$[#-x]",
    "$.\"a",
    "$.a.",
    "$.\"\\u0061\"",
    "$.\"\"",
    "$[1",
    "$ .a",
    "$[00]",
    "$.a'b[",
    "$[4294967296]",
    "$[#-4294967297]",
  };

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  @Test
  void everyDocumentIsReadAsSqliteReadsIt() {
    List<String> calls = new ArrayList<>();
    for (String document : DOCUMENTS) {
      String json = literal(document);
      for (String function :
          new String[] {
            "json",
            "jsonb",
            "json_type",
            "json_valid",
            "json_array_length",
            "json_pretty",
            "json_error_position",
            "json_quote"
          }) {
        calls.add(function + "(" + json + ")");
      }
      calls.add("json_valid(" + json + ",2)");
      calls.add("json_valid(" + json + ",4)");
      calls.add("json_valid(jsonb(" + json + "),4)");
      calls.add("json_valid(jsonb(" + json + "),8)");
      calls.add("json_error_position(jsonb(" + json + "))");
      calls.add("json(jsonb(" + json + "))");
      calls.add("json_extract(" + json + ",'$')");
      calls.add("jsonb_extract(" + json + ",'$')");
      calls.add(json + "->'$'");
      calls.add(json + "->>'$'");
      calls.add("json_array(json(" + json + "),1)");
      calls.add("json_set('{}','$.a',json(" + json + "))");
    }
    compare(calls);
  }

  @Test
  void plainDocumentsAndWhatIsAlmostPlainAreReadAlike() {
    String[] documents = {
      "{\"a\":%s,\"b\":[10,{\"a\":%s}],\"c\":%s}",
      "[%s , [%s],\n%s\t]",
      "  %s  ",
      "%s %s",
      "{\"a\":%s,}",
      "{\"a\":{\"a\":%s},\"a\":%s}",
      "{\"a\" : %s,\"\\u0061\":%s",
      "[%s",
      "{\"b\":%s,\"a\":[1,2,%s]}"
    };
    String[] values = {
      "1",
      "-0",
      "01",
      "-1.5e3",
      "1.",
      ".5",
      "1e",
      "1e+",
      "12e-2",
      "9223372036854775808",
      "-",
      "+1",
      "99999999999999999999",
      "\"x\"",
      "\"\"",
      "\"\\n\"",
      "\"é\"",
      "true",
      "false",
      "null",
      "nul",
      "falsey",
      "[]",
      "{}",
      "[1]",
      "{\"a\":7}",
      "\"a",
      "'a'",
      "NaN",
      "/**/1",
      ""
    };
    String[] paths = {
      "$",
      "$.a",
      "$.b[0]",
      "$.b[1].a",
      "$[0]",
      "$[1][0]",
      "$.a.a",
      "$.a[2]",
      "$.b[x]",
      "$.",
      "$.zz[",
      "$[#-1]",
      "$.\"a\"",
      "$a",
      "a",
      "[1]",
      "$.a[99999999999]"
    };
    List<String> expressions = new ArrayList<>();
    for (String document : documents) {
      for (int i = 0; i < values.length; i++) {
        String next = values[(i + 1) % values.length];
        String text = "'" + document.formatted(values[i], "1", next).replace("'", "''") + "'";
        for (String path : paths) {
          expressions.add("json_extract(" + text + ", '" + path + "')");
          expressions.add(text + " ->> '" + path + "'");
        }
      }
    }
    compare(expressions);
  }

  @Test
  void everyPathIsFollowedAsSqliteFollowsIt() {
    List<String> calls = new ArrayList<>();
    for (int i : new int[] {0, 1, 2, 3, 4, 11, 46, 57, 63}) {
      for (String path : PATHS) {
        String arguments = literal(DOCUMENTS[i]) + "," + literal(path);
        calls.add("json_extract(" + arguments + ")");
        calls.add("json_extract(" + arguments + ",'$')");
        calls.add("json_type(" + arguments + ")");
        calls.add("json_array_length(" + arguments + ")");
        calls.add("json_remove(" + arguments + ")");
        for (String edit : new String[] {"set", "insert", "replace", "array_insert"}) {
          calls.add("json_" + edit + "(" + arguments + ",'v')");
          calls.add("jsonb_" + edit + "(" + arguments + ",json('[1,{\"a\":2}]'))");
        }
        calls.add(literal(DOCUMENTS[i]) + "->" + literal(path));
        calls.add(literal(DOCUMENTS[i]) + "->>" + literal(path));
      }
    }
    compare(calls);
  }

  @Test
  void valuesBecomeJsonAsInSqlite() {
    List<String> calls = new ArrayList<>();
    String[] values = {
      "1",
      "-5",
      "2.5",
      "1e300",
      "1e999",
      "-1e999",
      "1e15",
      "123456789.123456789",
      "''",
      "'a\"b\\c'",
      "null",
      "json('[1]')",
      "jsonb('{\"a\":1}')",
      "x'00'",
      "x'0102'",
      "x'31'",
      "x'3131'",
      "x''",
      "'\u0001\u001f\u007f\u00e9'",
      "json_quote('x')",
      "x'7b7d'",
      "x'1bff'",
      "x'dead'",
    };
    for (String value : values) {
      for (String form :
          new String[] {
            "json_array(1,%s)",
            "jsonb_array(%s)",
            "json_object('k',%s)",
            "json_object(%s,1)",
            "json_quote(%s)",
            "json_set('{}','$.a',%s)",
            "jsonb_set('[1]','$[1]',%s)",
            "json(%s)",
            "json_valid(%s)",
            "json_valid(%s,12)",
            "json_valid(%s,8)",
            "json_error_position(%s)",
            "json_patch('{\"a\":1}',%s)",
            "json_extract('[1,2]',%s)",
            "'[1,2,3]'->%s",
            "'{\"a\":5}'->>%s",
            "json_pretty('[1,[],{\"a\":2}]',%s)",
            "json_type(%s)",
            "json_set(%s,'$.a',1)",
            "json_remove(%s)",
            "json_remove('[1]',%s)",
          }) {
        calls.add(form.replace("%s", value));
      }
    }
    compare(calls);
  }

  @Test
  void blobsAreTakenForJsonbWhereSqliteDoes() {
    List<String> calls = new ArrayList<>();
    String[] blobs = {
      "5B6E756C6C5D",
      "34313233",
      "35313233",
      "3431322E",
      "3B133132",
      "1301",
      "2B31FF",
      "22FF22",
      "CB01",
      "C000",
      "C100",
      "CB09F00000000000000000",
      "38615C71",
      "78615C755A5A5A5A",
      "49615C3035",
      "59615C785A5A",
      "2A615C",
      "17FF",
      "C9055C0AC35C71",
      "C8025C00",
      "C9025C00",
      "C7025C00",
      "7B295C3033313233",
      "C9065C755A5A5A5A",
      "C9085C0A5C755A5A5A5A",
      "6B37616263162d",
      "0D",
      "1D",
      "65302E3165",
      "55302E316531",
      "3530302E31",
      "352E3531",
      "362E3531",
      "26352E",
      "25352E",
      "1635",
      "43307831",
      "54307867",
      "4431783133",
      "232D31",
      "132D",
      "2B1700",
      "4C17611331",
      "2C1761",
      "FF",
      "7b7d",
    };
    for (String blob : blobs) {
      for (String form :
          new String[] {
            "json_valid(%s,1)",
            "json_valid(%s,4)",
            "json_valid(%s,8)",
            "json_valid(%s,10)",
            "json_error_position(%s)",
            "json(%s)",
          }) {
        calls.add(form.replace("%s", "x'" + blob + "'"));
      }
    }
    compare(calls);
  }

  @Test
  void argumentsAreCountedAsInSqlite() {
    compare(
        List.of(
            "json_array()",
            "json_object()",
            "json_object('a')",
            "json_set('{}')",
            "json_insert('{}','$.a')",
            "json_array_insert('[1]','$[0]')",
            "jsonb_set('{}','$.a')",
            "json_extract('{}')",
            "json_extract()",
            "json_remove('[1]')",
            "json_remove()",
            "json_set()",
            "json_valid('1',0)",
            "json_valid('1',16)",
            "json_valid('1',null)",
            "json_remove('[1,2,3]','$[0]','$[0]')",
            "json_remove('[1]','$')",
            "json_set('[[1]]','$[0][0]',5,'$[0][1]',6,'$[1]',7)",
            "json_array_insert('[[1]]','$[0][0]',5,'$[0][0]',6)",
            "json_extract('{\"a\":1}','$.a',null)",
            "jsonb_extract('[1,2]','$[0]','$[5]')"));
  }

  @Test
  void mergePatchesAsSqliteDoes() {
    String[] some = {
      "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}",
      "{\"a\":null}",
      "{\"b\":{\"c\":null,\"e\":{\"f\":null}}}",
      "{\"b\":5,\"x\":[1]}",
      "[1,2]",
      "5",
      "null",
      "{}",
      "{\"a\":1,\"a\":2}",
      "{a:{z:null}}",
      "{\"\\u0061\":9}",
      "{\"b\":{\"d\":{\"q\":1}}}",
    };
    List<String> calls = new ArrayList<>();
    for (String target : some) {
      for (String patch : some) {
        calls.add("json_patch(" + literal(target) + "," + literal(patch) + ")");
        calls.add("jsonb_patch(" + literal(target) + "," + literal(patch) + ")");
      }
    }
    compare(calls);
  }

  @Test
  void randomDocumentsAndEditsGiveWhatSqliteGives() {
    long seed = Long.getLong("turso.seed", java.time.LocalDate.now().toEpochDay());
    Random random = new Random(seed);
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      StringBuilder text = new StringBuilder(DOCUMENTS[random.nextInt(DOCUMENTS.length)]);
      if (random.nextBoolean()) {
        text = new StringBuilder(randomJson(random, 4));
      }
      for (int n = random.nextInt(3); n > 0 && !text.isEmpty(); n--) {
        char c = "{}[],:\"'\\/0159.eE+-xu tfn\n*$a_".charAt(random.nextInt(30));
        text.setCharAt(random.nextInt(text.length()), c);
      }
      String json = literal(text.toString());
      String path = literal(PATHS[random.nextInt(PATHS.length)]);
      calls.add("jsonb(" + json + ")");
      calls.add("json_error_position(" + json + ")");
      calls.add("json_valid(" + json + ")");
      calls.add("json_set(" + json + "," + path + ",json('{\"n\":[1]}'))");
      calls.add("json_remove(" + json + "," + path + ")");
    }
    SoftAssertions softly = new SoftAssertions();
    for (String call : calls) {
      softly
          .assertThat(CallEvaluator.quoted(call))
          .as("seed %d: %s", seed, call)
          .isEqualTo(nativeSqlite(call));
    }
    softly.assertAll();
  }

  private static String randomJson(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> Integer.toString(random.nextInt(2000) - 1000);
      case 1 -> Double.toString(random.nextGaussian() * 1e6);
      case 2 -> "\"s" + "x".repeat(random.nextInt(300)) + "\\n\"";
      case 3 -> random.nextBoolean() ? "true" : "null";
      case 4 -> "\"\"";
      case 5, 6 ->
          random
              .ints(random.nextInt(5), 0, 5)
              .mapToObj(n -> "\"" + (char) ('a' + n) + "\":" + randomJson(random, depth - 1))
              .collect(Collectors.joining(",", "{", "}"));
      default ->
          random
              .ints(random.nextInt(5), 0, 5)
              .mapToObj(n -> randomJson(random, depth - 1))
              .collect(Collectors.joining(" , ", "[ ", " ]"));
    };
  }

  @Test
  void deeplyNestedTextIsRefused() {
    assertThat(CallEvaluator.quoted("json('" + "[".repeat(1000) + "]".repeat(1000) + "')"))
        .startsWith("'[[");
    assertThat(CallEvaluator.quoted("json('" + "[".repeat(1001) + "]".repeat(1001) + "')"))
        .isEqualTo("error: malformed JSON");
    assertThat(CallEvaluator.quoted("json_set('[]','$" + "[0]".repeat(5000) + "',1)"))
        .isEqualTo("error: JSON path too deep");
  }
}
