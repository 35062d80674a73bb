package io.memlink.test.slice;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Keeps the application's own beans out of a {@link MemlinkTest}.
 */
final class MemlinkTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<MemlinkTest> {

    MemlinkTypeExcludeFilter(Class<?> testClass) {
        super(testClass);
    }

}
