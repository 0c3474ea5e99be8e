package dev.turso.function.json;

import dev.turso.function.Accumulator;
import dev.turso.function.AggregateFunction;
import dev.turso.function.CallContext;
import dev.turso.value.Register;
import java.util.Arrays;

/** json_group_array and json_group_object. */
final class JsonAggregate implements AggregateFunction {

  private final JsonForm form;
  private final boolean object;

  JsonAggregate(JsonForm form, boolean object) {
    this.form = form;
    this.object = object;
  }

  @Override
  public Accumulator create(CallContext context) {
    return new Group(form, object);
  }

  @Override
  public boolean invertible() {
    return true;
  }

  /**
   * The members as text with commas between them. Rows leave in the order in which they came, so
   * that
   * the oldest member is the first.
   */
  private static final class Group extends Accumulator {

    private final JsonForm form;
    private final boolean object;
    private JsonBytes text = new JsonBytes(64);
    private int start;
    private int[] lengths = new int[8];
    private int first;
    private int count;

    Group(JsonForm form, boolean object) {
      this.form = form;
      this.object = object;
    }

    @Override
    public void step(Register[] arguments, int argumentCount) {
      int from = text.length;
      if (!object) {
        JsonValues.appendText(arguments[0], text);
        text.append(',');
      } else if (!arguments[0].isNull()) {
        Register label = arguments[0];
        label.textify();
        JsonStrings.appendQuoted(label.ref, label.offset(), label.length(), text);
        text.append(':');
        JsonValues.appendText(arguments[1], text);
        text.append(',');
      }
      remember(text.length - from);
    }

    private void remember(int length) {
      if (first + count == lengths.length) {
        int room = first > count ? lengths.length : lengths.length * 2;
        int[] moved = Arrays.copyOfRange(lengths, first, first + room);
        lengths = moved;
        first = 0;
      }
      lengths[first + count++] = length;
    }

    @Override
    public void inverse(Register[] arguments, int argumentCount) {
      start += lengths[first++];
      count--;
      if (start > text.length / 2 && start > 1024) {
        JsonBytes rest = new JsonBytes(text.length - start);
        rest.append(text.bytes, start, text.length - start);
        text = rest;
        start = 0;
      }
    }

    @Override
    public void value(Register result) {
      JsonBytes whole = new JsonBytes(text.length - start + 2);
      whole.append(object ? '{' : '[');
      int end = text.length > start ? text.length - 1 : start;
      whole.append(text.bytes, start, end - start);
      whole.append(object ? '}' : ']');
      JsonValues.textResult(whole, form, result);
    }
  }
}
