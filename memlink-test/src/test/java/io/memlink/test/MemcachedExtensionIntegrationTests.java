package io.memlink.test;

import java.util.List;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

@MemcachedTest(servers = 2, arguments = { "-m", "32" })
@TestMethodOrder(MethodOrderer.MethodName.class)
class MemcachedExtensionIntegrationTests {

    @Test
    void aGivesEachParameterAServerOfItsOwn(MemcachedProcess first, MemcachedProcess second,
            List<MemcachedProcess> all) {
        assertThat(all).containsExactly(first, second);
        assertThat(first.port()).isNotEqualTo(second.port());
        assertThat(first.stats()).containsEntry("limit_maxbytes", String.valueOf(32 * 1024 * 1024));
        assertThat(first.command("ms foo 2\r\nhi\r\n")).isEqualTo("HD\r\n");
        first.kill();
        second.pause();
    }

    @Test
    void bFindsServersRunningAndEmpty(MemcachedProcess first, MemcachedProcess second) {
        assertThat(first.command("mg foo v")).isEqualTo("EN\r\n");
        assertThat(second.command("mg foo v")).isEqualTo("EN\r\n");
    }

}
