import Testing

@testable import Terminal

/// Columns that a row takes on a terminal, from what stands in its cells.
func columns(of canvas: Canvas, row: Int) -> Int {
    (0..<canvas.columns).map { canvas[row, $0].text }.joined().columns
}

@Suite("Terminal: cells") struct CanvasTests {
    private func line(_ width: Int, _ texts: [(String, Int)]) -> String {
        var canvas = Canvas(rows: 1, columns: width)
        for (text, column) in texts { canvas.put(text, row: 0, column: column) }
        #expect(columns(of: canvas, row: 0) == width)
        return canvas.text
    }

    @Test func `a new canvas is blank, whatever its size`() {
        #expect(Canvas(rows: 2, columns: 3).text == "\n")
        #expect(Canvas(rows: 0, columns: 0).text == "")
        #expect(Canvas(rows: -1, columns: -5).rows == 0)
        #expect(Canvas(rows: 2, columns: 0).text == "\n")
        #expect(Canvas(rows: 1, columns: 2)[0, 1] == .blank)
    }

    @Test func `text stands where it was put, and the column after it is told`() {
        var canvas = Canvas(rows: 2, columns: 10)
        #expect(canvas.put("ab", row: 0, column: 1) == 3)
        #expect(canvas.put("中文", row: 1, column: 2) == 6)
        #expect(canvas.put("", row: 1, column: 6) == 6)
        #expect(canvas.text == " ab\n  中文")
        #expect(canvas[1, 2].text == "中")
        #expect(canvas[1, 3].text == "")
    }

    @Test func `text is cut off at the right edge`() {
        #expect(line(5, [("abcdefgh", 0)]) == "abcde")
        #expect(line(5, [("abc", 4)]) == "    a")
        #expect(line(5, [("abc", 5)]) == "")
        #expect(line(5, [("abc", 99)]) == "")
        #expect(line(0, [("abc", 0)]) == "")
    }

    @Test func `a wide character that does not fit is left out, with all after it`() {
        #expect(line(5, [("中中中", 0)]) == "中中")
        #expect(line(4, [("中中中", 0)]) == "中中")
        #expect(line(5, [("a中中a", 0)]) == "a中中")
        #expect(line(4, [("a中中a", 0)]) == "a中")
        #expect(line(1, [("中", 0)]) == "")
    }

    @Test func `rows outside the canvas are left alone`() {
        var canvas = Canvas(rows: 2, columns: 3)
        for row in [-1, 2, 99] { #expect(canvas.put("abc", row: row, column: 0) == 0) }
        #expect(canvas.text == "\n")
    }

    @Test func `a column left of the canvas is no crash`() {
        var canvas = Canvas(rows: 1, columns: 3)
        canvas.put("abc", row: 0, column: -2)
        canvas.put("\u{301}", row: 0, column: -1)
        canvas.put("abcdef", row: 0, endingAt: 2)
        #expect(columns(of: canvas, row: 0) == 3)
    }

    @Test func `text may end at a column instead`() {
        var canvas = Canvas(rows: 3, columns: 8)
        canvas.put("12", row: 0, endingAt: 8)
        canvas.put("小时", row: 1, endingAt: 8)
        canvas.put("e\u{301}", row: 2, endingAt: 8)
        #expect(canvas.text == "      12\n    小时\n       e\u{301}")
    }

    @Test func `a combining mark belongs to the character before it`() {
        var canvas = Canvas(rows: 1, columns: 4)
        #expect(canvas.put("e\u{301}\u{323}x", row: 0, column: 0) == 2)
        #expect(canvas[0, 0].text.unicodeScalars.elementsEqual(["e", "\u{301}", "\u{323}"]))
        #expect(canvas[0, 1].text == "x")
        #expect(columns(of: canvas, row: 0) == 4)
        // At the very end of the row, and with nothing before it.
        #expect(canvas.put("z\u{301}", row: 0, column: 3) == 4)
        #expect(canvas[0, 3].text.unicodeScalars.count == 2)
        #expect(Canvas(rows: 1, columns: 2).text == "")
        var empty = Canvas(rows: 1, columns: 2)
        #expect(empty.put("\u{301}a", row: 0, column: 0) == 1)
        #expect(empty.text == "a")
    }

    @Test func `control characters and escape sequences are shown, not obeyed`() {
        // C0, DEL and C1: none may reach a terminal.
        for value in Array(UInt32(0)...0x1F) + Array(0x7F...0x9F) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(line(3, [("a\(scalar)b", 0)]) == "a?b", "U+\(value)")
        }
        #expect(line(20, [("\u{1B}[31mDuke\u{1B}[0m", 0)]) == "?[31mDuke?[0m")
        #expect(line(20, [("\u{1B}]0;x\u{7}\r\n", 0)]) == "?]0;x???")
    }

    @Test func `what is put later covers what stood there`() {
        #expect(line(6, [("abcdef", 0), ("XY", 2)]) == "abXYef")
        #expect(line(6, [("abcdef", 0), ("中", 2)]) == "ab中ef")
        #expect(line(6, [("中文字", 0), ("国人", 0)]) == "国人字")
    }

    @Test func `runs of one style are what a screen draws at a stroke`() {
        var canvas = Canvas(rows: 1, columns: 10)
        canvas.put("中a", row: 0, column: 0, style: .strong)
        canvas.put("b", row: 0, column: 3, style: .alert)
        canvas.put("文", row: 0, column: 8, style: .alert)
        let runs = canvas.runs(row: 0)
        #expect(runs.map(\.column) == [0, 3, 4, 8])
        #expect(runs.map(\.text) == ["中a", "b", "    ", "文"])
        #expect(runs.map(\.style) == [.strong, .alert, .plain, .alert])
        #expect(runs.map(\.text).joined() == canvas.text)
        #expect(Canvas(rows: 1, columns: 0).runs(row: 0).isEmpty)
    }

    @Test func `the text of a canvas has no spaces at the ends of lines, but all its rows`() {
        var canvas = Canvas(rows: 3, columns: 5)
        canvas.put("a ", row: 1, column: 0)
        #expect(canvas.text == "\na\n")
    }
}
