package io.memlink.spring.cache.invocation;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.memlink.spring.cache.invocation.Invocation.Outage;
import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Calls of methods that return publishers: they wait when somebody subscribes, and end
 * when the publisher does. Only where Reactor is on the class path.
 */
final class ReactiveCalls {

    private static final boolean PRESENT = ClassUtils.isPresent("reactor.core.publisher.Mono",
            ReactiveCalls.class.getClassLoader());

    private ReactiveCalls() {
    }

    static boolean isReactive(Class<?> type) {
        return PRESENT && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    /**
     * Returns what calls the method with a permit, for each subscriber: in its thread, or
     * in one of the executor if it had to wait.
     * @param type what the method returns
     * @param outage gives out the permits
     * @param method the method
     */
    static Object call(Class<?> type, Outage outage, Supplier<@Nullable Object> method) {
        ReactiveAdapter adapter = Objects.requireNonNull(ReactiveAdapterRegistry.getSharedInstance().getAdapter(type),
                "adapter");
        return adapter.fromPublisher(WithReactor.limited(adapter, outage, method));
    }

    /** Loaded only where it is used. */
    private static final class WithReactor {

        static Publisher<?> limited(ReactiveAdapter adapter, Outage outage, Supplier<@Nullable Object> method) {
            return adapter.isMultiValue()
                    ? Flux.using(outage.limit()::acquire,
                            (turn) -> permit(turn, outage).flatMapMany((permit) -> published(adapter, method)),
                            WithReactor::giveBack)
                    : Mono.using(outage.limit()::acquire,
                            (turn) -> permit(turn, outage).flatMap((permit) -> Mono.from(published(adapter, method))),
                            WithReactor::giveBack);
        }

        /**
         * What comes after a wait runs neither in a timer nor in whichever thread has
         * returned the permit.
         */
        private static Mono<Permit> permit(CompletableFuture<Permit> turn, Outage outage) {
            Mono<Permit> permit = Mono.fromFuture(turn, true);
            return turn.isDone() ? permit : permit.publishOn(Schedulers.fromExecutor(outage.executor()));
        }

        private static Publisher<?> published(ReactiveAdapter adapter, Supplier<@Nullable Object> method) {
            try {
                return adapter.toPublisher(method.get());
            }
            catch (CompletionException ex) {
                return Mono.error((ex.getCause() != null) ? ex.getCause() : ex);
            }
        }

        /**
         * Whoever cancels may do so before the permit is there, or before it is told that
         * it is: the turn itself knows.
         */
        private static void giveBack(CompletableFuture<Permit> turn) {
            turn.cancel(false);
            turn.thenAccept(Permit::close);
        }

    }

}
