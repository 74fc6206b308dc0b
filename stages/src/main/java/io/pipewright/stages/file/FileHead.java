package io.pipewright.stages.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What a file began with when it was last opened. One that only grows begins with it for good; one that does not was
 * written anew, or is another that took over its inode.
 *
 * @param length of how many bytes, 0 to 1,024
 * @param checksum of these bytes
 */
record FileHead(int length, int checksum) {

    static final FileHead NONE = new FileHead(0, 0);

    private static final int LONGEST = 1024;

    /** The bytes that a head is made of, as far as there are some. */
    static byte[] read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(LONGEST);
        }
    }

    static FileHead of(byte[] first) {
        return new FileHead(first.length, checksum(first, first.length));
    }

    boolean begins(byte[] first) {
        return length <= first.length && checksum == checksum(first, length);
    }

    private static int checksum(byte[] first, int length) {
        CRC32C crc = new CRC32C();
        crc.update(first, 0, length);
        return (int) crc.getValue();
    }
}
