package io.memlink.test;

import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.FaultScript;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The annotation on a class that knows no Spring.
 */
@AutoConfigureEmbeddedMemcached(servers = 2, claimVersion = "1.6.18")
@TestMethodOrder(MethodOrderer.MethodName.class)
class AutoConfigureEmbeddedMemcachedTests {

    @Test
    void aGivesTheServersInOrder(EmbeddedMemcached first, EmbeddedMemcached second, List<EmbeddedMemcached> all) {
        assertThat(all).containsExactly(first, second);
        assertThat(new RawSocket(second.address()).exchange("version")).isEqualTo("VERSION 1.6.18\r\n");
        new RawSocket(second.address()).exchange("set left 0 0 1\r\n1");
        second.outOfMemory(true);
        second.limitMemory(1);
        second.stopAccepting();
    }

    @Test
    void bFindsThemEmptyAndWell(EmbeddedMemcached first, EmbeddedMemcached second) {
        assertThat(second.items()).isEmpty();
        assertThat(second.requests()).isZero();
        assertThat(new RawSocket(second.address()).exchange("set a 0 0 1\r\n1")).isEqualTo("STORED\r\n");
        assertThat(new RawSocket(second.address()).exchange("set b 0 0 1\r\n1")).isEqualTo("STORED\r\n");
        assertThat(second.items()).hasSize(2);
    }

    @Test
    void givesTheFaultsOfTheFirst(FaultScript faults, EmbeddedMemcached first) {
        assertThat(faults).isSameAs(first.faults());
        faults.next(Fault.replaceWith("VERSION none\r\n"));
        assertThat(new RawSocket(first.address()).exchange("version")).isEqualTo("VERSION none\r\n");
    }

    @Nested
    class Inside {

        @Test
        void hasTheServersOfTheClassAround(List<EmbeddedMemcached> all) {
            assertThat(all).hasSize(2);
        }

    }

}
