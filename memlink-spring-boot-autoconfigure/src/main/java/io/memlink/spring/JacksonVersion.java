package io.memlink.spring;

import tools.jackson.core.Version;
import tools.jackson.databind.cfg.PackageVersion;

/** The version of Jackson, which has to be one that checks the types that JSON names. */
final class JacksonVersion {

    /** Earlier ones do not check the type arguments of types. */
    private static final Version FIRST = new Version(3, 1, 4, null, "tools.jackson.core", "jackson-databind");

    private JacksonVersion() {
    }

    static void require() {
        require(PackageVersion.VERSION);
    }

    static void require(Version version) {
        if (version.compareTo(FIRST) < 0) {
            throw new IllegalArgumentException("format: JSON, with Jackson " + version
                    + " (expected: Jackson 3.1.4 or later, since earlier ones load classes that are not trusted)");
        }
    }

}
