package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What a server, or a proxy before it, does wrong with requests at the moment. */
final class Misbehaviour {

    private static final List<String> UNPROVEN = List.of("SERVER_ERROR backend failure", "SERVER_ERROR timeout",
            "SERVER_ERROR lua failure", "SERVER_ERROR who knows");

    private static final List<String> GARBAGE = List.of("GARBAGE", "HD O999999", "VA", "VA 5 Obad", "EN EN", "HD HD",
            "ERROR", "END", "STORED", "");

    private final Chance chance;

    private final List<Active> active = new ArrayList<>();

    /** What happens to one request. */
    enum Kind {

        /** Not done, and answered with an error that does not say so. */
        REFUSED,

        /** Not done, and answered with an error that proves it. */
        REFUSED_FOR_CERTAIN,

        /** Done, and answered with an error. */
        DONE_IN_SECRET,

        /** Answered with an error, and done later. */
        DONE_LATER,

        /** Done, and not answered. */
        SWALLOWED,

        /** Neither done nor answered. */
        LOST,

        /** Done, and answered with nonsense. */
        GARBLED,

        /** Done, and answered twice. */
        REPEATED,

        /** Done, and answered in part before the connection is lost. */
        TORN

    }

    private record Active(double share, List<Kind> kinds) {
    }

    Misbehaviour(Chance chance) {
        this.chance = chance;
    }

    /** Begins something wrong; returns what ends it. */
    Runnable begin(double share, List<Kind> kinds) {
        Active added = new Active(share, kinds);
        this.active.add(added);
        return () -> this.active.remove(added);
    }

    /** Returns what goes wrong with the next request; {@code null} for nothing. */
    @Nullable Kind next(String command) {
        for (Active each : this.active) {
            if (this.chance.hits(each.share)) {
                Kind kind = this.chance.pick(each.kinds);
                boolean store = command.equals("ms");
                boolean item = store || command.equals("mg") || command.equals("md");
                return switch (kind) {
                    // What has no opaque cannot be told from the next one.
                    case SWALLOWED, LOST -> item ? kind : Kind.TORN;
                    // Or it would be no memcached, which takes longer to be one again.
                    case GARBLED -> item ? kind : Kind.TORN;
                    case REFUSED_FOR_CERTAIN -> store ? kind : Kind.REFUSED;
                    case DONE_LATER -> store || command.equals("md") ? kind : Kind.REFUSED;
                    default -> kind;
                };
            }
        }
        return null;
    }

    String unproven() {
        return this.chance.pick(UNPROVEN);
    }

    static boolean isUnproven(String line) {
        return UNPROVEN.contains(line);
    }

    String garbage() {
        return this.chance.pick(GARBAGE);
    }

}
