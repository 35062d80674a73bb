package io.memlink.link.loop;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How the roles of an event loop are handed on, one step after the other; in all orders
 * of steps, see {@code LoopRolesLincheckTests}.
 */
class LoopRolesTests {

    private final AtomicInteger calls = new AtomicInteger();

    private final LoopRoles roles = new LoopRoles(4, new LoopRoles.Duties() {

        @Override
        public boolean callersMayWatch() {
            return true;
        }

        @Override
        public boolean isDue() {
            return true;
        }

        @Override
        public void callOwnThread() {
            LoopRolesTests.this.calls.incrementAndGet();
        }

    });

    private final AtomicInteger wakes = new AtomicInteger();

    private final LoopRoles.Seated caller = new LoopRoles.Seated() {

        @Override
        public boolean mayWatch() {
            return true;
        }

        @Override
        public void wake() {
            LoopRolesTests.this.wakes.incrementAndGet();
        }

    };

    private void giveUpTheWatch() {
        assertThat(this.roles.tryWatch()).isTrue();
        this.roles.unwatch();
        this.roles.lookAfter();
    }

    @Test
    void whoGivesUpTheWatchWakesSomebodyInASeat() {
        assertThat(this.roles.sit(this.caller)).isNotEqualTo(LoopRoles.NO_SEAT);
        giveUpTheWatch();
        assertThat(this.wakes).hasValue(1);
        assertThat(this.calls).hasValue(0);
    }

    @Test
    void whereNobodySitsTheOwnThreadIsCalled() {
        giveUpTheWatch();
        assertThat(this.calls).hasValue(1);
    }

    @Test
    void whoComesBackForTheTurnGetsItWhenItIsGivenUp() {
        assertThat(this.roles.tryEnter()).isTrue();
        Thread watcher = new Thread(() -> {
            this.roles.tryWatch();
            this.roles.enter();
        });
        watcher.start();
        await().until(() -> watcher.getState() == Thread.State.WAITING);
        this.roles.exit();
        await().atMost(Duration.ofSeconds(20)).until(() -> this.roles.holder() == watcher);
    }

}
