import AQICore
import Ingest
import Testing

/// RFC 4180 as a table of states, one scalar at a time: slow, and independent of the reader under test.
enum SlowCSVReader {
    enum Outcome {
        case success([ReadRecord])
        case failure(TableError.Kind)
    }

    private enum State {
        /// Before a field; nothing of the record has been seen where `isFirst`.
        case start(isFirst: Bool)
        case plain
        case quoted
        /// After a quote inside a quoted field: doubled, or the end.
        case quote
        /// After a quoted field.
        case closed
    }

    static func read(_ text: String) -> Outcome {
        var records: [ReadRecord] = []
        var fields: [String] = []
        var field = ""
        var state = State.start(isFirst: true)
        var line = 1
        var beginsOn = 1
        var before: Unicode.Scalar = " "

        func trimmed(_ text: String) -> String {
            var scalars = Array(text.unicodeScalars)
            while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
            while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return String(view)
        }
        func endField() {
            if case .plain = state { field = trimmed(field) }
            if case .start = state { field = "" }
            fields.append(field)
            field = ""
        }
        func endRecord() {
            endField()
            records.append(ReadRecord(line: beginsOn, fields: fields))
            fields = []
            state = .start(isFirst: true)
        }
        for scalar in text.unicodeScalars {
            defer { before = scalar }
            let isBreak = scalar == "\n" || scalar == "\r"
            let isSecondOfPair = scalar == "\n" && before == "\r"
            // The LF of a CRLF ends nothing a second time, except inside quotes, where it is text.
            if isSecondOfPair, case .start(isFirst: true) = state { continue }
            switch state {
            case .quoted:
                if scalar == "\"" { state = .quote } else { field.unicodeScalars.append(scalar) }
                if isBreak, !isSecondOfPair { line += 1 }
                continue
            case .quote where scalar == "\"":
                field.unicodeScalars.append(scalar)
                state = .quoted
                continue
            case .start(isFirst: true) where isBreak:
                line += 1
                continue
            case .start(isFirst: true):
                beginsOn = line
                state = .start(isFirst: false)
            default: break
            }
            switch (state, scalar) {
            case (_, ","):
                endField()
                state = .start(isFirst: false)
            case (_, "\n"), (_, "\r"):
                endRecord()
                line += 1
            case (.start, " "), (.start, "\t"): break
            case (.start, "\""): state = .quoted
            case (.start, _), (.plain, _):
                field.unicodeScalars.append(scalar)
                state = .plain
            case (.quote, " "), (.quote, "\t"), (.closed, " "), (.closed, "\t"): state = .closed
            case (.quote, _), (.closed, _), (.quoted, _): return .failure(.textAfterQuote)
            }
        }
        switch state {
        case .quoted: return .failure(.unclosedQuote)
        case .start(isFirst: true): return .success(records)
        default:
            endRecord()
            return .success(records)
        }
    }
}

@Suite("Ingest: random tables") struct RandomCSVTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `a random table by an independent writer reads back, with its line numbers`(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let pieces = ["a", "站", ",", "\"", "\n", "\r\n", " ", "\t", "0.5", "é", "😷", "--", "\"\"", ",,"]
        for round in 0..<150 {
            let width = 1 + random.next(5)
            let end = ["\n", "\r\n", "\r"][random.next(3)]
            var text = random.next(2) == 0 ? "\u{FEFF}" : ""
            var line = 1
            var wanted: [ReadRecord] = []
            for _ in 0..<random.next(7) {
                for _ in 0..<random.next(3) where random.next(3) == 0 {
                    text += end
                    line += 1
                }
                var fields: [String] = []
                for _ in 0..<width {
                    fields.append((0..<random.next(5)).map { _ in pieces[random.next(pieces.count)] }.joined())
                }
                let begins = line
                text += fields.map { field in
                    line += field.split(separator: "\n", omittingEmptySubsequences: false).count - 1
                    line += field.split(separator: "\r\n", omittingEmptySubsequences: false).count - 1
                    return written(field, isAlone: width == 1, &random)
                }.joined(separator: ",")
                text += end
                line += 1
                wanted.append(ReadRecord(line: begins, fields: fields))
            }
            if random.next(2) == 0, text.hasSuffix(end), !wanted.isEmpty { text.removeLast() }
            #expect(try readRecords(text) == wanted, "seed \(seed), round \(round): \(text.debugDescription)")
        }
    }

    /// A field quoted where it must be, and sometimes where it need not be.
    private func written(_ field: String, isAlone: Bool, _ random: inout SplitMix) -> String {
        let mustQuote =
            (field.isEmpty && isAlone)
            || field.unicodeScalars.contains { [",", "\"", "\n", "\r", " ", "\t"].contains($0) }
        guard mustQuote || random.next(3) == 0 else { return field }
        var text = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { text += "\"" }
            text.unicodeScalars.append(scalar)
        }
        let around = ["", " ", "\t"]
        return around[random.next(3)] + text + "\"" + around[random.next(3)]
    }
}
