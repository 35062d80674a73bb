package io.memlink.test.slice;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.memlink.test.AutoConfigureEmbeddedMemcached;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of what an application caches and of nothing else: the client, its template and
 * the caches over an embedded server, caching enabled, no web and no data source. Beans
 * of the application are not scanned; import those under test, or name them in
 * {@link #includeFilters()}.
 *
 * @since 0.1.0
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BootstrapWith(MemlinkTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(MemlinkTypeExcludeFilter.class)
@AutoConfigureMemlink
@AutoConfigureEmbeddedMemcached
@ImportAutoConfiguration
public @interface MemlinkTest {

    /**
     * Properties that are added to those of the application.
     * @return the properties, each as {@code key=value}
     */
    String[] properties() default {};

    /**
     * Whether filters apply that include nothing of the application.
     * @return whether they apply
     */
    boolean useDefaultFilters() default true;

    /**
     * What is scanned nevertheless.
     * @return the filters
     */
    Filter[] includeFilters() default {};

    /**
     * What is not scanned.
     * @return the filters
     */
    Filter[] excludeFilters() default {};

    /**
     * Auto-configuration that is not imported.
     * @return the classes
     */
    @AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
    Class<?>[] excludeAutoConfiguration() default {};

}
