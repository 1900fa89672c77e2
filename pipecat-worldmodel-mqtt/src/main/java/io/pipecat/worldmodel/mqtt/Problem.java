package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5Disconnect;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * Why there is no connection, in words for the operator.
 *
 * @param kind what sort of problem
 * @param text what happened and what to do, to follow "The MQTT broker … " or to stand after a colon
 */
record Problem(Kind kind, String text) {

    /** What sort of problem, which decides how soon to try again. */
    enum Kind {
        /** Nobody is there, or nobody answers. */
        AWAY(Duration.ZERO),
        /** It was there and closed the connection. */
        CLOSED(Duration.ZERO),
        /** It does not want this node as it is configured. */
        REFUSED(Duration.ofSeconds(1)),
        /** It does not know this version of MQTT. */
        VERSION(Duration.ZERO),
        /** Somebody else came by the same name. */
        TAKEN_OVER(Duration.ofSeconds(5));

        private final Duration leastWait;

        Kind(Duration leastWait) {
            this.leastWait = leastWait;
        }

        Duration leastWait() {
            return leastWait;
        }
    }

    static Problem of(Throwable failure, Broker broker) {
        Optional<Problem> answered = find(failure, Mqtt5ConnAckException.class)
                .map(e -> refused(e.getMqttMessage()))
                .or(() -> find(failure, Mqtt3ConnAckException.class)
                        .map(e -> refused(e.getMqttMessage().getReturnCode().name(), "")))
                .or(() -> find(failure, Mqtt5DisconnectException.class).flatMap(e -> disconnected(e.getMqttMessage())));
        if (answered.isPresent()) {
            return answered.get();
        }
        String message = message(failure);
        if (message.contains("waiting for CONNACK")) {
            return new Problem(
                    Kind.AWAY,
                    "accepted the connection but did not answer to CONNECT within " + Session.CONNECT_SECONDS
                            + " s; if it is one, it hangs");
        }
        if (message.contains("PINGRE")) {
            return new Problem(
                    Kind.AWAY,
                    "has not answered for " + Session.KEEP_ALIVE_SECONDS + " s; it hangs, or the network is cut");
        }
        if (find(failure, UnknownHostException.class).isPresent()
                || find(failure, UnresolvedAddressException.class).isPresent()) {
            return new Problem(
                    Kind.AWAY,
                    "has a name (mqtt_host) that cannot be resolved; check its spelling and the name server");
        }
        Optional<SSLException> tls = find(failure, SSLException.class);
        if (tls.isPresent()) {
            return tls(tls.get(), broker);
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return new Problem(
                    Kind.AWAY,
                    message.toLowerCase(Locale.ROOT).contains("refused")
                            ? "cannot be reached: nothing listens there (connection refused)"
                            : "cannot be reached: " + message);
        }
        if (find(failure, MqttDecodeException.class).isPresent() || message.contains("before CONNACK")) {
            return new Problem(
                    Kind.VERSION,
                    "answers with something that is not MQTT as it was asked for (" + message
                            + "); check mqtt_port, mqtt_tls and mqtt_version");
        }
        if (find(failure, ConnectionClosedException.class).isPresent()
                || find(failure, IOException.class).isPresent()) {
            return new Problem(
                    Kind.CLOSED, "closed the connection" + (broker.tls().isEmpty() ? "" : " (TLS)"));
        }
        return new Problem(Kind.AWAY, "cannot be used: " + message);
    }

    /** Returns what it means where the broker has not let this node in yet. */
    Problem beforeAnswer() {
        return kind == Kind.CLOSED
                ? new Problem(
                        kind,
                        text + " before it answered; if it speaks TLS there, set mqtt_tls, else look into its log")
                : this;
    }

    private static Problem tls(SSLException failure, Broker broker) {
        String message = message(failure);
        if (find(failure, GeneralSecurityException.class).isPresent()) {
            return new Problem(
                    Kind.REFUSED,
                    message.contains("No subject alternative") || message.contains("No name matching")
                            ? "has a certificate for another name than " + broker.host()
                                    + "; set mqtt_host to a name that stands in it"
                            : "has a certificate that nobody vouches for whom this node believes; set mqtt_ca to the PEM"
                                    + " file of the authority that signed it (" + message + ")");
        }
        return new Problem(
                Kind.REFUSED, "does not speak TLS there as it should (" + message + "); check mqtt_port and mqtt_tls");
    }

    private static Problem refused(Mqtt5ConnAck answer) {
        return refused(
                answer.getReasonCode().name(),
                answer.getReasonString().map(text -> " (it says: " + text + ")").orElse(""));
    }

    private static Problem refused(String code, String detail) {
        return switch (code) {
            case "UNSUPPORTED_PROTOCOL_VERSION" ->
                new Problem(Kind.VERSION, "does not know this version of MQTT; set mqtt_version to auto" + detail);
            case "BAD_USER_NAME_OR_PASSWORD" ->
                new Problem(
                        Kind.REFUSED, "refuses user name or password; check mqtt_username and mqtt_password" + detail);
            case "NOT_AUTHORIZED" ->
                new Problem(
                        Kind.REFUSED,
                        "does not let this node in (not authorized); check mqtt_username, mqtt_password and the broker's"
                                + " access rules" + detail);
            case "IDENTIFIER_REJECTED", "CLIENT_IDENTIFIER_NOT_VALID" ->
                new Problem(
                        Kind.REFUSED,
                        "does not accept the client id of this node; it is made from node_name, so set that to plain"
                                + " letters and digits, or change the broker's rules" + detail);
            case "SERVER_UNAVAILABLE", "SERVER_BUSY", "QUOTA_EXCEEDED", "CONNECTION_RATE_EXCEEDED" ->
                new Problem(Kind.REFUSED, "is there but takes nobody in now (" + words(code) + ")" + detail);
            case "BANNED" ->
                new Problem(Kind.REFUSED, "has banned this node; only its operator can change that" + detail);
            default -> new Problem(Kind.REFUSED, "refuses the connection: " + words(code) + detail);
        };
    }

    private static Optional<Problem> disconnected(Mqtt5Disconnect message) {
        Mqtt5DisconnectReasonCode code = message.getReasonCode();
        String detail = message.getReasonString().map(text -> " (" + text + ")").orElse("");
        if (code == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER) {
            return Optional.of(new Problem(Kind.TAKEN_OVER, "let somebody else in by this node's client id" + detail));
        }
        if (code == Mqtt5DisconnectReasonCode.SERVER_SHUTTING_DOWN) {
            return Optional.of(new Problem(Kind.CLOSED, "was stopped"));
        }
        // What this side has sent is told by its cause.
        return detail.contains("CONNACK") || detail.contains("decoding")
                ? Optional.empty()
                : Optional.of(new Problem(Kind.CLOSED, "closed the connection: " + words(code.name()) + detail));
    }

    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String message(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String text = deepest.getMessage();
        return text == null || text.isBlank() ? deepest.getClass().getSimpleName() : text;
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
