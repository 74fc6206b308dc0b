package io.pipewright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;

/**
 * Where the operators of a job may put files, of one for all lives of all of them: Flink's has threads and folders, and
 * to make one for each operator takes most of the time of a short test.
 */
final class SharedDisk extends IOManagerAsync {

    /** Called for each operator that ends; others go on. */
    @Override
    public void close() {}

    /** Removes all files. */
    void end() {
        try {
            super.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of a job under test cannot be removed", e);
        } catch (Exception e) {
            throw new IllegalStateException("The files of a job under test cannot be removed", e);
        }
    }
}
