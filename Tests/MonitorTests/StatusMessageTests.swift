import AQICore
import Terminal
import TestSupport
import Testing
import Texts
import Warnings

@testable import aqi_monitor

/// What a running monitor says of itself, as others read it.
@Suite("status: one line of JSON") struct StatusMessageTests {
    private static func pick<Element>(_ elements: [Element], _ random: inout SeededRandom) -> Element {
        elements[random.integer(0...elements.count - 1)]
    }

    private static func concentration(_ random: inout SeededRandom) -> Concentration {
        random.chance(60)
            ? Concentration(thousandths: Int32(random.integer(-10_000...2_000_000_000)))
            : .missing(pick([.absent, .communication, .calibration, .fault, .insufficient, .removed], &random))
    }

    private static func text(_ random: inout SeededRandom) -> String {
        let parts = ["药材公司", "a", "\"", "\\", "\n", "\u{1B}[2J", "é", "💨", "\u{0}"]
        return (0..<random.integer(0...6)).map { _ in pick(parts, &random) }.joined()
    }

    private static func instant(_ random: inout SeededRandom) -> Instant {
        Instant(seconds: Int64(random.integer(0...4_000_000_000)))
    }

    private static func index(_ random: inout SeededRandom) -> Snapshot.Index {
        Snapshot.Index(
            index: random.chance(80) ? Int32(random.integer(0...700)) : nil,
            primary: IndicatorSet(bits: UInt8(random.integer(0...127))), note: text(&random))
    }

    private static func desk(_ random: inout SeededRandom) -> Snapshot.Desk {
        var desk = Snapshot.Desk()
        func hour() -> Hour { Hour(containing: instant(&random)) }
        func step() -> Snapshot.Desk.Step {
            .init(
                role: pick(Role.allCases, &random), person: text(&random), time: instant(&random),
                reason: random.chance(50) ? text(&random) : nil)
        }
        if random.chance(50) {
            var draft = Snapshot.Desk.Proposal(
                number: random.integer(1...99), action: pick([.issued, .upgraded, .downgraded, .lifted], &random),
                level: pick(WarningLevel.allCases, &random), basis: pick([.observed, .order, .operator], &random),
                since: hour())
            draft.evidence.index24 = 301
            draft.evidence.days = [200: random.integer(0...9), 300: 1]
            draft.signatures = (0..<random.integer(0...2)).map { _ in step() }
            if random.chance(30) { draft.declined = step() }
            if random.chance(50) { draft.next = pick(Role.allCases, &random) }
            desk.draft = draft
        }
        if random.chance(50) {
            desk.consultation = .init(cause: pick(Consultations.Cause.allCases, &random), by: instant(&random))
        }
        desk.orders = [
            .init(
                authority: text(&random), level: .red, isRegional: random.chance(50),
                consent: random.chance(50) ? .yellow : nil)
        ]
        if random.chance(50) { desk.spell = .init(first: hour(), last: hour()) }
        if random.chance(30) { desk.missingConsent = text(&random) }
        desk.areas = [.init(name: text(&random), level: .orange, consentBy: text(&random)), .init(name: "三河市")]
        desk.dust = [.init(first: hour(), last: hour())]
        desk.mayBeDust = [.init(first: hour(), last: hour())]
        if random.chance(50) {
            desk.forecast = .init(
                issuer: text(&random), issued: instant(&random), last: random.chance(50) ? hour() : nil)
        }
        desk.tasks = (0..<random.integer(0...2)).map { number in
            .init(number: number, text: text(&random), due: instant(&random), outstanding: [text(&random)])
        }
        desk.measures = (0..<random.integer(0...2)).map { _ in
            .init(
                id: text(&random), kind: text(&random), text: text(&random), isPrinciple: random.chance(50),
                waits: random.chance(50) ? text(&random) : nil, departments: [text(&random)], clause: "六(三)")
        }
        if random.chance(50) {
            desk.notice = .init(
                number: 3, text: text(&random), start: instant(&random), isHandedOver: random.chance(50),
                channels: [
                    .init(name: text(&random), last: instant(&random)), .init(name: "广播", due: instant(&random)),
                ])
        }
        if random.chance(50) {
            desk.curve = IndexCurve(first: hour(), now: hour(), indices: [1, nil, 500], bounds: [200, 300])
        }
        return desk
    }

