package io.memlink.spring.boot.autoconfigure.cache;

import java.util.Arrays;
import java.util.List;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/**
 * Beans that settings name.
 *
 * @param beans where they are
 */
record NamedBeans(BeanFactory beans) {

    /**
     * Returns a bean.
     * @throws IllegalArgumentException where there is none of that name and type; without
     * a cause, which would be taken for that of the failure
     */
    <T> T get(String name, Class<T> type) {
        try {
            return this.beans.getBean(name, type);
        }
        catch (NoSuchBeanDefinitionException ex) {
            if (!name.equals(ex.getBeanName())) {
                // One that it needs is missing, not itself.
                throw ex;
            }
            throw new IllegalArgumentException("There is no such bean" + expected(type));
        }
        catch (BeanNotOfRequiredTypeException ex) {
            if (!name.equals(ex.getBeanName())) {
                throw ex;
            }
            throw new IllegalArgumentException("That bean is a " + ex.getActualType().getName() + expected(type));
        }
    }

    private String expected(Class<?> type) {
        List<String> names = (this.beans instanceof ListableBeanFactory listable)
                ? Arrays.asList(listable.getBeanNamesForType(type, true, false)) : List.of();
        return " (expected: a bean of type " + type.getName()
                + (names.isEmpty() ? ", of which there is none)." : ", one of " + String.join(", ", names) + ").");
    }

}
