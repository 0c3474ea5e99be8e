package dev.turso.spring.query;

import java.util.concurrent.Flow;
import reactor.adapter.JdkFlowAdapter;

/** Publishers as Reactor's; apart, because Reactor may be absent. */
final class ReactorFluxes {

  private ReactorFluxes() {}

  static Object of(Flow.Publisher<?> publisher) {
    return JdkFlowAdapter.flowPublisherToFlux(publisher);
  }
}
