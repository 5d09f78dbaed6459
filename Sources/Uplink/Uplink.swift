package import AQICore
import HJ212
import NIOCore
import NIOPosix
package import Store

/// Carries the store's hours to one platform, for as long as it runs: each platform has its own, and its own cursor.
package actor Uplink {
    /// What happened, for people.
    package enum Event: Equatable, Sendable {
        case connected
        /// The platform cannot be reached, or does not answer.
        case lost
    }

    private let destination: Destination
    private let store: StoreReader
    private let moveCursor: @Sendable (Int64) async throws -> Void
    private let wall: @Sendable () -> Instant
    private let tell: @Sendable (Event) -> Void
    private let epoch = ContinuousClock.now
    private var isConnected: Bool?

    /// `moveCursor` writes the cursor: a store has one writer.
    package init(
        _ destination: Destination, store: StoreReader, wall: @escaping @Sendable () -> Instant,
        tell: @escaping @Sendable (Event) -> Void, moveCursor: @escaping @Sendable (Int64) async throws -> Void
    ) {
        self.destination = destination
        self.store = store
        self.wall = wall
        self.tell = tell
        self.moveCursor = moveCursor
    }

    private static let longestPause = 60.0

    /// Runs until it is cancelled. A platform that is away is tried again after 1, 2, 4 ... 60 seconds, each drawn between half
    /// and the whole.
    ///
    /// - Throws: ``StoreError`` where the store cannot be read or written.
    package func run() async throws {
        var pause = 1.0
        while !Task.isCancelled {
            if try await serve() { pause = 1 }
            guard !Task.isCancelled else { return }
            say(.lost)
            try? await Task.sleep(for: .seconds(pause * Double.random(in: 0.5...1)))
            pause = min(pause * 2, Uplink.longestPause)
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
        let (cursor, head) = try store.read { queries in
            let head = try queries.lastInOutbox()
            return (try queries.cursor(of: destination.name) ?? 0, head)
        }
        var session = UplinkSession(destination, cursor: cursor, head: head, at: milliseconds)
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
                        try session.fill(from: store)
                        var output: UplinkSession.Output
                        switch event {
                        case .end: return
                        case .bytes(let bytes): output = session.receive(bytes.span, wall: wall(), at: milliseconds)
                        case .tick:
                            output = session.tick(wall: wall(), at: milliseconds)
                            output.bytes += try session.answerHistory(from: store)
                        }
                        if let cursor = output.cursor {
                            hasAnswered = true
                            try await moveCursor(cursor)
                        }
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
