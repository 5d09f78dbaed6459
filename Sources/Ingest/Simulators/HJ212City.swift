package import AQICore
package import HJ212
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A city of stations that speak HJ 212 to a centre: each a connection, each a packet every so often, in one made-up episode.
package final class HJ212City: Sendable {
    package struct Options: Sendable {
        package var stationCount = 1
        package var millisecondsBetweenPackets = 1000
        package var dialect: Dialect = .hj212Of2017
        package var sins: Sins = []
        package var password = "123456"
        package var seed: UInt64 = 1

        package init() {}
    }

    /// What was sent, and what came back.
    package struct Counts: Sendable {
        package var sent = 0
        package var resent = 0
        package var acknowledged = 0
        package var unanswered = 0
        package var requestsAnswered = 0
        package var connected = 0
        package var lost = 0
        package var reconnected = 0
        /// Acknowledgements by how long they took, in tenths of a millisecond; the last is for what took longer.
        package var delays = [Int](repeating: 0, count: 100_001)

        /// The delay in milliseconds within which so many of a thousand acknowledgements came.
        package func delay(perMille: Int) -> Double {
            let wanted = (acknowledged * perMille + 999) / 1000
            var seen = 0
            for (place, count) in delays.enumerated() {
                seen += count
                if seen >= wanted { return Double(place + 1) / 10 }
            }
            return 0
        }
    }

    private let options: Options
    private let clock: @Sendable () -> Instant
    private let group: MultiThreadedEventLoopGroup
    private let tally = Mutex(Counts())
    private let hasStopped = Atomic(false)

    package init(_ options: Options, clock: @escaping @Sendable () -> Instant) {
        self.options = options
        self.clock = clock
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }

    /// The MN of a station.
    package static func mn(_ number: Int) -> String {
        let digits = String(number)
        return "AQISIM" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    package var counts: Counts { tally.withLock { $0 } }

    /// Connects every station. One that loses its connection later tries again every few seconds.
    ///
    /// - Throws: ``ExchangeError/cannotConnect(errno:)``, the first failure.
    package func start(host: String, port: Int) async throws {
        for first in stride(from: 0, to: options.stationCount, by: 200) {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in first..<min(first + 200, options.stationCount) {
                    tasks.addTask { try await self.connect(number, host: host, port: port) }
                }
                try await tasks.waitForAll()
            }
        }
    }

    private func connect(_ number: Int, host: String, port: Int) async throws {
        let (loop, options) = (group.next(), options)
        do {
            try await loop.flatSubmit {
                HJ212CityStation(city: self, number: number, options: options, host: host, port: port, loop: loop)
                    .connect()
            }.get()
        } catch {
            let failure = (error as? NIOConnectionError)?.connectionErrors.first?.error ?? error
            throw ExchangeError.cannotConnect(errno: (failure as? IOError)?.errnoCode ?? EHOSTUNREACH)
        }
    }

    package func stop() async {
        hasStopped.store(true, ordering: .relaxed)
        try? await group.shutdownGracefully()
    }

    /// Forgets what was counted.
    package func forget() {
        tally.withLock { counts in
            let connected = counts.connected
            counts = Counts()
            counts.connected = connected
        }
    }

    func count(_ change: (inout Counts) -> Void) { tally.withLock { change(&$0) } }

    var now: Instant { clock() }

    /// Whether no connection shall be made again.
    var isStopped: Bool { hasStopped.load(ordering: .relaxed) }
}
