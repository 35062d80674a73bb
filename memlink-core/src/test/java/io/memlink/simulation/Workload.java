package io.memlink.simulation;

import java.util.List;

/**
 * Those who use the clients of a simulation, and what they are promised.
 */
interface Workload {

    /** Returns what is written down, and checked, of all that happens. */
    Chronicle chronicle();

    /** Returns what differs from simulation to simulation besides the settings. */
    String settings();

    /** Adds those who use a client; returns what else an application has of it. */
    Application use(SimulatedClient client);

    void begin();

    void stop();

    /** Finds that everything works, after all was set right. */
    void checkInPeace(Simulation simulation, List<SimulatedClient> clients);

    /** Ends what is left of those who use the clients; nothing happens any more. */
    default void end() {
        // Nothing is.
    }

    /** Makes a workload for one simulation. */
    interface Type {

        /** Returns the settings with which the simulation of a seed can use it. */
        Settings settings(long seed, Settings usual);

        Workload create(World world);

    }

    /**
     * The simulation that a workload is for.
     *
     * @param seed decides everything
     * @param time that passes
     * @param trace of all that happens
     * @param settings of the simulation
     * @param machines that are there, be it later
     * @param gutters those of them that stand in for others
     */
    record World(long seed, SimulatedTime time, Trace trace, Settings settings, List<Machine> machines,
            List<Machine> gutters) {

        Chance chance(String part) {
            return new Chance(this.seed, part);
        }

    }

}
