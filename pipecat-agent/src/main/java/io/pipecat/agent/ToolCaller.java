package io.pipecat.agent;

import io.pipecat.agent.FunctionTable.Function;
import io.pipecat.api.Nearest;
import io.pipecat.api.NodeContext;
import io.pipecat.api.json.JsonObject;
import io.pipecat.api.json.JsonValue;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.MethodSpec;
import io.pipecat.api.tool.Tool;
import io.pipecat.api.tool.ToolCatalogue;
import io.pipecat.api.tool.ToolException;
import io.pipecat.api.tool.ToolException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls tools outside a conversation and as safely as one does: names and arguments are checked, sensitive methods need approval, every
 * call has a deadline and is recorded. A tool that ignores interruption cannot hold up the caller.
 *
 * <p>All methods may be called from any thread, and calls run side by side; only questions to the {@link Approver} are asked one
 * after the other. It holds nothing that would have to be closed.
 */
public final class ToolCaller {
    private static final int SHOWN = 3;

    private final ToolCatalogue tools;
    private final Supplier<ConversationOptions> options;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Clock clock;
    private final String client;
    private final Duration grace;
    private final String token = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong calls = new AtomicLong();
    private final ReentrantLock asking = new ReentrantLock();

    private ToolCaller(Builder builder) {
        this.tools = builder.tools;
        this.options = builder.options;
        this.approvals = new Approvals(builder.approver, builder.grace);
        this.audit = builder.audit;
        this.clock = builder.clock;
        this.client = builder.client;
        this.grace = builder.grace;
    }

    /**
     * Starts a caller.
     *
     * @param tools what can be called; looked at again with each call
     * @return a builder with {@link ConversationOptions#DEFAULT}, nobody to ask and no audit log
     */
    public static Builder builder(ToolCatalogue tools) {
        return new Builder(tools);
    }

    /**
     * Starts a caller of a node: its tools and clock, the settings of {@link AgentSettings} as they are at each call, and the audit log
     * that its conversations write.
     *
     * @param context the node, its tools complete
     * @return a builder with nobody to ask
     */
    public static Builder builder(NodeContext context) {
        Settings settings = context.settings();
        Builder builder = new Builder(context.tools());
        builder.options = () -> ConversationOptions.from(settings);
        builder.clock = context.clock();
        builder.audit = AuditLog.of(context);
        return builder;
    }

    /**
     * Calls a method and waits for its result, at most until the method's deadline or else {@link ConversationOptions#toolTimeout()};
     * waiting for approval does not count.
     *
     * @param tool the tool's name
     * @param method the method's name
     * @param arguments the arguments by name; those that {@link io.pipecat.json.JsonSchema#settled} settles are taken as meant
     * @param progress takes one line about what is being done, from any thread; not after this has returned
     * @return the result, complete. If the calling thread was interrupted and the tool came to its end all the same, the thread's flag
     *     is set again
     * @throws ToolException if there is none, with the reason: {@link Reason#UNKNOWN_TOOL} or {@link Reason#UNKNOWN_METHOD} with
     *     the nearest names, {@link Reason#INVALID_ARGUMENTS}, {@link Reason#DENIED}, {@link Reason#TIMEOUT} (the tool was
     *     interrupted, and is left alone if it does not listen), or whatever the tool says
     * @throws InterruptedException if the calling thread is interrupted; the tool was too, and had some time to end
     */
    public JsonValue call(String tool, String method, JsonObject arguments, Consumer<? super String> progress)
            throws ToolException, InterruptedException {
        String id = token + "-" + calls.incrementAndGet();
        CallCheck.Good good;
        try {
            good = checked(tool, method, arguments);
        } catch (ToolException e) {
            Made refused = new Made(id, tool, method, arguments, "not-needed");
            record(refused, ToolExecution.outcome(e.reason()), Duration.ZERO);
            throw e;
        }
        Made made = approved(id, good);
        long begun = System.nanoTime();
        ToolExecution.Ending ending = new ToolExecution(good.function(), good.arguments(), id, progress)
                .run(clock.instant(), options.get(), grace);
        record(made, ending.outcome(), Duration.ofNanos(System.nanoTime() - begun));
        return switch (ending) {
            case ToolExecution.Done(JsonValue value, boolean interrupted) -> {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                yield value;
            }
            case ToolExecution.Failed(ToolException cause) -> throw cause;
            case ToolExecution.Interrupted ignored ->
                throw new InterruptedException("interrupted while " + tool + "." + method + " ran");
        };
    }

