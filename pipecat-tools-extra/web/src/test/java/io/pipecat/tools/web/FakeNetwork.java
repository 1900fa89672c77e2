package io.pipecat.tools.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Name servers that a test runs: a host has an answer for each look-up, of which the last one stays. */
final class FakeNetwork implements Network {
    final List<String> lookups = new ArrayList<>();
    private final Map<String, Deque<List<InetAddress>>> hosts = new HashMap<>();
    private final List<InetAddress> own = new ArrayList<>();

    FakeNetwork host(String name, String... addresses) {
        hosts.computeIfAbsent(name, n -> new ArrayDeque<>())
                .add(List.of(addresses).stream().map(FakeNetwork::address).toList());
        return this;
    }

    FakeNetwork own(String address) {
        own.add(address(address));
        return this;
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized List<InetAddress> resolve(String host) throws UnknownHostException {
        lookups.add(host);
        Deque<List<InetAddress>> answers = hosts.get(host);
        if (answers == null) {
            if (AddressRange.looksLikeOne(host) || host.matches("[0-9.]+")) {
                return List.of(InetAddress.getByName(host));
            }
            throw new UnknownHostException(host);
        }
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return own.contains(address);
    }
}
