package import AQICore
package import HJ212
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// Listens for stations. Every connection is a ``CentreSession``; what they bring is kept together, many packets a time, and
/// acknowledged when it is.
///
/// A connection is not read on while four reads of what it brought are being kept: that is the bound of what waits here.
package final class HJ212Server: Sendable {
    /// The address cannot be had.
    package struct CannotListen: Error {
        package let address: String
        package let port: Int
        package let errno: Int32
    }

    /// Keeps what stations brought; returns whether it is as safe as the store promises.
    package typealias Sink = @Sendable (StationDelivery) async throws -> Bool
    /// Sees every packet, good or not.
    package typealias Watch = @Sendable (Span<UInt8>, borrowing Packet) -> Void

    private let rules: CentreRules
    private let clock: @Sendable () -> Instant
    private let tell: @Sendable (CentreEvent) -> Void
    private let watch: Watch?
    private let group: MultiThreadedEventLoopGroup
    private let listener: any NIOCore.Channel
    private let deliveries = StationDeliveries()
    private let census: Mutex<StationCensus>
    /// The port that is listened on.
    package let port: Int

    /// Listens.
    ///
    /// - Throws: ``CannotListen``.
    package init(
        address: String, port: Int, rules: CentreRules, threads: Int = 2, clock: @escaping @Sendable () -> Instant,
        tell: @escaping @Sendable (CentreEvent) -> Void, watch: Watch? = nil
    ) async throws {
        self.rules = rules
        self.clock = clock
        self.tell = tell
        self.watch = watch
        let census = StationCensus(stations: rules.stations.count)
        self.census = Mutex(census)
        group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
        let connected = Connected()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 4096)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 2048))
            .childChannelOption(.maxMessagesPerRead, value: 4)
            // A peer that never reads fills its socket, then this, and is closed.
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 16_384, high: 65_536))
            .childChannelInitializer { channel in connected.join(channel) }
        do {
            listener = try await bootstrap.bind(host: address, port: port).get()
        } catch {
            try? await group.shutdownGracefully()
            throw CannotListen(address: address, port: port, errno: (error as? IOError)?.errnoCode ?? EADDRNOTAVAIL)
        }
        self.port = listener.localAddress?.port ?? port
        connected.open(self)
    }

    /// Keeps what comes, until ``stop()``. What could not be kept is not acknowledged: stations send it again.
    ///
    /// - Throws: what `sink` throws; then nothing more is acknowledged.
    package func run(_ sink: Sink) async throws {
        for await _ in deliveries.signals {
            let batch = deliveries.take()
            let isKept = batch.delivery.isEmpty ? true : try await sink(batch.delivery)
            // One call a loop: thousands of stations are acknowledged at once, and each call wakes a thread.
            let loops = Dictionary(grouping: batch.parcels) { ObjectIdentifier($0.connection.loop) }
            for parcels in loops.values {
                parcels[0].connection.loop.execute {
                    for parcel in parcels { parcel.connection.kept(isKept ? parcel.acknowledgements : []) }
                }
            }
        }
    }

    /// Stops listening and lets go of every connection.
    package func stop() async {
        try? await listener.close().get()
        deliveries.finish()
        try? await group.shutdownGracefully()
    }

    /// How often each station did what, by the place of the station in the rules.
    package var tallies: [StationTally] {
        census.withLock { census in
            var tallies = census.tallies
            for place in tallies.indices {
                tallies[place].isConnected = census.connections[rules.stations[place].mn] != nil
            }
            return tallies
        }
    }

    /// Connections that are open.
    package var connectionCount: Int { census.withLock { $0.open } }

    /// Why a station cannot be asked; nil where it can.
    package func refusal(of request: CentreRequest, mn: String) -> StationAnswer? {
        guard rules.allowsReverseControl || !request.isReverseControl else { return .notAllowed }
        return census.withLock { $0.connections[mn] == nil } ? .notConnected : nil
    }

    /// Asks a station, wherever it is connected, and waits for what becomes of it: forty seconds where it says nothing.
    package func ask(_ request: CentreRequest, mn: String) async -> StationAnswer {
        if let refusal = refusal(of: request, mn: mn) { return refusal }
        guard let connection = census.withLock({ $0.connections[mn] }) else { return .notConnected }
        let question = StationCensus.Question(mn: mn, number: request.number)
        return await withCheckedContinuation { continuation in
            let isFirst = census.withLock { census in
                if census.waiting[question] != nil { return false }
                census.waiting[question] = continuation
                return true
            }
            if isFirst { connection.ask(request, mn: mn) } else { continuation.resume(returning: .askedAlready) }
        }
    }

    // MARK: - What connections report

    func admits(_ address: String) -> Bool {
        census.withLock { census in
            guard census.open < rules.connections, census.perAddress[address, default: 0] < rules.connectionsPerAddress
            else { return false }
            census.open += 1
            census.perAddress[address, default: 0] += 1
            return true
        }
    }

    func left(_ address: String, _ connection: StationConnection) {
        census.withLock { census in
            census.open -= 1
            census.perAddress[address, default: 1] -= 1
            if census.perAddress[address] == 0 { census.perAddress[address] = nil }
            for mn in connection.stations where census.connections[mn] === connection { census.connections[mn] = nil }
        }
        let lost = census.withLock { census in
            let questions = census.waiting.keys.filter { connection.stations.contains($0.mn) }
            return questions.compactMap { census.waiting.removeValue(forKey: $0) }
        }
        for continuation in lost { continuation.resume(returning: .notConnected) }
    }

    /// Tells whoever waits for it what became of a request.
    func settle(_ request: CentreRequest, mn: String, _ answer: StationAnswer) {
        let waiting = census.withLock { $0.waiting.removeValue(forKey: .init(mn: mn, number: request.number)) }
        waiting?.resume(returning: answer)
    }

    func begin() -> CentreSession {
        CentreSession(rules: rules, passwords: census.withLock { $0.passwords }, at: clock())
    }

    var now: Instant { clock() }

    func receive(_ bytes: Span<UInt8>, _ session: inout CentreSession) -> CentreSession.Output {
        guard let watch else { return session.receive(bytes, at: clock()) }
        return session.receive(bytes, at: clock(), watch: watch)
    }

    func deliver(_ delivery: StationDelivery, _ acknowledgements: [UInt8], of connection: StationConnection) {
        deliveries.add(delivery, .init(connection: connection, acknowledgements: acknowledgements))
    }

    /// Returns the gaps in what stations brought that are to be asked for.
    func report(_ output: CentreSession.Output, of connection: StationConnection) -> [(mn: String, CentreRequest)] {
        for event in output.events {
            tell(event)
            follow(event)
        }
        guard !output.reports.isEmpty else { return [] }
        let heard = now
        return census.withLock { census in
            var gaps: [(mn: String, CentreRequest)] = []
            for report in output.reports {
                let mn = rules.stations[report.place].mn
                if let gap = gap(from: census.tallies[report.place].latest, until: report.latest) {
                    gaps.append((mn, gap))
                }
                census.tallies[report.place].add(report)
                census.tallies[report.place].heard = heard
                if report.isUsable { census.connections[mn] = connection }
            }
            return gaps
        }
    }

    /// What an answer means to others than the connection on which it came.
    private func follow(_ event: CentreEvent) {
        switch event {
        case .answered(let mn, let request, let result, let value, let history):
            if result == 1, case .setPassword(let password) = request, let place = rules.place(of: mn) {
                census.withLock { $0.passwords[place] = password }
            }
            let isDone = result == 1 || (result == CentreRequest.nothingThere && history != nil)
            settle(request, mn: mn, isDone ? .done(value: value, history: history) : .refused(result: result))
        case .unanswered(let mn, let request): settle(request, mn: mn, .unanswered)
        default: break
        }
    }

    private func gap(from before: Instant?, until time: Instant?) -> CentreRequest? {
        guard let longest = rules.longestGap, let before, let time, time - before > longest else { return nil }
        return .history(
            command: Command.minutes, from: max(before, time + -rules.oldestGap), through: time)
    }

    func refused(_ reason: CentreEvent.CloseReason) { tell(.closed(reason)) }
}

/// Gives connections their server, which is not there before it listens.
private final class Connected: Sendable {
    private let server = Mutex<HJ212Server?>(nil)

    func open(_ server: HJ212Server) { self.server.withLock { $0 = server } }

    func join(_ channel: any NIOCore.Channel) -> EventLoopFuture<Void> {
        guard let server = server.withLock({ $0 }) else { return channel.close() }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(StationConnectionHandler(server: server, channel: channel))
        }
    }
}
