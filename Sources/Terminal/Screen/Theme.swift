import AQICore
import Warnings

/// A colour, and which of the eight that every colour terminal has stands in for it.
package struct Colour: Hashable, Sendable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8
    /// Black, red, green, yellow, blue, magenta, cyan, white: 0 ... 7.
    package let basic: Int32

    package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, basic: Int32) {
        self.red = red
        self.green = green
        self.blue = blue
        self.basic = basic
    }

    static let black = Colour(0, 0, 0, basic: 0)
    static let white = Colour(255, 255, 255, basic: 7)

    /// The nearest of the 240 fixed colours of a palette of 256: a cube of six steps, and grey.
    package var palette256: Int32 {
        let steps: [Int] = [0, 95, 135, 175, 215, 255]
        func distance(_ other: (Int, Int, Int)) -> Int {
            let (r, g, b) = (Int(red) - other.0, Int(green) - other.1, Int(blue) - other.2)
            return r * r + g * g + b * b
        }
        func nearest(_ value: UInt8) -> Int {
            steps.indices.min { abs(steps[$0] - Int(value)) < abs(steps[$1] - Int(value)) } ?? 0
        }
        let (r, g, b) = (nearest(red), nearest(green), nearest(blue))
        let grey = min(max((Int(red) + Int(green) + Int(blue)) / 3 - 3, 0) / 10, 23)
        let level = 8 + 10 * grey
        return distance((steps[r], steps[g], steps[b])) <= distance((level, level, level))
            ? Int32(16 + 36 * r + 6 * g + b) : Int32(232 + grey)
    }

    /// As a number of 24 bits.
    package var direct: Int32 { Int32(red) << 16 | Int32(green) << 8 | Int32(blue) }
}

/// How a style is drawn.
package struct Look: Hashable, Sendable {
    package var foreground: Colour?
    package var background: Colour?
    package var isBold = false
    package var isFaint = false
    package var isReverse = false

    /// The look as an escape sequence of 24-bit colour, for text that is printed once.
    package var escape: String {
        var codes = ["0"]
        if isBold { codes.append("1") }
        if isFaint { codes.append("2") }
        if isReverse { codes.append("7") }
        if let foreground { codes.append("38;2;\(foreground.red);\(foreground.green);\(foreground.blue)") }
        if let background { codes.append("48;2;\(background.red);\(background.green);\(background.blue)") }
        return "\u{1B}[\(codes.joined(separator: ";"))m"
    }
}

/// What styles look like. Whatever a colour says, words and patterns say beside it.
package enum Theme: String, CaseIterable, Sendable {
    case official
    case okabeIto = "okabe-ito"
    case mono

    /// The colour of a level, and what can be read on it.
    ///
    /// Source: HJ 633-2012 annex A, HJ 633-2026 annex A (RGB); Okabe and Ito, "Color Universal Design" (2008), colours that
    /// people of all kinds of sight tell apart.
    private func colours(_ level: AirQualityLevel) -> (background: Colour, foreground: Colour)? {
        switch (self, level) {
        case (.mono, _): nil
        case (.official, .excellent): (Colour(0, 228, 0, basic: 2), .black)
        case (.official, .good): (Colour(255, 255, 0, basic: 3), .black)
        case (.official, .light): (Colour(255, 126, 0, basic: 3), .black)
        case (.official, .moderate): (Colour(255, 0, 0, basic: 1), .white)
        case (.official, .heavy): (Colour(153, 0, 76, basic: 5), .white)
        case (.official, .severe): (Colour(126, 0, 35, basic: 1), .white)
        case (.okabeIto, .excellent): (Colour(0, 158, 115, basic: 2), .black)
        case (.okabeIto, .good): (Colour(86, 180, 233, basic: 6), .black)
        case (.okabeIto, .light): (Colour(240, 228, 66, basic: 3), .black)
        case (.okabeIto, .moderate): (Colour(230, 159, 0, basic: 3), .black)
        case (.okabeIto, .heavy): (Colour(213, 94, 0, basic: 1), .black)
        case (.okabeIto, .severe): (Colour(204, 121, 167, basic: 5), .black)
        }
    }

    /// A warning has the colour of the level at which it speaks.
    private func colours(_ level: WarningLevel) -> (background: Colour, foreground: Colour)? {
        switch level {
        case .yellow: colours(self == .official ? AirQualityLevel.good : .light)
        case .orange: colours(self == .official ? AirQualityLevel.light : .moderate)
        case .red: colours(self == .official ? AirQualityLevel.moderate : .heavy)
        }
    }

    package func look(_ style: Style) -> Look {
        var look = Look()
        switch style {
        case .plain: break
        case .strong: look.isBold = true
        case .faint: look.isFaint = true
        case .selected: look.isReverse = true
        case .alert:
            look.isBold = true
            if self != .mono {
                look.foreground = self == .official ? Colour(255, 126, 0, basic: 3) : Colour(230, 159, 0, basic: 3)
            }
        case .level(let level):
            if let colours = colours(level) {
                (look.background, look.foreground) = colours
            } else {
                look.isReverse = level >= .moderate
                look.isBold = level >= .heavy
            }
        case .warning(let level):
            look.isBold = true
            if let colours = colours(level) {
                (look.background, look.foreground) = colours
            } else {
                look.isReverse = true
            }
        }
        return look
    }
}

extension Canvas {
    /// The screen as text with escape sequences of 24-bit colour, a line a row, without spaces at the ends.
    package func text(in theme: Theme) -> String {
        (0..<rows).map { row in
            var runs = runs(row: row)
            while let last = runs.last, theme.look(last.style) == Look() {
                let text = last.text.withoutSpacesAtEnd
                runs[runs.count - 1].text = text
                guard text.isEmpty else { break }
                runs.removeLast()
            }
            return runs.map { run in
                let look = theme.look(run.style)
                return look == Look() ? run.text : "\(look.escape)\(run.text)\u{1B}[0m"
            }.joined()
        }.joined(separator: "\n")
    }
}
