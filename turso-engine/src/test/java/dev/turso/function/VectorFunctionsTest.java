package dev.turso.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.turso.value.Value;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layouts and distances of vectors, by the examples of libSQL and Turso. */
class VectorFunctionsTest {

  private final CallContext context = new CallContext(new FixedEnvironment());

  @Test
  void layoutsAreThoseOfTheReference() {
    assertThat(call("vector32", text("[1,2,3]"))).isEqualTo("x'0000803f0000004000004040'");
    assertThat(call("vector64", text("[1]"))).isEqualTo("x'000000000000f03f02'");
    assertThat(call("vector32_sparse", text("[0,1.5,0,2.5]")))
        .isEqualTo("x'0000c03f0000204001000000030000000400000009'");
    assertThat(call("vector1bit", text("[1,-1,1,1]"))).isEqualTo("x'0d0403'");
  }

  @Test
  void whatGoesInComesOut() {
    for (String name :
        List.of("vector32", "vector64", "vector8", "vector1bit", "vector32_sparse")) {
      String blob = call(name, text("[1, -1, 1, -1, 1]"));
      assertThat(call("vector_extract", blobOf(blob))).as(name).isEqualTo("'[1,-1,1,-1,1]'");
    }
    assertThat(call("vector_extract", text("[0.1,-1000000000000000000]")))
        .isEqualTo("'[0.1,-1000000000000000000]'");
  }

  @Test
  void distancesNeedVectorsOfOneKind() {
    assertThat(call("vector_distance_dot", text("[1,2]"), text("[3,4]"))).isEqualTo("real -11.0");
    assertThat(call("vector_distance_l2", text("[0,0]"), text("[3,4]"))).isEqualTo("real 5.0");
    assertThat(call("vector_distance_cos", text("[1,0]"), text("[0,1]"))).isEqualTo("real 1.0");
    assertThat(call("vector_distance_l2", text("[0]"), text("[3,4]")))
        .isEqualTo("error: Vectors must have the same dimensions");
    assertThat(call("vector_distance_l2", text("[0]"), blobOf(call("vector64", text("[1]")))))
        .isEqualTo("error: Vectors must be of the same type");
  }

  @Test
  void damagedBlobsAreRefused() {
    for (String blob : List.of("x'00ff03'", "x'0102'", "x'0000000002'", "x'000009'", "x'05'")) {
      assertThat(call("vector_extract", blobOf(blob))).as(blob).matches("error: .*|'\\[\\]'");
    }
  }

  private static Value text(String text) {
    return Value.text(text);
  }

  private static Value blobOf(String literal) {
    return Value.blob(HexFormat.of().parseHex(literal.substring(2, literal.length() - 1)));
  }

  private String call(String name, Value... arguments) {
    return ScalarCaller.call(name, List.of(arguments), context);
  }
}
