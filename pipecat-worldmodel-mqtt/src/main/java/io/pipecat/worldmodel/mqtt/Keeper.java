package io.pipecat.worldmodel.mqtt;

import io.pipecat.api.NodeContext;
import io.pipecat.api.NodeEvent;
import io.pipecat.worldmodel.mqtt.Broker.Version;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects, and connects again, and tells the operator, once for each trouble. */
final class Keeper implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);
    private static final String ROLE = "mqtt";

    /** The client has timeouts of its own for each step; this is for the case that they fail. */
    private static final Duration ATTEMPT = Duration.ofSeconds(6L * Session.CONNECT_SECONDS);

    /** What has lasted so long works. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    /** Two that throw one another out each last a while. */
    private static final Duration UNDISTURBED = Duration.ofMinutes(5);

    private static final int QUICK_ENDS = 3;

    /** What the connections are for. */
    interface Link {
        Connection open(Version version);

        void established(Connection connection);

        void failed();

        void lost(Connection connection);
    }

    private final Link link;
    private final Broker broker;
    private final ClientId id;
    private final NodeContext context;
    private final Backoff backoff;

    private volatile Version version;
    private boolean versionKnown;
    private int failures;
    private int quickEnds;
    private Optional<Problem> told = Optional.empty();
    private boolean wasUp;

    Keeper(Link link, Broker broker, ClientId id, NodeContext context, Backoff backoff) {
        this.link = link;
        this.broker = broker;
        this.id = id;
        this.context = context;
        this.backoff = backoff;
        this.version = broker.version().orElse(Version.MQTT_5);
        this.versionKnown = broker.version().isPresent();
    }

    /** The version that is spoken, if that is sure. */
    Optional<Version> version() {
        return versionKnown ? Optional.of(version) : Optional.empty();
    }

    /** Goes on until it is interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                Problem problem = attempt();
                failures++;
                if (problem.kind() == Problem.Kind.AWAY) {
                    // It was the broker that went, and nobody else who came.
                    quickEnds = 0;
                }
                if (!triesOtherVersion(problem)) {
                    report(problem);
                    link.failed();
                    Thread.sleep(backoff.after(failures, problem.kind()));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No longer connecting to {}", broker.url(), e);
        }
    }

    /** Whatever goes wrong, it is tried again: nobody else would. */
    private Problem attempt() throws InterruptedException {
        try {
            return connectOnce();
        } catch (RuntimeException e) {
            LOG.debug("Connecting to {} failed in a way that it should not", broker.url(), e);
            return Problem.of(e, broker);
        }
    }

    /** Connects and waits for the end of that; returns why it ended, or did not begin. */
    private Problem connectOnce() throws InterruptedException {
        Connection connection = link.open(version);
        try {
            connection.session().connect().get(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            return Problem.of(e.getCause() == null ? e : e.getCause(), broker).beforeAnswer(broker);
        } catch (TimeoutException e) {
            return Problem.of(e, broker);
        }
        long begun = System.nanoTime();
        versionKnown = true;
        Throwable cause;
        try {
            link.established(connection);
            cause = stay(connection);
        } catch (RuntimeException e) {
            var unused = connection.session().disconnect();
            link.lost(connection);
            throw e;
        }
        link.lost(connection);
        return ended(Problem.of(cause, broker), Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Waits for the end. After trouble it is not told that all is well before it has been for a while. */
    private Throwable stay(Connection connection) throws InterruptedException {
        if (quickEnds == 0) {
            reportUp();
        }
        try {
            return connection.end().get(steady().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("The connection to {} has lasted for {}", broker.url(), steady(), e);
        } catch (ExecutionException e) {
            return e;
        }
        if (quickEnds > 0) {
            reportUp();
        }
        quickEnds = 0;
        failures = 0;
        try {
            return connection.end().get();
        } catch (ExecutionException e) {
            return e;
        }
    }

    private Duration steady() {
        boolean disturbed = told.isPresent() && told.get().kind() == Problem.Kind.TAKEN_OVER;
        return disturbed ? UNDISTURBED : STEADY;
    }

    private Problem ended(Problem problem, Duration lasted) {
        boolean quick = lasted.compareTo(steady()) < 0;
        boolean takenOver = problem.kind() == Problem.Kind.TAKEN_OVER;
        if (quick && (takenOver || problem.kind() == Problem.Kind.CLOSED)) {
            quickEnds++;
        }
        // MQTT 3.1.1 has no words for it, and some brokers that speak 5 do not use them.
        if (takenOver || quickEnds >= QUICK_ENDS) {
            return new Problem(
                    Problem.Kind.TAKEN_OVER,
                    (takenOver
                                    ? problem.text()
                                    : "lets this node in and soon closes the connection; it may have let somebody else in"
                                            + " by the same client id")
                            + ". " + remedy());
        }
        return problem;
    }

    private String remedy() {
        return "Client id: " + id.text() + ". If two nodes have it, perhaps because a disk was copied, stop this one, "
                + id.keptIn().map(file -> "delete " + file + ",").orElse("give it another node_name")
                + " and start it again";
    }

    private boolean triesOtherVersion(Problem problem) {
        boolean unsure =
                problem.kind() == Problem.Kind.VERSION || (problem.kind() == Problem.Kind.CLOSED && !versionKnown);
        if (broker.version().isPresent() || !unsure) {
            return false;
        }
        version = version.other();
        versionKnown = false;
        // After the second one both have failed, which is to be told and waited for.
        return version == Version.MQTT_3_1_1;
    }

    private void reportUp() {
        String where = broker.url() + " (" + version + ")";
        if (told.isPresent()) {
            context.publish(new NodeEvent.RoleSwitched(
                    context.clock().instant(),
                    ROLE,
                    "none",
                    where,
                    "The MQTT broker " + where + " is " + (wasUp ? "there again." : "there now.")));
        } else {
            LOG.info("Connected to the MQTT broker {} as {}.", where, id.text());
        }
        told = Optional.empty();
        wasUp = true;
    }

    private void report(Problem problem) {
        // How an absence goes on is of no interest; that the broker is there and wants something is.
        boolean news = told.isEmpty()
                || (!told.get().equals(problem)
                        && problem.kind() != Problem.Kind.AWAY
                        && problem.kind() != Problem.Kind.CLOSED);
        String text = "The MQTT broker " + broker.url() + " (mqtt_host) " + problem.text() + ".";
        if (!news) {
            LOG.debug("{}", text);
            return;
        }
        told = Optional.of(problem);
        context.publish(new NodeEvent.Degraded(
                context.clock().instant(), ROLE, text + " It is tried again; what is to be published waits."));
    }
}
