package dev.turso.spring;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/** Contexts with a web server on a free port. */
public final class WebContexts {

  private WebContexts() {}

  /** A context on a URL, with further auto-configurations. */
  public static WebApplicationContextRunner on(String url, Class<?>... more) {
    return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
        .withConfiguration(TursoAutoConfigurationTest.ALL)
        .withConfiguration(
            AutoConfigurations.of(
                TomcatServletWebServerAutoConfiguration.class,
                DispatcherServletAutoConfiguration.class,
                HttpMessageConvertersAutoConfiguration.class,
                WebMvcAutoConfiguration.class))
        .withConfiguration(AutoConfigurations.of(more))
        .withPropertyValues("spring.datasource.url=" + url, "server.port=0");
  }

  /** The port that a context's server listens on. */
  public static int port(AssertableWebApplicationContext context) {
    return context
        .getSourceApplicationContext(AnnotationConfigServletWebServerApplicationContext.class)
        .getWebServer()
        .getPort();
  }
}
