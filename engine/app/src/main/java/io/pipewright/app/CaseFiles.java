package io.pipewright.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The files of cases among the files and folders that {@code test} is given: {@code x.test.yaml} beside {@code x.yaml}. */
final class CaseFiles {

    private CaseFiles() {}

    /**
     * The files of cases as they are named, those beside pipelines that are named, and in the place of each folder all
     * below it, in alphabetical order; folders whose names begin with a dot are left out. Each file is there once.
     *
     * @param passOver whether files that are neither are no mistake
     */
    static Set<Path> among(List<Path> named, boolean passOver) {
        Set<Path> files = new LinkedHashSet<>();
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                PipelineFiles.collect(path, CaseFiles::isCases, files);
            } else if (isCases(path)) {
                files.add(path);
            } else {
                Path beside = beside(path);
                if (Files.isRegularFile(beside)) {
                    files.add(beside);
                } else if (!passOver) {
                    throw none(path, beside);
                }
            }
        }
        return files;
    }

    private static boolean isCases(Path file) {
        return String.valueOf(file.getFileName()).matches(".*\\.test\\.ya?ml");
    }

    private static Path beside(Path pipeline) {
        String name = String.valueOf(pipeline.getFileName()).replaceFirst("\\.(ya?ml)$", ".test.$1");
        return isCases(Path.of(name)) ? pipeline.resolveSibling(name) : pipeline;
    }

    private static CommandFailure none(Path path, Path beside) {
        if (!Files.exists(path)) {
            return new CommandFailure(ExitCode.USAGE, "There is no file `" + path + "`. Check the path of the test.");
        }
        return new CommandFailure(
                ExitCode.USAGE,
                "`" + path + "` is no test of a pipeline. "
                        + (beside.equals(path)
                                ? "Name a file `*.test.yaml`."
                                : "Its cases would stand in `" + beside + "`, which is not there."));
    }
}
