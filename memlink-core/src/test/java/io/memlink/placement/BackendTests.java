package io.memlink.placement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BackendTests {

    @Test
    void nameAloneHasTheDefaultPortAndItselfAsIdentity() {
        assertThat(Backend.parse(" cache-1 ")).isEqualTo(new Backend("cache-1:11211", "cache-1", 11211, 1));
    }

    @Test
    void identityAndWeightStandAroundTheAddress() {
        assertThat(Backend.parse("a=cache-1:11212*3")).isEqualTo(new Backend("a", "cache-1", 11212, 3));
        assertThat(Backend.parse("[::1]*2")).isEqualTo(new Backend("[::1]:11211", "::1", 11211, 2));
    }

    @Test
    void identityMayBeTheNameThatAnotherClientGives() {
        Backend address = Backend.parse("cache-1/10.0.0.1:11211=cache-1");

        assertThat(address.id()).isEqualTo("cache-1/10.0.0.1:11211");
        assertThat(address.hostAndPort()).isEqualTo("cache-1:11211");
    }

    @ParameterizedTest
    @ValueSource(strings = { "unix:/run/m.sock", "a=unix:/run/m.sock", "unix:/run/a=b*3" })
    void pathNamesAUnixDomainSocket(String text) {
        assertThat(Backend.parse(text)).hasToString(text);
        assertThat(Backend.parse(text).endpoint().isUnix()).isTrue();
    }

    @Test
    void starInAnIdentityIsNoWeight() {
        assertThat(Backend.parse("a*2=cache-1")).isEqualTo(new Backend("a*2", "cache-1", 11211, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "cache-1:11211", "a=cache-1:11211", "cache-1:11211*3", "a=[::1]:11212*1000" })
    void textOfABackendReadsAsTheSameBackend(String text) {
        assertThat(Backend.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "=cache-1", "a=", "cache-1:", "cache-1:0", "cache-1:65536", "::1", "cache-1:1x",
            "cache 1", "a/b", "cache-1*", "cache-1*0", "cache-1*1001", "cache-1*-1", "*3", "[::1", "unix:run/m.sock",
            "/run/m.sock", "a,b", "cache-1:11211,cache-2:11211", "a=cache-1,b=cache-2", "cache-1;cache-2" })
    void otherTextIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.parse(text))
            .withMessageContaining("\"" + text + "\"")
            .withMessageContaining("*weight");
    }

    @Test
    void severalInOneTextAreToldApart() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.parse("a:1,b:2"))
            .withMessageEndingWith("; several are separate arguments, or entries of a list");
        assertThatIllegalArgumentException().isThrownBy(() -> Backend.parse("a:b")).withMessageNotContaining("several");
    }

    @Test
    void weightOutOfRangeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backend("a", "a", 1, 0))
            .withMessage("weight: 0 (expected: 1 to 1000)");
    }

}
