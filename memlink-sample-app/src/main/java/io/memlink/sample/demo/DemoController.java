package io.memlink.sample.demo;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import io.memlink.sample.demo.History.Action;
import io.memlink.sample.demo.History.LastLook;
import io.memlink.sample.demo.History.Sample;
import io.memlink.sample.demo.Measurements.Memory;
import io.memlink.sample.demo.Stampede.Protection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The controller for what the page asks for, and for what its buttons do. Safe for use by
 * many threads.
 */
@RestController
@RequestMapping("/demo")
class DemoController {

    private final History history;

    private final Measurements measurements;

    private final Traffic traffic;

    private final Database database;

    private final Stampede stampede;

    private final PriceChange priceChange;

    private final @Nullable DemoServers servers;

    DemoController(History history, Measurements measurements, Traffic traffic, Database database, Stampede stampede,
            PriceChange priceChange, ObjectProvider<DemoServers> servers) {
        this.history = history;
        this.measurements = measurements;
        this.traffic = traffic;
        this.database = database;
        this.stampede = stampede;
        this.priceChange = priceChange;
        this.servers = servers.getIfAvailable();
    }

    @GetMapping("/state")
    State state() {
        this.traffic.watched();
        return new State(this.traffic.perSecond(), this.database.isDown(), this.history.samples(),
                this.measurements.counters(), this.history.products(this.measurements.states()),
                this.measurements.memory(), (this.servers != null) ? this.servers.states() : Map.of(),
                this.history.actions());
    }

    @PutMapping("/traffic")
    void traffic(@RequestParam int perSecond) {
        this.traffic.perSecond(perSecond);
    }

    @PutMapping("/database")
    void database(@RequestParam boolean down) {
        this.database.down(down);
        this.history.action(down ? "The database was switched off" : "The database was switched on");
    }

    @PostMapping("/servers/{id}/{action}")
    void server(@PathVariable String id, @PathVariable ServerAction action) throws IOException {
        if (this.servers == null) {
            throw new IllegalStateException("The servers do not run in this process (expected: no memlink.backends)");
        }
        DemoServer server = this.servers.server(id);
        Instant begun = this.history.now();
        switch (action) {
            case freeze -> server.freeze();
            case kill -> server.kill();
            case fill -> server.fill();
            case revive -> server.revive();
        }
        this.history.action(begun, id + " was " + action.past);
    }

    @PostMapping("/stampede")
    Stampede.Result stampede(@RequestParam Protection protection) throws InterruptedException, ExecutionException {
        Stampede.Result result = this.stampede.run(protection);
        this.history.action("A stampede of " + result.callers() + " callers caused " + result.queries()
                + ((result.queries() == 1) ? " query" : " queries"));
        return result;
    }

    @PostMapping("/price")
    PriceChange.Result price(@RequestParam long id) {
        PriceChange.Result result = this.priceChange.raise(id);
        this.history.action(String.format(Locale.ROOT, "Product %d costs %s now", id, result.after()));
        return result;
    }

    @ExceptionHandler({ IllegalArgumentException.class, IllegalStateException.class })
    ProblemDetail refuse(RuntimeException ex) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
    }

    /** An action on a server; the names are those of the paths. */
    enum ServerAction {

        freeze("frozen"), kill("killed"), fill("filled"), revive("revived");

        private final String past;

        ServerAction(String past) {
            this.past = past;
        }

    }

    /**
     * All that the page shows beside the state of the backends, which it gets from the
     * endpoint that any application has.
     *
     * @param perSecond how many looks there are in a second
     * @param databaseDown whether the database is switched off
     * @param samples the last minutes
     * @param totals what has been counted since the start
     * @param products the last looks, in the order of the products
     * @param memory how full the servers are
     * @param servers how the servers are that the page can break, if there are any
     * @param actions what was done on the page, the latest first
     */
    record State(int perSecond, boolean databaseDown, List<Sample> samples, Counters totals,
            List<@Nullable LastLook> products, Map<String, Memory> memory, Map<String, DemoServer.State> servers,
            List<Action> actions) {

    }

}
