import AQICore
import Foundation
import Terminal
import Testing
import Texts

/// Whole screens as text, from fixed states, in files that people can look at: `Golden/`.
///
/// `make screens` makes them anew; the difference is for a person to judge.
@Suite("Terminal: whole screens", .serialized) struct GoldenScreenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")
    private static let isRemade = ProcessInfo.processInfo.environment["AQI_REMAKE_SCREENS"] == "1"

    /// Holds a text against its file.
    private func check(_ text: String, _ name: String) throws {
        let file = Self.folder.appendingPathComponent("\(name).txt")
        if Self.isRemade {
            try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
            try (text + "\n").write(to: file, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: file, encoding: .utf8)
        #expect(kept == text + "\n", "\(name): make the files anew, and look at the difference")
    }

    private func canvas(
        _ screen: ScreenName, _ language: Language, _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .braille,
        _ change: (inout Snapshot, inout ViewState) -> Void = { _, _ in }
    ) -> Canvas {
        var snapshot = Screens.everything
        var view = ViewState(chosen: screen)
        if screen == .station || screen == .trend { view.station = 6 }
        change(&snapshot, &view)
        return Dashboard(words: language.words, glyphs: glyphs).canvas(
            snapshot, view, history: Screens.history("1007A"), rows: rows, columns: columns)
    }

    @Test(arguments: ScreenName.allCases, Language.allCases)
    func `every screen in both languages, small and large`(screen: ScreenName, language: Language) throws {
        for (columns, rows) in [(80, 24), (200, 60)] {
            try check(
                canvas(screen, language, columns, rows).text,
                "\(screen.rawValue)-\(language.rawValue)-\(columns)x\(rows)")
        }
    }

    @Test(arguments: Language.allCases)
    func `the keys, for somebody who asks`(language: Language) throws {
        try check(canvas(.city, language, 80, 24) { $1.showsHelp = true }.text, "help-\(language.rawValue)-80x24")
    }

    @Test(arguments: [Parameter.temperature, .windDirection])
    func `the trend of a channel beside the pollutants`(channel: Parameter) throws {
        for language in Language.allCases {
            let shown = canvas(.trend, language, 80, 24) { _, view in
                view.channel = channel
                view.range = .week
                view.cursor = Screens.hour - 30
            }
            try check(shown.text, "trend-\(channel.name)-\(language.rawValue)-80x24")
        }
        // Of what has no hours it says so, and does not draw a line at zero.
        let none = canvas(.trend, .english, 80, 24) { $1.channel = .pressure }
        #expect(none.text.contains(English().waitingForHistory))
    }

    @Test(arguments: [Glyphs.ascii, .blocks])
    func `a terminal that has fewer characters`(glyphs: Glyphs) throws {
        for screen in [ScreenName.city, .station, .trend] {
            let shown = canvas(screen, .english, 80, 24, glyphs) { snapshot, view in
                // The names of stations are what they are.
                for place in snapshot.stations.indices { snapshot.stations[place].name = "Station \(place)" }
                view.range = .week
                view.cursor = Screens.hour - 17
            }
            if glyphs == .ascii { #expect(shown.text.allSatisfy { $0.isASCII }) }
            try check(shown.text, "\(screen.rawValue)-\(glyphs.rawValue)-80x24")
        }
    }

    @Test(arguments: Theme.allCases)
    func `each theme, with its colours written out`(theme: Theme) throws {
        for screen in [ScreenName.city, .warning] {
            let text = canvas(screen, .english, 80, 24).text(in: theme).replacing("\u{1B}", with: "\\e")
            try check(text, "\(screen.rawValue)-theme-\(theme.rawValue)")
        }
    }

    // The last: it shows what the others made.
    @Test func `the manual shows the screens as they are`() throws {
        let file = Self.folder.deletingLastPathComponent().appendingPathComponent("../../docs/dashboard.md")
        let manual = try String(contentsOf: file, encoding: .utf8)
        var lines: [Substring] = []
        var shown = 0
        // Fences until the end of the block that is replaced.
        var fences = 0
        for line in manual.split(separator: "\n", omittingEmptySubsequences: false) {
            if fences > 0 {
                fences -= line == "```" ? 1 : 0
                if fences == 0 { lines.append(line) }
                continue
            }
            lines.append(line)
            guard line.hasPrefix("<!-- Golden/"), let name = line.dropFirst(12).split(separator: " ").first else {
                continue
            }
            let kept = try String(contentsOf: Self.folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
            lines.append("```")
            lines += kept.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            shown += 1
            fences = 2
        }
        let made = lines.joined(separator: "\n")
        #expect(shown == 8)
        if Self.isRemade { try made.write(to: file, atomically: true, encoding: .utf8) }
        #expect(Self.isRemade || made == manual, "make the files anew, and look at the difference")
    }
}
