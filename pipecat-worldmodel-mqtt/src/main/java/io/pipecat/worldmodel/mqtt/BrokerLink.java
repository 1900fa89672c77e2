package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.api.Subscription;
import io.pipecat.api.mqtt.MqttLink;
import io.pipecat.api.mqtt.MqttListener;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.worldmodel.mqtt.LinkMetrics.Loss;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link. Three threads: the event loop reads and writes, one calls the listeners ({@link Inbox}), one connects
 * ({@link Keeper}). Those that publish and subscribe wait for none of them.
 */
final class BrokerLink implements MqttLink, Keeper.Link {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

    /** Beyond it, messages wait here, where newer ones take their place, rather than in the client. */
    private static final int MAX_IN_FLIGHT = 1_000;

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final Duration GOOD_BYE = Duration.ofMillis(500);

    private final Broker broker;
    private final ClientId id;
    private final NodeContext context;
    private final SessionConfig config;
    private final String availability;
    private final LinkMetrics metrics;
    private final List<Subscription> gauges;
    private final Echoes echoes = new Echoes(System::nanoTime);
    private final Subscribers subscribers = new Subscribers();
    private final NioEventLoopGroup loop;
    private final Inbox inbox;
    private final Keeper keeper;
    private final Thread keeperThread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Outbox outbox;
    private volatile @Nullable Connection connection;
    /** Whether the broker sends back what it gets; true also for what is still to be heard when it has gone. */
    private volatile boolean echoing;

    private boolean hopeful = true;
    private boolean closed;

    private BrokerLink(Broker broker, NodeContext context) {
        this.broker = broker;
        this.context = context;
        this.id = ClientId.of(context.node(), context.stateDir());
        this.availability = "pipecat/" + context.node().name().replaceAll("[/+#\\x00]", "-") + "/availability";
        this.loop = new NioEventLoopGroup(1, new DefaultThreadFactory("pipecat-mqtt", true));
        this.metrics = new LinkMetrics(context.metrics(), context.steadyClock());
        this.outbox = new Outbox(metrics);
        this.inbox = new Inbox(loop.next(), this::hear, metrics);
        this.config = new SessionConfig(
                broker, id.text(), loop, id.isNode() ? Optional.of(available("offline")) : Optional.empty());
        this.gauges = List.of(
                context.metrics()
                        .gauge(
                                "pipecat_mqtt_connected",
                                "Whether the MQTT broker is there.",
                                Map.of(),
                                () -> connected() ? 1 : 0),
                context.metrics()
                        .gauge(
                                "pipecat_mqtt_waiting",
                                "Messages that wait for the MQTT broker.",
                                Map.of(),
                                this::waiting));
        this.keeper = new Keeper(
                this,
                broker,
                id,
                context,
                new Backoff(() -> ThreadLocalRandom.current().nextDouble()));
        this.keeperThread = Thread.ofVirtual().name("pipecat-mqtt-keeper").unstarted(keeper);
    }

    static BrokerLink open(Broker broker, NodeContext context) {
        BrokerLink link = new BrokerLink(broker, context);
        link.keeperThread.start();
        return link;
    }

    private MqttMessage available(String text) {
        return new MqttMessage(availability, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 1, true);
    }

