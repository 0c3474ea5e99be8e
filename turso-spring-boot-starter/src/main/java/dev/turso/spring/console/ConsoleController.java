package dev.turso.spring.console;

import dev.turso.error.DatabaseException;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.web.RequestChecks;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The console's page and what it asks for. */
@RestController
public final class ConsoleController {

  private static final String PATH = "${turso.console.path:/turso-console}";
  private static final String TOKEN = "X-Turso-Token";
  private static final int LONGEST = 64 << 10;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private final ConsoleSession session;
  private final LiveQueryTemplate live;
  private final ConsoleToken token;
  private final RequestChecks checks;
  private final String path;

  ConsoleController(
      ConsoleSession session,
      LiveQueryTemplate live,
      ConsoleToken token,
      RequestChecks checks,
      String path) {
    this.path = path;
    this.session = session;
    this.live = live;
    this.token = token;
    this.checks = checks;
  }

  @GetMapping(PATH)
  ResponseEntity<Void> start(HttpServletRequest request) {
    checkPlace(request);
    URI page = URI.create(request.getContextPath() + path + "/index.html");
    return ResponseEntity.status(HttpStatus.FOUND).location(page).build();
  }

  @GetMapping(PATH + "/index.html")
  ResponseEntity<String> page(HttpServletRequest request) throws IOException {
    checkPlace(request);
    return resource("console.html", MediaType.TEXT_HTML);
  }

  @GetMapping(PATH + "/console.js")
  ResponseEntity<String> script(HttpServletRequest request) throws IOException {
    checkPlace(request);
    return resource("console.js", new MediaType("text", "javascript", StandardCharsets.UTF_8));
  }

  @GetMapping(PATH + "/console.css")
  ResponseEntity<String> style(HttpServletRequest request) throws IOException {
    checkPlace(request);
    return resource("console.css", new MediaType("text", "css", StandardCharsets.UTF_8));
  }

  private static ResponseEntity<String> resource(String name, MediaType type) throws IOException {
    try (InputStream in = new ClassPathResource("turso-console/" + name).getInputStream()) {
      return ResponseEntity.ok()
          .contentType(type)
          .header("Content-Security-Policy", POLICY)
          .header("X-Content-Type-Options", "nosniff")
          .header("Cache-Control", "no-store")
          .body(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @PostMapping(path = PATH + "/run", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> run(HttpServletRequest request) throws IOException {
    return answer(allowed(request));
  }

  @PostMapping(path = PATH + "/plan", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<String> plan(HttpServletRequest request) throws IOException {
    return answer("EXPLAIN QUERY PLAN " + allowed(request));
  }

  private ResponseEntity<String> answer(String sql) {
    try {
      return ResponseEntity.ok(session.run(sql));
    } catch (DatabaseException | IllegalArgumentException e) {
      throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), e);
    }
  }

  /** What is wrong with a statement, as text for the page. */
  @ExceptionHandler
  ResponseEntity<String> refused(ResponseStatusException cause) {
    return ResponseEntity.status(cause.getStatusCode())
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .body(String.valueOf(cause.getReason()));
  }

  @PostMapping(PATH + "/live")
  SseEmitter live(HttpServletRequest request) throws IOException {
    String sql = allowed(request);
    try {
      return live.stream().query("rows", sql).emitter();
    } catch (DatabaseException e) {
      throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage(), e);
    }
  }

  /** The request's text, if it comes from where it may and says what it may. */
  private String allowed(HttpServletRequest request) throws IOException {
    checkPlace(request);
    if (!checks.originIsAllowed(request) || !token.matches(request.getHeader(TOKEN))) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "the token is wrong");
    }
    byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
    if (body.length > LONGEST) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "too long");
    }
    String sql = new String(body, StandardCharsets.UTF_8);
    String refusal = session.refusal(sql);
    if (!refusal.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT, refusal);
    }
    return sql;
  }

  private void checkPlace(HttpServletRequest request) {
    if (!RequestChecks.isLoopback(request.getRemoteAddr()) || !checks.hostIsAllowed(request)) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only on this machine");
    }
  }
}
