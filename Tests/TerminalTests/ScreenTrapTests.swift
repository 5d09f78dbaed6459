import AQICore
import Testing
import Texts
import Warnings

@testable import Terminal

/// Traps into which earlier versions fell; the reason stands beside each.
@Suite("Terminal: traps of screens") struct ScreenTrapTests {
    private static let english = Dashboard(words: Language.english.words)

    // "removed by review" ends where values end and begins where the name stands: which pollutant it is of cannot be read.
    @Test func `the name of a pollutant stays readable beside every flag`() {
        var hidden: Set<String> = []
        for flag in (UInt8(0)..<64).compactMap(DataFlag.init) {
            for language in Language.allCases {
                var station = Screens.severe("A")
                for place in station.lines.indices { station.lines[place].latest = .missing(flag) }
                let text = Dashboard(words: language.words)
                    .canvas(Snapshot(time: Screens.time, stations: [station]), ViewState(), rows: 24, columns: 80).text
                for name in ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3"] where !text.contains("\n \(name) ") {
                    hidden.insert("\(name): \(language.words.flag(flag))")
                }
            }
        }
        #expect(hidden.sorted() == [])
    }

    // What covers one half of a wide character leaves the other: the row is a column longer or shorter than the screen, and
    // everything after it is displaced.
    @Test func `covering half of a wide character takes the other half away`() {
        for column in [0, 1] {
            var canvas = Canvas(rows: 1, columns: 4)
            canvas.put("中", row: 0, column: 0)
            canvas.put("a", row: 0, column: column)
            #expect(columns(of: canvas, row: 0) == 4)
        }
        var canvas = Canvas(rows: 1, columns: 4)
        canvas.put("中文", row: 0, column: 0)
        canvas.put("字", row: 0, column: 1)
        #expect(columns(of: canvas, row: 0) == 4)
    }

    // The same where it happens: a long Chinese name under the clock, in a window of any width.
    @Test func `a long name of a station does not displace the clock`() {
        for columns in 80...95 {
            let name = String(repeating: "站", count: 50)
            let canvas = Self.english.canvas(
                Snapshot(time: Screens.time, stations: [Screens.severe(name)]), ViewState(), rows: 24, columns: columns)
            var column = 0
            for run in canvas.runs(row: 0) {
                #expect(run.column == column, "\(columns) columns: \(run.text)")
                column += run.text.columns
            }
        }
    }

    // "A combining mark belongs to the character before it": the mark is dropped where that character is wide.
    @Test func `a combining mark after a wide character is kept`() {
        var canvas = Canvas(rows: 1, columns: 4)
        canvas.put("か\u{302}", row: 0, column: 0)
        #expect(canvas[0, 0].text.unicodeScalars.elementsEqual(["か", "\u{302}"]))
    }

    // A mark at the beginning of a text goes to whatever happened to stand there before.
    @Test func `a combining mark that begins a text changes no other text`() {
        var canvas = Canvas(rows: 1, columns: 8)
        canvas.put("abcdef", row: 0, column: 0)
        canvas.put("\u{301}x", row: 0, column: 4)
        #expect(canvas[0, 3].text.unicodeScalars.elementsEqual(["d"]))
    }

    // Marks that turn the direction of what follows reach the terminal; String.harmless takes them out of messages.
    @Test func `marks of direction in a name do not turn the screen`() {
        for mark in ["\u{202E}", "\u{202D}", "\u{2066}", "\u{2067}"] {
            let canvas = Self.english.canvas(
                Snapshot(time: Screens.time, stations: [Screens.severe("a\(mark)b")]), ViewState(), rows: 24,
                columns: 80
            )
            #expect(!canvas.text.unicodeScalars.contains { mark.unicodeScalars.contains($0) })
        }
    }

    // ncursesw lays text out by wcwidth(3). Where ours differs the rest of the row is displaced: small forms (﹐﹕), combining
    // kana marks, variation selectors of ideographs (U+E0100), zero-width U+2060 and U+FEFF, ⚡, 🚀, marks of other scripts.
    @Test func `a character is as wide as the terminal makes it`() {
        var differing: [String] = []
        for (value, columns) in terminalColumns(UInt32(0x20)...0xE01EF).sorted(by: { $0.key < $1.key })
        where columns >= 0 {
            // Those that steer terminals are shown as ?, which takes a column.
            guard let scalar = Unicode.Scalar(value), !scalar.steersTerminals, scalar.columns != columns else {
                continue
            }
            differing.append("U+\(String(value, radix: 16)) \(scalar.columns) for \(columns)")
        }
        #expect(differing.isEmpty, "\(differing.count): \(differing.prefix(5)) ...")
    }

    // Without blocks the terminal is not UTF-8; the sign before the speed of a simulation goes out as two stray bytes.
    @Test func `without blocks the screen is plain ASCII`() {
        var snapshot = Snapshot(time: Screens.time, stations: [Screens.severe("Demo station")])
        // As Snapshot.simulation describes it.
        snapshot.simulation = "1800"
        let canvas = Dashboard(words: Language.english.words, glyphs: .ascii)
            .canvas(snapshot, ViewState(), rows: 24, columns: 80)
        #expect(canvas.text.allSatisfy { $0.isASCII })
    }
}
