package io.memlink.spring.cache.invocation;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * What a method with a place has returned. Publishers that it subscribes to find the
 * permit in their context; what it calls when it is subscribed to, or asked for more, is
 * called within the invocation. Its subscribers are not. Only where Reactor is on the
 * class path.
 */
final class PlacedPublisher implements Publisher<Object> {

    private final Publisher<?> publisher;

    private final Invocation invocation;

    private final Permit permit;

    PlacedPublisher(Publisher<?> publisher, Invocation invocation, Permit permit) {
        this.publisher = publisher;
        this.invocation = invocation;
        this.permit = permit;
    }

    @Override
    public void subscribe(Subscriber<? super Object> subscriber) {
        Within within = new Within(Operators.toCoreSubscriber(subscriber));
        Invocation.within(this.invocation, () -> this.publisher.subscribe(within));
    }

    /** Signals pass between the invocation and what is around it. */
    private final class Within implements CoreSubscriber<Object>, Subscription {

        private final CoreSubscriber<? super Object> subscriber;

        private final Context context;

        private final @Nullable Invocation around = Invocation.present();

        private volatile Subscription subscription = Operators.emptySubscription();

        Within(CoreSubscriber<? super Object> subscriber) {
            this.subscriber = subscriber;
            this.context = subscriber.currentContext().put(Permit.class, PlacedPublisher.this.permit);
        }

        @Override
        public Context currentContext() {
            return this.context;
        }

        @Override
        public void request(long n) {
            Invocation.within(PlacedPublisher.this.invocation, () -> this.subscription.request(n));
        }

        @Override
        public void cancel() {
            this.subscription.cancel();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            outside(() -> this.subscriber.onSubscribe(this));
        }

        @Override
        public void onNext(Object value) {
            outside(() -> this.subscriber.onNext(value));
        }

        @Override
        public void onError(Throwable failure) {
            outside(() -> this.subscriber.onError(failure));
        }

        @Override
        public void onComplete() {
            outside(this.subscriber::onComplete);
        }

        private void outside(Runnable signal) {
            if (Invocation.present() == PlacedPublisher.this.invocation) {
                Invocation.within(this.around, signal);
            }
            else {
                signal.run();
            }
        }

    }

}
