package io.memlink.spring.cache.invocation;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
     * Returns what calls the method with a permit, for each subscriber.
     * @param type what the method returns
     * @param limit gives out the permits
     * @param method the method
     */
    static Object call(Class<?> type, LoadLimit limit, Supplier<@Nullable Object> method) {
        ReactiveAdapter adapter = Objects.requireNonNull(ReactiveAdapterRegistry.getSharedInstance().getAdapter(type),
                "adapter");
        return adapter.fromPublisher(WithReactor.limited(adapter, limit, method));
    }

    /** Loaded only where it is used. */
    private static final class WithReactor {

        static Publisher<?> limited(ReactiveAdapter adapter, LoadLimit limit, Supplier<@Nullable Object> method) {
            return adapter.isMultiValue()
                    ? Flux
                        .using(limit::acquire,
                                (turn) -> Mono.fromFuture(turn, true)
                                    .flatMapMany((permit) -> published(adapter, method)),
                                WithReactor::giveBack)
                    : Mono.using(limit::acquire, (turn) -> Mono.fromFuture(turn, true)
                        .flatMap((permit) -> Mono.from(published(adapter, method))), WithReactor::giveBack);
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
