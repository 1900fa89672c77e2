package io.pipecat.agent;

import io.pipecat.agent.ToolExecution.Result;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.llm.Message;
import io.pipecat.api.llm.ToolCall;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Makes the calls of one response: side by side, each answered exactly once, the answers in the order of the calls. Approvals are asked one
 * after the other while calls that need none run already.
 */
final class ToolRound {

    /**
     * What a round needs from its conversation.
     *
     * @param check knows the functions and what the turn has called so far
     * @param approvals decides about sensitive methods
     * @param options the options as they are now
     * @param audit takes a record of every call
     * @param frames takes the frames
     * @param clock for records and deadlines
     * @param callIds makes identifiers of calls
     * @param conversation the conversation's identifier
     * @param grace how long to wait for the end of a tool that was interrupted
     */
    record Means(
            CallCheck check,
            Approvals approvals,
            Supplier<ConversationOptions> options,
            AuditLog audit,
            FrameQueue frames,
            Clock clock,
            Supplier<String> callIds,
            String conversation,
            Duration grace) {}

    /**
     * What came of it.
     *
     * @param results one for each call, in order
     * @param interrupted whether the calling thread was interrupted
     */
    record Results(List<Message.ToolResult> results, boolean interrupted) {}

    /** A call on its way to its one answer. */
    private static final class Pending {
        final ToolCall call;
        final String id;
        final String name;
        final String tool;
        final String method;
        final JsonObject arguments;
        final AtomicReference<Result> result = new AtomicReference<>(Result.INTERRUPTED);

        Pending(ToolCall call, String id, CallCheck.Checked checked) {
            this.call = call;
            this.id = id;
            switch (checked) {
                case CallCheck.Good good -> {
                    this.name = good.function().label();
                    this.tool = good.function().toolName();
                    this.method = good.function().method().name();
                    this.arguments = good.arguments();
                }
                case CallCheck.Bad bad -> {
                    this.name =
                            bad.function().map(FunctionTable.Function::label).orElse(call.name());
                    this.tool =
                            bad.function().map(FunctionTable.Function::toolName).orElse("");
                    this.method = bad.function().map(f -> f.method().name()).orElse(call.name());
                    this.arguments = bad.arguments();
                }
            }
        }
    }

    private record Question(Pending pending, CallCheck.Good good) {}

    private final Means means;
    private final List<Thread> running = new ArrayList<>();

    ToolRound(Means means) {
        this.means = means;
    }

    /** Makes the calls and waits for all of them. After an interruption it returns as soon as they have ended or been given up. */
    Results run(List<ToolCall> calls) {
        List<Pending> all = new ArrayList<>();
        List<Question> questions = new ArrayList<>();
        boolean interrupted = false;
        for (ToolCall call : calls) {
            CallCheck.Checked checked = means.check().check(call);
            Pending pending = new Pending(call, means.callIds().get(), checked);
            all.add(pending);
            begin(pending, checked, questions);
        }
        try {
            for (int i = 0; i < questions.size(); i++) {
                askAndStart(questions, i);
            }
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
            stop();
        }
        return new Results(
                all.stream()
                        .map(pending -> new Message.ToolResult(
                                pending.call.id(),
                                pending.call.name(),
                                pending.result.get().text(),
                                pending.result.get().error()))
                        .toList(),
                interrupted);
    }

    private void begin(Pending pending, CallCheck.Checked checked, List<Question> questions) {
        boolean sensitive = checked instanceof CallCheck.Good good
                && good.function().method().sensitive();
        means.frames().putAlways(new TurnFrame.ToolStarted(pending.id, pending.name, pending.arguments, sensitive));
        switch (checked) {
            case CallCheck.Good good ->
                means.approvals()
                        .decide(good.function(), means.options().get())
                        .ifPresentOrElse(
                                decision -> proceed(pending, good, decision),
                                () -> questions.add(new Question(pending, good)));
            case CallCheck.Bad bad ->
                end(pending, new Result(bad.answer(), true, bad.outcome()), "not-needed", Duration.ZERO);
        }
    }

    private void askAndStart(List<Question> questions, int index) throws InterruptedException {
        Pending pending = questions.get(index).pending();
        CallCheck.Good good = questions.get(index).good();
        try {
            // An earlier answer in this round may have settled it.
            var settled =
                    means.approvals().decide(good.function(), means.options().get());
            if (settled.isEmpty()) {
                means.frames().awaitDelivery();
            }
            Approvals.Decision decision = settled.isPresent()
                    ? settled.get()
                    : means.approvals()
                            .ask(new ApprovalRequest(
                                    pending.id,
                                    pending.tool,
                                    pending.method,
                                    pending.arguments,
                                    good.function().method().description()));
            proceed(pending, good, decision);
        } catch (InterruptedException e) {
            for (Question unanswered : questions.subList(index, questions.size())) {
                end(unanswered.pending(), Result.INTERRUPTED, "not-answered", Duration.ZERO);
            }
            throw e;
        }
    }

    private void proceed(Pending pending, CallCheck.Good good, Approvals.Decision decision) {
        if (!decision.allowed()) {
            end(pending, new Result(decision.refusal(), true, "denied"), decision.how(), Duration.ZERO);
            return;
        }
        ConversationOptions options = means.options().get();
        running.add(Thread.ofVirtual().name("watch over " + pending.name).start(() -> {
            long begun = System.nanoTime();
            ToolExecution execution = new ToolExecution(
                    good.function(),
                    pending.arguments,
                    pending.id,
                    line -> means.frames().offer(new TurnFrame.ToolProgress(pending.id, line)));
            Result result = Result.of(
                    execution.run(means.clock().instant(), options, means.grace()), options.toolResultLimit());
            end(pending, result, decision.how(), Duration.ofNanos(System.nanoTime() - begun));
        }));
    }

    private void end(Pending pending, Result result, String approval, Duration took) {
        pending.result.set(result);
        means.audit()
                .write(new AuditLog.Entry(
                        means.clock().instant(),
                        means.conversation(),
                        pending.id,
                        pending.tool,
                        pending.method,
                        pending.arguments,
                        approval,
                        result.outcome(),
                        took));
        means.frames()
                .putAlways(new TurnFrame.ToolFinished(pending.id, pending.name, result.text(), result.error(), took));
    }

    /** Ends what runs. Each of the threads gives its tool a bounded time, so this ends too. */
    private void stop() {
        running.forEach(Thread::interrupt);
        boolean again = false;
        for (Thread thread : running) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    again = true;
                }
            }
        }
        if (again) {
            Thread.currentThread().interrupt();
        }
    }
}
