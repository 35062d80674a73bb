package io.memlink.benchmarks.recorded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of runs, which grows by a line for each. Not safe for use by many threads or
 * processes.
 */
public final class Recording {

    private final Path file;

    public Recording(Path file) {
        this.file = file;
    }

    /** Returns the present date as a {@link RecordedRun.Setting} wants it. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    /** Adds a run at the end, and makes the file if there is none. */
    public void append(RecordedRun run) throws IOException {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(this.file)) {
            if (this.file.getParent() != null) {
                Files.createDirectories(this.file.getParent());
            }
            lines.add(RecordedRun.HEADER);
        }
        lines.add(run.toLine());
        Files.write(this.file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Reads all runs, in the order in which they were recorded. */
    public List<RecordedRun> read() throws IOException {
        return Files.readAllLines(this.file)
            .stream()
            .filter((line) -> !line.isBlank() && !line.equals(RecordedRun.HEADER))
            .map(RecordedRun::parse)
            .toList();
    }

}
