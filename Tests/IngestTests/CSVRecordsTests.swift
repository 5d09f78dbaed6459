import Ingest
import Testing

/// One record as it is read: the line on which it begins, and its fields.
struct ReadRecord: Equatable {
    var line: Int
    var fields: [String]
}

func readRecords(_ text: String) throws(TableError) -> [ReadRecord] {
    var records = CSVRecords(Array(text.utf8))
    var result: [ReadRecord] = []
    while try records.next() {
        result.append(ReadRecord(line: records.line, fields: records.fields.map { records.text($0) }))
    }
    return result
}

/// RFC 4180, section 2, rule by rule.
@Suite("Ingest: comma-separated records") struct CSVRecordsTests {
    @Test(arguments: ["\n", "\r\n", "\r"])
    func `each line end is accepted, and the last line may have none`(end: String) throws {
        for last in ["", end] {
            #expect(
                try readRecords("a,b\(end)c,d\(end)e,f\(last)") == [
                    ReadRecord(line: 1, fields: ["a", "b"]), ReadRecord(line: 2, fields: ["c", "d"]),
                    ReadRecord(line: 3, fields: ["e", "f"]),
                ])
        }
    }

    @Test func `line ends may be mixed in one file`() throws {
        #expect(try readRecords("a\r\nb\rc\nd").map(\.line) == [1, 2, 3, 4])
        // LF CR is a line end and an empty line with an end of its own, not one line end.
        #expect(try readRecords("a\n\rb") == [ReadRecord(line: 1, fields: ["a"]), ReadRecord(line: 3, fields: ["b"])])
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `empty lines are passed over and counted`(end: String) throws {
        let text = "\(end)\(end)a\(end)\(end)\(end)b\(end)\(end)"
        #expect(try readRecords(text) == [ReadRecord(line: 3, fields: ["a"]), ReadRecord(line: 6, fields: ["b"])])
        #expect(try readRecords("\(end)\(end)").isEmpty)
        #expect(try readRecords("").isEmpty)
    }

    @Test func `a byte order mark belongs to no field`() throws {
        #expect(try readRecords("\u{FEFF}a,b\n").first?.fields == ["a", "b"])
        #expect(try readRecords("\u{FEFF}\"a,b\"\n").first?.fields == ["a,b"])
        #expect(try readRecords("\u{FEFF}").isEmpty)
        // Only the first three bytes are a mark; later it is text.
        #expect(try readRecords("a\n\u{FEFF}b").last?.fields == ["\u{FEFF}b"])
    }

    @Test func `a field may be empty, also the last`() throws {
        #expect(try readRecords(",").first?.fields == ["", ""])
        #expect(try readRecords("a,,b,\n").first?.fields == ["a", "", "b", ""])
        #expect(try readRecords("\"\",\"\"").first?.fields == ["", ""])
    }

    @Test func `spaces and tabs around a field do not belong to it, inside quotes they do`() throws {
        #expect(try readRecords(" a ,\tb\t, c d ").first?.fields == ["a", "b", "c d"])
        #expect(try readRecords(" \" a \" ,\t\"\tb\t\"\t").first?.fields == [" a ", "\tb\t"])
        #expect(try readRecords("\"  \"").first?.fields == ["  "])
    }

    @Test func `a quoted field holds commas, doubled quotes and line breaks`() throws {
        #expect(try readRecords("\"a,b\",c").first?.fields == ["a,b", "c"])
        #expect(try readRecords("\"a\"\"b\"").first?.fields == ["a\"b"])
        #expect(try readRecords("\"\"\"\"").first?.fields == ["\""])
        #expect(try readRecords("\"\"\"\"\"\"").first?.fields == ["\"\""])
        #expect(try readRecords("\"\"\"a\"\"\"").first?.fields == ["\"a\""])
        #expect(try readRecords("\"a\r\nb\nc\"").first?.fields == ["a\r\nb\nc"])
    }

    @Test(arguments: ["\n", "\r\n"])
    func `a record is named by the line on which it begins, whatever breaks stand inside its quotes`(end: String) throws
    {
        let text = "h,h\(end)1,\"a\(end)b\(end)\"\(end)2,\"\(end)\",\"\(end)\"\(end)3,c\(end)"
        #expect(try readRecords(text).map(\.line) == [1, 2, 5, 8])
    }

    @Test func `a quote that never closes is refused on the line of its record`() {
        #expect(throws: TableError(.unclosedQuote, line: 1)) { try readRecords("\"") }
        #expect(throws: TableError(.unclosedQuote, line: 2)) { try readRecords("a,b\nc,\"d\n\ne,f\n") }
        #expect(throws: TableError(.unclosedQuote, line: 1)) { try readRecords("\"a\"\"") }
    }

    @Test func `text between a closing quote and the separator is refused`() {
        #expect(throws: TableError(.textAfterQuote, line: 1)) { try readRecords("\"a\"b") }
        #expect(throws: TableError(.textAfterQuote, line: 3)) { try readRecords("a\nb\n\"c\" \"d\"\n") }
        // The line is the record's, not that of the stray text.
        #expect(throws: TableError(.textAfterQuote, line: 1)) { try readRecords("\"a\n\n\"b") }
    }

    @Test func `every short text reads as a slow reader reads it`() throws {
        // All texts of up to six characters of this alphabet: every way in which these can stand beside each other.
        let alphabet: [Character] = ["a", ",", "\"", "\n", " "]
        var texts = [""]
        var longest = [""]
        for _ in 1...6 {
            longest = longest.flatMap { text in alphabet.map { text + String($0) } }
            texts += longest
        }
        #expect(texts.count == 19531)
        for text in texts { try expectSame(text) }
    }

    @Test func `every short text with carriage returns reads as a slow reader reads it`() throws {
        let alphabet = ["a", ",", "\"", "\n", "\r", "\t", "空"]
        var texts = [""]
        for _ in 1...4 { texts = texts.flatMap { text in alphabet.map { text + $0 } } }
        // A lone CR inside quotes is in TableTrapTests.swift.
        for text in texts { try expectSame(text, linesToo: !(text.contains("\"") && text.contains("\r"))) }
    }

    private func expectSame(
        _ text: String, linesToo: Bool = true, _ location: SourceLocation = #_sourceLocation
    ) throws {
        let wanted = SlowCSVReader.read(text)
        do throws(TableError) {
            var got = try readRecords(text)
            guard case .success(var records) = wanted else {
                Issue.record("\(text.debugDescription): read as \(got)", sourceLocation: location)
                return
            }
            if !linesToo {
                for place in got.indices { got[place].line = 0 }
                for place in records.indices { records[place].line = 0 }
            }
            #expect(got == records, "\(text.debugDescription)", sourceLocation: location)
        } catch {
            guard case .failure(let kind) = wanted else {
                Issue.record("\(text.debugDescription): refused with \(error)", sourceLocation: location)
                return
            }
            #expect(error.kind == kind, "\(text.debugDescription)", sourceLocation: location)
        }
    }
}
