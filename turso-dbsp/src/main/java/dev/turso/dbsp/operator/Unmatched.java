package dev.turso.dbsp.operator;

import dev.turso.dbsp.circuit.CircuitContext;
import dev.turso.dbsp.circuit.CircuitOperator;
import dev.turso.dbsp.circuit.RowCodec;
import dev.turso.dbsp.circuit.RowSink;
import dev.turso.dbsp.circuit.Version;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of one input that have no partner in the other: what an outer join pads, and an anti join.
 *
 * <p>Keeps nothing. A changed row of this side is tested against the new version of the other; each row
 * of this side that some changed row of the other side meets is tested against the old and the new
 * version.
 */
final class Unmatched {

  private final CircuitContext context;
  private final CircuitOperator side;
  private final CircuitOperator other;
  private final RowCodec sideCodec;
  private final JoinPath partners;
  private final JoinPath met;

  Unmatched(
      CircuitContext context,
      CircuitOperator side,
      CircuitOperator other,
      List<Condition> conditions) {
    this.context = context;
    this.side = side;
    this.other = other;
    this.sideCodec = RowCodec.of(side);
    List<CircuitOperator> both = List.of(side, other);
    this.partners = new JoinPath(context, both, conditions, 0, List.of());
    this.met = new JoinPath(context, both, conditions, 1, List.of());
    partners.chosen();
    met.chosen();
  }

  /** How many partners the row in the frame has. Overwrites the other side's slots. */
  long partners(Version version) {
    long[] count = {0};
    partners.complete(version, 0, 1, weight -> count[0] += weight);
    return count[0];
  }

  void changes(RowSink sink) {
    if (side.changed()) {
      side.changes(weight -> {
        if (partners(Version.NEW) == 0) {
          sink.row(weight);
        }
      });
    }
    if (other.changed() && !context.filling()) {
      for (ByteBuffer each : metRows()) {
        retest(each.array(), sink);
      }
    }
  }

  private void retest(byte[] row, RowSink sink) {
    sideCodec.decode(context.frame(), row);
    boolean alone = partners(Version.OLD) == 0;
    boolean aloneNow = partners(Version.NEW) == 0;
    if (alone != aloneNow) {
      sink.row(aloneNow ? 1 : -1);
    }
  }

  /** The old rows of this side that changed rows of the other meet, each once (X5). */
  private Set<ByteBuffer> metRows() {
    Set<ByteBuffer> rows = new LinkedHashSet<>();
    RowSink take = weight -> rows.add(ByteBuffer.wrap(sideCodec.encode(context.frame())));
    other.changes(ignored -> met.complete(Version.OLD, 1, 1, take));
    return rows;
  }

  String describe() {
    return "pads by seeking " + partners.describe() + " and back " + met.describe();
  }
}
