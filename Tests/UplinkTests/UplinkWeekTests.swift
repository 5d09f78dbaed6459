import AQICore
import Foundation
import HJ212
import Store
import TestSupport
import Testing
import Uplink

/// 2019-10-18T08:00+08:00.
private let monday = Hour(containing: Instant(seconds: 1_571_356_800))

private func record(_ number: Int32) -> HourlyRecord {
    var row = HourRow()
    row[.pm25] = Concentration(thousandths: 1000 * number + 500)
    return HourlyRecord(station: "A", hour: monday + number, row: row)
}

private func write(_ hours: ClosedRange<Int32>, to store: MonitorStore) throws {
    var batch = StoreBatch()
    batch.hours = hours.map(record)
    batch.time = monday.beginning
    try store.write(batch)
}

private let province = Destination(
    name: "province", host: "127.0.0.1", port: 1, password: "123456", dialect: .hj212Of2025, stations: ["A": "MN0001"],
    factors: [.init(code: "a34004", pollutant: .pm25, places: 3)], catchUpPerMinute: 60)

/// A packet as the platform sees it.
private struct Seen {
    var cn: Int
    var time: String
    var qn: String
    var isResent: Bool
    var text: String
}

private func packets(_ bytes: [UInt8]) -> [Seen] {
    var found: [Seen] = []
    // A missing value has no number behind its `=`: a sin to a strict reader.
    var decoder = Decoder(dialect: .hj212Of2025, strict: false)
    decoder.feed(bytes.span) { data, packet in
        guard packet.sins.subtracting(.emptyValue).isEmpty, packet.fault == nil, let message = Message(packet, in: data)
        else { return }
        found.append(
            Seen(
                cn: message.cn, time: packet.dataTime.map { WireTime.text($0) } ?? "", qn: message.qn ?? "",
                isResent: packet.isResent, text: message.cp))
    }
    return found
}

@Suite("HJ 212: a platform that was away") struct UplinkWeekTests {
    @Test func `after a week all of it arrives once, at its rate, and what is new does not wait`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        let week: Int32 = 7 * 24
        try write(0...week - 1, to: store)
        let reader = try StoreReader(path: store.path)
        var session: UplinkSession?
        var arrived: [String: Int] = [:]
        var oldAt: [Int64] = []
        var next = week
        var isOpen = true
        var now: Int64 = 0
        var overtook = 0
        var isNew = false
        while now < 200_000 {
            let wall = Instant(seconds: 1_572_000_000) + now / 1000
            // The connection breaks off in the middle, with a packet under way that the platform has and we do not know of.
            if now == 80_000 { isOpen = false }
            if isOpen == false, now >= 90_000 { (isOpen, session) = (true, nil) }
            guard isOpen else {
                now += 200
                continue
            }
            if session == nil {
                let (cursor, head) = try store.read { queries in
                    let head = try queries.lastInOutbox()
                    return (try queries.cursor(of: "province") ?? 0, head)
                }
                session = UplinkSession(province, cursor: cursor, head: head, at: now)
            }
            // An hour becomes final every half minute.
            if now % 30_000 == 15_000 {
                try write(next...next, to: store)
                next += 1
                isNew = true
            }
            try session?.fill(from: reader, wall: wall)
            var output = session?.tick(wall: wall, at: now) ?? .init()
            var due = packets(output.bytes)
            while !due.isEmpty {
                let packet = due.removeFirst()
                arrived[packet.time, default: 0] += 1
                let isLive = packet.time == WireTime.text((monday + (next - 1)).beginning)
                if !isLive { oldAt.append(now) }
                #expect(packet.isResent == !isLive)
                // What became final in this moment goes before anything older.
                if isNew {
                    overtook += isLive ? 1 : 0
                    isNew = false
                }
                // Its last acknowledgement is lost with the connection.
                if now >= 79_000, now < 80_000 { break }
                let answer = Message(qn: packet.qn, st: 91, cn: 9014, pw: "123456", mn: "MN0001", flag: 8).frame
                output = session?.receive(answer.span, wall: wall, at: now) ?? .init()
                due += packets(output.bytes)
                if let cursor = output.cursor { try store.moveCursor(of: "province", to: cursor) }
            }
            now += 200
        }
        #expect(overtook == 7)
        let all = Set((0..<next).map { WireTime.text((monday + $0).beginning) })
        #expect(Set(arrived.keys) == all)
        // Twice at most the one under way, and those that overtook: they are before the cursor again after the break.
        let twice = arrived.filter { $0.value > 1 }
        #expect(twice.count <= 4 && twice.values.allSatisfy { $0 == 2 }, "\(twice)")
        // One a second, whatever the window of a minute.
        for (place, time) in oldAt.enumerated() where place >= 61 { #expect(time - oldAt[place - 61] >= 60_000) }
        #expect(try store.read { try $0.cursor(of: "province") == $0.lastInOutbox() })
    }

