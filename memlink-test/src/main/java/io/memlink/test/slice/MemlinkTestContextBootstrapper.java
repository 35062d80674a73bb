package io.memlink.test.slice;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Starts the context of a {@link MemlinkTest}.
 */
final class MemlinkTestContextBootstrapper extends TestSliceTestContextBootstrapper<MemlinkTest> {

}
