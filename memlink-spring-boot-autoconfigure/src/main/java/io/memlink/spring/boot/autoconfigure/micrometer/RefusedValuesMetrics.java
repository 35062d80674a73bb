package io.memlink.spring.boot.autoconfigure.micrometer;

import java.util.concurrent.atomic.LongAdder;

import io.memlink.spring.TranscoderFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Meters of the values that were refused when they were written, one for each class that
 * was the reason, of which there are at most about a hundred.
 *
 * @param factories the factory that counts them, if there is one
 */
record RefusedValuesMetrics(ObjectProvider<TranscoderFactory> factories) implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        this.factories.ifUnique((factory) -> factory.refusedValues()
            .watch((className, count) -> FunctionCounter
                .builder("memlink.values.refused", count, LongAdder::doubleValue)
                .tag("class", className)
                .description("Values that were not written, since they would not have come back as they were")
                .register(registry)));
    }

}
