package io.pipewright.spi.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextCacheTest {

    @Test
    void givesTheTextOfTheBytesWhateverCameBefore() {
        TextCache cache = new TextCache();
        Random random = new Random(1);

        for (int i = 0; i < 300_000; i++) {
            boolean repeating = i / 20_000 % 2 == 0; // so that it also rests and begins again
            String text = Integer.toString(random.nextInt(repeating ? 300 : 1_000_000), 2 + random.nextInt(35));
            byte[] bytes = ("\"" + text + "\",\"x\"").getBytes(StandardCharsets.US_ASCII);
            assertThat(cache.text(bytes, 1, 1 + text.length())).isEqualTo(text);
        }
    }

    @Test
    void givesTextsThatComeAgainAsOneString() {
        TextCache cache = new TextCache();
        byte[] bytes = "\"VOICE\",\"CHAT\",\"VOICE\",\"\"      ".getBytes(StandardCharsets.US_ASCII);

        assertThat(cache.text(bytes, 1, 6)).isEqualTo("VOICE").isSameAs(cache.text(bytes, 16, 21));
        assertThat(cache.text(bytes, 24, 24)).isEmpty();
        assertThat(cache.text(bytes, 9, 13)).isEqualTo("CHAT");
    }
}
