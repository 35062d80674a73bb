package io.memlink.embedded;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The faults of a server that are still to come. Safe for use by many threads. Each fault
 * happens once, to the first reply that matches; faults that match the same replies
 * happen in the order in which they were added. A request whose reply is suppressed by
 * its quiet flag uses up no fault, except {@link Fault#ignoreRequest()}.
 *
 * @since 0.1.0
 */
public final class FaultScript {

    private final List<Entry> entries = new ArrayList<>();

    FaultScript() {
    }

    /**
     * Adds a fault for the next reply, whatever it answers.
     * @param fault the fault
     * @return this script
     */
    public FaultScript next(Fault fault) {
        return add(null, fault);
    }

    /**
     * Adds a fault for the next reply to a command.
     * @param command the name, for example {@code mg}
     * @param fault the fault
     * @return this script
     */
    public FaultScript next(String command, Fault fault) {
        return add(Objects.requireNonNull(command, "command"), fault);
    }

    private synchronized FaultScript add(@Nullable String command, Fault fault) {
        this.entries.add(new Entry(command, Objects.requireNonNull(fault, "fault")));
        return this;
    }

    /**
     * Returns how many faults have not happened yet.
     * @return the number of faults
     */
    public synchronized int pending() {
        return this.entries.size();
    }

    /**
     * Forgets the faults that have not happened yet. Replies that are held stay held.
     */
    public synchronized void clear() {
        this.entries.clear();
    }

    boolean takeIgnored(String command) {
        return take(command, Fault::ignoresRequest) != null;
    }

    @Nullable Fault take(String command) {
        return take(command, (fault) -> !fault.ignoresRequest());
    }

    private synchronized @Nullable Fault take(String command, Predicate<Fault> kind) {
        for (Iterator<Entry> iterator = this.entries.iterator(); iterator.hasNext();) {
            Entry entry = iterator.next();
            if (entry.matches(command)) {
                // A fault of the other kind comes first, so this one has to wait for it.
                if (!kind.test(entry.fault())) {
                    return null;
                }
                iterator.remove();
                return entry.fault();
            }
        }
        return null;
    }

    private record Entry(@Nullable String command, Fault fault) {

        boolean matches(String name) {
            return this.command == null || this.command.equals(name);
        }

    }

}
