package dev.turso.spring.event;

import dev.turso.Database;
import dev.turso.cdc.read.ChangeLog;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.convert.ConversionService;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/**
 * The containers of all {@link RowChangeListener} methods. They start after migrations and stop before
 * the pool closes.
 *
 * <p>Where a listener is found and the file has no log of whole rows, the log is switched on.
 */
public final class RowChangeListenerRegistry implements SmartLifecycle {

  private final Database database;
  private final DataSource source;
  private final ConfigurableListableBeanFactory beans;
  private final ConversionService conversions;
  private final @Nullable JsonColumns json;
  private final TransactionTemplate transaction;
  private final ThreadFactory threads;
  private final ObservationRegistry observations;
  private final Map<String, RowChangeListenerContainer> containers = new LinkedHashMap<>();
  private @Nullable ChangeLog log;

  public RowChangeListenerRegistry(
      Database database,
      DataSource source,
      ConfigurableListableBeanFactory beans,
      PlatformTransactionManager transactions,
      ConversionService conversions,
      @Nullable JsonColumns json,
      ThreadFactory threads,
      ObservationRegistry observations) {
    this.database = database;
    this.source = source;
    this.beans = beans;
    this.conversions = conversions;
    this.json = json;
    this.threads = threads;
    this.observations = observations;
    this.transaction = new TransactionTemplate(transactions);
    transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** All containers. */
  public synchronized List<RowChangeListenerContainer> containers() {
    return new ArrayList<>(containers.values());
  }

  /** The container of a cursor; null if there is none. */
  public synchronized @Nullable RowChangeListenerContainer container(String cursor) {
    return containers.get(cursor);
  }

  @Override
  public synchronized void start() {
    containers.clear();
    for (String name : beans.getBeanDefinitionNames()) {
      Class<?> type = beans.getType(name, false);
      if (type != null && !type.getName().startsWith("org.springframework.")) {
        find(name, ClassUtils.getUserClass(type));
      }
    }
    if (containers.isEmpty()) {
      return;
    }
    CaptureSwitch.wholeRows(database);
    ChangeLog opened = ChangeLog.of(database);
    log = opened;
    for (RowChangeListenerContainer each : containers.values()) {
      if (each.startsItself()) {
        each.start(opened, threads);
      }
    }
  }

  /** Starts a container that was stopped or that does not start by itself. */
  public synchronized void start(String cursor) {
    RowChangeListenerContainer container = containers.get(cursor);
    ChangeLog opened = log;
    if (container == null || opened == null) {
      throw new IllegalArgumentException("no listener with the cursor " + cursor);
    }
    container.start(opened, threads);
  }

  private void find(String beanName, Class<?> type) {
    Map<Method, RowChangeListener> methods =
        MethodIntrospector.selectMethods(
            type,
            (Method method) ->
                AnnotatedElementUtils.findMergedAnnotation(method, RowChangeListener.class));
    methods.forEach((method, settings) -> add(beanName, type, method, settings));
  }

  private void add(String beanName, Class<?> type, Method method, RowChangeListener settings) {
    int concurrency = settings.concurrency();
    if (concurrency < 1 || concurrency > RowChangeListenerContainer.PARTS) {
      throw new IllegalStateException(
          "the concurrency of the listener with the cursor "
              + settings.cursor()
              + " is "
              + concurrency
              + "; it can be 1 to "
              + RowChangeListenerContainer.PARTS);
    }
    ListenerMethod listener = new ListenerMethod(beans.getBean(beanName), method, type);
    RowMapping<?> mapping = RowMapping.checked(listener.row(), conversions, json, database);
    RowChangeListenerContainer before =
        containers.put(
            settings.cursor(),
            new RowChangeListenerContainer(
                settings,
                listener,
                mapping,
                source,
                transaction,
                new DeadLetters(JdbcClient.create(source)),
                observations));
    if (before != null) {
      throw new IllegalStateException("two listeners with the cursor " + settings.cursor());
    }
  }

  @Override
  public synchronized void stop() {
    try {
      for (RowChangeListenerContainer each : containers.values()) {
        each.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ChangeLog opened = log;
    log = null;
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return log != null;
  }

  /** With the row change publisher: after the beans that write at start. */
  @Override
  public int getPhase() {
    return 0;
  }
}
