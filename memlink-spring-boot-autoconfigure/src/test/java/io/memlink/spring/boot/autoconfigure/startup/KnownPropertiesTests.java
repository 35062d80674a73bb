package io.memlink.spring.boot.autoconfigure.startup;

import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of what is known of properties from the metadata. */
class KnownPropertiesTests {

    /** As the annotation processor lays it out. */
    private static final String METADATA = """
            {
              "groups": [
                {
                  "name": "memlink.cache",
                  "type": "Caching"
                },
                {
                  "name": "memlink.pool",
                  "type": "Pool"
                }
              ],
              "properties": [
                {
                  "name": "management.endpoint.memlink.access",
                  "type": "Access"
                },
                {
                  "name": "memlink.backends",
                  "type": "java.util.List<java.lang.String>",
                  "description": "Backends: host, [ipv6]:port or unix:\\\\/path, {id=} before it, \\"quoted\\"."
                },
                {
                  "name": "memlink.pool.size",
                  "type": "java.lang.Integer",
                  "defaultValue": 1
                }
              ],
              "hints": [
                {
                  "name": "memlink.routing.locator",
                  "values": [
                    {
                      "value": "ketama",
                      "description": "Places keys."
                    }
                  ]
                }
              ],
              "ignored": {
                "properties": []
              }
            }
            """;

    @Test
    void namesAreReadWhateverLibrariesForJsonThereAre() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Thread.currentThread()
            .setContextClassLoader(
                    new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson", "com.google.gson"));
        try {
            assertThat(KnownProperties.names(METADATA)).containsExactly("memlink.backends", "memlink.pool.size");
        }
        finally {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

}
