package io.pipewright.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The flags of every contender's JVM.
 *
 * @param heapMegabytes all of it is touched before the run; three tenths are the young generation
 */
record JvmFlags(int heapMegabytes) {

    /** Megabytes below which Flink's network memory, which may be as large as the heap, has no room. */
    static final int LEAST_HEAP = 512;

    /** What Flink asks of a JDK 17, as its own start scripts pass it. */
    private static final List<String> OPENS = List.of(
            "java.lang",
            "java.net",
            "java.io",
            "java.nio",
            "sun.nio.ch",
            "java.lang.reflect",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks");

    /** The flags, as they are reported too. */
    List<String> tuning() {
        return List.of(
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-Xmn" + heapMegabytes * 3 / 10 + "m",
                "-XX:+UseG1GC",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseTransparentHugePages");
    }

    List<String> all() {
        List<String> flags = new ArrayList<>(tuning());
        flags.add("--add-exports=java.base/sun.net.util=ALL-UNNAMED");
        OPENS.forEach(opened -> flags.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        flags.add("-Dlog4j2.configurationFile=log4j2-bench.properties");
        return flags;
    }
}
