package import AQICore
package import HJ212
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

    /// Connects every station.
    ///
    /// - Throws: the first failure to connect.
    package func start(host: String, port: Int) async throws {
        let options = options
        for first in stride(from: 0, to: options.stationCount, by: 200) {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for number in first..<min(first + 200, options.stationCount) {
                    tasks.addTask {
                        _ = try await ClientBootstrap(group: self.group)
                            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1024))
                            .channelInitializer { channel in
                                channel.eventLoop.makeCompletedFuture {
                                    try channel.pipeline.syncOperations.addHandler(
                                        StationHandler(city: self, number: number, options: options, channel: channel))
                                }
                            }
                            .connect(host: host, port: port).get()
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }

    package func stop() async { try? await group.shutdownGracefully() }

    /// Forgets what was counted.
    package func forget() {
        tally.withLock { counts in
            let connected = counts.connected
            counts = Counts()
            counts.connected = connected
        }
    }

    fileprivate func count(_ change: (inout Counts) -> Void) { tally.withLock { change(&$0) } }

    fileprivate var now: Instant { clock() }
}

/// One station on its connection.
private final class StationHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let city: HJ212City
    private let number: Int
    private let options: HJ212City.Options
    private let channel: any NIOCore.Channel
    private let episode: Episode
    private var decoder: Decoder
    private var serial = 0
    /// Packets that are not acknowledged: when they were sent, how often, and the message.
    private var waiting: [String: (sent: NIODeadline, times: Int, message: Message)] = [:]

    init(city: HJ212City, number: Int, options: HJ212City.Options, channel: any NIOCore.Channel) {
        self.city = city
        self.number = number
        self.options = options
        self.channel = channel
        episode = Episode(seed: options.seed &+ UInt64(number))
        decoder = Decoder(dialect: options.dialect, strict: false)
    }

    func channelActive(context: ChannelHandlerContext) {
        city.count { $0.connected += 1 }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let interval = Int64(options.millisecondsBetweenPackets)
        // Spread over the interval: a city does not speak in one voice.
        let first = interval * Int64(number * 7919 % 1000) / 1000
        context.eventLoop.scheduleRepeatedTask(
            initialDelay: .milliseconds(first), delay: .milliseconds(interval)
        ) { task in
            guard handler.value.channel.isActive else { return task.cancel() }
            handler.value.speak()
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        city.count {
            $0.connected -= 1
            $0.lost += 1
        }
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
        channel.writeAndFlush(channel.allocator.buffer(bytes: bytes), promise: nil)
    }
}
