/**
 * Answers voice assistants that speak the Wyoming protocol, such as Home Assistant's. It is found through its
 * {@link io.pipecat.api.http.ListenerProvider}; nothing here is called directly, so nothing is exported.
 */
module io.pipecat.endpoint.wyoming {
    requires io.pipecat.agent;
    requires io.pipecat.api;
    requires io.pipecat.json;
    requires org.slf4j;

    provides io.pipecat.api.http.ListenerProvider with
            io.pipecat.endpoint.wyoming.WyomingListenerProvider;
}