    private CallCheck.Good checked(String tool, String method, JsonObject arguments) throws ToolException {
        List<Tool> all = tools.tools();
        List<String> names = all.stream().map(t -> t.spec().name()).toList();
        Tool found = all.stream()
                .filter(t -> t.spec().name().equals(tool))
                .findFirst()
                .orElseThrow(() -> new ToolException(
                        Reason.UNKNOWN_TOOL, "Tool '" + tool + "' not found." + nearest("tool", tool, names)));
        List<String> methods =
                found.spec().methods().stream().map(MethodSpec::name).toList();
        MethodSpec spec = found.spec()
                .method(method)
                .orElseThrow(() -> new ToolException(
                        Reason.UNKNOWN_METHOD,
                        "Method '" + method + "' not found on tool '" + tool + "'."
                                + nearest("method", method, methods)));
        Function function = new Function(found, tool, spec);
        return switch (CallCheck.check(function, function.label(), arguments)) {
            case CallCheck.Good good -> good;
            case CallCheck.Bad bad ->
                throw new ToolException(Reason.INVALID_ARGUMENTS, "Tool argument validation failed: " + bad.answer());
        };
    }

    private static String nearest(String what, String written, List<String> names) {
        return names.isEmpty()
                ? " There is no " + what + " at all."
                : " The nearest names are " + String.join(", ", Nearest.ranked(written, names, SHOWN)) + ".";
    }

    /** Returns the call if it may be made. */
    private Made approved(String id, CallCheck.Good good) throws ToolException, InterruptedException {
        Function function = good.function();
        String method = function.method().name();
        Approvals.Decision decision;
        try {
            decision = decide(id, good);
        } catch (InterruptedException e) {
            Made unanswered = new Made(id, function.toolName(), method, good.arguments(), "not-answered");
            record(unanswered, "interrupted", Duration.ZERO);
            throw e;
        }
        Made made = new Made(id, function.toolName(), method, good.arguments(), decision.how());
        if (!decision.allowed()) {
            record(made, ToolExecution.outcome(Reason.DENIED), Duration.ZERO);
            throw new ToolException(Reason.DENIED, decision.refusal());
        }
        return made;
    }

    private Approvals.Decision decide(String id, CallCheck.Good good) throws InterruptedException {
        Optional<Approvals.Decision> settled = approvals.decide(good.function(), options.get());
        if (settled.isPresent()) {
            return settled.get();
        }
        asking.lockInterruptibly();
        try {
            // An answer to another call may have settled it meanwhile.
            settled = approvals.decide(good.function(), options.get());
            return settled.isPresent()
                    ? settled.get()
                    : approvals.ask(new ApprovalRequest(
                            id,
                            good.function().toolName(),
                            good.function().method().name(),
                            good.arguments(),
                            good.function().method().description()));
        } finally {
            asking.unlock();
        }
    }

    /** A call, with how it came to be approved or not. */
    private record Made(String id, String tool, String method, JsonObject arguments, String approval) {}

    private void record(Made made, String outcome, Duration took) {
        audit.write(new AuditLog.Entry(
                clock.instant(),
                client,
                made.id(),
                made.tool(),
                made.method(),
                made.arguments(),
                made.approval(),
                outcome,
                took));
    }

    /** Collects what a caller is made of. Not thread-safe. */
    public static final class Builder {
        private final ToolCatalogue tools;
        private Supplier<ConversationOptions> options = () -> ConversationOptions.DEFAULT;
        private Approver approver = Approver.nobody();
        private AuditLog audit = AuditLog.none();
        private Clock clock = Clock.systemUTC();
        private String client = "direct";
        private Duration grace = Duration.ofMillis(500);

        private Builder(ToolCatalogue tools) {
            this.tools = tools;
        }

        /**
         * Sets approval and limits, whatever the node's settings say.
         *
         * @param fixed the options, of which {@code approvalMode}, {@code allowTools} and {@code toolTimeout} count
         * @return this builder
         */
        public Builder options(ConversationOptions fixed) {
            this.options = () -> fixed;
            return this;
        }

        /**
         * Sets who is asked about sensitive methods. What is allowed for good holds as long as the caller.
         *
         * @param asks asks a person
         * @return this builder
         */
        public Builder approver(Approver asks) {
            this.approver = asks;
            return this;
        }

        /**
         * Sets where calls are recorded.
         *
         * @param log the log
         * @return this builder
         */
        public Builder audit(AuditLog log) {
            this.audit = log;
            return this;
        }

        /**
         * Sets who calls, for the records; otherwise {@code direct}.
         *
         * @param name such as {@code tools call} or the address of a client
         * @return this builder
         */
        public Builder client(String name) {
            this.client = name;
            return this;
        }

        /** Sets how long a tool may go on after an interruption before it is given up. */
        Builder grace(Duration time) {
            this.grace = time;
            return this;
        }

        /**
         * Returns the caller.
         *
         * @return a new one
         */
        public ToolCaller build() {
            return new ToolCaller(this);
        }
    }
}
