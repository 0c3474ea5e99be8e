package dev.turso.spring.query;

import dev.turso.dbsp.subscribe.LiveMessage;
import dev.turso.spring.live.LiveQueryTemplate;
import java.lang.reflect.Method;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** One method with {@link LiveQuery}: what it asks, and in which form it answers. Immutable. */
final class LiveQueryMethod {

  private static final String EMITTER =
      "org.springframework.web.servlet.mvc.method.annotation.SseEmitter";
  private static final String EVENT = "org.springframework.http.codec.ServerSentEvent";
  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String PUBLISHER = "org.reactivestreams.Publisher";

  /** How a method answers. */
  private enum Form {
    EMITTER,
    FLOW,
    FLUX
  }

  private final NamedSelect select;
  private final MethodArguments arguments;
  private final String name;
  private final Form form;
  private final boolean asEvents;
  private final Supplier<LiveQueryTemplate> template;

  private LiveQueryMethod(Method method, LiveQuery declared, Supplier<LiveQueryTemplate> template) {
    this.select = new NamedSelect(declared.value());
    this.arguments = new MethodArguments(method, select);
    this.name = declared.name().isEmpty() ? method.getName() : declared.name();
    this.form = form(method);
    this.asEvents = form != Form.EMITTER && element(method).equals(EVENT);
    this.template = template;
  }

  /** The live query of a method, or null if it has none. */
  static @Nullable LiveQueryMethod of(Method method, Supplier<LiveQueryTemplate> template) {
    LiveQuery declared = AnnotatedElementUtils.findMergedAnnotation(method, LiveQuery.class);
    return declared == null ? null : new LiveQueryMethod(method, declared, template);
  }

  private static Form form(Method method) {
    String returned = method.getReturnType().getName();
    if (returned.equals(EMITTER)) {
      return Form.EMITTER;
    }
    boolean flow = method.getReturnType() == Flow.Publisher.class;
    String element =
        flow || returned.startsWith("re") || isPublisher(returned) ? element(method) : "";
    if (!element.equals(LiveMessage.class.getName()) && !element.equals(EVENT)) {
      throw wrong(method);
    }
    if (flow) {
      return Form.FLOW;
    }
    if (returned.equals(FLUX) || isPublisher(returned)) {
      return Form.FLUX;
    }
    throw wrong(method);
  }

  private static boolean isPublisher(String type) {
    return type.equals(PUBLISHER);
  }

  private static String element(Method method) {
    Class<?> element = ResolvableType.forMethodReturnType(method).getGeneric(0).resolve();
    return element == null ? "" : element.getName();
  }

  private static LiveQueryException wrong(Method method) {
    return new LiveQueryException(
        "the live query " + method + " returns what cannot be sent",
        "Return SseEmitter, or Flow.Publisher or Flux of LiveMessage or ServerSentEvent<String>.");
  }

  /** Opens the query with the values of a call. */
  Object open(@Nullable Object[] called) {
    LiveQueryTemplate live = template.get();
    String sql = select.sql(each -> arguments.value(each, called));
    @Nullable Object[] values = select.values(each -> arguments.value(each, called));
    if (form == Form.EMITTER) {
      return EventStreams.emitter(live, name, sql, values);
    }
    Flow.Publisher<LiveMessage> messages = live.publisher(sql, values);
    Flow.Publisher<?> answer = asEvents ? EventStreams.events(messages, name) : messages;
    return form == Form.FLUX ? ReactorFluxes.of(answer) : answer;
  }
}
