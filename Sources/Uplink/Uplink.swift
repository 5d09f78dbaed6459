package import AQICore
import HJ212
import NIOCore
import NIOPosix
package import Store

/// Carries the store's hours and minutes, and the newest samples, to one platform for as long as it runs: each platform has its own,
/// and its own cursors.
package actor Uplink {
    /// What happened, for people.
    package enum Event: Equatable, Sendable {
        case connected
        /// The platform cannot be reached, or does not answer.
        case lost
    }

    private let destination: Destination
    private let store: StoreReader
    private let edges: Edges
    private let wall: @Sendable () -> Instant
    private let tell: @Sendable (Event) -> Void
    private let epoch = ContinuousClock.now
    private var isConnected: Bool?

    /// What an upload needs of others.
    package struct Edges: Sendable {
        /// Writes how far a content has come: a store has one writer.
        package var moveCursor: @Sendable (Destination.Content, Int64) async throws -> Void
        /// The newest samples of every station, under their moment.
        package var samples: @Sendable () async -> [Interval]
        /// Has an instrument calibrated; returns whether that has begun.
        package var calibrate: @Sendable (CalibrationOrder) async -> Bool

        package init(
            moveCursor: @escaping @Sendable (Destination.Content, Int64) async throws -> Void,
            samples: @escaping @Sendable () async -> [Interval] = { [] },
            calibrate: @escaping @Sendable (CalibrationOrder) async -> Bool = { _ in false }
        ) {
            self.moveCursor = moveCursor
            self.samples = samples
            self.calibrate = calibrate
        }
    }

    package init(
        _ destination: Destination, store: StoreReader, wall: @escaping @Sendable () -> Instant,
        tell: @escaping @Sendable (Event) -> Void, edges: Edges
    ) {
        self.destination = destination
        self.store = store
        self.wall = wall
        self.tell = tell
        self.edges = edges
    }

    private static let longestPause = 60.0

    /// Runs until it is cancelled. A platform that is away is tried again after 1, 2, 4 ... 60 seconds, each drawn between half
    /// and the whole.
    ///
    /// - Throws: ``StoreError`` where the store cannot be read or written.
    package func run() async throws {
        try await beginMinutes()
        var pause = 1.0
        while !Task.isCancelled {
            if try await serve() { pause = 1 }
            guard !Task.isCancelled else { return }
            say(.lost)
            try? await Task.sleep(for: .seconds(pause * Double.random(in: 0.5...1)))
            pause = min(pause * 2, Uplink.longestPause)
        }
    }

    /// Minutes go out from when they are first wanted; what is older may be asked for.
    private func beginMinutes() async throws {
        guard destination.sends.contains(.minutes) else { return }
        let end = StoreQueries.minutesSettled(at: wall())
        let isNew = try store.read { try $0.cursor(of: destination.cursorName(.minutes)) == nil }
        if isNew { try await edges.moveCursor(.minutes, end) }
    }

    /// A session that goes on where the last one came to.
    private func begin() throws -> UplinkSession {
        let end = StoreQueries.minutesSettled(at: wall())
        return try store.read { queries in
            let head = try queries.lastInOutbox()
            let minuteHead = min(end, try queries.lastInMinutes())
            return UplinkSession(
                destination,
                cursor: destination.sends.contains(.hours) ? try queries.cursor(of: destination.name) ?? 0 : head,
                head: head, minuteCursor: try queries.cursor(of: destination.cursorName(.minutes)) ?? minuteHead,
                minuteHead: minuteHead, at: milliseconds)
        }
    }

    private func say(_ event: Event) {
        guard isConnected != (event == .connected) else { return }
        isConnected = event == .connected
        tell(event)
    }

    private var milliseconds: Int64 { Int64((ContinuousClock.now - epoch) / .milliseconds(1)) }

    private enum Incoming: Sendable {
        case bytes([UInt8])
        case tick
        case end
    }

    /// One connection; returns whether the platform acknowledged anything.
    private func serve() async throws -> Bool {
        guard
            let channel = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connectTimeout(.seconds(10))
                .connect(
                    host: destination.host, port: destination.port,
                    channelInitializer: { channel in
                        channel.eventLoop.makeCompletedFuture {
                            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                        }
                    })
        else { return false }
        say(.connected)
        var session = try begin()
        var hasAnswered = false
        do {
            try await channel.executeThenClose { inbound, outbound in
                // What comes is small, and a platform that floods is cut off by the decoder's bounds, not by this queue.
                let (events, sink) = AsyncStream<Incoming>.makeStream(bufferingPolicy: .bufferingNewest(1000))
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        defer { sink.yield(.end) }
                        for try await buffer in inbound { sink.yield(.bytes(Array(buffer.readableBytesView))) }
                    }
                    tasks.addTask {
                        while !Task.isCancelled {
                            sink.yield(.tick)
                            try await Task.sleep(for: .milliseconds(200))
                        }
                    }
                    defer { tasks.cancelAll() }
                    for await event in events {
                        try session.fill(from: store, wall: wall())
                        var output: UplinkSession.Output
                        switch event {
                        case .end: return
                        case .bytes(let bytes): output = session.receive(bytes.span, wall: wall(), at: milliseconds)
                        case .tick:
                            output = session.tick(wall: wall(), at: milliseconds)
                            output.bytes += try session.answerHistory(from: store)
                            if session.wantsRealtime(at: milliseconds) {
                                output.bytes += session.realtime(
                                    await edges.samples(), wall: wall(), at: milliseconds)
                            }
                        }
                        for order in output.calibrations {
                            output.bytes += session.executed(order, isDone: await edges.calibrate(order))
                        }
                        if let cursor = output.cursor { try await edges.moveCursor(.hours, cursor) }
                        if let cursor = output.minuteCursor { try await edges.moveCursor(.minutes, cursor) }
                        if output.cursor != nil || output.minuteCursor != nil { hasAnswered = true }
                        if !output.bytes.isEmpty { try await outbound.write(ByteBuffer(bytes: output.bytes)) }
                        if output.givesUp || Task.isCancelled { return }
                    }
                }
            }
        } catch let error as StoreError {
            throw error
        } catch {
            // The connection broke off: it is made anew.
        }
        return hasAnswered
    }
}
