package io.pipecat.worldmodel.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.pipecat.api.mqtt.MqttMessage;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5: the broker itself keeps back what this node published. */
final class Mqtt5Session implements Session {
    private static final Logger LOG = LoggerFactory.getLogger(Mqtt5Session.class);

    /** What is larger, the broker keeps for itself: it would take the memory of a small node. */
    private static final int MAX_PACKET_BYTES = 64 << 20;

    private final Mqtt5AsyncClient client;
    private final MqttQos qos;

    Mqtt5Session(SessionConfig config, Events events) {
        qos = config.qos();
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(config.clientId())
                .transportConfig(config.transport())
                .executorConfig(config.executors())
                .addDisconnectedListener(context -> events.ended(context.getCause()))
                .simpleAuth(login(config.broker()))
                .willPublish(config.will().map(Mqtt5Session::outgoing).orElse(null))
                .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL, publish -> events.received(incoming(publish), acknowledge(publish)), true);
    }

    private static @Nullable Mqtt5SimpleAuth login(Broker broker) {
        if (broker.user().isEmpty()) {
            return null;
        }
        var login = Mqtt5SimpleAuth.builder().username(broker.user().get());
        return broker.password().isEmpty()
                ? login.build()
                : login.password(SessionConfig.bytes(broker.password().get())).build();
    }

    private static MqttMessage incoming(Mqtt5Publish publish) {
        return new MqttMessage(
                publish.getTopic().toString(),
                publish.getPayload().orElse(SessionConfig.NOTHING),
                publish.getQos().getCode(),
                publish.isRetain());
    }

    private static @Nullable Runnable acknowledge(Mqtt5Publish publish) {
        return publish.getQos() == MqttQos.AT_MOST_ONCE ? null : publish::acknowledge;
    }

    private static Mqtt5Publish outgoing(MqttMessage message) {
        return Mqtt5Publish.builder()
                .topic(message.topic())
                .payload(message.payload())
                .qos(SessionConfig.qos(message.qos()))
                .retain(message.retained())
                .build();
    }

    @Override
    public CompletableFuture<?> connect() {
        return client.connectWith()
                .cleanStart(true)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .restrictions(Mqtt5ConnectRestrictions.builder()
                        .maximumPacketSize(MAX_PACKET_BYTES)
                        .build())
                .send();
    }

    @Override
    public void publish(MqttMessage message, Consumer<@Nullable Throwable> done) {
        SessionConfig.whenDone(client.publish(outgoing(message)), done);
    }

    @Override
    public void subscribe(Collection<String> filters, boolean kept, Consumer<@Nullable Throwable> done) {
        SessionConfig.whenDone(
                client.subscribe(Mqtt5Subscribe.builder()
                        .addSubscriptions(filters.stream()
                                .map(filter -> Mqtt5Subscription.builder()
                                        .topicFilter(filter)
                                        .qos(qos)
                                        .noLocal(true)
                                        .retainHandling(
                                                kept ? Mqtt5RetainHandling.SEND : Mqtt5RetainHandling.DO_NOT_SEND)
                                        .build()))
                        .build()),
                done);
    }

    @Override
    public void unsubscribe(Collection<String> filters) {
        SessionConfig.whenDone(
                client.unsubscribe(Mqtt5Unsubscribe.builder()
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
