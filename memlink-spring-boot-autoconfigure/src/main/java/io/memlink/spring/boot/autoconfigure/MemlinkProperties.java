package io.memlink.spring.boot.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of Memlink: those of the unnamed client, and those common to
 * all clients.
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
     * Settings of additional clients, by name, with the same properties as the unnamed
     * client. A client without backends of its own uses those of the unnamed client.
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
