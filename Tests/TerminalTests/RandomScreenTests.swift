import AQICore
import Testing
import Texts
import Warnings

@testable import Terminal

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}

@Suite("Terminal: random screens") struct RandomScreenTests {
    static let pieces = [
        "a", "B", " ", "-", "站", "，", "ｱ", "é", "e\u{301}", "\u{1B}[31m", "\n", "\t", "\u{9B}", "█", "한", "𠮷", "😷",
        "\u{200B}",
    ]
    static let flags = (UInt8(0)..<64).compactMap(DataFlag.init)

    private func text(_ random: inout Random, columns: Int) -> String {
        var text = ""
        while random.below(8) > 0 {
            let piece = Self.pieces[random.below(Self.pieces.count)]
            // A tab or an escape character takes the one column of a question mark.
            if text.columns + piece.unicodeScalars.count * 2 > columns { break }
            text += piece
        }
        return text
    }

    private func concentration(_ random: inout Random) -> Concentration {
        switch random.below(4) {
        case 0: .missing(Self.flags[random.below(Self.flags.count)])
        case 1: Concentration(thousandths: 2_000_000_000)
        default: Concentration(thousandths: Int32(random.below(900_000)) - 10_000)
        }
    }

    private func optional<Value>(_ random: inout Random, _ value: (inout Random) -> Value) -> Value? {
        random.below(4) == 0 ? nil : value(&random)
    }

    private func station(_ random: inout Random) -> Snapshot.Station {
        let lines = Pollutant.allSix.map { pollutant in
            var line = Snapshot.Line(pollutant: pollutant)
            line.latest = optional(&random, concentration)
            line.measured = optional(&random) { Screens.time + -Int64($0.below(1_000_000)) }
            line.hourSoFar = optional(&random) { Int32($0.below(2_000_000_000)) }
            line.hour = optional(&random, concentration)
            line.day = optional(&random) { Int32($0.below(2_000_000_000)) }
            line.subIndex = optional(&random) { Int32($0.below(501)) }
            line.marks = SuspectMarks(bits: UInt8(random.below(256)))
            return line
        }
        // Names up to 20 columns: longer ones are in ScreenTrapTests.swift.
        var station = Snapshot.Station(key: "key", name: text(&random, columns: 20), lines: lines)
        station.hour = optional(&random) { Hour(start: Int32($0.below(900_000))) }
        station.others = Parameter.all.filter { $0.pollutant == nil && random.below(3) == 0 }.map {
            .init(parameter: $0, latest: concentration(&random), measured: Screens.time + -Int64(random.below(1000)))
        }
        for kind in [ReportKind.realtime, .running24] {
            let indices = Indicator.allSeven.map { ($0, Int32(random.below(501))) }
            let report = optional(&random) {
                Screens.report(
                    kind, Dictionary(uniqueKeysWithValues: indices), index: $0.below(3) == 0 ? nil : indices[0].1)
            }
            if kind == .realtime { station.realtime = report } else { station.running24 = report }
        }
        return station
    }

    private func alarm(_ random: inout Random, number: Int) -> Alarm {
        let kind = Alarm.Kind.allCases[random.below(Alarm.Kind.allCases.count)]
        return Alarm(
            number: number, .init(kind, text(&random, columns: 60)),
            since: Screens.time + -Int64(random.below(1_000_000)),
            cleared: optional(&random) { Screens.time + Int64($0.below(1000)) },
            acknowledged: optional(&random) { .init(person: text(&$0, columns: 30), time: Screens.time) },
            shelf: optional(&random) {
                .init(person: text(&$0, columns: 30), until: Screens.time + 60, reason: text(&$0, columns: 100))
            })
    }

    private func history(_ random: inout Random, _ key: String) -> History {
        let rows = (0..<random.below(800)).map { _ in
            var row = HourRow()
            for pollutant in Pollutant.allSix { row[pollutant] = concentration(&random) }
            return row
        }
        var history = History(station: key, first: Screens.hour - Int32(random.below(900)), rows: rows)
        for parameter in Parameter.all where parameter.pollutant == nil && random.below(3) > 0 {
            history.others[parameter] = rows.map { _ in concentration(&random) }
        }
        return history
    }

    private func view(_ random: inout Random) -> ViewState {
        var view = ViewState(
            chosen: optional(&random) { ScreenName.allCases[$0.below(8)] },
            operatorName: optional(&random) { text(&$0, columns: 40) })
        view.station = random.below(10) - 2
        view.channel = Parameter.all[random.below(13)]
        view.range = TrendRange.allCases[random.below(3)]
        view.cursor = optional(&random) { Screens.hour - Int32($0.below(2000)) + 1000 }
        view.order = StationOrder.allCases[random.below(4)]
        view.filter = random.below(3) == 0 ? text(&random, columns: 10) : ""
        view.alarm = optional(&random) { $0.below(20) }
        view.scroll = random.below(400) - 100
        view.showsHelp = random.below(10) == 0
        view.notice = optional(&random) { text(&$0, columns: 200) }
        return view
    }

