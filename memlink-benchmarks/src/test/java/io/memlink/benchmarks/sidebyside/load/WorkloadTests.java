package io.memlink.benchmarks.sidebyside.load;

import io.memlink.benchmarks.sidebyside.load.Workload.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What the names of workloads mean. */
class WorkloadTests {

    @Test
    void theShapeIsCallersTimesPending() {
        Workload workload = Workload.named("async-2x64");
        assertThat(workload.kind()).isEqualTo(Kind.ASYNC);
        assertThat(workload.threads()).isEqualTo(2);
        assertThat(workload.window()).isEqualTo(64);
        assertThat(workload.mostPending()).isEqualTo(128);
        assertThat(workload.servers()).isEqualTo(new ServerSetup(1, 1, 0, false));
    }

    @Test
    void optionsFollow() {
        Workload workload = Workload.named("async-1x2048-of-1k-on-3-at-4-by-8-tls");
        assertThat(workload.valueBytes()).isEqualTo(1024);
        assertThat(workload.servers()).isEqualTo(new ServerSetup(3, 4, 8, true));
        assertThat(workload.contenders()).containsExactly("memlink", "raw", "folsom");
    }

    @Test
    void thousandsOfBytesAreBinaryAndThoseOfCallsAreNot() {
        assertThat(Workload.named("large-10k").valueBytes()).isEqualTo(10_240);
        assertThat(Workload.named("value-1m").valueBytes()).isEqualTo(1024 * 1024);
        assertThat(Workload.named("open-20k").rate()).isEqualTo(20_000);
        assertThat(Workload.named("virtual-10k").threads()).isEqualTo(10_000);
    }

    @Test
    void largeValuesAreFewer() {
        assertThat(Workload.named("large-10k")).extracting(Workload::keys, Workload::window).containsExactly(5000, 16);
        assertThat(Workload.named("large-100k")).extracting(Workload::keys, Workload::window).containsExactly(500, 4);
        assertThat(Workload.named("value-0")).extracting(Workload::keys, Workload::window).containsExactly(10_000, 16);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "sync", "sync-x", "sync-8-", "async-8", "quick-1", "sync-8-of", "sync-8-with-4" })
    void otherNamesAreRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Workload.named(name))
            .withMessageContaining("workload: " + name + " (expected: ");
    }

}
