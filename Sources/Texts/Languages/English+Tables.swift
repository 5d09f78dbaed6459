/// Files and tables.
extension English {
    package func noSuchFile(_ path: String) -> String {
        "\(path): no such file; check the name, or give - to read standard input"
    }
    package func unreadable(_ path: String, _ reason: String) -> String {
        "\(path): cannot be read (\(reason)); check its permissions"
    }
    package func cannotCreate(_ path: String, _ reason: String) -> String {
        "\(path): cannot be written (\(reason)); check the folder, its permissions and the free space"
    }
    package func inTable(_ path: String, line: Int, _ problem: String) -> String {
        line > 0 ? "\(path): line \(line): \(problem)" : "\(path): \(problem)"
    }
    package var notUTF8: String {
        "not UTF-8; a table saved by Excel in China is GBK: convert it with  iconv -f GB18030 -t UTF-8 OLD > NEW"
    }
    package var damagedGzip: String { "the gzip stream is damaged or ends early; copy the file again" }
    package var emptyTable: String { "the table is empty; its first line must name the columns: station,time,pm25,..." }
    package func missingColumn(_ column: String) -> String {
        "the header has no column \"\(column)\"; station and time are required"
    }
    package func repeatedColumn(_ column: String) -> String {
        "the header has the column \"\(column)\" twice; remove one"
    }
    package func fieldCount(have: Int, need: Int) -> String {
        "\(have) fields where the header has \(need); was the line cut off, or a comma not quoted?"
    }
    package var unclosedQuote: String { "a quote opens here and never closes" }
    package var textAfterQuote: String { "text follows a closing quote; double the quotes inside a quoted field" }
    package var emptyStation: String { "the station has no name" }
    package func badTime(_ text: String) -> String {
        "\"\(text)\" is no time; write it like 2017-01-01T08:00:00+08:00 (the end of the hour)"
    }
    package func notOnTheHour(_ text: String) -> String {
        "\"\(text)\" is not a full hour; the table is of hourly values, labelled by the end of the hour"
    }
    package func badDate(_ text: String) -> String { "\"\(text)\" is no date; write it like 2017-01-01" }
    package func badNumber(column: String, text: String) -> String {
        "column \(column): \"\(text)\" is no plain decimal number; leave it empty if it is missing, name it with --missing, or use --lenient"
    }
    package func outOfRange(column: String, text: String, lowest: String, highest: String) -> String {
        "column \(column): \(text) lies outside \(lowest) ... \(highest); name a sentinel with --missing, or use --lenient"
    }
    package func contradicts(station: String, time: String, line: Int) -> String {
        "\(station) at \(time) stands already on line \(line), with other values; remove one"
    }
    package func spanTooLong(station: String, first: String, last: String) -> String {
        "\(station) reaches from \(first) to \(last), more than 100 years; is a year mistyped?"
    }
    package func badEvent(_ problem: String) -> String { "this is no event: \(problem)" }
    package func ignoredColumns(_ path: String, _ columns: [String]) -> String {
        "\(path): columns not used: \(columns.joined(separator: ", "))"
    }
    package func unreadableValues(_ count: Int) -> String { "\(count) values could not be read and count as missing" }
    package func unknownStation(_ station: String, _ path: String, known: [String]) -> String {
        "\(path): no station \"\(station)\"; it has \(known.joined(separator: ", "))"
    }
    package func noHours(_ path: String) -> String { "\(path): none of the hours asked for are in the file" }
}
