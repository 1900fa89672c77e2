package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import io.netty.channel.nio.NioEventLoopGroup;
import io.pipecat.api.mqtt.MqttMessage;
import io.pipecat.api.setting.Secret;
import io.reactivex.schedulers.Schedulers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all sessions of a link have in common.
 *
 * @param broker the broker
 * @param clientId by which name it knows this node
 * @param loop the one thread that reads and writes
 * @param will what it says for this node when that is gone without a word
 */
record SessionConfig(Broker broker, String clientId, NioEventLoopGroup loop, Optional<MqttMessage> will) {
    private static final Logger LOG = LoggerFactory.getLogger(SessionConfig.class);

    static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    Session open(Broker.Version version, Session.Events events) {
        return switch (version) {
            case MQTT_5 -> new Mqtt5Session(this, events);
            case MQTT_3_1_1 -> new Mqtt311Session(this, events);
        };
    }

    MqttClientTransportConfig transport() {
        return MqttClientTransportConfig.builder()
                .serverHost(broker.host())
                .serverPort(broker.port())
                .sslConfig(broker.tls().orElse(null))
                .socketConnectTimeout(Session.CONNECT_SECONDS, TimeUnit.SECONDS)
                .mqttConnectTimeout(Session.CONNECT_SECONDS, TimeUnit.SECONDS)
                .build();
    }

    /**
     * Everything happens on the thread of the event loop. A hop to another for each message would cost more than the
     * message; and the client drops messages of QoS 0 for one that it hands over to and that lags behind.
     */
    MqttClientExecutorConfig executors() {
        return MqttClientExecutorConfig.builder()
                .nettyExecutor(loop)
                .nettyThreads(1)
                .applicationScheduler(Schedulers.from(Runnable::run))
                .build();
    }

    MqttQos qos() {
        return qos(broker.qos());
    }

    static MqttQos qos(int code) {
        return switch (code) {
            case 0 -> MqttQos.AT_MOST_ONCE;
            case 1 -> MqttQos.AT_LEAST_ONCE;
            default -> MqttQos.EXACTLY_ONCE;
        };
    }

    static byte[] bytes(Secret password) {
        return password.reveal().getBytes(StandardCharsets.UTF_8);
    }

    /** Calls with {@code null}, or with why it failed. */
    static void whenDone(CompletableFuture<?> future, Consumer<@Nullable Throwable> done) {
        var unused = future.handle((result, failure) -> {
            try {
                done.accept(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
            } catch (RuntimeException e) {
                // Nobody looks at the future.
                LOG.error("Dealing with an answer of the MQTT broker failed", e);
            }
            return null;
        });
    }
}
