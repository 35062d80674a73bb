package io.memlink.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class an {@link io.memlink.embedded.EmbeddedMemcached} with the
 * defaults, as a parameter.
 *
 * @since 0.1.0
 * @see EmbeddedMemcachedExtension
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedMemcachedExtension.class)
public @interface EmbeddedMemcachedTest {

}
