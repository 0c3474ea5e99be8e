package dev.turso.spring.query;

import dev.turso.spring.live.LiveQueryTemplate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Methods with {@link LiveQuery}. */
@AutoConfiguration(afterName = "dev.turso.spring.TursoDatabaseAutoConfiguration")
@ConditionalOnBean(LiveQueryTemplate.class)
@Import(LiveQueryRepositories.class)
class LiveQueryAutoConfiguration {

  @Bean
  static LiveQueryControllers liveQueryControllers(ObjectProvider<LiveQueryTemplate> template) {
    return new LiveQueryControllers(template);
  }
}
