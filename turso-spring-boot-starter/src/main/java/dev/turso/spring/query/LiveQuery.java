package dev.turso.spring.query;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The method answers with a live query: what the SELECT gives now, and then each change of it.
 *
 * <p>On a method of a controller, or of an interface with {@link LiveQueryRepository}. {@code :name} in
 * the text is the method's parameter of that name, {@code :name.property} a property of it. The method
 * returns one of
 *
 * <ul>
 *   <li>{@code SseEmitter}: server-sent events that go on after a lost connection where they were;
 *   <li>{@code Flow.Publisher<LiveMessage>} or {@code Flux<LiveMessage>}: messages in Java. What a
 *       subscriber has not requested is merged;
 *   <li>either of the two with {@code ServerSentEvent<String>}: the same as events.
 * </ul>
 *
 * <p>A controller's method is run first, so that it can refuse by throwing; what it returns is not used.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface LiveQuery {

  /** One SELECT, with named parameters. */
  String value();

  /** The name of the events; the method's own where it is empty. */
  String name() default "";
}
