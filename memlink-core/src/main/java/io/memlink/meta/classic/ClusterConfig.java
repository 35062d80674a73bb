package io.memlink.meta.classic;

import java.util.List;

/**
 * The nodes of a cluster, as a cloud provider's configuration endpoint tells them.
 * Immutable.
 *
 * @param version grows with each change; of two answers the higher one is right
 * @param nodes the nodes, in the order they were told
 * @since 0.1.0
 */
public record ClusterConfig(long version, List<Node> nodes) {

    /**
     * Copies the list.
     * @param version grows with each change
     * @param nodes the nodes
     */
    public ClusterConfig {
        nodes = List.copyOf(nodes);
    }

    /**
     * One node.
     *
     * @param host its name
     * @param address its IP address; may be empty
     * @param port 1 to 65535
     */
    public record Node(String host, String address, int port) {

        /**
         * Reads {@code host|address|port}.
         * @throws IllegalArgumentException where it is not that
         */
        static Node parse(String text) {
            String[] parts = text.split("\\|", -1);
            int port = (parts.length == 3 && parts[2].matches("\\d{1,5}")) ? Integer.parseInt(parts[2]) : 0;
            if (port < 1 || port > 65535 || parts[0].isEmpty()) {
                throw new IllegalArgumentException("node: " + text + " (expected: host|address|port)");
            }
            return new Node(parts[0], parts[1], port);
        }

    }

}
