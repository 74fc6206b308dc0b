package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A job that counts for ever, compiled against the cluster's own jars: this module has no Flink. */
final class JobJar {
    private static final String SOURCE =
            """
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class CountingJob {
                public static void main(String[] args) throws Exception {
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    env.fromSource(
                                    new NumberSequenceSource(1, Long.MAX_VALUE),
                                    WatermarkStrategy.<Long>forMonotonousTimestamps().withTimestampAssigner((n, t) -> n),
                                    "numbers")
                            .uid("numbers")
                            .rebalance()
                            .sinkTo(new DiscardingSink<>())
                            .uid("nowhere");
                    env.execute(System.getenv("GREETING") + " " + String.join(" ", args));
                }
            }
            """;

    private JobJar() {}

    static Path build(List<Path> classPath, Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(classes.resolve("CountingJob.java"), SOURCE);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, messages, messages, "-proc:none", "-cp", jars, "-d", classes.toString(), source.toString());
        assertThat(failed).as(messages.toString()).isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "CountingJob");
        Path jar = folder.resolve("job.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                entries.write(Files.readAllBytes(file));
                entries.closeEntry();
            }
        }
        return jar;
    }
}
