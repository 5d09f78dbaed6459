import AQICore
import Testing
import Warnings

@testable import Terminal

@Suite("Terminal: themes") struct ThemeTests {
    private static let levels = (1...6).compactMap { AirQualityLevel(rawValue: UInt8($0)) }

    // HJ 633-2012 table 2 and annex A.
    @Test func `the official colours are those of the standard`() {
        let wanted: [[UInt8]] = [
            [0, 228, 0], [255, 255, 0], [255, 126, 0], [255, 0, 0], [153, 0, 76], [126, 0, 35],
        ]
        for (level, colour) in zip(Self.levels, wanted) {
            let background = Theme.official.look(.level(level)).background
            #expect(background.map { [$0.red, $0.green, $0.blue] } == colour)
        }
    }

    @Test func `in 256 colours each level of a theme still has its own`() {
        for theme in [Theme.official, .okabeIto] {
            let numbers = Self.levels.compactMap { theme.look(.level($0)).background?.palette256 }
            #expect(Set(numbers).count == 6, "\(theme)")
            #expect(numbers.allSatisfy { (16...255).contains($0) })
        }
    }

    // Slow and plain: every one of the 240 colours is tried.
    @Test func `the palette's colour is the nearest there is`() {
        let steps = [0, 95, 135, 175, 215, 255]
        var palette: [(number: Int32, rgb: [Int])] = []
        for r in 0..<6 {
            for g in 0..<6 {
                for b in 0..<6 { palette.append((Int32(16 + 36 * r + 6 * g + b), [steps[r], steps[g], steps[b]])) }
            }
        }
        for grey in 0..<24 { palette.append((Int32(232 + grey), [Int](repeating: 8 + 10 * grey, count: 3))) }
        func distance(_ a: [Int], _ b: [Int]) -> Int { zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
        for theme in Theme.allCases {
            for level in Self.levels {
                guard let colour = theme.look(.level(level)).background else { continue }
                let own = [Int(colour.red), Int(colour.green), Int(colour.blue)]
                let best = palette.map { distance($0.rgb, own) }.min()
                let chosen = palette.first { $0.number == colour.palette256 }.map { distance($0.rgb, own) }
                #expect(chosen == best, "\(theme) \(level)")
            }
        }
    }

    @Test func `without colours nothing is coloured, and what calls still stands out`() {
        let styles: [Style] =
            [.plain, .strong, .faint, .alert, .selected] + Self.levels.map(Style.level)
            + WarningLevel.allCases.map(Style.warning)
        for style in styles {
            let look = Theme.mono.look(style)
            #expect(look.foreground == nil && look.background == nil)
        }
        #expect(Theme.mono.look(.alert) != Look() && Theme.mono.look(.warning(.yellow)) != Look())
    }

    @Test func `the patterns of the levels differ, whatever the terminal has`() {
        for glyphs in Glyphs.allCases {
            #expect(Set(Self.levels.map(glyphs.pattern)).count == 6, "\(glyphs)")
        }
    }
}
