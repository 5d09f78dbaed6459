import Dispatch
import Glibc
import Synchronization

/// What simulators have in common: a thread that serves until it is stopped, a conduct, and the name of a pseudo-terminal.
final class SimulatorRun: Sendable {
    typealias Failed = ModbusSimulator.Failed

    let conduct: SharedConduct
    /// A pipe whose closing tells the thread to stop.
    private let stop: Int32
    private let stopping: Int32
    private let finished = DispatchGroup()
    private let hasStopped = Mutex(false)
    /// A name that goes with the simulator.
    private let link: String?

    /// `link` names the pseudo-terminal `path` as well, if it is given.
    init(_ misbehaviours: [Misbehaviour], seed: UInt64, link: String? = nil, to path: String = "") throws(Failed) {
        if let link {
            // A name that a simulator left behind is taken over; anything else that is there stays.
            if SimulatorRun.isTerminalLink(link) { _ = unsafe unlink(link) }
            guard unsafe symlink(path, link) == 0 else { throw .cannotLink(path: link, errno: errno) }
        }
        self.link = link
        conduct = SharedConduct(misbehaviours, seed: seed)
        var ends: [Int32] = [-1, -1]
        // Invariant: pipe(2) writes two descriptors. A child that another thread starts must not keep the simulator
        // alive.
        guard unsafe pipe(&ends) == 0 else { throw .noPseudoterminal(errno: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        stop = ends[0]
        stopping = ends[1]
    }

    /// Serves on a thread of its own until `stop` can be read; once.
    func start(_ name: String, _ serve: @escaping (_ stop: Int32) -> Void) {
        let stop = stop
        // Invariant: everything that `serve` captures is handed over to this one queue and used nowhere else.
        nonisolated(unsafe) let serve = serve
        DispatchQueue(label: "simulator \(name)").async(group: finished) {
            unsafe serve(stop)
            close(stop)
        }
    }

    /// From the next request on the devices behave so; an empty list makes them behave well.
    func misbehave(_ misbehaviours: [Misbehaviour]) {
        conduct.state.withLock { $0.misbehaviours = misbehaviours }
    }

    /// How many requests came, or frames were sent unasked, and how many of them met a misbehaviour.
    var counts: (requests: Int, misbehaved: Int) {
        conduct.state.withLock { ($0.requestCount, $0.misbehavedCount) }
    }

    /// Stops serving, and takes the name away; returns when that is done.
    func end() {
        let isFirst = hasStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        if isFirst {
            close(stopping)
            if let link, SimulatorRun.isTerminalLink(link) { _ = unsafe unlink(link) }
        }
        finished.wait()
    }

    /// Whether a name is a symbolic link to a pseudo-terminal, there or gone.
    private static func isTerminalLink(_ path: String) -> Bool {
        var target = [UInt8](repeating: 0, count: 64)
        // Invariant: readlink(2) writes at most 64 bytes into the array.
        let count = unsafe target.withUnsafeMutableBytes { buffer in
            guard let start = buffer.baseAddress else { return 0 }
            return unsafe readlink(path, start.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        return count > 0 && String(decoding: target.prefix(count), as: UTF8.self).hasPrefix("/dev/pts/")
    }
}

/// The conduct that a simulator and its server share.
final class SharedConduct: Sendable {
    let state: Mutex<Conduct>

    init(_ misbehaviours: [Misbehaviour], seed: UInt64) {
        var conduct = Conduct(seed: seed)
        conduct.misbehaviours = misbehaviours
        state = Mutex(conduct)
    }
}
