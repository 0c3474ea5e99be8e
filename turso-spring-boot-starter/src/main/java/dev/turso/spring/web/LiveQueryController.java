package dev.turso.spring.web;

import dev.turso.error.DatabaseException;
import dev.turso.spring.live.LiveQueryLimitException;
import dev.turso.spring.live.LiveQueryTemplate;
import dev.turso.spring.live.LiveStream;
import dev.turso.spring.query.NamedSelect;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Serves declared live queries as server-sent events. */
@RestController
public final class LiveQueryController {

  private static final int MOST_QUERIES = 16;
  private static final int LONGEST_VALUE = 1000;

  private final LiveQueryTemplate live;
  private final Map<String, DeclaredLiveQuery> queries = new LinkedHashMap<>();
  private final LiveQueryAccess access;
  private final RequestChecks checks;
  private final StreamLimits limits;

  LiveQueryController(
      LiveQueryTemplate live,
      Iterable<DeclaredLiveQuery> declared,
      LiveQueryAccess access,
      RequestChecks checks,
      StreamLimits limits) {
    this.live = live;
    declared.forEach(query -> queries.put(query.name(), query));
    this.access = access;
    this.checks = checks;
    this.limits = limits;
  }

  /** The queries that a client may name. */
  public Set<String> queries() {
    return queries.keySet();
  }

  @GetMapping("${turso.live.web.path}/{names}")
  SseEmitter stream(@PathVariable List<String> names, HttpServletRequest request) {
    if (!checks.originIsAllowed(request) || !checks.hostIsAllowed(request)) {
      throw refused(HttpStatus.FORBIDDEN, "another site asks");
    }
    Principal user = request.getUserPrincipal();
    List<DeclaredLiveQuery> asked = asked(names);
    refuseUnknownParameters(asked, request);
    for (DeclaredLiveQuery each : asked) {
      if (each.authenticated() && user == null) {
        throw refused(HttpStatus.UNAUTHORIZED, "a user is needed");
      }
      if (!access.mayRead(each.name(), user)) {
        throw refused(HttpStatus.FORBIDDEN, "not for this user");
      }
    }
    String reader = user == null ? "address " + request.getRemoteAddr() : "user " + user.getName();
    if (!limits.enter(reader)) {
      throw refused(HttpStatus.TOO_MANY_REQUESTS, "too many streams");
    }
    LiveStream stream = live.stream();
    stream.whenEnded(() -> limits.leave(reader));
    try {
      asked.forEach(query -> open(stream, query, request, user));
    } catch (RuntimeException e) {
      stream.close();
      throw e instanceof LiveQueryLimitException
          ? refused(HttpStatus.TOO_MANY_REQUESTS, "too many live queries")
          : e instanceof DatabaseException
              ? refused(HttpStatus.SERVICE_UNAVAILABLE, "the query cannot be answered now")
              : e;
    }
    HttpSession session = request.getSession(false);
    return stream.whileAllowed(() -> isAllowed(asked, user, session)).emitter();
  }

  private List<DeclaredLiveQuery> asked(List<String> names) {
    if (names.size() > MOST_QUERIES) {
      throw refused(HttpStatus.BAD_REQUEST, "too many queries in one stream");
    }
    return names.stream()
        .map(name -> {
          DeclaredLiveQuery query = queries.get(name);
          if (query == null) {
            throw refused(HttpStatus.NOT_FOUND, "no such query");
          }
          return query;
        })
        .toList();
  }

  private static void refuseUnknownParameters(
      List<DeclaredLiveQuery> asked, HttpServletRequest request) {
    for (String given : request.getParameterMap().keySet()) {
      if (asked.stream().noneMatch(query -> query.parameters().containsKey(given))) {
        throw refused(HttpStatus.BAD_REQUEST, "a parameter that no query has");
      }
    }
  }

  private static void open(
      LiveStream stream,
      DeclaredLiveQuery query,
      HttpServletRequest request,
      @Nullable Principal user) {
    NamedSelect select = new NamedSelect(query.sql());
    stream.query(
        query.name(),
        select.sql(name -> null),
        select.values(name -> value(query, name, request, user)));
  }

  private static @Nullable Object value(
      DeclaredLiveQuery query, String name, HttpServletRequest request, @Nullable Principal user) {
    if (name.equals(DeclaredLiveQuery.PRINCIPAL)) {
      return user == null ? null : user.getName();
    }
    String given = request.getParameter(name);
    if (given == null || given.length() > LONGEST_VALUE) {
      throw refused(HttpStatus.BAD_REQUEST, "the parameter '" + name + "' is missing or too long");
    }
    try {
      return switch (query.parameters().getOrDefault(name, DeclaredLiveQuery.Type.TEXT)) {
        case INTEGER -> Long.valueOf(given);
        case REAL -> Double.valueOf(given);
        case BOOLEAN -> Boolean.valueOf(given);
        case TEXT -> given;
      };
    } catch (NumberFormatException e) {
      throw refused(HttpStatus.BAD_REQUEST, "the parameter '" + name + "' is no number");
    }
  }

  private boolean isAllowed(
      List<DeclaredLiveQuery> asked, @Nullable Principal user, @Nullable HttpSession session) {
    if (session != null && hasEnded(session)) {
      return false;
    }
    return asked.stream().allMatch(query -> access.mayRead(query.name(), user));
  }

  private static boolean hasEnded(HttpSession session) {
    try {
      session.getCreationTime();
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static ResponseStatusException refused(HttpStatus status, String reason) {
    return new ResponseStatusException(status, reason);
  }
}
