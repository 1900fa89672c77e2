package io.pipecat.node;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.Topology;
import io.pipecat.api.llm.LLMContext;
import io.pipecat.api.llm.LLMException;
import io.pipecat.api.llm.LLMFrame;
import io.pipecat.api.llm.LLMResponse;
import io.pipecat.api.llm.LLMService;
import io.pipecat.api.setting.SettingsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The language model of a node: the one that the settings prefer, and behind it the one that answers when that cannot. Which ones these are is
 * worked out when the first of them is needed; until then this holds nothing. Thread-safe.
 *
 * <p>Another one answers only as long as nothing of an answer was shown, and only where it may do better: a question that is refused is
 * refused. If none is known to work, all are asked.
 */
final class LLMChain implements LLMService {
    static final String ROLE = "llm";

    /** The size that is assumed of a model that cannot be made; to ask it for an answer says why. */
    private static final int UNKNOWN_SIZE = 8192;

    /** Works out the models, the preferred one first. */
    interface Plan {
        List<LLMLink> links() throws SettingsException;
    }

    private final Plan plan;
    private final String unplanned;
    private final NodeContext node;
    private final List<Subscription> gauges = new ArrayList<>();
    private final AtomicReference<@Nullable LLMLink> serving = new AtomicReference<>();
    private volatile @Nullable List<LLMLink> planned;
    private boolean closed;

    /**
     * Makes a chain.
     *
     * @param plan works out the models when they are needed
     * @param unplanned what to say of the role until then
     * @param node the node
     */
    LLMChain(Plan plan, String unplanned, NodeContext node) {
        this.plan = plan;
        this.unplanned = unplanned;
        this.node = node;
    }

    /** Works out which models there are; makes none. */
    synchronized List<LLMLink> plan() throws SettingsException {
        List<LLMLink> known = planned;
        if (known != null) {
            return known;
        }
        List<LLMLink> made = List.copyOf(plan.links());
        if (made.size() > 1) {
            for (LLMLink link : made) {
                gauges.add(
                        link.breaker().show(node.metrics(), ROLE, link.choice().detail()));
            }
        }
        serving.set(made.getFirst());
        planned = made;
        if (closed) {
            made.forEach(LLMLink::close);
        }
        return made;
    }

    private List<LLMLink> links() throws LLMException {
        List<LLMLink> known = planned;
        if (known != null) {
            return known;
        }
        try {
            return plan();
        } catch (SettingsException e) {
            throw new LLMException(LLMException.Reason.UNUSABLE, e.getMessage(), e);
        }
    }

    /** Works out which models there are, and makes those that take no time: what is wrong with their settings shows. */
    void open() throws SettingsException, LLMException, InterruptedException {
        for (LLMLink link : plan()) {
            if (!link.isHeavy()) {
                link.service();
            }
        }
    }

    /** Makes the preferred model now, so that what is wrong with it shows at once, and others in the background. */
    void prepare() throws LLMException, InterruptedException {
        List<LLMLink> all = links();
        all.getFirst().service();
        for (LLMLink link : all.subList(1, all.size())) {
            Thread.ofVirtual().name("prepare " + link.choice().detail()).start(() -> prepare(link));
        }
    }

