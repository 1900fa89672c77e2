package io.pipecat.agent;

import io.pipecat.api.NodeContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.llm.Message;
import io.pipecat.api.setting.Settings;
import io.pipecat.api.tool.ToolCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A conversation between one person and a language model that can call tools.
 *
 * <p>{@link #send} runs one turn and blocks until it is over. One turn runs at a time: a new message interrupts the turn that runs. What
 * has been said is kept in memory as {@link #history()}; storing it, and handing it to {@link Builder#history} later, is up to the
 * caller. When it grows too long for the model, its oldest part is summarised or dropped, and the user is told by a
 * {@link TurnFrame.Notice}.
 *
 * <p>All methods may be called from any thread. Closing a conversation closes neither the model nor the tools.
 *
 * {@snippet :
 * try (Conversation conversation = Conversation.builder(llm, tools).build()) {
 *     TurnResult result = conversation.send("What is 17 * 23?", frame -> {
 *         if (frame instanceof TurnFrame.Text(String text)) {
 *             System.out.print(text);
 *         }
 *     });
 * }
 * }
 */
public final class Conversation implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final String id;
    private final LLMService llm;
    private final ToolCatalogue tools;
    private final String systemPrompt;
    private final Supplier<String> house;
    private final DoubleConsumer answerStart;
    private final Supplier<ConversationOptions> options;
    private final Approvals approvals;
    private final AuditLog audit;
    private final Clock clock;
    private final Duration toolGrace;
    private final Duration modelGrace;
    /** Tells this object's turns and calls from those of another one that continues the same stored conversation. */
    private final String token = UUID.randomUUID().toString().substring(0, 8);

    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicReference<String> modelSeen = new AtomicReference<>("");

    private final Floor floor = new Floor();
    /** Guards the two below. */
    private final Object lock = new Object();

    private final SystemNotes notes = new SystemNotes();
    private List<Message> history;

    private Conversation(Builder builder) {
        this.id = builder.id;
        this.llm = builder.llm;
        this.tools = builder.tools;
        this.systemPrompt = builder.systemPrompt;
        this.house = builder.house;
        this.answerStart = builder.answerStart;
        this.options = builder.options;
        this.toolGrace = builder.toolGrace;
        this.modelGrace = builder.modelGrace;
        this.approvals = new Approvals(builder.approver, builder.toolGrace);
        this.audit = builder.audit;
        this.clock = builder.clock;
        this.history = builder.history;
    }

    /**
     * Starts a conversation.
     *
     * @param llm the model
     * @param tools what it may call; looked at again with each turn
     * @return a builder with {@link ConversationOptions#DEFAULT}, the default system prompt, nobody to ask and no audit log
     */
    public static Builder builder(LLMService llm, ToolCatalogue tools) {
        return new Builder(llm, tools);
    }

    /**
     * Starts a conversation of a node: its model, tools and clock, the settings of {@link AgentSettings} (live ones as they are at each
     * step), and an audit log in the folder {@code audit} of its state folder. Where the model can ask about the devices of the house, it
     * is told after the system prompt which there are.
     *
     * @param context the node, complete
     * @return a builder with nobody to ask
     */
    public static Builder builder(NodeContext context) {
        Settings settings = context.settings();
        Builder builder = new Builder(context.llm(), context.tools());
        builder.options = () -> ConversationOptions.from(settings);
        builder.systemPrompt = settings.get(AgentSettings.SYSTEM_PROMPT);
        builder.house = () -> HouseSummary.of(context);
        builder.answerStart = context.metrics()
                .histogram(
                        "pipecat_answer_start_seconds",
                        "From what the user said to the first text of the answer.",
                        Map.of())::record;
        builder.clock = context.clock();
        builder.audit = AuditLog.of(context);
        return builder;
    }

    /**
     * Says something to the model and waits for its answer. A turn that runs is interrupted first, and this one begins when that has
     * ended; of several that wait, the last one is answered and the others are interrupted as soon as they begin.
     *
     * <p>Tool calls of one response run side by side, each until its own deadline. What goes wrong with a tool is told to the model.
     * The history is consistent whatever happens: what was said before an interruption stays, and every tool call has a result.
     *
     * @param userText what the user says
     * @param sink takes the frames, one at a time and in order, on the calling thread. If it is slow, the model waits. If it throws, the
     *     turn ends as if interrupted, and the exception is passed on
     * @return how the turn ended and what was said
     * @throws LLMException if the model gave no answer, or broke off in the middle of it. If it had said nothing and called no tool, the
     *     turn is taken back, so that the same text can be sent again; otherwise the history keeps what was said, marked as broken
     *     off, and what the tools gave
     * @throws InterruptedException if the calling thread is interrupted; the model and the tools have stopped then, and the history is
     *     as after any interruption
     * @throws IllegalStateException if the conversation is closed, or if the sink of a turn calls this
     */
    public TurnResult send(String userText, Consumer<? super TurnFrame> sink)
            throws LLMException, InterruptedException {
        floor.take();
        try {
            return run(userText, sink);
        } finally {
            floor.leave();
        }
    }

    /** Interrupts the turn that runs, if one does; returns at once. Its {@link #send} returns when the model and the tools have stopped. */
    public void interrupt() {
        floor.interrupt();
    }

    /**
     * Returns what was said and done so far.
     *
     * @return the messages of the turns that have ended, without the system prompt. If older ones were summarised, the first is a
     *     {@link Message.SystemPrompt} that holds the summary
     */
    public List<Message> history() {
        synchronized (lock) {
            return history;
        }
    }

    /**
     * Returns what the conversation is called in records.
     *
     * @return the identifier
     */
    public String id() {
        return id;
    }

    /**
     * Puts a note of the system before the model, together with what the user says next, marked as a system alert. Of the notes that
     * wait for that, the newest are kept, up to 4,000 characters in all; a longer one is cut.
     *
     * @param note one or more sentences
     */
    public void addSystemNote(String note) {
        synchronized (lock) {
            notes.add(note);
        }
    }

    /**
     * Ends the conversation: interrupts the turn that runs and waits for its end, unless its sink calls this. Closing twice does
     * nothing.
     */
    @Override
    public void close() {
        floor.close();
    }

    private TurnResult run(String userText, Consumer<? super TurnFrame> sink)
            throws LLMException, InterruptedException {
        List<String> alerts;
        synchronized (lock) {
            alerts = notes.take();
        }
        boolean kept = false;
        try {
            // Part of the user's message: many models take no system message between others.
            Turn turn = prepare(String.join("", alerts) + userText);
            Delivery delivery = new Delivery(turn, timed(sink));
            floor.start(turn);
            delivery.run();
            kept = !turn.isTakenBack();
            synchronized (lock) {
                history = turn.history();
            }
            return delivery.end();
        } finally {
            if (!kept) {
                synchronized (lock) {
                    notes.putBack(alerts);
                }
            }
        }
    }

    /** Measures how long it takes until the user gets to see something of the answer. */
    private Consumer<TurnFrame> timed(Consumer<? super TurnFrame> sink) {
        long asked = System.nanoTime();
        AtomicBoolean begun = new AtomicBoolean();
        return frame -> {
            if (frame instanceof TurnFrame.Text && begun.compareAndSet(false, true)) {
                answerStart.accept((System.nanoTime() - asked) / NANOS_PER_SECOND);
            }
            sink.accept(frame);
        };
    }

    private Turn prepare(String text) {
        FrameQueue frames = new FrameQueue();
        FunctionTable table = new FunctionTable(tools.tools());
        ToolRound.Means means = new ToolRound.Means(
                new CallCheck(table),
                approvals,
                options,
                audit,
                frames,
                clock,
                () -> token + "-" + calls.incrementAndGet(),
                id,
                toolGrace);
        Turn.Parts parts = new Turn.Parts(
                token + "-t" + turns.incrementAndGet(),
                llm,
                instructions(),
                options,
                table,
                frames,
                means,
                modelGrace,
                model -> saw(model, frames));
        return new Turn(parts, history(), text);
    }

    /** What the house has is told anew with each turn: it is the same text until something is added or removed. */
    private String instructions() {
        return Stream.of(systemPrompt, house.get())
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    private void saw(String model, FrameQueue frames) {
        String before = modelSeen.getAndSet(model);
        if (!before.isBlank() && !model.isBlank() && !before.equals(model)) {
            frames.putAlways(
                    new TurnFrame.Notice("Another model answers now: " + model + " instead of " + before + "."));
        }
    }

    /** Collects what a conversation is made of. Not thread-safe. */
    public static final class Builder {
        private final LLMService llm;
        private final ToolCatalogue tools;
        private String id = UUID.randomUUID().toString();
        private String systemPrompt =
                AgentSettings.SYSTEM_PROMPT.defaults().getFirst().value();
        private Supplier<String> house = () -> "";
        private DoubleConsumer answerStart = seconds -> {};
        private Supplier<ConversationOptions> options = () -> ConversationOptions.DEFAULT;
        private Approver approver = Approver.nobody();
        private AuditLog audit = AuditLog.none();
        private Clock clock = Clock.systemUTC();
        private List<Message> history = List.of();
        private Duration toolGrace = Duration.ofMillis(500);
        private Duration modelGrace = Duration.ofSeconds(5);

        private Builder(LLMService llm, ToolCatalogue tools) {
            this.llm = llm;
            this.tools = tools;
        }

        /**
         * Sets what the model is told about itself and its task.
         *
         * @param text the instructions; blank for none
         * @return this builder
         */
        public Builder systemPrompt(String text) {
            this.systemPrompt = text;
            return this;
        }

        /**
         * Sets how the conversation behaves, whatever the node's settings say.
         *
         * @param fixed the options
         * @return this builder
         */
        public Builder options(ConversationOptions fixed) {
            this.options = () -> fixed;
            return this;
        }

        /**
         * Sets who is asked about sensitive tool methods.
         *
         * @param asks asks a person
         * @return this builder
         */
        public Builder approver(Approver asks) {
            this.approver = asks;
            return this;
        }

        /**
         * Sets where tool calls are recorded.
         *
         * @param log the log; several conversations may share one
         * @return this builder
         */
        public Builder audit(AuditLog log) {
            this.audit = log;
            return this;
        }

        /**
         * Sets the time source of records and of the deadlines that tools are told. How long is waited does not depend on it.
         *
         * @param source the clock
         * @return this builder
         */
        public Builder clock(Clock source) {
            this.clock = source;
            return this;
        }

        /**
         * Continues a stored conversation.
         *
         * @param messages what {@link Conversation#history()} gave. System prompts other than a summary are left out, and what does
         *     not fit together (a tool call without its result, say) is mended
         * @return this builder
         */
        public Builder history(List<Message> messages) {
            this.history = History.consistent(messages, "the result was not kept");
            return this;
        }

        /**
         * Sets what the conversation is called in records; otherwise a random UUID.
         *
         * @param name 1 to 100 letters, digits, {@code .}, {@code _} and {@code -}
         * @return this builder
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder id(String name) {
            if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
                throw new IllegalArgumentException(
                        "a conversation's id is 1 to 100 letters, digits, '.', '_' and '-'; not '" + name + "'");
            }
            this.id = name;
            return this;
        }

        /** Sets how long a tool and the model may go on after an interruption before they are given up. */
        Builder graces(Duration tool, Duration model) {
            this.toolGrace = tool;
            this.modelGrace = model;
            return this;
        }

        /**
         * Returns the conversation.
         *
         * @return a new one
         */
        public Conversation build() {
            return new Conversation(this);
        }
    }
}
