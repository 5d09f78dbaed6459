package import AQICore
package import HJ212
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

    /// Keeps readings; returns whether they are as safe as the store promises.
    package typealias Sink = @Sendable ([Reading]) async throws -> Bool
    /// Sees every packet, good or not.
    package typealias Watch = @Sendable (Span<UInt8>, borrowing Packet) -> Void

    private let rules: CentreRules
    private let clock: @Sendable () -> Instant
    private let tell: @Sendable (CentreEvent) -> Void
    private let watch: Watch?
    private let group: MultiThreadedEventLoopGroup
    private let listener: any NIOCore.Channel
    private let deliveries = Deliveries()
    private let census: Mutex<Census>
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
        let census = Census(stations: rules.stations.count)
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
            throw CannotListen(address: address, port: port, errno: (error as? IOError)?.errnoCode ?? 0)
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
            let isKept = batch.readings.isEmpty ? true : try await sink(batch.readings)
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

    /// Asks a station, wherever it is connected.
    package func ask(_ request: CentreRequest, mn: String) {
        let connection = census.withLock { $0.connections[mn] }
        connection?.ask(request, mn: mn)
    }

    // MARK: - What connections report

    fileprivate func admits(_ address: String) -> Bool {
        census.withLock { census in
            guard census.open < rules.connections, census.perAddress[address, default: 0] < rules.connectionsPerAddress
            else { return false }
            census.open += 1
            census.perAddress[address, default: 0] += 1
            return true
        }
    }

    fileprivate func left(_ address: String, _ connection: Connection) {
        census.withLock { census in
            census.open -= 1
            census.perAddress[address, default: 1] -= 1
            if census.perAddress[address] == 0 { census.perAddress[address] = nil }
            for mn in connection.stations where census.connections[mn] === connection { census.connections[mn] = nil }
        }
    }

    fileprivate func begin() -> CentreSession { CentreSession(rules: rules, at: clock()) }

    fileprivate var now: Instant { clock() }

    fileprivate func receive(_ bytes: Span<UInt8>, _ session: inout CentreSession) -> CentreSession.Output {
        guard let watch else { return session.receive(bytes, at: clock()) }
        return session.receive(bytes, at: clock(), watch: watch)
    }

    fileprivate func deliver(_ readings: [Reading], _ acknowledgements: [UInt8], of connection: Connection) {
        deliveries.add(readings, .init(connection: connection, acknowledgements: acknowledgements))
    }

    /// Returns the gaps in what stations brought that are to be asked for.
    fileprivate func report(_ output: CentreSession.Output, of connection: Connection) -> [(mn: String, CentreRequest)]
    {
        for event in output.events { tell(event) }
        guard !output.tallies.isEmpty else { return [] }
        let heard = now
        return census.withLock { census in
            var gaps: [(mn: String, CentreRequest)] = []
            for tally in output.tallies {
                let mn = rules.stations[tally.place].mn
                if let gap = gap(from: census.tallies[tally.place].latest, until: tally.latest) {
                    gaps.append((mn, gap))
                }
                census.tallies[tally.place].add(tally)
                census.tallies[tally.place].heard = heard
                if tally.isUsable { census.connections[mn] = connection }
            }
            return gaps
        }
    }

    private func gap(from before: Instant?, until time: Instant?) -> CentreRequest? {
        guard let longest = rules.longestGap, let before, let time, time - before > longest else { return nil }
        return .history(
            command: Command.minutes, from: max(before, time + -rules.oldestGap), through: time)
    }

    fileprivate func refused(_ reason: CentreEvent.CloseReason) { tell(.closed(reason)) }
}

/// Who is connected, and what stations did.
private struct Census {
    var tallies: [StationTally]
    var open = 0
    var perAddress: [String: Int] = [:]
    /// The connection on which a station spoke last, by its MN.
    var connections: [String: Connection] = [:]

    init(stations: Int) {
        tallies = [StationTally](repeating: StationTally(), count: stations)
    }
}

extension StationTally {
    fileprivate mutating func add(
        _ tally: (place: Int, isUsable: Bool, sins: Sins, clockOffset: Int64?, latest: Instant?)
    ) {
        packets += 1
        if !tally.isUsable { refused += 1 }
        if !tally.sins.isEmpty { for name in tally.sins.names { sins[name, default: 0] += 1 } }
        if let offset = tally.clockOffset { clockOffset = offset }
        if let time = tally.latest { latest = max(latest ?? time, time) }
    }
}

/// Gives connections their server, which is not there before it listens.
private final class Connected: Sendable {
    private let server = Mutex<HJ212Server?>(nil)

