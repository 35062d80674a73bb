package io.memlink.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.simulation.Call.Kind;
import io.memlink.simulation.WrittenValue.Condition;
import io.memlink.spring.cache.SimulatedCache;
import org.springframework.cache.Cache;

/** Applications that cache the rows of one table. */
final class CacheWorkload implements Workload {

    /** Makes one for simulations in which keys stay where they are. */
    static final Type TYPE = new Type() {

        @Override
        public Settings settings(long seed, Settings usual) {
            Settings fixed = usual.withFixedRoutes(MOST_KEYS);
            return isDivided(seed) ? fixed.divided(new Chance(seed, "divided settings")) : fixed;
        }

        @Override
        public Workload create(World world) {
            return new CacheWorkload(world);
        }

    };

    /** Few, so that several do something to the same one at the same time. */
    private static final int MOST_KEYS = 3;

    private static final double DIVIDED = 0.5;

    private final World world;

    private final CacheOptions options;

    private final CacheHistory history;

    private final Map<SimulatedClient, CacheApplication> applications = new LinkedHashMap<>();

    private final List<User> users = new ArrayList<>();

    private CacheWorkload(World world) {
        this.world = world;
        CacheOptions options = CacheOptions.of(world.chance("cache"), world.settings().pace());
        this.options = isDivided(world.seed()) ? options.divided(world.chance("divided cache")) : options;
        this.history = new CacheHistory(world.time(), world.trace(), this.options, world.machines());
    }

    /**
     * Returns whether applications often see only some copies of the generation, and do
     * so little that nothing waits for it when they see the rest.
     */
    private static boolean isDivided(long seed) {
        return new Chance(seed, "divided").hits(DIVIDED);
    }

    @Override
    public Chronicle chronicle() {
        return this.history;
    }

    @Override
    public String settings() {
        return this.options.toString();
    }

    @Override
    public Application use(SimulatedClient client) {
        CacheApplication application = new CacheApplication(client, this.options, this.history, this.world.time(),
                this.world.chance("cache of " + client.number()), this.world.chance("others " + client.number()));
        this.applications.put(client, application);
        for (int i = 0; i < this.world.settings().callers(); i++) {
            CacheUser user = new CacheUser(client, application, this.world.time(),
                    this.world.chance("user " + client.number() + " " + i), this.world.settings(), this.options,
                    this.history, this.applications.keySet());
            this.users.add(user);
            application.isUsedBy(user);
        }
        return application;
    }

    @Override
    public void begin() {
        this.users.forEach(User::begin);
    }

    @Override
    public void stop() {
        this.users.forEach(User::stop);
        this.applications.values().forEach(CacheApplication::isLeftAlone);
    }

    @Override
    public void end() {
        this.applications.values().forEach(CacheApplication::endThreads);
    }

    @Override
    public void checkInPeace(Simulation simulation, List<SimulatedClient> clients) {
        this.history.calm();
        keys().forEach((key) -> clients.forEach((client) -> get(simulation, client, key)));
        for (SimulatedClient client : clients) {
            everythingWorks(simulation, client, clients);
        }
    }

    private Stream<String> keys() {
        int keys = this.world.settings().keys();
        return IntStream.rangeClosed(1, keys)
            .boxed()
            .flatMap((i) -> Stream.concat(Stream.of("e" + i),
                    this.applications.keySet()
                        .stream()
                        .flatMap((client) -> client.applications().stream().map((number) -> "p" + number + "." + i))));
    }

    private byte[] get(Simulation simulation, SimulatedClient client, String key) {
        Call call = this.history.begin(client.application(), Kind.GET, key);
        CompletableFuture<?> reading = this.applications.get(client).view().retrieve(key);
        byte[] data = CacheUser.data(simulation.await(client, "get " + key, reading));
        this.history.read(call, data);
        return data;
    }

    private void everythingWorks(Simulation simulation, SimulatedClient client, List<SimulatedClient> clients) {
        String key = "p" + client.application() + ".1";
        Cache view = this.applications.get(client).view();
        // What is put in a generation that is over is evicted from the one that follows.
        get(simulation, client, key);
        put(client, key, view);
        awaitMemory(simulation);
        expect(simulation, clients, key, true, "put");
        this.history.change(key);
        Call eviction = this.history.beginEviction(client.application(), key);
        boolean done = CacheUser.isDone(simulation.await(client, "evict", SimulatedCache.evict(view, key)));
        this.history.endEviction(eviction, done);
        if (!done) {
            client.fail("has not evicted " + key + " in peace");
        }
        awaitMemory(simulation);
        expect(simulation, clients, key, false, "evicted");
        put(client, key, view);
        Call clear = this.history.beginClear(client.application());
        simulation.await(client, "clear", SimulatedCache.clear(view).thenApply((nothing) -> ""));
        this.history.endClear(clear, true);
        simulation.pass(this.options.clearLagNanos() + 1);
        expect(simulation, clients, key, false, "cleared");
    }

    private void put(SimulatedClient client, String key, Cache view) {
        this.history.change(key);
        WrittenValue value = this.history.newValue(key, client.application(), Condition.NONE, 10);
        this.history.beginPut(client.application(), key, value);
        view.put(key, value.encode());
    }

    private void awaitMemory(Simulation simulation) {
        simulation.pass(this.options.nearNanos() + TimeUnit.MILLISECONDS.toNanos(100));
    }

    private void expect(Simulation simulation, List<SimulatedClient> clients, String key, boolean there, String what) {
        for (SimulatedClient client : clients) {
            // What does not live for ever may be over; what is evicted softly is not.
            boolean either = there ? this.options.timeToLive() != null : this.options.softEvict();
            if (!either && (get(simulation, client, key) != null) != there) {
                client.fail("found " + key + (there ? " not" : "") + " there, after it was " + what + " in peace");
            }
        }
    }

}
