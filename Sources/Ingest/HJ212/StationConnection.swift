import AQICore
import HJ212
import NIOCore
import Synchronization

/// One connection as others see it: everything happens on its event loop.
final class StationConnection: Sendable {
    private let handler: NIOLoopBound<StationConnectionHandler>
    private let mns = Mutex<Set<String>>([])

    init(_ handler: StationConnectionHandler, _ loop: any EventLoop) {
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
final class StationConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let server: HJ212Server
    private let channel: any NIOCore.Channel
    private var session: CentreSession
    private var connection: StationConnection?
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
        let connection = StationConnection(self, loop)
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
        isReading = waiting < StationConnectionHandler.mostWaiting
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
        guard channel.isActive else { return server.settle(request, mn: mn, .notConnected) }
        if let frame = session.ask(request, mn: mn, at: server.now) {
            write(frame)
        } else {
            server.settle(request, mn: mn, .askedAlready)
        }
    }

    private func tick() { act(session.tick(at: server.now)) }

    private func act(_ output: CentreSession.Output) {
        guard let connection else { return }
        for case .arrived(let mn) in output.events { connection.speaks(for: mn) }
        let gaps = server.report(output, of: connection)
        write(output.replies)
        for (mn, request) in gaps { ask(request, mn: mn) }
        var delivery = StationDelivery()
        (delivery.readings, delivery.means) = (output.readings, output.means)
        if !delivery.isEmpty || !output.acknowledgements.isEmpty {
            waiting += 1
            server.deliver(delivery, output.acknowledgements, of: connection)
        }
        if output.closes != nil { channel.close(promise: nil) }
    }

    private func write(_ bytes: [UInt8]) {
        guard !bytes.isEmpty, channel.isActive else { return }
        channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
    }
}
