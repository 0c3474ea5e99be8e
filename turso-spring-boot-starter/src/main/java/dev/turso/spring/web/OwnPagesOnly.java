package dev.turso.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A filter for an application without users: it answers this machine's own pages only. A page of
 * another site, or one whose name was turned to this machine, neither reads anything nor presses a
 * button: 403. A link to a page may be anywhere, and tools that are not browsers are not looked at.
 * Declare it as a bean to have it. Safe for threads.
 */
public final class OwnPagesOnly extends OncePerRequestFilter {

  private final RequestChecks checks = new RequestChecks(List.of(), List.of());

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (checks.hostIsAllowed(request)
        && (isLinkToPage(request) || checks.originIsAllowed(request))) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "only for this application's own pages");
    }
  }

  private static boolean isLinkToPage(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
  }
}
