package io.pipewright.sandbox.cxone;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bytes that are no event, one way after the other. */
final class MalformedEvents {
    /** {@code %d} is a sound event time, {@code ~} stands for bytes that are not UTF-8. */
    private static final List<String> SHAPES = List.of(
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VO",
            "this is no JSON",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VO~ICE\",\"timestamp\":%d}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":\"yesterday\"}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":42,\"timestamp\":%d}",
            "{\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":%d}",
            "{\"recordType\":null,\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":%d}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":99999999999999999999}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":9223372036854775808}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":\"%d\"}",
            "[{\"recordType\":\"interaction\"}]",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":%d} tail",
            "\"interaction\"",
            "null",
            "{}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":{\"name\":\"VOICE\"},\"timestamp\":%d}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"customerId\":true,\"timestamp\":%d}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VO\nICE\",\"timestamp\":%d}",
            "{'recordType':'interaction','interactionId':'m','channel':'VOICE','timestamp':%d}",
            "{\"recordType\":\"interaction\",\"interactionId\":\"m\",\"channel\":\"VOICE\",\"timestamp\":%d,}",
            "{\"recordType\":\"customer_update\",\"customerId\":\"c1\",\"tier\":[\"GOLD\"],\"region\":\"EU\",\"timestamp\":%d}");

    /** A cut sequence, a UTF-16 surrogate, an overlong zero, a byte that never occurs. */
    private static final List<byte[]> NO_UTF8 = List.of(
            new byte[] {(byte) 0xC3, '('},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xC0, (byte) 0x80},
            new byte[] {(byte) 0xFF});

    private int next;

    byte[] next(long time) {
        int turn = next++;
        String text = SHAPES.get(turn % SHAPES.size()).replace("%d", Long.toString(time));
        int mark = text.indexOf('~');
        if (mark < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] before = text.substring(0, mark).getBytes(StandardCharsets.UTF_8);
        byte[] bad = NO_UTF8.get(turn / SHAPES.size() % NO_UTF8.size());
        byte[] after = text.substring(mark + 1).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + bad.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(bad, 0, all, before.length, bad.length);
        System.arraycopy(after, 0, all, before.length + bad.length, after.length);
        return all;
    }
}