    @Test func `history that the platform asks for comes from the store, under the name of the request`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        try write(0...150, to: store)
        var batch = StoreBatch()
        let minute = monday.beginning.seconds / 60
        batch.time = monday.beginning + 7200
        batch.samples = (0..<30).map { number in
            var samples = MinuteSamples(station: "A", minute: minute + Int64(number))
            // Three of four samples are enough, two are not.
            for second in 0..<4 {
                let isMissing = second == 3 || (number == 5 && second == 2)
                samples.add(
                    isMissing ? .missing(.calibration) : Concentration(thousandths: 1000 * Int32(second)),
                    of: Parameter.pm25.rawValue, atSecond: UInt8(second * 15))
            }
            return samples
        }
        try store.write(batch)
        let reader = try StoreReader(path: store.path)
        var session = UplinkSession(province, cursor: 151, head: 151, at: 0)
        let wall = (monday + 200).beginning
        func ask(_ command: Int, _ from: Instant, _ to: Instant) -> String {
            let request = Message(
                qn: "20191025080000001", st: 22, cn: command, pw: "123456", mn: "MN0001", flag: 9,
                cp: "BeginTime=\(WireTime.text(from)),EndTime=\(WireTime.text(to))")
            return packets(session.receive(request.frame.span, wall: wall, at: 0).bytes).map(\.text).joined()
        }
        func answer() throws -> [Seen] {
            var all: [Seen] = []
            while true {
                let piece = packets(try session.answerHistory(from: reader))
                #expect(piece.count <= 101)
                all += piece
                if piece.contains(where: { $0.cn == 9012 }) { return all }
            }
        }
        #expect(ask(2061, (monday + 10).beginning, (monday + 140).beginning) == "QnRtn=1")
        let hours = try answer()
        #expect(hours.allSatisfy { $0.qn == "20191025080000001" })
        #expect(
            hours.filter { $0.cn == 2061 }.map(\.time) == (10...140).map { WireTime.text((monday + $0).beginning) })
        #expect(hours.last?.text == "ExeRtn=1")
        #expect(ask(2051, monday.beginning + 1, monday.beginning + 25 * 60) == "QnRtn=1")
        let minutes = try answer()
        #expect(
            minutes.filter { $0.cn == 2051 }.map(\.time)
                == (1...25).map { WireTime.text(monday.beginning + $0 * 60) })
        #expect(minutes[0].text.hasSuffix("a34004-Avg=1.000,a34004-Flag=N"))
        #expect(minutes[4].text.hasSuffix("a34004-Avg=,a34004-Flag=C"))
        // Nothing there; too much; the wrong way round; days, whose values for ozone are maxima.
        #expect(ask(2061, monday.beginning + -86_400, monday.beginning + -3600) == "QnRtn=1")
        #expect(try answer().map(\.text) == ["ExeRtn=100"])
        #expect(ask(2051, monday.beginning, monday.beginning + 8 * 86_400) == "QnRtn=2")
        #expect(ask(2061, wall, monday.beginning) == "QnRtn=2")
        #expect(ask(2031, monday.beginning, wall) == "QnRtn=2")
        for _ in 0..<UplinkSession.mostRequests { #expect(ask(2061, monday.beginning, wall) == "QnRtn=1") }
        #expect(ask(2061, monday.beginning, wall) == "QnRtn=2")
    }
}
