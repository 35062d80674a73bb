/**
 * Service connections to memcached in a container of Testcontainers.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.testcontainers;

import org.jspecify.annotations.NullMarked;
