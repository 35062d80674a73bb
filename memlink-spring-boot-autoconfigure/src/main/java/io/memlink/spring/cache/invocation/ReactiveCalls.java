package io.memlink.spring.cache.invocation;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

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

    /** Futures have adapters too, but are none. */
    static boolean isReactive(Class<?> type) {
        return PRESENT && !CompletionStage.class.isAssignableFrom(type)
                && ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    /**
     * Returns what calls the method with a permit, for each subscriber: in its thread, or
     * in one of the executor if it had to wait.
     * @param type what the method returns
     * @param outage gives out the permits
     * @param invocation that of the method
     * @param method the method
     */
    static Object call(Class<?> type, Outage outage, Invocation invocation, Function<Permit, @Nullable Object> method) {
        ReactiveAdapter adapter = adapter(type);
        return adapter.fromPublisher(WithReactor.limited(adapter, outage, invocation, method));
    }

    /** Returns what a method has returned that runs by the permit of one around it. */
    static Object placed(Class<?> type, @Nullable Object result, Invocation invocation, Permit permit) {
        ReactiveAdapter adapter = adapter(type);
        return adapter.fromPublisher(WithReactor.placed(adapter.toPublisher(result), invocation, permit));
    }

    /**
     * Returns what the caches have returned, which tells the invocation by which permit
     * whoever subscribes to it runs. The caches themselves do not carry the context of a
     * subscriber everywhere.
     */
    static Object told(Class<?> type, Object result, Invocation invocation) {
        ReactiveAdapter adapter = PRESENT ? ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) : null;
        return (adapter != null && adapter.getReactiveType() == type)
                ? adapter.fromPublisher(WithReactor.told(adapter, result, invocation)) : result;
    }

    /** Returns whether this is a thread of Reactor that must not wait. */
    static boolean isInNonBlockingThread() {
        return PRESENT && WithReactor.isInNonBlockingThread();
    }

    private static ReactiveAdapter adapter(Class<?> type) {
        return Objects.requireNonNull(ReactiveAdapterRegistry.getSharedInstance().getAdapter(type), "adapter");
    }

    /** Loaded only where it is used. */
    private static final class WithReactor {

        static boolean isInNonBlockingThread() {
            return Schedulers.isInNonBlockingThread();
        }

        static Publisher<?> limited(ReactiveAdapter adapter, Outage outage, Invocation invocation,
                Function<Permit, @Nullable Object> method) {
            Function<Permit, Publisher<?>> placed = (permit) -> placed(published(adapter, method, permit), invocation,
                    permit);
            return adapter.isMultiValue()
                    ? Flux.using(outage.limit()::acquire, (turn) -> permit(turn, outage).flatMapMany(placed),
                            WithReactor::giveBack)
                    : Mono.using(outage.limit()::acquire,
                            (turn) -> permit(turn, outage).flatMap((permit) -> Mono.from(placed.apply(permit))),
                            WithReactor::giveBack);
        }

        static Publisher<?> placed(Publisher<?> publisher, Invocation invocation, Permit permit) {
            return new PlacedPublisher(publisher, invocation, permit);
        }

        static Publisher<?> told(ReactiveAdapter adapter, Object result, Invocation invocation) {
            Publisher<?> publisher = adapter.toPublisher(result);
            return adapter.isMultiValue() ? Flux.deferContextual((context) -> {
                context.<Permit>getOrEmpty(Permit.class).ifPresent(invocation::runsBy);
                return publisher;
            }) : Mono.deferContextual((context) -> {
                context.<Permit>getOrEmpty(Permit.class).ifPresent(invocation::runsBy);
                return Mono.from(publisher);
            });
        }

        /**
         * What comes after a wait runs neither in a timer nor in whichever thread has
         * returned the permit.
         */
        private static Mono<Permit> permit(CompletableFuture<Permit> turn, Outage outage) {
            Mono<Permit> permit = Mono.fromFuture(turn, true);
            return turn.isDone() ? permit : permit.publishOn(Schedulers.fromExecutor(outage.executor()));
        }

        private static Publisher<?> published(ReactiveAdapter adapter, Function<Permit, @Nullable Object> method,
                Permit permit) {
            try {
                return adapter.toPublisher(method.apply(permit));
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
