package import AQICore

/// The characters that stand beside words and colours, by what the terminal has.
package enum Glyphs: String, CaseIterable, Sendable {
    /// Braille and eighths of blocks: most terminals with UTF-8.
    case braille
    /// The blocks of code page 437: the console of Linux, and fonts without braille.
    case blocks
    /// Letters only: a terminal without UTF-8.
    case ascii

    /// A pattern that rises with the level, so that levels differ without colour, too.
    package func pattern(_ level: AirQualityLevel) -> String {
        let patterns: [Character] =
            switch self {
            case .braille: ["▁", "▂", "▃", "▅", "▆", "█"]
            case .blocks: ["·", "░", "▒", "▓", "▄", "█"]
            case .ascii: [".", ":", "-", "=", "#", "@"]
            }
        return String(patterns[Int(level.rawValue) - 1])
    }

    /// Steps of a small course of time, the lowest first.
    var steps: [Character] {
        switch self {
        case .braille: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        case .blocks: ["·", "░", "▒", "▓", "█"]
        case .ascii: [".", ":", "-", "=", "+", "*", "#", "@"]
        }
    }

    var bar: String { self == .ascii ? "#" : "█" }
    var rule: String { self == .ascii ? "-" : "─" }
    var upright: String { self == .ascii ? "|" : "│" }
    var times: String { self == .ascii ? "x" : "×" }
    /// A level line of a plot.
    var dotted: String { self == .ascii ? "." : "·" }
    /// What stands between two remarks.
    var between: String { self == .ascii ? ";" : "·" }

    /// The unit in which a parameter is shown.
    func unit(of parameter: Parameter) -> String {
        let isPlain = self == .ascii
        return switch parameter {
        case .co: isPlain ? "mg/m3" : "mg/m³"
        case .pm25, .pm10, .so2, .no2, .o3, .no, .nox: isPlain ? "ug/m3" : "µg/m³"
        case .temperature: isPlain ? "C" : "°C"
        case .humidity: "%"
        case .pressure: "hPa"
        case .windSpeed: "m/s"
        case .windDirection: isPlain ? "deg" : "°"
        }
    }
}
