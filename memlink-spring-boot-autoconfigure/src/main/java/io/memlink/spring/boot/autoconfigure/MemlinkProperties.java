package io.memlink.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of Memlink: those of the unnamed client, and what is common to all.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink")
public class MemlinkProperties extends MemlinkClientProperties {

    /**
     * Whether to enable Memlink.
     */
    private boolean enabled = true;

    /**
     * Settings of further clients, by name. They are those of the unnamed client:
     * backends, timeouts and so on. A client that names no backends uses those of the
     * unnamed one.
     */
    private final Map<String, MemlinkClientProperties> clients = new LinkedHashMap<>();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public Map<String, MemlinkClientProperties> getClients() {
        return this.clients;
    }

}
