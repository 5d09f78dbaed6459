import AQICore
import Foundation
import HJ212
import Synchronization
import TestSupport
import Testing

@testable import Ingest

private let now = Instant(seconds: 1_571_366_940)  // 2019-10-18T10:49:00+08:00

private func rules(_ change: (inout CentreRules) -> Void = { _ in }, source: WireStation.Source = .realtime)
    -> CentreRules
{
    var rules = CentreRules(stations: [
        WireStation(
            mn: "ZX00001", password: "123456", number: 4, source: source,
            channels: [
                WireChannel(factor: Code("a34004"), parameter: .pm25, unit: .microgramsPerCubicMetre),
                WireChannel(factor: Code("a21026"), parameter: .so2, unit: .milligramsPerCubicMetre),
                WireChannel(factor: Code("a21005"), parameter: .co, unit: .milligramsPerCubicMetre),
            ])
    ])
    change(&rules)
    return rules
}

private func upload(
    _ values: String, cn: Int = 2011, qn: String = "20191018104900001", pw: String = "123456", mn: String = "ZX00001",
    time: String = "20191018104900"
) -> Message {
    Message(qn: qn, st: 22, cn: cn, pw: pw, mn: mn, flag: 5, cp: "DataTime=\(time);\(values)")
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension CentreSession {
    fileprivate mutating func receive(_ message: Message, at time: Instant = now) -> Output {
        receive(message.frame.span, at: time)
    }
}

@Suite("HJ 212: a centre's connection") struct HJ212SessionTests {
    @Test func `values come in the unit that was configured, and are acknowledged apart from what is answered at once`()
    {
        var session = CentreSession(rules: rules(), at: now)
        let output = session.receive(
            upload(
                "a34004-Rtd=35.5,a34004-Flag=N;a21026-Rtd=0.0523,a21026-Flag=N;a21005-Rtd=0.812,a21005-Flag=T;a99999-Rtd=1"
            ))
        func reading(_ parameter: Parameter, _ thousandths: Int32) -> Reading {
            Reading(
                channel: Channel(station: 4, parameter: parameter), time: now,
                value: Concentration(thousandths: thousandths))
        }
        #expect(output.readings == [reading(.pm25, 35_500), reading(.so2, 52_300), reading(.co, 812)])
        #expect(output.replies.isEmpty)
        #expect(
            text(output.acknowledgements)
                == text(
                    Message(
                        qn: "20191018104900001", st: 91, cn: 9014, pw: "123456", mn: "ZX00001", flag: 4
                    ).frame))
        #expect(output.events == [.arrived(mn: "ZX00001")])
    }

    @Test func `a flag that makes a value invalid goes with it instead of the value`() {
        var session = CentreSession(rules: rules(), at: now)
        let output = session.receive(upload("a34004-Rtd=35.5,a34004-Flag=C;a21005-Rtd=,a21005-Flag=D"))
        #expect(output.readings.map(\.value) == [.missing(.calibration), .missing(.fault)])
    }

    @Test func `one value that is no number makes the packet worth nothing`() {
        var session = CentreSession(rules: rules(), at: now)
        let output = session.receive(upload("a34004-Rtd=35.5,a34004-Flag=N;a21005-Rtd=o.8,a21005-Flag=N"))
        #expect(output.readings.isEmpty && output.acknowledgements.isEmpty)
        #expect(output.events.contains(.refused(mn: "ZX00001", problems: ["bad-value"])))
    }

    @Test func `who is not known, or gives another password, brings nothing`() {
        var session = CentreSession(rules: rules(), at: now)
        let stranger = session.receive(upload("a34004-Rtd=1,a34004-Flag=N", mn: "OTHER"))
        #expect(stranger.events == [.unknownStation(mn: "OTHER")])
        let liar = session.receive(upload("a34004-Rtd=1,a34004-Flag=N", pw: "654321"))
        #expect(liar.events == [.wrongPassword(mn: "ZX00001")])
        for output in [stranger, liar] { #expect(output.readings.isEmpty && output.acknowledgements.isEmpty) }
    }

    @Test func `a station cannot command`() {
        var session = CentreSession(rules: rules(), at: now)
        let output = session.receive(upload("PolId=a34004", cn: 3011))
        #expect(output.events.contains(.notAllowed(mn: "ZX00001", command: 3011)))
        #expect(output.replies.isEmpty && output.acknowledgements.isEmpty)
    }

    @Test func `minutes are samples only of a station that says so, or where they were asked for`() {
        let minute = upload("a34004-Avg=35.5,a34004-Flag=N", cn: 2051, time: "20191018104800")
        var realtime = CentreSession(rules: rules(), at: now)
        #expect(realtime.receive(minute).readings.isEmpty)
        var minutes = CentreSession(rules: rules(source: .minutes), at: now)
        let output = minutes.receive(minute)
        // The start of the interval.
        #expect(output.readings.map(\.time) == [now + -60])
        #expect(!output.acknowledgements.isEmpty)
        let asked = realtime.ask(.history(command: 2051, from: now + -600, through: now), mn: "ZX00001", at: now)
        #expect(
            text(asked ?? []).contains(
                "CN=2051;PW=123456;MN=ZX00001;Flag=5;CP=&&BeginTime=20191018103900,EndTime=20191018104900&&"))
        #expect(realtime.receive(minute).readings.count == 1)
    }

    @Test func `a clock that is off is told once, and set once an hour`() {
        var session = CentreSession(rules: rules { $0.setsClocks = true }, at: now)
        let message = upload("a34004-Rtd=1,a34004-Flag=N")
        let first = session.receive(message, at: now + 31)
        #expect(first.events == [.arrived(mn: "ZX00001"), .clockIsOff(mn: "ZX00001", seconds: -31)])
        #expect(text(first.replies).contains("CN=1012") && text(first.replies).contains("SystemTime=20191018104931"))
        let second = session.receive(message, at: now + 40)
        #expect(second.events.isEmpty && second.replies.isEmpty)
        #expect(session.receive(message, at: now + 30).events == [.clockIsRight(mn: "ZX00001")])
    }

    @Test func `a request is sent four times in all, ten seconds apart, and given up`() {
        var session = CentreSession(rules: rules(), at: now)
        _ = session.receive(upload("a34004-Rtd=1,a34004-Flag=N"))
        let frame = session.ask(.time, mn: "ZX00001", at: now)
        var sent: [Int64] = []
        for second in Int64(1)...60 {
            let output = session.tick(at: now + second)
            if output.replies == frame { sent.append(second) }
            if second == 40 { #expect(output.events == [.unanswered(mn: "ZX00001", .time)]) }
        }
        #expect(sent == [10, 20, 30])
    }

    @Test func `of a message in several packets the first one's time counts for all`() {
        var session = CentreSession(rules: rules(), at: now)
        var first = upload("a34004-Rtd=1,a34004-Flag=N")
        (first.flag, first.pnum, first.pno) = (7, 2, 1)
        var second = first
        (second.pno, second.cp) = (2, "a21005-Rtd=0.5,a21005-Flag=N")
        _ = session.receive(first)
        #expect(session.receive(second).readings.map(\.time) == [now])
        second.qn = "20191018104900002"
        #expect(session.receive(second).readings.isEmpty)
    }

    @Test func `silence, haste, noise and nonsense end a connection`() {
        var silent = CentreSession(rules: rules(), at: now)
        #expect(silent.tick(at: now + 59).closes == nil)
        #expect(silent.tick(at: now + 60).closes == .silentFromTheStart)
        var noisy = CentreSession(rules: rules(), at: now)
        let noise = [UInt8](repeating: UInt8(ascii: ";"), count: 4096)
        var reason: CentreEvent.CloseReason?
        for _ in 0..<40 where reason == nil { reason = noisy.receive(noise.span, at: now).closes }
        #expect(reason == .noise)
        var hasty = CentreSession(rules: rules { $0.packetsPerSecond = 5 }, at: now)
        let message = upload("a34004-Rtd=1,a34004-Flag=N")
        for _ in 0..<50 { #expect(hasty.receive(message).closes == nil) }
        #expect(hasty.receive(message).closes == .tooFast)
        var strange = CentreSession(rules: rules(), at: now)
        let stranger = upload("a34004-Rtd=1", mn: "OTHER")
        for _ in 0..<99 { #expect(strange.receive(stranger).closes == nil) }
        #expect(strange.receive(stranger).closes == .refusedTooOften)
    }

    @Test func `a station's own hours and days are handed on as such, with the worth of their last digit`() {
        var session = CentreSession(rules: rules(), at: now)
        let hour = upload(
            "a34004-Avg=35.5,a34004-Flag=N;a21026-Avg=0.05,a21026-Flag=N;a21005-Avg=1,a21005-Flag=C", cn: 2061,
            time: "20191018090000")
        let output = session.receive(hour)
        #expect(output.readings.isEmpty && !output.acknowledgements.isEmpty)
        let start = Instant(seconds: 1_571_360_400)
        #expect(
            output.means == [
                StationMean(
                    station: 4, interval: .hour, start: start,
                    values: [
                        .init(pollutant: .pm25, thousandths: 35_500, step: 100),
                        .init(pollutant: .so2, thousandths: 50_000, step: 10_000),
                    ])
            ])
        let day = session.receive(upload("a34004-Avg=35", cn: 2031, qn: "1", time: "20191017000000"))
        #expect(day.means.map(\.interval) == [.day] && day.means[0].values[0].step == 1000)
        // No hour begins at half past, no day at eight.
        for (cn, time) in [(2061, "20191018093000"), (2031, "20191017080000")] {
            let odd = session.receive(upload("a34004-Avg=35", cn: cn, time: time))
            #expect(odd.means.isEmpty && !odd.acknowledgements.isEmpty)
        }
    }

    private static let commands: [(CentreRequest, String)] = [
        (.realtimeInterval(seconds: 60), "CN=1062;PW=123456;MN=ZX00001;Flag=5;CP=&&RtdInterval=60&&"),
        (.minuteInterval(minutes: 5), "CN=1064;PW=123456;MN=ZX00001;Flag=5;CP=&&MinInterval=5&&"),
        (.setPassword("654321"), "CN=1072;PW=123456;MN=ZX00001;Flag=5;CP=&&NewPW=654321&&"),
        (.calibrate(factor: "a21026"), "CN=3011;PW=123456;MN=ZX00001;Flag=5;CP=&&PolId=a21026&&"),
        (.sample(factor: "a34004"), "CN=3012;PW=123456;MN=ZX00001;Flag=5;CP=&&PolId=a34004&&"),
    ]

    @Test(arguments: commands.indices) func `reverse control goes out only where it is enabled`(place: Int) {
        let (request, data) = Self.commands[place]
        for isAllowed in [false, true] {
            var session = CentreSession(rules: rules { $0.allowsReverseControl = isAllowed }, at: now)
            _ = session.receive(upload("a34004-Rtd=1"))
            let frame = session.ask(request, mn: "ZX00001", at: now)
            #expect(frame.map { text($0).contains(data) } == (isAllowed ? true : nil))
        }
    }

    private func answer(_ cn: Int, to frame: [UInt8], _ cp: String, pw: String = "123456") -> Message {
        let qn = text(frame).split(separator: "QN=")[1].prefix(17)
        return Message(qn: String(qn), st: cn == 1061 ? 22 : 91, cn: cn, pw: pw, mn: "ZX00001", flag: 4, cp: cp)
    }

    @Test func `what a station answers comes with the end of the request`() throws {
        var session = CentreSession(rules: rules(), at: now)
        _ = session.receive(upload("a34004-Rtd=1"))
        let asked = session.ask(.realtimeInterval(seconds: nil), mn: "ZX00001", at: now)
        let frame = try #require(asked)
        #expect(session.receive(answer(9011, to: frame, "QnRtn=1")).events.isEmpty)
        #expect(session.receive(answer(1061, to: frame, "RtdInterval=30")).events.isEmpty)
        #expect(
            session.receive(answer(9012, to: frame, "ExeRtn=1")).events
                == [.answered(mn: "ZX00001", .realtimeInterval(seconds: nil), result: 1, value: "30")])
    }

    @Test func `a new password holds once the station has taken it, and the old one until it uses it`() throws {
        var session = CentreSession(rules: rules { $0.allowsReverseControl = true }, at: now)
        _ = session.receive(upload("a34004-Rtd=1"))
        let new = upload("a34004-Rtd=1", pw: "654321")
        #expect(session.receive(new).events == [.wrongPassword(mn: "ZX00001")])
        let asked = session.ask(.setPassword("654321"), mn: "ZX00001", at: now)
        let frame = try #require(asked)
        _ = session.receive(answer(9012, to: frame, "ExeRtn=1"))
        #expect(session.receive(new).events.isEmpty)
        #expect(session.receive(upload("a34004-Rtd=1")).events.isEmpty)
        let next = session.ask(.time, mn: "ZX00001", at: now)
        #expect(text(next ?? []).contains("PW=654321"))
        var later = CentreSession(rules: rules(), passwords: [0: "654321"], at: now)
        #expect(later.receive(new).events == [.arrived(mn: "ZX00001")])
    }

    @Test func `of history is told what came for the request, and what did not`() throws {
        for (result, sends) in [(1, true), (1, false), (100, false)] {
            var session = CentreSession(rules: rules(), at: now)
            _ = session.receive(upload("a34004-Rtd=1"))
            let request = CentreRequest.history(command: 2061, from: now + -10 * 3600, through: now)
            let asked = session.ask(request, mn: "ZX00001", at: now)
            let frame = try #require(asked)
            _ = session.receive(answer(9011, to: frame, "QnRtn=1"))
            var wanted = StationHistory()
            if sends {
                // Three hours, one of them in two packets, one value invalid; what was not asked for does not count.
                for (hour, values) in [
                    ("04", "a34004-Avg=35.5,a34004-Flag=N;a21005-Avg=0.8,a21005-Flag=N"), ("05", "a34004-Avg=1"),
                    ("05", "a21005-Avg=0.8"), ("06", "a34004-Avg=36,a34004-Flag=N;a21005-Avg=0.8,a21005-Flag=D"),
                ] {
                    let output = session.receive(upload(values, cn: 2061, time: "20191018\(hour)0000"))
                    #expect(output.means.count == 1)
                }
                _ = session.receive(upload("a34004-Avg=1", cn: 2061, time: "20191017000000"))
                _ = session.receive(upload("a34004-Avg=1", cn: 2031, time: "20191018000000"))
                _ = session.receive(upload("a34004-Rtd=1"))
                let four = Hour(containing: now).beginning + -6 * 3600
                for (hour, values) in [(0, 2), (1, 1), (1, 1), (2, 1)] as [(Int64, Int)] {
                    wanted.add(values, at: four + hour * 3600)
                }
                #expect(wanted.records == 3 && wanted.values == 5)
                #expect(wanted.times == four.seconds...(four.seconds + 7200))
            }
            let done = session.receive(answer(9012, to: frame, "ExeRtn=\(result)"))
            #expect(
                done.events == [.answered(mn: "ZX00001", request, result: result, value: nil, history: wanted)])
        }
    }

    @Test func `a request that the standard does not have, or that would break a packet, is none`() {
        let bad: [CentreRequest] = [
            .realtimeInterval(seconds: 29), .realtimeInterval(seconds: 3601), .minuteInterval(minutes: 7),
            .setPassword(""), .setPassword("1;CN=3011"), .calibrate(factor: "a&&b"), .sample(factor: "a\r\n"),
            .history(command: 3011, from: now, through: now), .history(command: 2061, from: now, through: now + -1),
        ]
        for request in bad { #expect(!request.isValid, "\(request)") }
        for (request, _) in Self.commands { #expect(request.isValid) }
    }

    @Test func `values of a time far ahead are refused`() {
        var session = CentreSession(rules: rules(), at: now)
        let output = session.receive(upload("a34004-Rtd=1,a34004-Flag=N", time: "20191018124900"))
        #expect(output.readings.isEmpty && output.acknowledgements.isEmpty)
    }
}

@Suite("HJ 212: a centre on sockets") struct HJ212ServerTests {
    @Test func `a station written in Python exchanges data, history and time with it`() async throws {
        let readings = Mutex<[Reading]>([])
        let events = Mutex<[CentreEvent]>([])
        var rules = CentreRules(stations: [
            WireStation(
                mn: "PEER000000001", password: "123456", number: 0,
                channels: [
                    WireChannel(factor: Code("a34004"), parameter: .pm25, unit: .microgramsPerCubicMetre),
                    WireChannel(factor: Code("a21005"), parameter: .co, unit: .milligramsPerCubicMetre),
                ])
        ])
        rules.setsClocks = true
        let server = try await HJ212Server(
            address: "127.0.0.1", port: 0, rules: rules,
            clock: { Instant(seconds: Int64(Date().timeIntervalSince1970)) },
            tell: { event in events.withLock { $0.append(event) } })
        let running = Task {
            try await server.run { batch in
                readings.withLock { $0 += batch.readings }
                return true
            }
        }
        let output = try await python(["\(server.port)"])
        await server.stop()
        _ = try await running.value
        let seen = try #require(
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(output)")
        let acknowledged = try #require(seen["acknowledged"] as? [[String: String]])
        #expect(acknowledged.map { $0["CN"] } == ["9014", "9014", "9014"])
        #expect(acknowledged.map { $0["QN"]?.suffix(3) } == ["001", "002", "003"])
        #expect((seen["requests"] as? [[String: String]])?.first?["CN"] == "2051")
        #expect((seen["notice"] as? [String: String])?["CN"] == "9013")
        #expect((seen["timeSet"] as? [String: String])?["CN"] == "1012")
        #expect(seen["afterDamage"] is NSNull)
        #expect(
            readings.withLock { $0.map(\.value) }
                == [35_500, 812, 36_500, 812, 36_000].map { Concentration(thousandths: $0) })
        events.withLock { events in
            #expect(events.contains { if case .answered(_, .setTime, 1, _, _) = $0 { true } else { false } })
            #expect(
                events.contains {
                    if case .answered(_, .history, 1, _, let came?) = $0, came.values > 0 { true } else { false }
                })
        }
        #expect(server.tallies[0].packets >= 5)
    }

    private func stations(_ count: Int) -> [WireStation] {
        (0..<count).map {
            WireStation(
                mn: HJ212City.mn($0), password: "123456", number: Int32($0),
                channels: [
                    WireChannel(factor: Code("a34004"), parameter: .pm25, unit: .microgramsPerCubicMetre)
                ])
        }
    }

    @Test func `a city is acknowledged when its values are kept, and not before`() async throws {
        var rules = CentreRules(stations: stations(20))
        rules.connectionsPerAddress = 20
        let kept = Mutex(0)
        let mayKeep = Mutex(false)
        let server = try await HJ212Server(
            address: "127.0.0.1", port: 0, rules: rules,
            clock: { Instant(seconds: Int64(Date().timeIntervalSince1970)) },
            tell: { _ in })
        let running = Task {
            try await server.run { batch in
                while !mayKeep.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
                kept.withLock { $0 += batch.readings.count }
                return true
            }
        }
        var options = HJ212City.Options()
        options.stationCount = 20
        options.millisecondsBetweenPackets = 100
        options.sins = [.lengthCountsCRCAndLineEnd, .crcIsSwapped]
        let city = HJ212City(options, clock: { Instant(seconds: Int64(Date().timeIntervalSince1970)) })
        try await city.start(host: "127.0.0.1", port: server.port)
        try await Task.sleep(for: .milliseconds(400))
        #expect(city.counts.sent > 20 && city.counts.acknowledged == 0)
        mayKeep.withLock { $0 = true }
        for _ in 0..<500 where city.counts.acknowledged < 100 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(city.counts.acknowledged >= 100)
        #expect(kept.withLock { $0 } >= 100)
        // The twenty-first connection of the address is one too many.
        let extra = connectToLoopback(port: server.port)
        var byte: UInt8 = 0
        #expect(unsafe read(extra, &byte, 1) <= 0)
        close(extra)
        #expect(server.tallies.allSatisfy { $0.sins["length-counts-crc-crlf"] == $0.packets })
        await city.stop()
        await server.stop()
        _ = try await running.value
    }

    @Test func `what nobody acknowledged before the centre went away is sent to the one that comes back`() async throws
    {
        let clock: @Sendable () -> Instant = { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
        let rules = CentreRules(stations: stations(1))
        let away = try await HJ212Server(address: "127.0.0.1", port: 0, rules: rules, clock: clock, tell: { _ in })
        var options = HJ212City.Options()
        options.millisecondsBetweenPackets = 100
        let city = HJ212City(options, clock: clock)
        try await city.start(host: "127.0.0.1", port: away.port)
        for _ in 0..<500 where city.counts.sent < 5 { try await Task.sleep(for: .milliseconds(10)) }
        await away.stop()
        for _ in 0..<500 where city.counts.lost == 0 { try await Task.sleep(for: .milliseconds(10)) }
        let unheard = city.counts.sent
        #expect(unheard >= 5 && city.counts.acknowledged == 0)
        let back = try await HJ212Server(
            address: "127.0.0.1", port: away.port, rules: rules, clock: clock, tell: { _ in })
        let running = Task { try await back.run { _ in true } }
        // Ten seconds after they were sent.
        for _ in 0..<3000 where city.counts.resent < unheard { try await Task.sleep(for: .milliseconds(10)) }
        for _ in 0..<500 where city.counts.acknowledged <= unheard { try await Task.sleep(for: .milliseconds(10)) }
        let counts = city.counts
        #expect(counts.resent == unheard && counts.reconnected == 1 && counts.unanswered == 0, "\(counts.resent)")
        #expect(counts.sent - counts.acknowledged <= 2, "\(counts.sent) sent, \(counts.acknowledged) acknowledged")
        await city.stop()
        await back.stop()
        _ = try await running.value
    }

    @Test func `what the store does not take is not acknowledged, and the station is heard all the same`() async throws
    {
        var rules = CentreRules(stations: stations(3))
        rules.connectionsPerAddress = 3
        let isTaking = Mutex(false)
        let clock: @Sendable () -> Instant = { Instant(seconds: Int64(Date().timeIntervalSince1970)) }
        let server = try await HJ212Server(address: "127.0.0.1", port: 0, rules: rules, clock: clock, tell: { _ in })
        let running = Task { try await server.run { _ in isTaking.withLock { $0 } } }
        var options = HJ212City.Options()
        options.stationCount = 3
        options.millisecondsBetweenPackets = 50
        let city = HJ212City(options, clock: clock)
        try await city.start(host: "127.0.0.1", port: server.port)
        for _ in 0..<500 where city.counts.sent < 9 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(city.counts.sent >= 9 && city.counts.acknowledged == 0)
        isTaking.withLock { $0 = true }
        for _ in 0..<500 where city.counts.acknowledged < 9 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(city.counts.acknowledged >= 9 && server.connectionCount == 3)
        await city.stop()
        await server.stop()
        _ = try await running.value
    }
}

/// What the Python station prints.
private func python(_ arguments: [String]) async throws -> String {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Peers/hj212_station.py").path
    let folder = try TemporaryFolder()
    _ = FileManager.default.createFile(atPath: folder.file("out"), contents: nil)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script] + arguments
    process.standardOutput = FileHandle(forWritingAtPath: folder.file("out"))
    try process.run()
    while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
    return try String(contentsOfFile: folder.file("out"), encoding: .utf8)
}
