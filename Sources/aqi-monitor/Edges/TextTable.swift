import Terminal

/// Rows as columns for people, each as wide as its widest cell on a terminal.
enum TextTable {
    /// A text with spaces before it.
    static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.columns)) + text
    }

    /// The lines of a table; the columns of `left` begin at the left, numbers end at the right.
    static func lines(_ rows: [[String]], left: Set<Int>) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            rows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.columns)
                return left.contains(column) ? cell + gap : gap + cell
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}