    private static func snapshot(_ random: inout SeededRandom) -> Snapshot {
        var snapshot = Snapshot(time: instant(&random))
        if random.chance(20) { snapshot.simulation = "1800" }
        if random.chance(20) { snapshot.storeTrouble = text(&random) }
        snapshot.stations = (0..<random.integer(0...3)).map { _ in
            var station = Snapshot.Station(
                key: text(&random), name: text(&random),
                lines: Pollutant.allSix.map { pollutant in
                    var line = Snapshot.Line(pollutant: pollutant)
                    if random.chance(80) { line.latest = concentration(&random) }
                    if random.chance(80) { line.measured = instant(&random) }
                    if random.chance(80) { line.hourSoFar = Int32(random.integer(-10_000...2_000_000_000)) }
                    if random.chance(80) { line.hour = concentration(&random) }
                    if random.chance(80) { line.day = Int32(random.integer(-10_000...2_000_000_000)) }
                    if random.chance(80) { line.subIndex = Int32(random.integer(0...500)) }
                    if random.chance(20) { line.marks = SuspectMarks(bits: UInt8(random.integer(1...63))) }
                    return line
                })
            station.others = [Parameter.nox, .temperature].filter { _ in random.chance(50) }.map {
                .init(parameter: $0, latest: concentration(&random), measured: instant(&random))
            }
            if random.chance(80) { station.hour = Hour(containing: instant(&random)) }
            if random.chance(80) { station.realtime = index(&random) }
            if random.chance(80) { station.running24 = index(&random) }
            return station
        }
        if random.chance(50) {
            snapshot.inForce = .init(
                level: pick(WarningLevel.allCases, &random), since: Hour(containing: instant(&random)),
                number: random.integer(1...99))
        }
        if random.chance(50) { snapshot.wanted = pick(WarningLevel.allCases, &random) }
        if random.chance(50) { snapshot.desk = desk(&random) }
        snapshot.devices = (0..<random.integer(0...3)).map { _ in
            var device = Snapshot.Device(bus: text(&random), name: text(&random))
            device.isAsked = random.chance(50)
            device.isSilent = random.chance(50)
            if random.chance(50) { device.trouble = text(&random) }
            if random.chance(30) {
                device.phase = .init(flag: .zeroCheck, until: random.chance(50) ? instant(&random) : nil)
            }
            device.answered = random.next() >> 11
            device.exceptions = [2: 5, 4: UInt64(random.integer(0...9))]
            if random.chance(50) { device.median = Int64(random.integer(16...9_000_000)) }
            return device
        }
        snapshot.senders = (0..<random.integer(0...3)).map { _ in
            var sender = Snapshot.Sender(receiver: text(&random), name: text(&random))
            sender.isConnected = random.chance(50)
            sender.packets = random.next() >> 11
            if random.chance(50) { sender.heard = instant(&random) }
            if random.chance(50) { sender.clockOffset = Int64(random.integer(-90_000...90_000)) }
            if random.chance(50) { sender.sins = ["spaces": 3, text(&random): 1] }
            return sender
        }
        snapshot.alarms = (0..<random.integer(0...3)).map { number in
            Alarm(
                number: number, .init(pick(Alarm.Kind.allCases, &random), text(&random)), since: instant(&random),
                cleared: random.chance(50) ? instant(&random) : nil,
                acknowledged: random.chance(50) ? .init(person: text(&random), time: instant(&random)) : nil,
                shelf: random.chance(50)
                    ? .init(person: text(&random), until: instant(&random), reason: text(&random)) : nil)
        }
        snapshot.logged = random.next() >> 11
        snapshot.log = (0..<random.integer(0...3)).map { _ in
            .init(time: instant(&random), text: text(&random), isWarning: random.chance(50))
        }
        return snapshot
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `a screen elsewhere shows exactly what one in the monitor does`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let snapshot = Self.snapshot(&random)
            let line = String(decoding: try StatusMessage(snapshot, process: 7).line, as: UTF8.self)
            #expect(!line.contains("\n"))
            #expect(try StatusMessage(line: line).snapshot == snapshot, "seed \(seed): \(line)")
        }
    }

    @Test func `every thousandth comes back as it was, and a script reads it as a plain decimal`() throws {
        var line = Snapshot.Line(pollutant: .pm25)
        for thousandths: Int32 in [0, 1, -1, 35_200, 35_201, 999_999_999, 1_999_999_999, 2_000_000_000, -10_000] {
            line.latest = Concentration(thousandths: thousandths)
            var snapshot = Snapshot(time: Instant(seconds: 0))
            snapshot.stations = [.init(key: "A", name: "A", lines: [line])]
            let text = String(decoding: try StatusMessage(snapshot, process: 7).line, as: UTF8.self)
            #expect(try StatusMessage(line: text).snapshot == snapshot)
            let shown = DecimalWriting.shortest(thousandths: thousandths)
            #expect(text.contains("\"value\":\(shown)}"), "\(thousandths): \(text)")
        }
    }

    @Test func `a monitor of another version is told apart from nonsense`() throws {
        #expect(throws: StatusMessage.OtherVersion.self) { try StatusMessage(line: #"{"version":2,"new":[]}"#) }
        for nonsense in ["", "{}", "[]", "null", #"{"version":"1"}"#, #"{"version":1}"#, "\u{1B}"] {
            #expect(throws: DecodingError.self) { try StatusMessage(line: nonsense) }
        }
    }
}
