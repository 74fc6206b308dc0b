package io.pipewright.sandbox;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts the processes of a Flink as its own scripts do, each with the settings of one folder. */
final class FlinkProcesses {

    private static final String OPENS = "java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text"
            + " java.time java.util java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks";

    private final List<Path> jars;
    private final ClassArchive jobManagerClasses;
    private final ClassArchive taskManagerClasses;
    private final Path directory;
    private final Path conf;
    private final Map<String, String> environment;

    /** @param environment variables of all of them, added to those of this JVM */
    FlinkProcesses(SandboxHome home, Path directory, Path conf, Map<String, String> environment) {
        this.jars = home.jars("flink");
        this.jobManagerClasses = ClassArchive.of(home, "flink", "jobmanager");
        this.taskManagerClasses = ClassArchive.of(home, "flink", "taskmanager");
        this.directory = directory;
        this.conf = conf;
        this.environment = environment;
    }

    /** @param arguments after those that name the settings */
    ChildProcess jobManager(String mainClass, List<String> arguments) {
        return start(
                "Flink JobManager",
                "jobmanager",
                ClassArchive.flags(jobManagerClasses.usable()),
                new JavaCommand(flags(List.of("-Xmx448m"), "log4j.properties"), jars, mainClass, withConf(arguments)),
                environment);
    }

    ChildProcess taskManager(int number) {
        List<String> memory = List.of("-Xmx512m", "-XX:MaxDirectMemorySize=256m", "-XX:MaxMetaspaceSize=256m");
        return start(
                "Flink TaskManager " + number,
                "taskmanager-" + number,
                ClassArchive.flags(taskManagerClasses.usable()),
                new JavaCommand(
                        flags(memory, "log4j.properties"),
                        jars,
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        withConf(List.of())),
                environment);
    }

    private List<String> withConf(List<String> arguments) {
        return Stream.concat(Stream.of("--configDir", conf.toString()), arguments.stream())
                .toList();
    }

    /** Flink's command line; it has most classes in common with the JobManager. */
    ChildProcess commandLine(String log, Map<String, String> variables, List<String> arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        all.put("FLINK_CONF_DIR", conf.toString());
        return start(
                "flink " + arguments.get(0),
                log,
                jobManagerClasses.usable().isEmpty() ? List.of() : ClassArchive.flags(jobManagerClasses.usable()),
                new JavaCommand(
                        flags(List.of("-Xmx512m"), "log4j-cli.properties"),
                        jars,
                        "org.apache.flink.client.cli.CliFrontend",
                        arguments),
                all);
    }

    private ChildProcess start(
            String name, String log, List<String> archive, JavaCommand command, Map<String, String> variables) {
        return ChildProcess.start(new ChildProcess.Spec(
                name, command.words(archive), variables, directory, directory.resolve(log + ".log")));
    }

    private List<String> flags(List<String> memory, String logging) {
        Stream<String> exports = Stream.of(
                        "java.base/sun.net.util", "java.rmi/sun.rmi.registry", "java.security.jgss/sun.security.krb5")
                .map(e -> "--add-exports=" + e + "=ALL-UNNAMED");
        Stream<String> opens = Arrays.stream(OPENS.split(" ")).map(p -> "--add-opens=java.base/" + p + "=ALL-UNNAMED");
        Stream<String> always = Stream.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dlog4j.configurationFile=" + conf.resolve(logging).toUri());
        return Stream.of(memory.stream(), always, exports, opens)
                .flatMap(s -> s)
                .toList();
    }

    /** Has processes that are about to be closed write the archives of classes that later ones start from. */
    void keepClasses(ChildProcess jobManager, List<ChildProcess> taskManagers) {
        jobManagerClasses.dump(jobManager);
        taskManagers.stream().filter(ChildProcess::isAlive).findFirst().ifPresent(taskManagerClasses::dump);
    }
}
