package io.pipecat.worldmodel.mqtt;

import io.pipecat.fuzz.Input;
import java.util.List;
import java.util.Set;

/** Filters: made disjoint they name all that they named before, once each. */
public final class FilterFuzz {

    private FilterFuzz() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] data) {
        List<String> parts = Input.parts(data, 4);
        String topic = parts.get(0);
        List<String> filters = parts.subList(1, 4);
        boolean good = Filters.topicFault(topic).isEmpty()
                && filters.stream().allMatch(filter -> Filters.fault(filter).isEmpty());
        if (!good) {
            return;
        }
        Set<String> disjoint = Filters.disjoint(filters);
        boolean before = filters.stream().anyMatch(filter -> Filters.matches(filter, topic));
        long after = disjoint.stream()
                .filter(filter -> Filters.matches(filter, topic))
                .count();
        Input.check("heard as before: " + disjoint, !before || after > 0);
        Input.check("heard once: " + disjoint, after <= 1);
        disjoint.forEach(filter ->
                Input.check("a filter: " + filter, Filters.fault(filter).isEmpty()));
        for (String a : filters) {
            for (String b : filters) {
                boolean covers = Filters.covers(a, b);
                Input.check("covers", !covers || !Filters.matches(b, topic) || Filters.matches(a, topic));
            }
        }
    }
}
