import AQICore
import ArgumentParser
import Terminal
import Texts

extension Theme: ExpressibleByArgument {}
extension Glyphs: ExpressibleByArgument {}
extension ScreenName: ExpressibleByArgument {}

/// How far back a trend looks, by its name.
struct TrendRangeOption: ExpressibleByArgument {
    let range: TrendRange

    init?(argument: String) {
        guard let range = TrendRange.allCases.first(where: { "\($0)" == argument }) else { return nil }
        self.range = range
    }

    static var allValueStrings: [String] { TrendRange.allCases.map { "\($0)" } }
}

/// What is measured, by its name.
struct ChannelOption: ExpressibleByArgument {
    let parameter: Parameter

    init?(argument: String) {
        guard let parameter = Parameter(name: argument) else { return nil }
        self.parameter = parameter
    }

    static var allValueStrings: [String] { Parameter.all.map(\.name) }
}

/// How a screen looks.
struct ScreenArguments: ParsableArguments {
    @Option(help: "Colours; AQI_THEME sets the usual one, and NO_COLOR takes all away.")
    var theme: Theme?

    @Option(help: "Characters beside words and colours (default: what the terminal is thought to have).")
    var glyphs: Glyphs?

    @Flag(help: "Select tabs and lines with the mouse; the terminal's own selection of text then needs Shift.")
    var mouse = false

    func options(
        _ screen: ScreenName? = nil, acting: (person: String, socket: String)? = nil
    ) throws -> ScreenOptions {
        ScreenOptions(
            language: Session.language, theme: try usedTheme(), glyphs: glyphs, usesMouse: mouse, screen: screen,
            acting: acting)
    }

    private func usedTheme() throws -> Theme {
        if let theme { return theme }
        guard let name = Session.environmentValue("AQI_THEME"), !name.isEmpty else { return .official }
        guard let theme = Theme(rawValue: name) else {
            throw ValidationError(Session.words.oneOf("AQI_THEME=\(name)", Theme.allCases.map(\.rawValue)))
        }
        return theme
    }
}

/// A size of a window, as 200x60.
struct SizeOption: ExpressibleByArgument {
    let columns: Int
    let rows: Int

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }

    init?(argument: String) {
        let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let columns = parts[0], let rows = parts[1],
            (Dashboard.smallest.columns...1000).contains(columns), (Dashboard.smallest.rows...1000).contains(rows)
        else { return nil }
        self.init(columns: columns, rows: rows)
    }

    var defaultValueDescription: String { "\(columns)x\(rows)" }
}