    private double waiting() {
        lock.lock();
        try {
            return outbox.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean connected() {
        return connection != null;
    }

    @Override
    public String description() {
        return broker.url()
                + keeper.version().map(version -> " (" + version + ")").orElse("");
    }

    // Publishing

    @Override
    public void publish(MqttMessage message) {
        if (Filters.topicFault(message.topic()).isPresent()) {
            metrics.lost(Loss.INVALID, message.topic());
            return;
        }
        lock.lock();
        try {
            Connection current = connection;
            if (closed) {
                metrics.lost(Loss.CLOSED, message.topic());
            } else if (current == null || !outbox.isEmpty() || current.inFlight() >= MAX_IN_FLIGHT) {
                outbox.add(message, current == null, System.nanoTime());
            } else {
                send(current, message);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Hands a message to the client. Holds the lock, which keeps the order within a topic. */
    private void send(Connection current, MqttMessage message) {
        echoes.sent(message);
        current.sent();
        current.session().publish(message, failure -> settled(current, message, failure));
    }

    private void settled(Connection current, MqttMessage message, @Nullable Throwable failure) {
        lock.lock();
        try {
            current.settled();
            if (failure == null) {
                metrics.published.increment();
                pump(current);
            } else if (message.topic().equals(availability)) {
                LOG.debug("Publishing to {} failed; each connection does it anew", availability, failure);
            } else if (isBrokenConnection(failure)) {
                outbox.putBack(message, System.nanoTime());
            } else {
                LOG.debug("Publishing to {} failed", message.topic(), failure);
                metrics.lost(Loss.REFUSED, message.topic());
                pump(current);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isBrokenConnection(Throwable failure) {
        return failure instanceof ConnectionClosedException
                || failure instanceof MqttSessionExpiredException
                || failure instanceof MqttClientStateException;
    }

    private void pump(Connection current) {
        while (current == connection && current.inFlight() < MAX_IN_FLIGHT) {
            MqttMessage next = outbox.poll(System.nanoTime());
            if (next == null) {
                return;
            }
            send(current, next);
        }
    }

    // Listening

    @Override
    public Subscription subscribe(List<String> filters, MqttListener listener) {
        for (String filter : filters) {
            Filters.fault(filter).ifPresent(fault -> {
                throw new IllegalArgumentException("'" + filter + "' is no topic filter: " + fault);
            });
        }
        Subscribers.Subscriber subscriber = new Subscribers.Subscriber(filters, listener);
        lock.lock();
        try {
            subscribers.add(subscriber);
            Connection current = connection;
            if (current != null && !filters.isEmpty()) {
                Set<String> wanted = Filters.disjoint(subscribers.filters());
                Set<String> asked = new LinkedHashSet<>(wanted);
                asked.removeAll(current.active());
                // What the broker kept comes only for a subscription; so it is asked for what others hear already, too.
                filters.stream()
                        .filter(filter -> asked.stream().noneMatch(wide -> Filters.covers(wide, filter)))
                        .forEach(asked::add);
                Set<String> surplus = new LinkedHashSet<>(current.active());
                surplus.addAll(asked);
                surplus.removeAll(wanted);
                current.setActive(wanted);
                ask(current, asked, List.of(subscriber), surplus);
            }
        } finally {
            lock.unlock();
        }
        return () -> unsubscribe(subscriber);
    }

    private void unsubscribe(Subscribers.Subscriber subscriber) {
        lock.lock();
        try {
            subscribers.remove(subscriber);
            Connection current = connection;
            if (current == null) {
                return;
            }
            Set<String> wanted = Filters.disjoint(subscribers.filters());
            Set<String> asked = new LinkedHashSet<>(wanted);
            asked.removeAll(current.active());
            Set<String> surplus = new LinkedHashSet<>(current.active());
            surplus.removeAll(wanted);
            current.setActive(wanted);
            if (asked.isEmpty()) {
                release(current, surplus);
            } else {
                current.session().subscribe(asked, false, failure -> release(current, surplus));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Subscribes, tells those who asked for it, and then ends what is no longer wanted. */
    private void ask(
            Connection current, Set<String> filters, List<Subscribers.Subscriber> askers, Set<String> surplus) {
        current.session().subscribe(filters, true, failure -> {
            List<String> refused = Problem.refusedFilters(failure, List.copyOf(filters));
            Set<String> accepted = new LinkedHashSet<>(filters);
            refused.forEach(accepted::remove);
            if (!refused.isEmpty()) {
                context.publish(new NodeEvent.Degraded(
                        context.clock().instant(),
                        "mqtt",
                        "The MQTT broker " + broker.url() + " does not let this node hear " + String.join(", ", refused)
                                + "; check the access rules of mqtt_username."));
            }
            if (failure == null || !refused.isEmpty()) {
                subscribers.servedBy(accepted).filter(askers::contains).forEach(asker -> inbox.tell(asker::connected));
            }
            release(current, surplus);
        });
    }

    private void release(Connection current, Set<String> filters) {
        lock.lock();
        try {
            Set<String> unwanted = new LinkedHashSet<>(filters);
            unwanted.removeAll(current.active());
            if (current == connection && !unwanted.isEmpty()) {
                current.session().unsubscribe(unwanted);
            }
        } finally {
            lock.unlock();
        }
    }

    /** On the thread that calls listeners. */
    private void hear(MqttMessage message) {
        if ((message.retained() || echoing) && echoes.isOwn(message, !message.retained())) {
            metrics.own.increment();
        } else if (!message.topic().equals(availability)) {
            subscribers.hear(message);
        }
    }

    // Keeper.Link

    @Override
    public Connection open(Broker.Version version) {
        return new Connection(config, version, inbox, metrics);
    }

    /**
     * First what waited, then the subscriptions: what the broker then sends is no older than what this node has to say.
     */
    @Override
    public void established(Connection established) {
        lock.lock();
        try {
            metrics.connects.increment();
            hopeful = true;
            echoing = established.version() == Broker.Version.MQTT_3_1_1;
            if (id.isNode()) {
                send(established, available("online"));
            }
            outbox.takeAll(System.nanoTime()).forEach(message -> send(established, message));
            if (!subscribers.isEmpty()) {
                established.setActive(Filters.disjoint(subscribers.filters()));
                if (!established.active().isEmpty()) {
                    ask(established, established.active(), List.copyOf(subscribers.all()), Set.of());
                }
            }
            connection = established;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void failed() {
        lock.lock();
        try {
            hopeful = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lost(Connection lost) {
        lock.lock();
        try {
            connection = null;
            inbox.tell(subscribers::disconnected);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // The end

    @Override
    public void close() {
        if (!begunToClose()) {
            return;
        }
        Connection last = connection;
        if (last != null) {
            if (id.isNode()) {
                CompletableFuture<@Nullable Throwable> told = new CompletableFuture<>();
                last.session().publish(available("offline"), told::complete);
                await(told);
            }
            await(last.session().disconnect());
        }
        keeperThread.interrupt();
        inbox.close();
        boolean interrupted = false;
        try {
            keeperThread.join(GOOD_BYE);
            loop.shutdownGracefully(0, GOOD_BYE.toMillis(), TimeUnit.MILLISECONDS)
                    .await(GOOD_BYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        gauges.forEach(Subscription::close);
        id.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what waits go out, for a second; but not for a broker that is not there anyway. */
    private boolean begunToClose() {
        long left = LAST_WORDS.toNanos();
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            while (left > 0 && (isSending() || (connection == null && hopeful && !outbox.isEmpty()))) {
                left = changed.awaitNanos(left);
            }
            if (!outbox.isEmpty()) {
                LOG.info(
                        "{} messages for the MQTT broker {} are dropped: it did not take them before this node stopped.",
                        outbox.size(),
                        broker.url());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private boolean isSending() {
        Connection current = connection;
        return current != null && (!outbox.isEmpty() || current.inFlight() > 0);
    }

    private static void await(CompletableFuture<?> future) {
        try {
            future.get(GOOD_BYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The MQTT broker does not hear the good-bye", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
