package io.memlink.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class real memcached servers, as parameters of type
 * {@link MemcachedProcess}: the first parameter gets the first server, and so on.
 *
 * @since 0.1.0
 * @see MemcachedExtension
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MemcachedExtension.class)
public @interface MemcachedTest {

    /**
     * How many servers there are.
     * @return the number, 1 or more
     */
    int servers() default 1;

    /**
     * What is added to the command line of each server.
     * @return the arguments
     */
    String[] arguments() default {};

}
