package io.pipewright.bench.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of Nexmark in Flink's SQL, over the views {@code person}, {@code auction} and {@code bid}; its columns are named
 * as the fields that the pipeline of its name puts out.
 */
public record NexmarkQuery(String name, String sql) {

    /** Without 6, which Flink SQL does not take, and 10, 12 and 13: files, the clock, and a table beside the stream. */
    private static final List<Integer> NUMBERS =
            List.of(0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22);

    /** All queries that there are. */
    public static List<NexmarkQuery> all() throws IOException {
        List<NexmarkQuery> all = new ArrayList<>();
        for (int number : NUMBERS) {
            String name = "q" + number;
            try (InputStream text = NexmarkQuery.class.getResourceAsStream(name + ".sql")) {
                if (text == null) {
                    throw new IOException("There is no `" + name + ".sql` beside " + NexmarkQuery.class);
                }
                all.add(new NexmarkQuery(name, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }
}
