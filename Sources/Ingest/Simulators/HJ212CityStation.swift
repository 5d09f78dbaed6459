import AQICore
import HJ212
import NIOCore
import NIOPosix

/// One station of a ``HJ212City``: its connection, and when that is lost the next. What nobody acknowledged goes over to it.
final class HJ212CityStation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let city: HJ212City
    private let number: Int
    private let options: HJ212City.Options
    private let host: String
    private let port: Int
    private let loop: any EventLoop
    private let episode: Episode
    /// Draws the waits: a city that lost its centre does not come back in one moment.
    private var random: SplitMix
    private var channel: (any NIOCore.Channel)?
    private var speaking: RepeatedTask?
    private var wasConnected = false
    private var decoder: Decoder
    private var serial = 0
    /// Packets that are not acknowledged: when they were sent, how often, and the message.
    private var waiting: [String: (sent: NIODeadline, times: Int, message: Message)] = [:]

    /// A station without a connection.
    init(
        city: HJ212City, number: Int, options: HJ212City.Options, host: String, port: Int, loop: any EventLoop
    ) {
        self.city = city
        self.number = number
        self.options = options
        self.host = host
        self.port = port
        self.loop = loop
        episode = Episode(seed: options.seed &+ UInt64(number))
        random = SplitMix(seed: options.seed &+ UInt64(number))
        decoder = Decoder(dialect: options.dialect, strict: false)
    }

    /// Makes a connection; on the station's loop.
    func connect() -> EventLoopFuture<Void> {
        let station = NIOLoopBound(self, eventLoop: loop)
        return ClientBootstrap(group: loop)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(station.value)
                }
            }
            .connect(host: host, port: port).map { _ in }
    }

    /// Tries again after two to five seconds, until there is a connection.
    private func connectLater() {
        guard !city.isStopped else { return }
        let station = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: .milliseconds(2000 + Int64(random.next(3001)))) {
            station.value.connect().whenFailure { _ in station.value.connectLater() }
        }
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        decoder = Decoder(dialect: options.dialect, strict: false)
        let isAgain = wasConnected
        city.count {
            $0.connected += 1
            if isAgain { $0.reconnected += 1 }
        }
        wasConnected = true
        let station = NIOLoopBound(self, eventLoop: loop)
        let interval = Int64(options.millisecondsBetweenPackets)
        // Spread over the interval: a city does not speak in one voice.
        let first = interval * Int64(number * 7919 % 1000) / 1000
        speaking = loop.scheduleRepeatedTask(
            initialDelay: .milliseconds(first), delay: .milliseconds(interval)
        ) { _ in station.value.speak() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        channel = nil
        speaking?.cancel()
        city.count {
            $0.connected -= 1
            $0.lost += 1
        }
        connectLater()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        var decoder = decoder
        decoder.feed(buffer.readableBytesUInt8Span) { data, packet in
            guard packet.fault == nil, let message = Message(packet, in: data) else { return }
            let name = (packet.value("QN") ?? packet.qn)?.text(in: data) ?? ""
            take(message, named: name)
        }
        self.decoder = decoder
    }

    private func take(_ message: Message, named name: String) {
        switch message.cn {
        case Command.dataAcknowledged:
            guard let sent = waiting.removeValue(forKey: name)?.sent else { return }
            let tenths = Int((NIODeadline.now() - sent).nanoseconds / 100_000)
            city.count {
                $0.acknowledged += 1
                $0.delays[min(max(tenths, 0), 100_000)] += 1
            }
        case Command.noticeAcknowledged: break
        default: answer(message, named: name)
        }
    }

    /// Answers a request of the centre: ready, what was asked for, done.
    private func answer(_ request: Message, named name: String) {
        city.count { $0.requestsAnswered += 1 }
        reply(Command.requestAnswer, name, "QnRtn=1")
        switch request.cn {
        case Command.getTime: reply(Command.getTime, name, "SystemTime=\(WireTime.text(city.now))", st: 22)
        case Command.getRealtimeInterval:
            let seconds = max(1, options.millisecondsBetweenPackets / 1000)
            reply(Command.getRealtimeInterval, name, "RtdInterval=\(seconds)", st: 22)
        case Command.getMinuteInterval: reply(Command.getMinuteInterval, name, "MinInterval=1", st: 22)
        case Command.minutes, Command.hours, Command.day:
            // The newest whole one: a simulated station keeps no more.
            let now = Hour(containing: city.now)
            let time =
                switch request.cn {
                case Command.minutes: city.now + -60
                case Command.hours: (now - 1).beginning
                default: (now.day.lastHour - 47).beginning
                }
            reply(request.cn, nextName(), "DataTime=\(WireTime.text(time));\(values(kind: "Avg"))", st: 22)
        default: break
        }
        reply(Command.executionAnswer, name, "ExeRtn=1")
    }

    private func reply(_ command: Int, _ name: String, _ cp: String, st: Int = 91) {
        let inCP = options.dialect.answersInCP && st == 91
        let message = Message(
            qn: inCP ? nil : name, st: st, cn: command, pw: options.password, mn: HJ212City.mn(number),
            flag: options.dialect.flag(wantsAnswer: false), cp: (inCP ? "QN=\(name);" : "") + cp)
        send(message.frame)
    }

    /// Sends the values of now, and again what nobody acknowledged for ten seconds, three times.
    private func speak() {
        let now = NIODeadline.now()
        for (name, entry) in waiting where now - entry.sent >= .seconds(10) {
            guard entry.times <= 3 else {
                waiting[name] = nil
                city.count { $0.unanswered += 1 }
                continue
            }
            var message = entry.message
            message.isResent = options.dialect.marksResent
            waiting[name] = (now, entry.times + 1, message)
            city.count { $0.resent += 1 }
            send(message.frame(with: options.sins))
        }
        let name = nextName()
        let message = Message(
            qn: name, st: 22, cn: Command.realtime, pw: options.password, mn: HJ212City.mn(number),
            flag: options.dialect.flag(wantsAnswer: true),
            cp: "DataTime=\(WireTime.text(city.now));\(values(kind: "Rtd"))")
        if options.sins.isDisjoint(with: [.noQN, .noFlag]) { waiting[name] = (now, 1, message) }
        city.count { $0.sent += 1 }
        send(message.frame(with: options.sins))
    }

    private func nextName() -> String {
        serial += 1
        return WireTime.qn(city.now, milliseconds: serial)
    }

    private func values(kind: String) -> String {
        let row = episode.row(serial / 60)
        return Pollutant.allSix.map { pollutant in
            let code = options.dialect.code(of: pollutant.parameter) ?? pollutant.name
            let thousandths = row[pollutant].thousandths ?? 0
            let fraction = String(1000 + abs(thousandths % 1000)).dropFirst()
            return "\(code)-\(kind)=\(thousandths / 1000).\(fraction),\(code)-Flag=N"
        }.joined(separator: ";")
    }

    private func send(_ bytes: [UInt8]) {
        guard let channel else { return }
        channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
    }
}
