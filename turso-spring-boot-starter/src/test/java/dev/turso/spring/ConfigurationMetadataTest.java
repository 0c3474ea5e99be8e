package dev.turso.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** What an editor shows for {@code turso.*}: every property, described. */
class ConfigurationMetadataTest {

  @Test
  @SuppressWarnings("unchecked")
  void everyPropertyIsDescribed() throws Exception {
    try (InputStream in =
        TursoProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      assumeTrue(in != null, "compiled without the configuration processor");
      List<Object> properties = null;
      String json = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (json.contains("\"turso.path\"")) {
        properties =
            (List<Object>) JsonParserFactory.getJsonParser().parseMap(json).get("properties");
      }
      assertThat(properties).isNotNull().hasSizeGreaterThan(8);
      for (Object each : properties) {
        Map<String, Object> property = (Map<String, Object>) each;
        assertThat(property.get("name").toString())
            .matches("(management\\.endpoint\\.)?turso\\..*");
        assertThat(property).as(property.toString()).containsKey("description");
      }
    }
  }
}
