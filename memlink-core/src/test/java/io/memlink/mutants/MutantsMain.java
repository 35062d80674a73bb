package io.memlink.mutants;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tries mutants, one after the other: each has to be noticed within a minute, or within
 * ten by the simulation. Ends with 1 where one is not, or does not fit its source any
 * more. Arguments: names, or none for all; {@code --simulate} to have the simulation look
 * for them instead of the tests; {@code --write} to put what was seen into the page.
 */
final class MutantsMain {

    private static final int MAX_SECONDS = 60;

    private static final int MAX_SECONDS_SIMULATED = 600;

    /** All tests that have noticed one, together. */
    private static final int MAX_SECONDS_UNHARMED = 600;

    private static final Pattern VIOLATION = Pattern.compile("VIOLATION: (seed \\d+), (step \\d+: .*)");

    private final Path folder = Files.createTempDirectory("mutants");

    private final Path output = this.folder.resolve("output.txt");

    private final Map<String, UnaryOperator<MutantTable.Row>> rows = new LinkedHashMap<>();

    /** Who has noticed a mutant. */
    private final Map<ModulePath, Set<String>> noticing = new LinkedHashMap<>();

    private final Map<Path, ModulePath> paths = new LinkedHashMap<>();

    private final boolean simulate;

    private final List<String> missed = new ArrayList<>();

    private MutantsMain(boolean simulate) throws IOException {
        this.simulate = simulate;
    }

    public static void main(String[] arguments) throws Exception {
        Set<String> names = new LinkedHashSet<>(Arrays.asList(arguments));
        boolean write = names.remove("--write");
        MutantsMain run = new MutantsMain(names.remove("--simulate"));
        List<Mutant> all = Mutant.all();
        boolean every = names.isEmpty();
        List<Mutant> chosen = all.stream().filter((mutant) -> names.remove(mutant.name()) || every).toList();
        if (!names.isEmpty()) {
            throw new IllegalArgumentException("no mutants: " + names);
        }
        for (Mutant mutant : chosen) {
            run.attempt(mutant);
        }
        run.requireUnharmed();
        if (write) {
            MutantTable table = MutantTable.read();
            run.rows.forEach((name, change) -> table.put(name, change.apply(table.row(name))));
            table.write(all);
        }
        System.out.println(chosen.size() - run.missed.size() + " of " + chosen.size() + " noticed"
                + (run.missed.isEmpty() ? "" : ", not: " + run.missed));
        System.exit(run.missed.isEmpty() ? 0 : 1);
    }

    private ModulePath path(Mutant mutant) throws IOException {
        ModulePath path = this.paths.get(mutant.module());
        if (path == null) {
            path = ModulePath.of(mutant.module());
            this.paths.put(mutant.module(), path);
        }
        return path;
    }

    /** Without a mutant, those who have noticed one have to pass. */
    private void requireUnharmed() throws IOException, InterruptedException {
        for (Map.Entry<ModulePath, Set<String>> each : this.noticing.entrySet()) {
            Integer status = run(each.getKey(), this.folder.resolve("none"), List.copyOf(each.getValue()),
                    MAX_SECONDS_UNHARMED);
            if (status == null || status != 0) {
                throw new IllegalStateException("without a mutant, a test fails: " + Files.readString(this.output));
            }
        }
    }

    private void attempt(Mutant mutant) throws IOException, InterruptedException {
        if (mutant.places() != 1) {
            miss(mutant, "its lines are " + mutant.places() + " times in " + mutant.file() + " (expected: once)");
            return;
        }
        ModulePath path = path(mutant);
        Path classes = Files.createDirectory(this.folder.resolve(mutant.name()));
        String refused = path.compile(mutant, classes);
        if (!refused.isEmpty()) {
            miss(mutant, "does not compile: " + refused);
        }
        else if (this.simulate) {
            simulate(mutant, path, classes);
        }
        else {
            test(mutant, path, classes);
        }
    }

    private void miss(Mutant mutant, String why) {
        this.missed.add(mutant.name());
        System.out.println("MISSED  " + mutant.name() + ": " + why);
    }

    private void test(Mutant mutant, ModulePath path, Path classes) throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(List.of(TestRun.class.getName()));
        for (String test : mutant.tests()) {
            program.add(mutant.fullName(test));
        }
        long begin = System.nanoTime();
        Integer status = run(path, classes, program, MAX_SECONDS);
        String seconds = seconds(System.nanoTime() - begin);
        String noticed = outputLines().stream()
            .filter((line) -> line.startsWith(TestRun.NOTICED))
            .reduce("", (first, second) -> second);
        if (status == null || status != TestRun.FAILED || noticed.isEmpty()) {
            miss(mutant, (status == null) ? "no end within " + MAX_SECONDS + " s" : "survived, status " + status);
            return;
        }
        String test = noticed.substring(TestRun.NOTICED.length());
        System.out.println("noticed " + mutant.name() + " by " + test + " after " + seconds + " s");
        this.rows.put(mutant.name(), (row) -> row.noticed(mutant.promise(), test, seconds));
        this.noticing.computeIfAbsent(path, (first) -> new LinkedHashSet<>(List.of(TestRun.class.getName())))
            .add(mutant.fullName(test.replace(TestRun.HANGS, "").replace('.', '#')));
    }

    private void simulate(Mutant mutant, ModulePath path, Path classes) throws IOException, InterruptedException {
        boolean caches = !mutant.file().startsWith("memlink-core");
        long seed = System.nanoTime() & 0xFFFFFFFFL;
        long begin = System.nanoTime();
        run(path, classes,
                List.of("io.memlink.simulation." + (caches ? "CacheSimulationMain" : "SimulationMain"), "--minutes",
                        Double.toString((MAX_SECONDS_SIMULATED - 2) / 60.0), "--seed", Long.toString(seed)),
                MAX_SECONDS_SIMULATED);
        String seconds = seconds(System.nanoTime() - begin);
        Matcher violation = VIOLATION.matcher(String.join("\n", outputLines()));
        if (!violation.find()) {
            miss(mutant, "not found by the simulation from seed " + seed + " in " + seconds + " s");
            this.rows.put(mutant.name(),
                    (row) -> row.simulated(mutant.promise(), "not in " + MAX_SECONDS_SIMULATED + " s"));
            return;
        }
        System.out.println("noticed " + mutant.name() + " by the simulation after " + seconds + " s: "
                + violation.group(1) + ", " + violation.group(2));
        String seen = violation.group(1) + ", " + seconds + " s";
        this.rows.put(mutant.name(), (row) -> row.simulated(mutant.promise(), seen));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    /** Runs a program to its end; returns {@code null} where that takes too long. */
    private @Nullable Integer run(ModulePath path, Path classes, List<String> program, int maxSeconds)
            throws IOException, InterruptedException {
        Process process = path.begin(classes, this.output, program);
        boolean ended = process.waitFor(maxSeconds, TimeUnit.SECONDS);
        // Servers that tests have started outlive those that are halted.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        return ended ? process.exitValue() : null;
    }

    private List<String> outputLines() throws IOException {
        return Files.readString(this.output, StandardCharsets.ISO_8859_1).lines().toList();
    }

}
