package io.pipewright.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line of a JVM: the same JDK as this one, the flags, a class path of jars in the given order, the main class
 * and its arguments.
 */
record JavaCommand(List<String> flags, List<Path> classPath, String mainClass, List<String> arguments) {
    JavaCommand {
        flags = List.copyOf(flags);
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
    }

    /** The words of the command, with flags of the moment before its own. */
    List<String> words(List<String> more) {
        List<String> words = new ArrayList<>();
        words.add(tool("java"));
        words.addAll(more);
        words.addAll(flags);
        words.add("-cp");
        words.add(classPath.stream().map(Path::toString).collect(Collectors.joining(java.io.File.pathSeparator)));
        words.add(mainClass);
        words.addAll(arguments);
        return words;
    }

    /** A program of the JDK that runs us. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
