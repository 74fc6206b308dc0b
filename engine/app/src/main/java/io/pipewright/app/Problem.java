package io.pipewright.app;

import java.util.Optional;

/**
 * What a code of findings means, with an example.
 *
 * @param pipeline the pipeline with the mistake; empty if it would be too big to show
 */
record Problem(String code, String means, Optional<Example> pipeline) {

    /**
     * A mistake and what is right.
     *
     * @param wrong lines with the mistake; the whole file if {@code right} is empty
     * @param right the lines in their place; empty if the whole file is wrong
     * @param file the pipeline in which {@code right} stands, or to which it is added; empty if the whole file is wrong
     * @param place where the lines are written
     */
    record Example(String wrong, String right, String file, Place place) {

        /** The whole pipeline with the mistake; the pipeline itself if the mistake is made beside it. */
        String wrongFile() {
            return right.isEmpty() || place != Place.PIPELINE
                    ? file.isEmpty() ? wrong : file
                    : file.replace(right, wrong);
        }
    }

    /** Where the lines of an example are written. */
    enum Place {
        PIPELINE(""),
        OVERLAY(", in a file of `--overlay`"),
        COMMAND_LINE(", on the command line"),
        TEST(", among the cases of a test");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    /** As the terminal shows it. */
    String explained() {
        StringBuilder text =
                new StringBuilder(code).append("\n\n").append(means).append('\n');
        pipeline.ifPresent(example -> {
            text.append("\nWrong")
                    .append(example.place().words)
                    .append(":\n")
                    .append(example.wrong().indent(4));
            if (!example.right().isEmpty()) {
                text.append("\nRight:\n").append(example.right().indent(4));
            }
        });
        return text.toString();
    }

    /** As the reference has it, in Markdown. */
    String documented() {
        StringBuilder text =
                new StringBuilder("## `" + code + "`\n\n").append(means).append('\n');
        pipeline.ifPresent(example -> {
            text.append("\nWrong")
                    .append(example.place().words)
                    .append(":\n```yaml\n")
                    .append(example.wrong())
                    .append("```\n");
            if (!example.right().isEmpty()) {
                text.append("Right:\n```yaml\n").append(example.right()).append("```\n");
            }
        });
        return text.toString();
    }
}
