package io.pipewright.bench.contender;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plan of a run as a file in its folder, by which the JVM that runs it, and the plugins in there, know of it. */
public final class JobPlanFile {

    private JobPlanFile() {}

    /** Where the plan of the run with this folder is. */
    public static Path of(String folder) {
        return Path.of(folder).resolve("plan.json");
    }

    /** Writes a plan into the folder that it names. */
    public static Path write(JobPlan plan) throws IOException {
        Path file = of(plan.folder());
        Files.createDirectories(Path.of(plan.folder()));
        new ObjectMapper().writeValue(file.toFile(), plan);
        return file;
    }

    public static JobPlan read(Path file) throws IOException {
        return new ObjectMapper().readValue(file.toFile(), JobPlan.class);
    }
}
