package io.memlink.spring.boot.autoconfigure.endpoint;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the endpoint.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.memlink")
public class MemlinkEndpointProperties {

    /**
     * When to show the content of the value of a key.
     */
    private Show showValues = Show.NEVER;

    /**
     * Roles used to determine whether a user is authorized to be shown the content of
     * values. When empty, all authenticated users are authorized.
     */
    private final Set<String> roles = new HashSet<>();

    public Show getShowValues() {
        return this.showValues;
    }

    public void setShowValues(Show showValues) {
        this.showValues = showValues;
    }

    public Set<String> getRoles() {
        return this.roles;
    }

}
