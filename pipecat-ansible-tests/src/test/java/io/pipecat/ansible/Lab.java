package io.pipecat.ansible;

import io.pipecat.testkit.Await;
import io.pipecat.testkit.RequiredPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Debian machines with systemd and sshd, each a container in a network namespace of its own, on a switch in one more, from which the plays
 * are run. Nothing of it is seen outside, nothing outside is reached from it, and closing takes it away.
 */
final class Lab implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final String IMAGE = "localhost/pipecat-machine:bookworm-2";

    private static final String BASE = "localhost/pipecat-base:bookworm-2";

    private final String prefix = "pa" + ProcessHandle.current().pid() % 1_000_000;
    private final Deque<String> undo = new ArrayDeque<>();
    private final Path folder;
    private final Path key;

    private Lab(Path folder) {
        this.folder = folder;
        key = folder.resolve("key");
    }

    /** What every test of this kind needs. */
    static void orSkip() {
        for (String tool : List.of("podman", "runc")) {
            RequiredPart.of(tool, "Debian package " + tool).orSkip();
        }
        RequiredPart.of("ip", "Debian package iproute2").orSkip();
        RequiredPart.of("ssh-keygen", "Debian package openssh-client").orSkip();
        RequiredPart.of("ansible-playbook", "Debian package ansible-core").orSkip();
        RequiredPart.that(
                        "the right to make network namespaces",
                        "run the tests as root",
                        () -> "root".equals(System.getProperty("user.name")))
                .orSkip();
        RequiredPart.that(
                        "an image of a Debian machine",
                        "run bin/machine-parts, which makes one",
                        () -> Shell.run("podman image exists " + IMAGE + " && podman image exists " + BASE)
                                        .code()
                                == 0)
                .orSkip();
    }

    static Lab open(Path folder, List<Machine> machines) {
        orSkip();
        Lab lab = new Lab(folder);
        boolean complete = false;
        try {
            lab.build(machines);
            complete = true;
        } finally {
            if (!complete) {
                lab.close();
            }
        }
        return lab;
    }

    /** A machine by its name; the last part of its address is its number. */
    record Machine(String name, int number) {
        String address() {
            return "10.79.0." + number;
        }
    }

    private void build(List<Machine> machines) {
        String control = prefix + "c";
        namespace(control);
        Shell.run("ip -n " + control + " link add name switch type bridge && ip -n " + control
                        + " addr add 10.79.0.1/24 dev switch && ip -n " + control + " link set switch up")
                .ok();
        Shell.run("ssh-keygen -q -t ed25519 -N '' -f " + key).ok();
        for (Machine machine : machines) {
            String name = container(machine);
            namespace(name);
            Shell.run("ip link add v" + machine.number() + " netns " + control + " type veth peer name eth netns "
                            + name
                            + " && ip -n " + control + " link set v" + machine.number() + " master switch up"
                            + " && ip -n " + name + " addr add " + machine.address() + "/24 dev eth && ip -n " + name
                            + " link set eth up")
                    .ok();
            undo.push("podman rm --force --time 1 --volumes " + name);
            // Without its own name among the hosts, gathering facts would wait for a name server.
            Shell.run("podman run --detach --name " + name + " --hostname " + machine.name() + " --add-host "
                            + machine.name()
                            + ":127.0.1.1 --systemd=always --cap-add SYS_ADMIN --cap-add SYS_PTRACE --network ns:/run/netns/"
                            + name + " --volume " + Shell.ROOT + ":/src:ro " + IMAGE)
                    .ok();
            Shell.run("podman exec -i " + name + " sh -c 'cat >/root/.ssh/authorized_keys' <" + key + ".pub")
                    .ok();
        }
        for (Machine machine : machines) {
            Await.until(
                    "systemd and sshd on " + machine.name(),
                    START,
                    () -> Shell.run("podman exec " + container(machine) + " systemctl is-active ssh multi-user.target")
                                    .code()
                            == 0);
        }
    }

    private void namespace(String name) {
        undo.push("ip netns del " + name);
        Shell.run("ip netns add " + name + " && ip -n " + name + " link set lo up")
                .ok();
    }

    private String container(Machine machine) {
        return prefix + machine.name();
    }

    /** Runs a command as root on a machine. */
    Shell.Output on(Machine machine, String command) {
        return Shell.run("podman exec " + container(machine) + " bash -c '" + command.replace("'", "'\\''") + "'");
    }

    /** Lets Podman run containers on a machine, which is a container itself: its own choices only work on a machine of its own. */
    void allowContainers(Machine machine) {
        String settings = "[engine]\\nruntime = \"runc\"\\ncgroup_manager = \"cgroupfs\"\\nevents_logger = \"file\"\\n";
        on(
                        machine,
                        "mkdir -p /etc/containers && printf '" + settings + "' >/etc/containers/containers.conf"
                                + " && for folder in /sys/fs/cgroup /sys/fs/cgroup/*; do"
                                + " ! mountpoint -q $folder || mount -o remount,bind,rw $folder; done")
                .ok();
    }

    /** Writes the image that container images are built on to a file on a machine, which could not fetch it. */
    void putBaseImage(Machine machine, String file) {
        Path saved = folder.resolve("base.tar");
        Shell.run("podman save --quiet --format docker-archive --output " + saved + " " + BASE)
                .ok();
        Shell.run("podman exec -i " + container(machine) + " sh -c 'cat >" + file + "' <" + saved)
                .ok();
    }

    /** Runs a play over SSH. */
    Play play(String inventory, String arguments) {
        Path file = folder.resolve("hosts.yaml");
        try {
            Files.writeString(file, inventory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Play.of(Shell.run(
                Shell.ROOT.resolve("ansible"),
                java.util.Map.of(
                        "ANSIBLE_NOCOLOR", "1",
                        "ANSIBLE_PRIVATE_KEY_FILE", key.toString(),
                        "ANSIBLE_REMOTE_USER", "root",
                        "ANSIBLE_SSH_COMMON_ARGS",
                                "-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR",
                        "ANSIBLE_SSH_CONTROL_PATH_DIR", folder.resolve("ssh").toString()),
                "ip netns exec " + prefix + "c ansible-playbook -i " + file + " site.yaml " + arguments));
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            Shell.run(undo.pop());
        }
    }
}
