package io.memlink.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.memlink.placement.Backend;

/**
 * The backends of a client, which can be changed while it runs. Safe for use by many
 * threads; one change is made at a time, and none waits for the network.
 * <p>
 * A request is routed by the backends that were there when it was sent. A backend that
 * leaves gets no new requests, pending ones finish, and then its connections are closed.
 * <p>
 * A backend that is added to those in use: <pre>{@code
 * Membership membership = client.membership();
 * List<Backend> backends = new ArrayList<>();
 * membership.backends().forEach((status) -> backends.add(status.address()));
 * backends.add(Backend.parse("spare=" + address));
 * boolean changed = membership.apply(backends, false);
 * }</pre>
 *
 * @since 0.1.0
 */
public interface Membership {

    /**
     * Returns the number of the list of backends in use.
     * @return 1 for the first list, one more with each change
     */
    long generation();

    /**
     * Returns since when this list of backends is in use.
     * @return the time of the last change
     */
    Instant since();

    /**
     * Returns how the backends are at this moment. Asks nobody.
     * @return one entry for each backend, in the order they were given
     */
    List<BackendStatus> backends();

    /**
     * Returns which part of all keys each backend owns, measured with keys that are made
     * up. Takes a few milliseconds once for each list of backends.
     * @return 0 to 1, by the identity of the backend; all together 1
     */
    Map<String, Double> shares();

    /**
     * Uses other backends from now on. Those that stay, with identity and address, keep
     * their connections and their state; an identity with another address is a machine
     * that was replaced, and keeps its keys and its journal. So does one that leaves and
     * returns.
     * @param backends all backends from now on
     * @param force whether more than half of the present identities may go although they
     * are not down
     * @return whether anything has changed
     * @throws IllegalArgumentException where the list is empty, has an identity or an
     * address twice, contains a backend of the gutter, or lacks more than half of the
     * present identities without force and those are not down; no change is made then
     */
    boolean apply(List<Backend> backends, boolean force);

    /**
     * Asks a server for its statistics, whether or not it is used.
     * @param id the identity of the backend
     * @return names and values, as the server tells them; ends within the request
     * timeout, and fails as any request does
     * @throws IllegalArgumentException where there is none
     */
    CompletableFuture<Map<String, String>> statistics(String id);

    /**
     * Takes a backend for unhealthy by hand, as if its requests had timed out: they fail
     * at once or go to the gutter, until probes find it well and it has been told what it
     * missed. That is seconds where nothing is wrong with it. Has no effect on one that
     * is not used.
     * @param id the identity of the backend
     * @throws IllegalArgumentException where there is none
     */
    void eject(String id);

    /**
     * Takes a backend out of use by hand: it gets no new requests, pending ones finish.
     * Its keys do not move; requests for them fail at once or go to the gutter.
     * @param id the identity of the backend
     * @throws IllegalArgumentException where there is none
     */
    void drain(String id);

    /**
     * Puts a backend that was taken out by hand back into use, as soon as it answers and
     * has been told what it missed.
     * @param id the identity of the backend
     * @throws IllegalArgumentException where there is none
     */
    void restore(String id);

}
