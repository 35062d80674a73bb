package io.memlink.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class embedded servers, empty and without faults before each test.
 * <p>
 * In a Spring test they take the place of whatever servers the application's properties
 * name, for the client {@code memlink} and for every named one; the servers are beans,
 * and so is the {@link io.memlink.embedded.FaultScript} of the first of them. Connection
 * details that the application or a container defines as a bean are left alone. Without
 * Spring the servers belong to the test class.
 * <p>
 * In both cases test methods can have parameters of the types
 * {@link io.memlink.embedded.EmbeddedMemcached} (in the order of the servers),
 * {@code List<EmbeddedMemcached>} and {@link io.memlink.embedded.FaultScript}.
 *
 * @since 0.1.0
 * @see EmbeddedMemcachedTest
 */
@Documented
@Inherited
@Target({ ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedServersExtension.class)
public @interface AutoConfigureEmbeddedMemcached {

    /**
     * How many servers there are.
     * @return the number of servers, 1 or more
     */
    int servers() default 1;

    /**
     * The memcached release that is copied.
     * @return the version, for example {@code 1.6.18}; empty for the newest that is known
     */
    String claimVersion() default "";

    /**
     * The memory for items of each server.
     * @return the memory in bytes, 0 for the default
     */
    long maxBytes() default 0;

}
