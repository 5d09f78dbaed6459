import Foundation
import Testing
import Texts

/// RFC 8259, read back with Foundation.
@Suite("Texts: JSON") struct JSONTests {
    private func parsed(_ json: JSON) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(json.line.utf8), options: .fragmentsAllowed)
    }

    @Test func `values are written without spaces, on one line`() {
        let value = JSON.object([
            ("a", .null), ("b", .bool(true)), ("c", .bool(false)), ("d", .integer(-5)), ("e", .number("35.70")),
            ("f", .string("x")), ("g", .array([.integer(1), .array([]), .object([])])),
        ])
        #expect(
            value.line == #"{"a":null,"b":true,"c":false,"d":-5,"e":35.70,"f":"x","g":[1,[],{}]}"#)
    }

    @Test func `members keep the order in which they were given`() {
        let names = ["z", "a", "10", "9", "é", "B"]
        let line = JSON.object(names.map { ($0, .null) }).line
        #expect(line == "{" + names.map { "\"\($0)\":null" }.joined(separator: ",") + "}")
    }

    @Test func `every character of the first plane comes back, alone and between others`() throws {
        // All at once: Foundation takes its time for each document.
        let scalars = (UInt32(0)...0xFFFF).compactMap(Unicode.Scalar.init)
        #expect(scalars.count == 0x1_0000 - 0x800)
        for chunk in stride(from: 0, to: scalars.count, by: 4096) {
            var text = String.UnicodeScalarView()
            for scalar in scalars[chunk..<min(chunk + 4096, scalars.count)] { text.append(contentsOf: ["a", scalar]) }
            let array = try #require(try parsed(.array([.string(String(text))])) as? [String])
            #expect(array[0].unicodeScalars.elementsEqual(text), "from U+\(String(scalars[chunk].value, radix: 16))")
        }
    }

    @Test(arguments: [
        "", "\"", "\\", "\\\"", "\n\r\t", "\u{0}\u{1F}\u{7F}\u{85}", "红色预警 😷", "\u{2028}", "</script>", "\\u0041",
    ])
    func `a string comes back as it was, also as a name`(text: String) throws {
        let value = try #require(try parsed(.object([(text, .string(text))])) as? [String: String])
        #expect(value.first?.key.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        #expect(value.first?.value.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }

    @Test func `no control character leaves the program as itself`() {
        // RFC 8259, 7 asks it of U+0000...U+001F; a line is also shown on terminals, where C1 controls steer.
        for value in Array(UInt32(0)...0x1F) + Array(0x7F...0x9F) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let line = JSON.string(String(scalar)).line
            #expect(line.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value < 0x7F }, "U+\(value)")
            #expect(line.hasPrefix("\"\\") && line.hasSuffix("\""))
        }
        #expect(JSON.string("\n\r\t\u{1B}").line == #""\n\r\t\u001b""#)
    }

    @Test func `a quote or a backslash before a combining mark is escaped too`() {
        #expect(JSON.string("\"\u{301}\\\u{301}").line == "\"\\\"\u{301}\\\\\u{301}\"")
    }

    @Test func `what is absent is null`() {
        #expect(JSON.string(orNull: nil).line == "null")
        #expect(JSON.string(orNull: "x").line == "\"x\"")
        #expect(JSON.integer(orNull: nil).line == "null")
        #expect(JSON.integer(orNull: -7).line == "-7")
        #expect(JSON.integer(.min).line == "-9223372036854775808")
    }
}

/// Text from devices and files must not steer a terminal.
@Suite("Texts: harmless text") struct HarmlessTests {
    @Test func `every control character but the line feed is shown as a question mark`() {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = scalar.properties.generalCategory == .control && value != 0x0A
            // Unicode, UAX 9: marks, embeddings, overrides and isolates turn what follows.
            let turns = scalar.properties.isBidiControl
            let result = Array("a\(scalar)b".harmless.unicodeScalars)
            #expect(result == ["a", isControl || turns ? "?" : scalar, "b"], "U+\(String(value, radix: 16))")
        }
    }

    @Test func `escape sequences lose what makes them one`() {
        #expect("\u{1B}[31mred\u{1B}[0m".harmless == "?[31mred?[0m")
        #expect("\u{9B}2J".harmless == "?2J")
        #expect("\u{1B}]0;title\u{7}".harmless == "?]0;title?")
        #expect("a\r\nb".harmless.unicodeScalars.elementsEqual("a?\nb".unicodeScalars))
    }

    @Test func `ordinary text stays as it is`() {
        for text in ["", "Duke", "万寿西宫", "e\u{301}", "😷", "line\nline", "µg/m³"] { #expect(text.harmless == text) }
    }
}
