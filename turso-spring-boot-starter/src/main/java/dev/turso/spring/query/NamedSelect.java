package dev.turso.spring.query;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.AbstractSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/** A SELECT with {@code :name} parameters. Immutable. */
public final class NamedSelect {

  private final ParsedSql parsed;
  private final Set<String> names = new LinkedHashSet<>();

  public NamedSelect(String sql) {
    this.parsed = NamedParameterUtils.parseSqlStatement(sql);
    NamedParameterUtils.buildValueArray(
        parsed,
        new Values(name -> {
          names.add(name);
          return null;
        }),
        null);
  }

  /** The names in it, each once, in order. */
  public Set<String> names() {
    return names;
  }

  /** The text with {@code ?} in their place; a collection takes one for each of its elements. */
  public String sql(Function<String, @Nullable Object> values) {
    return NamedParameterUtils.substituteNamedParameters(parsed, new Values(values));
  }

  /** The values for each {@code ?} in order. */
  public @Nullable Object[] values(Function<String, @Nullable Object> values) {
    Object[] given = NamedParameterUtils.buildValueArray(parsed, new Values(values), null);
    List<@Nullable Object> flat = new ArrayList<>();
    for (Object each : given) {
      if (each instanceof Iterable<?> elements) {
        elements.forEach(flat::add);
      } else {
        flat.add(each);
      }
    }
    return flat.toArray();
  }

  /** Values as Spring asks for them. */
  private static final class Values extends AbstractSqlParameterSource {

    private final Function<String, @Nullable Object> values;

    Values(Function<String, @Nullable Object> values) {
      this.values = values;
    }

    @Override
    public boolean hasValue(String name) {
      return true;
    }

    @Override
    public @Nullable Object getValue(String name) {
      return values.apply(name);
    }
  }
}
