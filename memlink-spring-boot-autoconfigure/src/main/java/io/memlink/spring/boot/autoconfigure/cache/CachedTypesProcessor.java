package io.memlink.spring.boot.autoconfigure.cache;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A processor that registers what the cached methods of a bean return and take, so that a
 * native image can take values and keys apart. What only hides behind an interface or a
 * type variable is for the application to register.
 */
final class CachedTypesProcessor implements BeanRegistrationAotProcessor {

    private final CacheOperationSource operations = new AnnotationCacheOperationSource(false);

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Class<?> type = ClassUtils.getUserClass(bean.getBeanClass());
        if (!this.operations.isCandidateClass(type)) {
            return null;
        }
        Set<Type> types = new LinkedHashSet<>();
        ReflectionUtils.doWithMethods(type, (method) -> types.addAll(typesOf(method)),
                (method) -> this.operations.hasCacheOperations(method, type));
        if (types.isEmpty()) {
            return null;
        }
        return (generation, code) -> new BindingReflectionHintsRegistrar()
            .registerReflectionHints(generation.getRuntimeHints().reflection(), types.toArray(Type[]::new));
    }

    private static Set<Type> typesOf(Method method) {
        Set<Type> types = new LinkedHashSet<>(Arrays.asList(method.getGenericParameterTypes()));
        types.add(method.getGenericReturnType());
        types.remove(void.class);
        return types;
    }

}
