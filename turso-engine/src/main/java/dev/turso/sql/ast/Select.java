package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole query: the common tables it may name, one or more cores joined by compound operators
 * (which associate to the left and have all the same precedence), and what holds for the whole.
 *
 * @param cores at least one
 * @param operators one fewer than cores; {@code operators[i]} stands between core i and core i+1
 * @param orderBy empty if absent
 * @param offset absent or with a limit; {@code LIMIT a, b} is stored as limit b, offset a
 * @param position offset of the first token, {@code WITH} included
 */
public record Select(
    @Nullable With with,
    List<SelectCore> cores,
    List<CompoundOperator> operators,
    List<OrderingTerm> orderBy,
    @Nullable Expression limit,
    @Nullable Expression offset,
    int position) {

  /** Whether this is one core only, without {@code UNION} and its like. */
  public boolean isSimple() {
    return operators.isEmpty();
  }
}
