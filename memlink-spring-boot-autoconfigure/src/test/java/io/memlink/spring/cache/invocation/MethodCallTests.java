package io.memlink.spring.cache.invocation;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import io.memlink.spring.cache.invocation.LoadLimit.WhenFull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** A method that returns a future goes on in the executor once it has waited. */
@Timeout(60)
class MethodCallTests {

    interface Service {

        CompletableFuture<String> future();

    }

    private static Service service(LoadLimit limit, Executor executor) {
        return service(limit, executor, CompletableFuture.completedFuture("value"));
    }

    private static Service service(LoadLimit limit, Executor executor, CompletableFuture<String> result) {
        ProxyFactory factory = new ProxyFactory((Service) () -> result);
        factory.addAdvice(Invocation.around((method) -> {
            Invocation invocation = Invocation.present();
            assertThat(invocation).isNotNull();
            invocation.inOutage(limit, executor);
            return method.proceed();
        }));
        return (Service) factory.getProxy();
    }

    @Test
    void whatHasWaitedInVainDoesNotGoOnInTheTimer() {
        LoadLimit limit = LoadLimit.of(1, Duration.ofMillis(50), WhenFull.FAIL);
        limit.acquire().join();
        Executor executor = (task) -> new Thread(task, "executor").start();
        String thread = service(limit, executor).future()
            .handle((value, failure) -> Thread.currentThread().getName())
            .join();
        assertThat(thread).isIn("executor", Thread.currentThread().getName());
    }

    @Test
    void anExecutorThatRefusesKeepsNoPermit() {
        LoadLimit limit = LoadLimit.of(1, Duration.ofMinutes(10), WhenFull.FAIL);
        Permit other = limit.acquire().join();
        CompletableFuture<String> waits = service(limit, (task) -> {
            throw new RejectedExecutionException("full");
        }).future();
        other.close();
        assertThat(waits).isCompletedExceptionally();
        assertThat(limit.active()).isZero();
    }

    @Test
    void whatIsCalledByAMethodWithAPermitReturnsItsOwnFuture() {
        LoadLimit limit = LoadLimit.of(1, Duration.ZERO, WhenFull.FAIL);
        Invocation around = Invocation.begin();
        around.runsBy(limit.acquire().join());
        CompletableFuture<String> result = new CompletableFuture<>();
        Invocation.within(around, () -> assertThat(service(limit, Runnable::run, result).future()).isSameAs(result));
    }

}
