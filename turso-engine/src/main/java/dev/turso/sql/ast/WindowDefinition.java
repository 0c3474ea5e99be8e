package dev.turso.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ([base] [PARTITION BY …] [ORDER BY …] [frame])}.
 *
 * @param base the named window that this one extends
 * @param frame absent if not written: {@code RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW}
 */
public record WindowDefinition(
    @Nullable Name base,
    List<Expression> partitionBy,
    List<OrderingTerm> orderBy,
    @Nullable WindowFrame frame) {}
