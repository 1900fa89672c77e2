package io.pipecat.tools.local.code;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A seccomp filter: a program for the kernel's classic BPF machine that refuses the system calls by which a program could leave the limits
 * that namespaces and resource limits set. They give memory that belongs to no process and no file system ({@code memfd_create}, System V
 * shared memory and queues, the key ring), reach parts of the kernel that have no namespaces, or make new ones.
 *
 * <p>Of sockets only local, IP and netlink ones are left, which the network namespace holds in; the link between a virtual machine and its
 * host (vsock), for one, knows no namespace.
 *
 * <p>Format: {@code linux/filter.h}, {@code linux/seccomp.h}; numbers: {@code asm/unistd_64.h} and {@code asm-generic/unistd.h}.
 */
final class SystemCallFilter {
    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int RETURN = 0x06;
    private static final int ALLOW = 0x7FFF0000;
    private static final int KILL_PROCESS = 0x80000000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int EAFNOSUPPORT = 97;
    private static final int NUMBER = 0;
    private static final int MACHINE = 4;
    private static final int FIRST_ARGUMENT = 16;
    private static final int INSTRUCTION = 8;
    private static final int MAX_INSTRUCTIONS = 256;
    private static final int X32_BIT = 0x40000000;
    /** Local, IPv4, IPv6, netlink. */
    private static final int[] SOCKET_FAMILIES = {1, 2, 10, 16};

    private static final int SOCKET_X86 = 41;
    private static final int SOCKET_GENERIC = 198;
    private static final int MACHINE_X86_64 = 0xC000003E;
    private static final int MACHINE_AARCH64 = 0xC00000B7;

    /**
     * memfd_create, memfd_secret, shmget, semget, msgget, add_key, request_key, keyctl, bpf, perf_event_open, userfaultfd, io_uring_setup,
     * io_uring_enter, io_uring_register, unshare, setns, mount.
     */
    private static final int[] REFUSED_X86 = {
        319, 447, 29, 64, 68, 248, 249, 250, 321, 298, 323, 425, 426, 427, 272, 308, 165
    };

    /** The same in the same order. */
    private static final int[] REFUSED_GENERIC = {
        279, 447, 194, 190, 186, 217, 218, 219, 280, 241, 282, 425, 426, 427, 97, 268, 40
    };

    private final ByteBuffer program =
            ByteBuffer.allocate(INSTRUCTION * MAX_INSTRUCTIONS).order(ByteOrder.nativeOrder());

    private SystemCallFilter() {}

    /**
     * The filter for a machine.
     *
     * @param arch as in the system property {@code os.arch}
     * @return the program; empty for a machine whose system calls are not known here
     */
    static Optional<byte[]> forMachine(String arch) {
        return switch (arch) {
            case "amd64", "x86_64" ->
                Optional.of(new SystemCallFilter().build(MACHINE_X86_64, REFUSED_X86, SOCKET_X86, true));
            case "aarch64" ->
                Optional.of(new SystemCallFilter().build(MACHINE_AARCH64, REFUSED_GENERIC, SOCKET_GENERIC, false));
            default -> Optional.empty();
        };
    }

    static List<String> machines() {
        return List.of("amd64", "aarch64");
    }

    private byte[] build(int machine, int[] refused, int socket, boolean x32) {
        add(LOAD, 0, 0, MACHINE);
        add(JUMP_IF_EQUAL, 1, 0, machine);
        // The 32-bit calls of the same processor have other numbers.
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD, 0, 0, NUMBER);
        if (x32) {
            add(JUMP_IF_AT_LEAST, 0, 1, X32_BIT);
            add(RETURN, 0, 0, FAIL | EPERM);
        }
        for (int number : refused) {
            add(JUMP_IF_EQUAL, 0, 1, number);
            add(RETURN, 0, 0, FAIL | EPERM);
        }
        add(JUMP_IF_EQUAL, 1, 0, socket);
        add(RETURN, 0, 0, ALLOW);
        add(LOAD, 0, 0, FIRST_ARGUMENT);
        for (int family : SOCKET_FAMILIES) {
            add(JUMP_IF_EQUAL, 0, 1, family);
            add(RETURN, 0, 0, ALLOW);
        }
        add(RETURN, 0, 0, FAIL | EAFNOSUPPORT);
        byte[] bytes = new byte[program.position()];
        program.flip().get(bytes);
        return bytes;
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(operand);
    }
}
