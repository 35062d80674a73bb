package io.memlink.loading;

import java.util.ArrayList;
import java.util.List;

/** What is in progress in the loads of a client. */
public final class SimulatedLoads {

    private SimulatedLoads() {
    }

    /** Returns what loads that are idle must not have. */
    public static List<String> leftOvers(Loads loads) {
        List<String> left = new ArrayList<>();
        if (!loads.flights().isEmpty()) {
            left.add("flights");
        }
        return left;
    }

}
