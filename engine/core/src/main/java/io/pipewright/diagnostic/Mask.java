package io.pipewright.diagnostic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of findings what nobody is to see: it becomes dots in the source lines that are printed with them, in place,
 * and in messages and hints.
 */
public final class Mask {

    private static final String DOT = "•";

    private final Map<Source, List<Span>> places = new HashMap<>();
    private final Map<Source, Source> masked = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** Hides what stands at a place, and sentences' mentions of it. */
    public void hide(Span span, String text) {
        places.computeIfAbsent(span.source(), source -> new ArrayList<>()).add(span);
        texts.add(text);
    }

    /** The same with masked findings. */
    public <T> Checked<T> apply(Checked<T> checked) {
        if (places.isEmpty()) {
            return checked;
        }
        List<Diagnostic> all =
                checked.diagnostics().all().stream().map(this::apply).toList();
        Diagnostics findings = Diagnostics.of(all);
        return checked.value().map(value -> Checked.of(value, findings)).orElseGet(() -> Checked.failed(findings));
    }

    private Diagnostic apply(Diagnostic finding) {
        Span span = finding.span();
        Source source = masked.computeIfAbsent(span.source(), this::mask);
        return new Diagnostic(
                finding.code(),
                finding.severity(),
                new Span(source, span.start(), span.end()),
                mask(finding.message()),
                maskHint(finding.hint()));
    }

    /** Every character becomes a dot, so that all other places stay where they are. */
    private Source mask(Source source) {
        StringBuilder text = new StringBuilder(source.text());
        List<Span> spans = new ArrayList<>(places.getOrDefault(source, List.of()));
        spans.sort((a, b) -> b.compareTo(a));
        for (Span span : spans) {
            int start = source.indexOf(span.start());
            int end = source.indexOf(span.end());
            StringBuilder dots = new StringBuilder();
            source.text().substring(start, end).codePoints().forEach(c -> dots.append(isBreak(c) ? (char) c : '•'));
            text.replace(start, end, dots.toString());
        }
        return Source.of(source.name(), text.toString());
    }

    private static boolean isBreak(int character) {
        return character == '\n' || character == '\r';
    }

    private @Nullable String maskHint(@Nullable String hint) {
        return hint == null ? null : mask(hint);
    }

    private String mask(String sentence) {
        String result = sentence;
        for (String text : texts) {
            result = result.replace("`" + text + "`", "`" + DOT.repeat(4) + "`");
        }
        return result;
    }
}
