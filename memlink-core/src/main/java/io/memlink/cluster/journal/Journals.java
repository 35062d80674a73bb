package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.meta.Key;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The journals of a cluster, one for each machine: by the address at which it is reached,
 * whatever identities it has and whatever objects stand for it. What was told to one
 * machine was told to no other, so the journal of one that has left is kept, since it may
 * return with all it held. A machine that takes over an identity inherits what those
 * before it are owed, since it may have the memory of any of them.
 * <p>
 * What the cluster of an earlier run still comes to owe is told to the owners that keys
 * have in the present one.
 * <p>
 * Kept are the last thousand of those that left, and a hundred thousand keys together.
 * Beyond that the journals of those that left first lose their keys, and have overflowed
 * should they return. Safe for use by many threads.
 */
public final class Journals {

    private static final int MAX_ABSENT = 1000;

    private final int maxAbsentKeys;

    /** Those that left first come first, since whoever returns is put in anew. */
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    private volatile Owners owners = (key, owed, backend, journal) -> {
    };

    /** Of those that stand in for these, if anybody does. */
    private final @Nullable Journals standIns;

    public Journals() {
        this(Journal.MAX_KEYS, null);
    }

    Journals(Journals standIns) {
        this(Journal.MAX_KEYS, standIns);
    }

    Journals(int maxAbsentKeys, @Nullable Journals standIns) {
        this.maxAbsentKeys = maxAbsentKeys;
        this.standIns = standIns;
    }

    /**
     * The machine behind an address.
     *
     * @param journal what it is owed
     * @param ids the identities it has had
     */
    private record Machine(Journal journal, Set<String> ids) {

        Machine() {
            this(new Journal(), new HashSet<>());
        }

        boolean owesNothing() {
            return this.journal.depth() == 0 && !this.journal.isOverflowed();
        }

    }

    /**
     * Returns the journal of a machine that is used from now on under an identity, with
     * all that the other machines of this identity are owed. It may be one of those of
     * which something was lost before anybody knew them.
     */
    public synchronized Journal of(Backend backend) {
        Machine machine = at(backend.hostAndPort());
        Machine undiscovered = this.machines.get(Backend.UNDISCOVERED.hostAndPort());
        if (undiscovered != null) {
            machine.journal().loseLike(undiscovered.journal());
        }
        this.machines.values()
            .stream()
            .filter((other) -> other != machine && other.ids().contains(backend.id()))
            .forEach((other) -> machine.journal().inherit(other.journal()));
        machine.ids().add(backend.id());
        return machine.journal();
    }

    private Machine at(String address) {
        return this.machines.computeIfAbsent(address, (added) -> new Machine());
    }

    /** Those that keys belong to. Safe for use by many threads. */
    @FunctionalInterface
    public interface Owners {

        /**
         * Owes a delete to whoever may have the key by now beside the one that was asked.
         * @param backend that was asked, maybe in an earlier run
         * @param journal its own, which has the key already
         */
        void owe(Key key, Owed owed, Backend backend, Journal journal);

    }

    /**
     * Tells who owns the keys from now on. What was owed before is to be passed on to
     * them after this, so that nothing falls between.
     */
    public void belongTo(Owners owners) {
        this.owners = owners;
    }

    /** Owes a delete to whoever owns the key at present, if that is another one. */
    public void oweOwner(Key key, Owed owed, Backend backend, Journal journal) {
        this.owners.owe(key, owed, backend, journal);
    }

    /** Owes it to whoever stands in for the owner as well. */
    public void oweElsewhere(Key key, Owed owed, Backend backend, Journal journal) {
        oweOwner(key, owed, backend, journal);
        if (this.standIns != null) {
            this.standIns.oweOwner(key, owed, backend, journal);
        }
    }

    /** Returns the journals of all machines that are present or have left. */
    public synchronized List<Journal> all() {
        return this.machines.values().stream().map(Machine::journal).toList();
    }

    /**
     * Bounds what is kept of machines other than those that are present, which have taken
     * over what is owed to those that nobody knew.
     */
    public synchronized void keep(Collection<Backend> present) {
        this.machines.remove(Backend.UNDISCOVERED.hostAndPort());
        List<String> addresses = present.stream().map(Backend::hostAndPort).toList();
        addresses.forEach((address) -> this.machines.put(address, moved(address)));
        List<String> absent = new ArrayList<>(this.machines.keySet());
        absent.removeAll(addresses);
        int surplus = absent.size() - MAX_ABSENT;
        if (surplus > 0) {
            // Of those that left first, rather such as are owed nothing.
            absent.stream()
                .sorted(Comparator.comparing((address) -> !at(address).owesNothing()))
                .limit(surplus)
                .toList()
                .forEach(this.machines::remove);
            absent.retainAll(this.machines.keySet());
        }
        long keys = absent.stream().mapToLong((address) -> at(address).journal().depth()).sum();
        for (int i = 0; keys > this.maxAbsentKeys; i++) {
            Journal journal = at(absent.get(i)).journal();
            keys -= journal.depth();
            journal.lose();
        }
    }

    private Machine moved(String address) {
        Machine machine = at(address);
        this.machines.remove(address);
        return machine;
    }

}
