package io.memlink.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.Version;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which versions of Jackson read JSON that says its types. */
class JacksonVersionTests {

    private static Version version(int major, int minor, int patch) {
        return new Version(major, minor, patch, null, "tools.jackson.core", "jackson-databind");
    }

    @ParameterizedTest
    @CsvSource({ "3,0,5", "3,1,0", "3,1,3" })
    void refusesVersionsThatDoNotCheckTypeArguments(int major, int minor, int patch) {
        assertThatIllegalArgumentException().isThrownBy(() -> JacksonVersion.require(version(major, minor, patch)))
            .withMessageContaining("Jackson 3.1.4 or later");
    }

    @Test
    void acceptsLaterOnes() {
        assertThatCode(() -> JacksonVersion.require(version(3, 1, 4))).doesNotThrowAnyException();
        assertThatCode(() -> JacksonVersion.require(version(3, 2, 0))).doesNotThrowAnyException();
        assertThatCode(JacksonVersion::require).doesNotThrowAnyException();
    }

}
