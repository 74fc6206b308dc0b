package io.pipewright.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text form of protocol buffers without their descriptors: a message is a map from names to lists of values. */
final class TextProto {

    /** A message; values are messages, byte arrays (of quoted texts) or bare words. */
    record Message(Map<String, List<Object>> fields) {

        List<Object> all(String name) {
            return fields.getOrDefault(name, List.of());
        }

        boolean has(String name) {
            return fields.containsKey(name);
        }

        Message message(String name) {
            return (Message) all(name).get(0);
        }

        List<Message> messages(String name) {
            return all(name).stream().map(Message.class::cast).toList();
        }

        String text(String name) {
            return text(all(name).get(0));
        }

        static String text(Object value) {
            return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) value;
        }
    }

    private final String text;
    private int at;

    private TextProto(String text) {
        this.text = text;
    }

    static Message parse(String text) {
        TextProto parser = new TextProto(text);
        return parser.fields();
    }

    private Message fields() {
        Map<String, List<Object>> fields = new LinkedHashMap<>();
        while (peek() != 0 && peek() != '}' && peek() != '>') {
            String name = peek() == '[' ? bracketed() : word();
            if (peek() == ':') {
                at++;
            }
            List<Object> values = fields.computeIfAbsent(name, key -> new ArrayList<>());
            if (peek() == '[') {
                at++;
                while (peek() != ']') {
                    values.add(value());
                    skip(',');
                }
                at++;
            } else {
                values.add(value());
            }
            skip(',');
            skip(';');
        }
        return new Message(fields);
    }

    private void skip(char c) {
        if (peek() == c) {
            at++;
        }
    }

    private String bracketed() {
        int end = text.indexOf(']', at) + 1;
        String name = text.substring(at, end);
        at = end;
        return name;
    }

    private Object value() {
        char c = peek();
        if (c == '{' || c == '<') {
            at++;
            Message message = fields();
            peek();
            at++;
            return message;
        }
        if (c != '"' && c != '\'') {
            return word();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (peek() == '"' || peek() == '\'') {
            quoted(bytes);
        }
        return bytes.toByteArray();
    }

    private String word() {
        peek();
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.+-/".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (start == at) {
            throw new IllegalStateException(
                    "At " + start + ": " + text.substring(start, Math.min(text.length(), start + 40)));
        }
        return text.substring(start, at);
    }

    private void quoted(ByteArrayOutputStream bytes) {
        char quote = text.charAt(at++);
        while (text.charAt(at) != quote) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint == '\\') {
                escaped(bytes);
            } else {
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
            }
        }
        at++;
    }

    private void escaped(ByteArrayOutputStream bytes) {
        char c = text.charAt(at++);
        int simple = "abfnrtv\\'\"?".indexOf(c);
        if (simple >= 0) {
            bytes.write("\u0007\b\f\n\r\t\u000b\\'\"?".charAt(simple));
        } else if (c == 'x') {
            bytes.write(number(16, 2));
        } else if (c == 'u' || c == 'U') {
            bytes.writeBytes(Character.toString(number(16, c == 'u' ? 4 : 8)).getBytes(StandardCharsets.UTF_8));
        } else {
            at--;
            bytes.write(number(8, 3));
        }
    }

    private int number(int radix, int digits) {
        int start = at;
        while (at < start + digits && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        return Integer.parseInt(text.substring(start, at), radix);
    }

    /** The next character that is neither space nor comment, or 0 at the end. */
    private char peek() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                at = text.indexOf('\n', at) < 0 ? text.length() : text.indexOf('\n', at);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return c;
            }
        }
        return 0;
    }
}
