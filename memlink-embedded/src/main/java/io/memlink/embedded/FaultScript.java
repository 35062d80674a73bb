package io.memlink.embedded;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The faults of a server, or of one of its connections, that are still to come. Safe for
 * use by many threads. Faults that match the same replies happen in the order in which
 * they were added. A request whose reply is suppressed by its quiet flag uses up no
 * fault, except those that prevent requests ({@link Fault#ignoreRequest()},
 * {@link Fault#serverError(String)}).
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
        return add(null, 1, false, fault);
    }

    /**
     * Adds a fault for the next reply to a command.
     * @param command the name, for example {@code mg}
     * @param fault the fault
     * @return this script
     */
    public FaultScript next(String command, Fault fault) {
        return add(Objects.requireNonNull(command, "command"), 1, false, fault);
    }

    /**
     * Adds a fault for one of the replies from now on.
     * @param number which one, 1 for the next
     * @param fault the fault
     * @return this script
     */
    public FaultScript nth(int number, Fault fault) {
        return add(null, number, false, fault);
    }

    /**
     * Adds a fault for one of the replies to a command from now on.
     * @param command the name, for example {@code mg}
     * @param number which one, 1 for the next
     * @param fault the fault
     * @return this script
     */
    public FaultScript nth(String command, int number, Fault fault) {
        return add(Objects.requireNonNull(command, "command"), number, false, fault);
    }

    /**
     * Adds a fault for every reply that has no other one, until {@link #clear()}.
     * @param fault the fault
     * @return this script
     */
    public FaultScript always(Fault fault) {
        return add(null, 1, true, fault);
    }

    /**
     * Adds a fault for every reply to a command that has no other one, until
     * {@link #clear()}.
     * @param command the name, for example {@code mg}
     * @param fault the fault
     * @return this script
     */
    public FaultScript always(String command, Fault fault) {
        return add(Objects.requireNonNull(command, "command"), 1, true, fault);
    }

    private synchronized FaultScript add(@Nullable String command, int number, boolean always, Fault fault) {
        if (number < 1) {
            throw new IllegalArgumentException("number: " + number + " (expected: 1 or more)");
        }
        this.entries.add(new Entry(command, always, Objects.requireNonNull(fault, "fault"), number));
        return this;
    }

    /**
     * Returns how many faults have not happened yet. Those that always happen are not
     * counted.
     * @return the number of faults
     */
    public synchronized int pending() {
        return (int) this.entries.stream().filter((entry) -> !entry.always).count();
    }

    /**
     * Forgets the faults that have not happened yet. Replies that are held stay held.
     */
    public synchronized void clear() {
        this.entries.clear();
    }

    @Nullable Fault takeForRequest(String command) {
        return take(command, true);
    }

    @Nullable Fault takeForReply(String command) {
        return take(command, false);
    }

    private synchronized @Nullable Fault take(String command, boolean request) {
        Fault taken = null;
        Fault fallback = null;
        boolean blocked = false;
        for (Iterator<Entry> iterator = this.entries.iterator(); iterator.hasNext();) {
            Entry entry = iterator.next();
            boolean kind = entry.fault.preventsRequest() == request;
            if (!entry.matches(command)) {
                continue;
            }
            if (entry.always) {
                fallback = (fallback == null && kind) ? entry.fault : fallback;
            }
            else if (entry.remaining > 1) {
                entry.remaining -= kind ? 1 : 0;
            }
            else if (!kind) {
                // A fault of the other kind comes first, so this one has to wait for it.
                blocked = taken == null || blocked;
            }
            else if (taken == null && !blocked) {
                taken = entry.fault;
                iterator.remove();
            }
        }
        return (taken != null) ? taken : fallback;
    }

    private static final class Entry {

        private final @Nullable String command;

        private final boolean always;

        private final Fault fault;

        private int remaining;

        Entry(@Nullable String command, boolean always, Fault fault, int number) {
            this.command = command;
            this.always = always;
            this.fault = fault;
            this.remaining = number;
        }

        boolean matches(String name) {
            return this.command == null || this.command.equals(name);
        }

    }

}