    private void prepare(LLMLink link) {
        try {
            link.service();
        } catch (LLMException e) {
            node.publish(new NodeEvent.Degraded(
                    node.clock().instant(),
                    ROLE,
                    "The language model that is to answer when the preferred one cannot ("
                            + link.choice().reason() + ") does not work: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public LLMResponse process(LLMContext context, Consumer<? super LLMFrame> sink)
            throws LLMException, InterruptedException {
        List<LLMLink> order = order(context);
        Optional<LLMException> first = Optional.empty();
        for (int i = 0; ; i++) {
            LLMLink link = order.get(i);
            List<LLMLink> rest = order.subList(i + 1, order.size());
            Optional<LLMException> before = first;
            Answer answer = new Answer(sink, () -> serves(link, before));
            try {
                return link.answer(context, answer, rest.isEmpty(), order.size() > 1);
            } catch (LLMException e) {
                if (answer.hasBegun() || !mayDoBetter(e, link, rest)) {
                    throw first.map(earlier -> together(earlier, e)).orElse(e);
                }
                first = first.or(() -> Optional.of(e));
            }
        }
    }

    /** Those that work, of them those in which the question fits; then the others, since to fail without asking them helps nobody. */
    private List<LLMLink> order(LLMContext context) throws LLMException {
        List<LLMLink> all = links();
        if (all.size() == 1) {
            return all;
        }
        List<LLMLink> order = new ArrayList<>(all);
        order.sort(Comparator.comparingInt(link -> {
            if (link.breaker().isOpen()) {
                return 2;
            }
            return link.cheap().filter(model -> isTooLong(context, model)).isPresent() ? 1 : 0;
        }));
        return order;
    }

    private static boolean isTooLong(LLMContext context, LLMService model) {
        return model.countTokens(context) > model.contextTokens();
    }

    private static boolean mayDoBetter(LLMException e, LLMLink asked, List<LLMLink> rest) {
        return switch (e.reason()) {
            case UNAVAILABLE, TIMEOUT, PROTOCOL, BROKEN_OFF -> !rest.isEmpty();
            case CONTEXT_OVERFLOW -> rest.stream().anyMatch(link -> isLarger(link, asked));
            case REJECTED, UNUSABLE -> false;
        };
    }

    private static boolean isLarger(LLMLink link, LLMLink than) {
        int size = than.cheap().map(LLMService::contextTokens).orElse(0);
        return !link.breaker().isOpen()
                && link.cheap().filter(model -> model.contextTokens() > size).isPresent();
    }

    private static LLMException together(LLMException first, LLMException last) {
        if (last.reason() == LLMException.Reason.CONTEXT_OVERFLOW || last.reason() == LLMException.Reason.BROKEN_OFF) {
            // The question can be made shorter; of an answer that broke off the user has seen a part.
            return last;
        }
        return new LLMException(
                first.reason(),
                first.getMessage() + " The other one did not answer either: " + last.getMessage(),
                last);
    }

    /** Holds back the start of a response until something comes of it: one that fails before was none. */
    private static final class Answer implements Consumer<LLMFrame> {
        private final Consumer<? super LLMFrame> sink;
        private final Runnable onBegin;
        private Optional<LLMFrame> start = Optional.empty();
        private boolean begun;

        Answer(Consumer<? super LLMFrame> sink, Runnable onBegin) {
            this.sink = sink;
            this.onBegin = onBegin;
        }

        boolean hasBegun() {
            return begun;
        }

        @Override
        public void accept(LLMFrame frame) {
            if (frame instanceof LLMFrame.ResponseStart) {
                start = Optional.of(frame);
                return;
            }
            if (!begun) {
                begun = true;
                onBegin.run();
                start.ifPresent(sink);
            }
            sink.accept(frame);
        }
    }

    private void serves(LLMLink link, Optional<LLMException> failure) {
        LLMLink before = serving.getAndSet(link);
        if (before == null || before.equals(link)) {
            return;
        }
        List<LLMLink> all = planned == null ? List.of() : planned;
        String cause = failure.map(Throwable::getMessage)
                .or(() -> Optional.of(before.breaker().status().cause()).filter(text -> !text.isEmpty()))
                .orElse("the conversation is too long for it.");
        String message = all.indexOf(link) < all.indexOf(before)
                ? "The language model " + link.description() + " answers again, instead of " + before.description()
                        + "."
                : "The language model " + link.description() + " answers instead of " + before.description() + " ("
                        + link.choice().reason() + "): " + cause;
        node.publish(new NodeEvent.RoleSwitched(
                node.clock().instant(), ROLE, before.description(), link.description(), message));
    }

    /** The first model that works; where none does, the preferred one. */
    private static LLMLink next(List<LLMLink> all) {
        return all.stream().filter(link -> !link.breaker().isOpen()).findFirst().orElse(all.getFirst());
    }

    /** Returns the size of the largest model that would be asked now: what does not fit into the preferred one goes there. */
    @Override
    public int contextTokens() {
        try {
            List<LLMLink> all = links();
            int size = next(all).service().contextTokens();
            for (LLMLink link : all) {
                if (!link.breaker().isOpen()) {
                    size = Math.max(
                            size, link.cheap().map(LLMService::contextTokens).orElse(0));
                }
            }
            return size;
        } catch (LLMException e) {
            return UNKNOWN_SIZE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN_SIZE;
        }
    }

    /** Returns how many calls the model runs that would be asked now, if it is there already. */
    @Override
    public OptionalInt concurrency() {
        List<LLMLink> all = planned;
        return all == null
                ? OptionalInt.empty()
                : next(all).cheap().map(LLMService::concurrency).orElse(OptionalInt.empty());
    }

    @Override
    public int countTokens(LLMContext context) {
        List<LLMLink> all = planned;
        return all == null
                ? LLMService.super.countTokens(context)
                : next(all)
                        .cheap()
                        .map(model -> model.countTokens(context))
                        .orElseGet(() -> LLMService.super.countTokens(context));
    }

    @Override
    public String description() {
        List<LLMLink> all = planned;
        return all == null
                ? "a language model that is chosen when something asks it"
                : next(all).description();
    }

    @Override
    public void check() throws LLMException, InterruptedException {
        Optional<LLMException> first = Optional.empty();
        for (LLMLink link : links()) {
            try {
                link.service().check();
                return;
            } catch (LLMException e) {
                first = Optional.of(first.map(earlier -> together(earlier, e)).orElse(e));
            }
        }
        throw first.orElseThrow();
    }

    /** Asks each model whether it could answer, for the operator. */
    List<Finding> diagnose() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<LLMLink> all = planned == null ? List.of() : planned;
        for (LLMLink link : all) {
            try {
                link.service().check();
                if (all.size() > 1) {
                    findings.add(new Finding(Finding.Level.OK, "answer", link.description()));
                }
            } catch (LLMException e) {
                findings.add(new Finding(Finding.Level.PROBLEM, "answer", e.getMessage()));
            }
        }
        boolean one = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.OK);
        return one ? findings.stream().map(LLMChain::softened).toList() : findings;
    }

    private static Finding softened(Finding finding) {
        return finding.level() == Finding.Level.PROBLEM
                ? new Finding(Finding.Level.WARNING, finding.subject(), finding.message())
                : finding;
    }

    /** What answers now, why, since when, and what stands behind it. */
    Topology.Role role() {
        List<LLMLink> all = planned;
        if (all == null) {
            return new Topology.Role(ROLE, "none", "", "", unplanned, List.of());
        }
        LLMLink now = next(all);
        StringBuilder reason = new StringBuilder(now.choice().reason());
        List<String> others = new ArrayList<>();
        for (LLMLink link : all) {
            Breaker.Status status = link.breaker().status();
            if (status.state() != Breaker.State.CLOSED) {
                reason.append("; ")
                        .append(link.description())
                        .append(
                                switch (status.state()) {
                                    case OPEN -> " is away since ";
                                    case HALF_OPEN -> " is back since ";
                                    case CLOSED -> "";
                                });
                reason.append(status.since()).append(": ").append(status.cause());
            }
            if (!link.equals(now)) {
                others.add(link.description() + " (" + link.choice().reason() + ")");
            }
        }
        others.addAll(now.otherProviders());
        return new Topology.Role(
                ROLE,
                now.provider().name(),
                now.description(),
                Providers.origin(now.provider()),
                reason.toString(),
                others);
    }

    @Override
    public synchronized void close() {
        closed = true;
        gauges.forEach(Subscription::close);
        gauges.clear();
        List<LLMLink> all = planned;
        if (all != null) {
            all.forEach(LLMLink::close);
        }
    }
}
