import AQICore

/// A course of time as characters; pure.
struct Course {
    let values: [Concentration]
    /// The largest value, thousandths; nil where there is none.
    let highest: Int32?
    let lowest: Int32?

    init(_ values: [Concentration]) {
        self.values = values
        let known = values.compactMap(\.thousandths)
        highest = known.max()
        lowest = known.min()
    }

    /// One character an hour from 0 to the highest value; a space where there is none.
    func spark(_ glyphs: Glyphs) -> String {
        let steps = glyphs.steps
        let top = Int64(max(highest ?? 0, 1))
        return String(
            values.map { value in
                guard let value = value.thousandths else { return " " }
                let step = Int64(max(value, 0)) * Int64(steps.count) / top
                return steps[min(Int(step), steps.count - 1)]
            })
    }
}

/// Points on a grid of cells, each of which holds several; pure.
struct Plot {
    let rows: Int
    let columns: Int
    let glyphs: Glyphs
    /// Points within a cell.
    let across: Int
    let upward: Int
    private var points: [UInt8]

    init(rows: Int, columns: Int, glyphs: Glyphs) {
        self.rows = max(rows, 0)
        self.columns = max(columns, 0)
        self.glyphs = glyphs
        (across, upward) =
            switch glyphs {
            case .braille: (2, 4)
            case .blocks: (1, 2)
            case .ascii: (1, 1)
            }
        points = [UInt8](repeating: 0, count: self.rows * self.columns)
    }

    var width: Int { columns * across }
    var height: Int { rows * upward }

    /// Sets a point; `y` counts from the bottom. Points outside are left out.
    mutating func set(x: Int, y: Int) {
        guard x >= 0, x < width, y >= 0, y < height else { return }
        let fromTop = height - 1 - y
        let cell = fromTop / upward * columns + x / across
        points[cell] |= 1 << UInt8(fromTop % upward * across + x % across)
    }

    /// The character of a cell; nil for an empty one.
    func cell(row: Int, column: Int) -> String? {
        let set = points[row * columns + column]
        guard set != 0 else { return nil }
        switch glyphs {
        case .ascii: return "*"
        case .blocks: return set == 1 ? "▀" : set == 2 ? "▄" : "█"
        case .braille:
            // Dots are numbered 1 2 3 7 down the left column, 4 5 6 8 down the right one.
            //
            // Source: Unicode 16.0, 21.1 "Braille Patterns": dot n is bit n - 1 above U+2800.
            let dots: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
            let bits = dots.enumerated().reduce(UInt32(0)) { set & (1 << UInt8($1.offset)) != 0 ? $0 | $1.element : $0 }
            return Unicode.Scalar(0x2800 + bits).map { String($0) }
        }
    }
}
