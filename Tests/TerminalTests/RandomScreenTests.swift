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
            return line
        }
        // Names up to 20 columns: longer ones are in ScreenTrapTests.swift.
        var station = Snapshot.Station(key: "key", name: text(&random, columns: 20), lines: lines)
        station.hour = optional(&random) { Hour(start: Int32($0.below(900_000))) }
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
            let words = Language.allCases[random.below(2)].words
            let (rows, columns) = (random.below(60), random.below(200))
            let canvas = Dashboard(words: words, hasBlocks: random.below(2) == 0)
                .canvas(snapshot, station: random.below(5), rows: rows, columns: columns)
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