    func open(_ server: HJ212Server) { self.server.withLock { $0 = server } }

    func join(_ channel: any NIOCore.Channel) -> EventLoopFuture<Void> {
        guard let server = server.withLock({ $0 }) else { return channel.close() }
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(ConnectionHandler(server: server, channel: channel))
        }
    }
}

/// What came and is not kept yet, of all connections.
private final class Deliveries: Sendable {
    struct Parcel: Sendable {
        let connection: Connection
        let acknowledgements: [UInt8]
    }

    struct Batch: Sendable {
        var readings: [Reading] = []
        var parcels: [Parcel] = []
    }

    private let batch = Mutex(Batch())
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init() {
        // One signal stands for all that has come since the last.
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ readings: [Reading], _ parcel: Parcel) {
        batch.withLock {
            $0.readings += readings
            $0.parcels.append(parcel)
        }
        signal.yield()
    }

    func take() -> Batch {
        batch.withLock { batch in
            defer { batch = Batch() }
            return batch
        }
    }

    func finish() { signal.finish() }
}

/// One connection as others see it: everything happens on its event loop.
private final class Connection: Sendable {
    private let handler: NIOLoopBound<ConnectionHandler>
    private let mns = Mutex<Set<String>>([])

    init(_ handler: ConnectionHandler, _ loop: any EventLoop) {
        self.handler = NIOLoopBound(handler, eventLoop: loop)
    }

    var loop: any EventLoop { handler.eventLoop }

    /// What was delivered is kept: its acknowledgements go out, and more may come in. To be called on the loop.
    func kept(_ acknowledgements: [UInt8]) { handler.value.kept(acknowledgements) }

    func ask(_ request: CentreRequest, mn: String) {
        loop.execute { self.handler.value.ask(request, mn: mn) }
    }

    var stations: Set<String> { mns.withLock { $0 } }

    func speaks(for mn: String) { mns.withLock { _ = $0.insert(mn) } }
}

/// The edge between a socket and a session.
private final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let server: HJ212Server
    private let channel: any NIOCore.Channel
    private var session: CentreSession
    private var connection: Connection?
    private var address = ""
    private var isAdmitted = false
    /// Deliveries that are not kept yet.
    private var waiting = 0
    /// Whether more is wanted of the socket.
    private var isReading = false
    private var ticks: RepeatedTask?

    init(server: HJ212Server, channel: any NIOCore.Channel) {
        self.server = server
        self.channel = channel
        session = server.begin()
    }

    func channelActive(context: ChannelHandlerContext) {
        address = context.remoteAddress?.ipAddress ?? ""
        guard server.admits(address) else {
            server.refused(.tooMany)
            context.close(promise: nil)
            return
        }
        isAdmitted = true
        let loop = context.eventLoop
        let connection = Connection(self, loop)
        self.connection = connection
        let handler = NIOLoopBound(self, eventLoop: loop)
        ticks = loop.scheduleRepeatedTask(initialDelay: .seconds(5), delay: .seconds(5)) { _ in handler.value.tick() }
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        act(server.receive(buffer.readableBytesUInt8Span, &session))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Asked for here, the socket stays as it is registered: that spares two calls of the kernel a packet.
        isReading = waiting < ConnectionHandler.mostWaiting
        if isReading { context.read() }
    }

    /// Reads of a connection that may wait to be kept.
    private static let mostWaiting = 4

    func channelInactive(context: ChannelHandlerContext) {
        ticks?.cancel()
        ticks = nil
        if isAdmitted, let connection { server.left(address, connection) }
        isAdmitted = false
        connection = nil
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard !context.channel.isWritable else { return }
        server.refused(.doesNotRead)
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func kept(_ acknowledgements: [UInt8]) {
        waiting -= 1
        write(acknowledgements)
        if !isReading, channel.isActive {
            isReading = true
            channel.read()
        }
    }

    func ask(_ request: CentreRequest, mn: String) {
        if let frame = session.ask(request, mn: mn, at: server.now) { write(frame) }
    }

    private func tick() { act(session.tick(at: server.now)) }

    private func act(_ output: CentreSession.Output) {
        guard let connection else { return }
        for case .arrived(let mn) in output.events { connection.speaks(for: mn) }
        let gaps = server.report(output, of: connection)
        write(output.replies)
        for (mn, request) in gaps { ask(request, mn: mn) }
        if !output.readings.isEmpty || !output.acknowledgements.isEmpty {
            waiting += 1
            server.deliver(output.readings, output.acknowledgements, of: connection)
        }
        if output.closes != nil { channel.close(promise: nil) }
    }

    private func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, channel.isActive else { return }
        channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
    }
}
