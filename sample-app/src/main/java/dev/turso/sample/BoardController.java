package dev.turso.sample;

import dev.turso.error.DatabaseException;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.web.RequestChecks;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The page's live queries and its buttons. */
@RestController
class BoardController {

  private static final int LONGEST_SELECT = 2000;

  private final LiveQueryTemplate live;
  private final Replayer replayer;
  private final ViewProof proof;

  BoardController(LiveQueryTemplate live, Replayer replayer, ViewProof proof) {
    this.live = live;
    this.replayer = replayer;
    this.proof = proof;
  }

  @GetMapping("/live")
  SseEmitter live() {
    return live.stream()
        .query("airports", "SELECT * FROM airport_board")
        .query("routes", "SELECT * FROM busiest_route")
        .query("worst", "SELECT * FROM worst_delay")
        .query("hours", "SELECT * FROM departures_by_hour")
        .query("board", "SELECT * FROM flight ORDER BY id DESC LIMIT 12")
        .query("alerts", "SELECT * FROM alert ORDER BY id DESC LIMIT 8")
        .query("totals", "SELECT COUNT(*) AS flights, COUNT(delay) AS landed FROM flight")
        .query("notices", "SELECT * FROM notice ORDER BY id DESC LIMIT 1")
        .query("replay", "SELECT * FROM replay")
        .emitter();
  }

  /** A SELECT of the reader's own, for readers on this machine. */
  @GetMapping("/live/own")
  SseEmitter own(@RequestParam String sql, HttpServletRequest request) {
    if (!RequestChecks.isLoopback(request.getRemoteAddr())) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN, "only on this machine");
    }
    if (sql.length() > LONGEST_SELECT) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "too long");
    }
    return live.stream().query("own", sql).emitter();
  }

  /** What is wrong with that SELECT, as text for the page. */
  @ExceptionHandler
  ResponseEntity<String> refused(DatabaseException cause) {
    return ResponseEntity.badRequest()
        .contentType(new MediaType("text", "plain", StandardCharsets.UTF_8))
        .body(String.valueOf(cause.getMessage()));
  }

  @GetMapping("/proof")
  Map<String, Object> proof() {
    return Map.of("views", proof.latest(), "commitsPerSecond", replayer.commitsPerSecond());
  }

  @PostMapping("/replay/pause")
  void pause() {
    replayer.pause();
  }

  @PostMapping("/replay/resume")
  void resume() {
    replayer.resume();
  }

  @PostMapping("/replay/rate")
  void rate(@RequestParam int eventsPerSecond) {
    replayer.rate(Math.clamp(eventsPerSecond, 0, 100_000));
  }

  @PostMapping("/replay/again")
  void again() {
    replayer.startAgain();
  }
}
