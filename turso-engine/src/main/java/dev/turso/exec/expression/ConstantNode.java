package dev.turso.exec.expression;

import dev.turso.value.Tag;
import dev.turso.value.Value;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value known when the statement was compiled. */
public final class ConstantNode extends Node {

  private final int tag;
  private final long bits;
  private final byte[] ref;

  public ConstantNode(Value value) {
    this.tag = value.tag();
    this.bits = value.bits();
    this.ref = value.ref();
  }

  int tag() {
    return tag;
  }

  long bits() {
    return bits;
  }

  @Override
  public int eval(Frame f) {
    f.bits = bits;
    if (tag >= Tag.TEXT) {
      f.ref = ref;
    }
    return tag;
  }

  @Override
  public boolean integers(Frame f, RowVector rows, long[] out) {
    Arrays.fill(out, 0, rows.count(), bits);
    return tag == Tag.INTEGER;
  }

  @Override
  public boolean reals(Frame f, RowVector rows, double[] out) {
    Arrays.fill(out, 0, rows.count(), Double.longBitsToDouble(bits));
    return tag == Tag.REAL;
  }

  @Override
  byte @Nullable [] texts(Frame f, RowVector rows, long[] out) {
    Arrays.fill(out, 0, rows.count(), bits);
    return tag == Tag.TEXT ? ref : null;
  }
}
