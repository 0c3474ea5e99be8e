package dev.turso.exec.operator;

import dev.turso.error.SqlException;
import dev.turso.exec.expression.Frame;
import dev.turso.exec.expression.Node;
import dev.turso.function.WindowKind;

/** The functions that tell a row's place: row_number, rank, dense_rank, percent_rank, cume_dist, ntile. */
final class RankingFunction extends WindowFunction {

  private final WindowKind kind;
  private long tiles;

  RankingFunction(Frame frame, WindowRows rows, Node[] arguments, int slot, WindowKind kind) {
    super(frame, rows, arguments, slot);
    this.kind = kind;
  }

  @Override
  void beginPartition() {
    if (kind == WindowKind.NTILE) {
      argument(0, rows.partitionStart, value);
      tiles = value.asLong();
      if (tiles <= 0) {
        throw new SqlException("argument of ntile must be a positive integer");
      }
    }
  }

  @Override
  void compute(int at) {
    int group = rows.group(at);
    long rank = rows.groupStarts[group] - rows.partitionStart + 1L;
    long count = rows.partitionEnd - rows.partitionStart;
    switch (kind) {
      case ROW_NUMBER -> out.setInteger(at - rows.partitionStart + 1L);
      case RANK -> out.setInteger(rank);
      case DENSE_RANK -> out.setInteger(group + 1L);
      case PERCENT_RANK -> out.setReal(count > 1 ? (rank - 1.0) / (count - 1.0) : 0.0);
      case CUME_DIST ->
          out.setReal((double) (rows.groupStarts[group + 1] - rows.partitionStart) / count);
      default -> out.setInteger(tile(at - rows.partitionStart, count));
    }
  }

  private long tile(long row, long count) {
    long size = count / tiles;
    long larger = count - tiles * size;
    if (row < larger * (size + 1)) {
      return row / (size + 1) + 1;
    }
    return larger + (row - larger * (size + 1)) / size + 1;
  }
}
