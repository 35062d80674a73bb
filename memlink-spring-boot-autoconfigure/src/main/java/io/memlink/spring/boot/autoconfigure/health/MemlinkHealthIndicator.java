package io.memlink.spring.boot.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells how the backends are, without asking them: the client watches them anyway. Up as
 * long as one backend is not down, since a cache that has lost a part goes on caching the
 * rest; the details say {@code degraded} then.
 */
final class MemlinkHealthIndicator extends AbstractHealthIndicator implements HealthIndicator {

    private final MemlinkClient client;

    MemlinkHealthIndicator(MemlinkClient client) {
        super("Memlink health check failed");
        this.client = client;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        List<BackendStatus> backends = this.client.backends();
        long down = backends.stream().filter((backend) -> backend.state() == State.DOWN).count();
        if (down == backends.size()) {
            builder.down();
        }
        else {
            builder.up();
        }
        builder.withDetail("degraded", down > 0);
        Map<String, Object> details = new LinkedHashMap<>();
        backends.forEach((backend) -> details.put(backend.address().toString(), details(backend)));
        builder.withDetail("backends", details);
    }

    private static Map<String, Object> details(BackendStatus backend) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("state", backend.state().name());
        details.put("connections", backend.connections() + "/" + backend.poolSize());
        if (backend.lastFailure() != null) {
            details.put("lastFailure", String.valueOf(backend.lastFailure().getMessage()));
        }
        return details;
    }

}
