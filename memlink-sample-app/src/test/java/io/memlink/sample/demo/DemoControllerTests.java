package io.memlink.sample.demo;

import java.io.IOException;
import java.time.Instant;

import io.memlink.sample.demo.DemoController.ServerAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page is told of its buttons.
 */
class DemoControllerTests {

    private static final Instant BEFORE = Instant.parse("2030-01-01T00:00:00Z");

    private final DemoServers servers = new DemoServers();

    private final History history = new History(this::now);

    @AfterEach
    void end() {
        this.servers.destroy();
    }

    @Test
    void aServerWasKilledBeforeAnythingThatCameOfIt() throws IOException {
        this.servers.getBackends();
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("servers", this.servers);
        DemoController controller = new DemoController(this.history, null, null, null, null, null,
                beans.getBeanProvider(DemoServers.class));

        controller.server("cache-1", ServerAction.kill);

        assertThat(this.history.actions()).singleElement().isEqualTo(new History.Action(BEFORE, "cache-1 was killed"));
        assertThat(this.history.now()).isAfter(BEFORE);
    }

    /** Goes on when the server dies. */
    private Instant now() {
        boolean dead = this.servers.server("cache-1").state() == DemoServer.State.KILLED;
        return dead ? BEFORE.plusSeconds(1) : BEFORE;
    }

}
