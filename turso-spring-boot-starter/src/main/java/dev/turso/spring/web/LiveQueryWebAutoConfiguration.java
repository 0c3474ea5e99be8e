package dev.turso.spring.web;

import dev.turso.spring.TursoProperties;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.query.LiveQueryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The endpoint of live queries, once {@code turso.live.web.path} is set. */
@AutoConfiguration(afterName = "dev.turso.spring.TursoDatabaseAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("turso.live.web.path")
@ConditionalOnBean(LiveQueryTemplate.class)
class LiveQueryWebAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  LiveQueryController liveQueryController(
      LiveQueryTemplate live,
      TursoProperties properties,
      ObjectProvider<DeclaredLiveQuery> declared,
      ObjectProvider<LiveQueryAccess> access) {
    TursoProperties.Web web = properties.getLive().getWeb();
    List<DeclaredLiveQuery> all = new ArrayList<>(declared.orderedStream().toList());
    web.getQueries().forEach((name, query) -> all.add(declared(name, query)));
    return new LiveQueryController(
        live,
        all,
        access.getIfAvailable(() -> (query, principal) -> true),
        new RequestChecks(web.getAllowedOrigins(), web.getAllowedHosts()),
        new StreamLimits(web.getMaxStreams(), web.getMaxStreamsPerPrincipal()));
  }

  private static DeclaredLiveQuery declared(String name, TursoProperties.Web.Query query) {
    String sql = query.getSql();
    if (sql == null) {
      throw new LiveQueryException(
          "the live query '" + name + "' has no text",
          "Set turso.live.web.queries." + name + ".sql.");
    }
    Map<String, DeclaredLiveQuery.Type> types = new LinkedHashMap<>();
    query
        .getParameters()
        .forEach((parameter, type) ->
            types.put(parameter, DeclaredLiveQuery.Type.named(name, parameter, type)));
    return new DeclaredLiveQuery(name, sql, types, query.isAuthenticated());
  }
}
