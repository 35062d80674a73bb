package io.memlink.spring.cache.invocation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

class WriteBacklogTests {

    private static final int MAX = 3;

    private final List<CompletableFuture<?>> waitedFor = new ArrayList<>();

    private final WriteBacklog backlog = new WriteBacklog(MAX, this.waitedFor::add);

    private CompletableFuture<Void> added() {
        CompletableFuture<Void> write = new CompletableFuture<>();
        this.backlog.add(write);
        return write;
    }

    @Test
    void waitsOnlyWhileTooManyArePending() {
        CompletableFuture<Void> first = added();
        CompletableFuture<Void> second = added();
        added();
        assertThat(this.waitedFor).isEmpty();
        CompletableFuture<Void> fourth = added();
        assertThat(this.waitedFor).hasSize(1).noneMatch(CompletableFuture::isDone);
        fourth.completeExceptionally(new IllegalStateException());
        assertThat(this.waitedFor.get(0)).isCompletedWithValueMatching((ended) -> true);
        first.complete(null);
        second.complete(null);
        added();
        added();
        assertThat(this.waitedFor).hasSize(1);
    }

    @Test
    void doesNotWaitForWhatHasEnded() {
        added();
        added();
        added();
        this.backlog.add(CompletableFuture.completedFuture(null));
        assertThat(this.waitedFor).isEmpty();
    }

    @Test
    void norInAThreadOfReactor() throws Exception {
        added();
        added();
        added();
        CompletableFuture.runAsync(this::added, (task) -> Schedulers.parallel().schedule(task))
            .get(20, TimeUnit.SECONDS);
        assertThat(this.waitedFor).isEmpty();
    }

    @Test
    void whoeverGivesUpWaitingLeavesNothingBehind() {
        WriteBacklog hasty = new WriteBacklog(0, (write) -> {
            this.waitedFor.add(write);
            write.cancel(false);
        });
        CompletableFuture<Void> write = new CompletableFuture<>();
        hasty.add(write);
        assertThat(write).isNotDone();
        write.complete(null);
        assertThat(hasty.pending()).isZero();
    }

    @Test
    void goesOnWhereNobodyMayWait() {
        WriteBacklog hasty = new WriteBacklog(0, (write) -> {
            throw new IllegalStateException();
        });
        CompletableFuture<Void> write = new CompletableFuture<>();
        hasty.add(write);
        assertThat(write).isNotDone();
    }

}
