package dev.turso.spring.query;

import dev.turso.spring.live.LiveQueryTemplate;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;

/** Puts the live queries of controllers in the place of their methods. */
final class LiveQueryControllers implements BeanPostProcessor {

  private final ObjectProvider<LiveQueryTemplate> template;

  LiveQueryControllers(ObjectProvider<LiveQueryTemplate> template) {
    this.template = template;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    Class<?> type = ClassUtils.getUserClass(bean);
    if (!AnnotatedElementUtils.hasAnnotation(type, Controller.class)) {
      return bean;
    }
    LiveQueryInterceptor interceptor = LiveQueryInterceptor.ofClass(type, template::getObject);
    if (interceptor == null) {
      return bean;
    }
    ProxyFactory proxy = new ProxyFactory(bean);
    proxy.setProxyTargetClass(true);
    proxy.addAdvice(interceptor);
    return proxy.getProxy(type.getClassLoader());
  }
}
