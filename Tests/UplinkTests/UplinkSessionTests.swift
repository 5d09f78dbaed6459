import AQICore
import Foundation
import HJ212
import Store
import Synchronization
import TestSupport
import Testing
import Uplink

private func destination(port: Int = 1, dialect: Dialect = .hj212Of2017, catchUp: Int = 60) -> Destination {
    Destination(
        name: "province", host: "127.0.0.1", port: port, password: "123456", dialect: dialect,
        stations: ["A": "MN0001"],
        factors: [
            .init(code: "a34004", pollutant: .pm25, places: 3), .init(code: "a21026", pollutant: .so2, places: 6),
            .init(code: "a21005", pollutant: .co, places: 3),
        ], catchUpPerMinute: catchUp)
}

/// The hours after 2019-10-18T08:00+08:00.
private func record(_ number: Int32, station: String = "A") -> HourlyRecord {
    var row = HourRow()
    row[.pm25] = Concentration(thousandths: 1000 * number + 500)
    row[.so2] = .missing(.calibration)
    row[.co] = Concentration(thousandths: 812)
    return HourlyRecord(station: station, hour: Hour(containing: Instant(seconds: 1_571_356_800)) + number, row: row)
}

private func entries(_ range: ClosedRange<Int64>) -> [OutboxEntry] {
    range.map { OutboxEntry(sequence: $0, record: record(Int32($0))) }
}

private let wall = Instant(seconds: 1_571_400_000)

/// The DataTime hours of what was sent, and the names by which it is acknowledged.
private func sent(_ bytes: [UInt8]) -> [(hour: String, qn: String)] {
    var found: [(String, String)] = []
    var decoder = Decoder(dialect: .hj212Of2017, strict: false)
    decoder.feed(bytes.span) { data, packet in
        if packet.cn == 2061, let time = packet.dataTime {
            found.append((WireTime.text(time), packet.qn?.text(in: data) ?? ""))
        }
    }
    return found
}

private func acknowledgement(_ qn: String) -> [UInt8] {
    Message(qn: qn, st: 91, cn: 9014, pw: "123456", mn: "MN0001", flag: 4).frame
}

@Suite("HJ 212: uploads") struct UplinkSessionTests {
    @Test func `an hour goes out under its start, with its units and its flags`() {
        let message = destination().message(record(0), qn: "20191018090000001", isAgain: true)
        #expect(
            message.map { String(decoding: $0.data, as: UTF8.self) }
                == "QN=20191018090000001;ST=22;CN=2061;PW=123456;MN=MN0001;Flag=5;CP=&&DataTime=20191018080000;"
                + "a34004-Avg=0.500,a34004-Flag=N;a21026-Avg=,a21026-Flag=C;a21005-Avg=0.812,a21005-Flag=N&&")
        #expect(destination().message(record(0, station: "B"), qn: "1", isAgain: false) == nil)
        #expect(destination(dialect: .hj212Of2025).message(record(0), qn: "1", isAgain: true)?.isResent == true)
    }

    @Test func `units are turned by moving the point`() {
        for (thousandths, places, text) in [
            (52_300, 6, "0.052300"), (812, 0, "812"), (-500, 3, "-0.500"), (1, 6, "0.000001"), (35_500, 3, "35.500"),
        ] {
            var row = HourRow()
            row[.pm25] = Concentration(thousandths: Int32(thousandths))
            var to = destination()
            to.factors = [.init(code: "a34004", pollutant: .pm25, places: places)]
            let message = to.message(
                HourlyRecord(station: "A", hour: Hour(start: 0), row: row), qn: "1", isAgain: false)
            #expect(message?.cp.contains("a34004-Avg=\(text),") == true)
        }
    }

    @Test func `what is new overtakes what waited, which goes at its rate, and the cursor passes nothing over`() {
        var session = UplinkSession(destination(catchUp: 60), cursor: 0, head: 5, at: 0)
        session.offerBacklog(entries(1...5))
        var now: Int64 = 0
        var order: [String] = []
        var cursors: [Int64] = []
        var live: Int64 = 6
        while now < 10_000 {
            // A new hour becomes final every two seconds.
            if now % 2000 == 0, session.wantsLive {
                session.offerLive(entries(live...live))
                live += 1
            }
            var output = session.tick(wall: wall, at: now)
            var packets = sent(output.bytes)
            while !packets.isEmpty {
                let packet = packets.removeFirst()
                order.append(packet.hour)
                output = session.receive(acknowledgement(packet.qn).span, wall: wall, at: now)
                packets += sent(output.bytes)
                if let cursor = output.cursor { cursors.append(cursor) }
            }
            now += 200
        }
        let hours = order.map { $0.prefix(10) }
        // The first of the new before any of the old; one of the old a second.
        #expect(hours.first == "2019101814")
        #expect(Set(hours).count == 10)
        #expect(cursors == cursors.sorted() && cursors.prefix(4) == [1, 2, 3, 4])
        #expect(cursors.last == live - 1)
    }

    @Test func `an hour without an answer is sent four times in all, and then the connection is given up`() {
        var session = UplinkSession(destination(), cursor: 0, head: 1, at: 0)
        session.offerBacklog(entries(1...1))
        var times: [Int64] = []
        var end: Int64?
        for now in stride(from: Int64(0), through: 60_000, by: 200) where end == nil {
            let output = session.tick(wall: wall, at: now)
            if !sent(output.bytes).isEmpty { times.append(now) }
            if output.givesUp { end = now }
            if let cursor = output.cursor { Issue.record("the cursor moved to \(cursor)") }
        }
        #expect(times == [0, 10_000, 20_000, 30_000])
        #expect(end == 40_000)
    }

    @Test func `a platform may ask the time, and command nothing`() {
        var session = UplinkSession(destination(), cursor: 0, head: 0, at: 0)
        func answer(_ cn: Int, pw: String = "123456", mn: String = "MN0001") -> String {
            let request = Message(qn: "20191018090000009", st: 22, cn: cn, pw: pw, mn: mn, flag: 5)
            return String(decoding: session.receive(request.frame.span, wall: wall, at: 0).bytes, as: UTF8.self)
        }
        for command in [1012, 1062, 1072, 2061, 3011, 3021] { #expect(answer(command).contains("QnRtn=2")) }
        #expect(answer(1011).contains("SystemTime=") && answer(1011).contains("ExeRtn=1"))
        #expect(answer(1011, pw: "1").contains("QnRtn=3"))
        #expect(answer(1011, mn: "OTHER").contains("QnRtn=4"))
    }
}

