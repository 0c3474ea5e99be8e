package dev.turso.function.aggregate;

import dev.turso.error.ResultCode;
import dev.turso.error.SqlException;
import dev.turso.function.Accumulator;
import dev.turso.value.Arithmetic;
import dev.turso.value.Register;
import java.util.Arrays;

/**
 * group_concat and string_agg: the texts in row order, each but the first after its own row's
 * separator.
 *
 * <p>Rows are taken out first in, first out, as a sliding window does; hence the ring of lengths.
 */
final class ConcatAccumulator extends Accumulator {

  private static final byte[] COMMA = {','};

  private byte[] text = new byte[32];
  private int start;
  private int end;

  /** For each text its separator's length and its own, two numbers a text. */
  private int[] lengths = new int[8];

  private int first;
  private int count;

  /**
   * Whether taking rows out left no text: then SQLite takes the next row for the first one, writes no
   * separator, but takes one away with the row before.
   */
  private boolean emptied;

  @Override
  public void step(Register[] arguments, int argumentCount) {
    Register argument = arguments[0];
    if (argument.isNull()) {
      return;
    }
    argument.textify();
    int separatorLength = 0;
    if (count > 0) {
      separatorLength = appendSeparator(arguments, argumentCount);
      if (emptied) {
        end -= separatorLength;
      }
    }
    append(argument.ref, argument.offset(), argument.length());
    emptied = false;
    remember(separatorLength, argument.length());
  }

  private int appendSeparator(Register[] arguments, int argumentCount) {
    if (argumentCount < 2) {
      append(COMMA, 0, 1);
      return 1;
    }
    Register separator = arguments[1];
    if (separator.isNull()) {
      return 0;
    }
    separator.textify();
    append(separator.ref, separator.offset(), separator.length());
    return separator.length();
  }

  private void append(byte[] bytes, int offset, int length) {
    if ((long) end - start + length > Arithmetic.MAX_LENGTH) {
      throw new SqlException(ResultCode.TOOBIG, "string or blob too big");
    }
    if (end + (long) length > text.length) {
      makeRoom(length);
    }
    System.arraycopy(bytes, offset, text, end, length);
    end += length;
  }

  private void makeRoom(int length) {
    int used = end - start;
    byte[] target = text;
    if ((used + (long) length) * 2 > text.length) {
      long wanted = Math.max((used + (long) length) * 2, 64);
      target = new byte[(int) Math.min(wanted, Integer.MAX_VALUE - 8)];
    }
    System.arraycopy(text, start, target, 0, used);
    text = target;
    start = 0;
    end = used;
  }

  private void remember(int separatorLength, int textLength) {
    int at = (first + count) * 2;
    if (at == lengths.length) {
      if (first > count) {
        System.arraycopy(lengths, first * 2, lengths, 0, count * 2);
        first = 0;
        at = count * 2;
      } else {
        lengths = Arrays.copyOf(lengths, lengths.length * 2);
      }
    }
    lengths[at] = separatorLength;
    lengths[at + 1] = textLength;
    count++;
  }

  @Override
  public void inverse(Register[] arguments, int argumentCount) {
    if (arguments[0].isNull()) {
      return;
    }
    start += lengths[first * 2 + 1];
    first++;
    count--;
    if (count == 0) {
      start = 0;
      end = 0;
      first = 0;
    } else {
      start = Math.min(end, start + lengths[first * 2]);
    }
    emptied = start == end;
  }

  @Override
  public void value(Register result) {
    if (count == 0) {
      result.setNull();
    } else {
      result.setText(Arrays.copyOfRange(text, start, end));
    }
  }
}
