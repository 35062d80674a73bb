package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.memlink.benchmarks.recorded.RecordedRun;
import io.memlink.benchmarks.recorded.Recording;
import io.memlink.benchmarks.sidebyside.Measurement.Figure;
import io.memlink.benchmarks.sidebyside.contender.Variant;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.jspecify.annotations.Nullable;

/** Adds each run to the file of the command line, if it names one. */
final class RunRecorder {

    private final RecordedRun.Setting setting;

    private final @Nullable Recording recording;

    RunRecorder(Arguments arguments) throws IOException {
        Path file = arguments.recordFile();
        this.recording = (file != null) ? new Recording(file) : null;
        this.setting = new RecordedRun.Setting(Recording.now(), arguments.javaVersion(),
                arguments.pinned() ? "pinned" : "free", arguments.warmSeconds(), arguments.measuredSeconds());
    }

    void add(Workload workload, String contender, int round, Measurement measured) throws IOException {
        if (this.recording == null) {
            return;
        }
        Map<String, Double> figures = new HashMap<>();
        for (Figure figure : Figure.values()) {
            figures.put(figure.title(), measured.get(figure));
        }
        this.recording.append(new RecordedRun(this.setting, workload.name(), contender,
                Variant.named(contender).transport(), round, figures));
    }

}