@Suite("HJ 212: uploads to a platform") struct UplinkTests {
    @Test func `two platforms read on from their own cursors, and one that was away gets all of it`() async throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        var batch = StoreBatch()
        batch.hours = (0..<5).map { record($0) }
        try store.write(batch)
        let platform = try Platform(folder)
        var to = destination(port: platform.port, catchUp: 6000)
        let uplink = Uplink(
            to, store: try StoreReader(path: store.path), wall: { wall }, tell: { _ in },
            edges: .init(moveCursor: { try store.moveCursor(of: "province", to: $1) }))
        to.name = "city"
        to.port = freePort()
        let away = Uplink(
            to, store: try StoreReader(path: store.path), wall: { wall }, tell: { _ in },
            edges: .init(moveCursor: { try store.moveCursor(of: "city", to: $1) }))
        let tasks = [Task { try await uplink.run() }, Task { try await away.run() }]
        // The platform leaves the first packet without an answer: it comes again after ten seconds.
        for _ in 0..<1600 {
            if try store.read({ try $0.cursor(of: "province") }) == 5 { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        for task in tasks { task.cancel() }
        for task in tasks { try await task.value }
        #expect(try store.read { try $0.cursor(of: "province") } == 5)
        #expect(try store.read { try $0.cursor(of: "city") } == nil)
        let hours = try platform.packets().map { $0.prefix(10) }
        #expect(hours == ["2019101808", "2019101808", "2019101809", "2019101810", "2019101811", "2019101812"])
        platform.stop()
    }
}

@Suite("HJ 212: a platform that commands") struct UplinkControlTests {
    @Test func `a platform written in Python gets samples, sets their interval and has an instrument calibrated`()
        async throws
    {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("air.db"))
        let platform = try Platform(
            folder, commands: ["1011", "1061", "1062:RtdInterval=60", "3011:PolId=a21026", "1072:NewPW=1"])
        var to = destination(port: platform.port)
        (to.sends, to.allowsReverseControl) = ([.realtime], true)
        let orders = Mutex<[CalibrationOrder]>([])
        let uplink = Uplink(
            to, store: try StoreReader(path: store.path), wall: { wall }, tell: { _ in },
            edges: .init(
                moveCursor: { _, _ in },
                samples: { [Interval(station: "A", start: wall, row: record(0).row)] },
                calibrate: { order in
                    orders.withLock { $0.append(order) }
                    return true
                }))
        let task = Task { try await uplink.run() }
        for _ in 0..<1000 where try platform.lines().count < 12 { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        try await task.value
        let answers = try platform.lines().compactMap { line -> String? in
            let packet = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
            return packet.map { "\($0["QN"]?.suffix(3) ?? "") \($0["CN"] ?? "") \($0["CP"] ?? "")" }
        }
        let time = WireTime.text(wall)
        // 9012 of the calibration follows when the desk has answered: what is asked meanwhile goes before it.
        #expect(
            answers.sorted()
                == [
                    "001 2011 DataTime=\(time);a34004-Rtd=0.500,a34004-Flag=N;a21026-Rtd=,a21026-Flag=C;"
                        + "a21005-Rtd=0.812,a21005-Flag=N",
                    "000 9011 QnRtn=1", "000 1011 SystemTime=\(time)", "000 9012 ExeRtn=1",
                    "001 9011 QnRtn=1", "001 1061 RtdInterval=30", "001 9012 ExeRtn=1",
                    "002 9011 QnRtn=1", "002 9012 ExeRtn=1",
                    "003 9011 QnRtn=1", "003 9012 ExeRtn=1", "004 9011 QnRtn=2",
                ].sorted())
        #expect(orders.withLock { $0.map(\.pollutant) } == [.so2])
        platform.stop()
    }
}

/// The platform written in Python: it leaves the first packet without an answer.
private final class Platform {
    let port: Int
    private let process: Process
    private let output: String

    init(_ folder: TemporaryFolder, commands: [String] = []) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Peers/hj212_station.py").path
        output = folder.file("platform")
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script, "--platform"] + commands
        process.standardOutput = FileHandle(forWritingAtPath: output)
        try process.run()
        var port: Int?
        for _ in 0..<500 where port == nil {
            usleep(10_000)
            let text = try String(contentsOfFile: output, encoding: .utf8)
            if let end = text.firstIndex(of: "\n") { port = Int(text[..<end]) }
        }
        self.port = try #require(port)
    }

    /// What it got, a line of JSON a packet.
    func lines() throws -> [String] {
        try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").dropFirst().map(String.init)
    }

    /// The DataTime of every packet.
    func packets() throws -> [String] {
        try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").dropFirst().compactMap { line in
            line.range(of: "DataTime=").map { String(line[$0.upperBound...].prefix(14)) }
        }
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
