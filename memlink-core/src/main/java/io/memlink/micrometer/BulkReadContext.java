package io.memlink.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;

/**
 * The context of a bulk read while it is observed.
 */
final class BulkReadContext extends SenderContext<Object> {

    private final int keys;

    BulkReadContext(int keys) {
        super((carrier, key, value) -> {
        }, Kind.CLIENT);
        this.keys = keys;
        setRemoteServiceName("memcached");
    }

    /**
     * Names it as a request is named, without a server: there may be several. Immutable.
     */
    static final class Convention implements ObservationConvention<BulkReadContext> {

        static final Convention DEFAULT = new Convention();

        @Override
        public String getName() {
            return MemlinkObservationConvention.DEFAULT.getName();
        }

        @Override
        public String getContextualName(BulkReadContext context) {
            return "get all";
        }

        @Override
        public KeyValues getLowCardinalityKeyValues(BulkReadContext context) {
            return MemlinkObservationConvention.keyValues("get", KeyValue.NONE_VALUE, KeyValue.NONE_VALUE,
                    context.getError());
        }

        @Override
        public KeyValues getHighCardinalityKeyValues(BulkReadContext context) {
            return KeyValues.of("db.operation.batch.size", String.valueOf(context.keys));
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof BulkReadContext;
        }

    }

}
