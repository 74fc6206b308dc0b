package io.pipewright.stages.json;

import io.pipewright.spi.record.TextCache;
import io.pipewright.stages.text.ExactNumbers;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks once over the bytes of a message by the grammar of RFC 8259 and nothing beyond it. Whether they are UTF-8 is the
 * caller's to see, if {@link #beyondAscii any need it} or the message was refused.
 *
 * <p>What it passes over is checked like what it reads. A message that breaks a rule is refused: the method that finds it
 * returns false or null, {@link #refusal} says why, and the walk is over. Nothing is thrown, for malformed messages may
 * come as fast as others. Texts are scanned eight bytes at a time. One instance serves one thread, message after message.
 *
 * <p>It is one long file because it is one grammar: all methods share the position and what was scanned last.
 */
final class JsonCursor {

    static final int DEEPEST = 512;

    /** What {@link #peek} returns behind the last byte; no byte of UTF-8 is equal to it. */
    static final byte END = -1;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final int MOST_DIGITS = 18;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private byte[] bytes = {};
    private int at;
    private int depth;
    private @Nullable Refusal refusal;

    private int from;
    private int to;
    private boolean escaped;
    private boolean ascii;
    private boolean whole;
    private long digits;
    private int beyondAscii;

    /** Stands on the first value of another message; a byte order mark before it is skipped. */
    void start(byte[] message) {
        bytes = message;
        boolean marked = message.length >= 3
                && message[0] == (byte) 0xEF
                && message[1] == (byte) 0xBB
                && message[2] == (byte) 0xBF;
        at = marked ? 3 : 0;
        depth = 0;
        refusal = null;
        beyondAscii = -1;
        skipSpace();
    }

    /** A byte before the first that it has passed over that is not ASCII, -1 without one; UTF-8 is not looked at. */
    int beyondAscii() {
        return beyondAscii;
    }

    /** Why the message was refused, or null as long as it was not. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** Refuses the message. */
    boolean refuse(Refusal why) {
        refusal = why;
        return false;
    }

    /** A refusal from further in happened inside this field, {@code .key} or {@code [index]}. */
    void inside(String step) {
        if (refusal != null) {
            refusal = refusal.inside(step);
        }
    }

    /** Where the cursor stands, for {@link #back}. */
    int position() {
        return at;
    }

    /** Goes back to where it stood in the same container, to read a value a second time. */
    void back(int position) {
        at = position;
    }

    /** The byte it stands on, which is the first one of a value, or {@link #END}. */
    byte peek() {
        return at < bytes.length ? bytes[at] : END;
    }

    boolean isNull() {
        return peek() == 'n';
    }

    /** Whether nothing but white space follows. */
    boolean ends() {
        skipSpace();
        return at == bytes.length;
    }

    private void skipSpace() {
        int i = at;
        while (i < bytes.length && bytes[i] <= ' ' && isSpace(bytes[i])) {
            i++;
        }
        at = i;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Skips white space, of which there mostly is none. */
    private void skipAnySpace() {
        if (peek() <= ' ') {
            skipSpace();
        }
    }

    /** Enters the object or array that it stands on; false if that is too deep. */
    boolean open() {
        if (++depth > DEEPEST) {
            return malformed("The JSON is nested deeper than " + DEEPEST + " levels.");
        }
        at++;
        return true;
    }

    /** Leaves a container that has no elements; to be asked once, right behind {@link #open}. */
    boolean closesAtOnce(char bracket) {
        skipAnySpace();
        if (peek() != bracket) {
            return false;
        }
        leave();
        return true;
    }

    /** Whether another element follows the one just read; if not, the container was left, or the message refused. */
    boolean more(char bracket) {
        skipAnySpace();
        byte next = peek();
        if (next == ',') {
            at++;
            skipAnySpace();
            return true;
        }
        if (next == bracket) {
            leave();
            return false;
        }
        return unexpected("`,` or `" + bracket + "` must follow a value");
    }

    private void leave() {
        at++;
        depth--;
    }

    /** Passes over these bytes and white space behind them, if they come next. */
    boolean passes(byte[] expected) {
        int length = expected.length;
        int end = at + length;
        if (end > bytes.length) {
            return false;
        }
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONGS.get(bytes, at + i) != (long) LONGS.get(expected, i)) {
                return false;
            }
        }
        if (i < length && length > Long.BYTES) { // the last eight bytes, some of them once more
            i = length;
            if ((long) LONGS.get(bytes, end - Long.BYTES) != (long) LONGS.get(expected, length - Long.BYTES)) {
                return false;
            }
        }
        for (; i < length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        at = end;
        skipAnySpace();
        return true;
    }

    /** The bytes between a position and where it stands. */
    byte[] since(int position) {
        return Arrays.copyOfRange(bytes, position, at);
    }

    /** Scans the key it stands on; {@link #text} then tells it. */
    boolean key() {
        return peek() == '"' ? scanText() : unexpected("a key in double quotes must come here");
    }

    /** Passes over the colon behind a key, and stands on the value. */
    boolean colon() {
        skipAnySpace();
        if (peek() != ':') {
            return unexpected("`:` must follow a key");
        }
        at++;
        skipAnySpace();
        return true;
    }

    /** Scans the text it stands on. */
    boolean scanText() {
        int i = at + 1;
        from = i;
        escaped = false;
        long high = 0;
        while (true) {
            while (i + 8 <= bytes.length) {
                long word = (long) LONGS.get(bytes, i);
                long stops = ends(word);
                if (stops != 0) {
                    int before = Long.numberOfTrailingZeros(stops) & ~7;
                    high |= word & ((1L << before) - 1);
                    i += before >>> 3;
                    break;
                }
                high |= word;
                i += 8;
            }
            while (i < bytes.length && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] & 0xFF) >= ' ') {
                high |= bytes[i++];
            }
            if (i == bytes.length) {
                at = i;
                return endsEarly();
            }
            if (bytes[i] == '"') {
                to = i;
                at = i + 1;
                ascii = (high & HIGH_BITS) == 0;
                if (!ascii && beyondAscii < 0) {
                    beyondAscii = from;
                }
                return true;
            }
            at = i;
            if (bytes[i] != '\\') {
                return unexpected("a control character must be escaped");
            }
            int escape = escapeLength();
            if (escape == 0) {
                return false;
            }
            i += escape;
            escaped = true;
        }
    }

    /**
     * Bit 7 of each byte at which a text ends or an escape begins, or which it may not have; above the lowest such one it may
     * say too much. With its second bit changed, a quotation mark is the one byte beside control characters below 0x21.
     */
    private static long ends(long word) {
        long escapes = word ^ BACKSLASHES;
        return (((word ^ 2 * ONES) - 0x21 * ONES) & ~word | (escapes - ONES) & ~escapes) & HIGH_BITS;
    }

    /** The length of the escape it stands on; 0 after a refusal. */
    private int escapeLength() {
        if (at + 1 == bytes.length) {
            at++;
            endsEarly();
            return 0;
        }
        byte kind = bytes[at + 1];
        if (kind != 'u') {
            if ("\"\\/bfnrt".indexOf(kind) < 0) {
                unexpected("this escape is unknown");
                return 0;
            }
            return 2;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (i == bytes.length) {
                at = i;
                endsEarly();
                return 0;
            }
            if (Character.digit(bytes[i], 16) < 0) {
                at = i;
                unexpected("four hexadecimal digits must follow `\\u`");
                return 0;
            }
        }
        return 6;
    }

    /** Whether the text last scanned has no escapes, so that its bytes are the text. */
    boolean isPlain() {
        return !escaped;
    }

    /** The text last scanned, from a cache if it pays. */
    String text(TextCache cache) {
        return ascii && !escaped ? cache.text(bytes, from, to) : text();
    }

    /** The text last scanned, with its escapes resolved. */
    String text() {
        if (escaped) {
            return unescaped();
        }
        return new String(bytes, from, to - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private String unescaped() {
        StringBuilder text = new StringBuilder(to - from);
        int plain = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                text.append(new String(bytes, plain, i - plain, StandardCharsets.UTF_8));
                i++;
                if (bytes[i] == 'u') {
                    text.append((char) Integer.parseInt(new String(bytes, i + 1, 4, StandardCharsets.ISO_8859_1), 16));
                    i += 4;
                } else {
                    text.append(escape(bytes[i]));
                }
                plain = i + 1;
            }
        }
        return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8))
                .toString();
    }

    private static char escape(byte kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> (char) kind;
        };
    }

    /** Whether it stands on a number, as far as one byte tells. */
    boolean onNumber() {
        byte first = peek();
        return first == '-' || first >= '0' && first <= '9';
    }

    /** Scans the number it stands on; {@link #isWhole}, {@link #isShort} and others then tell it. */
    boolean scanNumber() {
        from = at;
        int i = at;
        if (bytes[i] == '-') {
            i++;
        }
        int first = i;
        long value = 0; // overflows unseen where isShort says no
        while (i + 8 <= bytes.length) {
            long word = (long) LONGS.get(bytes, i) ^ '0' * ONES;
            int count = leadingDigits(word);
            if (count > 0) {
                value = value * POWERS[count] + number(word << 64 - 8 * count);
                i += count;
            }
            if (count < 8) {
                break;
            }
        }
        while (i < bytes.length && isDigit(bytes[i])) {
            value = value * 10 + (bytes[i++] - '0');
        }
        digits = i - first > MOST_DIGITS ? Long.MIN_VALUE : bytes[from] == '-' ? -value : value;
        if (i == first || bytes[first] == '0' && i > first + 1) {
            at = i == first ? i : first;
            return i == bytes.length ? endsEarly() : unexpected("this is no number");
        }
        whole = true;
        if (i < bytes.length && bytes[i] == '.') {
            i = digitsFrom(i + 1);
        }
        if (i > 0 && i < bytes.length && (bytes[i] == 'e' || bytes[i] == 'E')) {
            boolean signed = i + 1 < bytes.length && (bytes[i + 1] == '+' || bytes[i + 1] == '-');
            i = digitsFrom(signed ? i + 2 : i + 1);
        }
        if (i < 0) {
            return false;
        }
        to = i;
        at = i;
        return to - from <= ExactNumbers.LONGEST
                || malformed("A number is longer than " + ExactNumbers.LONGEST + " characters.");
    }

    /** How many of eight bytes are digits before the first that is none, {@code '0'} taken off each of them. */
    private static int leadingDigits(long word) {
        return Long.numberOfTrailingZeros((word + (0x80 - 10) * ONES | word) & HIGH_BITS) >>> 3;
    }

    /** The number of eight digits, the first in the lowest byte: pairs of neighbours are put together three times. */
    private static long number(long word) {
        long pairs = word * 10 + (word >>> 8) & 0x00FF00FF00FF00FFL;
        long fours = pairs * 100 + (pairs >>> 16) & 0x0000FFFF0000FFFFL;
        return fours * 10_000 + (fours >>> 32) & 0xFFFFFFFFL;
    }

    /** Passes over the digits behind a point or an exponent's letter; -1 if there are none. */
    private int digitsFrom(int begin) {
        whole = false;
        int i = begin;
        while (i < bytes.length && isDigit(bytes[i])) {
            i++;
        }
        if (i > begin) {
            return i;
        }
        at = i;
        if (i >= bytes.length) {
            endsEarly();
        } else {
            unexpected("this is no number");
        }
        return -1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Whether the number last scanned has neither a fraction nor an exponent. */
    boolean isWhole() {
        return whole;
    }

    /** Whether {@link #digits} has the digits before the point of the number last scanned: at most 18. */
    boolean isShort() {
        return digits != Long.MIN_VALUE;
    }

    long digits() {
        return digits;
    }

    /** The number last scanned, as it was written. */
    String number() {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Passes over {@code true}, {@code false} or {@code null}. */
    boolean literal(String word) {
        int end = at + word.length();
        for (int i = 0; i < word.length(); i++) {
            if (at + i == bytes.length) {
                at += i;
                return endsEarly();
            }
            if (bytes[at + i] != word.charAt(i)) {
                return unexpected("a value must come here");
            }
        }
        at = end;
        return true;
    }

    /** Passes over the value it stands on, and returns it as it was written; null after a refusal. */
    @Nullable
    String raw() {
        int begin = at;
        return skip() ? new String(bytes, begin, at - begin, StandardCharsets.UTF_8) : null;
    }

    /** Passes over the value it stands on, whatever it is. */
    boolean skip() {
        return switch (peek()) {
            case '"' -> scanText();
            case '{' -> skipObject();
            case '[' -> skipArray();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> onNumber() ? scanNumber() : unexpected("a value must come here");
        };
    }

    private boolean skipObject() {
        if (!open()) {
            return false;
        }
        if (closesAtOnce('}')) {
            return true;
        }
        do {
            if (!key() || !colon() || !skip()) {
                return false;
            }
        } while (more('}'));
        return refusal == null;
    }

    private boolean skipArray() {
        if (!open()) {
            return false;
        }
        if (closesAtOnce(']')) {
            return true;
        }
        do {
            if (!skip()) {
                return false;
            }
        } while (more(']'));
        return refusal == null;
    }

    private boolean unexpected(String rule) {
        return at >= bytes.length
                ? endsEarly()
                : malformed("The text is not JSON, near byte " + at + ": " + rule + ".");
    }

    private boolean endsEarly() {
        return malformed("The text is not JSON: it ends too early, at byte " + bytes.length + ".");
    }

    private boolean malformed(String reason) {
        return refuse(Refusal.ofMessage(reason));
    }
}
