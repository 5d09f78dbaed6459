import Testing
import Texts

/// RFC 4180, 2.5-2.7: fields with commas, quotes or line breaks are quoted, quotes inside are doubled.
@Suite("Texts: fields of tables") struct CSVFieldTests {
    @Test(arguments: [
        ("", ""), ("Duke", "Duke"), ("万寿西宫", "万寿西宫"), ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
        ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
        // Spaces around a field would be lost by readers that trim, ours among them.
        (" a", "\" a\""), ("a ", "\"a \""), ("\ta", "\"\ta\""), ("a\t", "\"a\t\""), (" ", "\" \""),
        ("-", "-"), ("'", "'"), ("a;b", "a;b"),
    ])
    func `a field is quoted where it must be, and only there`(text: String, field: String) {
        #expect(CSV.field(text) == field)
    }

    @Test func `every short text can be read back by the rules of RFC 4180`() {
        let alphabet = ["a", ",", "\"", "\n", "\r", " ", "\t", "站"]
        var texts = [""]
        for _ in 1...4 {
            texts += texts.filter { $0.unicodeScalars.count < 5 }.flatMap { t in alphabet.map { t + $0 } }
        }
        for text in Set(texts) {
            #expect(readBack(CSV.field(text) + ",x") == [text, "x"], "\(text.debugDescription)")
        }
    }

    /// Reads one record; nil where it is none. Spaces around unquoted fields do not count, as in our own tables.
    private func readBack(_ record: String) -> [String]? {
        var fields: [String] = []
        var scalars = record.unicodeScalars[...]
        while true {
            var field = String.UnicodeScalarView()
            if scalars.first == "\"" {
                scalars.removeFirst()
                while let scalar = scalars.popFirst() {
                    if scalar == "\"" {
                        guard scalars.first == "\"" else { break }
                        scalars.removeFirst()
                    }
                    field.append(scalar)
                }
            } else {
                while let scalar = scalars.first, scalar != "," {
                    guard scalar != "\"", scalar != "\n", scalar != "\r" else { return nil }
                    field.append(scalar)
                    scalars.removeFirst()
                }
                while let last = field.last, last == " " || last == "\t" { field.removeLast() }
                while let first = field.first, first == " " || first == "\t" { field.removeFirst() }
            }
            fields.append(String(field))
            guard let next = scalars.popFirst() else { return fields }
            guard next == "," else { return nil }
        }
    }
}
