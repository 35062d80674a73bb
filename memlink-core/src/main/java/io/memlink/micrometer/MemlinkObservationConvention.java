package io.memlink.micrometer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * Names what is observed as OpenTelemetry does for clients of databases. Shows no keys.
 * Immutable.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">
 * OpenTelemetry, Semantic conventions for database client spans</a>
 * @since 0.1.0
 */
public final class MemlinkObservationConvention implements ObservationConvention<MemlinkObservationContext> {

    static final MemlinkObservationConvention DEFAULT = new MemlinkObservationConvention();

    private static final KeyValue SYSTEM = KeyValue.of("db.system.name", "memcached");

    private MemlinkObservationConvention() {
    }

    @Override
    public String getName() {
        return "db.client.operation.duration";
    }

    @Override
    public String getContextualName(MemlinkObservationContext context) {
        return context.request().operation() + " " + context.backend().hostAndPort();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(MemlinkObservationContext context) {
        return keyValues(context.request().operation(), context.backend().host(),
                String.valueOf(context.backend().port()), context.getError());
    }

    static KeyValues keyValues(String operation, String host, String port, @Nullable Throwable error) {
        return KeyValues.of(SYSTEM, KeyValue.of("db.operation.name", operation), KeyValue.of("server.address", host),
                KeyValue.of("server.port", port),
                KeyValue.of("error.type", (error != null) ? error.getClass().getName() : KeyValue.NONE_VALUE));
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof MemlinkObservationContext;
    }

}