    private func fill(_ snapshot: inout Snapshot, _ random: inout Random) {
        snapshot.alarms = (0..<random.below(40)).map { alarm(&random, number: $0) }
        snapshot.unheardSince = optional(&random) { _ in Screens.time }
        snapshot.storeTrouble = optional(&random) { text(&$0, columns: 200) }
        snapshot.devices = (0..<random.below(30)).map { _ in
            var device = Snapshot.Device(bus: text(&random, columns: 30), name: text(&random, columns: 100))
            device.isAsked = random.below(2) == 0
            device.phase = optional(&random) {
                .init(flag: Self.flags[$0.below(Self.flags.count)], until: Screens.time)
            }
            device.answered = random.below(2) == 0 ? .max : 7
            device.exceptions = [2: .max, 4: .max]
            device.median = optional(&random) { Int64($0.below(1 << 40)) }
            return device
        }
        snapshot.senders = (0..<random.below(30)).map { _ in
            var sender = Snapshot.Sender(receiver: text(&random, columns: 30), name: text(&random, columns: 60))
            sender.packets = random.below(2) == 0 ? .max : 3
            sender.heard = optional(&random) { Screens.time + -Int64($0.below(1 << 40)) }
            sender.clockOffset = optional(&random) { [Int64.min, .max, 0, 31, -90_000][$0.below(5)] }
            sender.sins = [text(&random, columns: 30): .max]
            return sender
        }
        guard random.below(2) == 0 else { return }
        snapshot.desk = Screens.desk
        snapshot.desk.curve = optional(&random) { random in
            IndexCurve(
                first: Screens.hour - Int32(random.below(200)), now: Screens.hour - Int32(random.below(100)),
                indices: (0..<random.below(400)).map { _ in
                    random.below(5) == 0 ? nil : Int32(random.below(1000)) - 100
                }, bounds: (0..<random.below(5)).map { _ in Int32(random.below(700)) - 50 })
        }
        if random.below(2) == 0 { snapshot.desk.draft = nil }
        snapshot.desk.missingConsent = optional(&random) { text(&$0, columns: 100) }
    }

    private static let keys: [Key] =
        [
            .enter, .escape, .tab, .backTab, .backspace, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end,
            .click(row: 1, column: 1), .screen(.alarms), .line(4), .line(1000), .line(-1), .resized,
        ] + "?h12345678opnr/asumyY站".map(Key.character)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `whatever is typed, whatever the monitor shows, there is a screen`(seed: UInt64) {
        var random = Random(state: seed)
        var view = view(&random)
        for round in 0..<60 {
            var snapshot = Snapshot(time: Screens.time)
            snapshot.stations = (0..<random.below(12)).map { _ in station(&random) }
            snapshot.log = (0..<random.below(300)).map { _ in
                .init(time: Screens.time, text: text(&random, columns: 100), isWarning: random.below(2) == 0)
            }
            fill(&snapshot, &random)
            let (rows, columns) = (20 + random.below(40), 80 + random.below(150))
            for _ in 0..<40 {
                _ = view.take(
                    Self.keys[random.below(Self.keys.count)], on: snapshot, rows: rows, columns: columns)
            }
            let canvas = Dashboard(words: Language.allCases[random.below(2)].words).canvas(
                snapshot, view, history: history(&random, "key"), rows: rows, columns: columns)
            #expect(canvas.text.contains { !$0.isWhitespace }, "seed \(seed), round \(round)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `every row of every screen takes exactly its columns`(seed: UInt64) {
        var random = Random(state: seed)
        for round in 0..<120 {
            var snapshot = Snapshot(time: Screens.time + Int64(random.below(1_000_000_000)))
            snapshot.simulation = optional(&random) { "\($0.below(100_000))" }
            snapshot.stations = (0..<random.below(4)).map { _ in station(&random) }
            snapshot.inForce = optional(&random) {
                .init(level: WarningLevel.allCases[$0.below(3)], since: Screens.hour, number: $0.below(100))
            }
            snapshot.wanted = optional(&random) { WarningLevel.allCases[$0.below(3)] }
            snapshot.log = (0..<random.below(30)).map { _ in
                .init(time: Screens.time, text: text(&random, columns: 200), isWarning: random.below(2) == 0)
            }
            fill(&snapshot, &random)
            let words = Language.allCases[random.below(2)].words
            let (rows, columns) = (random.below(60), random.below(200))
            let canvas = Dashboard(words: words, glyphs: Glyphs.allCases[random.below(3)]).canvas(
                snapshot, view(&random), history: optional(&random) { history(&$0, "key") }, rows: rows,
                columns: columns)
            #expect(canvas.rows == rows && canvas.columns == columns)
            for row in 0..<rows {
                let comment: Comment = "seed \(seed), round \(round), row \(row)"
                // ncursesw draws run by run: each begins in its column only if those before it took theirs.
                var column = 0
                for run in canvas.runs(row: row) {
                    #expect(run.column == column, comment)
                    column += run.text.columns
                }
                #expect(column == columns, comment)
                let scalars = (0..<columns).flatMap { Array(canvas[row, $0].text.unicodeScalars) }
                #expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }, comment)
            }
        }
    }
}
