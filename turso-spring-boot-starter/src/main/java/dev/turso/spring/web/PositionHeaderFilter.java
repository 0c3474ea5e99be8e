package dev.turso.spring.web;

import dev.turso.Database;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells in a response header up to which commit a client must be told to see what its request wrote.
 *
 * <p>The header is set when the answer begins, and holds the newest commit of this process then: what
 * the request committed before it answered is not after it. Requests that are to change nothing have no
 * such header.
 */
public final class PositionHeaderFilter extends OncePerRequestFilter {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Database database;
  private final String name;

  public PositionHeaderFilter(Database database, String name) {
    this.database = database;
    this.name = name;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return READING.contains(request.getMethod());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Answer answer = new Answer(response);
    chain.doFilter(request, answer);
    if (!request.isAsyncStarted()) {
      answer.begin();
    }
  }

  /** A response that is given the header when something is about to be written. */
  private final class Answer extends HttpServletResponseWrapper {

    private boolean begun;

    Answer(HttpServletResponse response) {
      super(response);
    }

    void begin() {
      if (!begun && !isCommitted()) {
        begun = true;
        setHeader(name, database.position().toString());
      }
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      begin();
      return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
      begin();
      return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
      begin();
      super.flushBuffer();
    }

    @Override
    public void sendError(int status) throws IOException {
      begin();
      super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      begin();
      super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
      begin();
      super.sendRedirect(location);
    }
  }
}
