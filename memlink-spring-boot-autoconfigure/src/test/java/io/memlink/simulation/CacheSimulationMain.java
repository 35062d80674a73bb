package io.memlink.simulation;

/** As {@link SimulationMain}, with caches. */
final class CacheSimulationMain {

    private CacheSimulationMain() {
    }

    public static void main(String[] arguments) {
        SimulationMain.main(arguments, CacheWorkload.TYPE);
    }

}
