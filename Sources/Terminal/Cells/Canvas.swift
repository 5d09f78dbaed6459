package import AQICore
package import Warnings

/// How a cell looks, by meaning; the screen knows the colours.
package enum Style: Hashable, Sendable {
    case plain
    case strong
    case faint
    case alert
    /// What the user's keys act on.
    case selected
    case level(AirQualityLevel)
    case warning(WarningLevel)
}

/// One column of one row. A wide character stands in its first column; its second holds an empty text.
package struct Cell: Hashable, Sendable {
    package var text: String
    package var style: Style

    package static let blank = Cell(text: " ", style: .plain)
}

/// A screen as cells, before anything is drawn; pure.
package struct Canvas: Equatable, Sendable {
    package let rows: Int
    package let columns: Int
    private var cells: [Cell]
    /// The list on it that is scrolled, so that keys know where it ends; nil where there is none.
    package var list: ListExtent?

    /// How many lines a list has, and how many of them are in sight.
    package struct ListExtent: Equatable, Sendable {
        package var lines: Int
        package var room: Int

        package init(lines: Int, room: Int) {
            self.lines = lines
            self.room = room
        }
    }

    package init(rows: Int, columns: Int) {
        self.rows = max(rows, 0)
        self.columns = max(columns, 0)
        cells = Array(repeating: .blank, count: self.rows * self.columns)
    }

    package subscript(row: Int, column: Int) -> Cell { cells[row * columns + column] }

    /// Whether a row is as in another canvas of the same size.
    func hasSame(row: Int, as other: Canvas) -> Bool {
        let range = row * columns..<(row + 1) * columns
        return cells[range] == other.cells[range]
    }

    /// Puts text from a column on, cut off at the right edge; characters that can steer a terminal appear as `?`.
    ///
    /// - Returns: The column after the text.
    @discardableResult
    package mutating func put(_ text: String, row: Int, column start: Int, style: Style = .plain) -> Int {
        guard row >= 0, row < rows else { return start }
        var column = start
        /// Where the character put last stands: combining marks belong to it.
        var last: Int?
        for scalar in text.unicodeScalars {
            let width = scalar.columns
            if width == 0 {
                if let last { cells[row * columns + last].text.unicodeScalars.append(scalar) }
                continue
            }
            guard column >= 0, column + width <= columns else { return column }
            for covered in column..<column + width { uncover(row: row, column: covered) }
            cells[row * columns + column] = Cell(text: scalar.isShown ? String(scalar) : "?", style: style)
            if width == 2 { cells[row * columns + column + 1] = Cell(text: "", style: style) }
            last = column
            column += width
        }
        return column
    }

    /// Takes away the other half of a wide character, of which one half will be covered.
    private mutating func uncover(row: Int, column: Int) {
        let place = row * columns + column
        if cells[place].text.isEmpty, column > 0 { cells[place - 1] = .blank }
        if column + 1 < columns, cells[place + 1].text.isEmpty { cells[place + 1] = .blank }
    }

    /// Puts text so that it ends before a column.
    package mutating func put(_ text: String, row: Int, endingAt column: Int, style: Style = .plain) {
        put(text, row: row, column: column - text.columns, style: style)
    }

    /// Runs of cells of one style, left to right: what a screen draws at a stroke.
    package func runs(row: Int) -> [(column: Int, text: String, style: Style)] {
        var runs: [(column: Int, text: String, style: Style)] = []
        for column in 0..<columns {
            let cell = self[row, column]
            if let last = runs.last, last.style == cell.style {
                runs[runs.count - 1].text += cell.text
            } else {
                runs.append((column, cell.text, cell.style))
            }
        }
        return runs
    }

    /// The screen as plain text, a line a row, without spaces at the ends.
    package var text: String {
        (0..<rows).map { row in
            (0..<columns).map { self[row, $0].text }.joined().withoutSpacesAtEnd
        }.joined(separator: "\n")
    }
}

extension String {
    var withoutSpacesAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
