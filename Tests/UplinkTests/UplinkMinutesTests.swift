import AQICore
import Foundation
import HJ212
import Store
import TestSupport
import Testing
import Uplink

/// 2019-10-18T08:00+08:00.
private let monday = Instant(seconds: 1_571_356_800)

private func platform(_ sends: Set<Destination.Content>, isControlled: Bool = false) -> Destination {
    var destination = Destination(
        name: "province", host: "127.0.0.1", port: 1, password: "123456", dialect: .hj212Of2025,
        stations: ["A": "MN0001", "B": "MN0002"],
        factors: [.init(code: "a34004", pollutant: .pm25, places: 3)], catchUpPerMinute: 600)
    destination.sends = sends
    destination.allowsReverseControl = isControlled
    return destination
}

/// A packet as the platform sees it.
private struct Seen: Equatable {
    var cn: Int
    var mn: String
    var time: String
    var isResent: Bool
    var qn: String
    var cp: String

    static func all(in bytes: [UInt8]) -> [Seen] {
        var found: [Seen] = []
        var decoder = Decoder(dialect: .hj212Of2025, strict: false)
        decoder.feed(bytes.span) { data, packet in
            guard packet.fault == nil, let message = Message(packet, in: data) else { return }
            found.append(
                Seen(
                    cn: message.cn, mn: message.mn, time: packet.dataTime.map(WireTime.text) ?? "",
                    isResent: packet.isResent, qn: (packet.value("QN") ?? packet.qn)?.text(in: data) ?? "",
                    cp: message.cp))
        }
        return found
    }
}

private func request(_ cn: Int, _ cp: String = "", mn: String = "MN0001") -> [UInt8] {
    Message(qn: "20191018090000009", st: 22, cn: cn, pw: "123456", mn: mn, flag: 9, cp: cp).frame
}

@Suite("HJ 212: minutes and samples to a platform") struct UplinkMinutesTests {
    /// Writes minutes of two stations, as the pipeline does: each when it is over.
    private func write(_ minutes: Range<Int64>, to store: MonitorStore) throws {
        var batch = StoreBatch()
        batch.time = monday + minutes.upperBound * 60
        for minute in minutes {
            for station in ["A", "B", "C"] {
                var samples = MinuteSamples(station: station, minute: monday.seconds / 60 + minute)
                for second in stride(from: UInt8(0), to: 60, by: 5) {
                    samples.add(
                        Concentration(thousandths: Int32(minute) * 1000 + Int32(second)), of: Parameter.pm25.rawValue,
                        atSecond: second)
                }
                batch.samples.append(samples)
            }
        }
        try store.write(batch)
    }

