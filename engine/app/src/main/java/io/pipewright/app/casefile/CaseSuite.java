package io.pipewright.app.casefile;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.testkit.PortProbes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The cases of a file with their pipeline, which is compiled once for all of them. */
public final class CaseSuite {

    private static final String MISSING_ENVIRONMENT = "missing-environment";

    private final CaseFile file;
    private final CaseRun runner;
    private final List<TestCase> cases;

    private CaseSuite(CaseFile file, CaseRun runner, List<TestCase> cases) {
        this.file = file;
        this.runner = runner;
        this.cases = List.copyOf(cases);
    }

    /**
     * Compiles pipelines.
     *
     * @param plain as every command has it
     * @param probing one that knows the plugins of {@link PortProbes}
     */
    public record Compilers(PipelineCompiler plain, PipelineCompiler probing) {}

    /**
     * The cases, with all that is wrong with them and with their pipeline.
     *
     * @param folder of the file of the cases
     */
    public static Checked<CaseSuite> of(
            CaseFile file, Path folder, PipelineInput pipeline, Surroundings surroundings, Compilers compilers) {
        DiagnosticCollector findings = new DiagnosticCollector();
        Checked<LogicalGraph> compiled = compile(pipeline, surroundings, compilers.plain());
        LogicalGraph graph = findings.take(compiled);
        Optional<Ends> ends = compiled.hasErrors() || graph == null ? Optional.empty() : Optional.of(Ends.of(graph));
        List<TestCase> cases = cases(file, folder, ends, findings);
        if (findings.hasErrors() || graph == null || ends.isEmpty()) {
            return Checked.failed(findings.diagnostics());
        }
        PortProbes probes = probes(cases, ends.get(), graph);
        LogicalGraph observed = probes.sinks().isEmpty()
                ? graph
                : compilers
                        .probing()
                        .compile(probes.addedTo(pipeline), surroundings)
                        .orElseThrow();
        return findings.with(new CaseSuite(file, new CaseRun(observed, ends.get(), probes), cases));
    }

    /** The pipeline; of its environment what the parts name that stay must be set. */
    private static Checked<LogicalGraph> compile(
            PipelineInput pipeline, Surroundings surroundings, PipelineCompiler compiler) {
        Checked<LogicalGraph> strict = compiler.compile(pipeline, surroundings.strict());
        ReplacedParts replaced = ReplacedParts.of(pipeline);
        List<Diagnostic> missing = strict.diagnostics().all().stream()
                .filter(finding -> finding.code().equals(MISSING_ENVIRONMENT))
                .toList();
        if (missing.isEmpty()) {
            return strict;
        }
        DiagnosticCollector findings = new DiagnosticCollector();
        LogicalGraph graph = findings.take(compiler.compile(pipeline, surroundings));
        missing.stream().filter(finding -> !replaced.contain(finding)).forEach(findings::add);
        return findings.with(graph);
    }

    private static List<TestCase> cases(CaseFile file, Path folder, Optional<Ends> ends, DiagnosticCollector findings) {
        Shape shape = new Shape(findings);
        ValueReader values = new ValueReader(findings);
        LineFile files = new LineFile(findings, folder);
        GivenReader given = new GivenReader(findings, shape, values, files, ends);
        AnswersReader answers = new AnswersReader(findings, shape, values, ends);
        ExpectedReader expected = new ExpectedReader(findings, shape, values, files, ends);
        return new CasesReader(findings, shape, answers, given, expected).read(file);
    }

    private static PortProbes probes(List<TestCase> cases, Ends ends, LogicalGraph graph) {
        Set<String> ports = new TreeSet<>();
        cases.forEach(test -> test.expected().forEach(expectation -> ports.add(expectation.end())));
        ports.removeAll(ends.sinks().keySet());
        return PortProbes.on(ports, graph.definition().entries().keySet());
    }

    /** Runs the cases whose names are wanted. */
    public Results run(Predicate<String> wanted) {
        return new Results(
                file,
                cases.stream()
                        .filter(test -> wanted.test(test.name()))
                        .map(runner::run)
                        .toList());
    }
}
