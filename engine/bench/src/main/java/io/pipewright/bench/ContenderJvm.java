package io.pipewright.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the JVM of its own in which a contender runs once, and ends with it. */
record ContenderJvm(JvmFlags flags, boolean profile, Duration timeout) {

    /**
     * Runs a main class to its end.
     *
     * @param folder of the run, for its log and where the class leaves its result
     * @return why there is no result, empty if there is one
     */
    Optional<String> run(Class<?> main, Path folder, String... arguments) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(main, folder, arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread withUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(withUs);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of("did not end within " + timeout.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(withUs);
        }
        boolean fine = process.exitValue() == 0 && Files.exists(folder.resolve(ContenderProcess.RESULT));
        return fine ? Optional.empty() : Optional.of("failed; `" + log + "` says why");
    }

    private List<String> command(Class<?> main, Path folder, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags.all());
        if (profile) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + folder.resolve("profile.jfr"));
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }
}
