import Glibc
import Synchronization

/// Ends waits from another thread: a descriptor that can be read from the moment it is set, for good.
final class Interruption: Sendable {
    private let flag = Atomic(false)
    /// The reading end is readable once the writing end is closed.
    private let reading: Int32
    private let writing: Int32

    /// Without a pipe, where the process has no descriptors left, waits end by their deadlines alone.
    init() {
        var ends: [Int32] = [-1, -1]
        // Invariant: pipe(2) writes two descriptors.
        let isOpen = unsafe pipe(&ends) == 0
        if isOpen { for end in ends { doNotBlock(end) } }
        reading = isOpen ? ends[0] : -1
        writing = isOpen ? ends[1] : -1
    }

    deinit {
        for end in [reading, writing] where end >= 0 { close(end) }
    }

    var isSet: Bool { flag.load(ordering: .acquiring) }

    func set() {
        flag.store(true, ordering: .releasing)
        var byte: UInt8 = 1
        // Invariant: write(2) reads one byte.
        if writing >= 0 { _ = unsafe write(writing, &byte, 1) }
    }

    enum Outcome {
        case ready
        case timeout
        case interrupted
    }

    /// Waits until a descriptor is ready for `events`, or has failed; a negative descriptor only lets the time pass.
    func wait(for descriptor: Int32, _ events: Int32 = POLLIN, until deadline: Int64) -> Outcome {
        while true {
            if isSet { return .interrupted }
            var polled = (
                pollfd(fd: descriptor, events: Int16(events), revents: 0),
                pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
            )
            let left = deadline - monotonicMicroseconds()
            let milliseconds = Int32(clamping: left <= 0 ? 0 : (left + 999) / 1000)
            // Invariant: poll(2) writes only into the two descriptors, which lie side by side.
            let count = unsafe withUnsafeMutablePointer(to: &polled) {
                unsafe $0.withMemoryRebound(to: pollfd.self, capacity: 2) { unsafe poll($0, 2, milliseconds) }
            }
            if count > 0, polled.1.revents != 0 { return .interrupted }
            if count > 0 { return .ready }
            if count == 0, monotonicMicroseconds() >= deadline { return .timeout }
            if count < 0, errno != EINTR { return .ready }
        }
    }
}

/// A descriptor that never blocks, and that no child of this process gets.
func doNotBlock(_ descriptor: Int32) {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
}

/// Microseconds of a clock that nobody sets.
func monotonicMicroseconds() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}
