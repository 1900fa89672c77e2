package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscribe;
import com.hivemq.client.mqtt.mqtt3.message.subscribe.Mqtt3Subscription;
import com.hivemq.client.mqtt.mqtt3.message.unsubscribe.Mqtt3Unsubscribe;
import io.pipecat.api.mqtt.MqttMessage;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1: what this node published comes back; {@link Echoes} knows it again. */
final class Mqtt311Session implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(Mqtt311Session.class);

    private final Mqtt3AsyncClient client;
    private final MqttQos qos;

    Mqtt311Session(SessionConfig config, Events events) {
        qos = config.qos();
        client = MqttClient.builder()
                .useMqttVersion3()
                .identifier(config.clientId())
                .transportConfig(config.transport())
                .executorConfig(config.executors())
                .addDisconnectedListener(context -> events.ended(context.getCause()))
                .simpleAuth(login(config.broker()))
                .willPublish(config.will().map(Mqtt311Session::outgoing).orElse(null))
                .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL, publish -> events.received(incoming(publish), acknowledge(publish)), true);
    }

    private static @Nullable Mqtt3SimpleAuth login(Broker broker) {
        if (broker.user().isEmpty()) {
            return null;
        }
        var login = Mqtt3SimpleAuth.builder().username(broker.user().get());
        return broker.password().isEmpty()
                ? login.build()
                : login.password(SessionConfig.bytes(broker.password().get())).build();
    }

    private static MqttMessage incoming(Mqtt3Publish publish) {
        return new MqttMessage(
                publish.getTopic().toString(),
                publish.getPayload().orElse(SessionConfig.NOTHING),
                publish.getQos().getCode(),
                publish.isRetain());
    }

    private static @Nullable Runnable acknowledge(Mqtt3Publish publish) {
        return publish.getQos() == MqttQos.AT_MOST_ONCE ? null : publish::acknowledge;
    }

    private static Mqtt3Publish outgoing(MqttMessage message) {
        return Mqtt3Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(SessionConfig.qos(message.qos()))
                .retain(message.retained())
                .build();
    }

    @Override
    public CompletableFuture<?> connect() {
        return client.connectWith()
                .cleanSession(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .send();
    }

    @Override
    public void publish(MqttMessage message, Consumer<@Nullable Throwable> done) {
        SessionConfig.whenDone(client.publish(outgoing(message)), done);
    }

    @Override
    public void subscribe(Collection<String> filters, boolean kept, Consumer<@Nullable Throwable> done) {
        SessionConfig.whenDone(
                client.subscribe(Mqtt3Subscribe.builder()
                        .addSubscriptions(filters.stream()
                                .map(filter -> Mqtt3Subscription.builder()
                                        .topicFilter(filter)
                                        .qos(qos)
                                        .build()))
                        .build()),
                done);
    }

    @Override
    public void unsubscribe(Collection<String> filters) {
        SessionConfig.whenDone(
                client.unsubscribe(Mqtt3Unsubscribe.builder()
                        .addTopicFilters(filters.stream().map(MqttTopicFilter::of))
                        .build()),
                failure -> {
                    if (failure != null) {
                        LOG.debug("Unsubscribing from {} failed", filters, failure);
                    }
                });
    }

    @Override
    public CompletableFuture<?> disconnect() {
        return client.disconnect();
    }
}