    @Test func `minutes of a week in which the platform was away arrive once and marked, and new ones do not wait`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        // A twentieth of the minutes of a week.
        let waited: Int64 = 7 * 72
        try write(0..<waited, to: store)
        let reader = try StoreReader(path: store.path)
        let destination = platform([.hours, .minutes])
        let name = destination.cursorName(.minutes)
        var arrived: [String: Int] = [:]
        var delays: [Int64] = []
        var isOld: [Bool] = []
        var session: UplinkSession?
        var next = waited
        var now: Int64 = 0
        // The next minute ends every sixth second of this time: ten times as fast as in the world.
        while now < 260_000 {
            let wall = monday + next * 60 + 40
            if now == 90_000 { session = nil }  // the connection breaks off
            if session == nil {
                let (cursor, head) = try store.read { (try $0.cursor(of: name) ?? 0, try $0.lastInMinutes()) }
                session = UplinkSession(
                    destination, cursor: 0, head: 0, minuteCursor: cursor, minuteHead: head, at: now)
            }
            if now % 6000 == 0 {
                try write(next..<next + 1, to: store)
                next += 1
            }
            try session?.fill(from: reader, wall: wall)
            var output = session?.tick(wall: wall, at: now) ?? .init()
            while true {
                let packets = Seen.all(in: output.bytes)
                if packets.isEmpty { break }
                output = .init()
                for packet in packets {
                    arrived["\(packet.mn) \(packet.time)", default: 0] += 1
                    isOld.append(packet.isResent)
                    if !packet.isResent { delays.append(now % 6000) }
                    let answer = Message(qn: packet.qn, st: 91, cn: 9014, pw: "123456", mn: packet.mn, flag: 8).frame
                    let more = session?.receive(answer.span, wall: wall, at: now) ?? .init()
                    output.bytes += more.bytes
                    if let cursor = more.minuteCursor { try store.moveCursor(of: name, to: cursor) }
                }
            }
            now += 200
        }
        // Both stations, every minute that has settled; the third station is not uploaded there.
        let expected = (0..<next - 1).flatMap { minute in
            ["MN0001", "MN0002"].map { "\($0) \(WireTime.text(monday + minute * 60))" }
        }
        #expect(Set(arrived.keys).isSuperset(of: expected))
        #expect(arrived.keys.allSatisfy { !$0.hasPrefix("C") })
        #expect(arrived.values.filter { $0 > 1 }.count <= 2 * 16)
        // New ones go in the step in which they can be had.
        #expect(delays.allSatisfy { $0 <= 400 })
        #expect(isOld.contains(true) && isOld.contains(false))
    }

    @Test func `a minute is its mean, in order, and none that may still be written`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        try write(0..<3, to: store)
        let reader = try StoreReader(path: store.path)
        func taken(at wall: Instant) throws -> [String] {
            try reader.read {
                try $0.minutes(
                    of: ["A", "B"], after: 0, through: StoreQueries.minutesSettled(at: wall), most: 100
                ).entries.map { "\($0.samples.station) \(($0.samples.beginning - monday) / 60)" }
            }
        }
        // Half a minute after its end a minute is taken for whole.
        #expect(try taken(at: monday + 89).isEmpty)
        #expect(try taken(at: monday + 90) == ["A 0", "B 0"])
        #expect(try taken(at: monday + 10_000) == ["A 0", "B 0", "A 1", "B 1", "A 2", "B 2"])
        var session = UplinkSession(platform([.minutes]), cursor: 0, head: 0, at: 0)
        try session.fill(from: reader, wall: monday + 90)
        let packets = Seen.all(in: session.tick(wall: monday + 90, at: 0).bytes)
        #expect(packets.map(\.cn) == [2051] && packets.map(\.time) == [WireTime.text(monday)])
        // 0, 5 ... 55 thousandths.
        #expect(packets.map(\.cp) == ["DataTime=20191018080000;a34004-Avg=0.028,a34004-Flag=N"])
    }

    @Test func `samples go out in their rhythm, each moment once, and nobody waits for an answer`() {
        var destination = platform([.realtime])
        destination.realtimeSeconds = 30
        var session = UplinkSession(destination, cursor: 0, head: 0, at: 0)
        var row = HourRow()
        row[.pm25] = Concentration(thousandths: 35_500)
        var times: [Int64] = []
        for now in stride(from: Int64(0), through: 120_000, by: 200) where session.wantsRealtime(at: now) {
            times.append(now)
            // The second station stopped measuring.
            let samples = [
                Interval(station: "A", start: monday + now / 1000, row: row),
                Interval(station: "B", start: monday, row: HourRow(missing: .fault)),
            ]
            let packets = Seen.all(in: session.realtime(samples, wall: monday, at: now))
            #expect(packets.map(\.mn) == (now == 0 ? ["MN0001", "MN0002"] : ["MN0001"]))
            #expect(packets[0].cn == 2011 && packets[0].time == WireTime.text(monday + now / 1000))
            #expect(packets[0].cp.hasSuffix("a34004-Rtd=35.500,a34004-Flag=N"))
            if now == 0 { #expect(packets[1].cp.hasSuffix("a34004-Rtd=,a34004-Flag=D")) }
            #expect(session.tick(wall: monday, at: now).givesUp == false)
        }
        #expect(times == [0, 30_000, 60_000, 90_000, 120_000])
    }

    @Test func `an old packet without an answer does not keep new ones waiting`() {
        var session = UplinkSession(platform([.hours]), cursor: 0, head: 1, at: 0)
        func entry(_ sequence: Int64) -> OutboxEntry {
            OutboxEntry(
                sequence: sequence,
                record: HourlyRecord(station: "A", hour: Hour(containing: monday) + Int32(sequence), row: HourRow()))
        }
        session.offerBacklog([entry(1)])
        #expect(Seen.all(in: session.tick(wall: monday, at: 0).bytes).map(\.isResent) == [true])
        session.offerLive([entry(2)])
        #expect(Seen.all(in: session.tick(wall: monday, at: 200).bytes).map(\.isResent) == [false])
    }

    @Test func `a platform sets the interval of samples, and has an instrument calibrated, only where it may`() {
        func answers(_ bytes: [UInt8], _ session: inout UplinkSession) -> ([String], [CalibrationOrder]) {
            let output = session.receive(bytes.span, wall: monday, at: 0)
            return (Seen.all(in: output.bytes).map { "\($0.cn) \($0.cp)" }, output.calibrations)
        }
        var closed = UplinkSession(platform([.realtime]), cursor: 0, head: 0, at: 0)
        for (command, cp) in [(1061, ""), (1062, "RtdInterval=60"), (3011, "PolId=a21026"), (1072, "NewPW=1")] {
            #expect(answers(request(command, cp), &closed).0 == ["9011 QnRtn=2"])
        }
        var open = UplinkSession(platform([.realtime], isControlled: true), cursor: 0, head: 0, at: 0)
        #expect(answers(request(1061), &open).0 == ["9011 QnRtn=1", "1061 RtdInterval=30", "9012 ExeRtn=1"])
        #expect(answers(request(1062, "RtdInterval=60"), &open).0 == ["9011 QnRtn=1", "9012 ExeRtn=1"])
        #expect(answers(request(1061), &open).0[1] == "1061 RtdInterval=60")
        for bad in ["RtdInterval=29", "RtdInterval=3601", "RtdInterval=x", ""] {
            #expect(answers(request(1062, bad), &open).0 == ["9011 QnRtn=2"])
        }
        let (ready, orders) = answers(request(3011, "PolId=a21026", mn: "MN0002"), &open)
        #expect(ready == ["9011 QnRtn=1"])
        #expect(orders.map(\.station) == ["B"] && orders.map(\.pollutant) == [.so2])
        #expect(Seen.all(in: open.executed(orders[0], isDone: true)).map(\.cp) == ["ExeRtn=1"])
        #expect(Seen.all(in: open.executed(orders[0], isDone: false)).map(\.cp) == ["ExeRtn=2"])
        // What is not measured, and what nobody may.
        for (command, cp) in [
            (3011, "PolId=w01018"), (3011, ""), (1072, "NewPW=1"), (1012, "SystemTime=1"), (3012, ""),
        ] {
            #expect(answers(request(command, cp), &open).0 == ["9011 QnRtn=2"])
        }
        #expect(answers(request(3011, "PolId=a21026", mn: "OTHER"), &open).0 == ["9011 QnRtn=4"])
    }
}
