package dev.turso.sample;

import dev.turso.spring.web.RequestChecks;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers this machine's own pages only: a page of another site, or one whose name was turned to this
 * machine, neither reads the board nor presses its buttons. A link to the page may be anywhere.
 */
@Component
final class OwnPagesOnly extends OncePerRequestFilter {

  private final RequestChecks checks = new RequestChecks(List.of(), List.of());

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (checks.hostIsAllowed(request)
        && (isLinkToPage(request) || checks.originIsAllowed(request))) {
      chain.doFilter(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_FORBIDDEN, "only for the board's own page");
    }
  }

  private static boolean isLinkToPage(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
  }
}
