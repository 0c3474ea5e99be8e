package dev.turso.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Who may read an application's pages and press their buttons. */
class OwnPagesOnlyTest {

  @Test
  void theBoardsOwnPageAndToolsWithoutAPageMay() throws Exception {
    assertThat(status("GET", "/live", "localhost", Map.of())).isEqualTo(200);
    assertThat(status("POST", "/replay/pause", "127.0.0.1", Map.of())).isEqualTo(200);
    assertThat(
            status("POST", "/replay/pause", "localhost", Map.of("Origin", "http://localhost:8080")))
        .isEqualTo(200);
  }

  @Test
  void aPageOfAnotherSiteMayNot() throws Exception {
    Map<String, String> other = Map.of("Origin", "http://evil.example");
    assertThat(status("POST", "/replay/pause", "localhost", other)).isEqualTo(403);
    assertThat(status("GET", "/live/own", "localhost", other)).isEqualTo(403);
    Map<String, String> image = Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors");
    assertThat(status("GET", "/proof", "localhost", image)).isEqualTo(403);
  }

  @Test
  void norOneWhoseNameWasTurnedToThisMachine() throws Exception {
    assertThat(status("GET", "/", "evil.example", Map.of())).isEqualTo(403);
    Map<String, String> own = Map.of("Origin", "http://evil.example:8080");
    assertThat(status("GET", "/live/own", "evil.example", own)).isEqualTo(403);
  }

  @Test
  void aLinkToThePageMayBeAnywhere() throws Exception {
    Map<String, String> link = Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate");
    assertThat(status("GET", "/", "localhost", link)).isEqualTo(200);
    assertThat(status("POST", "/replay/pause", "localhost", link)).isEqualTo(403);
  }

  private static int status(String method, String path, String host, Map<String, String> headers)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setRemoteAddr("127.0.0.1");
    request.setServerName(host);
    request.setServerPort(8080);
    headers.forEach(request::addHeader);
    MockHttpServletResponse response = new MockHttpServletResponse();
    new OwnPagesOnly().doFilter(request, response, new MockFilterChain());
    return response.getStatus();
  }
}
