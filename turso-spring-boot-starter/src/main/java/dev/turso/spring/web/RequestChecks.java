package dev.turso.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a request comes from where it may come from. Immutable. */
public final class RequestChecks {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> origins;
  private final Set<String> hosts;

  public RequestChecks(Collection<String> allowedOrigins, Collection<String> allowedHosts) {
    this.origins = folded(allowedOrigins);
    this.hosts = folded(allowedHosts);
  }

  private static Set<String> folded(Collection<String> names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(names);
    return set;
  }

  /** Whether the page that asks is the server's own, or one that is allowed. */
  public boolean originIsAllowed(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin != null) {
      return origins.contains(origin) || isOwn(origin, request);
    }
    return !"cross-site".equals(request.getHeader("Sec-Fetch-Site"));
  }

  private static boolean isOwn(String origin, HttpServletRequest request) {
    try {
      URI page = URI.create(origin);
      int port = page.getPort() >= 0 ? page.getPort() : "https".equals(page.getScheme()) ? 443 : 80;
      return request.getScheme().equalsIgnoreCase(page.getScheme())
          && request.getServerName().equalsIgnoreCase(page.getHost())
          && request.getServerPort() == port;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether a request from this machine addresses the server as this machine. */
  public boolean hostIsAllowed(HttpServletRequest request) {
    return !isLoopback(request.getRemoteAddr()) || isOwnName(request.getServerName());
  }

  private boolean isOwnName(@Nullable String name) {
    String host = name == null ? "" : name.toLowerCase(Locale.ROOT);
    String plain = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return THIS_MACHINE.contains(plain) || hosts.contains(host);
  }

  /** Whether an address that a socket gave is this machine's. */
  public static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
