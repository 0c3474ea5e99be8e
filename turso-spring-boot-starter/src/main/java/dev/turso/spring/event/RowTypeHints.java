package dev.turso.spring.event;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.aot.BeanFactoryInitializationCode;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Row types are made by their constructors, which an application compiled ahead of time must keep. */
final class RowTypeHints implements BeanFactoryInitializationAotProcessor {

  @Override
  public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beans) {
    Set<Class<?>> rows = new LinkedHashSet<>(ListenedTypes.in(beans).rows());
    rows.addAll(ListenedTypes.logged(beans));
    return rows.isEmpty()
        ? null
        : (GenerationContext context, BeanFactoryInitializationCode code) -> {
          for (Class<?> each : rows) {
            context
                .getRuntimeHints()
                .reflection()
                .registerType(
                    each,
                    MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                    MemberCategory.ACCESS_DECLARED_FIELDS);
          }
        };
  }
}
