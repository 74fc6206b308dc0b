package io.pipewright.bench.feed;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * A moment of this JVM.
 *
 * @param nanos of {@link System#nanoTime}
 * @param cpuNanos what all threads have used so far, the collector's and the compiler's among them
 */
public record Stopclock(long nanos, long cpuNanos) {

    public static Stopclock now() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Stopclock(System.nanoTime(), system.getProcessCpuTime());
    }
}
