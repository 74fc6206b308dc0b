package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/** Functions over texts; every position and size counts code points, and letters are those of ASCII. */
final class Texts {

    private Texts() {}

    static long size(String text) {
        return text.codePointCount(0, text.length());
    }

    static byte[] concat(byte[] a, byte[] b) {
        byte[] all = new byte[a.length + b.length];
        System.arraycopy(a, 0, all, 0, a.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** In hexadecimal, of 64 small letters and digits. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it.", e);
        }
    }

    static byte[] toBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String ofBytes(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EvaluationException("bad-value", "The bytes are not UTF-8.");
        }
    }

    static String charAt(String text, long position) {
        if (position == size(text)) {
            return "";
        }
        int at = offset(text, position);
        return text.substring(at, text.offsetByCodePoints(at, 1));
    }

    /** Where in the string a position is. */
    private static int offset(String text, long position) {
        long size = size(text);
        if (position < 0 || position > size) {
            throw new EvaluationException(
                    "index-out-of-range", "Position " + position + " is outside a text of " + size + " characters.");
        }
        return text.offsetByCodePoints(0, (int) position);
    }

    static Object indexOf(Object[] arguments) {
        String text = (String) arguments[0];
        int from = arguments.length == 3 ? offset(text, (Long) arguments[2]) : 0;
        return position(text, text.indexOf((String) arguments[1], from));
    }

    static Object lastIndexOf(Object[] arguments) {
        String text = (String) arguments[0];
        int from = arguments.length == 3 ? offset(text, (Long) arguments[2]) : text.length();
        return position(text, text.lastIndexOf((String) arguments[1], from));
    }

    private static long position(String text, int offset) {
        return offset < 0 ? -1 : text.codePointCount(0, offset);
    }

    static Object join(Object[] arguments) {
        String separator = arguments.length == 2 ? (String) arguments[1] : "";
        StringJoiner joined = new StringJoiner(separator);
        for (Object item : (List<?>) arguments[0]) {
            joined.add((String) item);
        }
        return joined.toString();
    }

    static String lowerAscii(String text) {
        return shifted(text, 'A', 'Z', 'a' - 'A');
    }

    static String upperAscii(String text) {
        return shifted(text, 'a', 'z', 'A' - 'a');
    }

    private static String shifted(String text, char first, char last, int by) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= first && text.charAt(i) <= last) {
                char[] chars = text.toCharArray();
                for (int k = i; k < chars.length; k++) {
                    chars[k] = chars[k] >= first && chars[k] <= last ? (char) (chars[k] + by) : chars[k];
                }
                return new String(chars);
            }
        }
        return text;
    }

    /** Replaces all occurrences, or the first ones as many as the fourth argument says; negative is all. */
    static Object replace(Object[] arguments) {
        String text = (String) arguments[0];
        String searched = (String) arguments[1];
        String replacement = (String) arguments[2];
        long limit = arguments.length == 4 ? (Long) arguments[3] : -1;
        if (limit < 0 && !searched.isEmpty()) {
            return text.replace(searched, replacement);
        }
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (long done = 0; limit < 0 || done < limit; done++) {
            int at = text.indexOf(searched, from);
            if (at < 0 || (searched.isEmpty() && from > text.length())) {
                break;
            }
            result.append(text, from, at).append(replacement);
            from = at + searched.length();
            if (searched.isEmpty()) {
                int next = from < text.length() ? text.offsetByCodePoints(from, 1) : from + 1;
                result.append(text, from, Math.min(next, text.length()));
                from = next;
            }
        }
        return result.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    /** Splits at a separator, an empty one between all characters, into at most as many parts as the third argument. */
    static Object split(Object[] arguments) {
        String text = (String) arguments[0];
        String separator = (String) arguments[1];
        long limit = arguments.length == 3 ? (Long) arguments[2] : -1;
        List<Object> parts = new ArrayList<>();
        if (limit == 0) {
            return Collections.unmodifiableList(parts);
        }
        int from = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            boolean last = from >= text.length() || text.offsetByCodePoints(from, 1) >= text.length();
            int at =
                    !separator.isEmpty() ? text.indexOf(separator, from) : last ? -1 : text.offsetByCodePoints(from, 1);
            if (at < 0) {
                break;
            }
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        if (!(separator.isEmpty() && text.isEmpty())) {
            parts.add(text.substring(from));
        }
        return Collections.unmodifiableList(parts);
    }

    static Object substring(Object[] arguments) {
        String text = (String) arguments[0];
        int start = offset(text, (Long) arguments[1]);
        int end = arguments.length == 3 ? offset(text, (Long) arguments[2]) : text.length();
        if (start > end) {
            throw new EvaluationException(
                    "index-out-of-range", "A part of a text cannot end at " + arguments[2] + " before it starts.");
        }
        return text.substring(start, end);
    }

    /** Without the white space of Unicode at either end. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == 0x85 || c == '\t' || c == '\n' || c == 0x0b || c == '\f' || c == '\r' || Character.isSpaceChar(c);
    }
}
