package io.pipewright.app;

import java.io.IOException;
import java.nio.file.Files;

/**
 * What the fuzzer knows by its name and those of its methods. None of them names a class of ours: the fuzzer first asks
 * whether these are tests of JUnit, and can change no class that is loaded by then.
 */
public final class FuzzTarget {

    private FuzzTarget() {}

    /** Loads what the fuzzer changes and counts, which takes longer than any input may. */
    public static void fuzzerInitialize() throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(TestPlace.pipeline()));
    }

    /** Throws if the input shows a fault of ours. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        FuzzedPipeline.check(input);
    }
}
