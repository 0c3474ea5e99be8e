package dev.turso.cdc.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer of which each call that matters is a step at which its process may die. */
final class DyingProducer {

  private static final Set<String> STEPS =
      Set.of(
          "initTransactions",
          "beginTransaction",
          "send",
          "sendOffsetsToTransaction",
          "commitTransaction");

  private DyingProducer() {}

  @SuppressWarnings("unchecked")
  static Producer<byte[], byte[]> of(Map<String, Object> settings, Runnable step) {
    Producer<byte[], byte[]> real =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            DyingProducer.class.getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> {
              if (STEPS.contains(method.getName())) {
                step.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
