/**
 * Service connections to memcached in a service of Docker Compose.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.docker.compose;

import org.jspecify.annotations.NullMarked;
