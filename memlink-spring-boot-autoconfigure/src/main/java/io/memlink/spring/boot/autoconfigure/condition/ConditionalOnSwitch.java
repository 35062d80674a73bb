package io.memlink.spring.boot.autoconfigure.condition;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * {@link Conditional} that matches if a property is on or off. In contrast to conditions
 * of Spring Boot, which compare text, it takes all values that Spring Boot takes where it
 * binds a {@code boolean}, such as {@code yes}, {@code on} and {@code 1}; another value
 * is refused.
 *
 * @since 0.1.0
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnSwitchCondition.class)
public @interface ConditionalOnSwitch {

    /**
     * Returns the name of the property.
     * @return the name
     */
    String value();

    /**
     * Returns what the property has to be.
     * @return on by default
     */
    boolean on() default true;

    /**
     * Returns what the property is if it is not set.
     * @return off by default
     */
    boolean byDefault() default false;

}
